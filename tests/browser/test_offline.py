"""Without a network: the page opens, says so, and shows what the device has kept, but nothing that is private."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import opened
from tests.browser.reporting import WAITS, fill_report, open_report, send, sent_id
from tests.browser.routes import SECRET, Shown, visit
from tests.local.running import RunningHomeward

IS_KEPT = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller)
    await new Promise(taken => navigator.serviceWorker.addEventListener("controllerchange", taken, {once: true}));
}"""
# A browser without a network says so; one that is only told to have none forgets that with the next page.
SAYS_SO = "Object.defineProperty(navigator, 'onLine', {get: () => !sessionStorage.offline})"
ALL_KEPT = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(request.url + " " + await (await cache.match(request)).text());
  }
  return texts;
}"""


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = opened(browser, viewport={"width": 390, "height": 780}, service_workers="allow")
    yield context
    context.close()


def is_on_the_device(page: Page) -> None:
    page.evaluate(IS_KEPT)


def test_the_last_map_and_an_announcement_open_without_a_network(
    site: str, shown: Shown, visitor: BrowserContext
) -> None:
    visitor.add_init_script(SAYS_SO)
    page = visitor.new_page()
    visit(page, site, "about", shown)
    is_on_the_device(page)
    visit(page, site, "announcement", shown)
    visit(page, site, "map", shown)
    title = page.get_by_role("list", name="Announcements on the map").get_by_text(shown.lost["title"])
    expect(title).to_be_visible()
    lose_network(page)
    page.reload()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    expect(title).to_be_visible()
    page.goto(f"{site}/a/{shown.lost['id']}")
    expect(page.get_by_role("heading", level=1, name=shown.lost["title"])).to_be_visible()
    page.goto(f"{site}/report?kind=lost")
    expect(page.get_by_role("heading", level=1, name="I lost a pet")).to_be_visible()
    find_network(page)
    expect(page.get_by_text("You are online again.")).to_be_visible()


def test_a_draft_outlives_a_reload_without_a_network_and_is_sent_when_it_is_back(
    homeward: RunningHomeward, visitor: BrowserContext, phone_picture: bytes
) -> None:
    visitor.add_init_script(SAYS_SO)
    page = visitor.new_page()
    page.goto(homeward.url)
    is_on_the_device(page)
    open_report(page, homeward.url)
    fill_report(page, "Written in a cellar", phone_picture)
    lose_network(page)
    page.reload()
    expect(page.get_by_text("Place chosen: ")).to_be_visible()
    send(page)
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()
    find_network(page)
    shown = homeward.ask("GET", f"/api/announcements/{sent_id(page)}").json()
    assert shown["title"] == "Written in a cellar"
    expect(page.get_by_text("The photo is on the map.")).to_be_visible()


def lose_network(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("sessionStorage.offline = 'yes'")


def find_network(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("sessionStorage.removeItem('offline'); dispatchEvent(new Event('online'))")


def test_what_only_the_owner_sees_is_not_kept(site: str, shown: Shown, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    visit(page, site, "about", shown)
    is_on_the_device(page)
    visit(page, site, "manage", shown)
    expect(page.get_by_label("Secret mark")).to_have_value(SECRET)
    kept = page.evaluate(ALL_KEPT)
    assert kept
    assert [text[:80] for text in kept if SECRET in text or shown.lost["manage_token"] in text] == []


def test_the_page_can_be_installed(site: str, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(site)
    session = visitor.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["url"] == f"{site}/homeward.webmanifest"
    assert manifest.get("errors") == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
