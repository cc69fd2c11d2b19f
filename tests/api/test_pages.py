"""Announcements as HTML, for chat apps, crawlers and whoever comes without a script."""

import json
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

import app as application
from chalicelib.bootstrap import Homeward
from tests.api.steps import (
    EXACT_PLACE,
    UNKNOWN_ID,
    Owned,
    add_picture,
    announce,
    fail,
    picture_file,
    reunite,
    withdraw,
)
from tests.conftest import Homestead
from tests.http import Answer

ORIGIN = "https://homeward.test"
HOSTILE = [
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> ' `${1}`",
    "<!-- ]]> &lt;script&gt; \\u003c",
    "\u202eeno nwod edispu\u202c \u2028 no break \u2066",
    "🐢" * 60,
]


class Page(HTMLParser):
    """A page as a browser without a script understands it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {}
        self.open: list[str] = []
        self.feed(answer.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("meta", "link", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def meta(self, name: str) -> str | None:
        found = [each for each in self.all("meta") if name in (each.get("name"), each.get("property"))]
        assert len(found) <= 1
        return found[0]["content"] if found else None

    @property
    def announcement(self) -> Any:
        return json.loads(self.texts["script"])


def look(homestead: Homestead, path: str, status: int = 200) -> Page:
    answer = homestead.client.get(path)
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(answer)
    assert page.open == []
    return page


def page_of(owned: Owned) -> str:
    return f"/a/{owned.id}"


def test_a_page_tells_chat_apps_what_it_is_about(homestead: Homestead) -> None:
    owned = announce(homestead, title="Brown dog", text="By the park,\n\nnear   the mill")
    slot = add_picture(homestead, owned, picture_file(size=(2000, 1000)))
    picture = homestead.client.get(slot.path).json
    page = look(homestead, page_of(owned))
    assert page.texts["title"] == "Found: Brown dog · Homeward"
    description = "Found (dog), 20 November 2026. By the park, near the mill"
    assert {name: page.meta(name) for name in ("description", "og:description", "og:title", "og:url", "robots")} == {
        "description": description,
        "og:description": description,
        "og:title": "Found: Brown dog",
        "og:url": f"{ORIGIN}/a/{owned.id}",
        "robots": None,
    }
    assert page.meta("og:image") == ORIGIN + picture["preview"]
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1600", "800")
    assert page.meta("og:image:type") == "image/jpeg"
    assert page.meta("twitter:card") == "summary_large_image"
    assert {"rel": "canonical", "href": f"{ORIGIN}/a/{owned.id}"} in page.all("link")


def test_a_page_reads_without_a_script(homestead: Homestead) -> None:
    owned = announce(homestead, title="Brown dog", text="By the park")
    slot = add_picture(homestead, owned, picture_file(size=(1000, 2000)))
    picture = homestead.client.get(slot.path).json
    page = look(homestead, page_of(owned))
    assert page.all("html") == [{"lang": "en"}]
    assert page.texts["h1"] == "Found: Brown dog"
    assert "By the park" in page.texts["p"]
    assert page.texts["time"] == "20 November 2026, 11:30 UTC"
    [image] = page.all("img")
    assert image["src"] == picture["renditions"]["640"]
    assert image["srcset"] == f"{picture['renditions']['640']} 320w, {picture['renditions']['1600']} 800w"
    assert (image["width"], image["height"]) == ("800", "1600")
    assert picture["colour"] in image["style"]
    assert {"href": "/"} in page.all("a")
    assert str(EXACT_PLACE["latitude"]) not in str(page.elements) + str(page.texts)


def test_the_pages_script_finds_the_announcement_and_its_place(homestead: Homestead) -> None:
    owned = announce(homestead)
    add_picture(homestead, owned)
    page = look(homestead, page_of(owned))
    assert page.announcement == homestead.client.get(owned.path).json
    assert page.all("script") == [
        {"type": "module", "src": "/page.js"},
        {"type": "application/json", "id": "announcement"},
    ]
    assert {"rel": "stylesheet", "href": "/page.css"} in page.all("link")
    assert page.all("div") == [{"id": "root"}]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_text(homestead: Homestead, text: str) -> None:
    title = text.replace("\u2028", " ")
    owned = announce(homestead, title=title, text=title * 3)
    for path in (page_of(owned), f"{page_of(owned)}/poster"):
        page = look(homestead, path)
        assert page.announcement["title"] == title
        assert page.announcement["text"] == (title * 3).strip()
        assert page.texts["h1"] == f"Found: {title}"
        assert page.meta("og:title") == f"Found: {title}"
        assert len(page.all("script")) == 2
        assert not page.all("svg")
        assert not [each for _tag, each in page.elements if any(name.startswith("on") for name in each)]


def test_a_long_text_is_cut_for_chat_apps_only(homestead: Homestead) -> None:
    owned = announce(homestead, text="word " * 700)
    page = look(homestead, page_of(owned))
    description = page.meta("description")
    assert description
    assert len(description) <= 200
    assert description.endswith("…")
    assert page.texts["p"].count("word") == 700


def test_a_page_may_be_kept_for_a_minute_and_asked_for_by_its_tag(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = homestead.client.get(page_of(owned))
    assert answer.headers["cache-control"] == "public, max-age=60"
    again = homestead.client.get(page_of(owned), headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    homestead.client.patch(owned.path, {"title": "Another"}, token=owned.token)
    changed = homestead.client.get(page_of(owned), headers={"If-None-Match": answer.headers["etag"]})
    assert changed.status == 200


def test_a_page_runs_nothing_but_its_own_script(homestead: Homestead) -> None:
    for path in (page_of(announce(homestead)), f"/a/{UNKNOWN_ID}"):
        headers = homestead.client.get(path).headers
        policy = dict(each.strip().split(" ", 1) for each in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'self'"
        assert "script-src" not in policy
        assert (policy["object-src"], policy["base-uri"]) == ("'none'", "'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_a_head_is_answered_without_a_body(homestead: Homestead) -> None:
    owned = announce(homestead)
    whole = homestead.client.get(page_of(owned))
    head = homestead.client.send("HEAD", page_of(owned))
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
    assert homestead.client.send("HEAD", f"/a/{UNKNOWN_ID}").status == 404


def test_a_poster_is_for_paper_and_not_for_search_engines(homestead: Homestead) -> None:
    owned = announce(homestead)
    for colour in ("red", "blue"):
        add_picture(homestead, owned, picture_file(colour))
    poster = look(homestead, f"{page_of(owned)}/poster")
    assert poster.meta("robots") == "noindex"
    assert len(poster.all("img")) == 1
    assert not [each for each in poster.all("link") if each["rel"] == "canonical"]
    assert {"href": page_of(owned)} in poster.all("a")


def test_good_news_is_told(homestead: Homestead) -> None:
    owned = announce(homestead)
    reunite(homestead, owned)
    assert "home again" in look(homestead, page_of(owned)).texts["p"]


@pytest.mark.parametrize("path", [f"/a/{UNKNOWN_ID}", "/a/x", "/a/..", "/a/%3Cscript%3E", f"/a/{'x' * 500}"])
@pytest.mark.parametrize("more", ["", "/poster"])
def test_what_never_was_there_is_kindly_said(homestead: Homestead, path: str, more: str) -> None:
    page = look(homestead, path + more, 404)
    assert page.texts["h1"] == "There is no such announcement"
    assert page.meta("robots") == "noindex"
    assert {"href": "/"} in page.all("a")


def test_what_has_left_is_kindly_said(homestead: Homestead) -> None:
    expired, withdrawn = announce(homestead, title="Brown dog"), announce(homestead, title="Brown dog")
    withdraw(homestead, withdrawn)
    homestead.clock.move(timedelta(days=91))
    page = look(homestead, page_of(expired), 410)
    assert page.texts["h1"] == "This announcement has expired: Brown dog"
    assert "By the park" not in str(page.texts)
    page = look(homestead, page_of(withdrawn), 410)
    assert page.texts["h1"] == "This announcement was withdrawn"
    assert "Brown dog" not in str(page.texts)


def test_a_busy_table_is_kindly_said(homestead: Homestead) -> None:
    owned = announce(homestead)
    fail(homestead, "dynamodb", "GetItem", "ThrottlingException")
    look(homestead, page_of(owned), 503)
    answer = homestead.client.get(page_of(owned))
    assert (answer.headers["cache-control"], answer.headers["retry-after"]) == ("no-store", "2")


def test_who_has_a_token_sees_what_everybody_sees(homestead: Homestead) -> None:
    owned = announce(homestead)
    public, own = homestead.client.get(page_of(owned)), homestead.client.get(page_of(owned), token=owned.token)
    assert own.body == public.body
    assert own.headers["cache-control"] == "no-store"


def test_a_stage_has_a_language(homestead: Homestead, monkeypatch: pytest.MonkeyPatch) -> None:
    owned = announce(homestead, kind="lost", species="cat")
    config = replace(application.config, language="pl")
    monkeypatch.setattr(application, "homeward", Homeward(config, homestead.homeward.aws, clock=homestead.clock))
    page = look(homestead, page_of(owned))
    assert page.all("html") == [{"lang": "pl"}]
    assert page.texts["title"] == "Zaginione: Brown dog · Homeward"
    assert page.meta("description") == "Zaginione (kot), 20 listopada 2026. By the park"


def test_links_begin_with_the_address_of_the_stage_if_it_has_one(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = homestead.client.get(page_of(owned), headers={"Host": 'evil"><script>'})
    assert Page(answer).meta("og:url") == f"/a/{owned.id}"
