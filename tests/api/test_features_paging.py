"""The items of the map, followed from page to page to the end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from chalicelib.controllers import features
from chalicelib.domain.markers import Viewport
from chalicelib.services.paging import Page
from chalicelib.services.viewports import Viewports
from tests.api.steps import announce, body, on_map, source_key
from tests.conftest import NOON, Homestead

ITEMS = "/api/collections/announcements/items"


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


def _pages(homestead: Homestead, **query: Any) -> Iterator[dict[str, Any]]:
    address: str | None = ITEMS
    while address:
        answer = homestead.client.get(address, **query)
        assert answer.status == 200, answer.body
        yield answer.json
        following = [urlsplit(link["href"]) for link in answer.json["links"] if link["rel"] == "next"]
        address, query = (f"{following[0].path}?{following[0].query}" if following else None), {}


def _followed(homestead: Homestead, **query: Any) -> list[str]:
    return [feature["id"] for page in _pages(homestead, **query) for feature in page["features"]]


@pytest.mark.parametrize("limit", [1, 7, 22, 23, 24])
def test_following_next_gives_all_that_is_on_the_map_once(homestead: Homestead, limit: int) -> None:
    _deliver(homestead, 23)
    whole = on_map(homestead, limit=1000)
    assert len(set(whole)) == 23
    assert _followed(homestead, limit=limit) == whole
    assert _followed(homestead, limit=limit, bbox="19.9,50.0,20.0,50.1", kind="found") == whole


def test_a_page_has_a_hundred_items_and_never_more_than_a_thousand(homestead: Homestead) -> None:
    _deliver(homestead, 101)
    sizes = [page["numberReturned"] for page in _pages(homestead)]
    assert sizes == [100, 1]
    [page] = _pages(homestead, limit=10_000)
    assert (page["numberReturned"], page["numberMatched"]) == (101, 101)
    assert "limit=1000" in page["links"][0]["href"]


def test_all_are_counted_only_when_that_is_known(homestead: Homestead) -> None:
    _deliver(homestead, 5)
    assert not any("numberMatched" in page for page in _pages(homestead, limit=2))
    assert homestead.client.get(ITEMS, limit=5).json["numberMatched"] == 5


def test_what_comes_meanwhile_moves_no_page(homestead: Homestead) -> None:
    _deliver(homestead, 6)
    whole = on_map(homestead)
    pages = _pages(homestead, limit=2)
    seen = [feature["id"] for feature in next(pages)["features"]]
    announce(homestead, event_at="2026-11-20T12:00:00Z")
    assert seen + [feature["id"] for page in pages for feature in page["features"]] == whole


class _Sparse(Viewports):
    """Viewports that find a marker only at every tenth look."""

    looks = 0

    def page(self, viewport: Viewport, limit: int, below: str | None = None) -> Page:
        page = super().page(viewport, limit, below)
        _Sparse.looks += 1
        return page if _Sparse.looks % 10 == 0 else Page([], below or "~")


def _sparse(homestead: Homestead) -> None:
    _Sparse.looks = 0
    controller = homestead.homeward.features
    sparse = _Sparse(**vars(controller.viewports))
    homestead.homeward.__dict__["features"] = replace(controller, viewports=sparse)


def test_an_empty_page_that_is_not_the_last_is_not_shown(homestead: Homestead) -> None:
    _deliver(homestead, 5)
    whole = on_map(homestead)
    _sparse(homestead)
    pages = list(_pages(homestead, limit=2))
    assert [len(page["features"]) for page in pages] == [2, 2, 1]
    assert [feature["id"] for page in pages for feature in page["features"]] == whole


def test_reading_on_for_a_first_item_has_an_end(homestead: Homestead, monkeypatch: pytest.MonkeyPatch) -> None:
    _deliver(homestead, 5)
    _sparse(homestead)
    monkeypatch.setattr(features, "MAX_EMPTY_PAGES", 3)
    pages = list(_pages(homestead, limit=5))
    assert [len(page["features"]) for page in pages] == [0, 0, 5]
