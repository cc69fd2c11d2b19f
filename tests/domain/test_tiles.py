"""Tiles: whatever they are made from and in whatever order, they say the same."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import batched

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.geography import Cell, Grid, Point
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import iso
from chalicelib.domain.periods import Span
from chalicelib.domain.tile_grid import SIDE, face_block, positions_of
from chalicelib.domain.tiles import (
    EVERYTHING,
    FINEST,
    KINDS,
    MAX_NEWEST,
    MIN_NEWEST,
    SPECIES,
    Face,
    Newest,
    Tile,
    build,
    kind_in,
    leaf,
    parent,
    position_in,
    slot_of,
    slots_wanted,
)
from tests.builders import DAY, HOUR, KRAKOW, LONDON, NOON, identifier, marker
from tests.towns import NORTH, SOUTH, SPOTS, TODAY, cover, made, markers_of, place_near, wrong_tiles

EVER = Span()
LEAF = KRAKOW.cell(FINEST)
PLACES = st.sampled_from(
    [
        *(KRAKOW, Point(KRAKOW.latitude + 0.004, KRAKOW.longitude), Point(KRAKOW.latitude, KRAKOW.longitude + 0.012)),
        *(LONDON, Point(LONDON.latitude, 0.0015), Point(-16.8, 179.999), Point(-16.8, -179.999)),
        *(NORTH, SOUTH, Point(90.0, 0.0), Point(-90.0, 180.0)),
    ]
)
AGES = st.sampled_from([0, 1, 6, 13, 41, 42, 60, 399, 430, 500])  # days


@st.composite
def _markers(draw: st.DrawFn, places: st.SearchStrategy[Point] = PLACES, most: int = 30) -> list[Marker]:
    drawn = st.tuples(places, AGES, st.sampled_from(Kind), st.sampled_from(Species), st.booleans())
    return [
        marker(
            id=identifier(number),
            place=place,
            event_at=NOON - age * DAY - number % 3 * HOUR,
            kind=kind,
            species=species,
            pictures=(cover(number),) if has_picture else (),
        )
        for number, (place, age, kind, species, has_picture) in enumerate(draw(st.lists(drawn, max_size=most)))
    ]


def _total(tile: Tile) -> int:
    return sum(count for slots in tile.counts.values() for count in slots.values())


def _is_honest(tile: Tile, markers: Sequence[Marker]) -> bool:
    """Tell whether a tile holds every marker of its cell down to its horizon, newest first, and no other."""
    inside = [each for each in markers if each.place.cell(12).startswith(tile.cell)]
    above = [each for each in inside if each.position >= tile.newest.horizon]
    return list(tile.newest.markers) == sorted(above, key=lambda each: each.position, reverse=True)


@given(markers=_markers())
def test_every_level_counts_every_announcement_once(markers: list[Marker]) -> None:
    tiles = list(build(markers, TODAY))
    totals = Counter(tile.level for tile in tiles for _ in range(_total(tile)))
    assert totals == (dict.fromkeys(range(FINEST + 1), len(markers)) if markers else {})
    assert all(_is_honest(tile, markers) for tile in tiles)
    assert len({tile.cell for tile in tiles}) == len(tiles)


@given(markers=_markers())
def test_a_slot_counts_what_lies_in_its_cell_of_its_kind_and_species(markers: list[Marker]) -> None:
    for tile in build(markers, TODAY):
        grid, (column, row) = tile.counted, tile.corner
        inside = [each for each in markers if each.place.cell(12).startswith(tile.cell)]
        right = Counter(
            slot_of(
                (grid.row(each.place.latitude) - row) * SIDE + grid.column(each.place.longitude) - column,
                each.kind,
                each.species,
            )
            for each in inside
        )
        assert tile.summed(EVER) == right
        assert {grid.name(column + position_in(slot) % SIDE, row + position_in(slot) // SIDE) for slot in right} == {
            each.place.cell(tile.level + 2) for each in inside
        }


@given(markers=_markers(st.sampled_from([KRAKOW, Point(KRAKOW.latitude + 0.004, KRAKOW.longitude)])), data=st.data())
def test_a_leaf_counted_part_by_part_in_any_order_is_the_leaf_counted_at_once(
    markers: list[Marker], data: st.DataObject
) -> None:
    tile = Tile(LEAF, TODAY)
    parts = {(each.place.cell(6), tile.span_of(each.event_at.toordinal())) for each in markers}
    order = data.draw(st.permutations(sorted(parts, key=repr)))
    again = data.draw(st.lists(st.sampled_from(order), max_size=5)) if order else []
    for cell, span in [*order, *again]:
        inside = [each for each in markers if each.place.cell(6) == cell and each.event_at.toordinal() in span]
        tile = tile.with_markers(cell, span, inside)
    assert tile == leaf(LEAF, markers, TODAY)


@given(markers=_markers(), gone=st.sets(st.integers(0, 29)), data=st.data())
def test_tiles_that_follow_their_children_in_any_order_are_those_made_from_nothing(
    markers: list[Marker], gone: set[int], data: st.DataObject
) -> None:
    left = [each for number, each in enumerate(markers) if number not in gone]
    tiles = {tile.cell: tile for tile in build(markers, TODAY)}
    now = {tile.cell: tile for tile in build(left, TODAY)}
    for level in range(FINEST, 0, -1):
        children = sorted(cell for cell in tiles if len(cell) == level)
        for cell in data.draw(st.permutations(children)):
            child = tiles[cell] if level < FINEST else now.get(cell, Tile(cell, TODAY))
            tiles[cell] = child
            tiles[cell[:-1]] = tiles[cell[:-1]].with_child(child)
    assert all(_is_honest(tile, left) for tile in tiles.values())
    assert wrong_tiles(tiles, left, TODAY) == []


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), later=st.integers(0, 500))
def test_merging_keeps_every_slot_and_is_the_same_as_making_it_later(seed: int, later: int) -> None:
    markers = markers_of(made(60, seed))
    for tile, right in zip(build(markers, TODAY), build(markers, TODAY + later), strict=True):
        merged = tile.merged(TODAY + later)
        assert merged.summed(EVER) == tile.summed(EVER)
        assert merged == right
        assert merged.merged(TODAY) is merged  # time does not run backwards


def test_a_child_of_a_later_day_brings_its_periods_along() -> None:
    markers = [marker(id=identifier(age), event_at=NOON - age * DAY) for age in (1, 20, 45, 80)]
    later = TODAY + 30
    old = next(tile for tile in build(markers, TODAY) if tile.level == 4)
    assert old.with_child(leaf(LEAF, markers, later)) == next(t for t in build(markers, later) if t.level == 4)
    assert old.merged(later).with_child(leaf(LEAF, markers, TODAY)).counts == old.merged(later).counts


def test_a_crowded_tile_holds_the_newest_and_knows_how_far_down() -> None:
    markers = [marker(id=identifier(number), event_at=NOON - number * HOUR) for number in range(MAX_NEWEST + 5)]
    for tile in build(markers, TODAY):
        assert len(tile.newest.markers) == MAX_NEWEST
        assert tile.newest.horizon == markers[MAX_NEWEST - 1].position
        assert _is_honest(tile, markers)
        assert tile.newest.reaches(markers[MAX_NEWEST - 1].position)
        assert not tile.newest.reaches(markers[MAX_NEWEST].position)


def test_a_tile_that_holds_all_reaches_everything() -> None:
    markers = [marker(id=identifier(number)) for number in range(MAX_NEWEST)]
    assert all(tile.newest.reaches(EVERYTHING) for tile in build(markers, TODAY))
    assert Newest().reaches(EVERYTHING)


@pytest.mark.parametrize("kept", [0, 1, 3, MAX_NEWEST])
def test_newest_cut_short_promise_no_more_than_they_hold(kept: int) -> None:
    markers = [marker(id=identifier(number), event_at=NOON - number * HOUR) for number in range(MAX_NEWEST)]
    cut = leaf(LEAF, markers, TODAY).newest.cut(kept)
    assert list(cut.markers) == markers[:kept]
    assert cut.reaches(markers[0].position) == (kept > 0)
    assert cut.reaches(EVERYTHING) == (kept == MAX_NEWEST)


@settings(max_examples=200)
@given(markers=_markers(most=20), cuts=st.lists(st.integers(0, 20), min_size=4, max_size=4), data=st.data())
def test_whatever_storage_cuts_away_no_marker_is_missing_above_the_horizon(
    markers: list[Marker], cuts: list[int], data: st.DataObject
) -> None:
    tiles = {tile.cell: tile for tile in build(markers, TODAY)}
    for level, kept in zip(range(FINEST, 1, -1), cuts, strict=True):
        for cell in data.draw(st.permutations(sorted(cell for cell in tiles if len(cell) == level))):
            tiles[cell] = replace(tiles[cell], newest=tiles[cell].newest.cut(kept))
            tiles[cell[:-1]] = tiles[cell[:-1]].with_child(tiles[cell])
    assert all(_is_honest(tile, markers) for tile in tiles.values())


@given(markers=_markers(st.just(KRAKOW)), cut=st.integers(0, 30), age=AGES)
def test_a_part_with_older_markers_does_not_raise_what_was_left_out(markers: list[Marker], cut: int, age: int) -> None:
    tile = leaf(LEAF, markers, TODAY)
    tile = replace(tile, newest=tile.newest.cut(cut))
    span = tile.span_of(TODAY - age)
    inside = [each for each in markers if each.event_at.toordinal() in span]
    after = tile.with_markers(KRAKOW.cell(6), span, inside)
    assert _is_honest(after, markers)
    assert after.counts == tile.counts


def test_a_tile_is_short_when_it_holds_few_of_more() -> None:
    markers = [marker(id=identifier(number)) for number in range(MIN_NEWEST)]
    tile = leaf(LEAF, markers, TODAY)
    assert not tile.is_short
    assert not leaf(LEAF, markers[:1], TODAY).is_short
    assert replace(tile, newest=tile.newest.cut(MIN_NEWEST - 1)).is_short


@given(markers=_markers())
def test_each_block_of_cells_shows_its_newest_picture(markers: list[Marker]) -> None:
    for tile in build(markers, TODAY):
        (column, row), right = tile.corner, dict[tuple[int, int], tuple[int, Marker]]()
        for each in sorted(markers, key=lambda each: (each.event_at, each.thumbnail or "")):
            if each.thumbnail and each.place.cell(12).startswith(tile.cell):
                up, along = tile.counted.row(each.place.latitude) - row, tile.counted.column(each.place.longitude)
                place = up * SIDE + along - column
                right[face_block(place, tile.level)] = place, each
        assert tile.faces == {
            place: Face(iso(each.event_at), each.kind, each.species, str(each.thumbnail))
            for place, each in right.values()
        }


def test_of_two_pictures_at_the_same_second_always_the_same_one_is_shown() -> None:
    one, other = (marker(id=identifier(n), pictures=(cover(n),)) for n in (1, 2))
    there, back = leaf(LEAF, [one, other], TODAY), leaf(LEAF, [other, one], TODAY)
    assert there.faces == back.faces
    [face] = there.faces.values()
    assert (face.day, face.thumbnail) == (TODAY, other.thumbnail)


BORDERS = [  # longitude, latitude: the corners of cells of many levels at once
    (0.0, 0.0),
    (180.0, 90.0),
    (180.0, -90.0),
    (-90.0, 45.0),
    (11.25, 50.625),
]


@pytest.mark.parametrize(("longitude", "latitude"), BORDERS)
def test_a_point_on_a_border_is_counted_once_on_the_side_that_geohash_says(longitude: float, latitude: float) -> None:
    on_border = replace(marker(), place=Point(latitude, longitude))
    tiles = list(build([on_border], TODAY))
    assert [tile.cell for tile in tiles] == [on_border.place.cell(12)[: tile.level] for tile in tiles]
    for tile in tiles:
        [slot] = tile.summed(EVER)
        column, row = tile.corner
        cell = Cell.named(tile.counted.name(column + position_in(slot) % SIDE, row + position_in(slot) // SIDE))
        assert cell.west < on_border.place.longitude <= cell.east
        assert cell.south < on_border.place.latitude <= cell.north or latitude == cell.south == -90


def test_both_sides_of_the_antimeridian_meet_in_the_world_only() -> None:
    sides = [marker(id=identifier(n), place=Point(-16.8, longitude)) for n, longitude in enumerate((179.99, -179.99))]
    tiles = list(build(sides, TODAY))
    assert [_total(tile) for tile in tiles] == [1] * 10 + [2]
    assert {position_in(slot) % SIDE for slot in tiles[-1].summed(EVER)} == {0, SIDE - 1}


def test_the_poles_are_counted_in_the_outermost_rows() -> None:
    *_, world = build([marker(place=NORTH), marker(id=identifier(2), place=SOUTH)], TODAY)
    assert {position_in(slot) // SIDE for slot in world.summed(EVER)} == {0, SIDE - 1}


def test_slots_of_all_cells_kinds_and_species_differ_and_can_be_read_back() -> None:
    assert set(KINDS) == set(Kind)
    assert set(SPECIES) == set(Species)
    slots = {slot_of(place, kind, each): (place, kind) for place in (0, 31, 1023) for kind in KINDS for each in SPECIES}
    assert len(slots) == 3 * len(KINDS) * len(SPECIES)
    assert max(slots) < 1 << 15
    assert all((position_in(slot), kind_in(slot)) == named for slot, named in slots.items())


@pytest.mark.parametrize("kinds", [frozenset[Kind](), frozenset({Kind.LOST}), frozenset(Kind)])
@pytest.mark.parametrize("species", [frozenset[Species](), frozenset({Species.CAT, Species.BIRD})])
def test_a_filter_lets_through_the_slots_of_its_kinds_and_species(
    kinds: frozenset[Kind], species: frozenset[Species]
) -> None:
    right = {slot_of(0, kind, each) for kind in kinds or Kind for each in species or Species}
    assert slots_wanted(kinds, species) == right


@pytest.mark.parametrize("spot", SPOTS)
def test_the_positions_of_the_cells_in_a_tile_are_all_its_positions_each_once(spot: Point) -> None:
    for level in range(FINEST + 1):
        cell = spot.cell(level) if level else ""
        grid = Grid(level + 1)
        (column, row), (width, height) = grid.corner(cell), grid.inside(level)
        names = [grid.name(column + right, row + up) for up in range(height) for right in range(width)]
        positions = [place for name in names for place in positions_of(cell, name)]
        assert len(names) == 32
        assert sorted(positions) == list(range(SIDE * SIDE))


def test_a_tile_names_the_tiles_in_it_that_hold_any() -> None:
    markers = markers_of(made(200))
    by_cell = {tile.cell: tile for tile in build(markers, TODAY)}
    for cell, tile in by_cell.items():
        if tile.level < FINEST:
            assert tile.children == {each for each in by_cell if each[:-1] == cell and each}


def test_a_parent_is_made_from_any_share_of_its_children() -> None:
    chance = random.Random(5)  # noqa: S311 (the same every time)
    markers = markers_of(made(150, place=KRAKOW) + made(150, first=500))
    places = [replace(each, place=place_near(chance, KRAKOW)) for each in markers]
    children = [tile for tile in build(places, TODAY) if tile.level == 1]
    whole = parent(children)
    assert _total(whole) == len(places)
    for some in batched(children, 2):
        assert _total(parent(some)) == sum(map(_total, some))
