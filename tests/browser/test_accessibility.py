"""Every route for everybody: by axe, by keyboard, with large text, in both themes and languages."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from local.options import PROJECT
from tests.browser.conftest import opened
from tests.browser.routes import ROUTES, Shown, visit

AXE = PROJECT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => (await axe.run(document, {runOnly: {type: "tag", values: tags}})).violations.map(
  ({id, nodes}) => `${id}: ${nodes.map(node => `${node.target} (${node.failureSummary})`).join("; ")}`)"""
LANGUAGES = {"en": "en-GB", "pl": "pl-PL"}
PHONE, DESKTOP = {"width": 390, "height": 780}, {"width": 1280, "height": 800}

# Controls that are smaller than a finger; links inside a sentence are as high as their line.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, select, textarea, input, summary, [role=button]")]
  .filter(element => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(element => !(element.matches("a") && getComputedStyle(element).display === "inline"))
  .filter(element => !element.closest(".leaflet-control-attribution, .skip-link, .visually-hidden, [tabindex='-1']"))
  .map(element => [element, element.matches("[type=radio], [type=checkbox]") ? element.closest("label") : element])
  .filter(([, target]) => target && target.getBoundingClientRect().width > 1)
  .filter(([, target]) => Math.min(target.getBoundingClientRect().width, target.getBoundingClientRect().height) < 43.5)
  .map(([element, target]) => `${element.outerHTML.slice(0, 120)} ${target.getBoundingClientRect().height}`)"""
# What large text pushes out of the page, or out of its own box.
CUT_OFF = """() => [
  ...(document.scrollingElement.scrollWidth > innerWidth ? ["the page is wider than the window"] : []),
  ...[...document.querySelectorAll("a, button, label, legend, h1, h2, p, li, dd, dt, summary")]
    .filter(element => element.checkVisibility() && getComputedStyle(element).position !== "absolute")
    .filter(element => !element.closest(".leaflet-container, .visually-hidden, .photo-field"))
    .filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
      && getComputedStyle(element).display !== "inline")
    .map(element => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 60)}`)]"""
# Whether what has the focus can be seen where it is.
HIDDEN_FOCUS = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.x + Math.min(box.width / 2, 60), box.y + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  return element === document.body || (top && (element.contains(top) || top.contains(element)))
    ? null : `${element.outerHTML.slice(0, 160)} at ${Math.round(x)},${Math.round(y)}`;
}"""


@pytest.mark.parametrize(
    ("screen", "theme", "language"),
    [
        (PHONE, "light", "en"),
        (DESKTOP, "dark", "pl"),
        pytest.param(PHONE, "dark", "en", marks=pytest.mark.slow),
        pytest.param(DESKTOP, "light", "pl", marks=pytest.mark.slow),
    ],
    ids=["phone-light-en", "desktop-dark-pl", "phone-dark-en", "desktop-light-pl"],
)
def test_axe_finds_nothing_on_any_route(
    site: str, shown: Shown, browser: Browser, theme: str, language: str, screen: dict[str, int]
) -> None:
    context = opened(browser, viewport=screen, color_scheme=theme, locale=LANGUAGES[language], reduced_motion="reduce")
    page = context.new_page()
    found = {route: violations(page, site, route, shown) for route in ROUTES}
    context.close()
    tell(found)


def violations(page: Page, site: str, route: str, shown: Shown) -> list[str]:
    visit(page, site, route, shown)
    page.evaluate("scrollTo(0, 0)")  # elsewhere the header that stays on top covers a part of something
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN, RULES)
    return found


def tell(found: dict[str, list[str]]) -> None:
    """Fail with every fault on a line of its own."""
    assert not any(found.values()), "\n".join(f"{route}: {each}" for route in found for each in found[route])


def test_every_control_is_as_large_as_a_finger(site: str, shown: Shown, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    found = {route: looked(page, site, route, shown, TOO_SMALL) for route in ROUTES}
    tell(found)


@pytest.mark.parametrize("screen", [PHONE, pytest.param(DESKTOP, marks=pytest.mark.slow)], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["pl", pytest.param("en", marks=pytest.mark.slow)])
def test_text_of_twice_its_size_is_cut_off_nowhere(
    site: str, shown: Shown, browser: Browser, screen: dict[str, int], language: str
) -> None:
    context = opened(browser, viewport=screen, locale=LANGUAGES[language])
    context.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
    )
    page = context.new_page()
    found = {route: looked(page, site, route, shown, CUT_OFF) for route in ROUTES if route != "poster"}  # it is paper
    context.close()
    tell(found)


def looked(page: Page, site: str, route: str, shown: Shown, script: str) -> list[str]:
    visit(page, site, route, shown)
    found: list[str] = page.evaluate(script)
    return found


def test_the_keyboard_goes_from_the_skip_link_through_the_header_into_the_page(
    site: str, shown: Shown, browser: Browser
) -> None:
    page = opened(browser, viewport=DESKTOP).new_page()
    visit(page, site, "map", shown)
    first = [("link", "Skip to the content"), ("link", "Homeward, to the map"), ("link", "I lost a pet")]
    then = [("link", "I found a pet"), ("link", "I saw a pet"), ("button", "Polski")]
    for role, name in first + then:
        page.keyboard.press("Tab")
        expect(page.get_by_role(role, name=name).first).to_be_focused()  # type: ignore[arg-type]
    visit(page, site, "about", shown)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main").get_by_role("link", name="Go to the map")).to_be_focused()
    page.context.close()


@pytest.mark.parametrize("route", ["map", "announcement", "manage", "report-lost"])
def test_whatever_has_the_focus_is_seen(site: str, shown: Shown, stranger: BrowserContext, route: str) -> None:
    page = stranger.new_page()
    visit(page, site, route, shown)
    hidden = []
    for _step in range(30):
        page.keyboard.press("Tab")
        hidden.append(page.evaluate(HIDDEN_FOCUS))
    assert [each for each in hidden if each] == []


def test_a_new_page_is_told_by_its_heading_and_its_title(site: str, shown: Shown, stranger: BrowserContext) -> None:
    page = stranger.new_page()
    visit(page, site, "about", shown)
    expect(page).to_have_title("About Homeward · Homeward")
    page.get_by_role("link", name="Privacy").click()
    expect(page.get_by_role("heading", level=1, name="Privacy")).to_be_focused()
    expect(page).to_have_title("Privacy · Homeward")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="About Homeward")).to_be_focused()


def test_the_language_is_chosen_by_the_browser_changed_by_a_button_and_kept(
    site: str, shown: Shown, browser: Browser
) -> None:
    page = opened(browser, locale="pl-PL").new_page()
    visit(page, site, "about", shown)
    expect(page.get_by_role("heading", level=1, name="O Homeward")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "pl"
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1, name="About Homeward")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Polski")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    page.context.close()
