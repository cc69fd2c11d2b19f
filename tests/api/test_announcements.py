from datetime import timedelta
from typing import Any

import pytest

from tests.api.steps import (
    ANNOUNCEMENTS,
    CONTACT,
    EXACT_PLACE,
    PUBLIC_PLACE,
    SECRET_MARK,
    UNKNOWN_ID,
    announce,
    assert_problem,
    body,
    nothing_written,
    on_map,
    stored,
    withdraw,
)
from tests.conftest import NOON, Homestead

PUBLIC: dict[str, Any] = {
    "kind": "found",
    "species": "dog",
    "title": "Brown dog",
    "text": "By the park",
    "event_at": "2026-11-20T11:30:00Z",
    "public_place": PUBLIC_PLACE,
    "link": "https://example.org/dog",
    "about": None,
    "status": "active",
    "published_at": "2026-11-20T12:00:00Z",
    "expires_at": "2027-02-18T12:00:00Z",
    "source": None,
    "pictures": [],
}
PRIVATE = {"place": EXACT_PLACE | {"blur": "street"}, "contact": CONTACT, "secret_mark": SECRET_MARK, "hidden": False}


def test_a_new_announcement_is_answered_whole_with_its_token(homestead: Homestead) -> None:
    answer = homestead.client.post(ANNOUNCEMENTS, body())
    assert answer.status == 201
    assert answer.headers["content-type"] == "application/json"
    made = answer.json
    assert made == PUBLIC | PRIVATE | {"id": made["id"], "manage_token": made["manage_token"]}


def test_everybody_reads_what_is_public_and_nothing_else(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = homestead.client.get(owned.path)
    assert answer.status == 200
    assert answer.json == PUBLIC | {"id": owned.id}


def test_the_holder_of_the_token_reads_all_that_was_written(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = homestead.client.get(owned.path, token=owned.token)
    assert answer.status == 200
    assert answer.json == PUBLIC | PRIVATE | {"id": owned.id}


def test_an_announcement_is_on_the_map_with_the_next_query(homestead: Homestead) -> None:
    owned = announce(homestead)
    found = homestead.client.get(ANNOUNCEMENTS, bbox="19.9,50.0,20.0,50.1").json
    assert [feature["id"] for feature in found["features"]] == [owned.id]
    assert found["numberMatched"] == 1


def test_only_what_must_be_said_is_asked(homestead: Homestead) -> None:
    owned = announce(homestead, text=None, contact=None, secret_mark=None, link=None)
    assert [owned.shown[name] for name in ("text", "contact", "secret_mark", "link")] == ["", None, None, None]


def test_a_sighting_may_say_which_announcement_it_is_about(homestead: Homestead) -> None:
    lost = announce(homestead, kind="lost")
    sighting = announce(homestead, kind="sighting", about=lost.id)
    assert homestead.client.get(sighting.path).json["about"] == lost.id


def test_texts_are_kept_letter_by_letter_without_the_space_around_them(homestead: Homestead) -> None:
    words = "Zażółć gęślą jaźń 🐕\n<b>second</b> line\t&amp;"
    owned = announce(homestead, title="  Łatka 🐈 ", text=words)
    shown = homestead.client.get(owned.path).json
    assert (shown["title"], shown["text"]) == ("Łatka 🐈", words)


@pytest.mark.parametrize(("blur", "decimals"), [("street", 0.0015), ("area", 0.011)])
def test_the_public_place_is_near_the_exact_one_but_never_it(homestead: Homestead, blur: str, decimals: float) -> None:
    shown = announce(homestead, place=EXACT_PLACE | {"blur": blur}).shown
    assert shown["public_place"]["blur"] == blur
    for name, exact in EXACT_PLACE.items():
        assert 0 < abs(shown["public_place"][name] - exact) < decimals


def test_two_homes_in_one_cell_have_one_public_place(homestead: Homestead) -> None:
    one, other = announce(homestead), announce(homestead, place={"latitude": 50.0614, "longitude": 19.9380})
    assert one.shown["public_place"] == other.shown["public_place"]


@pytest.mark.parametrize(("species", "days"), [("cat", 180), ("dog", 90), ("small_mammal", 90)])
def test_cats_are_looked_for_longer(homestead: Homestead, species: str, days: int) -> None:
    expires_at = (NOON + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert announce(homestead, species=species).shown["expires_at"] == expires_at


CHANGES: list[dict[str, Any]] = [
    {"title": "Red dog"},
    {"text": ""},
    {"kind": "lost", "species": "cat"},
    {"event_at": "2026-11-19T08:00:00Z"},
    {"link": None, "about": UNKNOWN_ID},
    {"contact": {"name": None, "email": None, "phone": "112"}},
    {"contact": None, "secret_mark": None},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_change_changes_what_it_names_and_nothing_else(homestead: Homestead, change: dict[str, Any]) -> None:
    owned = announce(homestead)
    before = homestead.client.get(owned.path, token=owned.token).json
    answer = homestead.client.patch(owned.path, change, token=owned.token)
    assert answer.status == 200, answer.body
    assert answer.json == before | change
    assert homestead.client.get(owned.path, token=owned.token).json == before | change


def test_a_change_that_names_nothing_writes_nothing(homestead: Homestead) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        assert homestead.client.patch(owned.path, {}, token=owned.token).status == 200


def test_a_change_moves_the_marker_in_place_and_time(homestead: Homestead) -> None:
    owned = announce(homestead)
    change = {"place": {"latitude": -33.86, "longitude": 151.21}, "event_at": "2026-10-31T23:59:59Z"}
    assert homestead.client.patch(owned.path, change, token=owned.token).status == 200
    for view in ("-180,-90,180,90", "151,-34,152,-33", "140,-40,160,-20", "151.2,-33.9,151.3,-33.8"):
        assert on_map(homestead, bbox=view, datetime="2026-10-31/2026-10-31") == [owned.id], view
    assert on_map(homestead, bbox="19.9,50.0,20.0,50.1") == []
    assert on_map(homestead, datetime="2026-11-01/..") == []


def test_a_change_of_blur_alone_needs_the_place_again(homestead: Homestead) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        refused = homestead.client.patch(owned.path, {"place": {"blur": "area"}}, token=owned.token)
    assert_problem(refused, 422, "place.latitude", "place.longitude")


def test_after_a_withdrawal_nothing_is_left_but_the_id(homestead: Homestead) -> None:
    owned = announce(homestead, text="Private words", title="A title of its own")
    withdraw(homestead, owned)
    kept = str(stored(homestead))
    assert owned.id in kept
    private = [*CONTACT.values(), SECRET_MARK, "Private words", "A title of its own", "example.org", "50.06", "19.93"]
    assert [word for word in private if word in kept] == []
    assert on_map(homestead) == []


def test_what_never_was_is_not_found(homestead: Homestead) -> None:
    for unknown in (UNKNOWN_ID, "x", "A" * 20, "a" * 100, "a" * 5000, "..", "%00", "a%2Fb", "ł", "R%23" + UNKNOWN_ID):
        assert_problem(homestead.client.get(f"{ANNOUNCEMENTS}/{unknown}"), 404)


WRITES = [
    ("PATCH", "", {"title": "Mine"}),
    ("DELETE", "", None),
    ("POST", "/renew", None),
    ("POST", "/reunited", None),
    ("POST", "/pictures", {}),
]


@pytest.mark.parametrize(("method", "rest", "content"), WRITES)
def test_a_write_without_a_token_is_refused_before_anything_is_read(
    homestead: Homestead, method: str, rest: str, content: Any
) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        for path in (owned.path, f"{ANNOUNCEMENTS}/{UNKNOWN_ID}", f"{ANNOUNCEMENTS}/{'x' * 3000}"):
            for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Basic dTpw"}, {"Authorization": "x"}):
                for sent in (content, {"unknown": 1}):
                    refused = homestead.client.send(method, path + rest, sent, headers=headers)
                    assert_problem(refused, 401)
                    assert refused.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "rest", "content"), [*WRITES, ("GET", "", None)])
def test_a_wrong_token_is_refused_in_the_same_way_whether_the_thing_exists_or_not(
    homestead: Homestead, method: str, rest: str, content: Any
) -> None:
    owned, other, gone = announce(homestead), announce(homestead), announce(homestead)
    withdraw(homestead, gone)
    source_like = homestead.homeward.access.register_source("shelter")
    ids = [owned.id, gone.id, UNKNOWN_ID]
    if method != "GET":
        ids += ["x", "z" * 3000]
    tokens = [
        "x",
        "ł",
        other.token,
        owned.token[:-1],
        owned.token + "A",
        source_like,
        "source.",
        "source.x.y",
        "." * 99,
    ]
    with nothing_written(homestead):
        for token in tokens:
            answers = [
                homestead.client.send(method, f"{ANNOUNCEMENTS}/{each}{rest}", content, token=token) for each in ids
            ]
            for answer in answers:
                assert_problem(answer, 403)
            assert len({answer.body for answer in answers}) == 1


def test_the_scheme_of_the_token_may_be_written_in_any_case(homestead: Homestead) -> None:
    owned = announce(homestead)
    for scheme in ("bearer", "BEARER"):
        answer = homestead.client.get(owned.path, headers={"Authorization": f"{scheme} {owned.token}"})
        assert answer.json["contact"] == CONTACT
