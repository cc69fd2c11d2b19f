"""What is set after Chalice has deployed, seen to act in the local cloud."""

import json

import boto3
import pytest

from infrastructure import settings
from infrastructure.application import Deployed
from infrastructure.permissions import Place, policy
from tests.infrastructure.conftest import STAGE, create_function

DIES = 'def handler(event, context):\n    raise MemoryError("a picture too big")\n'


@pytest.fixture(scope="module")
def deployed(session: boto3.Session, environment: dict[str, str]) -> Deployed:
    """A picture function that always dies, with the rights of the real one."""
    name = f"homeward-{STAGE}-make_renditions"
    create_function(session, name, DIES, policy("make_renditions", Place(STAGE, bucket=environment["PICTURES_BUCKET"])))
    return Deployed("", "", {"make_renditions": name})


def test_a_picture_function_that_dies_is_not_tried_again(session: boto3.Session, deployed: Deployed) -> None:
    settings.apply(session, STAGE, deployed)
    settings.apply(session, STAGE, deployed)
    known = session.client("lambda").get_function_event_invoke_config(
        FunctionName=deployed.functions["make_renditions"]
    )
    assert known["MaximumRetryAttempts"] == 0
    assert known["DestinationConfig"]["OnFailure"]["Destination"].endswith(":homeward-it-failed-pictures")


def test_what_killed_the_picture_function_is_among_the_failed_pictures(
    session: boto3.Session, deployed: Deployed
) -> None:
    settings.apply(session, STAGE, deployed)
    function = deployed.functions["make_renditions"]
    event = {"Records": [{"s3": {"object": {"key": "originals/9f2c"}}}]}
    session.client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(event).encode())
    sqs = session.client("sqs")
    queue = sqs.get_queue_url(QueueName=f"homeward-{STAGE}-failed-pictures")["QueueUrl"]
    [message] = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
    assert json.loads(message["Body"])["requestPayload"] == event
