"""The sentence that Homeward is about, in a real browser on the really deployed application."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import BLUE, GREEN, RED, YELLOW
from tests.browser.reporting import fill_report, photo
from tests.local.running import RunningHomeward

NEW_TITLE = "Brown dog, very hungry"
TOLERANCE = 24  # of 255; JPEG, WebP and scaling change a flat colour by less

# The colours in the middle of the quarters of a loaded picture, row by row.
QUARTERS = """image => {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const at = (x, y) => [...context.getImageData(canvas.width * x, canvas.height * y, 1, 1).data].slice(0, 3);
  return [at(.25, .25), at(.75, .25), at(.25, .75), at(.75, .75)];
}"""


def test_a_strangers_report_is_on_the_map_and_their_private_link_manages_it(
    homeward: RunningHomeward, stranger: BrowserContext, browser: Browser, phone_picture: bytes
) -> None:
    title = "Brown dog with a white blaze"
    map_address = f"{homeward.url}/?{quiet(homeward)}"
    page = stranger.new_page()
    errors = watch(page)
    page.goto(map_address)
    expect(page).to_have_url(re.compile("%2C15"))  # the map is there: the report begins where it looks
    page.get_by_role("link", name="I found a pet").click()
    fill_report(page, title, phone_picture)
    page.get_by_role("button", name="Put it on the map").click()
    expect(page.get_by_role("heading", name="Your announcement is on the map")).to_be_visible()
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    public_link = page.get_by_role("textbox", name="Link to its page", exact=True).input_value()
    private_link = page.get_by_role("textbox", name="Private link to manage it", exact=True).input_value()

    page.get_by_role("link", name="See it on the map").click()
    thumbnail = pin(page, title).locator("img")
    expect(thumbnail).to_be_visible()
    assert_upright(thumbnail)
    assert thumbnail.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [160, 160]
    expect(page.get_by_role("list", name="Announcements on the map").get_by_text(title)).to_be_visible()

    with_fresh_page(browser, lambda other: others_see_the_page(other, public_link, title))
    with_fresh_page(browser, lambda other: owner_manages(other, private_link))
    with_fresh_page(browser, lambda other: nobody_sees_it(other, map_address, public_link, NEW_TITLE))
    assert errors == []


def test_a_picture_that_is_none_is_refused_with_a_reason_and_the_announcement_stays(
    homeward: RunningHomeward, stranger: BrowserContext, phone_picture: bytes
) -> None:
    page = stranger.new_page()
    page.goto(f"{homeward.url}/report?kind=lost&{quiet(homeward)}")
    fill_report(page, "Grey cat", b"this is a text and no picture")
    page.get_by_role("button", name="Put it on the map").click()
    expect(page.get_by_role("heading", name="Your announcement is on the map")).to_be_visible()
    expect(page.get_by_text(re.compile("This photo cannot be used: .+"))).to_be_visible()
    page.get_by_label("Choose another photo").set_input_files(photo(phone_picture))
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    page.get_by_role("link", name="See it on the map").click()
    expect(pin(page, "Grey cat")).to_be_visible()


def quiet(homeward: RunningHomeward) -> str:
    """A view of the map on which no other test puts anything."""
    place = homeward.quiet_place()
    return f"at={place['latitude']},{place['longitude']},15"


def pin(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name="Map of lost, found and seen pets").get_by_role(
        "img", name=re.compile(title)
    )


def assert_upright(picture: Locator) -> None:
    picture.evaluate("image => image.decode()")
    found = picture.evaluate(QUARTERS)
    for colour, expected in zip(found, (RED, GREEN, BLUE, YELLOW), strict=True):
        assert colour == pytest.approx(expected, abs=TOLERANCE)


def with_fresh_page(browser: Browser, act: Callable[[Page], None]) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    act(context.new_page())
    context.close()


def others_see_the_page(page: Page, link: str, title: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert_upright(page.locator("main img[srcset]").first)


def owner_manages(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="Manage your announcement")).to_be_visible()
    page.wait_for_function("location.hash === ''")  # the token does not stay in the address bar
    page.get_by_label("Title").fill(NEW_TITLE)
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Renew").click()
    page.get_by_role("button", name="Mark as reunited").click()
    expect(page.get_by_role("button", name="Mark as reunited")).not_to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Manage your announcement")).to_be_visible()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Withdraw and erase").click()
    expect(page.get_by_role("button", name="Withdraw and erase")).not_to_be_visible()


def nobody_sees_it(page: Page, map_address: str, link: str, title: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="This announcement was withdrawn")).to_be_visible()
    with page.expect_response(lambda answer: "/api/announcements?" in answer.url) as answered:
        page.goto(map_address)
    assert title not in answered.value.text()
    expect(page.get_by_text(title)).to_have_count(0)


def watch(page: Page) -> list[str]:
    """Collect what goes wrong in the page's scripts."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors
