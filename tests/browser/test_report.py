"""The report in three steps, in a real browser on the really deployed application."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pillow_heif import from_pillow
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.reporting import (
    HERE,
    WAITS,
    add_photo,
    choose_middle,
    fill_report,
    go_on,
    heading_of,
    open_report,
    photo,
    send,
    sent_id,
)
from tests.local.running import RunningHomeward, until

ANNOUNCEMENTS = "**/api/announcements"
MOST_BYTES = 1_000_000
MANY_TABS = 60

# The first photo that the device keeps: its bytes' number, type and beginning.
KEPT_PHOTO = """async () => {
  const answered = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  const database = await answered(indexedDB.open("homeward", 1));
  const [photo] = await answered(database.transaction("photos").objectStore("photos").getAll());
  database.close();
  const head = new Uint8Array(await photo.blob.slice(0, 64_000).arrayBuffer());
  return [photo.blob.size, photo.blob.type, String.fromCharCode(...head).includes("Exif")];
}"""

# As Safari before 17.2: it does not know "from-image".
NO_TURNED_BITMAPS = """
  const plain = createImageBitmap;
  window.createImageBitmap = async (picture, ...options) => {
    if (JSON.stringify(options).includes("from-image")) { window.refused = true; throw new TypeError("from-image"); }
    return plain(picture, ...options);
  };
"""

# A browser that keeps nothing: every way to keep something is refused, as with blocked cookies.
KEEPS_NOTHING = """
  const refuse = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get: refuse });
  IDBFactory.prototype.open = refuse;
  if (navigator.locks) LockManager.prototype.request = async () => refuse();
"""


# What a screen reader is told of each step.
FIRST_STEP = """
- heading "I lost a pet" [level=1]
- navigation "Steps of the report":
  - list:
    - listitem:
      - link "Photo"
    - listitem:
      - link "What and when"
    - listitem:
      - link "Where and contact"
- form "I lost a pet":
  - region /Step 1 of 3/:
    - heading /Step 1 of 3/ [level=2]
    - group "What happened":
      - radio "I lost a pet" [checked]
      - radio "I found a pet"
      - radio "I saw a pet"
    - list "Photos to be sent":
      - listitem:
        - img "Photo 1"
        - button "Remove photo 1"
"""
SECOND_STEP = """
- form "I lost a pet":
  - region /Step 2 of 3/:
    - radiogroup "Kind of animal":
      - radio "Dog"
      - radio "Cat" [checked]
    - textbox "When"
    - textbox "Title"
    - textbox "Description"
    - textbox "Web link"
  - button "Back"
  - button "Next"
"""
THIRD_STEP = """
- form "I lost a pet":
  - region /Step 3 of 3/:
    - group "Place"
    - group "What others see of it":
      - radio /The street/ [checked]
      - radio /Only the area/
    - group "How to reach you":
      - textbox "Your name"
      - textbox "E-mail"
      - textbox "Phone"
      - textbox "Secret mark"
  - button "Back"
  - button "Put it on the map"
"""


def test_a_lost_pet_is_reported_with_the_keyboard_alone(
    site: str, stranger: BrowserContext, phone_picture: bytes
) -> None:
    page = stranger.new_page()
    page.goto(f"{site}/?at=50.0612,19.9387,15")
    expect(page.locator(".pet-map")).to_be_visible()  # from here on the keyboard is the page's
    press_on(page, "link", "I lost a pet")
    expect(heading_of(page, 1)).to_be_visible()
    tab_to(page, "button", "Take or choose a photo")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(photo(phone_picture))
    expect(page.get_by_role("img", name="Photo 1")).to_be_visible()
    expect(page.locator("main")).to_match_aria_snapshot(FIRST_STEP)
    press_on(page, "button", "Next")
    expect(heading_of(page, 2)).to_be_focused()
    tab_to(page, "radio", "Dog")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Cat")).to_be_checked()
    expect(page.locator("main")).to_match_aria_snapshot(SECOND_STEP)
    press_on(page, "button", "Next")
    expect(heading_of(page, 3)).to_be_focused()
    press_on(page, "button", "Set to the middle of the map")
    expect(page.get_by_text("Place chosen: ")).to_be_visible()
    expect(page.locator("main")).to_match_aria_snapshot(THIRD_STEP)
    press_on(page, "button", "Put it on the map")
    sent_id(page)
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    expect(page.get_by_text("Search within 500 m first")).to_be_visible()


def test_who_found_a_pet_is_shown_who_misses_one_nearby(homeward: RunningHomeward, stranger: BrowserContext) -> None:
    title = "Old beagle that limps"
    made, near = missed(homeward, title)
    page = stranger.new_page()
    open_report(page, homeward.url, "found", at=near)
    fill_report(page, "Beagle without a collar")
    question = page.get_by_role("region", name="Is it one of these?")
    with stranger.expect_page() as opened:
        question.get_by_role("link", name=title).click()
    expect(opened.value.get_by_role("heading", name=title)).to_be_visible()
    assert made["id"] in opened.value.url
    opened.value.close()
    question.get_by_role("button", name="None of these").click()
    expect(question).to_have_count(0)
    send(page)
    sent_id(page)


def test_a_sighting_tells_whom_it_is_about(homeward: RunningHomeward, stranger: BrowserContext) -> None:
    lost = homeward.announce(kind="lost", species="cat", title="Black cat Tosia")
    page = stranger.new_page()
    open_report(page, homeward.url, "sighting", about=lost["id"])
    expect(page.get_by_text("Black cat Tosia")).to_be_visible()
    go_on(page)
    expect(page.get_by_role("radio", name="Cat")).to_be_checked()
    go_on(page)
    choose_middle(page)
    send(page)
    shown = homeward.ask("GET", f"/api/announcements/{sent_id(page)}").json()
    assert (shown["kind"], shown["about"], shown["title"]) == ("sighting", lost["id"], "Cat seen")


def test_what_is_written_without_a_network_is_sent_once_when_it_is_back(
    homeward: RunningHomeward, stranger: BrowserContext, phone_picture: bytes
) -> None:
    title = "Written in the woods"
    page = stranger.new_page()
    open_report(page, homeward.url)
    fill_report(page, title, phone_picture)
    stranger.set_offline(True)
    send(page)
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()
    with page.expect_response(made):
        stranger.set_offline(False)
    sent_id(page)
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    assert how_many(homeward, title) == 1
    assert page.evaluate("localStorage.getItem('homeward.report')") is None


def test_a_waiting_report_stays_what_it_is_and_leaves_room_for_a_sighting(
    homeward: RunningHomeward, stranger: BrowserContext
) -> None:
    seen = homeward.announce(kind="lost", species="cat", title="Cat that ran past")
    page = stranger.new_page()
    page.route(ANNOUNCEMENTS, lambda route: route.abort("connectionreset"))
    open_report(page, homeward.url)
    fill_report(page, "Waits and stays lost")
    send(page)
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()
    page.get_by_role("link", name="Homeward, to the map").click()
    expect(page.get_by_text("A report is kept on this device until it can be sent.")).to_be_visible()
    page.get_by_role("link", name="I found a pet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I lost a pet")
    page.goto(f"{homeward.url}/a/{seen['id']}")
    page.get_by_role("link", name="I have seen it").click()
    go_on(page)
    expect(page.get_by_label("Title")).to_have_value("")
    page.unroute(ANNOUNCEMENTS)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("I saw a pet")
    until(lambda: how_many(homeward, "Waits and stays lost"))
    assert kinds_of(homeward, "Waits and stays lost") == ["lost"]


def test_a_neighbour_seen_in_another_tab_changes_nothing_of_the_report(
    homeward: RunningHomeward, stranger: BrowserContext
) -> None:
    title = "Old terrier on a terrace"
    made, near = missed(homeward, title)
    page = stranger.new_page()
    open_report(page, homeward.url, "found", at=near)
    fill_report(page, "Terrier at my door")
    with stranger.expect_page() as opened:
        page.get_by_role("link", name=title).click()
    beside = opened.value
    beside.get_by_role("link", name="I have seen it").click()
    expect(beside.get_by_text("You report having seen this pet")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("I found a pet")
    send(page)
    shown = homeward.ask("GET", f"/api/announcements/{sent_id(page)}").json()
    assert (shown["kind"], shown["about"], shown["title"]) == ("found", None, "Terrier at my door")
    go_on(beside)
    expect(beside.get_by_label("Title")).to_have_value("")
    go_on(beside)
    choose_middle(beside)
    send(beside)
    shown = homeward.ask("GET", f"/api/announcements/{sent_id(beside)}").json()
    assert (shown["kind"], shown["about"]) == ("sighting", made["id"])


def test_a_waiting_report_can_be_taken_back_and_changed(homeward: RunningHomeward, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    open_report(page, homeward.url)
    fill_report(page, "Too early")
    stranger.set_offline(True)
    send(page)
    page.get_by_role("button", name="Do not send yet: change it").click()
    page.get_by_role("link", name="What and when").click()
    page.get_by_label("Title").fill("Just right")
    stranger.set_offline(False)
    go_on(page)
    send(page)
    shown = homeward.ask("GET", f"/api/announcements/{sent_id(page)}").json()
    assert shown["title"] == "Just right"
    assert how_many(homeward, "Too early") == 0


def test_a_lost_answer_that_is_asked_for_again_gives_one_announcement(
    homeward: RunningHomeward, stranger: BrowserContext
) -> None:
    title = "Announced once"
    answers: list[Any] = []

    def lose(route: Route) -> None:
        answers.append(route.fetch().json())
        route.abort("connectionreset")

    page = stranger.new_page()
    page.route(ANNOUNCEMENTS, lose, times=1)
    open_report(page, homeward.url)
    fill_report(page, title)
    send(page)
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()
    page.reload()
    assert sent_id(page) == answers[0]["id"]
    assert how_many(homeward, title) == 1


def test_a_photo_goes_on_where_its_connection_broke(
    homeward: RunningHomeward, stranger: BrowserContext, phone_picture: bytes
) -> None:
    page = stranger.new_page()
    slots: list[str] = []
    page.on("request", lambda request: slots.append(request.url) if request.url.endswith("/pictures") else None)
    page.route("**/uploads", lambda route: route.abort("connectionreset"))
    open_report(page, homeward.url)
    fill_report(page, "Photo on a bad line", phone_picture)
    send(page)
    shown = sent_id(page)
    again = page.get_by_role("button", name="Send the photo again")
    with page.expect_request("**/uploads"):
        again.click()
    expect(again).to_be_visible()
    page.unroute("**/uploads")
    page.reload()
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    assert len(slots) == 1
    assert len(homeward.ask("GET", f"/api/announcements/{shown}").json()["pictures"]) == 1


def test_every_step_survives_back_and_reload(site: str, stranger: BrowserContext, phone_picture: bytes) -> None:
    page = stranger.new_page()
    open_report(page, site)
    fill_report(page, "Keeps what I write", phone_picture)
    page.get_by_label("E-mail").fill("me@example.org")
    page.reload()
    expect(page.get_by_label("E-mail")).to_have_value("me@example.org")
    expect(page.get_by_text("Place chosen: ")).to_be_visible()
    page.go_back()
    expect(heading_of(page, 2)).to_be_visible()
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Keeps what I write")
    expect(page.get_by_role("radio", name="Dog")).to_be_checked()
    page.go_back()
    page.reload()
    expect(page.get_by_role("img", name="Photo 1")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(heading_of(page, 3)).to_be_visible()
    send(page)
    sent_id(page)
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_two_tabs_send_one_report(homeward: RunningHomeward, stranger: BrowserContext) -> None:
    title = "Open twice"
    first, second = stranger.new_page(), stranger.new_page()
    open_report(first, homeward.url)
    fill_report(first, title)
    second.goto(first.url)
    expect(second.get_by_text("Place chosen: ")).to_be_visible()
    for page in (first, second):
        page.get_by_role("button", name="Put it on the map").evaluate("button => { setTimeout(() => button.click()); }")
    assert sent_id(first) == sent_id(second)
    assert how_many(homeward, title) == 1


def test_a_browser_that_keeps_nothing_sends_a_report_and_shows_its_private_link(
    homeward: RunningHomeward, stranger: BrowserContext, phone_picture: bytes
) -> None:
    stranger.add_init_script(KEEPS_NOTHING)
    page = stranger.new_page()
    open_report(page, homeward.url)
    fill_report(page, "Sent from a browser without a memory", phone_picture)
    send(page)
    shown = sent_id(page)
    expect(page.get_by_role("alert")).to_contain_text("copy the private link now")
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    link = page.get_by_role("textbox", name="Private link to manage it").input_value()
    page.goto(link)
    expect(page.get_by_role("heading", level=1, name="Manage your announcement")).to_be_visible()
    assert f"/manage/{shown}#" in page.url


def test_a_heic_is_sent_as_it_is_where_the_browser_cannot_show_it(
    homeward: RunningHomeward, stranger: BrowserContext
) -> None:
    file = io.BytesIO()
    from_pillow(Image.effect_mandelbrot((640, 480), (-2, -1, 1, 1), 60).convert("RGB")).save(file, quality=60)
    page = stranger.new_page()
    open_report(page, homeward.url)
    add_photo(page, photo(file.getvalue(), "IMG_1.HEIC", "image/heic"))
    expect(page.get_by_text("This browser cannot show it; it is sent as it is.")).to_be_visible()
    fill_report(page, "From an iPhone")
    send(page)
    shown = sent_id(page)
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()
    [picture] = homeward.ask("GET", f"/api/announcements/{shown}").json()["pictures"]
    assert (picture["width"], picture["height"]) == (640, 480)


def test_a_file_of_300_megabytes_is_refused_before_it_is_read(
    site: str, stranger: BrowserContext, tmp_path: Path
) -> None:
    huge = tmp_path / "holiday.jpg"
    with huge.open("wb") as file:
        file.truncate(300_000_000)
    page = stranger.new_page()
    open_report(page, site)
    page.get_by_label("Take or choose a photo").set_input_files(huge)
    expect(page.get_by_text("holiday.jpg is larger than 40 MB. Choose a smaller one.")).to_be_visible()
    expect(page.get_by_role("list", name="Photos to be sent")).to_have_count(0)


def test_too_many_reports_are_answered_kindly_and_nothing_is_lost(site: str, stranger: BrowserContext) -> None:
    def refuse(route: Route) -> None:
        problem = json.dumps({"title": "Too Many Requests", "status": 429})
        route.fulfill(status=429, headers={"Retry-After": "900"}, content_type="application/problem+json", body=problem)

    page = stranger.new_page()
    page.route(ANNOUNCEMENTS, refuse, times=1)  # the real limit would shut out the other tests, too
    open_report(page, site)
    fill_report(page, "One of many")
    send(page)
    expect(page.get_by_text("please send it again in 15 minutes")).to_be_visible()
    send(page)
    sent_id(page)


def test_whatever_is_written_is_shown_as_text(homeward: RunningHomeward, stranger: BrowserContext) -> None:
    title = "<script>alert(1)</script>\u202e<b>gnirts\u202c"
    emoji = "🐕" * 3_900 + "<img src=x onerror=alert(2)>"
    page = stranger.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    open_report(page, homeward.url)
    go_on(page)
    page.get_by_role("radio", name="Other animal").check()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Description").fill(emoji)
    go_on(page)
    page.get_by_label("Your name").fill("\u202e" * 90)
    page.get_by_label("Secret mark").fill("🐾" * 500)
    choose_middle(page)
    send(page)
    shown = homeward.ask("GET", f"/api/announcements/{sent_id(page)}").json()
    assert (shown["title"], shown["text"]) == (title, emoji)
    page.get_by_role("link", name="Open its page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert errors == []


def test_a_phones_photo_is_light_and_without_notes(site: str, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    open_report(page, site, "found")
    add_photo(page, photo(twelve_megapixels()))
    expect(page.get_by_role("img", name="Photo 1")).to_be_visible()
    size, media_type, has_notes = page.evaluate(KEPT_PHOTO)
    assert size <= MOST_BYTES
    assert (media_type, has_notes) == ("image/jpeg", False)


def test_a_phones_photo_is_light_and_upright_where_bitmaps_cannot_be_turned(
    site: str, stranger: BrowserContext
) -> None:
    stranger.add_init_script(NO_TURNED_BITMAPS)
    page = stranger.new_page()
    open_report(page, site, "found")
    add_photo(page, photo(twelve_megapixels()))
    shown = page.get_by_role("img", name="Photo 1")
    expect(shown).to_have_js_property("naturalWidth", 1200)
    expect(shown).to_have_js_property("naturalHeight", 1600)
    assert page.evaluate("window.refused")
    size, media_type, has_notes = page.evaluate(KEPT_PHOTO)
    assert size <= MOST_BYTES
    assert (media_type, has_notes) == ("image/jpeg", False)


def test_what_the_camera_noted_is_offered_and_never_sent(homeward: RunningHomeward, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    page.clock.set_fixed_time("2026-11-21T12:00:00Z")
    open_report(page, homeward.url, "found", at="48.0,16.0,13")
    add_photo(page, photo(twelve_megapixels()))
    go_on(page)
    page.get_by_role("radio", name="Dog").check()
    page.get_by_role("button", name="Use this time").click()
    expect(page.get_by_role("textbox", name="When")).to_have_value("2026-11-19T18:30")
    go_on(page)
    page.get_by_role("button", name=re.compile("Use the photo.s place")).click()
    expect(page.get_by_text("Place chosen: 50.06120, 19.93870")).to_be_visible()
    with page.expect_request(made_by) as sent:
        send(page)
    body = sent.value.post_data_json
    assert body
    assert body["event_at"] == "2026-11-19T17:30:00Z"
    assert body["place"]["latitude"] == pytest.approx(HERE["latitude"], abs=1e-4)
    sent_id(page)
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()


def twelve_megapixels() -> bytes:
    """A JPEG as a phone writes it: 4000 by 3000, turned, with time and place."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    exif.get_ifd(0x8769)[0x9003] = "2026:11:19 18:30:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (50.0, 3.0, 40.32)
    place[3], place[4] = "E", (19.0, 56.0, 19.32)
    file = io.BytesIO()
    noise = Image.effect_noise((4000, 3000), 40).convert("RGB")
    colours = Image.linear_gradient("L").resize((4000, 3000)).convert("RGB")
    Image.blend(colours, noise, 0.3).save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()


def missed(homeward: RunningHomeward, title: str) -> tuple[dict[str, Any], str]:
    """A lost dog that its neighbours are told of, where nobody else announces anything, and a view of that place."""
    place = homeward.quiet_place()
    latitude, longitude = place.values()
    made = homeward.announce(kind="lost", title=title, place=place)
    until(lambda: title in homeward.ask("GET", f"/api/announcements?near={latitude},{longitude}&species=dog").text)
    return made, f"{latitude},{longitude},16"


def how_many(homeward: RunningHomeward, title: str) -> int:
    return len(kinds_of(homeward, title))


def kinds_of(homeward: RunningHomeward, title: str) -> list[str]:
    near = f"near={HERE['latitude']},{HERE['longitude']}&radius=50000&limit=1000"
    found = homeward.ask("GET", f"/api/announcements?{near}").json()["features"]
    return [each["properties"]["kind"] for each in found if each["properties"]["title"] == title]


def made(response: Any) -> bool:
    return made_by(response.request) and response.ok


def made_by(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/api/announcements")


def tab_to(page: Page, role: Any, name: str) -> None:
    """Reach a control by the tabulator alone."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    expect(wanted).to_be_attached()
    for _ in range(MANY_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{role} {name!r} is not reached within {MANY_TABS} tabs")


def press_on(page: Page, role: Any, name: str) -> None:
    tab_to(page, role, name)
    page.keyboard.press("Enter")
