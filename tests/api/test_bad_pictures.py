"""Pictures sent in the body of a request that are no good: a clear refusal, and nothing is stored."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.api.steps import JPEG, UNKNOWN_ID, announce, assert_problem, nothing_written, picture_file, sent_picture
from tests.conftest import Homestead

LIMIT = 4_000_000
JPEG_START = picture_file()


def _as(file_format: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, file_format)
    return file.getvalue()


NO_PICTURES = {
    "text": b"text named .jpg",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
    "BMP": _as("BMP"),
    "TIFF": _as("TIFF"),
    "zip": b"PK\x03\x04" + bytes(30),
    "JSON": b'{"a": 1}',
    "NULs": bytes(1000),
    "nearly a JPEG": b"\xff\xd8",
    "text before a JPEG": b"GIF87 " + JPEG_START,
}


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_refused_by_its_bytes(homestead: Homestead, data: bytes) -> None:
    owned = announce(homestead)
    slot, _version = sent_picture(homestead, owned)
    with nothing_written(homestead):
        sent: dict[str, Any] = {"body": data, "token": owned.token, "headers": JPEG}
        refused = homestead.client.post("/api/pictures", announcement=owned.id, name="dog.jpg", **sent)
        assert_problem(refused, 415)
        assert_problem(homestead.client.put(slot.path, **sent), 415)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "image/svg+xml", "text/html", "application/pdf", "application/json", "image", "", "ł"],
)
def test_a_type_that_is_none_of_a_picture_is_refused(homestead: Homestead, content_type: str) -> None:
    owned = announce(homestead)
    headers = {"Content-Type": content_type}
    with nothing_written(homestead):
        refused = homestead.client.post(
            "/api/pictures", body=picture_file(), token=owned.token, headers=headers, announcement=owned.id
        )
        assert_problem(refused, 415)


def test_every_type_of_a_picture_is_taken_and_its_bytes_say_which_it_is(homestead: Homestead) -> None:
    owned = announce(homestead)
    for content_type in ("image/png", "image/webp", "image/heic", "application/octet-stream"):
        answer = homestead.client.post(
            "/api/pictures",
            body=_as("WEBP"),
            token=owned.token,
            headers={"Content-Type": content_type},
            announcement=owned.id,
        )
        assert answer.status == 201, answer.body
        told = homestead.client.get(f"{answer.json['url']}/versions", token=owned.token).json["versions"]
        assert [each["content_type"] for each in told] == ["image/webp"]


def test_an_empty_body_and_one_over_the_limit_are_refused(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot, _version = sent_picture(homestead, owned)
    for size, status in ((0, 400), (LIMIT + 1, 413)):
        data = (JPEG_START + bytes(size))[:size]
        sent: dict[str, Any] = {"body": data, "token": owned.token, "headers": JPEG}
        with nothing_written(homestead):
            refused = homestead.client.post("/api/pictures", announcement=owned.id, **sent)
            assert refused.status == status, refused.body
            assert homestead.client.put(slot.path, **sent).status == status


def test_one_at_the_limit_is_taken(homestead: Homestead) -> None:
    owned = announce(homestead)
    _slot, _version = sent_picture(homestead, owned, JPEG_START + bytes(LIMIT - len(JPEG_START)))


BAD_NAMES = [
    "../dog.jpg",
    "..",
    ".",
    "a/b.jpg",
    "a\\b.jpg",
    "nul\0.jpg",
    "x" * 201,
    "x" * 4000,
    "two\nlines",
    "\x1b[31m",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_is_the_name_of_a_file(homestead: Homestead, name: str) -> None:
    owned = announce(homestead)
    slot, _version = sent_picture(homestead, owned)
    sent: dict[str, Any] = {"body": picture_file(), "token": owned.token, "headers": JPEG}
    with nothing_written(homestead):
        refused = homestead.client.post("/api/pictures", announcement=owned.id, name=name, **sent)
        assert_problem(refused, 422, "name")
        assert_problem(homestead.client.put(slot.path, name=name, **sent), 422, "name")
        for path in (f"{owned.path}/pictures", f"{slot.path}/upload"):
            assert_problem(homestead.client.post(path, {"name": name}, token=owned.token), 422, "name")


BAD_TEXTS = [
    "two\nlines",
    "two%0Alines",
    "two\r\nX-Header: y",
    "nul\0",
    "%00",
    "x" * 10_000,
    "%1b[31m",
    "two\u2028lines",
]


@pytest.mark.parametrize("field", ["Author", "Category", "Caption"])
@pytest.mark.parametrize("text", BAD_TEXTS, ids=[repr(each[:12]) for each in BAD_TEXTS])
def test_what_is_said_of_a_picture_is_one_line_of_text(homestead: Homestead, field: str, text: str) -> None:
    owned = announce(homestead)
    headers = JPEG | {f"X-Picture-{field}": text}
    with nothing_written(homestead):
        refused = homestead.client.post(
            "/api/pictures", body=picture_file(), token=owned.token, headers=headers, announcement=owned.id
        )
        assert_problem(refused, 422, f"X-Picture-{field}")


def test_texts_that_are_too_long_together_are_refused(homestead: Homestead) -> None:
    owned = announce(homestead)
    headers = JPEG | {"X-Picture-Caption": "%F0%9F%90%95" * 500}
    with nothing_written(homestead):
        refused = homestead.client.post(
            "/api/pictures", body=picture_file(), token=owned.token, headers=headers, announcement=owned.id
        )
        assert_problem(refused, 422, "X-Picture-Caption")
        refused = homestead.client.post(f"{owned.path}/pictures", {"caption": "🐕" * 500}, token=owned.token)
        assert refused.status == 422


@pytest.mark.parametrize("announcement", [UNKNOWN_ID, "x", "", "../x", "x" * 4000, "%00"])
def test_an_announcement_that_is_not_there_gets_no_picture(homestead: Homestead, announcement: str) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        sent: dict[str, Any] = {"body": picture_file(), "headers": JPEG, "announcement": announcement}
        assert_problem(homestead.client.post("/api/pictures", token=owned.token, **sent), 403)
        assert_problem(homestead.client.post("/api/pictures", **sent), 401)


@pytest.mark.parametrize(("query", "field"), [({}, "announcement"), ({"announcement": "x", "size": "1"}, "size")])
def test_a_query_names_the_announcement_and_nothing_else(
    homestead: Homestead, query: dict[str, str], field: str
) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        refused = homestead.client.post("/api/pictures", body=picture_file(), token=owned.token, headers=JPEG, **query)
        assert_problem(refused, 422, field)


def test_an_eleventh_picture_is_refused(homestead: Homestead) -> None:
    owned = announce(homestead)
    for _ in range(10):
        homestead.client.post(f"{owned.path}/pictures", {}, token=owned.token)
    with nothing_written(homestead):
        refused = homestead.client.post(
            "/api/pictures", body=picture_file(), token=owned.token, headers=JPEG, announcement=owned.id
        )
        assert_problem(refused, 409)
