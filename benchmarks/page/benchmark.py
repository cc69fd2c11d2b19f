"""The whole benchmark of the page, as the results that are printed, kept and drawn."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.page import lighthouse, minute, moves, phone, photo, town
from benchmarks.page.chromium import launched
from benchmarks.results import Result
from benchmarks.served import running


def measure() -> Iterator[Result]:
    """Start the local cloud with announcements around a town, and measure the page that was built for it."""
    lighthouse.install()
    with tempfile.TemporaryDirectory() as folder, running(state := Path(folder) / "state") as url:
        announcement = town.fill(url, state, Path(folder))
        with sync_playwright() as playwright, launched(playwright) as browser:
            versions = {"chromium": browser.version}
            yield Result(
                "page-phone", [*phone.figures(browser, url, announcement), photo.figures(browser, url)], versions
            )
            yield Result("page-minute", list(minute.figures(browser, url)), versions)
            yield Result("page-moves", list(moves.figures(browser, url)), versions)
        versions |= {"lighthouse": lighthouse.version()}
        yield Result("page-lighthouse", list(lighthouse.figures(url, announcement)), versions)
