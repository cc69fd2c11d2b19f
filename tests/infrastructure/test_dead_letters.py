"""Poison and outages: what cannot be done is put aside where it is seen, and redrive brings it back."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from infrastructure import redrive
from tests.infrastructure.stage import ANNOUNCEMENT, Stage, until

pytestmark = [pytest.mark.slow, pytest.mark.faults]  # what fails is tried again and again before it is put aside

BAD_MARKER = {"pk": {"S": "C#u2yhr0"}, "sk": {"S": "no time of any day"}}
LONG = 240  # seconds
BRIEFLY = "15"  # seconds, longer than the function takes to fail on a busy machine
TWICE = "2"  # a message is received, and not five times


@pytest.fixture
def local(stage: Stage) -> Stage:
    if not stage.endpoint:
        pytest.skip("it breaks things: on the local cloud only")
    return stage


@pytest.fixture
def impatient(local: Stage) -> Iterator[Stage]:
    """A stage whose queue of failed pictures gives a message twice within seconds, not five times in minutes."""
    sqs, url = local.client("sqs"), local.queue("failed-pictures")
    names = ["VisibilityTimeout", "RedrivePolicy"]
    usual = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    quick = json.loads(usual["RedrivePolicy"]) | {"maxReceiveCount": TWICE}
    sqs.set_queue_attributes(
        QueueUrl=url, Attributes={"VisibilityTimeout": BRIEFLY, "RedrivePolicy": json.dumps(quick)}
    )
    every_minute = f"homeward-{local.name}-sweep_expired-event"  # it would fail, too, and be told
    local.client("events").disable_rule(Name=every_minute)
    redrive.of(local.target).run()
    yield local
    local.client("events").enable_rule(Name=every_minute)
    sqs.set_queue_attributes(QueueUrl=url, Attributes=usual)


def throttle(trouble: Path, stage: Stage, *operations: str) -> None:
    table = stage.environment["ANNOUNCEMENTS_TABLE"]
    trouble.write_text("".join(f"throttled {table} {operation}\n" for operation in operations))


def put_aside(stage: Stage, picture: str) -> bool:
    """Whether what could not be done for a picture waits among the dead letters, which are only looked at."""
    found = stage.client("sqs").receive_message(
        QueueUrl=stage.queue("dead-letters"), MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    return any(picture in message["Body"] for message in found.get("Messages", []))


def test_a_poison_record_of_the_stream_is_put_aside_the_others_are_counted_and_redrive_mends(local: Stage) -> None:
    tables, names = local.client("dynamodb"), local.environment
    tables.put_item(TableName=names["ANNOUNCEMENTS_TABLE"], Item=BAD_MARKER)
    before = len(tables.scan(TableName=names["TILES_TABLE"])["Items"])
    local.announce()
    until(lambda: local.waiting("failed-tiles"), LONG)
    until(lambda: len(tables.scan(TableName=names["TILES_TABLE"])["Items"]) >= max(before, 1), LONG)
    tables.delete_item(TableName=names["ANNOUNCEMENTS_TABLE"], Key=BAD_MARKER)  # the mend
    sent = redrive.of(local.target).run()
    assert [place for place in sent if place.startswith("mend_tiles")]
    assert local.waiting("failed-tiles") == 0


def test_an_upload_in_an_outage_of_the_table_becomes_a_picture_after_redrive(impatient: Stage, trouble: Path) -> None:
    picture, form = impatient.add_picture(impatient.announce())
    throttle(trouble, impatient, "GetItem", "Query", "TransactWriteItems", "PutItem")
    impatient.upload(form)
    until(lambda: put_aside(impatient, picture), LONG)
    assert impatient.waiting("dead-letters") >= 1
    trouble.unlink()
    sent = redrive.of(impatient.target).run()
    assert sent[impatient.deployed.functions["make_renditions"]] == 1
    assert until(lambda: impatient.settled(picture), LONG)["state"] == "ready"


def test_a_poison_message_is_put_aside_and_redrive_brings_it_back_to_its_queue(impatient: Stage, trouble: Path) -> None:
    picture, _ = impatient.add_picture(impatient.announce())
    event = {"requestPayload": {"Records": [{"s3": {"object": {"key": f"originals/{picture}"}}}]}}
    throttle(trouble, impatient, "GetItem", "Query")
    sqs = impatient.client("sqs")
    sqs.send_message(QueueUrl=impatient.queue("failed-pictures"), MessageBody=json.dumps(event))
    until(lambda: put_aside(impatient, picture), LONG)
    assert impatient.waiting("dead-letters") >= 1
    trouble.unlink()
    assert redrive.of(impatient.target).run()[f"homeward-{impatient.name}-failed-pictures"] == 1
    assert until(lambda: impatient.settled(picture), LONG)["state"] == "refused"


def test_what_a_function_on_a_schedule_could_not_do_comes_back_to_it(local: Stage) -> None:
    function = local.deployed.functions["mend_tiles"]
    told = {"requestContext": {"functionArn": arn(local, function)}, "requestPayload": {"detail": {"smoke": True}}}
    local.client("sqs").send_message(QueueUrl=local.queue("dead-letters"), MessageBody=json.dumps(told))
    assert redrive.of(local.target).run()[function] >= 1


def arn(stage: Stage, function: str) -> str:
    return f"arn:aws:lambda:{stage.target.region}:{stage.target.account}:function:{function}:$LATEST"


def test_with_nothing_put_aside_redrive_does_nothing(local: Stage) -> None:
    redrive.of(local.target).run()
    assert redrive.of(local.target).run().total() == 0


def test_a_throttled_table_is_told_and_nothing_is_lost_or_written_twice(local: Stage, trouble: Path) -> None:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    sent: dict[str, Any] = {"json": ANNOUNCEMENT | {"event_at": now}, "headers": {"Idempotency-Key": uuid4().hex}}
    throttle(trouble, local, "TransactWriteItems")
    busy = local.ask("POST", "/api/announcements", **sent)
    assert busy.status_code == 503
    assert int(busy.headers["Retry-After"]) > 0
    trouble.unlink()
    first, second = (local.ask("POST", "/api/announcements", **sent) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json()["id"] == second.json()["id"]
