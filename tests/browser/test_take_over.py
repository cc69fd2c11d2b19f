"""The API's page of an announcement reads without a script, and with one the page takes over without a blink; so
it does from the first words of index.html."""

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
SHIFTS = """window.shift = 0;
new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.shift += value;
}).observe({type: "layout-shift", buffered: true});"""


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


def test_the_map_can_be_left_for_a_report_before_the_script_is_there(site: str, browser: Browser) -> None:
    context = opened(browser, locale="pl-PL", viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto(site)
    expect(page.get_by_role("link", name="Zaginęło zwierzę")).to_be_visible()
    expect(page.get_by_text("Mapa zaginionych i znalezionych zwierząt")).to_be_visible()
    expect(page.get_by_text("I lost a pet")).to_be_hidden()
    page.unroute("**/assets/*.js")
    page.get_by_role("link", name="Zaginęło zwierzę").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()


def test_other_pages_do_not_begin_as_the_map(site: str, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto(f"{site}/about")
    expect(page.get_by_role("link", name="Homeward")).to_be_visible()
    expect(page.get_by_role("link", name="I lost a pet")).to_be_hidden()


def test_first_words_are_taken_over_without_a_shift(site: str, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    page.add_init_script(SHIFTS)
    page.goto(site)
    expect(page.locator(".pet-map")).to_be_visible()
    assert page.evaluate("shift") < 0.05
