"""What GDAL and QGIS read of the API, in OpenAPI 3.0."""

import json
from typing import Any

import pytest
import schemathesis

from tests.conftest import Homestead

PATH = "/api/openapi-3.0.json"


@pytest.fixture
def document(homestead: Homestead) -> dict[str, Any]:
    answer = homestead.client.get(PATH)
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    found: dict[str, Any] = answer.json
    return found


def test_it_is_a_valid_document_of_openapi_3_0(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.0.")
    schemathesis.openapi.from_dict(document).validate()


def test_nothing_of_openapi_3_1_is_left_in_it(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for later in ('"null"', '"const"', '"identifier"', '"prefixItems"', '"x-clamped-to"'):
        assert later not in text


def test_it_describes_the_routes_of_the_standard_below_the_landing_page(document: dict[str, Any]) -> None:
    collection = "/collections/announcements"
    routes = ["/", "/conformance", "/collections", collection, f"{collection}/items"]
    assert list(document["paths"]) == [*routes, f"{collection}/items/{{announcement_id}}"]
    assert document["servers"] == [{"url": "/api"}]


def test_it_tells_what_a_server_filters_by_and_how_long_a_page_is(document: dict[str, Any]) -> None:
    parameters = document["paths"]["/collections/announcements/items"]["get"]["parameters"]
    named = {each["name"]: each for each in parameters}
    assert {"bbox", "datetime", "kind", "species", "limit", "cursor"} <= set(named)
    assert all((each["style"], each["explode"]) == ("form", False) for each in parameters)
    limit = document["components"]["parameters"]["limit"]
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
    assert named["limit"] == limit


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = {part.split('"')[0] for part in json.dumps(document).split('"#/components/schemas/')[1:]}
    assert references == set(document["components"]["schemas"])
