"""Pages of the map, followed from link to link."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.api.steps import ANNOUNCEMENTS, announce, assert_problem, body, on_map, source_key
from tests.conftest import NOON, Homestead

VIEWS = ["-180,-90,180,90", "19,50,20,51", "19.9,50.0,20.0,50.1"]


def _deliver(homestead: Homestead, count: int, **changes: Any) -> None:
    """Bring many announcements, each an hour older than the one before."""
    key = source_key(homestead)
    sent = [
        body(external_id=str(number), event_at=(NOON - timedelta(hours=number)).isoformat(), **changes)
        for number in range(count)
    ]
    for start in range(0, count, 25):
        batch = {"announcements": sent[start : start + 25]}
        assert homestead.client.put("/api/sources/shelter/announcements", batch, token=key).status == 200


def _next(page: dict[str, Any]) -> str | None:
    """Give the path and query of the link to the next page."""
    found = [urlsplit(link["href"]) for link in page["links"] if link["rel"] == "next"]
    assert len(found) <= 1
    return f"{found[0].path}?{found[0].query}" if found else None


def _pages(homestead: Homestead, **query: Any) -> Iterator[dict[str, Any]]:
    page = homestead.client.get(ANNOUNCEMENTS, **query).json
    yield page
    while address := _next(page):
        answer = homestead.client.get(address)
        assert answer.status == 200, answer.body
        page = answer.json
        yield page


def _followed(homestead: Homestead, **query: Any) -> list[str]:
    return [feature["id"] for page in _pages(homestead, **query) for feature in page["features"]]


@pytest.mark.parametrize("view", VIEWS)
def test_following_next_until_there_is_none_gives_each_once_newest_first(homestead: Homestead, view: str) -> None:
    _deliver(homestead, 23)
    whole = on_map(homestead, bbox=view, limit=1000)
    assert len(set(whole)) == 23
    for limit in (1, 7, 22, 23, 24):
        assert _followed(homestead, bbox=view, limit=limit) == whole, limit


def test_a_page_says_how_many_it_has_and_all_only_when_that_is_known(homestead: Homestead) -> None:
    _deliver(homestead, 10)
    pages = list(_pages(homestead, limit=4))
    assert [page["numberReturned"] for page in pages] == [len(page["features"]) for page in pages]
    assert sum(page["numberReturned"] for page in pages) == 10
    assert not any("numberMatched" in page for page in pages)
    assert homestead.client.get(ANNOUNCEMENTS, limit=10).json["numberMatched"] == 10


def test_events_of_the_same_second_are_not_lost_between_pages(homestead: Homestead) -> None:
    ids = {announce(homestead).id for _ in range(9)}
    for view in VIEWS:
        followed = _followed(homestead, bbox=view, limit=2)
        assert followed == sorted(ids, reverse=True)


def test_pages_keep_the_filters_of_the_first(homestead: Homestead) -> None:
    _deliver(homestead, 12, kind="lost")
    announce(homestead)
    query = {"kind": "lost", "species": "dog,cat", "datetime": "2026-11-20/..", "bbox": VIEWS[1]}
    assert len(_followed(homestead, limit=3, **query)) == 12
    assert len(_followed(homestead, limit=3, **query | {"datetime": "2026-11-20T06:00:00Z/2026-11-20T09:00:00Z"})) == 4


def test_a_page_may_be_asked_for_with_another_limit(homestead: Homestead) -> None:
    _deliver(homestead, 12)
    whole = on_map(homestead)
    address = _next(homestead.client.get(ANNOUNCEMENTS, limit=5).json)
    assert address
    rest = homestead.client.get(address.replace("limit=5", "limit=1000")).json
    assert [feature["id"] for feature in rest["features"]] == whole[5:]


def test_what_comes_or_goes_meanwhile_moves_no_page(homestead: Homestead) -> None:
    _deliver(homestead, 9)
    whole = on_map(homestead)
    pages = _pages(homestead, limit=3)
    seen = [feature["id"] for feature in next(pages)["features"]]
    announce(homestead, event_at="2026-11-20T12:00:00Z")
    seen += [feature["id"] for page in pages for feature in page["features"]]
    assert seen == whole


def test_limits_reach_from_one_to_a_thousand(homestead: Homestead) -> None:
    _deliver(homestead, 3)
    assert len(on_map(homestead, limit=1)) == 1
    assert len(on_map(homestead, limit=1000)) == 3


def test_a_cursor_of_another_query_is_refused(homestead: Homestead) -> None:
    _deliver(homestead, 3)
    address = _next(homestead.client.get(ANNOUNCEMENTS, limit=1, bbox=VIEWS[1]).json)
    assert address
    cursor = address.partition("cursor=")[2]
    others = [{}, {"bbox": VIEWS[2]}, {"bbox": VIEWS[1], "kind": "lost"}, {"bbox": VIEWS[1], "datetime": "2026-11-20"}]
    for query in others:
        assert_problem(homestead.client.get(ANNOUNCEMENTS, cursor=cursor, **query), 422, "cursor")


def test_a_cursor_that_was_touched_is_refused(homestead: Homestead) -> None:
    _deliver(homestead, 3)
    address = _next(homestead.client.get(ANNOUNCEMENTS, limit=1).json)
    assert address
    cursor = address.partition("cursor=")[2]
    touched = [cursor[:-4], cursor[4:], cursor + "AAAA", cursor.swapcase(), "A" + cursor[1:], cursor[:30] + cursor[34:]]
    for each in touched:
        assert_problem(homestead.client.get(ANNOUNCEMENTS, cursor=each), 422, "cursor")
