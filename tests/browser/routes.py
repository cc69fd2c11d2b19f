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


ROUTES: dict[str, Callable[[Shown], str]] = {
    "map": lambda _: "/?at=50.0630,19.9400,15",
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
}


def fill(homeward: RunningHomeward, picture: bytes) -> Shown:
    """Announce what the routes show, one with a picture."""
    secrets = {"contact": {"email": "a@example.org"}, "secret_mark": SECRET}
    place = {"latitude": 50.0630, "longitude": 19.9400}
    lost = homeward.announce(kind="lost", species="cat", title="Grey tabby cat", text=TEXT, place=place, **secrets)
    name, _answer = homeward.upload(lost, picture)
    homeward.settled(name)
    found = homeward.announce(title="Brown dog with a red collar", place=place | {"latitude": 50.0650})
    homeward.announce(kind="sighting", species="bird", title="Green parakeet", place=place | {"longitude": 19.9440})
    return Shown(lost, found)


def visit(page: Page, site: str, route: str, shown: Shown) -> None:
    """Open a route and wait until nothing more is on its way."""
    page.goto("about:blank")  # a new fragment alone would load nothing
    page.goto(site + ROUTES[route](shown), wait_until="networkidle")
    page.locator("h1").first.wait_for(state="attached")
