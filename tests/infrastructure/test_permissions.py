"""Least privilege: what each function may do is what the code it runs asks of AWS."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infrastructure import templates
from infrastructure.permissions import FUNCTIONS, STAGES, Place, policy, write
from infrastructure.upkeep import UPKEEP, Teller

PROJECT = Path(__file__).parents[2]
FOUNDATION = templates.load("foundation")
HERE = Place(
    "dev",
    "123456789012",
    "eu-central-1",
    "homeward-dev-pictures-123456789012-eu-central-1",
    "homeward-dev-backup-123456789012-eu-west-1",
)

CHANGE = {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"}
CHECK = {"dynamodb:ConditionCheckItem", "dynamodb:Query"}
COPY = {"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject"}
READ = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
FOLLOW = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"}
ERASE = {
    "s3:ListBucketVersions",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "cloudfront:CreateInvalidation",
    "ssm:GetParameters",
}
TRACE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
LOG = {"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}

EXPECTED = {
    "api_handler": CHANGE | CHECK | COPY | ERASE | LOG | TRACE | {"dynamodb:UpdateItem", "dynamodb:BatchGetItem"},
    "make_renditions": CHANGE | CHECK | COPY | ERASE | LOG | TRACE | {"sqs:SendMessage"},
    "refuse_failed_picture": CHANGE | CHECK | ERASE | LOG | TRACE
    | {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"},
    "sweep_expired": CHANGE | CHECK | COPY | ERASE | LOG | {"dynamodb:BatchGetItem", "sns:Publish"},
    "refresh_tiles": CHANGE | READ | FOLLOW | LOG | TRACE | {"sqs:SendMessage"},
    "refresh_wide_tiles": CHANGE | READ | LOG | {"sns:Publish"},
    "mend_tiles": CHANGE | READ | LOG | TRACE | {"sns:Publish"},
}  # fmt: skip

ASKED_BY_LAMBDA = (
    LOG
    | TRACE
    | FOLLOW
    | {"sns:Publish", "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
)
CALLS = {
    "get_item": {"dynamodb:GetItem"},
    "batch_get_item": {"dynamodb:BatchGetItem"},
    "query": {"dynamodb:Query"},
    "put_item": {"dynamodb:PutItem"},
    "update_item": {"dynamodb:UpdateItem"},
    "delete_item": {"dynamodb:DeleteItem"},
    "head_object": {"s3:GetObject"},
    "get_object": {"s3:GetObject", "s3:GetObjectVersion"},
    "put_object": {"s3:PutObject"},
    "copy_object": {"s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"},
    "list_objects_v2": {"s3:ListBucket"},
    "generate_presigned_post": {"s3:PutObject"},
    "delete_object": {"s3:DeleteObject", "s3:DeleteObjectVersion"},
    "delete_objects": {"s3:DeleteObject", "s3:DeleteObjectVersion"},
    "list_object_versions": {"s3:ListBucketVersions"},
    "get_parameters": {"ssm:GetParameters"},
    "create_invalidation": {"cloudfront:CreateInvalidation"},
    "transact_write_items": set(),  # its parts are named below
}
PARTS = {
    "Put": {"dynamodb:PutItem"},
    "Update": {"dynamodb:UpdateItem"},
    "Delete": {"dynamodb:DeleteItem"},
    "ConditionCheck": {"dynamodb:ConditionCheckItem"},
}


def actions(function: str, place: Place = HERE) -> set[str]:
    return {action for statement in policy(function, place)["Statement"] for action in statement["Action"]}


def resources(function: str, action: str) -> list[str]:
    statements = [each for each in policy(function, HERE)["Statement"] if action in each["Action"]]
    return [arn.rpartition(":")[2] for statement in statements for arn in statement["Resource"]]


def statement_for(function: str, action: str) -> dict[str, Any]:
    [found] = [each for each in policy(function, HERE)["Statement"] if action in each["Action"]]
    return dict(found)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_what_is_listed_here_and_nothing_else(function: str) -> None:
    assert actions(function) == EXPECTED[function]


def test_together_the_functions_may_do_exactly_what_the_connectors_ask_for() -> None:
    granted = set().union(*(actions(function) for function in FUNCTIONS))
    assert granted - ASKED_BY_LAMBDA == set(asked_for())


def asked_for() -> Iterator[str]:
    """The actions behind every call of a client in the connectors; an unknown call fails here, and has to be added."""
    for path in (PROJECT / "chalicelib" / "connectors").glob("*.py"):
        yield from asked(ast.parse(path.read_text()))


def asked(tree: ast.AST) -> Iterator[str]:
    """The actions behind the calls of clients in some code, and behind the parts of a transaction."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="get_paginator"), args=[ast.Constant(value=str(call))]):
                yield from CALLS[call]
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="dynamodb" | "s3" | "ssm" | "cloudfront"), attr=call)
            ):
                yield from CALLS[call]
            case ast.Dict(keys=[ast.Constant(value=str(part))]) if part in PARTS:
                yield from PARTS[part]


@pytest.mark.parametrize("function", [function for function in FUNCTIONS if "tiles" not in function])
def test_a_picture_is_found_and_erased_in_its_two_places(function: str) -> None:
    buckets = [f"arn:aws:s3:::{HERE.bucket}", f"arn:aws:s3:::{HERE.backup}"]
    assert statement_for(function, "s3:ListBucketVersions")["Resource"] == buckets
    assert statement_for(function, "s3:DeleteObjectVersion")["Resource"] == [
        f"arn:aws:s3:::{HERE.bucket}/originals/*",
        f"arn:aws:s3:::{HERE.bucket}/renditions/*",
        f"arn:aws:s3:::{HERE.backup}/originals/*",
        f"arn:aws:s3:::{HERE.backup}/renditions/*",
    ]


def test_originals_are_written_by_the_api_and_the_sweep_and_the_picture_function_writes_renditions_only() -> None:
    functions = ("api_handler", "sweep_expired", "make_renditions")
    assert {name: statement_for(name, "s3:PutObject")["Resource"] for name in functions} == {
        "api_handler": [f"arn:aws:s3:::{HERE.bucket}/originals/*"],
        "sweep_expired": [f"arn:aws:s3:::{HERE.bucket}/originals/*"],
        "make_renditions": [f"arn:aws:s3:::{HERE.bucket}/renditions/*"],
    }


def test_nobody_writes_to_the_backup_but_replication() -> None:
    writers = [each for each in FUNCTIONS for arn in resources(each, "s3:PutObject") if HERE.backup in arn]
    assert writers == []


def test_only_those_who_restore_read_the_backup() -> None:
    readers = [each for each in FUNCTIONS for arn in resources(each, "s3:GetObjectVersion") if HERE.backup in arn]
    assert readers == ["api_handler", "sweep_expired"]


def test_tiles_are_written_by_their_own_functions_only_which_write_nothing_else() -> None:
    written = {function: resources(function, "dynamodb:PutItem") for function in FUNCTIONS}
    writers = {function for function, tables in written.items() if "table/homeward-dev-tiles" in tables}
    assert writers == {"refresh_tiles", "refresh_wide_tiles", "mend_tiles"}
    assert {table for function in writers for table in written[function]} == {"table/homeward-dev-tiles"}


def test_tiles_are_counted_from_queries_which_the_wide_ones_do_not_need() -> None:
    table, tiles = "table/homeward-dev-announcements", "table/homeward-dev-tiles"
    assert {each: resources(each, "dynamodb:Query") for each in FUNCTIONS if "tiles" in each} == {
        "refresh_tiles": [table, tiles],
        "refresh_wide_tiles": [tiles],
        "mend_tiles": [table, f"{table}/index/*", tiles],
    }
    assert not [
        arn for each in FUNCTIONS if "tiles" in each for arn in resources(each, "dynamodb:GetItem") if arn != tiles
    ]


def test_only_the_tiles_follow_the_stream_of_the_announcements() -> None:
    followed = {function: resources(function, "dynamodb:GetRecords") for function in FUNCTIONS}
    assert {function: arns for function, arns in followed.items() if arns} == {
        "refresh_tiles": ["table/homeward-dev-announcements/stream/*"]
    }
    assert resources("refresh_tiles", "sqs:SendMessage") == ["homeward-dev-failed-tiles"]


@pytest.mark.parametrize(
    "function", [each for each in FUNCTIONS if UPKEEP[each].told_by in (Teller.LAMBDA, Teller.STREAM)]
)
def test_lambda_may_put_what_a_function_could_not_do_where_it_is_looked_at(function: str) -> None:
    where = FOUNDATION["Outputs"][UPKEEP[function].failures]["Value"]
    resource = where.get("Ref") or where["Fn::GetAtt"][0]
    kind = FOUNDATION["Resources"][resource]
    name = kind["Properties"].get("QueueName") or kind["Properties"]["TopicName"]
    action = "sqs:SendMessage" if "QueueName" in kind["Properties"] else "sns:Publish"
    assert resources(function, action) == [name["Fn::Sub"].replace("${Stage}", "dev")]


def test_what_a_message_could_not_be_done_for_is_put_aside_by_its_queue() -> None:
    queue = FOUNDATION["Resources"]["FailedPictures"]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]
    assert FOUNDATION["Outputs"][UPKEEP["refuse_failed_picture"].failures]["Value"] == queue


def test_only_the_api_reads_the_secrets_one_by_one() -> None:
    read = {function: resources(function, "ssm:GetParameters") for function in FUNCTIONS}
    distribution = ["parameter/homeward/dev/cdn-distribution"]
    keys = ("manage-token-key", "cursor-key", "network-key", "origin-key")
    secrets = [f"parameter/homeward/dev/{name}" for name in keys]
    assert read == {
        "api_handler": [*distribution, *secrets],
        "make_renditions": distribution,
        "refuse_failed_picture": distribution,
        "sweep_expired": distribution,
        "refresh_tiles": [],
        "refresh_wide_tiles": [],
        "mend_tiles": [],
    }


def test_a_function_writes_to_its_own_log() -> None:
    groups = {function: statement_for(function, "logs:PutLogEvents")["Resource"][0] for function in FUNCTIONS}
    start = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/homeward-dev"
    assert groups["api_handler"] == start
    assert groups["sweep_expired"] == f"{start}-sweep_expired"


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_reaches_into_another(stage: str) -> None:
    others = [f"homeward{mark}{other}" for other in STAGES if other != stage for mark in "-/"]
    for function in FUNCTIONS:
        text = json.dumps(policy(function, Place(stage)))
        assert not [other for other in others if other in text]


def test_the_files_that_chalice_reads_are_what_is_written_here(tmp_path: Path) -> None:
    for stage in STAGES:
        write(tmp_path, Place(stage))
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text() for path in (PROJECT / ".chalice").glob("policy-*.json")}
    assert kept == written, "python -m infrastructure.permissions writes them anew"
