"""One report followed by its id, as an operator does: the request, the item, the bucket, the stream, the queue."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.journal import is_correlation_id
from chalicelib.watched import CORRELATION_HEADER
from local.logs import lines, log_groups
from tests.local.running import RunningHomeward, until
from tests.local.test_deployed import photo


def told(homeward: RunningHomeward, function: str, correlation_id: str) -> list[dict[str, Any]]:
    """What a function told of a request."""
    groups = log_groups(homeward.deployment, function)
    texts = [line.text for line in lines(homeward.client("logs"), groups, 0)]
    found = [json.loads(part) for text in texts for part in text.splitlines() if part.startswith("{")]
    return [each for each in found if correlation_id in json.dumps(each)]


def posted(homeward: RunningHomeward, path: str, token: str | None, body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """An answer, and the id that it carries."""
    answer = homeward.ask("POST", path, token, json=body)
    assert answer.status_code == 201, answer.text
    found = answer.headers[CORRELATION_HEADER]
    assert is_correlation_id(found)
    return answer.json(), found


def reported(homeward: RunningHomeward) -> tuple[dict[str, Any], str]:
    place = {"latitude": -12.3, "longitude": 45.6}
    body = {"kind": "lost", "species": "cat", "title": "Followed", "event_at": "2026-11-20T12:00:00Z", "place": place}
    return posted(homeward, "/api/announcements", None, body)


def uploaded(homeward: RunningHomeward, announcement: dict[str, Any], picture: bytes) -> tuple[str, str]:
    """The id of a picture, and that of the request which gave its form."""
    path = f"/api/announcements/{announcement['id']}/pictures"
    slot, found = posted(homeward, path, announcement["manage_token"], {})
    form = slot["upload"]
    assert form["fields"]["x-amz-meta-correlation"] == found
    answer = homeward.ask("POST", "/uploads", data=form["fields"], files={"file": ("pet.jpg", picture, "image/jpeg")})
    assert answer.status_code == 204
    return slot["id"], found


def test_a_report_is_followed_from_the_post_to_the_tiles_and_to_its_picture(homeward: RunningHomeward) -> None:
    announcement, report = reported(homeward)
    assert {item["cid"]["S"] for item in homeward.items_of(announcement["id"])} == {report}
    [request] = until(lambda: told(homeward, "api_handler", report))
    assert (request["route"], request["status"], request["Announcements"]) == ("POST /api/announcements", 201, 1)
    tiles = until(lambda: told(homeward, "refresh_tiles", report))
    assert tiles[-1]["event"] == "DynamoDBEvent"

    picture, form = uploaded(homeward, announcement, photo())
    bucket = homeward.deployment.environment["PICTURES_BUCKET"]
    head = homeward.client("s3").head_object(Bucket=bucket, Key=f"originals/{picture}")
    assert head["Metadata"]["correlation"] == form
    assert homeward.settled(picture)["state"] == "ready"
    made = until(lambda: told(homeward, "make_renditions", form))
    assert (made[-1]["event"], made[-1]["correlation_id"]) == ("S3Event", form)
    assert made[-1]["PictureTime"] > 0
    until(lambda: told(homeward, "refresh_tiles", form))


@pytest.fixture
def dying_function(homeward: RunningHomeward) -> Iterator[None]:
    """The picture function with a handler that is not there."""
    functions, name = homeward.client("lambda"), homeward.deployment.functions["make_renditions"]
    handler = functions.get_function_configuration(FunctionName=name)["Handler"]
    functions.update_function_configuration(FunctionName=name, Handler="app.not_there")
    yield
    functions.update_function_configuration(FunctionName=name, Handler=handler)


def test_a_picture_whose_function_dies_is_followed_through_the_queue(
    homeward: RunningHomeward, dying_function: None
) -> None:
    announcement, _report = reported(homeward)
    picture, form = uploaded(homeward, announcement, photo())
    assert homeward.settled(picture)["state"] == "refused"
    refused = until(lambda: told(homeward, "refuse_failed_picture", form))
    assert (refused[-1]["event"], refused[-1]["PicturesRefused"]) == ("SQSEvent", 1)
