"""A picture of every route on three screens, to be looked at; and nothing on them jumps while they load."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from local.options import PROJECT
from tests.browser.conftest import opened
from tests.browser.routes import ACTS, ROUTES, Shown, visit

FOLDER = Path(os.environ.get("SCREENSHOTS", PROJECT / "screenshots"))
SCREENS = {390: 844, 768: 1024, 1280: 800}
LOOKS = {"light-en": ("light", "en-GB"), "dark-pl": ("dark", "pl-PL")}
LARGEST_SHIFT = 0.05  # of the window, as browsers count what moves by itself
WATCH_SHIFTS = """window.shifts = [];
new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput)
  shifts.push([shift.value, shift.sources.map(({node}) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName)]); })
  .observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("look", ["light-en", pytest.param("dark-pl", marks=pytest.mark.slow)])
@pytest.mark.parametrize("width", [390, *(pytest.param(width, marks=pytest.mark.slow) for width in (768, 1280))])
def test_every_route_is_pictured_and_nothing_on_it_jumps(
    site: str, shown: Shown, browser: Browser, width: int, look: str
) -> None:
    theme, locale = LOOKS[look]
    screen = {"width": width, "height": SCREENS[width]}
    context = opened(browser, viewport=screen, color_scheme=theme, locale=locale)
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    FOLDER.mkdir(parents=True, exist_ok=True)
    jumping = {}
    for route in ROUTES:
        visit(page, site, route, shown)
        page.evaluate("scrollTo(0, 0)")  # or what stays in view while one scrolls would be in the middle
        page.screenshot(path=FOLDER / f"{route}-{width}-{look}.png", full_page=not route.startswith("map"))
        if route not in ACTS and (shifts := too_many(page)):
            jumping[route] = shifts
    context.close()
    assert not jumping, "\n".join(f"{route}: {shifts}" for route, shifts in jumping.items())


def too_many(page: Page) -> list[list[object]]:
    shifts: list[list[float]] = page.evaluate("shifts")
    return [list(shift) for shift in shifts] if sum(shift[0] for shift in shifts) > LARGEST_SHIFT else []
