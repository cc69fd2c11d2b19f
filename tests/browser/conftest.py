"""A real Chromium, driven by Playwright; where there is none the tests say so loudly."""

import io
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.routes import Shown, fill
from tests.local.running import RunningHomeward

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 20_000  # milliseconds; a shared machine may be slow, a test that passes never waits so long
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (40, 60, 200), (230, 200, 40)
ORIENTATION = 0x0112  # the EXIF tag that says how the phone was held


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once; Playwright's event loop runs until it ends, and other tests want one of their own."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("NO CHROMIUM: the tests in a real browser did not run; install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(homeward: RunningHomeward) -> str:
    """The address of the really deployed application."""
    return homeward.url


@pytest.fixture(scope="session")
def shown(homeward: RunningHomeward, phone_picture: bytes) -> Shown:
    """Something to see on every route."""
    return fill(homeward, phone_picture)


@pytest.fixture
def stranger(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile on an old phone's screen."""
    context = opened(browser, viewport={"width": 390, "height": 780})
    yield context
    context.close()


def opened(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh profile in English, without the worker that keeps the page: it would hide requests from the tests."""
    usual = {"timezone_id": "Europe/Warsaw", "locale": "en-GB", "service_workers": "block"}
    context = browser.new_context(**usual | options)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def phone_picture() -> bytes:
    """A JPEG as a phone held upright writes it: turned pixels and an EXIF tag that says so.

    Upright it has red at the top left, green at the top right, blue at the bottom left, yellow at the bottom right.
    """
    upright = Image.new("RGB", (900, 1200))
    for colour, corner in ((RED, (0, 0)), (GREEN, (450, 0)), (BLUE, (0, 600)), (YELLOW, (450, 600))):
        upright.paste(colour, (*corner, corner[0] + 450, corner[1] + 600))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # to be turned by 90 degrees clockwise
    file = io.BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()
