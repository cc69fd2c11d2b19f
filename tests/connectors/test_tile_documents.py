"""Tiles as documents: nothing is lost in them, reading some of them is enough, and they stay small."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.connectors.packing import pack, pack_counts, unpack, unpack_counts
from chalicelib.connectors.table import marshal
from chalicelib.connectors.tile_documents import (
    HEAD,
    MONTHS,
    READ_STEP,
    WEEKS,
    Document,
    counts_of,
    documents_of,
    faces_of,
    is_torn,
    lacking,
    newest_of,
    summed,
)
from chalicelib.domain.moments import Window
from chalicelib.domain.periods import Span, period_of
from chalicelib.domain.tiles import KINDS, MAX_NEWEST, SPECIES, Counts, Face, Newest, Tile, build, slot_of
from tests.builders import DAY, NOON, identifier, marker
from tests.towns import TODAY, cover, made, markers_of

EVER = Span()
LIMIT = 400 * 1024  # bytes of an item, which DynamoDB allows
SLOTS = st.integers(0, (1 << 15) - 1)
COUNTS = st.dictionaries(
    st.integers(1, 1_000_000),
    st.dictionaries(SLOTS, st.one_of(st.just(1), st.integers(1, 300), st.integers(1, 2**32 - 1)), min_size=1),
    max_size=20,
)
AGES = (0, 1, 8, 30, 41, 43, 50, 100, 200, 364, 399, 410, 425, 450, 800)  # days


def _size(document: Document) -> int:
    """Count the bytes of an item as DynamoDB does: names, texts and bytes, a byte for two digits and one more."""
    item = marshal(document | {"pk": "T#u2yhv", "sk": HEAD, "version": 10_000})
    return sum(len(name) + _bytes(kind, value) for name, typed in item.items() for kind, value in typed.items())


def _bytes(kind: str, value: Any) -> int:
    return (len(value) + 1) // 2 + 1 if kind == "N" else len(value.encode()) if kind == "S" else len(value)


def _dense(count: int, ages: tuple[int, ...] | range = range(730), cells: int = 1024) -> Counts:
    """Count announcements of a crowded cell: some of the cells in it hold many more than others."""
    chance = random.Random(1)  # noqa: S311 (the same every time)
    weights = [1 / (place + 1) for place in range(cells)]
    periods = chance.choices([period_of(TODAY - age, TODAY) for age in ages], k=count)
    places = chance.choices(range(cells), weights, k=count)
    last = chance.choices([slot_of(0, kind, species) for kind in KINDS for species in SPECIES], k=count)
    counts: dict[int, dict[int, int]] = {}
    for (period, place, bits), sums in Counter(zip(periods, places, last, strict=True)).items():
        counts.setdefault(period, {})[place << 5 | bits] = sums
    return counts


@cache
def _faces() -> dict[int, Face]:
    """Give a picture to every cell, of names that do not repeat themselves."""
    chance = random.Random(2)  # noqa: S311 (the same every time)
    return {
        place: Face(
            f"2026-11-{chance.randrange(1, 21):02}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z",
            chance.choice(KINDS),
            chance.choice(SPECIES),
            f"renditions/{chance.randbytes(13).hex()[:20]}/{chance.randbytes(8).hex()}-160.webp",
        )
        for place in range(1024)
    }


@cache
def _newest(title_length: int = 20) -> Newest:
    """Give the newest markers of a crowded tile, with titles that do not repeat themselves."""
    chance = random.Random(3)  # noqa: S311 (the same every time)
    markers = [
        marker(
            id=identifier(chance.randrange(10**19)),
            title="".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(title_length)),
            event_at=NOON - timedelta(seconds=chance.randrange(86_400)),
            pictures=(cover(number),),
        )
        for number in range(MAX_NEWEST)
    ]
    ordered = sorted(markers, key=lambda each: each.position, reverse=True)
    return Newest(tuple(ordered), ordered[-1].position)


def _tile(counts: Counts, **parts: Any) -> Tile:
    return Tile("u2yhv", TODAY, counts, **parts)


def _plain(counts: Counts) -> dict[int, dict[int, int]]:
    return {period: dict(slots) for period, slots in counts.items()}


def _total(counts: Counts) -> int:
    return sum(sum(slots.values()) for slots in counts.values())


@given(counts=COUNTS)
def test_any_counts_come_back_as_they_were(counts: Counts) -> None:
    assert {period: dict(slots) for period, slots in unpack_counts(pack_counts(counts))} == counts


@settings(max_examples=30)
@given(counts=COUNTS)
def test_counts_that_are_equal_are_equal_bytes(counts: Counts) -> None:
    turned = {period: dict(reversed(list(counts[period].items()))) for period in reversed(list(counts))}
    assert pack_counts(turned) == pack_counts(counts)


@settings(max_examples=30)
@given(values=st.recursive(st.none() | st.text() | st.integers() | st.booleans(), st.lists))
def test_any_values_come_back_as_they_were(values: Any) -> None:
    assert unpack(pack(values)) == values


@pytest.mark.parametrize("count", [0, 100, 1200])
def test_tiles_come_back_as_they_were(count: int) -> None:
    markers = markers_of(made(count))
    for tile in build(markers, TODAY):
        documents = documents_of(tile)
        newest = newest_of(documents[HEAD])
        assert counts_of(documents) == tile.counts
        assert summed(documents, EVER) == tile.summed(EVER)
        assert faces_of(documents[HEAD]) == tile.faces
        assert newest == tile.newest.cut(len(newest.markers))
        assert not is_torn(documents)


def test_markers_come_back_with_everything_that_a_map_shows() -> None:
    bare, whole = marker(title="Żółw „Zuzia” 🐢"), marker(id=identifier(2), pictures=(cover(2),))
    [tile, *_] = build([bare, whole], TODAY)
    assert newest_of(documents_of(tile)[HEAD]).markers == (whole, bare)


def test_a_small_tile_is_its_head_alone() -> None:
    [tile, *_] = build([marker(event_at=NOON - age * DAY) for age in AGES], TODAY)
    assert documents_of(tile).keys() == {HEAD}


@pytest.mark.parametrize(
    ("ages", "names"),
    [
        (AGES, {HEAD, WEEKS, MONTHS}),
        ((0, 1, 2, 100, 200), {HEAD, WEEKS}),
        ((0, 1, 2), {HEAD}),
        ((0, 800), {HEAD, WEEKS, MONTHS}),  # weeks without counts, so that nothing seems to be missing between
        ((800,), {HEAD, WEEKS, MONTHS}),
    ],
)
def test_a_big_tile_has_documents_for_what_it_counts(ages: tuple[int, ...], names: set[str]) -> None:
    documents = documents_of(_tile(_dense(20_000, ages)))
    assert documents.keys() == names
    assert not is_torn(documents)
    assert _total(counts_of(documents)) == 20_000


@settings(max_examples=40)
@given(
    ages=st.sets(st.sampled_from(AGES), min_size=1).map(sorted).map(tuple),
    start=st.none() | st.sampled_from(AGES),
    length=st.none() | st.sampled_from(AGES),
    waited=st.integers(0, 70),
)
def test_what_is_lacking_is_named_and_with_it_every_window_is_counted_exactly(
    ages: tuple[int, ...], start: int | None, length: int | None, waited: int
) -> None:
    counts = _cached_dense(ages)
    now = NOON + waited * DAY
    begin = None if start is None else now - start * DAY
    span = Span.around(Window(begin, None if length is None else (begin or NOON) + length * DAY), now)
    documents = documents_of(_tile(counts))
    read = {HEAD: documents[HEAD]}
    read |= {name: documents[name] for name in lacking(read, span)}
    assert summed(read, span) == _tile(counts).summed(span)
    assert lacking(read, span) == []


@cache
def _cached_dense(ages: tuple[int, ...]) -> Counts:
    return _dense(8_000, ages)


def _days_around_month_ends() -> Iterator[int]:
    return (day for day in range(TODAY, TODAY + 70) if (day - TODAY) % 3 == 0)


@pytest.mark.parametrize("ages", [AGES, (0, 800), (0, 45, 800), (45, 100), (0, 410, 430)])
def test_documents_from_before_and_after_a_merge_are_torn_or_count_everything(ages: tuple[int, ...]) -> None:
    before = _tile(_dense(8_000, ages))
    old = documents_of(before)
    for later in _days_around_month_ends():
        new = documents_of(before.merged(later))
        for choice in product([old, new], repeat=3):
            mixed = {name: some[name] for name, some in zip((HEAD, WEEKS, MONTHS), choice, strict=True) if name in some}
            assert is_torn(mixed) or _total(counts_of(mixed)) == 8_000
        assert not is_torn(new)


def test_what_the_head_no_longer_speaks_of_is_not_counted() -> None:
    old, small = documents_of(_tile(_dense(8_000, AGES))), documents_of(_tile(_dense(10, AGES)))
    assert _total(counts_of(old | small)) == 10
    assert lacking(small, EVER) == []
    assert not is_torn(old | small)


def test_nothing_is_lacking_of_what_is_not_there() -> None:
    assert lacking({}, EVER) == []
    assert counts_of({}) == {}
    assert not is_torn({})


@pytest.mark.parametrize("length", [5, 40, 120])
@pytest.mark.parametrize("count", [10, 300, 2000, 20_000])
@pytest.mark.parametrize("pictures", [0, 30, 300, 3072])
def test_a_head_is_filled_with_markers_up_to_its_step_of_reading(length: int, count: int, pictures: int) -> None:
    faces = dict(list(_faces().items())[:pictures])
    tile = _tile(_dense(count), faces=faces, newest=_newest(length))
    head = documents_of(tile)[HEAD]
    held = newest_of(head)
    rest = _size(head | {"newest": b""})
    assert _size(head) <= -(-(rest + 1400) // READ_STEP) * READ_STEP
    assert held == tile.newest.cut(len(held.markers))
    if len(held.markers) < MAX_NEWEST:
        room = READ_STEP - _size(head) % READ_STEP
        assert room < 400 + 4 * length  # less than two more of them


def test_a_head_without_room_for_few_takes_another_step() -> None:
    shortest = min(
        len(newest_of(documents_of(_tile(_dense(count), newest=_newest(5)))[HEAD].copy()).markers)
        for count in range(100, 4000, 100)
    )
    assert shortest >= 6


def test_the_longest_titles_leave_a_tile_enough_markers_not_to_be_short() -> None:
    for count in range(100, 4000, 300):
        tile = _tile(_dense(count), newest=_newest(120))
        assert not replace(tile, newest=newest_of(documents_of(tile)[HEAD])).is_short


@pytest.mark.parametrize(
    ("count", "cells"),
    [(917, 479), (9_749, 856), (53_603, 668), (99_763, 533), (178_104, 320)],
    ids=["level 5", "level 4", "level 3", "level 2", "level 1"],
)
def test_documents_of_the_most_crowded_real_cells_of_a_million_announcements_are_small(count: int, cells: int) -> None:
    """The places are those of the benchmarks: all places of GeoNames by how many live there."""
    faces = {key: face for key, face in _faces().items() if key < cells}
    documents = documents_of(_tile(_dense(count, cells=cells), faces=faces, newest=_newest(120)))
    assert max(map(_size, documents.values())) < LIMIT / 2


@pytest.mark.parametrize("ages", [range(730), range(42)], ids=["two years", "six weeks"])
def test_documents_of_a_million_announcements_with_the_longest_titles_are_small_enough(ages: range) -> None:
    counts = _dense(1_000_000 if len(ages) > 42 else 100_000, ages)
    documents = documents_of(_tile(counts, faces=_faces(), newest=_newest(120)))
    assert _total(counts_of(documents)) == _total(counts)
    assert max(map(_size, documents.values())) < LIMIT / 1.2


def test_no_document_outgrows_an_item_even_where_every_cell_is_crowded_every_day() -> None:
    chance = random.Random(4)  # noqa: S311 (the same every time)
    days = {period_of(TODAY - age, TODAY) for age in range(0, 600, 6)}
    slots = [slot_of(place, kind, species) for place in range(1024) for kind in KINDS for species in SPECIES]
    counts = {period: {slot: chance.randrange(1, 300) for slot in slots} for period in days}
    documents = documents_of(_tile(counts, faces=_faces(), newest=_newest(120)))
    assert len(documents) > 3
    assert max(map(_size, documents.values())) < LIMIT
    assert counts_of(documents) == counts
    assert not is_torn(documents)
    read = {HEAD: documents[HEAD]}
    assert set(lacking(read, Span())) == documents.keys() - {HEAD}
    week = Span(TODAY - 3)
    assert summed(read, week) == summed(documents, week)
