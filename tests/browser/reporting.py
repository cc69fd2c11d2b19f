"""A report as people fill it in, step by step."""

import re

from playwright.sync_api import FilePayload, Locator, Page, expect

HERE = {"latitude": 50.0612, "longitude": 19.9387}
WAITS = "Kept, and sent when the network is back"
DONE = "Your announcement is on the map"


def photo(picture: bytes, name: str = "photo.jpg", media_type: str = "image/jpeg") -> FilePayload:
    return FilePayload(name=name, mimeType=media_type, buffer=picture)


def open_report(page: Page, site: str, kind: str = "lost", at: str = "50.0612,19.9387,15", **more: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in ({"kind": kind, "at": at} | more).items())
    page.goto(f"{site}/report?{query}")


def add_photo(page: Page, picture: FilePayload) -> None:
    page.get_by_label(re.compile("Take or choose a photo|Add another photo")).set_input_files(picture)
    expect(page.get_by_role("list", name="Photos to be sent").get_by_role("listitem")).not_to_have_count(0)


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Next$|Go on without a photo")).click()


def choose_middle(page: Page) -> None:
    page.get_by_role("button", name="Set to the middle of the map").click()
    expect(page.get_by_text(re.compile("Place chosen: "))).to_be_visible()


def fill_report(page: Page, title: str, picture: bytes | None = None, species: str = "Dog") -> None:
    """Fill in everything that a report needs, up to the button that sends it."""
    if picture is not None:
        add_photo(page, photo(picture))
    go_on(page)
    page.get_by_role("radio", name=species, exact=True).check()
    page.get_by_label("Title").fill(title)
    go_on(page)
    choose_middle(page)


def send(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Put it on the map|Send it again")).click()


def sent_id(page: Page) -> str:
    """The id of what was sent, once its links are shown."""
    expect(page.get_by_role("heading", name=DONE)).to_be_visible()
    return page.url.rpartition("/")[2].partition("?")[0]


def heading_of(page: Page, step: int) -> Locator:
    return page.get_by_role("heading", name=re.compile(f"Step {step} of 3"))
