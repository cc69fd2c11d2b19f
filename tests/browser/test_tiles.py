"""A street map from a tile server that an operator chose: with its credit, and with land where it fails."""

import io
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import opened
from tests.browser.test_report_and_manage import watch
from tests.browser.tile_server import GREEN, TileServer, serving
from tests.local.running import RunningHomeward

CREDIT = "© The mappers of this test"
NO_TILES = "The street map cannot be loaded"
MAP = "Map of lost, found and seen pets"


@pytest.fixture
def tiles(tmp_path: Path) -> Iterator[TileServer]:
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def page(browser: Browser, homeward: RunningHomeward, tiles: TileServer) -> Iterator[Page]:
    """A page that is told of the tiles as `MAP_TILES_URL` has it told; the rest of what it is told is real."""
    context = opened(browser, viewport={"width": 390, "height": 780}, ignore_https_errors=True)

    def with_tiles(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, json=told.json() | {"tiles": {"url": tiles.url, "attribution": CREDIT}})

    context.route("**/api/config", with_tiles)
    yield context.new_page()
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def look(page: Page, homeward: RunningHomeward) -> None:
    """Look where nothing is announced: a pin or its shadow would hide the map."""
    page.goto(f"{homeward.url}/?at=47.3,2.9,13")
    expect(page.get_by_role("region", name=MAP)).to_be_visible()


ALL_FADED_IN = (
    """() => [...document.querySelectorAll(".pet-map__tiles img")].every(tile => tile.style.opacity === "1")"""
)


def middle(page: Page) -> tuple[int, ...]:
    """The colour left of the middle of the map, where no control is."""
    image = Image.open(io.BytesIO(page.get_by_role("region", name=MAP).screenshot())).convert("RGB")
    colour = image.getpixel((image.width // 4, image.height - 60))
    assert isinstance(colour, tuple)
    return colour


def test_tiles_are_shown_with_their_credit(page: Page, homeward: RunningHomeward, tiles: TileServer) -> None:
    errors = watch(page)
    look(page, homeward)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.get_by_text(CREDIT)).to_be_visible()
    expect(page.get_by_text(NO_TILES)).to_have_count(0)
    page.wait_for_function("() => !document.querySelector('.leaflet-tile:not(.leaflet-tile-loaded)')")
    page.wait_for_function(ALL_FADED_IN)
    assert middle(page) == GREEN
    assert errors == []


@pytest.mark.parametrize("status", [HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE])
def test_land_is_drawn_where_tiles_are_refused(
    page: Page, homeward: RunningHomeward, tiles: TileServer, status: HTTPStatus
) -> None:
    tiles.status = status
    look(page, homeward)
    expect(page.get_by_text(NO_TILES)).to_be_visible()
    expect(page.locator(".leaflet-land-pane canvas")).to_be_visible()
    assert middle(page) != GREEN


def test_land_is_drawn_where_nobody_serves_tiles(page: Page, homeward: RunningHomeward, tiles: TileServer) -> None:
    tiles.port = 9  # discard: nobody listens there
    look(page, homeward)
    expect(page.get_by_text(NO_TILES)).to_be_visible()


def test_land_is_drawn_while_tiles_take_long_and_goes_when_they_come(
    page: Page, homeward: RunningHomeward, tiles: TileServer
) -> None:
    tiles.ready.clear()
    look(page, homeward)
    expect(page.get_by_text(NO_TILES)).to_be_visible()
    tiles.ready.set()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.get_by_text(NO_TILES)).to_have_count(0)


def test_tiles_that_come_again_take_the_place_of_the_land(
    page: Page, homeward: RunningHomeward, tiles: TileServer
) -> None:
    tiles.status = HTTPStatus.SERVICE_UNAVAILABLE
    look(page, homeward)
    expect(page.get_by_text(NO_TILES)).to_be_visible()
    page.wait_for_load_state("networkidle")  # or a tile that is refused late would count for the next view
    tiles.status = HTTPStatus.OK
    page.get_by_role("button", name="Zoom in", exact=True).click()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.get_by_text(NO_TILES)).to_have_count(0)
