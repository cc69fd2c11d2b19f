"""Versions of pictures: sent in the body, listed, restored, turned; and who may."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.steps import (
    JPEG,
    UNKNOWN_ID,
    Owned,
    Slot,
    add_picture,
    announce,
    assert_problem,
    body,
    expire_versions,
    nothing_written,
    picture_file,
    picture_objects,
    picture_state,
    post_form,
    replicate_pictures,
    request_picture,
    reunite,
    send_picture,
    sent_picture,
    source_key,
    stored,
    sweep,
    tell_of_upload,
    update_picture,
    versions_of,
    withdraw,
)
from tests.conftest import Homestead

NAMES = {
    "id", "version", "name", "author", "category", "caption", "uploaded_at", "content_type", "size", "current", "url",
}  # fmt: skip
SAID = {"X-Picture-Author": "Ada Finder", "X-Picture-Category": "dog", "X-Picture-Caption": "By%20the%20łąka"}


def _current(versions: list[dict[str, Any]]) -> str:
    [current] = [each["version"] for each in versions if each["current"]]
    return str(current)


def _restore(homestead: Homestead, owned: Owned, slot: Slot, version: str) -> Any:
    return homestead.client.post(f"{slot.path}/versions/{version}/restore", token=owned.token)


def _rotate(homestead: Homestead, owned: Owned, slot: Slot, quarter_turns: Any) -> Any:
    return homestead.client.post(f"{slot.path}/rotate", {"quarter_turns": quarter_turns}, token=owned.token)


def test_a_picture_in_the_body_gets_its_place_and_becomes_ready(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = send_picture(homestead, owned, name="dog.jpg")
    assert answer.status == 201
    assert answer.json.keys() == {"id", "version", "url"}
    slot = Slot(answer.json["id"], "", {})
    assert homestead.client.get(answer.json["url"]).json["state"] == "waiting"
    tell_of_upload(slot, answer.json["version"])
    shown = picture_state(homestead, slot)
    assert (shown["state"], shown["version"]) == ("ready", answer.json["version"])
    assert homestead.client.get(owned.path).json["pictures"] == [shown]


def test_the_bytes_arrive_as_they_were_sent(homestead: Homestead) -> None:
    data = picture_file() + bytes(range(256)) * 100
    slot, version = sent_picture(homestead, announce(homestead), data)
    kept = homestead.bucket.Object(f"originals/{slot.id}").get(VersionId=version)
    assert kept["Body"].read() == data


def test_what_was_said_of_a_picture_is_told_with_its_version(homestead: Homestead) -> None:
    owned, data = announce(homestead), picture_file()
    headers = JPEG | SAID
    query = {"announcement": owned.id, "name": "Mój pies.jpg"}
    sent = homestead.client.post("/api/pictures", body=data, token=owned.token, headers=headers, **query).json
    slot = Slot(sent["id"], "", {})
    [version] = versions_of(homestead, slot, owned.token)
    assert version.keys() == NAMES
    uploaded_at = version.pop("uploaded_at")
    assert uploaded_at.endswith("Z")
    assert version == {
        "id": slot.id,
        "version": sent["version"],
        "name": "Mój pies.jpg",
        "author": "Ada Finder",
        "category": "dog",
        "caption": "By the łąka",
        "content_type": "image/jpeg",
        "size": len(data),
        "current": True,
        "url": None,
    }
    tell_of_upload(slot, sent["version"])
    [version] = versions_of(homestead, slot, owned.token)
    assert version["url"] == picture_state(homestead, slot)["renditions"]["1600"]
    assert version["uploaded_at"] == uploaded_at


@pytest.mark.parametrize("caption", ["łąka", "łąka".encode().decode("latin-1"), "%C5%82%C4%85ka"])
def test_a_header_may_come_in_utf_8_however_the_server_reads_it(homestead: Homestead, caption: str) -> None:
    owned = announce(homestead)
    headers = JPEG | {"X-Picture-Caption": caption}
    sent = homestead.client.post(
        "/api/pictures", body=picture_file(), token=owned.token, headers=headers, announcement=owned.id
    )
    [version] = versions_of(homestead, Slot(sent.json["id"], "", {}), owned.token)
    assert version["caption"] == "łąka"


def test_an_update_is_a_new_version_under_the_same_key(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, red = sent_picture(homestead, owned, picture_file("red"), name="red.jpg")
    blue = update_picture(homestead, owned, slot, picture_file("blue"), name="blue.jpg")
    versions = versions_of(homestead, slot, owned.token)
    assert {each["version"]: each["name"] for each in versions} == {red: "red.jpg", blue: "blue.jpg"}
    assert _current(versions) == blue
    assert picture_state(homestead, slot)["version"] == blue
    originals = [key for key in picture_objects(homestead, slot) if key.startswith("originals/")]
    assert originals == [f"originals/{slot.id}"] * 2
    assert all(each["url"] for each in versions)


def test_others_learn_of_the_current_version_only(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, _red = sent_picture(homestead, owned, picture_file("red"))
    blue = update_picture(homestead, owned, slot, picture_file("blue"))
    [told] = versions_of(homestead, slot)
    assert (told["version"], told["current"]) == (blue, True)


def test_a_form_for_a_new_version_does_the_same_for_larger_ones(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, red = sent_picture(homestead, owned, picture_file("red"))
    wish = {"content_type": "image/png", "name": "blue.png", "caption": "Błękitny"}
    answer = homestead.client.post(f"{slot.path}/upload", wish, token=owned.token)
    assert answer.status == 201
    assert answer.json["id"] == slot.id
    form = Slot(slot.id, answer.json["upload"]["url"], answer.json["upload"]["fields"])
    post_form(form, picture_file("blue"))
    tell_of_upload(slot)
    newest, oldest = versions_of(homestead, slot, owned.token)
    assert (newest["name"], newest["caption"], newest["current"]) == ("blue.png", "Błękitny", True)
    assert newest["content_type"] == "image/jpeg"  # by its bytes
    assert oldest["version"] == red


def test_a_description_cannot_be_changed_in_a_form(homestead: Homestead) -> None:
    slot = request_picture(homestead, announce(homestead), caption="By the park")
    assert {"x-amz-meta-description": slot.fields["x-amz-meta-description"]} in slot.policy


def test_an_old_version_is_restored_as_a_new_one(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, red = sent_picture(homestead, owned, picture_file("red"), name="red.jpg")
    before = picture_state(homestead, slot)
    blue = update_picture(homestead, owned, slot, picture_file("blue"), name="blue.jpg")
    answer = _restore(homestead, owned, slot, red)
    assert answer.status == 201, answer.body
    tell_of_upload(slot, answer.json["version"])
    versions = {each["version"]: each["name"] for each in versions_of(homestead, slot, owned.token)}
    assert versions == {red: "red.jpg", blue: "blue.jpg", answer.json["version"]: "red.jpg"}
    assert _current(versions_of(homestead, slot, owned.token)) == answer.json["version"]
    assert picture_state(homestead, slot) == before | {"version": answer.json["version"]}


def test_a_picture_is_turned_by_quarters_and_its_original_stays(homestead: Homestead) -> None:
    owned, data = announce(homestead), picture_file(size=(40, 30))
    slot, _version = sent_picture(homestead, owned, data, name="dog.jpg")
    flat = picture_state(homestead, slot)
    sizes = []
    for quarter_turns in (1, 1, 3, 3):
        answer = _rotate(homestead, owned, slot, quarter_turns)
        assert answer.status == 201, answer.body
        tell_of_upload(slot, answer.json["version"])
        shown = picture_state(homestead, slot)
        sizes.append((shown["width"], shown["height"]))
        kept = homestead.bucket.Object(f"originals/{slot.id}").get(VersionId=answer.json["version"])
        assert kept["Body"].read() == data
    assert sizes == [(30, 40), (40, 30), (30, 40), (40, 30)]
    assert picture_state(homestead, slot)["renditions"] == flat["renditions"]
    assert {each["name"] for each in versions_of(homestead, slot, owned.token)} == {"dog.jpg"}


def test_a_restored_version_is_turned_as_it_was(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, _version = sent_picture(homestead, owned)
    turned = _rotate(homestead, owned, slot, 1).json["version"]
    tell_of_upload(slot, turned)
    update_picture(homestead, owned, slot, picture_file("blue"))
    restored = _restore(homestead, owned, slot, turned).json["version"]
    tell_of_upload(slot, restored)
    assert (picture_state(homestead, slot)["width"], picture_state(homestead, slot)["height"]) == (30, 40)


def test_two_updates_at_once_are_two_versions_of_which_the_newest_is_current(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, first = sent_picture(homestead, owned)
    sent = [
        homestead.client.put(slot.path, body=picture_file(colour), token=owned.token, headers=JPEG).json["version"]
        for colour in ("blue", "green")
    ]
    for version in reversed(sent):
        tell_of_upload(slot, version)
    versions = versions_of(homestead, slot, owned.token)
    assert {each["version"] for each in versions} == {first, *sent}
    assert _current(versions) == sent[1] == picture_state(homestead, slot)["version"]


def test_two_forms_posted_at_once_lose_nothing_though_one_event_comes_late(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned, picture_file("red"))
    for colour in ("blue", "green"):
        post_form(slot, picture_file(colour))
    kept = [each.id for each in homestead.bucket.object_versions.filter(Prefix=f"originals/{slot.id}")]
    for version in kept:
        tell_of_upload(slot, version)
    versions = versions_of(homestead, slot, owned.token)
    assert {each["version"] for each in versions} == set(kept)
    assert len(kept) == 3
    assert _current(versions) == homestead.bucket.Object(f"originals/{slot.id}").version_id


def test_a_version_that_is_no_good_leaves_the_last_one_shown_and_says_why(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, red = sent_picture(homestead, owned)
    broken = update_picture(homestead, owned, slot, picture_file("blue")[:200])
    versions = versions_of(homestead, slot, owned.token)
    assert {each["version"]: each["url"] is None for each in versions} == {red: False, broken: True}
    assert _current(versions) == red
    assert homestead.client.get(slot.path, token=owned.token).json["newest_refusal"]
    assert picture_state(homestead, slot)["version"] == red


def test_a_withdrawal_forgets_every_version(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, _red = sent_picture(homestead, owned)
    update_picture(homestead, owned, slot, picture_file("blue"))
    withdraw(homestead, owned)
    assert slot.id not in str(stored(homestead))


def test_a_version_that_only_the_backup_has_is_restored(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, red = sent_picture(homestead, owned, picture_file("red"), name="red.jpg")
    before = picture_state(homestead, slot)
    update_picture(homestead, owned, slot, picture_file("blue"))
    replicate_pictures(homestead)
    expire_versions(homestead)
    assert len([key for key in picture_objects(homestead, slot) if key.startswith("originals/")]) == 1
    answer = _restore(homestead, owned, slot, red)
    assert answer.status == 201, answer.body
    tell_of_upload(slot, answer.json["version"])
    assert picture_state(homestead, slot) == before | {"version": answer.json["version"]}
    [restored] = [each for each in versions_of(homestead, slot, owned.token) if each["current"]]
    assert (restored["version"], restored["name"]) == (answer.json["version"], "red.jpg")


def test_a_version_that_neither_bucket_has_is_not_found_any_more(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, red = sent_picture(homestead, owned, picture_file("red"))
    update_picture(homestead, owned, slot, picture_file("blue"))
    expire_versions(homestead)
    with nothing_written(homestead):
        assert_problem(_restore(homestead, owned, slot, red), 404)


@pytest.mark.parametrize("how", ["withdrawn", "dropped", "expired"])
def test_erasing_leaves_no_version_in_either_bucket(homestead: Homestead, how: str) -> None:
    owned, other = announce(homestead), announce(homestead, species="cat")
    slot, _red = sent_picture(homestead, owned, picture_file("red"))
    kept, _version = sent_picture(homestead, other)
    update_picture(homestead, owned, slot, picture_file("blue"))
    _rotate(homestead, owned, slot, 1)
    replicate_pictures(homestead)
    expire_versions(homestead)
    counts = [_objects_of(homestead, slot), _objects_of(homestead, kept)]
    assert counts == [1 + 3 + 8 + 8, 1 + 1 + 4 + 4]  # originals here and in the backup, then renditions
    if how == "withdrawn":
        withdraw(homestead, owned)
    elif how == "dropped":
        homestead.client.patch(owned.path, {"removed_pictures": [slot.id]}, token=owned.token)
    else:
        for _expired_then_erased in range(2):
            homestead.clock.move(timedelta(days=90))
            sweep()
    assert [_objects_of(homestead, slot), _objects_of(homestead, kept)] == [0, counts[1]]


def _objects_of(homestead: Homestead, slot: Slot) -> int:
    """Count what both buckets have of a picture, deletions by hand among it."""
    everything = [*homestead.bucket.object_versions.all(), *homestead.backup.object_versions.all()]
    return len([each for each in everything if slot.id in each.object_key])


def _writes(slot: Slot, announcement_id: str, version: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Give every write that there is on a picture."""
    picture = {"body": picture_file(), "headers": JPEG}
    return [
        ("POST", f"/api/pictures?announcement={announcement_id}", picture),
        ("PUT", slot.path, picture),
        ("POST", f"{slot.path}/upload", {"json_body": {}}),
        ("POST", f"{slot.path}/versions/{version}/restore", {}),
        ("POST", f"{slot.path}/rotate", {"json_body": {"quarter_turns": 1}}),
    ]


def test_every_write_needs_a_token_and_the_right_one(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    slot, version = sent_picture(homestead, owned)
    wrong = [other.token, "x", "source.shelter.x", source_key(homestead), "ł"]
    with nothing_written(homestead):
        for method, path, sent in _writes(slot, owned.id, version):
            assert_problem(homestead.client.send(method, path, **sent), 401)
            for token in wrong:
                assert_problem(homestead.client.send(method, path, token=token, **sent), 403)


def test_an_unknown_picture_or_announcement_is_not_found_with_a_valid_token(homestead: Homestead) -> None:
    owned = announce(homestead)
    tokens = [owned.token, source_key(homestead)]
    unknown = homestead.homeward.access.manage_token(UNKNOWN_ID)
    [(_post, adding, picture), *others] = _writes(Slot(UNKNOWN_ID, "", {}), UNKNOWN_ID, "v")
    with nothing_written(homestead):
        assert_problem(homestead.client.post(adding, token=unknown, **picture), 404)
        assert_problem(homestead.client.post(adding, token=owned.token, **picture), 403)
        for method, path, sent in others:
            for token in tokens:
                assert_problem(homestead.client.send(method, path, token=token, **sent), 404)
            for token in ("x", "source.shelter.x", "source.nobody.x"):
                assert_problem(homestead.client.send(method, path, token=token, **sent), 403)


@pytest.mark.parametrize("unknown", ["x", "..", "x" * 5000, "%00", "ł"])
def test_an_unknown_version_or_an_odd_id_is_not_found(homestead: Homestead, unknown: str) -> None:
    owned = announce(homestead)
    slot, _version = sent_picture(homestead, owned)
    with nothing_written(homestead):
        assert_problem(_restore(homestead, owned, slot, unknown), 404)
        assert_problem(_rotate(homestead, owned, Slot(unknown, "", {}), 1), 404)
        assert_problem(homestead.client.get(f"/api/pictures/{unknown}/versions"), 404)


def test_the_key_of_a_source_opens_the_pictures_of_its_announcements(homestead: Homestead) -> None:
    key = source_key(homestead)
    brought = homestead.client.put("/api/sources/shelter/announcements/A-1", body(), token=key).json
    owned = Owned(brought["id"], key, brought)
    slot, _version = sent_picture(homestead, owned)
    assert _rotate(homestead, owned, slot, 1).status == 201


def test_what_left_the_map_gets_no_new_versions(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, version = sent_picture(homestead, owned)
    reunite(homestead, owned)
    with nothing_written(homestead):
        for method, path, sent in _writes(slot, owned.id, version):
            assert_problem(homestead.client.send(method, path, token=owned.token, **sent), 409)
    homestead.clock.move(timedelta(days=14))
    assert_problem(homestead.client.get(f"{slot.path}/versions"), 410)
    assert len(versions_of(homestead, slot, owned.token)) == 1


def test_a_picture_of_which_nothing_came_has_no_versions_and_cannot_be_turned(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = request_picture(homestead, owned)
    assert versions_of(homestead, slot, owned.token) == []
    assert_problem(_rotate(homestead, owned, slot, 1), 409)


@pytest.mark.parametrize("turns", [0, 4, -1, 1.5, "1", None, True])
def test_a_turn_is_one_to_three_quarters(homestead: Homestead, turns: Any) -> None:
    owned = announce(homestead)
    slot, _version = sent_picture(homestead, owned)
    with nothing_written(homestead):
        assert_problem(_rotate(homestead, owned, slot, turns), 422, "quarter_turns")


def test_a_form_whose_time_is_over_can_be_asked_for_again(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = request_picture(homestead, owned)
    homestead.clock.move(timedelta(minutes=20))
    assert picture_state(homestead, slot)["state"] == "refused"
    assert homestead.client.post(f"{slot.path}/upload", {}, token=owned.token).status == 201
    assert picture_state(homestead, slot)["state"] == "waiting"
