"""The map and its list in a real browser: the address, the way back, the search, no network, nothing asked twice."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from tests.browser.conftest import PATIENCE
from tests.local.running import RunningHomeward, until

# A bay that no other test knows, in the middle of a tile, so that what is here stays countable and the map can move.
HERE = (47.1970, -2.2850)
MAP = f"/?at={HERE[0]:.5f},{HERE[1]:.5f},13&time=all"
WIDE = {"width": 1280, "height": 800}


def pet(external_id: str, kind: str, species: str, title: str, days: int, aside: float = 0) -> dict[str, Any]:
    event_at = datetime.now(UTC) - timedelta(days=days, hours=1)
    place = {"latitude": HERE[0] + aside / 3, "longitude": HERE[1] + aside}
    return {
        "external_id": external_id,
        "kind": kind,
        "species": species,
        "title": title,
        "event_at": event_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "place": place,
    }


PETS = [
    pet("map-1", "lost", "cat", "Grey cat with one ear", 0),
    pet("map-2", "found", "dog", "Small white dog", 3, 0.01),
    pet("map-3", "sighting", "dog", "Black dog at the beach", 40, -0.01),
]


@pytest.fixture(scope="module")
def coast(homeward: RunningHomeward) -> str:
    """The address of a map with three announcements on one coast."""
    key = homeward.state.import_key.read_text().strip()
    answer = homeward.ask("PUT", "/api/sources/import/announcements", key, json={"announcements": PETS})
    assert answer.ok, answer.text
    return homeward.url + MAP


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile on a desktop's screen."""
    context = browser.new_context(viewport=WIDE, locale="en-GB", timezone_id="Europe/Warsaw")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def listed(page: Page) -> Locator:
    return page.get_by_role("list", name="Announcements on the map").get_by_role("listitem")


def pin(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name="Map of lost, found and seen pets").get_by_role(
        "img", name=re.compile(title)
    )


def questions(page: Page) -> list[str]:
    """The map's questions to the API, as they come."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/api/announcements?" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def settle(page: Page, zoom: int = 13) -> None:
    """Wait until the map is drawn and has written into the address where it is."""
    expect(page).to_have_url(re.compile(f"at=[-0-9.]+%2C[-0-9.]+%2C{zoom}(&|$)"))


def test_filters_are_in_the_address_and_outlast_a_reload_and_the_way_back(coast: str, desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(coast)
    expect(listed(page)).to_have_count(3)
    page.get_by_role("checkbox", name="Seen").check()
    page.get_by_label("Kind of animal").select_option("dog")
    page.get_by_role("combobox", name="Time", exact=True).select_option("days")
    first_day = (datetime.now(UTC) - timedelta(days=60)).date().isoformat()
    page.get_by_label("From").fill(first_day)
    expect(page).to_have_url(re.compile(f"time=days.*kind=sighting&species=dog.*from={first_day}"))
    expect(listed(page)).to_have_count(1)

    page.reload()
    expect(page.get_by_role("checkbox", name="Seen")).to_be_checked()
    expect(page.get_by_label("From")).to_have_value(first_day)
    expect(listed(page)).to_have_count(1)

    address = page.url
    page.get_by_role("link", name=re.compile("Black dog at the beach")).click()
    expect(page.get_by_role("heading", name="Black dog at the beach")).to_be_visible()
    page.go_back()
    expect(listed(page)).to_have_count(1)
    expect(page.get_by_label("Kind of animal")).to_have_value("dog")
    assert page.url == address

    page.get_by_role("button", name="Reset filters").click()
    expect(listed(page)).to_have_count(3)
    expect(page.get_by_role("checkbox", name="Seen")).not_to_be_checked()


def test_the_map_and_the_list_point_at_each_other(coast: str, desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(coast)
    line = listed(page).filter(has_text="Small white dog")
    mark = pin(page, "Small white dog")
    line.hover()
    expect(mark).to_have_class(re.compile("mark--highlighted"))
    pin(page, "Grey cat with one ear").hover()
    expect(mark).not_to_have_class(re.compile("mark--highlighted"))
    expect(listed(page).filter(has_text="Grey cat")).to_have_class(re.compile("highlighted"))
    line.get_by_role("link").focus()
    expect(mark).to_have_class(re.compile("mark--highlighted"))
    mark.click()
    expect(page.get_by_role("region", name="Small white dog").get_by_text("Open")).to_be_visible()


def test_a_move_within_what_is_known_asks_nothing_and_keeps_every_pin(coast: str, desk: BrowserContext) -> None:
    page = desk.new_page()
    asked = questions(page)
    page.goto(coast)
    settle(page)
    expect(listed(page)).to_have_count(3)
    mark = pin(page, "Grey cat with one ear").element_handle()
    at = page.url
    page.mouse.move(840, 500)
    page.mouse.down()
    page.mouse.move(780, 460, steps=12)
    page.mouse.up()
    expect(page).not_to_have_url(at)
    expect(listed(page)).to_have_count(3)
    assert mark.evaluate("element => element.isConnected")
    assert len(set(asked)) == 1, asked  # what is there is only ever refreshed, every 15 seconds


def test_a_pin_that_stays_is_the_same_element_after_another_answer(coast: str, desk: BrowserContext) -> None:
    page = desk.new_page()
    asked = questions(page)
    page.goto(coast)
    settle(page)
    mark = pin(page, "Grey cat with one ear").element_handle()
    page.get_by_role("button", name="Zoom in").click()
    settle(page, 14)
    expect(page.get_by_text(re.compile(r"announcements? in view"))).to_be_visible()
    assert len(set(asked)) == 2, asked
    assert mark.evaluate("element => element.isConnected")


def test_a_place_is_found_by_its_polish_name_with_the_keyboard_alone(
    homeward: RunningHomeward, desk: BrowserContext
) -> None:
    page = desk.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if "gazetteer" in request.url else None)
    page.goto(f"{homeward.url}/?at=50.06120,19.93870,13")
    search = page.get_by_role("combobox", name="Find a town or village")
    expect(search).to_be_visible()
    assert loaded == []
    search.focus()
    search.press_sequentially("zielona gora")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Zielona Góra")
    search.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"at=51\.9\d+%2C15\.\d+%2C1[1-4]"))
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert loaded
    search.fill("monachium")
    expect(page.get_by_role("option").first).to_contain_text("Monachium (Munich)")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"at=48\.1\d+%2C11\.5"))


def test_my_location_moves_the_map_and_its_refusal_is_said(homeward: RunningHomeward, browser: Browser) -> None:
    place = {"latitude": HERE[0], "longitude": HERE[1]}
    with browser.new_context(viewport=WIDE, locale="en-GB", geolocation=place) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{homeward.url}/?at=50.06120,19.93870,13")
        page.get_by_role("button", name="Use my location").click()
        expect(page.get_by_role("alert")).to_contain_text("may not see your location")
        context.grant_permissions(["geolocation"])
        page.get_by_role("button", name="Use my location").click()
        expect(page).to_have_url(re.compile(r"at=47\.19\d+%2C-2\.28\d+%2C14"))


def test_where_the_map_cannot_be_asked_the_last_one_is_shown_and_its_age_is_said(coast: str, browser: Browser) -> None:
    with browser.new_context(viewport=WIDE, locale="en-GB", service_workers="block") as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(coast)
        expect(listed(page)).to_have_count(3)
        until(lambda: "Small white dog" in page.evaluate("localStorage.getItem('homeward.viewports') ?? ''"))
        page.route("**/api/**", lambda route: route.abort())
        page.reload()
        expect(listed(page)).to_have_count(3)
        expect(page.get_by_text("Kept on this device, as it was on")).to_be_visible()
        expect(pin(page, "Small white dog")).to_be_visible()
        page.unroute("**/api/**")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text("Kept on this device, as it was on")).to_have_count(0)
        expect(listed(page)).to_have_count(3)


def test_the_next_visit_begins_where_the_map_was_left(coast: str, desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto(coast)
    settle(page)
    address = page.url
    page.reload()
    settle(page)
    assert page.url == address
    page.get_by_role("button", name="Zoom in").click()
    settle(page, 14)
    page.goto(coast.split("?", maxsplit=1)[0])
    settle(page, 14)
