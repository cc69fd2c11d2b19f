"""Clusters: what each one says of its bounds is what lies there, and together they cover the view."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.clusters import MOST_MERGED, PIN, TILE_PIXELS, Cluster, Counted, _halvings, clustered
from chalicelib.domain.geography import Grid, Point, Rectangle
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.moments import Window
from chalicelib.domain.periods import Span
from chalicelib.domain.tile_grid import FINER
from chalicelib.domain.tiles import Tile, build
from chalicelib.services.surveys import level_of
from tests.builders import DAY, KRAKOW, NOON, identifier, marker
from tests.strategies import latitudes, longitudes
from tests.towns import TODAY, centre_of, cover, lies_of, made, markers_of, random_filters, random_view, random_window

EVER = Span()


@cache
def _town() -> tuple[list[Marker], dict[str, Tile]]:
    markers = markers_of(made(1500))
    return markers, {tile.cell: tile for tile in build(markers, TODAY)}


def _tiles(by_cell: dict[str, Tile], rectangle: Rectangle, level: int) -> list[Tile]:
    return [by_cell.get(cell, Tile(cell, TODAY)) for cell in rectangle.cells(level)]


def _clustered(
    tiles: Sequence[Tile], viewport: Viewport, zoom: int, span: Span = EVER, most: int = 300
) -> tuple[list[Cluster], list[Marker]]:
    return clustered([Counted.of(tile, viewport, span) for tile in tiles], viewport, zoom, span, most)


def _at(*places: Point, **changes: object) -> list[Marker]:
    return [marker(**({"id": identifier(number), "place": place} | changes)) for number, place in enumerate(places)]


def _world_of(markers: Sequence[Marker]) -> list[Tile]:
    return [tile for tile in build(markers, TODAY) if not tile.cell]


@pytest.mark.parametrize("seed", range(150))
def test_clusters_and_markers_together_are_what_lies_in_a_view_to_the_last_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same every time)
    markers, by_cell = _town()
    rectangle, zoom = random_view(chance, [each.place for each in markers])
    viewport = Viewport(rectangle, random_window(chance), *random_filters(chance))
    span = Span.around(viewport.window, NOON)
    most = chance.choice([1, 5, 50, 300])
    tiles = _tiles(by_cell, rectangle, level_of(zoom, rectangle))
    clusters, singles = _clustered(tiles, viewport, zoom, span, most)
    assert lies_of(clusters, singles, viewport, markers, span.window) == []
    assert len(clusters) + len(singles) <= max(most, 2 * len(tiles))
    assert [cluster.count for cluster in clusters] == sorted((cluster.count for cluster in clusters), reverse=True)


@pytest.mark.parametrize(("most", "zoom"), [(most, zoom) for most in (1, 2, 3, 10) for zoom in (0, 1, 2, 3, 17)])
def test_there_are_at_most_as_many_pins_as_asked_for(most: int, zoom: int) -> None:
    markers, by_cell = _town()
    clusters, singles = _clustered(_tiles(by_cell, WORLD, 0), Viewport(), zoom, EVER, most)
    assert 1 <= len(clusters) + len(singles) <= most
    assert lies_of(clusters, singles, Viewport(), markers, Window()) == []


def test_there_may_be_more_pins_than_asked_for_when_tiles_themselves_are_more() -> None:
    _markers, by_cell = _town()
    tiles = [tile for tile in by_cell.values() if tile.level == 1]
    clusters, singles = _clustered(tiles, Viewport(), 4, EVER, 1)
    assert len(clusters) + len(singles) == len(tiles) > 1


@pytest.mark.parametrize(
    "rectangle",
    [
        Rectangle(-45.0, -90.0, -90.0, 90.0),  # everything but a strip in the Atlantic
        Rectangle(0.0, -90.0, -90.0, 90.0),
        Rectangle(170.0, -90.0, -170.0, 90.0),
        Rectangle(10.0, -90.0, 9.0, 90.0),
    ],
)
@pytest.mark.parametrize("most", [1, 3, 300])
def test_what_a_view_over_the_antimeridian_leaves_out_is_in_no_bounds(rectangle: Rectangle, most: int) -> None:
    markers = _at(*(Point(latitude, longitude) for longitude in range(-179, 180, 4) for latitude in (-30, 10, 11)))
    clusters, singles = _clustered(_world_of(markers), Viewport(rectangle), 2, EVER, most)
    assert lies_of(clusters, singles, Viewport(rectangle), markers, Window()) == []
    assert len(clusters) + len(singles) <= max(most, 2)


@given(zoom=st.integers(0, 22), south=latitudes(), north=latitudes(), west=longitudes(), width=st.floats(0, 360))
def test_pins_have_room_at_every_zoom_unless_a_tile_is_smaller(
    zoom: int, south: float, north: float, west: float, width: float
) -> None:
    rectangle = Rectangle(west, min(south, north), min(180.0, west + width), max(south, north))
    grid = Grid(level_of(zoom, rectangle) + FINER)
    columns, rows = _halvings(grid, zoom, rectangle)
    nearest_the_equator = min(max(rectangle.south, -rectangle.north, 0.0), 85.0)
    world = TILE_PIXELS * 2**zoom
    right = world / grid.columns * 2**columns
    up = world / 2 / grid.rows / math.cos(math.radians(nearest_the_equator)) * 2**rows
    assert right >= PIN or columns == MOST_MERGED
    assert up >= PIN or rows == MOST_MERGED
    assert columns == 0 or right / 2 < PIN
    assert rows == 0 or up / 2 < PIN


@pytest.mark.parametrize("zoom", range(23))
def test_no_tile_is_too_small_for_a_pin_on_a_screen(zoom: int) -> None:
    rectangle, _zoom = Rectangle(-0.001, -0.001, 0.001, 0.001), zoom
    grid = Grid(level_of(zoom, rectangle) + FINER)
    columns, rows = _halvings(grid, zoom, rectangle)
    assert TILE_PIXELS * 2**zoom / grid.columns * 2**columns >= PIN
    assert TILE_PIXELS * 2**zoom / 2 / grid.rows * 2**rows >= PIN


def test_a_cell_that_holds_one_is_its_marker_and_not_a_cluster() -> None:
    alone, *others = markers = _at(Point(10, 10), KRAKOW, KRAKOW)
    clusters, singles = _clustered(_world_of(markers), Viewport(), 3)
    assert singles == [alone]
    assert [cluster.count for cluster in clusters] == [len(others)]


def test_one_that_its_tile_does_not_hold_is_a_cluster_of_one() -> None:
    old = marker(place=Point(10, 10), event_at=NOON - 30 * DAY)
    [world] = _world_of([*_at(*[KRAKOW] * 70), replace(old, announcement_id=identifier(100))])
    clusters, singles = _clustered([world], Viewport(), 3)
    assert singles == []
    assert [cluster.count for cluster in clusters] == [70, 1]


def test_the_one_of_a_wanted_kind_is_shown_though_its_cell_holds_others() -> None:
    lost = marker(id=identifier(9), kind=Kind.LOST)
    clusters, singles = _clustered(_world_of([*_at(KRAKOW, KRAKOW), lost]), Viewport(kinds=frozenset({Kind.LOST})), 3)
    assert (clusters, singles) == ([], [lost])


def test_nothing_is_no_cluster() -> None:
    assert clustered([], Viewport(), 3, EVER, 10) == ([], [])
    assert _clustered([Tile("", TODAY)], Viewport(), 3) == ([], [])


def test_a_cluster_stands_in_the_middle_of_what_it_counts() -> None:
    west, east = Point(0.1, 0.1), Point(0.1, 22.4)  # neighbouring cells of 11.25 degrees
    markers = _at(west, west, west, east)
    [cluster], _ = _clustered(_world_of(markers), Viewport(), 1, EVER, 1)
    assert cluster.place == Point(2.8125, 5.625 + 11.25 / 4)
    assert cluster.bounds == Rectangle(0.0, 0.0, 22.5, 5.625)
    assert cluster.kinds == {Kind.FOUND: 4}


@pytest.mark.parametrize("seed", range(60))
def test_a_cluster_shows_its_newest_picture_that_is_asked_for(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same every time)
    markers, by_cell = _town()
    rectangle, zoom = random_view(chance, [each.place for each in markers])
    viewport = Viewport(rectangle, random_window(chance), *random_filters(chance))
    span = Span.around(viewport.window, NOON)
    tiles = _tiles(by_cell, rectangle, level_of(zoom, rectangle))
    known = {face.thumbnail for tile in tiles for face in tile.faces.values()}
    clusters, _singles = _clustered(tiles, viewport, zoom, span)
    for cluster in clusters:
        inside = [each for each in markers if each.place in cluster.bounds and each.thumbnail]
        asked = {
            each.thumbnail
            for each in inside
            if viewport.wants(each.kind, each.species) and each.event_at in span.window
        }
        assert cluster.thumbnail is None or cluster.thumbnail in asked
        newest = max(inside, key=lambda each: (each.event_at, each.thumbnail), default=None)
        if newest and newest.thumbnail in asked & known:
            assert cluster.thumbnail == newest.thumbnail


@pytest.mark.parametrize(
    ("viewport", "is_shown"),
    [
        (Viewport(), True),
        (Viewport(kinds=frozenset({Kind.FOUND})), True),
        (Viewport(kinds=frozenset({Kind.LOST})), False),
        (Viewport(species=frozenset({Species.DOG})), True),
        (Viewport(species=frozenset({Species.CAT})), False),
        (Viewport(window=Window(NOON - 5 * DAY, NOON - 3 * DAY)), True),
        (Viewport(window=Window(NOON - 3 * DAY)), False),
    ],
)
def test_a_picture_is_shown_only_of_what_is_asked_for(viewport: Viewport, *, is_shown: bool) -> None:
    pictured = marker(pictures=(cover(1),), event_at=NOON - 4 * DAY)
    others = [
        marker(id=identifier(10 + number), kind=kind, species=each, event_at=NOON - age * DAY)
        for number, (kind, each, age) in enumerate(
            [(Kind.FOUND, Species.DOG, 4), (Kind.FOUND, Species.CAT, 2), (Kind.LOST, Species.CAT, 2)] * 2
        )
    ]
    span = Span.around(viewport.window, NOON)
    [cluster], _ = _clustered(_world_of([pictured, *others]), viewport, 3, span)
    assert cluster.thumbnail == (pictured.thumbnail if is_shown else None)


def test_a_view_that_begins_at_a_public_place_counts_it() -> None:
    """Half of the places blurred to an area lie within a millimetre or so of the border of a cell."""
    chance = random.Random(1)  # noqa: S311 (the same every time)
    for number in range(3000):
        exact = Point(chance.uniform(-89, 89), chance.uniform(-179, 179))
        place = centre_of(exact.cell(6))
        rectangle = Rectangle(place.longitude, place.latitude, place.longitude + 0.01, place.latitude + 0.01)
        each = replace(marker(id=identifier(number)), place=place)
        [tile, *_] = build([each], TODAY)
        assert Counted.of(tile, Viewport(rectangle), EVER).total == 1
        assert tile.cell in rectangle.nudged.cells(5)
