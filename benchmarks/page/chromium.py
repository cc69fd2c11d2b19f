"""Debian's Chromium, and the phone that it plays."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SLOWER = 4  # times, as Lighthouse has it for a phone of the middle class
LATENCY = 150  # milliseconds
DOWN, UP = 1_600_000 / 8, 750_000 / 8  # bytes a second


def program() -> str:
    """Find Chromium; raises SystemExit."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise SystemExit("There is no Chromium: install it, or name it in CHROMIUM.")
    return found


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Start it and end it."""
    browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
    yield browser
    browser.close()


@contextmanager
def phone(browser: Browser, script: str = "", line: bool = True) -> Iterator[Page]:
    """Open an empty page on a slow phone with a script of its own in every document; `line`: a slow one, too."""
    context: BrowserContext = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True, locale="en-GB"
    )
    context.add_init_script(script)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if line:
        limits = {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP}
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", limits)
    yield page
    context.close()
