"""The map as OGC API Features: what QGIS, GDAL and other people's maps read."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.api.steps import UNKNOWN_ID, WITHDRAWN, add_picture, announce, assert_problem, withdraw
from tests.conftest import Homestead
from tests.http import Answer

ORIGIN = "https://homeward.test"
COLLECTION = "/api/collections/announcements"
ITEMS = f"{COLLECTION}/items"
DESCRIPTIONS = ["/api", "/api/conformance", "/api/collections", COLLECTION]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def _link(answer: Answer, rel: str) -> str:
    """Give the address of the first link of a kind."""
    return str(next(link["href"] for link in answer.json["links"] if link["rel"] == rel))


def _ids(answer: Answer) -> set[str]:
    assert answer.status == 200, answer.body
    return {feature["id"] for feature in answer.json["features"]}


def _links(found: Any) -> Iterator[dict[str, str]]:
    """Walk all links of an answer."""
    if isinstance(found, dict):
        yield from found.get("links", [])
    for each in found.values() if isinstance(found, dict) else found if isinstance(found, list) else []:
        yield from _links(each)


def test_the_landing_page_leads_to_everything(homestead: Homestead) -> None:
    page = homestead.client.get("/api")
    assert page.headers["content-type"] == "application/json"
    assert {(link["rel"], link["href"], link["type"]) for link in page.json["links"]} == {
        ("self", f"{ORIGIN}/api", "application/json"),
        ("service-desc", f"{ORIGIN}/api/openapi-3.0.json", "application/vnd.oai.openapi+json;version=3.0"),
        ("service-desc", f"{ORIGIN}/api/openapi.json", "application/json"),
        ("conformance", f"{ORIGIN}/api/conformance", "application/json"),
        ("data", f"{ORIGIN}/api/collections", "application/json"),
    }
    assert page.json["title"]


def test_every_link_leads_to_an_answer_of_its_type(homestead: Homestead) -> None:
    owned = announce(homestead)
    announce(homestead)
    for path in (*DESCRIPTIONS, f"{ITEMS}?limit=1", f"{ITEMS}/{owned.id}"):
        for link in _links(homestead.client.get(path).json):
            address = urlsplit(link["href"])
            assert f"{address.scheme}://{address.netloc}" == ORIGIN
            answer = homestead.client.get(f"{address.path}?{address.query}")
            assert (answer.status, answer.headers["content-type"]) == (200, link["type"]), link


def test_what_is_told_to_be_kept_of_the_standard(homestead: Homestead) -> None:
    kept = homestead.client.get("/api/conformance").json["conformsTo"]
    base = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
    assert kept == [f"{base}/core", f"{base}/geojson", f"{base}/oas30"]


def test_there_is_one_collection_and_it_is_described_alike_everywhere(homestead: Homestead) -> None:
    [described] = homestead.client.get(_link(homestead.client.get("/api"), "data").removeprefix(ORIGIN)).json[
        "collections"
    ]
    alone = homestead.client.get(COLLECTION)
    assert alone.json == described
    assert (described["id"], described["itemType"], described["crs"]) == ("announcements", "feature", [CRS84])
    assert described["extent"]["spatial"] == {"bbox": [[-180, -90, 180, 90]], "crs": CRS84}
    assert described["extent"]["temporal"] == {"interval": [["2000-01-01T00:00:00Z", None]]}
    assert _link(alone, "items") == ORIGIN + ITEMS


def test_an_announcement_is_an_item_with_its_page_and_nothing_private(homestead: Homestead) -> None:
    owned = announce(homestead)
    assert homestead.client.get(ITEMS, limit=10).json == {
        "type": "FeatureCollection",
        "timeStamp": "2026-11-20T12:00:00Z",
        "numberReturned": 1,
        "numberMatched": 1,
        "links": [
            {
                "rel": "self",
                "href": f"{ORIGIN}{ITEMS}?limit=10",
                "type": "application/geo+json",
            },
            {"rel": "collection", "href": ORIGIN + COLLECTION, "type": "application/json"},
        ],
        "features": [
            {
                "type": "Feature",
                "id": owned.id,
                "geometry": {"type": "Point", "coordinates": [19.93813, 50.06126]},
                "properties": {
                    "kind": "found",
                    "species": "dog",
                    "title": "Brown dog",
                    "event_at": "2026-11-20T11:30:00Z",
                    "status": "active",
                    "thumbnail": None,
                    "page": f"{ORIGIN}/a/{owned.id}",
                },
            }
        ],
    }


def test_an_item_on_its_own_is_the_one_of_the_list(homestead: Homestead) -> None:
    owned = announce(homestead)
    add_picture(homestead, owned)
    [listed] = homestead.client.get(ITEMS).json["features"]
    alone = homestead.client.get(f"{ITEMS}/{owned.id}")
    assert alone.headers["content-type"] == "application/geo+json"
    assert {name: value for name, value in alone.json.items() if name != "links"} == listed
    assert _link(alone, "self") == f"{ORIGIN}{ITEMS}/{owned.id}"
    assert _link(alone, "collection") == ORIGIN + COLLECTION
    assert listed["properties"]["thumbnail"].startswith(f"{ORIGIN}/renditions/")


def test_an_item_that_has_left_is_gone_and_one_that_never_was_is_not_found(homestead: Homestead) -> None:
    owned = announce(homestead)
    withdraw(homestead, owned)
    gone = homestead.client.get(f"{ITEMS}/{owned.id}")
    assert_problem(gone, 410)
    assert gone.json["state"] == WITHDRAWN["state"]
    for unknown in (UNKNOWN_ID, "x", "%20"):
        assert_problem(homestead.client.get(f"{ITEMS}/{unknown}"), 404)
    assert homestead.client.get(ITEMS).json["features"] == []


def test_items_are_chosen_by_box_time_kind_and_species(homestead: Homestead) -> None:
    lost = announce(homestead, kind="lost", species="cat").id
    late = announce(homestead, event_at="2026-11-20T11:59:59Z").id
    away = announce(homestead, place={"latitude": -16.85, "longitude": -179.99}, event_at="2026-11-18").id
    for query, chosen in (
        ({"bbox": "19,50,20,51"}, {lost, late}),
        ({"bbox": "179,-17,-179,-16"}, {away}),
        ({"bbox": "19,50,0,20,51,9000.5"}, {lost, late}),
        ({"datetime": "2026-11-20T11:59:59Z"}, {late}),
        ({"datetime": "2026-11-19T00:00:00Z/.."}, {lost, late}),
        ({"datetime": "/2026-11-19T00:00:00Z"}, {away}),
        ({"datetime": "2026-11-20T/.."}, {lost, late}),
        ({"datetime": "../2026-11-20T"}, {away}),
        ({"kind": "lost"}, {lost}),
        ({"species": "cat,bird"}, {lost}),
        ({"kind": "found", "species": "dog", "bbox": "19,50,20,51", "f": "json"}, {late}),
    ):
        assert _ids(homestead.client.get(ITEMS, **query)) == chosen, query


@pytest.mark.parametrize("path", [*DESCRIPTIONS, ITEMS, f"{ITEMS}/{UNKNOWN_ID}"])
def test_parameters_that_the_standard_does_not_know_are_a_bad_request(homestead: Homestead, path: str) -> None:
    assert_problem(homestead.client.get(path, colour="red"), 400, "colour")
    assert_problem(homestead.client.get(path, f="html"), 400, "f")


WRONG = [
    ("bbox", "1,2,3"),
    ("bbox", "1,2,3,4,5"),
    ("bbox", "19,50,low,20,51,high"),
    ("bbox", "0,51,1,50"),
    ("bbox", "0,0,0,1,1,1\n"),
    ("datetime", "today"),
    ("datetime", "2026-11-21T/2026-11-20T"),
    ("kind", "stolen"),
    ("species", "dragon"),
    ("limit", "0"),
    ("limit", "-1"),
    ("limit", "many"),
    ("cursor", "x"),
    ("zoom", "3"),
    ("near", "50,19"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_parameters_that_cannot_be_accepted_are_a_bad_request(homestead: Homestead, name: str, value: str) -> None:
    assert_problem(homestead.client.get(ITEMS, **{name: value}), 400, name)


def test_asking_for_json_is_asking_for_what_there_is(homestead: Homestead) -> None:
    owned = announce(homestead)
    for path in (*DESCRIPTIONS, ITEMS, f"{ITEMS}/{owned.id}"):
        assert homestead.client.get(path, f="json").status == 200
