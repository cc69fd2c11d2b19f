"""What the map shows of an announcement, and which markers a view asks for."""

from dataclasses import asdict, fields, replace

import pytest

from chalicelib.domain.geography import Point, Rectangle
from chalicelib.domain.kinds import Blur, Kind, Species, Status
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.moments import Window
from tests.builders import (
    DAY,
    FIJI,
    KRAKOW,
    NOON,
    announcement,
    identifier,
    in_status,
    marker,
    picture,
    ready_picture,
)

AROUND_KRAKOW = Rectangle(19.8, 50.0, 20.1, 50.1)


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.REUNITED])
def test_what_is_on_the_map_has_a_marker_at_its_public_place(status: Status) -> None:
    each = in_status(status, blur=Blur.AREA)
    found = Marker.of(each)
    assert found
    assert found.place == each.public_place != each.place
    assert (found.announcement_id, found.status, found.version) == (each.id, status, each.version)


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.WITHDRAWN])
def test_what_has_left_the_map_has_no_marker(status: Status) -> None:
    assert Marker.of(in_status(status)) is None


def test_a_marker_tells_nothing_private() -> None:
    home = Point(50.061234567, 19.938712345)
    told = repr(asdict(marker(place=home, link="https://example.org/1")))
    assert not {"contact", "secret_mark", "origin", "text", "link"} & {field.name for field in fields(Marker)}
    for private in ("finder@example.org", "+48 600 100 200", "a white toe", "By the park", "50.0612345", "19.9387123"):
        assert private not in told


def test_a_marker_shows_the_thumbnail_of_the_cover() -> None:
    shown = ready_picture(id="9f2c")
    found = marker(pictures=(picture(), shown))
    assert found.thumbnail == "renditions/9f2c/4be1-160.webp"
    assert (found.colour, found.placeholder) == (shown.colour, shown.placeholder)
    assert marker(pictures=(picture(),)).thumbnail is None


def test_markers_are_ordered_by_event_time_and_then_by_id() -> None:
    early, late = marker(event_at=NOON - DAY, id=identifier(9)), marker(event_at=NOON, id=identifier(1))
    last = replace(late, announcement_id=identifier(2))
    assert sorted([last, late, early], key=lambda each: each.position) == [early, late, last]


def test_a_view_without_wishes_asks_for_everything() -> None:
    assert all(marker(place=place) in Viewport() for place in (KRAKOW, FIJI))


@pytest.mark.parametrize(
    "viewport",
    [
        Viewport(Rectangle(0, 0, 1, 1)),
        Viewport(window=Window(end=NOON - DAY)),
        Viewport(kinds=frozenset({Kind.LOST})),
        Viewport(species=frozenset({Species.CAT, Species.BIRD})),
    ],
)
def test_a_view_does_not_ask_for_what_misses_one_of_its_wishes(viewport: Viewport) -> None:
    assert marker() not in viewport


def test_a_view_asks_for_what_meets_all_its_wishes() -> None:
    window = Window(NOON - DAY, NOON)
    assert marker() in Viewport(AROUND_KRAKOW, window, frozenset({Kind.FOUND}), frozenset({Species.DOG}))


def test_a_window_is_about_the_event_and_not_about_when_it_was_announced() -> None:
    old_event = marker(event_at=NOON - 40 * DAY, published_at=NOON)
    assert old_event in Viewport(WORLD, Window(NOON - 41 * DAY, NOON - 39 * DAY))
    assert old_event not in Viewport(WORLD, Window(NOON - DAY, NOON + DAY))


def test_a_search_finds_the_public_place_and_not_the_home() -> None:
    home = announcement()
    around_home = Rectangle(KRAKOW.longitude, KRAKOW.latitude, KRAKOW.longitude, KRAKOW.latitude)
    public = home.public_place
    around_public = Rectangle(public.longitude, public.latitude, public.longitude, public.latitude)
    assert marker() not in Viewport(around_home)
    assert marker() in Viewport(around_public)
