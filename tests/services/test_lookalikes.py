"""The same photo on the map: who is told of it, and of whom nobody is told."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.fingerprints import LOOSE_DISTANCE, STRICT_DISTANCE
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Blur, Kind
from tests.builders import KRAKOW, LIFETIME, LONDON, NOON, announcement, identifier, ready_picture
from tests.household import Household

PHOTO = int("0123456789abcdef" * 2, 16)
MIRRORED = int("fedcba9876543210" * 2, 16)
TARNOW = Point(50.0121, 20.9858)  # 75 km
RZESZOW = Point(50.0413, 21.9990)  # 147 km, in a region that is read


def _fingerprint(different: int = 0, upright: int = PHOTO, mirrored: int = MIRRORED) -> str:
    flipped = (1 << different) - 1
    return f"{upright ^ flipped:032x}{mirrored ^ flipped:032x}"


def _with_photo(number: int, fingerprint: str | None = None, **changes: Any) -> Announcement:
    fingerprint = _fingerprint() if fingerprint is None else fingerprint
    picture = ready_picture(id=identifier(500 + number), fingerprint=fingerprint)
    return announcement(id=identifier(number), pictures=(picture,), **changes)


def _alike(house: Household, most_bits: int = STRICT_DISTANCE, number: int = 1) -> list[str]:
    asking = house.stored(identifier(number))
    return [each.announcement.id for each in house.lookalikes.of(asking.pictures[0], asking, most_bits)]


def test_the_same_photo_in_the_same_town_is_found_by_both(house: Household) -> None:
    house.keep(_with_photo(1), _with_photo(2, kind=Kind.LOST), announcement(id=identifier(3)))
    assert _alike(house) == [identifier(2)]
    assert _alike(house, number=2) == [identifier(1)]


def test_the_likeliest_comes_first_then_the_nearest(house: Household) -> None:
    house.keep(_with_photo(1), _with_photo(2, place=TARNOW), _with_photo(3, _fingerprint(2)), _with_photo(4))
    assert _alike(house) == [identifier(4), identifier(2), identifier(3)]


def test_the_distance_is_measured_between_public_places(house: Household) -> None:
    house.keep(_with_photo(1), _with_photo(2, place=Point(50.0613, 19.9388)))
    asking = house.stored()
    [found] = house.lookalikes.of(asking.pictures[0], asking)
    assert found.metres == asking.public_place.distance_to(house.stored(identifier(2)).public_place)


@pytest.mark.parametrize(
    ("bits", "most", "found"),
    [
        (STRICT_DISTANCE, STRICT_DISTANCE, True),
        (STRICT_DISTANCE + 1, STRICT_DISTANCE, False),
        (LOOSE_DISTANCE, LOOSE_DISTANCE, True),
        (LOOSE_DISTANCE + 1, LOOSE_DISTANCE, False),
    ],
)
def test_reporters_learn_of_sure_ones_and_moderators_of_doubtful_ones(
    house: Household, bits: int, most: int, found: bool
) -> None:
    house.keep(_with_photo(1), _with_photo(2, _fingerprint(bits)))
    assert _alike(house, most) == ([identifier(2)] if found else [])


def test_a_mirrored_photo_is_the_same_photo(house: Household) -> None:
    house.keep(_with_photo(1), _with_photo(2, _fingerprint(upright=MIRRORED, mirrored=PHOTO)))
    assert _alike(house) == [identifier(2)]


@pytest.mark.parametrize("place", [LONDON, RZESZOW], ids=["far away", "further than 100 km"])
def test_what_is_far_away_is_another_pet(house: Household, place: Point) -> None:
    house.keep(_with_photo(1), _with_photo(2, place=place))
    assert _alike(house) == []


@pytest.mark.parametrize("latitude", [0.0, 50.0, 70.0, 89.5, -89.9])
@pytest.mark.parametrize("longitude", [0.0, 19.9, 179.99, -179.99])
def test_whatever_lies_within_100_km_is_found_across_every_border(
    house: Household, latitude: float, longitude: float
) -> None:
    here = Point(latitude, longitude)
    house.keep(_with_photo(1, place=here, blur=Blur.STREET))
    others = [(0.85, 0.0), (-0.85, 0.0), (0.0, 1.0), (0.0, -1.0)]
    expected = set()
    for number, (north, east) in enumerate(others, 2):
        there = Point(max(-90.0, min(90.0, latitude + north)), (longitude + east + 180) % 360 - 180)
        house.keep(_with_photo(number, place=there))
        near = house.stored().public_place.distance_to(house.stored(identifier(number)).public_place) <= 100_000
        expected |= {identifier(number)} if near else set()
    assert set(_alike(house)) == expected


def test_what_left_the_map_is_not_told_of_nor_told(house: Household) -> None:
    house.keep(_with_photo(1, expires_at=NOON + 2 * LIFETIME), _with_photo(2))
    house.clock.move(LIFETIME)
    assert _alike(house) == []  # though the sweep has not come by
    assert _alike(house, number=2) == []


def test_an_announcement_does_not_find_itself(house: Household) -> None:
    twice = tuple(ready_picture(id=identifier(number), fingerprint=_fingerprint()) for number in (501, 502))
    house.keep(announcement(pictures=twice))
    assert _alike(house) == []


def test_an_announcement_with_the_photo_twice_is_told_of_once_by_its_likelier_one(house: Household) -> None:
    house.keep(_with_photo(1), _with_photo(2, _fingerprint(5)))
    twice = house.stored(identifier(2))
    more = ready_picture(id=identifier(600), fingerprint=_fingerprint(1))
    house.keep(replace(twice, id=identifier(3), pictures=(*twice.pictures, more)))
    asking = house.stored()
    found = house.lookalikes.of(asking.pictures[0], asking)
    assert [(each.announcement.id, each.bits) for each in found] == [(identifier(3), 1), (identifier(2), 5)]


def test_a_picture_without_a_fingerprint_is_like_nothing(house: Household) -> None:
    house.keep(_with_photo(2), announcement(pictures=(ready_picture(fingerprint=None),), place=KRAKOW))
    assert _alike(house) == []


def test_a_photo_that_is_everywhere_is_told_of_twenty_times(house: Household) -> None:
    house.keep(*(_with_photo(number) for number in range(1, 40)))
    assert len(_alike(house)) == 20
