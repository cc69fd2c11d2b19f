"""A table's stream on the real local cloud: what a function hears, whatever happens to the cloud meanwhile."""

import io
import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from local.cloud import Cloud
from local.state import State
from tests.local.clouds import client, until, with_cloud

HEARS = """
import time
import boto3

def handler(event, context):
    pets = {record["dynamodb"]["Keys"]["pk"]["S"]: record["dynamodb"]["SequenceNumber"] for record in event["Records"]}
    if "slow" in pets:
        time.sleep(3)
    for pet in pets.keys() - {"bad"}:
        boto3.client("dynamodb").put_item(TableName="heard", Item={"pk": {"S": pet}})
    return {"batchItemFailures": [{"itemIdentifier": pets[pet]} for pet in pets.keys() & {"bad"}]}
"""
KEY = {"AttributeName": "pk"}
BY_PK: dict[str, Any] = {
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [KEY | {"KeyType": "HASH"}],
    "AttributeDefinitions": [KEY | {"AttributeType": "S"}],
}
STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
LAMBDAS = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
MAY_WRITE = {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": "arn:aws:dynamodb:*:*:table/heard"}


def policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def furnish(running: Cloud) -> str:
    """Make a table, a function that follows its stream, a table of what it heard; returns the queue of failures."""
    dynamodb = client(running, "dynamodb")
    dynamodb.create_table(TableName="heard", **BY_PK)
    pets = dynamodb.create_table(TableName="pets", StreamSpecification=STREAM, **BY_PK)["TableDescription"]
    queue = client(running, "sqs").create_queue(QueueName="failed")["QueueUrl"]
    create_function(running)
    client(running, "lambda").create_event_source_mapping(
        FunctionName="hears",
        EventSourceArn=pets["LatestStreamArn"],
        StartingPosition="TRIM_HORIZON",
        BisectBatchOnFunctionError=True,
        MaximumRetryAttempts=1,
        FunctionResponseTypes=["ReportBatchItemFailures"],
        DestinationConfig={"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:000000000000:failed"}},
    )
    return str(queue)


def create_function(running: Cloud) -> None:
    iam = client(running, "iam")
    role = iam.create_role(RoleName="hears", AssumeRolePolicyDocument=policy(LAMBDAS))["Role"]["Arn"]
    iam.put_role_policy(RoleName="hears", PolicyName="hears", PolicyDocument=policy(MAY_WRITE))
    package = io.BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr("code.py", HEARS)
    client(running, "lambda").create_function(
        FunctionName="hears",
        Runtime="python3.13",
        Handler="code.handler",
        Role=role,
        Timeout=30,
        Code={"ZipFile": package.getvalue()},
    )


def put(running: Cloud, *pets: str) -> None:
    for pet in pets:
        client(running, "dynamodb").put_item(TableName="pets", Item={"pk": {"S": pet}})


def heard(running: Cloud) -> set[str]:
    return {item["pk"]["S"] for item in client(running, "dynamodb").scan(TableName="heard")["Items"]}


def test_a_bad_record_lands_in_the_queue_and_all_others_are_heard(tmp_path: Path) -> None:
    async def doing(running: Cloud) -> None:
        queue = furnish(running)
        put(running, "slow", "dog", "bad", "cat", "bird")
        await until(lambda: heard(running) == {"slow", "dog", "cat", "bird"})
        [message] = client(running, "sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
        assert json.loads(message["Body"])["DDBStreamBatchInfo"]["batchSize"] == 1

    with_cloud(State(tmp_path), doing)


async def stop(running: Cloud, saved: Path) -> None:
    """Leave it to the end of the test's cloud, while the function still has the slow one."""


async def kill(running: Cloud, saved: Path) -> None:
    await until(lambda: saved.exists() and '"bird"' in saved.read_text())
    os.killpg(running.process.pid, signal.SIGKILL)
    await running.process.wait()


@pytest.mark.parametrize("end", [stop, kill])
def test_what_a_function_has_not_heard_before_the_cloud_ended_it_hears_from_the_next(
    tmp_path: Path, end: Callable[[Cloud, Path], Awaitable[None]]
) -> None:
    state = State(tmp_path)
    ports = []

    async def writing(running: Cloud) -> None:
        ports.append(running.port)
        furnish(running)
        put(running, "slow", "dog", "cat", "bird")
        await end(running, state.cloud / "dynamodb.json")

    async def reading(running: Cloud) -> None:
        ports.append(running.port)
        await until(lambda: heard(running) == {"slow", "dog", "cat", "bird"})
        put(running, "rabbit")
        await until(lambda: "rabbit" in heard(running))

    with_cloud(state, writing)
    with_cloud(state, reading)
    assert ports[0] != ports[1]
