"""From the end of a move of the map to new pins on the screen, on a desk, with the local cloud warm."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page

from benchmarks.page import town
from benchmarks.results import Figure

MOVES = 16
TURNS = ((-1, 0), (0, -1), (1, 0), (1, 0), (0, 1), (0, 1), (-1, 0), (-1, 0))  # round the town, a window's half each
# Notes when the map came to rest, and the first frame in which a pin is on the screen that was not there before.
WATCH = """
window.moves = {};
const ZOOMING = "leaflet-zoom-anim";
const frame = () => document.querySelector(".pet-map").getBoundingClientRect();
const isSeen = pin => {
  const {left, top, right, bottom} = pin.getBoundingClientRect(), box = frame();
  return right > box.left && left < box.right && bottom > box.top && top < box.bottom;
};
window.begin = () => {
  window.moves = {known: new Set(document.querySelectorAll(".leaflet-marker-icon"))};
};
window.rest = () => moves.rested ??= performance.now();
const look = () => {
  if (moves.rested && !moves.shown &&
      [...document.querySelectorAll(".leaflet-marker-icon")].some(pin => !moves.known.has(pin) && isSeen(pin)))
    moves.shown = performance.now();
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
addEventListener("pointerup", () => moves.known && rest(), true);
new MutationObserver(changes => {
  for (const {target, oldValue} of changes)
    if (moves.known && oldValue?.includes(ZOOMING) && !target.classList.contains(ZOOMING)) rest();
}).observe(document, {attributeFilter: ["class"], attributeOldValue: true, subtree: true});
"""


def figures(browser: Browser, url: str) -> Iterator[Figure]:
    """Pan and zoom in turn."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(url + town.VIEW, wait_until="networkidle")
    _pans(page)  # warms the functions
    yield Figure("pan to new pins on the screen", "ms", _pans(page), "at most 250")
    yield Figure("zoom to new pins on the screen", "ms", _zooms(page), "at most 250")
    context.close()


def _pans(page: Page) -> list[float]:
    return [took for turn in range(MOVES) if (took := _panned(page, *TURNS[turn % len(TURNS)])) is not None]


def _panned(page: Page, x: int, y: int) -> float | None:
    box = page.locator(".pet-map").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.evaluate("begin()")
    page.mouse.down()
    target = (middle[0] + x * box["width"] * 0.45, middle[1] + y * box["height"] * 0.45)
    page.mouse.move(*target, steps=8)
    page.evaluate("new Promise(done => setTimeout(done, 120))")  # held still, so that the map does not glide on
    page.mouse.up()
    return _took(page)


def _zooms(page: Page) -> list[float]:
    names = ["Zoom out", "Zoom in"] * (MOVES // 2)
    return [took for name in names if (took := _zoomed(page, name)) is not None]


def _zoomed(page: Page, name: str) -> float | None:
    page.evaluate("begin()")
    page.get_by_role("button", name=name).click()
    return _took(page)


def _took(page: Page) -> float | None:
    """The milliseconds; None where no pin lay in what came into view."""
    try:
        page.wait_for_function("() => moves.shown", timeout=3_000)
    except Exception:  # noqa: BLE001 (a place without a pin)
        return None
    took: float = page.evaluate("moves.shown - moves.rested")
    page.wait_for_load_state("networkidle")
    return took
