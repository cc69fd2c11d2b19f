"""What trusted sources bring, one by one and in batches."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.shelter import SHELTER, brought, named, put, results, send
from tests.api.steps import (
    ANNOUNCEMENTS,
    PUBLIC_PLACE,
    UNKNOWN_ID,
    add_picture,
    announce,
    assert_problem,
    body,
    nothing_written,
    on_map,
    request_picture,
    source_key,
    sweep,
)
from tests.conftest import Homestead

LIFETIME = timedelta(days=90)


def test_an_announcement_is_new_once_and_then_the_same(homestead: Homestead) -> None:
    key = source_key(homestead)
    first, again = put(homestead, key), put(homestead, key)
    assert (first.status, again.status) == (201, 200)
    assert again.json == first.json
    assert first.json["source"] == "shelter"
    assert on_map(homestead) == [first.json["id"]]


def test_a_source_reads_its_own_whole_and_is_given_no_token(homestead: Homestead) -> None:
    key = source_key(homestead)
    owned = brought(homestead, key)
    assert "manage_token" not in owned.shown
    assert homestead.client.get(owned.path, token=key).json == owned.shown
    assert owned.shown["public_place"] == PUBLIC_PLACE
    assert "contact" not in homestead.client.get(owned.path).json


def test_one_name_at_two_sources_is_two_announcements(homestead: Homestead) -> None:
    shelter, vet = source_key(homestead), source_key(homestead, "vet")
    one = brought(homestead, shelter)
    other = homestead.client.put("/api/sources/vet/announcements/A-1", body(), token=vet)
    assert other.status == 201
    assert other.json["id"] != one.id


def test_an_unchanged_repeat_renews_nothing_and_moves_nothing(homestead: Homestead) -> None:
    key = source_key(homestead)
    brought(homestead, key, lives_days=30)
    homestead.clock.move(timedelta(days=10))
    with nothing_written(homestead):
        assert put(homestead, key, lives_days=30).status == 200
        assert results(send(homestead, key, named("A-1", lives_days=30))) == [("A-1", "unchanged")]


def test_an_unchanged_repeat_does_not_bring_back_what_has_expired(homestead: Homestead) -> None:
    key = source_key(homestead)
    owned = brought(homestead, key)
    homestead.clock.move(LIFETIME)
    sweep()
    with nothing_written(homestead):
        answer = put(homestead, key)
    assert (answer.status, answer.json["status"]) == (200, "expired")
    assert on_map(homestead) == []
    assert homestead.client.post(f"{owned.path}/renew", token=key).status == 200


def test_a_change_is_written_and_does_not_renew(homestead: Homestead) -> None:
    key = source_key(homestead)
    first = brought(homestead, key)
    homestead.clock.move(timedelta(days=10))
    changed = brought(homestead, key, title="Red dog", place={"latitude": 51.5, "longitude": -0.1}).shown
    moved = {"latitude": 51.5, "longitude": -0.1, "blur": "street"}
    public = changed["public_place"]
    assert changed == first.shown | {"title": "Red dog", "place": moved, "public_place": public}
    assert on_map(homestead, bbox="-1,51,1,52") == [first.id]
    assert on_map(homestead, bbox="19,50,20,51") == []


def test_what_a_source_leaves_out_later_is_emptied(homestead: Homestead) -> None:
    key = source_key(homestead)
    brought(homestead, key)
    changed = brought(homestead, key, contact=None, secret_mark=None, link=None, text=None).shown
    assert [changed[name] for name in ("contact", "secret_mark", "link", "text")] == [None, None, None, ""]


def test_a_source_says_how_long_its_announcement_lives(homestead: Homestead) -> None:
    key = source_key(homestead)
    assert brought(homestead, key, "1", lives_days=730).shown["expires_at"] == "2028-11-19T12:00:00Z"
    assert brought(homestead, key, "2", lives_days=1).shown["expires_at"] == "2026-11-21T12:00:00Z"
    assert brought(homestead, key, "3").shown["expires_at"] == "2027-02-18T12:00:00Z"


def test_a_source_says_when_it_was_published(homestead: Homestead) -> None:
    key = source_key(homestead)
    published = brought(homestead, key, "1", published_at="2022-03-01T08:00:00+01:00").shown
    assert (published["published_at"], published["expires_at"]) == ("2022-03-01T07:00:00Z", "2027-02-18T12:00:00Z")
    assert brought(homestead, key, "2", published_at="2022-03-01").shown["published_at"] == "2022-03-01T12:00:00Z"


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("lives_days", {"lives_days": 731}),
    ("lives_days", {"lives_days": 0}),
    ("lives_days", {"lives_days": "30"}),
    ("lives_days", {"lives_days": 1.5}),
    ("published_at", {"published_at": "1999-12-31T23:59:59Z"}),
    ("published_at", {"published_at": "2026-11-22T00:00:00Z"}),
    ("published_at", {"published_at": "lately"}),
    ("title", {"title": "x" * 121}),
    ("place.latitude", {"place": {"latitude": "50", "longitude": 19}}),
    ("link", {"link": "javascript:alert(1)"}),
    ("event_at", {"event_at": "1999-12-31T23:59:59Z"}),
    ("owner", {"owner": "me"}),
]


def test_every_wrong_value_is_named_alone_and_in_a_batch(homestead: Homestead, subtests: pytest.Subtests) -> None:
    key = source_key(homestead)
    for field, change in WRONG:
        with subtests.test(**change), nothing_written(homestead):
            assert_problem(put(homestead, key, **change), 422, field)
            answer = send(homestead, key, named("A-1", **change))
            assert answer.status == 207
            [result] = answer.json["results"]
            assert (result["external_id"], result["outcome"], result["id"]) == ("A-1", "refused", None)
            assert [error["field"] for error in result["errors"]] == [field]


@pytest.mark.parametrize("external_id", ["a b", "a%20b", "~", "ł", "x" * 101, "x" * 3000, "a%2Fb", "a:b", "%00"])
def test_a_name_of_another_shape_is_refused(homestead: Homestead, external_id: str) -> None:
    key = source_key(homestead)
    with nothing_written(homestead):
        assert_problem(put(homestead, key, external_id), 422, "external_id")
        answer = send(homestead, key, named(external_id))
        assert [error["field"] for error in answer.json["results"][0]["errors"]] == ["external_id"]


@pytest.mark.parametrize("external_id", ["x" * 100, "-", "_", "...", "2017.A-1_b", "A1"])
def test_a_name_may_hold_letters_digits_dots_hyphens_and_underscores(homestead: Homestead, external_id: str) -> None:
    key = source_key(homestead)
    assert put(homestead, key, external_id).status == 201
    assert results(send(homestead, key, named(external_id))) == [(external_id, "unchanged")]


def test_a_source_without_a_key_is_refused_before_anything_is_read(homestead: Homestead) -> None:
    with nothing_written(homestead):
        for path in (SHELTER, f"{SHELTER}/1", "/api/sources/NONE/announcements"):
            for content in ("{}", "[", '{"announcements": []}'):
                assert_problem(homestead.client.put(path, body=content.encode()), 401)


def test_a_wrong_key_is_refused_in_the_same_way_whether_the_source_exists_or_not(homestead: Homestead) -> None:
    key, other = source_key(homestead), source_key(homestead, "vet")
    guest = announce(homestead)
    with nothing_written(homestead):
        for wrong in (other, guest.token, "x", key[:-1], "source.shelter.", "source.nobody.x", "ł"):
            answers = [
                homestead.client.put(f"/api/sources/{source}/announcements{rest}", content, token=wrong)
                for source in ("shelter", "nobody", "Shelter", "x" * 3000, "%00")
                for rest, content in (("", {"announcements": [named("1")]}), ("/1", body()))
            ]
            for answer in answers:
                assert_problem(answer, 403)
            assert len({answer.body for answer in answers}) == 1


def test_a_new_key_takes_the_place_of_the_old_one(homestead: Homestead) -> None:
    old = source_key(homestead)
    owned = brought(homestead, old)
    new = source_key(homestead)
    assert new != old
    with nothing_written(homestead):
        assert_problem(put(homestead, old), 403)
        assert_problem(homestead.client.patch(owned.path, {"title": "x"}, token=old), 403)
    assert put(homestead, new).status == 200


def test_a_key_is_kept_only_as_its_hash(homestead: Homestead) -> None:
    key = source_key(homestead)
    assert key not in str(homestead.table.scan()["Items"])
    assert key.split(".")[2] not in str(homestead.table.scan()["Items"])


def test_a_source_may_do_with_its_own_what_a_guest_may(homestead: Homestead) -> None:
    key = source_key(homestead)
    owned = brought(homestead, key)
    assert homestead.client.patch(owned.path, {"title": "Red dog"}, token=key).json["title"] == "Red dog"
    assert homestead.client.post(f"{owned.path}/reunited", token=key).json["status"] == "reunited"
    assert homestead.client.post(f"{owned.path}/renew", token=key).json["status"] == "active"
    assert homestead.client.delete(owned.path, token=key).status == 204
    assert homestead.client.delete(owned.path, token=key).status == 204
    assert_problem(homestead.client.get(owned.path, token=key), 410)


def test_a_source_opens_nothing_of_guests_or_of_other_sources(homestead: Homestead) -> None:
    key, vet = source_key(homestead), source_key(homestead, "vet")
    guests, other = announce(homestead), brought(homestead, key)
    with nothing_written(homestead):
        for path, token in ((guests.path, key), (other.path, vet), (f"{ANNOUNCEMENTS}/{UNKNOWN_ID}", key)):
            assert_problem(homestead.client.patch(path, {"title": "Mine"}, token=token), 403)
            assert_problem(homestead.client.post(f"{path}/pictures", {}, token=token), 403)
            assert_problem(homestead.client.delete(path, token=token), 403)
            assert_problem(homestead.client.get(path, token=token), 403)


def test_a_source_adds_pictures_with_its_key(homestead: Homestead) -> None:
    key = source_key(homestead)
    owned = brought(homestead, key)
    slot = add_picture(homestead, owned)
    assert homestead.client.get(slot.path).json["state"] == "ready"
    assert [each["id"] for each in put(homestead, key).json["pictures"]] == [slot.id]
    assert [each["id"] for each in put(homestead, key, title="Red dog").json["pictures"]] == [slot.id]


def test_what_a_source_withdrew_stays_withdrawn(homestead: Homestead) -> None:
    key = source_key(homestead)
    owned = brought(homestead, key)
    homestead.client.delete(owned.path, token=key)
    with nothing_written(homestead):
        assert_problem(put(homestead, key), 410)
        assert results(send(homestead, key, named("A-1"))) == [("A-1", "refused")]


def test_what_has_expired_must_be_renewed_before_it_is_changed(homestead: Homestead) -> None:
    key = source_key(homestead)
    brought(homestead, key)
    homestead.clock.move(LIFETIME)
    with nothing_written(homestead):
        assert_problem(put(homestead, key, title="Red dog"), 409)


def test_pictures_asked_for_with_the_key_of_a_renamed_source_are_refused(homestead: Homestead) -> None:
    key = source_key(homestead)
    owned = brought(homestead, key)
    assert request_picture(homestead, owned).id
    foreign = key.replace("source.shelter.", "source.vet.")
    assert_problem(homestead.client.post(f"{owned.path}/pictures", {}, token=foreign), 403)
