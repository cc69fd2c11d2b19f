"""What a view of the map answers."""

from datetime import timedelta

import pytest

from tests.api.steps import ANNOUNCEMENTS, announce, on_map
from tests.conftest import Homestead

WORLD = "-180,-90,180,90"
PLACES = {
    "London west": (51.4779, -0.0014),
    "London east": (51.4779, 0.0014),
    "Fiji west": (-16.85, 179.99),
    "Fiji east": (-16.85, -179.99),
    "Kraków": (50.0612, 19.9387),
    "Quito": (-0.0001, -78.4678),
    "North Pole": (90.0, 0.0),
    "South Pole": (-90.0, 0.0),
    "antimeridian": (0.5, 180.0),
}


def _place(homestead: Homestead, *names: str) -> dict[str, str]:
    """Announce at these places; gives the name by the id."""
    made = {}
    for name in names:
        latitude, longitude = PLACES[name]
        made[announce(homestead, place={"latitude": latitude, "longitude": longitude}).id] = name
    return made


def test_the_answer_is_geojson_with_the_names_of_ogc(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = homestead.client.get(ANNOUNCEMENTS, bbox="19,50,20,51", limit=10, zoom=12)
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json == {
        "type": "FeatureCollection",
        "numberReturned": 1,
        "numberMatched": 1,
        "links": [
            {
                "rel": "self",
                "href": f"https://homeward.test{ANNOUNCEMENTS}?bbox=19.0,50.0,20.0,51.0&limit=10&zoom=12",
                "type": "application/geo+json",
            }
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
                    "published_at": "2026-11-20T12:00:00Z",
                    "thumbnail": None,
                    "colour": None,
                    "placeholder": None,
                },
            }
        ],
    }


def test_an_empty_map_is_an_answer(homestead: Homestead) -> None:
    found = homestead.client.get(ANNOUNCEMENTS).json
    assert (found["features"], found["numberReturned"], found["numberMatched"]) == ([], 0, 0)


def test_two_pets_at_one_spot_in_one_month_are_both_on_the_map(homestead: Homestead) -> None:
    ids = {announce(homestead).id, announce(homestead).id, announce(homestead, event_at="2026-11-01").id}
    for view in (WORLD, "19,50,20,51", "19.9,50.0,20.0,50.1", "19.938,50.061,19.939,50.062"):
        assert set(on_map(homestead, bbox=view)) == ids, view


def test_the_newest_event_comes_first(homestead: Homestead) -> None:
    events = ["2026-11-18", "2026-11-20T11:59:59Z", "2026-10-31", "2026-11-20T12:00:00Z", "2025-12-31"]
    by_event = {event: announce(homestead, event_at=event).id for event in events}
    order = ["2026-11-20T12:00:00Z", "2026-11-20T11:59:59Z", "2026-11-18", "2026-10-31", "2025-12-31"]
    for view in (WORLD, "19,50,20,51", "19.9,50.0,20.0,50.1"):
        assert on_map(homestead, bbox=view) == [by_event[event] for event in order]


VIEWS: list[tuple[str, set[str]]] = [
    ("-0.01,51.4,0.01,51.5", {"London west", "London east"}),
    ("-10,40,30,60", {"London west", "London east", "Kraków"}),
    ("0,51.4,0.01,51.5", {"London east"}),
    ("-0.01,51.4,0,51.5", {"London west"}),
    ("179.9,-17,-179.9,-16", {"Fiji west", "Fiji east"}),
    ("170,-20,-170,-10", {"Fiji west", "Fiji east"}),
    ("179.9,-17,180,-16", {"Fiji west"}),
    ("-180,-17,-179.9,-16", {"Fiji east"}),
    ("-78.5,-0.1,-78.4,0.1", {"Quito"}),
    ("170,-90,-170,90", {"Fiji west", "Fiji east", "antimeridian"}),
    ("-180,89,180,90", {"North Pole"}),
    ("-180,-90,180,-89", {"South Pole"}),
    (WORLD, set(PLACES)),
    ("19.94,-90,19.93,90", set(PLACES) - {"Kraków"}),
]


def test_a_view_shows_what_lies_in_it_and_only_that(homestead: Homestead, subtests: pytest.Subtests) -> None:
    made = _place(homestead, *PLACES)
    for view, seen in VIEWS:
        with subtests.test(view=view):
            assert {made[each] for each in on_map(homestead, bbox=view)} == seen


def test_a_rectangle_over_the_antimeridian_shows_both_sides(homestead: Homestead) -> None:
    made = _place(homestead, "Fiji west", "Fiji east", "Kraków")
    for view in ("179.98,-16.9,-179.98,-16.8", "179,-17,-179,-16", "160,-50,-160,50", "90,-90,-90,90"):
        assert {made[each] for each in on_map(homestead, bbox=view)} == {"Fiji west", "Fiji east"}, view


def test_a_rectangle_whose_corners_have_no_common_prefix_shows_all_of_it(homestead: Homestead) -> None:
    made = _place(homestead, "London west", "London east", "Quito", "Kraków")
    for view in ("-0.003,51.477,0.003,51.48", "-0.1,51.4,0.1,51.5", "-1,51,1,52"):
        assert {made[each] for each in on_map(homestead, bbox=view)} == {"London west", "London east"}, view
    assert [made[each] for each in on_map(homestead, bbox="-78.4685,-0.002,-78.465,0.002")] == ["Quito"]


def test_a_view_of_a_single_point_shows_what_is_published_there(homestead: Homestead) -> None:
    owned = announce(homestead)
    place = owned.shown["public_place"]
    longitude, latitude = place["longitude"], place["latitude"]
    assert on_map(homestead, bbox=f"{longitude},{latitude},{longitude},{latitude}") == [owned.id]


def test_no_view_finds_the_exact_place(homestead: Homestead) -> None:
    announce(homestead)
    assert on_map(homestead, bbox="19.938765,50.061234,19.938765,50.061234") == []
    assert on_map(homestead, bbox="19.9387,50.0612,19.9388,50.0613") == []


@pytest.mark.parametrize(
    ("window", "seen"),
    [
        ("2026-10-31T23:00:00Z/2026-11-01T01:00:00Z", ["first of November", "last of October"]),
        ("2026-10-31/2026-10-31", ["last of October"]),
        ("2026-10-31", ["last of October"]),
        ("2026-11-01", ["first of November"]),
        ("2026-11-01T00:00:00Z", ["first of November"]),
        ("2026-11-01T00:00:00Z/..", ["first of November"]),
        ("2026-11-01T01:00:00+01:00/..", ["first of November"]),
        ("../2026-10-31T23:59:59Z", ["last of October", "New Year's Eve"]),
        ("/2025-12-31", ["New Year's Eve"]),
        ("2025-12-31/2026-11-01", ["first of November", "last of October", "New Year's Eve"]),
        ("../..", ["first of November", "last of October", "New Year's Eve"]),
        ("2026-11-02/..", []),
    ],
)
def test_a_window_over_a_months_end_shows_both_sides(homestead: Homestead, window: str, seen: list[str]) -> None:
    events = {
        "first of November": "2026-11-01T00:00:00Z",
        "last of October": "2026-10-31T23:59:59Z",
        "New Year's Eve": "2025-12-31T23:59:59Z",
    }
    made = {announce(homestead, event_at=event).id: name for name, event in events.items()}
    for view in (WORLD, "19,50,20,51", "19.9,50.0,20.0,50.1"):
        assert [made[each] for each in on_map(homestead, bbox=view, datetime=window)] == seen


def test_kinds_and_species_are_chosen(homestead: Homestead) -> None:
    lost_cat = announce(homestead, kind="lost", species="cat").id
    found_dog = announce(homestead).id
    seen_bird = announce(homestead, kind="sighting", species="bird").id
    for view in (WORLD, "19.9,50.0,20.0,50.1"):
        assert set(on_map(homestead, bbox=view, kind="lost,found")) == {lost_cat, found_dog}
        assert set(on_map(homestead, bbox=view, species="cat,bird")) == {lost_cat, seen_bird}
        assert on_map(homestead, bbox=view, kind="sighting", species="bird,dog") == [seen_bird]
        assert on_map(homestead, bbox=view, kind="found", species="cat") == []


def test_a_choice_may_be_given_as_one_list_or_several_times(homestead: Homestead) -> None:
    lost, found = announce(homestead, kind="lost").id, announce(homestead).id
    announce(homestead, kind="sighting")
    answer = homestead.client.send("GET", f"{ANNOUNCEMENTS}?kind=lost&kind=found")
    assert {feature["id"] for feature in answer.json["features"]} == {lost, found}


def test_what_is_past_its_time_is_not_shown_though_no_sweep_came(homestead: Homestead) -> None:
    announce(homestead)
    cat = announce(homestead, species="cat").id
    homestead.clock.move(timedelta(days=90))
    for view in (WORLD, "19,50,20,51", "19.9,50.0,20.0,50.1"):
        assert on_map(homestead, bbox=view) == [cat]
