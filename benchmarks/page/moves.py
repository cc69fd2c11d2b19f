"""From the end of a move of the map to new pins on the screen, on a desk, with the local cloud warm.

The page asks for more than it shows, so pins may be there before the map rests; those that had to be asked for are
told apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as TookTooLong

from benchmarks.page import town
from benchmarks.results import Figure

MOVES = 16
PATIENCE = 3_000  # milliseconds
TURNS = ((-1, 0), (0, -1), (1, 0), (1, 0), (0, 1), (0, 1), (-1, 0), (0, -1))  # round the town, most of a window each
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
  const pins = [...document.querySelectorAll(".leaflet-marker-icon")];
  window.moves = {known: new Set(pins), seen: new Set(pins.filter(isSeen))};
};
window.rest = () => moves.rested ??= performance.now();
const look = () => {
  if (moves.rested && !moves.shown) {
    const pins = [...document.querySelectorAll(".leaflet-marker-icon")];
    const found = pins.find(pin => !moves.seen.has(pin) && isSeen(pin));
    if (found) Object.assign(moves, {shown: performance.now(), asked: !moves.known.has(found)});
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
addEventListener("pointerup", ({target}) => {  // where a finger lets go of the map; a button begins a move instead
  if (moves.known && !target.closest(".leaflet-control")) rest();
}, true);
addEventListener("click", () => setTimeout(() => {  // where nothing glides, the map rests at once
  if (moves.known && !document.querySelector("." + ZOOMING)) rest();
}, 50), true);
new MutationObserver(changes => {
  for (const {target, oldValue} of changes)
    if (moves.known && oldValue?.split(" ").includes(ZOOMING) && !target.classList.contains(ZOOMING)) rest();
}).observe(document, {attributeFilter: ["class"], attributeOldValue: true, subtree: true});
"""


@dataclass(frozen=True)
class Took:
    """How long new pins took, and whether they had to be asked for."""

    ms: float
    asked: bool


def figures(browser: Browser, url: str) -> Iterator[Figure]:
    """Pan and zoom in turn."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", service_workers="block")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(url + town.VIEW, wait_until="networkidle")
    _pans(page)  # warms the functions
    yield from _told("pan", _pans(page))
    yield from _told("zoom", [_zoomed(page, name) for name in ["Zoom out", "Zoom in"] * (MOVES // 2)])
    context.close()


def _told(move: str, moves: Sequence[Took | None]) -> Iterator[Figure]:
    found = [took for took in moves if took]
    yield Figure(f"{move} to new pins on the screen", "ms", [took.ms for took in found], "at most 250")
    if asked := [took.ms for took in found if took.asked]:
        yield Figure(f"{move} to new pins that were asked for", "ms", asked)


def _pans(page: Page) -> list[Took | None]:
    return [_panned(page, *TURNS[turn % len(TURNS)]) for turn in range(MOVES)]


def _panned(page: Page, x: int, y: int) -> Took | None:
    box = page.locator(".pet-map").bounding_box()
    assert box
    reach = (x * box["width"] * 0.36, y * box["height"] * 0.36)
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(middle[0] - reach[0], middle[1] - reach[1])
    page.evaluate("begin()")
    page.mouse.down()
    page.mouse.move(middle[0] + reach[0], middle[1] + reach[1], steps=8)
    page.evaluate("new Promise(done => setTimeout(done, 120))")  # held still, so that the map does not glide on
    page.mouse.up()
    return _took(page)


def _zoomed(page: Page, name: str) -> Took | None:
    page.evaluate("begin()")
    page.locator(".leaflet-control-zoom").get_by_role("button", name=name, exact=True).click()
    return _took(page)


def _took(page: Page) -> Took | None:
    """How long it took; None where no pin lay in what came into view."""
    try:
        page.wait_for_function("() => moves.shown", timeout=PATIENCE)
    except TookTooLong:
        return None
    took = Took(page.evaluate("moves.shown - moves.rested"), page.evaluate("moves.asked"))
    page.wait_for_load_state("networkidle")
    return took
