"""What is near a point, nearest first."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.steps import ANNOUNCEMENTS, announce, assert_problem, withdraw
from tests.api.stream import follow
from tests.conftest import Homestead

HERE = "50.0612,19.9387"
STEPS = (0.0, 0.002, 0.01, 0.04, 0.2, 0.5)  # degrees to the north: 222 m, 1.1, 4.4, 22 and 56 km


@pytest.fixture
def ids(homestead: Homestead) -> list[str]:
    """Announce further and further away; gives the ids in this order."""
    made = [announce(homestead, place={"latitude": 50.0612 + step, "longitude": 19.9387}).id for step in STEPS]
    follow(homestead)
    homestead.clock.move(timedelta(minutes=30))
    return made


def _near(homestead: Homestead, **query: Any) -> list[str]:
    answer = homestead.client.get(ANNOUNCEMENTS, **({"near": HERE} | query))
    assert answer.status == 200, answer.body
    return [feature["id"] for feature in answer.json["features"]]


@pytest.mark.parametrize(("radius", "many"), [(100, 1), (300, 2), (1500, 3), (5000, 4), (30_000, 5), (50_000, 5)])
def test_the_nearest_come_first_up_to_the_radius(homestead: Homestead, ids: list[str], radius: int, many: int) -> None:
    assert _near(homestead, radius=radius) == ids[:many]


def test_a_few_kilometres_are_near_when_nothing_else_is_said(homestead: Homestead, ids: list[str]) -> None:
    assert _near(homestead) == ids[:4]


def test_the_distance_is_told_in_whole_metres_to_the_public_place(homestead: Homestead, ids: list[str]) -> None:
    shown = homestead.client.get(ANNOUNCEMENTS, near=HERE, radius=5000).json
    distances = [feature["properties"]["distance"] for feature in shown["features"]]
    assert all(isinstance(distance, int) for distance in distances)
    assert distances == sorted(distances)
    assert [abs(distance - step * 111_195) < 110 for distance, step in zip(distances, STEPS, strict=False)] == [
        True
    ] * 4
    assert shown["numberReturned"] == 4
    assert len(ids) == len(STEPS)


def test_only_the_nearest_few_are_given(homestead: Homestead, ids: list[str]) -> None:
    shown = homestead.client.get(ANNOUNCEMENTS, near=HERE, limit=2).json
    assert [feature["id"] for feature in shown["features"]] == ids[:2]
    assert "numberMatched" not in shown


def test_the_answer_links_to_itself(homestead: Homestead, ids: list[str]) -> None:
    shown = homestead.client.get(ANNOUNCEMENTS, near=HERE, radius=300, kind="found").json
    [link] = shown["links"]
    assert link["rel"] == "self"
    again = homestead.client.get(link["href"].removeprefix("https://homeward.test")).json
    assert again == shown
    assert len(again["features"]) == len(ids[:2])


def test_filters_and_windows_hold_here_too(homestead: Homestead) -> None:
    cat = announce(homestead, kind="lost", species="cat", event_at="2026-11-01").id
    announce(homestead)
    assert _near(homestead, kind="lost") == [cat]
    assert _near(homestead, species="cat,bird") == [cat]
    assert _near(homestead, datetime="2026-11-01") == [cat]
    assert _near(homestead, datetime="2026-11-02/2026-11-03") == []


def test_what_came_just_now_is_near_and_what_went_is_not(homestead: Homestead, ids: list[str]) -> None:
    new = announce(homestead)
    assert set(_near(homestead, radius=100)) == {ids[0], new.id}
    withdraw(homestead, new)
    assert _near(homestead, radius=100) == ids[:1]


def test_other_places_are_near_over_the_antimeridian(homestead: Homestead) -> None:
    there = announce(homestead, place={"latitude": -16.85, "longitude": -179.99}).id
    assert _near(homestead, near="-16.85,179.99", radius=3000) == [there]
    assert _near(homestead, near="-16.85,-180", radius=3000) == [there]


def test_caches_keep_it_as_long_as_announcements(homestead: Homestead) -> None:
    headers = homestead.client.get(ANNOUNCEMENTS, near=HERE).headers
    assert "s-maxage=15" in headers["cache-control"]
    assert headers["etag"]


BAD: list[tuple[str, dict[str, str]]] = [
    ("near", {"near": ""}),
    ("near", {"near": "50.06"}),
    ("near", {"near": "50.06,19.94,3"}),
    ("near", {"near": "here,there"}),
    ("near", {"near": "nan,nan"}),
    ("near", {"near": "91,0"}),
    ("near", {"near": "0,181"}),
    ("near", {"near": "50.06;19.94"}),
    ("radius", {"near": HERE, "radius": "0"}),
    ("radius", {"near": HERE, "radius": "-5"}),
    ("radius", {"near": HERE, "radius": "60000"}),
    ("radius", {"near": HERE, "radius": "nan"}),
    ("radius", {"near": HERE, "radius": "inf"}),
    ("radius", {"near": HERE, "radius": "far"}),
    ("radius", {"radius": "1000"}),
    ("bbox", {"near": HERE, "bbox": "19,50,20,51"}),
    ("zoom", {"near": HERE, "zoom": "12"}),
    ("cursor", {"near": HERE, "cursor": "x"}),
    ("limit", {"near": HERE, "limit": "1001"}),
    ("datetime", {"near": HERE, "datetime": "2026-11-21/2026-11-20"}),
    ("kind", {"near": HERE, "kind": "stolen"}),
]


@pytest.mark.parametrize(("name", "query"), BAD)
def test_what_is_wrong_with_a_question_is_told_by_name(homestead: Homestead, name: str, query: dict[str, str]) -> None:
    assert_problem(homestead.client.get(ANNOUNCEMENTS, **query), 422, name)
