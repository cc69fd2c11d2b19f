"""What becomes of uploads: the functions that the bucket and the queue call."""

import json
from io import BytesIO

import pytest
from PIL import Image

import app as application
from tests.api.steps import (
    ANNOUNCEMENTS,
    EVENTS,
    UNKNOWN_ID,
    Slot,
    add_picture,
    announce,
    nothing_written,
    picture_file,
    picture_objects,
    picture_state,
    post_form,
    request_picture,
    tell_of_upload,
    withdraw,
)
from tests.conftest import ENVIRONMENT, Homestead


def _tell_of_failure(homestead: Homestead, *slots: Slot) -> None:
    """Call the function with what Lambda puts in the queue when the other function died."""
    records = [{"s3": {"object": {"key": f"originals/{slot.id}"}}} for slot in slots]
    message = json.dumps({"requestPayload": {"Records": records}, "responsePayload": {"errorType": "Killed"}})
    application.refuse_failed_picture(EVENTS.generate_sqs_event([message]), None)


def test_a_picture_becomes_ready_with_its_renditions(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned, picture_file("red", (2000, 1000)))
    shown = picture_state(homestead, slot)
    assert (shown["state"], shown["reason"], shown["width"], shown["height"]) == ("ready", None, 2000, 1000)
    assert shown["colour"].startswith("#f")
    assert shown["placeholder"]
    sizes = {}
    for size, address in shown["renditions"].items():
        assert address.startswith(f"/renditions/{slot.id}/")
        kept = homestead.bucket.Object(address.removeprefix("/")).get()
        assert (kept["ContentType"], kept["CacheControl"]) == ("image/webp", "public, max-age=31536000, immutable")
        sizes[size] = Image.open(BytesIO(kept["Body"].read())).size
    assert sizes == {"160": (160, 160), "640": (640, 320), "1600": (1600, 800)}
    preview = homestead.bucket.Object(shown["preview"].removeprefix("/")).get()
    assert (preview["ContentType"], Image.open(BytesIO(preview["Body"].read())).format) == ("image/jpeg", "JPEG")


def test_the_thumbnail_is_on_the_map_once_the_picture_is_ready(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    [feature] = homestead.client.get(ANNOUNCEMENTS).json["features"]
    shown = picture_state(homestead, slot)
    assert feature["properties"]["thumbnail"] == shown["renditions"]["160"]
    assert feature["properties"]["colour"] == shown["colour"]
    assert feature["properties"]["placeholder"] == shown["placeholder"]
    assert homestead.client.get(owned.path).json["pictures"] == [shown]


@pytest.mark.parametrize("data", [b"text named .jpg", b"\xff\xd8\xff", b"<svg/>", picture_file()[:200]])
def test_what_is_no_picture_is_refused_with_a_reason(homestead: Homestead, data: bytes) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned, data)
    shown = picture_state(homestead, slot)
    assert (shown["state"], shown["renditions"], shown["preview"]) == ("refused", {}, None)
    assert shown["reason"]
    [feature] = homestead.client.get(ANNOUNCEMENTS).json["features"]
    assert feature["properties"]["thumbnail"] is None
    assert [key for key in picture_objects(homestead, slot) if key.startswith("renditions/")] == []


def test_a_duplicate_event_changes_nothing(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead))
    with nothing_written(homestead):
        tell_of_upload(slot)
        _tell_of_failure(homestead, slot)


def test_the_newest_upload_wins(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead), picture_file("red"))
    post_form(slot, picture_file("blue"))
    tell_of_upload(slot)
    assert picture_state(homestead, slot)["colour"].endswith(("fe", "ff"))
    with nothing_written(homestead):
        tell_of_upload(slot)


def test_a_good_picture_after_a_refused_one_is_shown(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead), b"no picture")
    post_form(slot, picture_file())
    tell_of_upload(slot)
    assert picture_state(homestead, slot)["state"] == "ready"


def test_a_broken_file_after_a_good_one_leaves_the_good_one(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead))
    before = picture_state(homestead, slot)
    post_form(slot, b"no picture")
    tell_of_upload(slot)
    assert picture_state(homestead, slot) == before


def test_a_picture_whose_function_died_is_refused(homestead: Homestead) -> None:
    owned = announce(homestead)
    dead, alive = request_picture(homestead, owned), add_picture(homestead, owned)
    _tell_of_failure(homestead, dead, alive)
    assert (picture_state(homestead, dead)["state"], picture_state(homestead, alive)["state"]) == ("refused", "ready")
    assert picture_state(homestead, dead)["reason"]
    with nothing_written(homestead):
        _tell_of_failure(homestead, dead, alive)


@pytest.mark.parametrize(
    "message", ["", "no JSON", "[]", "null", "{}", '{"requestPayload": {"Records": [{}]}}', '{"requestPayload": 1}']
)
def test_a_failure_that_cannot_be_read_does_not_block_the_queue(homestead: Homestead, message: str) -> None:
    slot = request_picture(homestead, announce(homestead))
    application.refuse_failed_picture(EVENTS.generate_sqs_event([message]), None)
    _tell_of_failure(homestead, slot)
    assert picture_state(homestead, slot)["state"] == "refused"


def test_an_upload_that_nobody_asked_for_is_removed(homestead: Homestead) -> None:
    homestead.bucket.put_object(Key=f"originals/{UNKNOWN_ID}", Body=picture_file())
    with_id = Slot(UNKNOWN_ID, "", {})
    tell_of_upload(with_id)
    assert picture_objects(homestead, with_id) == []


def test_an_upload_for_a_withdrawn_announcement_is_removed(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = request_picture(homestead, owned)
    withdraw(homestead, owned)
    post_form(slot, picture_file())
    tell_of_upload(slot)
    assert picture_objects(homestead, slot) == []


@pytest.mark.parametrize("key", ["originals/", "originals/../x", "originals/a b+c", "other/x", "originals/%00", "ł"])
def test_an_event_of_another_object_is_let_go(homestead: Homestead, key: str) -> None:
    with nothing_written(homestead):
        application.make_renditions(EVENTS.generate_s3_event(ENVIRONMENT["PICTURES_BUCKET"], key), None)


def test_an_event_of_an_object_that_is_gone_is_let_go(homestead: Homestead) -> None:
    slot = request_picture(homestead, announce(homestead))
    with nothing_written(homestead):
        tell_of_upload(slot)
    assert picture_state(homestead, slot)["state"] == "waiting"
