"""Every wrong parameter, header and method is refused by name."""

import pytest

from tests.api.steps import (
    ANNOUNCEMENTS,
    BODY,
    UNKNOWN_ID,
    announce,
    assert_problem,
    nothing_written,
    source_key,
)
from tests.conftest import Homestead

HUGE = "9" * 5000


QUERIES: list[tuple[str, str]] = [
    ("bbox", ""),
    ("bbox", "1,2,3"),
    ("bbox", "1,2,3,4,5"),
    ("bbox", "1,2,3,4,5,6"),
    ("bbox", "a,b,c,d"),
    ("bbox", "nan,0,1,1"),
    ("bbox", "0,-inf,1,1"),
    ("bbox", "1e999,0,1,1"),
    ("bbox", "1_0,0,20,1"),
    ("bbox", "\u0661,0,20,1"),  # a digit, but not one of JSON
    ("bbox", "0,0,1,1\n"),
    ("bbox", "0,51,1,50"),
    ("bbox", "-180.1,0,1,1"),
    ("bbox", "0,0,180.5,1"),
    ("bbox", "0,-90.5,1,1"),
    ("bbox", "0,0,1,91"),
    ("bbox", "0;0;1;1"),
    ("zoom", "-1"),
    ("zoom", "23"),
    ("zoom", "near"),
    ("zoom", "1.5"),
    ("datetime", "today"),
    ("datetime", "2026-11-20T10:00:00"),
    ("datetime", "2026-11-21/2026-11-20"),
    ("datetime", "2026-11-20/2026-11-21/2026-11-22"),
    ("datetime", "2026-13-01/.."),
    ("datetime", "../9999-12-31T23:59:59-14:00"),
    ("datetime", "0000-00-00"),
    ("kind", "stolen"),
    ("kind", "lost,"),
    ("kind", ""),
    ("kind", "LOST"),
    ("species", "dog,dragon"),
    ("limit", "0"),
    ("limit", "1001"),
    ("limit", "-1"),
    ("limit", "many"),
    ("limit", "1e3"),
    ("limit", HUGE),
    ("cursor", "x"),
    ("cursor", "ł"),
    ("cursor", "x" * 201),
    ("page", "2"),
    ("BBOX", "0,0,1,1"),
    ("q", "dog"),
]


def test_every_wrong_parameter_of_the_map_is_named(homestead: Homestead, subtests: pytest.Subtests) -> None:
    for name, value in QUERIES:
        with subtests.test(name=name, value=value[:30]):
            assert_problem(homestead.client.get(ANNOUNCEMENTS, **{name: value}), 422, name)


def test_all_wrong_parameters_that_stand_alone_are_named_together(homestead: Homestead) -> None:
    assert_problem(homestead.client.get(ANNOUNCEMENTS, limit="0", zoom="x", q=""), 422, "zoom", "limit", "q")


def test_a_value_given_twice_where_one_is_meant_is_refused(homestead: Homestead) -> None:
    assert_problem(homestead.client.send("GET", f"{ANNOUNCEMENTS}?limit=1&limit=2"), 422, "limit")
    assert_problem(homestead.client.send("GET", f"{ANNOUNCEMENTS}?bbox=0,0,1,1&bbox=0,0,1,1"), 422, "bbox")


@pytest.mark.parametrize("key", ["short", "x" * 15, "x" * 65, "with space in the middle", "ł" * 20, ""])
def test_an_idempotency_key_of_another_shape_is_refused(homestead: Homestead, key: str) -> None:
    with nothing_written(homestead):
        refused = homestead.client.post(ANNOUNCEMENTS, BODY, headers={"Idempotency-Key": key})
    assert_problem(refused, 422, "Idempotency-Key")


def test_an_error_is_never_answered_with_200(homestead: Homestead) -> None:
    owned, key = announce(homestead), source_key(homestead)
    homestead.client.delete(owned.path, token=owned.token)
    shelter = "/api/sources/shelter/announcements"
    answers = [
        homestead.client.get(ANNOUNCEMENTS, bbox="north"),
        homestead.client.get(f"{ANNOUNCEMENTS}/{UNKNOWN_ID}"),
        homestead.client.get(f"/api/pictures/{UNKNOWN_ID}"),
        homestead.client.get(owned.path),
        homestead.client.post(ANNOUNCEMENTS, {}),
        homestead.client.post(ANNOUNCEMENTS, body=b"{"),
        homestead.client.patch(owned.path, {"title": "x"}, token=owned.token),
        homestead.client.patch(owned.path, {"title": "x"}, token="x"),
        homestead.client.delete(owned.path),
        homestead.client.put(shelter, {}, token=key),
        homestead.client.put(f"{shelter}/1", {}, token=key),
        homestead.client.put(f"{shelter}/1", BODY, token="x"),
    ]
    assert [answer.status for answer in answers] == [422, 404, 404, 410, 422, 400, 410, 403, 401, 422, 422, 403]
    assert [answer.json["status"] for answer in answers] == [answer.status for answer in answers]


def test_a_method_that_a_route_does_not_have_is_refused(homestead: Homestead) -> None:
    with nothing_written(homestead):
        for method, path in (("PUT", ANNOUNCEMENTS), ("DELETE", ANNOUNCEMENTS), ("POST", "/api/health")):
            assert homestead.client.send(method, path, {}).status in (403, 405)
        assert homestead.client.get("/api/nothing").status in (403, 404)
