"""Pictures: the form, the upload, the function that the bucket calls, and what is told of the result."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

import app as application
from tests.api.steps import (
    ANNOUNCEMENTS,
    UNKNOWN_ID,
    Owned,
    add_picture,
    announce,
    assert_problem,
    fail,
    nothing_written,
    picture_file,
    picture_objects,
    picture_state,
    post_form,
    request_picture,
    stored,
    sweep,
    tell_of_upload,
    withdraw,
)
from tests.conftest import ENVIRONMENT, NOON, Homestead

FORM_LIFETIME = timedelta(minutes=15)


def _order(homestead: Homestead, owned: Owned) -> list[str]:
    return [picture["id"] for picture in homestead.client.get(owned.path).json["pictures"]]


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
    assert picture_state(homestead, slots[0])["state"] == "refused"
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
    assert feature["properties"]["thumbnail"] == picture_state(homestead, blue)["renditions"]["160"]


def test_a_dropped_picture_is_erased_in_every_version(homestead: Homestead) -> None:
    owned = announce(homestead)
    kept, dropped = add_picture(homestead, owned), add_picture(homestead, owned, picture_file("blue"))
    post_form(dropped, picture_file("green"))
    tell_of_upload(dropped)
    assert len(picture_objects(homestead, dropped)) > 5
    homestead.client.patch(owned.path, {"removed_pictures": [dropped.id]}, token=owned.token)
    assert picture_objects(homestead, dropped) == []
    assert len(picture_objects(homestead, kept)) == 5
    assert homestead.client.get(dropped.path).status == 404
    assert dropped.id not in str(stored(homestead))


def test_ordering_erases_nothing_that_has_come_meanwhile(homestead: Homestead) -> None:
    owned = announce(homestead)
    red, blue = (add_picture(homestead, owned, picture_file(colour)) for colour in ("red", "blue"))
    coming = request_picture(homestead, owned)
    for order in ([blue.id, red.id], []):
        answer = homestead.client.patch(owned.path, {"pictures": order}, token=owned.token)
        assert answer.status == 200, answer.body
        assert _order(homestead, owned) == [blue.id, red.id, coming.id]


def test_removing_a_picture_leaves_one_that_is_coming_and_again_is_a_success(homestead: Homestead) -> None:
    owned = announce(homestead)
    removed, coming = add_picture(homestead, owned), request_picture(homestead, owned)
    for _again in range(2):
        answer = homestead.client.patch(owned.path, {"removed_pictures": [removed.id]}, token=owned.token)
        assert answer.status == 200, answer.body
        assert _order(homestead, owned) == [coming.id]


def test_all_pictures_can_be_removed(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    answer = homestead.client.patch(owned.path, {"removed_pictures": [slot.id]}, token=owned.token)
    assert answer.json["pictures"] == []
    assert picture_objects(homestead, slot) == []
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
    assert picture_objects(homestead, slot) == []
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
