"""The first sight of the page on a slow phone and a slow line, with nothing kept from before."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.page import town
from benchmarks.page.chromium import phone
from benchmarks.results import Figure

RUNS = 7
WATCH = """
window.seen = {paint: 0, shift: 0, usable: 0};
const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note))
  .observe({type, buffered: true});
watch("largest-contentful-paint", entry => seen.paint = entry.startTime);
watch("layout-shift", entry => { if (!entry.hadRecentInput) seen.shift += entry.value; });
new MutationObserver(() => {
  if (!seen.usable && document.querySelector(".leaflet-marker-icon, .page:not(.page-waiting) h1"))
    requestAnimationFrame(() => seen.usable ||= performance.now());
}).observe(document, {childList: true, subtree: true});
"""
Seen = dict[str, float]


def figures(browser: Browser, url: str, announcement: str) -> Iterator[Figure]:
    """Open the map and an announcement, each in fresh profiles."""
    for name, path in (("map", town.VIEW), ("announcement", f"/a/{announcement}")):
        runs = [_opened(browser, url + path) for _run in range(RUNS)]
        yield Figure(f"{name}: largest paint", "s", [run["paint"] / 1000 for run in runs], "at most 2.5")
        if name == "map":
            yield Figure("map usable", "s", [run["usable"] / 1000 for run in runs], "at most 3.5")
        yield Figure(f"{name}: layout shift", "of the window", [run["shift"] for run in runs], "at most 0.05")


def _opened(browser: Browser, address: str) -> Seen:
    with phone(browser, WATCH) as page:
        page.goto(address)
        page.wait_for_function("() => seen.usable", timeout=60_000)
        page.wait_for_load_state("networkidle")
        seen: Seen = page.evaluate("seen")
        return seen
