"""Pictures: the form, the upload, the function that the bucket calls, and what is told of the result."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

import app as application
from tests.api.steps import (
    ANNOUNCEMENTS,
    EVENTS,
    UNKNOWN_ID,
    Owned,
    Slot,
    add_picture,
    announce,
    assert_problem,
    fail,
    nothing_written,
    picture_file,
    post_form,
    request_picture,
    stored,
    sweep,
    tell_of_upload,
    withdraw,
)
from tests.conftest import ENVIRONMENT, NOON, Homestead

FORM_LIFETIME = timedelta(minutes=15)


def _state(homestead: Homestead, slot: Slot) -> dict[str, Any]:
    answer = homestead.client.get(slot.path)
    assert answer.status == 200, answer.body
    shown: dict[str, Any] = answer.json
    return shown


def _order(homestead: Homestead, owned: Owned) -> list[str]:
    return [picture["id"] for picture in homestead.client.get(owned.path).json["pictures"]]


def _objects(homestead: Homestead, slot: Slot) -> list[str]:
    """Name all versions of all objects of a picture."""
    return [each.object_key for each in homestead.bucket.object_versions.all() if slot.id in each.object_key]


def _tell_of_failure(homestead: Homestead, *slots: Slot) -> None:
    """Call the function with what Lambda puts in the queue when the other function died."""
    records = [{"s3": {"object": {"key": f"originals/{slot.id}"}}} for slot in slots]
    message = json.dumps({"requestPayload": {"Records": records}, "responsePayload": {"errorType": "Killed"}})
    application.refuse_failed_picture(EVENTS.generate_sqs_event([message]), None)


def test_a_form_comes_with_a_place_that_waits(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = homestead.client.post(f"{owned.path}/pictures", {}, token=owned.token)
    assert answer.status == 201
    assert answer.json.keys() == {"id", "upload", "expires_at"}
    assert answer.json["expires_at"] == (NOON + FORM_LIFETIME).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert homestead.client.get(f"/api/pictures/{answer.json['id']}").json == {
        "id": answer.json["id"],
        "state": "waiting",
        "reason": None,
        "version": None,
        "width": None,
        "height": None,
        "renditions": {},
        "preview": None,
        "placeholder": None,
        "colour": None,
    }


def test_the_fields_of_a_form_are_what_its_policy_asks_for(homestead: Homestead) -> None:
    slot = request_picture(homestead, announce(homestead), content_type="image/heic")
    fields, allowed = slot.fields, set()
    for condition in slot.policy:
        match condition:
            case ["content-length-range", smallest, largest]:
                assert (smallest, largest) == (1, 40_000_000)
            case ["starts-with", name, start]:
                assert fields[name.removeprefix("$")].startswith(start)
                allowed.add(name.removeprefix("$").lower())
            case dict():
                [(name, value)] = condition.items()
                assert fields.get(name, ENVIRONMENT["PICTURES_BUCKET"]) == value
                allowed.add(name.lower())
    signature = {"policy", "x-amz-signature"}
    assert {name.lower() for name in fields} - signature <= allowed
    assert (fields["key"], fields["Content-Type"]) == (f"originals/{slot.id}", "image/heic")


def test_a_form_can_be_posted_as_it_is(homestead: Homestead) -> None:
    slot = request_picture(homestead, announce(homestead))
    data = picture_file()
    post_form(slot, data)
    assert homestead.bucket.Object(f"originals/{slot.id}").get()["Body"].read() == data


def test_uploads_go_through_our_own_address_where_that_is_set(
    homestead: Homestead, monkeypatch: pytest.MonkeyPatch
) -> None:
    homeward = homestead.homeward
    through = replace(homeward, config=replace(homeward.config, upload_url="/uploads"))
    monkeypatch.setattr(application, "homeward", through)
    assert request_picture(homestead, announce(homestead)).url == "https://homeward.test/uploads"


def test_a_picture_becomes_ready_with_its_renditions(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned, picture_file("red", (2000, 1000)))
    shown = _state(homestead, slot)
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
    shown = _state(homestead, slot)
    assert feature["properties"]["thumbnail"] == shown["renditions"]["160"]
    assert feature["properties"]["colour"] == shown["colour"]
    assert feature["properties"]["placeholder"] == shown["placeholder"]
    assert homestead.client.get(owned.path).json["pictures"] == [shown]


@pytest.mark.parametrize("data", [b"text named .jpg", b"\xff\xd8\xff", b"<svg/>", picture_file()[:200]])
def test_what_is_no_picture_is_refused_with_a_reason(homestead: Homestead, data: bytes) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned, data)
    shown = _state(homestead, slot)
    assert (shown["state"], shown["renditions"], shown["preview"]) == ("refused", {}, None)
    assert shown["reason"]
    [feature] = homestead.client.get(ANNOUNCEMENTS).json["features"]
    assert feature["properties"]["thumbnail"] is None
    assert [key for key in _objects(homestead, slot) if key.startswith("renditions/")] == []


def test_a_duplicate_event_changes_nothing(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead))
    with nothing_written(homestead):
        tell_of_upload(slot)
        _tell_of_failure(homestead, slot)


def test_the_newest_upload_wins(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead), picture_file("red"))
    post_form(slot, picture_file("blue"))
    tell_of_upload(slot)
    assert _state(homestead, slot)["colour"].endswith(("fe", "ff"))
    with nothing_written(homestead):
        tell_of_upload(slot)


def test_a_good_picture_after_a_refused_one_is_shown(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead), b"no picture")
    post_form(slot, picture_file())
    tell_of_upload(slot)
    assert _state(homestead, slot)["state"] == "ready"


def test_a_broken_file_after_a_good_one_leaves_the_good_one(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead))
    before = _state(homestead, slot)
    post_form(slot, b"no picture")
    tell_of_upload(slot)
    assert _state(homestead, slot) == before


def test_a_picture_whose_function_died_is_refused(homestead: Homestead) -> None:
    owned = announce(homestead)
    dead, alive = request_picture(homestead, owned), add_picture(homestead, owned)
    _tell_of_failure(homestead, dead, alive)
    assert (_state(homestead, dead)["state"], _state(homestead, alive)["state"]) == ("refused", "ready")
    assert _state(homestead, dead)["reason"]
    with nothing_written(homestead):
        _tell_of_failure(homestead, dead, alive)


@pytest.mark.parametrize(
    "message", ["", "no JSON", "[]", "null", "{}", '{"requestPayload": {"Records": [{}]}}', '{"requestPayload": 1}']
)
def test_a_failure_that_cannot_be_read_does_not_block_the_queue(homestead: Homestead, message: str) -> None:
    slot = request_picture(homestead, announce(homestead))
    application.refuse_failed_picture(EVENTS.generate_sqs_event([message]), None)
    _tell_of_failure(homestead, slot)
    assert _state(homestead, slot)["state"] == "refused"


def test_an_upload_that_nobody_asked_for_is_removed(homestead: Homestead) -> None:
    homestead.bucket.put_object(Key=f"originals/{UNKNOWN_ID}", Body=picture_file())
    with_id = Slot(UNKNOWN_ID, "", {})
    tell_of_upload(with_id)
    assert _objects(homestead, with_id) == []


def test_an_upload_for_a_withdrawn_announcement_is_removed(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = request_picture(homestead, owned)
    withdraw(homestead, owned)
    post_form(slot, picture_file())
    tell_of_upload(slot)
    assert _objects(homestead, slot) == []


@pytest.mark.parametrize("key", ["originals/", "originals/../x", "originals/a b+c", "other/x", "originals/%00", "ł"])
def test_an_event_of_another_object_is_let_go(homestead: Homestead, key: str) -> None:
    with nothing_written(homestead):
        application.make_renditions(EVENTS.generate_s3_event(ENVIRONMENT["PICTURES_BUCKET"], key), None)


def test_an_event_of_an_object_that_is_gone_is_let_go(homestead: Homestead) -> None:
    slot = request_picture(homestead, announce(homestead))
    with nothing_written(homestead):
        tell_of_upload(slot)
    assert _state(homestead, slot)["state"] == "waiting"


def test_an_announcement_has_ten_pictures_at_most(homestead: Homestead) -> None:
    owned = announce(homestead)
    for _ in range(10):
        request_picture(homestead, owned)
    with nothing_written(homestead):
        assert_problem(homestead.client.post(f"{owned.path}/pictures", {}, token=owned.token), 409)


def test_a_place_whose_form_ended_unused_is_free_again(homestead: Homestead) -> None:
    owned = announce(homestead)
    slots = [request_picture(homestead, owned) for _ in range(10)]
    homestead.clock.move(FORM_LIFETIME)
    assert _state(homestead, slots[0])["state"] == "refused"
    newest = request_picture(homestead, owned)
    assert _order(homestead, owned) == [slot.id for slot in slots[1:]] + [newest.id]
    assert homestead.client.get(slots[0].path).status == 404


def test_pictures_are_put_in_another_order(homestead: Homestead) -> None:
    owned = announce(homestead)
    red, blue = (add_picture(homestead, owned, picture_file(colour)) for colour in ("red", "blue"))
    assert _order(homestead, owned) == [red.id, blue.id]
    answer = homestead.client.patch(owned.path, {"pictures": [blue.id, red.id]}, token=owned.token)
    assert answer.status == 200, answer.body
    assert _order(homestead, owned) == [blue.id, red.id]
    [feature] = homestead.client.get(ANNOUNCEMENTS).json["features"]
    assert feature["properties"]["thumbnail"] == _state(homestead, blue)["renditions"]["160"]


def test_a_dropped_picture_is_erased_in_every_version(homestead: Homestead) -> None:
    owned = announce(homestead)
    kept, dropped = add_picture(homestead, owned), add_picture(homestead, owned, picture_file("blue"))
    post_form(dropped, picture_file("green"))
    tell_of_upload(dropped)
    assert len(_objects(homestead, dropped)) > 5
    homestead.client.patch(owned.path, {"pictures": [kept.id]}, token=owned.token)
    assert _objects(homestead, dropped) == []
    assert len(_objects(homestead, kept)) == 5
    assert homestead.client.get(dropped.path).status == 404
    assert dropped.id not in str(stored(homestead))


def test_all_pictures_can_be_dropped(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    answer = homestead.client.patch(owned.path, {"pictures": []}, token=owned.token)
    assert answer.json["pictures"] == []
    assert _objects(homestead, slot) == []
    [feature] = homestead.client.get(ANNOUNCEMENTS).json["features"]
    assert feature["properties"]["thumbnail"] is None


def test_pictures_that_are_not_its_own_cannot_be_named(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    own, foreign = add_picture(homestead, owned), add_picture(homestead, other)
    with nothing_written(homestead):
        for ids in ([foreign.id], [own.id, own.id], [own.id, foreign.id], [UNKNOWN_ID]):
            assert_problem(homestead.client.patch(owned.path, {"pictures": ids}, token=owned.token), 422, "pictures")
        refused = homestead.client.patch(owned.path, {"pictures": ["x"]}, token=owned.token)
        assert_problem(refused, 422, "pictures.0")
        refused = homestead.client.patch(owned.path, {"pictures": [own.id] * 11}, token=owned.token)
        assert_problem(refused, 422, "pictures")
        refused = homestead.client.patch(owned.path, {"pictures": None}, token=owned.token)
        assert_problem(refused, 422, "pictures")


def test_a_withdrawal_erases_all_pictures_in_every_version(homestead: Homestead) -> None:
    owned = announce(homestead)
    slots = [add_picture(homestead, owned), request_picture(homestead, owned)]
    post_form(slots[1], picture_file())
    withdraw(homestead, owned)
    assert list(homestead.bucket.object_versions.all()) == []
    assert [homestead.client.get(slot.path).status for slot in slots] == [404, 404]


def test_what_a_withdrawal_could_not_erase_the_sweep_erases(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    stop = fail(homestead, "s3", "DeleteObjects", "SlowDown", 503)
    assert_problem(homestead.client.delete(owned.path, token=owned.token), 503)
    assert homestead.client.get(owned.path).status == 410
    stop()
    sweep()
    assert _objects(homestead, slot) == []
    assert slot.id not in str(stored(homestead))


def test_a_picture_leaves_with_its_announcement(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    homestead.clock.move(timedelta(days=90))
    assert_problem(homestead.client.get(slot.path), 410)
    assert homestead.client.get(slot.path, token=owned.token).status == 200


def test_an_unknown_picture_is_not_found(homestead: Homestead) -> None:
    for unknown in (UNKNOWN_ID, "x", "..", "%00", "x" * 5000, "ł"):
        assert_problem(homestead.client.get(f"/api/pictures/{unknown}"), 404)


def test_a_wrong_token_does_not_open_a_picture(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    slot = request_picture(homestead, owned)
    for wrong in (other.token, "x", "source.shelter.x"):
        assert_problem(homestead.client.get(slot.path, token=wrong), 403)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"content_type": "image/svg+xml"}, "content_type"),
        ({"content_type": "text/html"}, "content_type"),
        ({"content_type": None}, "content_type"),
        ({"key": "renditions/x"}, "key"),
        ({"size": 1}, "size"),
    ],
)
def test_a_wish_for_another_form_is_refused(homestead: Homestead, wish: dict[str, Any], field: str) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        assert_problem(homestead.client.post(f"{owned.path}/pictures", wish, token=owned.token), 422, field)


def test_a_form_names_no_other_place_than_the_pictures_own(homestead: Homestead) -> None:
    owned = announce(homestead)
    one, other = request_picture(homestead, owned), request_picture(homestead, owned)
    assert {"key": f"originals/{one.id}"} in one.policy
    assert one.id != other.id
    assert urlsplit(one.url).scheme == "https"
