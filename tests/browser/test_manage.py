"""The page that only the holder of the private link sees."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from tests.browser.conftest import BLUE, GREEN, RED, YELLOW
from tests.browser.test_report_and_manage import QUARTERS, TOLERANCE, watch, with_fresh_page
from tests.local.running import RunningHomeward, until

COME_BACK = "window.dispatchEvent(new Event('visibilitychange'))"  # what a tab is told when one returns to it


@pytest.fixture(scope="module")
def flat_picture() -> bytes:
    """A JPEG that is red all over."""
    file = io.BytesIO()
    Image.new("RGB", (900, 1200), RED).save(file, "JPEG", quality=92)
    return file.getvalue()


def test_a_strangers_message_is_read_on_the_manage_page(
    browser: Browser, stranger: BrowserContext, homeward: RunningHomeward
) -> None:
    announced = homeward.announce(kind="lost", title="Rex & friends")

    def write(page: Page) -> None:
        page.goto(f"{homeward.url}/a/{announced['id']}")
        page.get_by_label("Your message").fill("I saw him <b>by the river</b>\n" + "🐕" * 200)
        page.get_by_label("How can you be answered?").fill("anna@example.org")
        page.get_by_role("button", name="Send the message").click()
        expect(page.get_by_text("Your message is on its way")).to_be_visible()

    with_fresh_page(browser, write)
    page = manage(stranger, homeward, announced)
    expect(page.get_by_text("1 new")).to_be_visible()
    expect(page.get_by_text("I saw him <b>by the river</b>")).to_be_visible()
    answer = page.get_by_role("link", name="anna@example.org")
    assert re.match(r"mailto:anna@example[.]org[?]subject=", answer.get_attribute("href") or "")
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("1 new")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("I saw him <b>by the river</b>")).to_be_visible()
    expect(page.get_by_text("1 new")).to_have_count(0)


def test_pictures_are_turned_ordered_replaced_restored_and_removed(
    stranger: BrowserContext, homeward: RunningHomeward, phone_picture: bytes, flat_picture: bytes
) -> None:
    announced = homeward.announce(title="Rex")
    first, second = (upload(homeward, announced, picture) for picture in (phone_picture, flat_picture))
    page = manage(stranger, homeward, announced)
    errors = watch(page)
    pictures = page.locator(".picture-line > .thumbnail img")
    expect(pictures).to_have_count(2)
    assert_quarters(pictures.first, RED, GREEN, BLUE, YELLOW)

    before = pictures.first.get_attribute("src") or ""
    page.get_by_role("button", name="Turn picture 1 by a quarter").click()
    expect(pictures.first).not_to_have_attribute("src", before)
    assert_quarters(pictures.first, BLUE, RED, YELLOW, GREEN)

    page.get_by_role("button", name="Move picture 1 back").click()
    until(lambda: order_of(homeward, announced) == [second, first])
    expect(page.get_by_role("button", name="Move picture 1 back")).to_be_enabled()

    page.get_by_text("Replace picture 2, see its versions").click()
    another = FilePayload(name="another.jpg", mimeType="image/jpeg", buffer=flat_picture)
    page.get_by_label("Replace it by another photo").set_input_files(another)
    page.get_by_role("button", name="Send the photo").click()
    expect(page.locator(".version")).to_have_count(3)
    turned = pictures.nth(1)
    expect(page.locator(".version").first).to_contain_text("Shown now")
    assert_quarters(turned, RED, RED, RED, RED)
    page.get_by_role("button", name=re.compile("Restore: Version of")).last.click()
    expect(page.locator(".version")).to_have_count(4)
    expect(page.locator(".version").first).to_contain_text("Shown now")
    assert_quarters(turned, RED, GREEN, BLUE, YELLOW)

    page.get_by_role("button", name="Remove picture 1").click()
    page.get_by_role("button", name="Keep it").click()
    expect(pictures).to_have_count(2)
    page.get_by_role("button", name="Remove picture 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove picture").click()
    expect(pictures).to_have_count(1)
    page.reload()
    expect(pictures).to_have_count(1)
    assert order_of(homeward, announced) == [first]
    assert errors == []


def test_every_field_can_be_changed(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    announced = homeward.announce(title="Rex")
    page = manage(stranger, homeward, announced)
    page.get_by_label("What happened").select_option("lost")
    page.get_by_role("radio", name="Cat").check()
    page.get_by_label("Title").fill("Grey cat")
    page.get_by_label("Description").fill("Call 600 100 200")
    expect(page.get_by_text("Put phone and e-mail into the private fields instead.")).to_be_visible()
    page.get_by_label("Web link").fill("example.org/rex")
    page.get_by_role("radio", name=re.compile("1 km")).check()
    page.get_by_label("Secret mark").fill("a white toe")
    page.get_by_label("E-mail").fill("no address")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.get_by_label("E-mail").fill("me@example.org")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Grey cat")
    kept = homeward.ask("GET", f"/api/announcements/{announced['id']}", announced["manage_token"]).json()
    assert (kept["kind"], kept["species"], kept["secret_mark"]) == ("lost", "cat", "a white toe")
    assert (kept["contact"]["email"], kept["link"]) == ("me@example.org", "https://example.org/rex")
    assert kept["public_place"]["blur"] == "area"


def test_two_tabs_do_not_undo_each_others_changes(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    announced = homeward.announce(title="Rex", text="Brown")
    one, other = (manage(stranger, homeward, announced) for _ in range(2))
    one.get_by_label("Title").fill("Rex the dog")
    one.get_by_role("button", name="Save changes").click()
    expect(one.get_by_text("Saved.")).to_be_visible()
    other.evaluate(COME_BACK)
    expect(other.get_by_label("Title")).to_have_value("Rex the dog")
    other.get_by_label("Description").fill("Brown, with a red collar")
    other.get_by_role("button", name="Save changes").click()
    expect(other.get_by_text("Saved.")).to_be_visible()
    one.evaluate(COME_BACK)
    expect(one.get_by_label("Description")).to_have_value("Brown, with a red collar")

    one.get_by_role("button", name="Withdraw").click()
    one.get_by_role("button", name="Withdraw and erase").click()
    expect(one.get_by_role("heading", name="This announcement was withdrawn")).to_be_visible()
    other.get_by_role("button", name="Renew").click()
    expect(other.get_by_role("heading", name="This announcement was withdrawn")).to_be_visible()
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("This page opens with your private link")


def test_a_lost_or_mangled_link_is_told_kindly_and_can_be_pasted_anew(
    stranger: BrowserContext, homeward: RunningHomeward
) -> None:
    announced = homeward.announce(title="Rex")
    address = f"{homeward.url}/manage/{announced['id']}"
    page = stranger.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This page opens with your private link")
    page.goto(f"{address}#{announced['manage_token'][:20]}")
    expect(page.get_by_role("heading", level=1)).to_have_text("This private link does not open this announcement")
    page.get_by_label(re.compile("Your private link")).fill(f"{address}#{announced['manage_token']}")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name="Manage your announcement")).to_be_visible()
    page.wait_for_function("location.hash === ''")
    page.goto(f"{address}#mangled")
    page.get_by_role("button", name="Open it with the key kept on this device").click()
    expect(page.get_by_role("heading", name="Manage your announcement")).to_be_visible()
    page.wait_for_function("location.hash === ''")
    page.get_by_role("link", name="Open its page").click()
    expect(page.get_by_text("You announced this.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Manage your announcement")).to_be_visible()


def test_the_secret_is_in_no_address_that_is_asked_for(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    announced = homeward.announce(title="Rex")
    page = stranger.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer')}"))
    page.goto(f"{homeward.url}/manage/{announced['id']}#{announced['manage_token']}")
    expect(page.get_by_role("heading", name="Manage your announcement")).to_be_visible()
    page.wait_for_function("location.hash === ''")
    page.get_by_role("link", name="Open its page").click()
    expect(page.get_by_text("You announced this.")).to_be_visible()
    assert asked
    assert not [each for each in asked if announced["manage_token"] in each.split("#")[0]]


def manage(context: BrowserContext, homeward: RunningHomeward, announced: dict[str, Any]) -> Page:
    page = context.new_page()
    page.goto(f"{homeward.url}/manage/{announced['id']}#{announced['manage_token']}")
    expect(page.get_by_role("heading", name="Manage your announcement")).to_be_visible()
    return page


def upload(homeward: RunningHomeward, announced: dict[str, Any], picture: bytes) -> str:
    picture_id, _answer = homeward.upload(announced, picture)
    homeward.settled(picture_id)
    return picture_id


def order_of(homeward: RunningHomeward, announced: dict[str, Any]) -> list[str]:
    shown = homeward.ask("GET", f"/api/announcements/{announced['id']}", announced["manage_token"]).json()
    return [picture["id"] for picture in shown["pictures"]]


def assert_quarters(picture: Locator, *colours: tuple[int, int, int]) -> None:
    """Wait until a picture shows these colours: top left, top right, bottom left, bottom right."""

    def look() -> bool:
        picture.evaluate("image => image.decode().catch(() => undefined)")
        found = picture.evaluate(QUARTERS)
        pairs = [pair for one, expected in zip(found, colours, strict=True) for pair in zip(one, expected, strict=True)]
        return all(abs(value - known) <= TOLERANCE for value, known in pairs)

    until(look)
