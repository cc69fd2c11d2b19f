"""The API's page of an announcement reads without a script, and with one the page takes over without a blink."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import opened
from tests.browser.routes import ROUTES, Shown, visit

# How often there was a heading and then none, and whether a view that waits was ever shown.
WATCH = """window.seen = {blinks: 0, waits: 0};
let there = false;
new MutationObserver(() => {
  const heading = Boolean(document.querySelector("#root h1"));
  if (there && !heading) seen.blinks += 1;
  there = heading;
  if (document.querySelector(".page-waiting")) seen.waits += 1;
}).observe(document, {childList: true, subtree: true});"""


def test_an_announcement_reads_without_a_script(site: str, shown: Shown, browser: Browser) -> None:
    context = opened(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(site + ROUTES["announcement"](shown))
    expect(page.get_by_role("heading", level=1, name=shown.lost["title"])).to_be_visible()
    expect(page.get_by_text(shown.lost["text"][:30])).to_be_visible()
    context.close()


def test_the_page_takes_over_without_a_blink(site: str, shown: Shown, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    page.add_init_script(WATCH)
    visit(page, site, "announcement", shown)
    expect(page.locator("main#content")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=shown.lost["title"])).to_be_visible()
    assert page.evaluate("seen") == {"blinks": 0, "waits": 0}
    assert page.locator("head > title").count() == 1
