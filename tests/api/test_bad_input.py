"""Everything that is no good is refused by name, and leaves nothing behind."""

import json
from typing import Any

import pytest

from tests.api.steps import (
    ANNOUNCEMENTS,
    BODY,
    EXACT_PLACE,
    UNKNOWN_ID,
    announce,
    assert_problem,
    body,
    nothing_written,
    source_key,
)
from tests.conftest import Homestead

HUGE = "9" * 5000


PLACES: dict[str, str] = {
    "NaN": "place.latitude",
    "Infinity": "place.latitude",
    "-Infinity": "place.latitude",
    "1e999": "place.latitude",
    '"50.0"': "place.latitude",
    '"NaN"': "place.latitude",
    "true": "place.latitude",
    "null": "place.latitude",
    "[50]": "place.latitude",
    "{}": "place.latitude",
    "90.0000001": "place.latitude",
    "-91": "place.latitude",
    "9" * 400: "place.latitude",
}


FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("kind", {"kind": "stolen"}),
    ("kind", {"kind": "LOST"}),
    ("kind", {"kind": 1}),
    ("species", {"species": "dragon"}),
    ("species", {"species": ["dog"]}),
    ("title", {"title": ""}),
    ("title", {"title": " \t "}),
    ("title", {"title": "x" * 121}),
    ("title", {"title": "nul \x00"}),
    ("title", {"title": "bell \x07"}),
    ("title", {"title": "c1 \x85 next line"}),
    ("title", {"title": "two\nlines"}),
    ("title", {"title": 7}),
    ("text", {"text": "x" * 4001}),
    ("text", {"text": "escape \x1b[31m"}),
    ("event_at", {"event_at": "yesterday"}),
    ("event_at", {"event_at": "2026-11-20T11:30:00"}),
    ("event_at", {"event_at": "2026-02-30"}),
    ("event_at", {"event_at": "20261120"}),
    ("event_at", {"event_at": "2026-11-20T25:00:00Z"}),
    ("event_at", {"event_at": 1_795_000_000}),
    ("event_at", {"event_at": "-2026-11-20"}),
    ("event_at", {"event_at": "9999-12-31T23:59:59-14:00"}),
    ("event_at", {"event_at": "0001-01-01T00:00:00+14:00"}),
    ("event_at", {"event_at": "٢٠٢٦-11-20"}),
    ("place", {"place": "Kraków"}),
    ("place", {"place": [50.0, 19.9]}),
    ("place.longitude", {"place": EXACT_PLACE | {"longitude": 180.5}}),
    ("place.longitude", {"place": {"latitude": 50.0}}),
    ("place.blur", {"place": EXACT_PLACE | {"blur": "none"}}),
    ("place.altitude", {"place": EXACT_PLACE | {"altitude": 1}}),
    ("contact", {"contact": "me@example.org"}),
    ("contact.email", {"contact": {"email": "nobody"}}),
    ("contact.email", {"contact": {"email": "a@b.c\nBcc: all@example.org"}}),
    ("contact.email", {"contact": {"email": "a" * 250 + "@b.cd"}}),
    ("contact.phone", {"contact": {"phone": "call me"}}),
    ("contact.phone", {"contact": {"phone": "1" * 41}}),
    ("contact.name", {"contact": {"name": "x" * 101}}),
    ("contact.address", {"contact": {"address": "here"}}),
    ("secret_mark", {"secret_mark": "x" * 501}),
    ("secret_mark", {"secret_mark": False}),
    ("link", {"link": "javascript:alert(1)"}),
    ("link", {"link": "ftp://example.org/"}),
    ("link", {"link": "data:text/html,x"}),
    ("link", {"link": "//example.org/"}),
    ("link", {"link": "https://"}),
    ("link", {"link": "https:///path"}),
    ("link", {"link": "https://[::1"}),
    ("link", {"link": "https://example.org/a b"}),
    ("link", {"link": "https://exam\nple.org/"}),
    ("link", {"link": "\x01https://example.org/"}),
    ("link", {"link": " https://example.org/"}),
    ("link", {"link": "https://example.org/" + "x" * 2000}),
    ("about", {"about": "some dog"}),
    ("about", {"about": UNKNOWN_ID + "\n"}),
]


UNKNOWN_FIELDS = [
    "id",
    "status",
    "owner",
    "manage_token",
    "expires_at",
    "published_at",
    "lives_days",
    "source",
    "Title",
]


def test_every_wrong_value_of_a_new_announcement_is_named(homestead: Homestead, subtests: pytest.Subtests) -> None:
    for field, change in FIELDS:
        with subtests.test(**change), nothing_written(homestead):
            refused = homestead.client.post(ANNOUNCEMENTS, BODY | change)
            assert refused.status == 422, refused.body
            assert field in [error["field"] for error in refused.json["errors"]]
            assert_problem(refused, 422, *[error["field"] for error in refused.json["errors"]])


def test_every_wrong_value_of_a_change_is_named(homestead: Homestead, subtests: pytest.Subtests) -> None:
    owned = announce(homestead)
    for field, change in [*FIELDS, ("title", {"title": None}), ("kind", {"kind": None}), ("place", {"place": None})]:
        with subtests.test(**change), nothing_written(homestead):
            refused = homestead.client.patch(owned.path, change, token=owned.token)
            assert refused.status == 422, refused.body
            assert field in [error["field"] for error in refused.json["errors"]]


def test_a_coordinate_is_a_finite_number_in_its_range(homestead: Homestead, subtests: pytest.Subtests) -> None:
    for written, field in PLACES.items():
        content = json.dumps(BODY | {"place": {"latitude": "HERE", "longitude": 19.9}}).replace('"HERE"', written)
        with subtests.test(latitude=written[:20]), nothing_written(homestead):
            assert_problem(homestead.client.post(ANNOUNCEMENTS, body=content.encode()), 422, field)


def test_a_coordinate_may_be_a_whole_number_or_lie_on_the_edge(homestead: Homestead) -> None:
    for latitude, longitude in ((0, 0), (90, 180), (-90, -180), (90.0, -180.0), (-0.0, 5e-324)):
        assert announce(homestead, place={"latitude": latitude, "longitude": longitude}).id


def test_what_must_be_said_is_asked_for_all_at_once(homestead: Homestead) -> None:
    with nothing_written(homestead):
        refused = homestead.client.post(ANNOUNCEMENTS, {})
    assert_problem(refused, 422, "kind", "species", "title", "event_at", "place")


@pytest.mark.parametrize("field", UNKNOWN_FIELDS)
def test_an_unknown_field_is_refused_in_new_ones_and_in_changes(homestead: Homestead, field: str) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        assert_problem(homestead.client.post(ANNOUNCEMENTS, BODY | {field: "x"}), 422, field)
        assert_problem(homestead.client.patch(owned.path, {field: "x"}, token=owned.token), 422, field)


def test_the_length_of_a_text_is_told_in_characters(homestead: Homestead) -> None:
    refused = homestead.client.post(ANNOUNCEMENTS, BODY | {"title": "x" * 121, "text": "x" * 4001})
    assert [error["message"] for error in refused.json["errors"]] == [
        "must have at most 120 characters",
        "must have at most 4000 characters",
    ]
    refused = homestead.client.post(ANNOUNCEMENTS, BODY | {"title": ""})
    assert refused.json["errors"][0]["message"] == "must not be empty"


def test_limits_include_their_last_letter(homestead: Homestead) -> None:
    owned = announce(homestead, title="ł" * 120, text="🐕" * 4000, secret_mark="x" * 500)
    shown = homestead.client.get(owned.path).json
    assert (shown["title"], shown["text"]) == ("ł" * 120, "🐕" * 4000)


UNREADABLE = {
    "nothing": b"",
    "space": b" \n",
    "half": b'{"kind": "lost"',
    "text": b"kind=lost",
    "two": b"{}{}",
    "not UTF-8": b'{"title": "\xff\xfe"}',
    "a UTF-8 surrogate": b'{"title": "\xed\xa0\x80"}',
    "an escaped lone surrogate": b'{"title": "\\ud800"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": "{}".encode("utf-16"),
    "a raw control character": b'{"title": "a\x00b"}',
    "a number that never ends": b'{"kind": ' + HUGE.encode() + b"}",
    "depth": b"[" * 100_000,
    "deep objects": b'{"place":' * 5_000 + b"1" + b"}" * 5_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_not_json_cannot_be_read(homestead: Homestead, name: str) -> None:
    owned, key = announce(homestead), source_key(homestead)
    with nothing_written(homestead):
        for method, path, token in (
            ("POST", ANNOUNCEMENTS, None),
            ("PATCH", owned.path, owned.token),
            ("POST", f"{owned.path}/pictures", owned.token),
            ("PUT", "/api/sources/shelter/announcements", key),
            ("PUT", "/api/sources/shelter/announcements/1", key),
        ):
            assert_problem(homestead.client.send(method, path, body=UNREADABLE[name], token=token), 400, "body")


@pytest.mark.parametrize("content", ["[]", "null", "1", '"text"', "true", "NaN"])
def test_a_body_is_an_object(homestead: Homestead, content: str) -> None:
    with nothing_written(homestead):
        assert_problem(homestead.client.post(ANNOUNCEMENTS, body=content.encode()), 422, "body")


@pytest.mark.parametrize(
    "media_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", "*/*"],
)
def test_a_body_of_another_type_is_refused(homestead: Homestead, media_type: str) -> None:
    with nothing_written(homestead):
        refused = homestead.client.post(ANNOUNCEMENTS, BODY, headers={"Content-Type": media_type})
    assert_problem(refused, 415)


def test_the_type_may_carry_its_encoding(homestead: Homestead) -> None:
    for media_type in ("application/json; charset=utf-8", "APPLICATION/JSON", "application/json;charset=UTF-8"):
        assert homestead.client.post(ANNOUNCEMENTS, BODY, headers={"Content-Type": media_type}).status == 201


def test_a_body_over_a_megabyte_is_too_large(homestead: Homestead) -> None:
    owned, key = announce(homestead), source_key(homestead)
    large = json.dumps(BODY | {"text": "x" * 1_000_000}).encode()
    with nothing_written(homestead):
        assert_problem(homestead.client.post(ANNOUNCEMENTS, body=large), 413)
        assert_problem(homestead.client.patch(owned.path, body=large, token=owned.token), 413)
        assert_problem(homestead.client.put("/api/sources/shelter/announcements", body=large, token=key), 413)


def test_a_body_of_a_megabyte_is_read(homestead: Homestead) -> None:
    content = json.dumps(BODY).encode()
    padded = content + b" " * (1_000_000 - len(content))
    assert homestead.client.post(ANNOUNCEMENTS, body=padded).status == 201
    assert_problem(homestead.client.post(ANNOUNCEMENTS, body=padded + b" "), 413)


def test_what_was_sent_is_not_repeated_in_the_answer(homestead: Homestead) -> None:
    refused = homestead.client.post(ANNOUNCEMENTS, body(contact={"email": "a private word"}))
    assert b"private" not in refused.body
