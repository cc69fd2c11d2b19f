"""The poster, as Chromium prints it: one page of A4, with its photo, and a code that leads to the announcement."""

from dataclasses import dataclass

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import BLUE, GREEN, PATIENCE, RED, YELLOW
from tests.local.running import RunningHomeward

DPI = 150  # what a phone's camera sees of a poster at arm's length, and less than any printer gives
A4 = (595, 842)  # points
TOLERANCE = 40  # of 255
STRIPS = 8


@dataclass
class Print:
    """A printed poster."""

    pages: int
    size: tuple[int, int]
    text: str
    picture: Image.Image

    @classmethod
    def of(cls, pdf: bytes) -> "Print":
        document = pdfium.PdfDocument(pdf)
        page = document[0]
        width, height = page.get_size()
        text = " ".join(page.get_textpage().get_text_bounded().split())
        picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
        return cls(len(document), (round(width), round(height)), text, picture)

    def codes(self) -> list[str]:
        """What the codes say; of all kinds only the usual one, for a part of one may look like another."""
        kind = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
        return [code.text for code in zxingcpp.read_barcodes(self.picture, formats=kind)]

    def part_of(self, colour: tuple[int, int, int]) -> float:
        """How much of the paper has a colour, from 0 to 1."""
        small = self.picture.resize((210, 297))
        flat = small.tobytes()
        pixels = [flat[at : at + 3] for at in range(0, len(flat), 3)]
        near = [all(abs(a - b) < TOLERANCE for a, b in zip(pixel, colour, strict=True)) for pixel in pixels]
        return sum(near) / len(near)


def printed(browser: Browser, address: str, language: str = "en", scheme: str = "light") -> Print:
    """Print a poster in a profile of its own."""
    context = browser.new_context(locale=language, color_scheme=scheme, viewport={"width": 390, "height": 780})  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(address)
        expect(page.locator(".sheet")).to_be_visible(timeout=PATIENCE)
        for photo in page.locator(".sheet__photo img").all():
            photo.evaluate("image => image.decode()")
        return Print.of(page.pdf(prefer_css_page_size=True))
    finally:
        context.close()


@pytest.fixture(scope="module")
def with_photo(homeward: RunningHomeward, phone_picture: bytes) -> str:
    """The id of a lost dog with a photo."""
    found = homeward.announce(
        kind="lost",
        title="Brown dog with a red collar",
        text="Answers to Rex.",
        contact={"email": "private@example.org", "phone": "600 100 200"},
    )
    picture, _answer = homeward.upload(found, phone_picture)
    homeward.settled(picture)
    return str(found["id"])


@pytest.mark.parametrize(
    ("language", "scheme", "word"),
    [
        ("en", "light", "LOST DOG"),
        ("en", "dark", "LOST DOG"),
        ("pl", "light", "ZAGINĄŁ PIES"),
        ("pl", "dark", "ZAGINĄŁ PIES"),
    ],
)
def test_a_poster_is_one_page_with_its_photo_and_a_code_that_leads_to_its_announcement(
    browser: Browser, site: str, with_photo: str, language: str, scheme: str, word: str
) -> None:
    address = f"{site}/a/{with_photo}"
    found = printed(browser, f"{address}/poster", language, scheme)
    assert (found.pages, found.size) == (1, A4)
    assert found.codes() == [address] * (1 + STRIPS)
    assert word in found.text
    assert "Brown dog with a red collar" in found.text
    assert address.removeprefix("http://") in found.text
    for colour in (RED, GREEN, BLUE, YELLOW):
        assert found.part_of(colour) > 0.03
    assert found.part_of((255, 255, 255)) > 0.3  # paper stays white in the dark, too
    for secret in ("private@example.org", "600 100 200", "Print", "Drukuj", "Homeward"):
        assert secret not in found.text


@pytest.mark.parametrize(
    "contents",
    [
        {"title": "Grey cat"},
        {"title": "W" * 120, "text": "🐕" * 4000},
        {"title": "word " * 23 + "word", "text": "<script>alert(1)</script>\n" * 150},
        {"title": "\u202eabc", "text": "line\n" * 700, "species": "small_mammal", "kind": "found"},
    ],
    ids=["no photo", "wide", "script", "lines"],
)
def test_a_poster_stays_one_page_whatever_was_written(
    browser: Browser, homeward: RunningHomeward, contents: dict[str, str]
) -> None:
    announced = homeward.announce(**contents)
    address = f"{homeward.url}/a/{announced['id']}"
    found = printed(browser, f"{address}/poster", "pl")
    assert (found.pages, found.size) == (1, A4)
    assert found.codes() == [address] * (1 + STRIPS)


@pytest.mark.parametrize("species", ["dog", "cat", "bird", "rabbit", "small_mammal", "reptile", "other"])
def test_the_word_on_a_poster_fits_in_its_line(
    stranger: BrowserContext, homeward: RunningHomeward, species: str
) -> None:
    page = stranger.new_page()
    for kind in ("lost", "found", "sighting"):
        announced = homeward.announce(kind=kind, species=species)
        for language in ("en", "pl"):
            page.add_init_script(f"localStorage.setItem('language', '{language}')")
            page.goto(f"{homeward.url}/a/{announced['id']}/poster")
            word = page.locator(".sheet__word")
            expect(word).to_be_visible()
            assert word.evaluate("e => e.scrollWidth <= e.clientWidth"), (kind, species, language)


def test_only_the_owner_puts_words_on_a_poster_and_they_leave_the_device_on_paper_only(
    stranger: BrowserContext, homeward: RunningHomeward
) -> None:
    announced = homeward.announce(contact={"email": "private@example.org"})
    page = stranger.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    page.goto(f"{homeward.url}/manage/{announced['id']}#{announced['manage_token']}")
    page.get_by_role("link", name="Poster").click()
    page.get_by_label("Phone or another way to reach you").fill("600 100 200, Anna")
    page.get_by_label("Where, in words").fill("Between the station and the market")
    page.reload()
    expect(page.locator(".sheet__contact")).to_have_text("600 100 200, Anna")
    found = Print.of(page.pdf(prefer_css_page_size=True))
    assert found.pages == 1
    assert "600 100 200, Anna" in found.text
    assert "Between the station and the market" in found.text
    assert "private@example.org" not in found.text
    assert not [each for each in sent if "600" in each.split(" ", 1)[1] or "station" in each]


def test_the_button_prints_and_back_leads_to_the_announcement(
    stranger: BrowserContext, homeward: RunningHomeward
) -> None:
    announced = homeward.announce(title="Grey cat")
    page = stranger.new_page()
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1 }")
    page.goto(f"{homeward.url}/a/{announced['id']}")
    page.get_by_role("link", name="Poster").click()
    page.get_by_role("button", name="Print the poster").click()
    page.wait_for_function("window.printed === 1")
    page.go_back()
    expect(page.get_by_role("heading", name="Grey cat", level=1)).to_be_visible()
    assert overflow(page) <= 0


def overflow(page: Page) -> int:
    """How many pixels of the page lie beside the screen."""
    beside: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return beside
