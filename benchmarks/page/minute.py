"""A person with an old phone who reports a lost cat, from the first sight of the map to the sent report with its photo.

They look for each control a second before they tap it, and type four letters a second, as people in a hurry do.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page

from benchmarks.page import town
from benchmarks.page.chromium import phone
from benchmarks.results import Figure
from benchmarks.served import phone_picture

RUNS = 3
LOOK = 1_000  # milliseconds to find a control and to tap it
LETTER = 250  # milliseconds to type one
PATIENCE = 60_000  # milliseconds
SEEN = "() => document.querySelector('.leaflet-marker-icon')"
TITLE, NUMBER = "Grey tabby cat", "600100200"
GALLERY = 2  # taps in the phone's own gallery: a photo, and that it is the one


@dataclass
class Person:
    """Somebody with a finger, whose taps are counted."""

    page: Page
    taps: int = 0

    def tap(self, control: Locator) -> None:
        """Find a control and tap it."""
        self._look()
        control.tap()

    def write(self, field: Locator, text: str) -> None:
        """Tap a field and type into it."""
        self.tap(field)
        field.press_sequentially(text, delay=LETTER)

    def choose(self, control: Locator, photo: FilePayload) -> None:
        """Tap a field for photos, and choose one in the gallery."""
        with self.page.expect_file_chooser() as chooser:
            self.tap(control)
        for _tap in range(GALLERY):
            self._look()
        chooser.value.set_files(photo)

    def _look(self) -> None:
        self.taps += 1
        self.page.wait_for_timeout(LOOK)


def figures(browser: Browser, url: str) -> Iterator[Figure]:
    """Report in fresh profiles."""
    photo = FilePayload(name="cat.jpg", mimeType="image/jpeg", buffer=_smaller(phone_picture(None)))
    runs = [_reported(browser, url, photo) for _run in range(RUNS)]
    taps = f"{runs[0][2]} taps, {len(TITLE + NUMBER)} letters"
    yield Figure("lost cat on the map, from the first sight of it", "s", [run[0] for run in runs], "below 60", taps)
    yield Figure("its photo there, too", "s", [run[1] for run in runs], "below 60")


def _reported(browser: Browser, url: str, photo: FilePayload) -> tuple[float, float, int]:
    """Give the seconds until the report was sent, those until its photo was, and the taps."""
    with phone(browser) as page:
        page.set_default_timeout(PATIENCE)
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({"latitude": town.LATITUDE, "longitude": town.LONGITUDE})
        page.goto(url + town.VIEW)
        page.wait_for_function(SEEN)
        begun = _now(page)
        person = Person(page)
        _report(person, photo)
        page.get_by_role("heading", name="Your announcement is on the map").wait_for()
        sent = _now(page)
        page.get_by_text("The photo is on the map.").wait_for()
        return (sent - begun) / 1000, (_now(page) - begun) / 1000, person.taps


def _report(person: Person, photo: FilePayload) -> None:
    page = person.page
    person.tap(page.get_by_role("link", name="I lost a pet"))
    person.choose(page.get_by_label("Take or choose a photo"), photo)
    person.tap(page.get_by_role("button", name=re.compile("^Next$")))
    person.tap(page.get_by_text("Cat", exact=True))
    person.write(page.get_by_label("Title"), TITLE)
    person.tap(page.get_by_role("button", name="Next"))
    person.tap(page.get_by_role("button", name="Use my location"))
    page.get_by_text(re.compile("Place chosen: ")).wait_for()
    person.write(page.get_by_label("Phone"), NUMBER)
    person.tap(page.get_by_role("button", name="Put it on the map"))


def _now(page: Page) -> float:
    """Milliseconds that go on from one page to the next."""
    now: float = page.evaluate("Date.now()")
    return now


def _smaller(picture: bytes) -> bytes:
    """Write it as a phone does, at some megabytes."""
    file = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(file, "JPEG", quality=90)
    return file.getvalue()
