"""Least privilege, asked of the cloud: in each role a call within its policy passes, calls outside do not."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infrastructure import adoption
from infrastructure.permissions import FUNCTIONS
from tests.infrastructure.conftest import zipped
from tests.infrastructure.stage import Stage

type Call = tuple[str, str, dict[str, Any]]  # a service, an operation, what it is asked

ASKS = """
import boto3
from botocore.exceptions import ClientError

def handler(event, context):
    said = []
    for service, operation, asked in event:
        client = boto3.client(service)
        try:
            getattr(client, operation)(**asked)
        except ClientError as error:
            said.append(error.response["Error"]["Code"])
        else:
            said.append("done")
    return said
"""
REFUSED = {"AccessDenied", "AccessDeniedException", "AccessDenied.Denied", "UnauthorizedOperation", "403"}
KEY = {"pk": {"S": "R#none"}, "sk": {"S": "R"}}
PICTURE = "aaaaaaaaaaaaaaaaaaaa"


def get(table: str) -> Call:
    return "dynamodb", "get_item", {"TableName": table, "Key": KEY}


def query(table: str, index: str = "") -> Call:
    named = {"IndexName": index} if index else {}
    key = {"by_cell5": "cell5", "by_month": "month"}.get(index, "pk")
    asked = {"KeyConditionExpression": f"{key} = :key", "ExpressionAttributeValues": {":key": {"S": "none"}}}
    return "dynamodb", "query", {"TableName": table, **named, **asked}


def put(table: str) -> Call:
    return "dynamodb", "put_item", {"TableName": table, "Item": {"pk": {"S": "K#probe"}, "sk": {"S": "R"}}}


def put_object(bucket: str, key: str) -> Call:
    return "s3", "put_object", {"Bucket": bucket, "Key": key, "Body": b"".decode()}


def get_object(bucket: str, key: str) -> Call:
    return "s3", "get_object", {"Bucket": bucket, "Key": key}


def secret(stage: str, name: str) -> Call:
    return "ssm", "get_parameters", {"Names": [f"/homeward/{stage}/{name}"], "WithDecryption": True}


def within(stage: Stage) -> dict[str, Call]:
    """A call that each function needs."""
    names = stage.environment
    announcements, tiles = names["ANNOUNCEMENTS_TABLE"], names["TILES_TABLE"]
    return {
        "api_handler": secret(stage.name, "manage-token-key"),
        "make_renditions": get(announcements),
        "refuse_failed_picture": get(announcements),
        "sweep_expired": query(announcements),
        "refresh_tiles": query(announcements),
        "refresh_wide_tiles": query(tiles),
        "mend_tiles": query(announcements, "by_month"),
    }


def outside(stage: Stage) -> dict[str, list[Call]]:
    """What each function never needs, beside what none needs."""
    names = stage.environment
    announcements, tiles, pictures = names["ANNOUNCEMENTS_TABLE"], names["TILES_TABLE"], names["PICTURES_BUCKET"]
    original, rendition = f"originals/{PICTURE}", f"renditions/{PICTURE}/1-160.webp"
    key = secret(stage.name, "manage-token-key")
    return {
        "api_handler": [put(tiles), put_object(pictures, rendition), put_object(names["BACKUP_BUCKET"], original)],
        "make_renditions": [get(tiles), put_object(pictures, original), key, query(announcements, "by_month")],
        "refuse_failed_picture": [get(tiles), get_object(pictures, original), put_object(pictures, rendition), key],
        "sweep_expired": [get(tiles), put(tiles), put_object(pictures, rendition), key],
        "refresh_tiles": [get(announcements), put(announcements), query(announcements, "by_month"), key],
        "refresh_wide_tiles": [query(announcements), get(announcements), put(announcements), key],
        "mend_tiles": [get(announcements), put(announcements), get_object(pictures, original), key],
    }


def for_nobody(stage: Stage) -> list[Call]:
    """What no function may do."""
    names = stage.environment
    queue = {"QueueUrl": stage.queue("dead-letters"), "MessageBody": "x"}
    return [
        ("dynamodb", "scan", {"TableName": names["ANNOUNCEMENTS_TABLE"]}),
        ("dynamodb", "delete_table", {"TableName": names["TILES_TABLE"]}),
        get("homeward-prod-announcements"),
        get_object(stage.target.bucket("releases"), "deploys/chalice.json"),
        secret("prod", "manage-token-key"),
        ("s3", "list_buckets", {}),
        ("s3", "delete_bucket", {"Bucket": names["PICTURES_BUCKET"]}),
        ("iam", "list_roles", {}),
        ("lambda", "list_functions", {}),
        ("sqs", "send_message", queue),
        ("ssm", "put_parameter", {"Name": f"/homeward/{stage.name}/x", "Value": "x", "Type": "String"}),
    ]


@pytest.fixture(params=FUNCTIONS)
def function(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def asked(stage: Stage, function: str) -> Iterator[Any]:
    """Make calls in the role of a function, by a probe that runs as it; tells the codes of the answers."""
    functions = stage.client("lambda")
    known = functions.get_function_configuration(FunctionName=adoption.function_name(stage.name, function))
    probe = f"homeward-{stage.name}-probe-{function}"
    code = {"ZipFile": zipped(ASKS)}
    functions.create_function(
        FunctionName=probe, Runtime=known["Runtime"], Handler="code.handler", Role=known["Role"], Code=code, Timeout=60
    )

    def ask(*calls: Call) -> list[str]:
        functions.get_waiter("function_active_v2").wait(FunctionName=probe)
        answer = functions.invoke(FunctionName=probe, Payload=json.dumps(calls).encode())
        said = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, said
        return [str(each) for each in said]

    yield ask
    functions.delete_function(FunctionName=probe)


def test_a_function_may_do_what_it_needs_and_is_refused_what_is_outside_its_policy(
    stage: Stage, function: str, asked: Any
) -> None:
    calls = [*outside(stage)[function], *for_nobody(stage)]
    said = asked(within(stage)[function], *calls)
    assert said[0] == "done"
    let = [call[:2] for call, code in zip(calls, said[1:], strict=True) if code not in REFUSED]
    assert let == []


def test_every_function_has_calls_inside_and_outside_its_policy(stage: Stage) -> None:
    assert within(stage).keys() == outside(stage).keys() == FUNCTIONS.keys()
