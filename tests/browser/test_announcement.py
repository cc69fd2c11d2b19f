"""The page of an announcement, as strangers see it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import opened
from tests.browser.test_report_and_manage import watch
from tests.local.running import RunningHomeward

# Everything that moved while the page came, as Chromium counts it.
NOTE_SHIFTS = """
  window.shifts = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
NASTY = (
    "<script>window.hacked = true</script><img src=x onerror='window.hacked = true'> <b>bold</b> "
    "\u202etfel ot thgir\u202c "
)


def test_pictures_are_walked_through_and_nothing_jumps(
    stranger: BrowserContext, homeward: RunningHomeward, phone_picture: bytes
) -> None:
    announced = homeward.announce(kind="lost", title="Brown dog with a red collar", text="Answers to Rex.")
    for _ in range(2):
        picture, _answer = homeward.upload(announced, phone_picture)
        homeward.settled(picture)
    page = stranger.new_page()
    errors = watch(page)
    page.add_init_script(NOTE_SHIFTS)
    page.goto(address_of(homeward, announced))
    expect(page.get_by_role("heading", name="Brown dog with a red collar")).to_be_visible()
    first = page.get_by_role("img", name="Brown dog with a red collar, picture 1 of 2")
    assert "-640." in first.evaluate("image => image.decode().then(() => image.currentSrc)")
    expect(page.get_by_role("region", name="Map of the place")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") <= 0.05

    page.get_by_role("button", name="Next picture").click()
    expect(page.get_by_text("2 of 2", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="Brown dog with a red collar, picture 2 of 2")).to_be_in_viewport()
    page.get_by_role("link", name=re.compile("picture 2 of 2")).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("1 of 2", exact=True)).to_be_visible()
    assert beside_the_screen(page) <= 0
    assert errors == []


def test_what_was_seen_of_a_lost_pet_is_on_its_page_and_leads_to_who_saw_it(
    stranger: BrowserContext, homeward: RunningHomeward
) -> None:
    lost = homeward.announce(kind="lost", title="Grey cat", place={"latitude": 50.0612, "longitude": 19.9387})
    seen = homeward.announce(
        kind="sighting", title="Cat by the mill", place={"latitude": 50.0640, "longitude": 19.9388}, about=lost["id"]
    )
    page = stranger.new_page()
    errors = watch(page)
    page.goto(address_of(homeward, lost))
    section = page.get_by_role("region", name="Seen since then")
    line = section.get_by_role("link", name="Cat by the mill")
    expect(line).to_contain_text("300 m away")
    expect(
        page.get_by_role("region", name="Map of the place").get_by_role("img", name="Cat by the mill")
    ).to_be_visible()
    assert beside_the_screen(page) <= 0
    line.click()
    expect(page.get_by_role("heading", name="Cat by the mill")).to_be_visible()
    page.get_by_role("link", name="It may be the animal of this announcement").click()
    expect(page.get_by_role("heading", name="Grey cat")).to_be_visible()
    homeward.ask("DELETE", f"/api/announcements/{seen['id']}", token=seen["manage_token"])
    page.reload()
    expect(page.get_by_role("heading", name="Grey cat")).to_be_visible()
    expect(line).to_have_count(0)
    assert errors == []


def test_what_was_seen_reads_without_a_script(browser: Browser, homeward: RunningHomeward) -> None:
    lost = homeward.announce(kind="lost", title="Grey cat")
    homeward.announce(kind="sighting", title="Cat by the mill", about=lost["id"])
    page = opened(browser, java_script_enabled=False).new_page()
    page.goto(address_of(homeward, lost))
    expect(page.get_by_role("heading", name="Seen since then")).to_be_visible()
    page.get_by_role("link", name="Cat by the mill").click()
    expect(page.get_by_role("heading", name="Seen: Cat by the mill")).to_be_visible()
    page.context.close()


def test_reload_and_back_keep_ones_way(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    announced = homeward.announce(kind="lost", title="Grey cat")
    page = stranger.new_page()
    page.goto(address_of(homeward, announced))
    page.reload()
    expect(page.get_by_role("heading", name="Grey cat")).to_be_visible()
    page.get_by_role("link", name="I have seen it").click()
    expect(page).to_have_url(re.compile(f"/report[?]kind=sighting&about={announced['id']}"))
    page.go_back()
    expect(page.get_by_role("heading", name="Grey cat")).to_be_visible()
    page.get_by_role("link", name="Show it on the map").click()
    expect(page).to_have_url(re.compile("/[?]at="))
    page.go_back()
    expect(page.get_by_role("heading", name="Grey cat")).to_be_visible()


def test_what_looks_like_script_or_turns_the_direction_is_text(
    stranger: BrowserContext, homeward: RunningHomeward
) -> None:
    announced = homeward.announce(title="<b>Rex</b> \u202exer" + "W" * 100, text=NASTY + "🐕" * 3800)
    page = stranger.new_page()
    errors = watch(page)
    page.goto(address_of(homeward, announced))
    expect(page.get_by_role("heading", level=1)).to_contain_text("<b>Rex</b>")
    expect(page.locator(".announcement__text")).to_contain_text("<script>window.hacked = true</script>")
    assert page.evaluate("window.hacked") is None
    assert beside_the_screen(page) <= 0
    expect(page.get_by_text("Where", exact=True)).to_be_visible()
    assert errors == []


def test_what_has_gone_is_told_kindly_with_a_way_on(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    withdrawn, expired = homeward.announce(title="Withdrawn dog"), homeward.announce(title="Expired dog")
    homeward.ask("DELETE", f"/api/announcements/{withdrawn['id']}", withdrawn["manage_token"])
    homeward.age(expired["id"], timedelta(days=120))
    page = stranger.new_page()
    for announcement_id, heading in (
        (withdrawn["id"], "This announcement was withdrawn"),
        (expired["id"], "This announcement has expired"),
        ("a" * 20, "There is no such announcement"),
    ):
        page.goto(f"{homeward.url}/a/{announcement_id}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.reload()
        page.get_by_role("link", name="See what is on the map now").click()
        expect(page).to_have_url(re.compile(f"{homeward.url}/($|[?])"))
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_good_news_is_shown_and_asks_nobody_to_search(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    announced = homeward.announce(kind="lost", title="Rex")
    homeward.ask("POST", f"/api/announcements/{announced['id']}/reunited", announced["manage_token"])
    page = stranger.new_page()
    page.goto(address_of(homeward, announced))
    expect(page.get_by_text("Good news: this pet is home again.")).to_be_visible()
    expect(page.get_by_role("link", name="I have seen it")).to_have_count(0)
    expect(page.get_by_label("Your message")).to_have_count(0)


def test_a_message_waits_for_the_network_and_arrives_once(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    announced = homeward.announce(kind="lost", title="Rex")
    page = stranger.new_page()
    page.goto(address_of(homeward, announced))
    page.get_by_label("Your message").fill("I saw him by the river")
    messages = "**/api/announcements/*/messages"
    page.route(messages, send_and_lose_the_answer)
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("What you wrote is kept on this device.")).to_be_visible()
    page.unroute(messages)
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("I saw him by the river")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Your message is on its way")).to_be_visible()
    kept = homeward.ask("GET", f"/api/announcements/{announced['id']}/messages", announced["manage_token"]).json()
    assert [each["text"] for each in kept["messages"]] == ["I saw him by the river"]


def send_and_lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_too_many_messages_are_told_kindly_and_what_was_written_stays(
    stranger: BrowserContext, homeward: RunningHomeward
) -> None:
    announced = homeward.announce(kind="lost", title="Rex")
    page = stranger.new_page()
    refusal = '{"title": "Too many requests", "status": 429}'
    page.route(
        "**/api/announcements/*/messages",
        lambda route: route.fulfill(status=429, content_type="application/problem+json", body=refusal),
    )
    page.goto(address_of(homeward, announced))
    page.get_by_label("Your message").fill("I saw him")
    page.get_by_role("button", name="Send the message").click()
    expect(page.get_by_text("Many messages have come from your network")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("I saw him")


def test_abuse_is_reported_with_a_reason_by_the_keyboard(stranger: BrowserContext, homeward: RunningHomeward) -> None:
    announced = homeward.announce(title="Send me money")
    page = stranger.new_page()
    page.goto(address_of(homeward, announced))
    page.get_by_role("button", name="Report abuse").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Report abuse")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Somebody wants money or cheats").check()
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("Somebody will look at it.")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("text", ["Call 600 100 200", "Write to rex@example.org"])
def test_a_text_with_a_contact_warns_louder(stranger: BrowserContext, homeward: RunningHomeward, text: str) -> None:
    announced = homeward.announce(title="Rex", text=text)
    page = stranger.new_page()
    page.goto(address_of(homeward, announced))
    expect(page.get_by_text("This text shows a phone number or an e-mail address.")).to_be_visible()


def address_of(homeward: RunningHomeward, announced: dict[str, str]) -> str:
    return f"{homeward.url}/a/{announced['id']}"


def beside_the_screen(page: Page) -> int:
    """How many pixels of the page lie beside the screen."""
    beside: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return beside
