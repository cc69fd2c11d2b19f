"""HTML, written so that no text of anybody's can become anything but text."""

import re
from html import escape

VOID = frozenset({"img", "link", "meta"})
_NAME = re.compile("[a-z][a-z0-9]*")
_IN_SCRIPT = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})


class Markup(str):
    """HTML that is written already; every other text is escaped where it is put in."""

    __slots__ = ()


def element(name: str, /, *content: str, **attributes: str | int | None) -> Markup:
    """Write an element; attributes that are None are left out, `class_` is `class` and `http_equiv` is `http-equiv`."""
    assert _NAME.fullmatch(name)
    written = "".join(
        f' {each.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for each, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{joined(*content)}</{name}>")


def joined(*content: str) -> Markup:
    """Write one after the other."""
    return Markup("".join(each if isinstance(each, Markup) else escape(each) for each in content))


def data(identifier: str, json_text: str) -> Markup:
    """Write JSON for the page's script, in which nothing can end the element."""
    script = Markup(json_text.translate(_IN_SCRIPT))
    return element("script", script, type="application/json", id=identifier)


def document(language: str, head: Markup, body: Markup) -> str:
    """Write a whole document."""
    whole = element("html", element("head", head), element("body", body), lang=language)
    return f"<!doctype html>\n{whole}\n"
