"""What is near a point, beside what measuring every distance says."""

import random
from collections.abc import Sequence
from functools import cache

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import Window
from chalicelib.domain.tiles import build
from chalicelib.services.neighbours import MOST, Neighbour
from chalicelib.services.surveys import OVERLAP
from tests.builders import DAY, HOUR, KRAKOW, NOON, announcement, identifier
from tests.household import Household
from tests.towns import NORTH, SOUTH, SPOTS, TODAY, made, markers_of, place_near, random_filters, random_window

EVERYTHING = Viewport()


def _settled(*announcements: Announcement) -> Household:
    """Let announcements be on the map for so long that all tiles have followed."""
    house = Household()
    house.keep(*announcements)
    house.tiles.tiles = {tile.cell: tile for tile in build(markers_of(announcements), TODAY)}
    house.clock.move(2 * OVERLAP)
    return house


def _around(spot: Point, count: int, degrees: float, **changes: object) -> list[Announcement]:
    chance = random.Random(count)  # noqa: S311 (the same every time)
    return [
        announcement(
            id=identifier(number),
            place=Point(
                max(-90.0, min(90.0, spot.latitude + chance.uniform(-degrees, degrees))),
                (spot.longitude + chance.uniform(-degrees, degrees) + 180.0) % 360.0 - 180.0,
            ),
            **({"event_at": NOON - number % 600 * DAY} | changes),
        )
        for number in range(count)
    ]


def _measured(
    point: Point, radius: float, markers: Sequence[Marker], limit: int, viewport: Viewport = EVERYTHING
) -> list[tuple[float, str]]:
    """Measure the distance to everything: the nearest first, of equally near ones the newest."""
    newest_first = sorted((each for each in markers if each in viewport), key=lambda each: each.position, reverse=True)
    measured = [(point.distance_to(each.place), each.announcement_id) for each in newest_first]
    return sorted((each for each in measured if each[0] <= radius), key=lambda each: each[0])[:limit]


def _told(neighbours: Sequence[Neighbour]) -> list[tuple[float, str]]:
    return [(each.distance, each.marker.announcement_id) for each in neighbours]


@cache
def _country() -> tuple[Household, list[Marker]]:
    pets = made(1800)
    return _settled(*pets), markers_of(pets)


@pytest.mark.parametrize("part", range(4))
def test_any_neighbourhood_is_what_measuring_says(part: int) -> None:
    house, markers = _country()
    chance = random.Random(part)  # noqa: S311 (the same every time)
    for _point in range(50):
        point = place_near(chance, chance.choice(SPOTS))
        radius, limit = chance.choice([150.0, 1000.0, 5000.0, 20_000.0]), chance.choice([1, 20, 300])
        viewport = Viewport(EVERYTHING.rectangle, random_window(chance), *random_filters(chance))
        found = _told(house.neighbours.near(point, radius, viewport, limit))
        assert found == _measured(point, radius, markers, limit, viewport), (point, radius, limit, viewport)


@pytest.mark.parametrize("spot", [KRAKOW, Point(58.0, 180.0)], ids=str)
def test_everything_within_the_widest_radius_is_found(spot: Point) -> None:
    pets = _around(spot, 900, 0.3)
    found = _settled(*pets).neighbours.near(spot, 50_000, EVERYTHING, 1000)
    assert _told(found) == _measured(spot, 50_000, markers_of(pets), 1000)


@pytest.mark.parametrize("spot", [NORTH, SOUTH, Point(90.0, 0.0), Point(-90.0, 0.0)], ids=str)
def test_more_than_a_tile_holds_is_found_around_the_poles(spot: Point) -> None:
    pets = _around(spot, 300, 0.3)
    found = _settled(*pets).neighbours.near(spot, 50_000, EVERYTHING, 1000)
    assert _told(found) == _measured(spot, 50_000, markers_of(pets), 1000)


@pytest.mark.parametrize("radius", [45_000.0, 50_000.0])
def test_the_nearest_in_a_crowded_town_are_found_however_far_one_looks(radius: float) -> None:
    pets = _around(KRAKOW, 3000, 0.03)
    house, point = _settled(*pets), Point(KRAKOW.latitude, KRAKOW.longitude + 0.012)
    found = house.neighbours.near(point, radius, EVERYTHING, 20)
    assert _told(found) == _measured(point, radius, markers_of(pets), 20)


@pytest.mark.parametrize("limit", [1, 20, 300, 700])
def test_the_nearest_of_more_than_are_looked_at_are_found(limit: int) -> None:
    pets = _around(KRAKOW, 4000, 0.2)
    found = _settled(*pets).neighbours.near(KRAKOW, 10_000, EVERYTHING, limit)
    assert _told(found) == _measured(KRAKOW, 10_000, markers_of(pets), limit)


def test_as_many_as_may_be_asked_for_are_the_nearest() -> None:
    pets = _around(KRAKOW, 4000, 0.2)
    found = _settled(*pets).neighbours.near(KRAKOW, 20_000, EVERYTHING, 1000)
    assert _told(found) == _measured(KRAKOW, 20_000, markers_of(pets), 1000)


@pytest.mark.parametrize("point", [Point(-16.8, 180.0), Point(-16.8, -179.9995), Point(-16.8, 179.9995)], ids=str)
def test_both_sides_of_the_antimeridian_are_near(point: Point) -> None:
    sides = [
        announcement(id=identifier(number), place=Point(-16.8, longitude))
        for number, longitude in enumerate((179.99, -179.99, 179.9, -179.9))
    ]
    found = _settled(*sides).neighbours.near(point, 20_000, EVERYTHING, 10)
    assert _told(found) == _measured(point, 20_000, markers_of(sides), 10)
    assert len(found) == 4


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_what_lies_around_a_pole_is_near_it_on_every_meridian(pole: float) -> None:
    ring = [
        announcement(id=identifier(number), place=Point(pole * 0.9995, longitude))
        for number, longitude in enumerate(range(-170, 180, 40))
    ]
    found = _settled(*ring).neighbours.near(Point(pole, 0.0), 10_000, EVERYTHING, 100)
    assert len(found) == len(ring)
    assert all(4_900 < each.distance < 5_200 for each in found)


def test_of_more_than_a_thousand_at_one_spot_the_newest_come_first() -> None:
    pets = [announcement(id=identifier(number), event_at=NOON - number * HOUR) for number in range(MOST + 200)]
    found = _settled(*pets).neighbours.near(markers_of(pets)[0].place, 1000, EVERYTHING, 300)
    assert [each.marker.announcement_id for each in found] == [each.id for each in pets[:300]]


@pytest.mark.parametrize("metres", [60, 500])
def test_more_than_a_thousand_at_one_spot_are_near_from_the_next_street(metres: int) -> None:
    pets = [announcement(id=identifier(number), event_at=NOON - number * HOUR) for number in range(MOST + 200)]
    place = markers_of(pets)[0].place
    point = Point(place.latitude + metres / 111_195, place.longitude)
    found = _settled(*pets).neighbours.near(point, 1000, EVERYTHING, 300)
    assert [each.marker.announcement_id for each in found] == [each.id for each in pets[:300]]


def test_the_edge_of_the_radius_is_inside() -> None:
    [pet] = pets = [announcement()]
    place = markers_of(pets)[0].place
    point = Point(place.latitude + 0.01, place.longitude)
    distance = point.distance_to(place)
    house = _settled(pet)
    assert len(house.neighbours.near(point, distance, EVERYTHING, 10)) == 1
    assert house.neighbours.near(point, distance - 0.001, EVERYTHING, 10) == []


def test_distances_are_those_to_public_places() -> None:
    house = _settled(announcement())
    place = markers_of(house.store.announcements.values())[0].place
    assert place != KRAKOW
    assert [each.distance for each in house.neighbours.near(place, 10, EVERYTHING, 10)] == [0]
    assert house.neighbours.near(KRAKOW, 1, EVERYTHING, 10) == []


def test_only_what_is_asked_for_is_near() -> None:
    pets = [
        announcement(id=identifier(number), kind=kind, species=species, event_at=NOON - age * DAY)
        for number, (kind, species, age) in enumerate(
            (kind, species, age) for kind in Kind for species in Species for age in (1, 50, 500)
        )
    ]
    house = _settled(*pets)
    wanted = Viewport(
        window=Window(NOON - 60 * DAY), kinds=frozenset({Kind.LOST}), species=frozenset({Species.CAT, Species.BIRD})
    )
    found = house.neighbours.near(KRAKOW, 1000, wanted, 100)
    assert len(found) == 4
    assert all(each.marker in wanted for each in found)


def test_what_was_announced_just_now_is_near_and_what_has_gone_is_not() -> None:
    house = _settled(announcement())
    house.keep(announcement(id=identifier(2)))
    house.announcements.withdraw(identifier(1))
    found = house.neighbours.near(KRAKOW, 1000, EVERYTHING, 10)
    assert [each.marker.announcement_id for each in found] == [identifier(2)]


def test_nothing_is_near_on_an_empty_map(house: Household) -> None:
    assert house.neighbours.near(KRAKOW, 50_000, EVERYTHING, 10) == []


def test_a_few_rounds_of_reads_find_what_is_near() -> None:
    house, _markers = _country()
    house.tiles.reads.clear()
    house.markers.rounds.clear()
    house.neighbours.near(KRAKOW, 2000, EVERYTHING, 20)
    assert len(house.tiles.reads) + len(house.markers.rounds) <= 3
