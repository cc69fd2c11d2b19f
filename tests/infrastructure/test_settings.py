"""What is set after Chalice has deployed, seen to act in the local cloud."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from infrastructure import foundation, settings
from infrastructure.application import Deployed
from infrastructure.permissions import Place, policy
from infrastructure.settings import DoesNotSettle
from tests.infrastructure.conftest import STAGE, WHOLE, create_function
from tests.infrastructure.stage import until

DIES = 'def handler(event, context):\n    raise MemoryError("a picture too big")\n'
NAMES_THE_BAD = """
def handler(event, context):
    keys = {record["dynamodb"]["SequenceNumber"]: record["dynamodb"]["Keys"] for record in event["Records"]}
    assert all(key["pk"]["S"].startswith("C#") for key in keys.values()), keys
    bad = [number for number, key in keys.items() if key["sk"]["S"] == "bad"]
    return {"batchItemFailures": [{"itemIdentifier": number} for number in bad[:1]]}
"""


@pytest.fixture(scope="module")
def deployed(session: boto3.Session, environment: dict[str, str]) -> Deployed:
    """A picture function that always dies, and a tile function that a bad record fails; with the real ones' rights."""
    place = Place(STAGE, bucket=environment["PICTURES_BUCKET"])
    names = ("make_renditions", "refresh_tiles", "refresh_wide_tiles")
    functions = {function: f"homeward-{STAGE}-{function}" for function in names}
    for function, code in zip(functions, (DIES, NAMES_THE_BAD, DIES), strict=True):
        create_function(session, functions[function], code, policy(function, place))
    session.client("lambda").create_event_source_mapping(
        FunctionName=functions["refresh_tiles"],
        EventSourceArn=environment["ANNOUNCEMENTS_STREAM"],
        StartingPosition="TRIM_HORIZON",
    )
    return Deployed("", "", functions)


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
    assert json.loads(message_in(session, "failed-pictures"))["requestPayload"] == event


def test_what_a_function_on_a_schedule_could_not_do_is_told_to_the_topic_and_kept(
    session: boto3.Session, deployed: Deployed
) -> None:
    settings.apply(session, STAGE, deployed)
    function = deployed.functions["refresh_wide_tiles"]
    session.client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=b'{"detail": {}}')
    assert json.loads(message_in(session, "dead-letters"))["requestPayload"] == {"detail": {}}


def test_no_function_keeps_its_log_for_ever(session: boto3.Session, deployed: Deployed) -> None:
    settings.apply(session, STAGE, deployed)
    groups = session.client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/homeward-it")["logGroups"]
    own = [group for group in groups if WHOLE not in group["logGroupName"]]
    kept = {group["logGroupName"]: group["retentionInDays"] for group in own}
    assert kept == {f"/aws/lambda/{name}": 30 for name in deployed.functions.values()}


def message_in(session: boto3.Session, queue: str) -> str:
    """The one message that comes into a queue."""
    sqs = session.client("sqs")
    url = sqs.get_queue_url(QueueName=f"homeward-{STAGE}-{queue}")["QueueUrl"]
    [message] = until(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20).get("Messages"))
    return str(message["Body"])


def mapping_of(session: boto3.Session, deployed: Deployed) -> dict[str, Any]:
    function = deployed.functions["refresh_tiles"]
    [mapping] = session.client("lambda").list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    return dict(mapping)


def test_the_tiles_follow_the_stream_so_that_no_batch_blocks_it(session: boto3.Session, deployed: Deployed) -> None:
    settings.apply(session, STAGE, deployed)
    mapping = mapping_of(session, deployed)
    wanted = settings.stream_settings(STAGE, foundation.outputs(session, STAGE)["FailedTilesQueueArn"])
    assert wanted.items() <= mapping.items()
    assert mapping["BisectBatchOnFunctionError"]
    assert 0 < mapping["MaximumRetryAttempts"] < 10
    assert mapping["MaximumRecordAgeInSeconds"] < 86_400  # after which the stream itself would forget in silence
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_a_batch_gathers_for_less_than_a_minute_and_not_at_all_on_a_laptop() -> None:
    windows = {
        stage: settings.stream_settings(stage, "")["MaximumBatchingWindowInSeconds"] for stage in ("local", "dev")
    }
    assert windows == {"local": 0, "dev": 30}


@pytest.fixture
def changes(session: boto3.Session) -> Iterator[list[str]]:
    """The changes that were asked of Lambda."""
    asked: list[str] = []

    def note(**_: object) -> None:
        asked.append("changed")

    event = "before-call.lambda.UpdateEventSourceMapping"
    session.events.register(event, note)
    yield asked
    session.events.unregister(event, note)


def test_set_again_nothing_of_the_stream_is_changed_but_what_chalice_set_back(
    session: boto3.Session, deployed: Deployed, changes: list[str]
) -> None:
    settings.apply(session, STAGE, deployed)
    changes.clear()
    settings.apply(session, STAGE, deployed)
    assert changes == []
    mapping = mapping_of(session, deployed)
    session.client("lambda").update_event_source_mapping(UUID=mapping["UUID"], MaximumBatchingWindowInSeconds=0)
    settings.apply(session, STAGE, deployed)
    assert mapping_of(session, deployed)["MaximumBatchingWindowInSeconds"] == settings.BATCHING_WINDOW


def test_a_bad_marker_is_put_aside_and_no_other_item_is_looked_at(
    session: boto3.Session, environment: dict[str, str], deployed: Deployed
) -> None:
    settings.apply(session, STAGE, deployed)
    for pk, sk in (("R#1", "R"), ("C#u2yhr0", "good"), ("C#u2yhr0", "bad"), ("R#2", "R"), ("C#u2yhr1", "good")):
        session.client("dynamodb").put_item(
            TableName=environment["ANNOUNCEMENTS_TABLE"], Item={"pk": {"S": pk}, "sk": {"S": sk}}
        )
    failed = json.loads(message_in(session, "failed-tiles"))
    assert failed["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert failed["DDBStreamBatchInfo"]["batchSize"] == 1


class Settling:
    """Lambda while it takes up a change."""

    def __init__(self, *states: str) -> None:
        self.states = list(states)

    def get_event_source_mapping(self, **_: object) -> dict[str, str]:
        return {"State": self.states.pop(0) if len(self.states) > 1 else self.states[0]}


def test_a_change_waits_until_lambda_has_taken_up_the_last_one() -> None:
    pauses: list[float] = []
    assert settings._settled(Settling("Creating", "Updating", "Enabled"), "", pauses.append) == {"State": "Enabled"}
    assert pauses == [1, 1]
    with pytest.raises(DoesNotSettle, match="deploy again"):
        settings._settled(Settling("Updating"), "", pauses.append)
