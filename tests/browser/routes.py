"""Every route of the page, with something to show on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.local.running import RunningHomeward

SECRET = "three white toes"
TEXT = "Very shy. It may hide under cars. " * 6


@dataclass(frozen=True)
class Shown:
    """What the routes show."""

    lost: dict[str, Any]
    found: dict[str, Any]
    seen: dict[str, Any]


ROUTES: dict[str, Callable[[Shown], str]] = {
    "map": lambda _: "/?at=51.1100,17.0320,15",
    "map-empty": lambda _: "/?at=-47.0,-120.0,9",
    "report-lost": lambda _: "/report?kind=lost",
    "report-found": lambda _: "/report?kind=found",
    "report-sighting": lambda _: "/report?kind=sighting",
    "done": lambda shown: f"/report/done/{shown.lost['id']}",
    "announcement": lambda shown: f"/a/{shown.lost['id']}",
    "announcement-missing": lambda _: "/a/zzzzzzzzzz",
    "poster": lambda shown: f"/a/{shown.lost['id']}/poster",
    "manage": lambda shown: f"/manage/{shown.lost['id']}#{shown.lost['manage_token']}",
    "manage-closed": lambda shown: f"/manage/{shown.found['id']}",
    "about": lambda _: "/about",
    "safety": lambda _: "/safety",
    "privacy": lambda _: "/privacy",
    "nowhere": lambda _: "/nowhere",
    "message-sent": lambda shown: f"/a/{shown.found['id']}",
    "photo-refused": lambda _: "/report?kind=found",
    "report-what": lambda _: "/report?kind=lost&step=2",
    "report-faults": lambda _: "/report?kind=lost&step=2",
    "report-where": lambda _: "/report?kind=lost&step=2&at=51.1100,17.0320,15",
    "report-failed": lambda _: "/report?kind=lost&step=2&at=51.1100,17.0320,15",
    "mine": lambda _: "/mine",
    "map-failed": lambda _: "/?at=40.0000,-20.0000,4",
    "offline": lambda _: "/safety",
    "report-waiting": lambda _: "/report?kind=lost&step=2&at=51.1100,17.0320,15",  # last: it is sent when it can be
}
ANNOUNCEMENTS = "**/api/announcements*"


def fill(homeward: RunningHomeward, picture: bytes) -> Shown:
    """Announce what the routes show, one with a picture."""
    secrets = {"contact": {"email": "a@example.org"}, "secret_mark": SECRET}
    place = {"latitude": 51.1100, "longitude": 17.0320}
    lost = homeward.announce(kind="lost", species="cat", title="Grey tabby cat", text=TEXT, place=place, **secrets)
    name, _answer = homeward.upload(lost, picture)
    homeward.settled(name)
    found = homeward.announce(title="Brown dog with a red collar", place=place | {"latitude": 51.1120})
    homeward.announce(kind="sighting", species="bird", title="Green parakeet", place=place | {"longitude": 17.0360})
    north, about = place | {"latitude": 51.1125}, lost["id"]
    seen = homeward.announce(kind="sighting", species="cat", title="Grey cat by the mill", place=north, about=about)
    return Shown(lost, found, seen)


def visit(page: Page, site: str, route: str, shown: Shown) -> None:
    """Open a route, do there what belongs to it, and wait until nothing more is on its way."""
    page.goto("about:blank")  # a new fragment alone would load nothing
    page.unroute_all(behavior="ignoreErrors")
    page.context.set_offline(False)
    if before := BEFORE.get(route):
        before(page, site, shown)
    page.goto(site + ROUTES[route](shown), wait_until="networkidle")
    page.locator("h1").first.wait_for(state="attached")
    if act := ACTS.get(route):
        act(page)
        page.wait_for_load_state("networkidle")


def _manage_three(page: Page, site: str, shown: Shown) -> None:
    """Leave the private links of three announcements on the device."""
    for each in (shown.seen, shown.found, shown.lost):
        page.goto(f"{site}/manage/{each['id']}#{each['manage_token']}", wait_until="networkidle")


def _without_answers(page: Page) -> None:
    page.route(ANNOUNCEMENTS, lambda route: route.fulfill(status=500, json={"title": "Something is broken here"}))


def _send_message(page: Page) -> None:
    page.locator("#message textarea").fill("I think it is my Rex. He has a white toe.")
    page.locator("#message [type=submit]").click()
    page.locator("#message .notice").wait_for()


def _choose_no_photo(page: Page) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"not a photo"}
    )
    page.locator(".photos.field--wrong").wait_for()


def _find_faults(page: Page) -> None:
    _press_on(page)
    page.locator(".field--wrong").first.wait_for()


def _fill(page: Page) -> None:
    page.locator(".species-choice__option").first.click()
    _press_on(page)
    page.locator(".place-field__map ~ .row > button").click()


def _fail(page: Page) -> None:
    _fill(page)
    _without_answers(page)
    _press_on(page)
    page.locator(".notice--problem").wait_for()


def _wait(page: Page) -> None:
    _fill(page)
    page.context.set_offline(True)
    _press_on(page)
    page.locator(".waiting").wait_for()


def _press_on(page: Page) -> None:
    page.locator("form [type=submit]").click()


# What has to be so before a route is opened, and what is done on it afterwards, in every language.
BEFORE: dict[str, Callable[[Page, str, Shown], None]] = {
    "mine": _manage_three,
    "map-failed": lambda page, _site, _shown: _without_answers(page),
}
ACTS: dict[str, Callable[[Page], None]] = {
    "message-sent": _send_message,
    "photo-refused": _choose_no_photo,
    "report-faults": _find_faults,
    "report-where": _fill,
    "report-failed": _fail,
    "offline": lambda page: page.context.set_offline(True),
    "report-waiting": _wait,
}
