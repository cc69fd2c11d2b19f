"""The service itself, and what all routes have in common: caches, other people's pages, the document."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from chalice.config import Config
from chalice.local import LocalGateway

import app as application
from tests.api.steps import (
    ANNOUNCEMENTS,
    BODY,
    add_picture,
    announce,
    body,
    source_key,
)
from tests.conftest import Homestead

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
PUBLIC_ROUTES = [
    "/api/health",
    "/api/config",
    "/api/openapi.json",
    "/api/openapi-3.0.json",
    ANNOUNCEMENTS,
    "/api",
    "/api/conformance",
    "/api/collections",
    "/api/collections/announcements",
    "/api/collections/announcements/items",
]


def test_the_service_is_well(homestead: Homestead) -> None:
    answer = homestead.client.get("/api/health")
    assert (answer.status, answer.json) == (200, {"status": "ok", "stage": "local"})
    assert answer.headers["cache-control"] == "no-store"


def test_the_page_learns_what_it_needs_to_know(homestead: Homestead) -> None:
    assert homestead.client.get("/api/config").json == {
        "stage": "local",
        "tiles": None,
        "pictures": {
            "max_count": 10,
            "max_bytes": 40_000_000,
            "types": ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/heic", "image/heif"],
        },
        "lifetime_days": {"cat": 180, "default": 90},
        "viewer": None,
    }


def test_the_document_that_is_answered_is_the_one_that_is_kept(homestead: Homestead) -> None:
    answered = homestead.client.get("/api/openapi.json")
    assert answered.json == json.loads(DOCUMENT.read_text()), "run `make openapi`"


def test_every_route_is_in_the_document_and_nothing_else() -> None:
    routes = {(path, method.lower()) for path, methods in application.app.routes.items() for method in methods}
    paths = json.loads(DOCUMENT.read_text())["paths"]
    assert {(path, method) for path, operations in paths.items() for method in operations} == routes


def test_every_operation_has_a_name_of_its_own_and_a_summary() -> None:
    paths = json.loads(DOCUMENT.read_text())["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"] for operation in operations)


def test_every_reference_of_the_document_leads_somewhere() -> None:
    text = DOCUMENT.read_text()
    schemas = json.loads(text)["components"]["schemas"]
    references = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert references == set(schemas)


def _writes(homestead: Homestead) -> list[tuple[str, str, Any, str | None]]:
    owned, key = announce(homestead), source_key(homestead)
    return [
        ("POST", ANNOUNCEMENTS, BODY, None),
        ("PATCH", owned.path, {"title": "New"}, owned.token),
        ("POST", f"{owned.path}/pictures", {}, owned.token),
        ("POST", f"{owned.path}/reunited", None, owned.token),
        ("POST", f"{owned.path}/renew", None, owned.token),
        ("DELETE", owned.path, None, owned.token),
        ("PUT", "/api/sources/shelter/announcements/1", body(), key),
        ("PUT", "/api/sources/shelter/announcements", {"announcements": [body(external_id="2")]}, key),
    ]


def test_no_write_is_kept_in_a_cache_or_open_to_other_peoples_pages(homestead: Homestead) -> None:
    origin = {"Origin": "https://other.example"}
    for method, path, content, token in _writes(homestead):
        answer = homestead.client.send(method, path, content, token=token, headers=origin)
        assert answer.status in (200, 201, 204), answer.body
        assert answer.headers["cache-control"] == "no-store", path
        assert "access-control-allow-origin" not in answer.headers, path


def test_no_answer_to_a_bearer_is_kept_in_a_cache(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    for path in (*PUBLIC_ROUTES, owned.path, slot.path):
        answer = homestead.client.get(path, token=owned.token)
        assert (answer.status, answer.headers["cache-control"]) == (200, "no-store"), path


def test_what_is_public_may_be_kept_for_a_moment(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    for path in (ANNOUNCEMENTS, owned.path, slot.path):
        caching = homestead.client.get(path).headers["cache-control"]
        assert caching.startswith("public, max-age=0, s-maxage="), path


@pytest.mark.parametrize("path", ["/api/announcements/x", "/api/pictures/x", "/api/announcements?limit=0"])
def test_no_refusal_is_kept_in_a_cache(homestead: Homestead, path: str) -> None:
    assert homestead.client.get(path).headers["cache-control"] == "no-store"


def test_other_peoples_pages_may_read_what_is_public(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    for path in (*PUBLIC_ROUTES, owned.path, slot.path, f"{ANNOUNCEMENTS}/x"):
        answer = homestead.client.get(path, headers={"Origin": "https://other.example"})
        assert answer.headers["access-control-allow-origin"] == "*", path
        assert "access-control-allow-credentials" not in answer.headers


def _preflight(path: str) -> dict[str, str]:
    """Ask as a browser does; Chalice's test client cannot read the answer, for it has no body."""
    gateway = LocalGateway(application.app, Config.create(chalice_stage="local"))
    answer = gateway.handle_request("OPTIONS", path, {"Origin": "https://other.example"}, b"")
    return {name.lower(): value for name, value in answer["headers"].items()}


def test_other_peoples_pages_are_told_beforehand_that_they_may_only_read() -> None:
    for path in (ANNOUNCEMENTS, f"{ANNOUNCEMENTS}/x", "/api/pictures/x"):
        told = _preflight(path)
        assert (told["access-control-allow-origin"], told["access-control-allow-methods"]) == ("*", "GET,OPTIONS")
        assert told["access-control-max-age"] == "600"
    for path in (f"{ANNOUNCEMENTS}/x/renew", "/api/sources/shelter/announcements"):
        assert "access-control-allow-origin" not in _preflight(path)


def test_answers_are_taken_for_nothing_but_what_they_say_they_are(homestead: Homestead) -> None:
    for path in PUBLIC_ROUTES:
        assert homestead.client.get(path).headers["x-content-type-options"] == "nosniff"


def test_links_begin_with_the_address_of_the_request(homestead: Homestead) -> None:
    hosts = {
        ("map.example.org", "https"): "https://map.example.org/api",
        ("localhost:8000", "http"): "http://localhost:8000/api",
        ("[::1]:8000", "http"): "http://[::1]:8000/api",
        ("evil.example/x?", "https"): "/api",
        ('"><script>', "https"): "/api",
    }
    for (host, scheme), start in hosts.items():
        answer = homestead.client.get(ANNOUNCEMENTS, headers={"Host": host, "X-Forwarded-Proto": scheme})
        assert answer.json["links"][0]["href"].startswith(f"{start}/announcements?"), host


def test_a_body_that_the_gateway_wrapped_in_base64_is_read(homestead: Homestead) -> None:
    event = {
        "requestContext": {"httpMethod": "POST", "resourcePath": ANNOUNCEMENTS, "identity": {}, "path": ANNOUNCEMENTS},
        "headers": {"content-type": "application/json"},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": b64encode(json.dumps(BODY).encode()).decode(),
        "isBase64Encoded": True,
    }
    answer = application.app(event, None)
    assert answer["statusCode"] == 201
    assert json.loads(answer["body"])["title"] == BODY["title"]


def test_reading_changes_nothing(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    before = homestead.table.scan()["Items"]
    for path in (*PUBLIC_ROUTES, owned.path, slot.path):
        homestead.client.get(path)
        homestead.client.get(path, token=owned.token)
    assert homestead.table.scan()["Items"] == before


@pytest.mark.parametrize(
    ("latitude", "longitude", "viewer"),
    [
        ("50.06143", "19.93658", {"latitude": 50.1, "longitude": 19.9}),
        ("-33.86", "-0.04", {"latitude": -33.9, "longitude": 0.0}),
        ("90", "180", {"latitude": 90.0, "longitude": 180.0}),
        ("90.1", "0", None),
        ("0", "-180.5", None),
        ("nan", "0", None),
        ("1e400", "0", None),
        ("here", "there", None),
        ("", "", None),
    ],
)
def test_the_page_learns_roughly_where_its_visitor_is(
    homestead: Homestead, latitude: str, longitude: str, viewer: dict[str, float] | None
) -> None:
    headers = {"CloudFront-Viewer-Latitude": latitude, "CloudFront-Viewer-Longitude": longitude}
    answer = homestead.client.get("/api/config", headers=headers)
    assert (answer.status, answer.json["viewer"]) == (200, viewer)
    assert answer.headers["cache-control"] == "private, max-age=3600"
