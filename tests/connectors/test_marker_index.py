"""The contract of MarkerIndex: every partition gives its markers newest first, and none is lost on the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Kind, Species, Status
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.moments import Window, iso, month_of
from chalicelib.services.paging import END, START, Index, Partition, Reading, month_key, shard_of
from tests.builders import DAY, FIJI, HOUR, KRAKOW, NOON, announcement, identifier, ready_picture
from tests.connectors.conftest import Storage

SECOND = timedelta(seconds=1)
EVERYTHING = Viewport(WORLD)
SAME_SHARD = [number for number in range(60) if shard_of(identifier(number)) == shard_of(identifier(1))]


def _partition(index: Index, each: Announcement) -> Partition:
    if index is Index.MONTH:
        return Partition(index, month_key(month_of(each.event_at), shard_of(each.id)))
    return Partition(index, each.public_place.cell(index.value))


HERE = _partition(Index.CELL6, announcement())


def _read(
    storage: Storage, partition: Partition = HERE, viewport: Viewport = EVERYTHING, limit: int = 100
) -> list[Marker]:
    """Read a partition to its end."""
    found: list[Marker] = []
    below = END
    while below != START:
        [chunk] = storage.markers.read([Reading(partition, below, limit)], viewport, NOON)
        assert chunk.reached < below
        assert all(chunk.reached <= marker.position < below for marker in chunk.markers)
        found += chunk.markers
        below = chunk.reached
    return found


def _ids(markers: Sequence[Marker]) -> list[str]:
    return [marker.announcement_id for marker in markers]


@pytest.mark.parametrize("index", Index)
def test_every_index_has_the_marker_of_an_announcement_whole(storage: Storage, index: Index) -> None:
    each = announcement(pictures=(ready_picture(),), place=Point(-0.0001, 180))
    storage.keep(each)
    assert _read(storage, _partition(index, each)) == [Marker.of(each)]


@pytest.mark.parametrize("index", Index)
@pytest.mark.parametrize("limit", [1, 2, 100])
def test_markers_come_newest_first_and_complete_whatever_the_limit(storage: Storage, index: Index, limit: int) -> None:
    made = [announcement(id=identifier(number), event_at=NOON - number % 4 * HOUR) for number in SAME_SHARD]
    storage.keep(*made)
    expected = sorted(made, key=lambda each: (each.event_at, each.id), reverse=True)
    assert _ids(_read(storage, _partition(index, made[0]), limit=limit)) == [each.id for each in expected]


def test_two_pets_at_one_spot_in_one_month_both_have_a_marker(storage: Storage) -> None:
    storage.keep(announcement(), announcement(id=identifier(2)))
    assert _ids(_read(storage)) == [identifier(2), identifier(1)]


def test_readings_are_answered_in_their_order(storage: Storage) -> None:
    storage.keep(announcement(), announcement(id=identifier(2), place=FIJI))
    there = _partition(Index.CELL6, announcement(place=FIJI))
    chunks = storage.markers.read([Reading(there, END, 9), Reading(HERE, END, 9)], EVERYTHING, NOON)
    assert [_ids(chunk.markers) for chunk in chunks] == [[identifier(2)], [identifier(1)]]


def test_a_reading_begins_below_its_position(storage: Storage) -> None:
    made = [announcement(id=identifier(number)) for number in range(3)]
    storage.keep(*made)
    below = f"{iso(made[2].event_at)}#{identifier(2)}"
    [chunk] = storage.markers.read([Reading(HERE, below, 9)], EVERYTHING, NOON)
    assert _ids(chunk.markers) == [identifier(1), identifier(0)]


@pytest.mark.parametrize("index", Index)
@pytest.mark.parametrize(
    ("viewport", "found"),
    [
        (Viewport(kinds=frozenset({Kind.LOST})), [3]),
        (Viewport(kinds=frozenset({Kind.LOST, Kind.FOUND})), [3, 1]),
        (Viewport(species=frozenset({Species.CAT})), [2]),
        (Viewport(kinds=frozenset({Kind.LOST}), species=frozenset({Species.CAT})), []),
        (Viewport(window=Window(NOON - 2 * DAY, NOON - 2 * DAY)), [2]),
        (Viewport(window=Window(NOON - 2 * DAY + SECOND, NOON - DAY - SECOND)), []),
        (Viewport(window=Window(start=NOON - 2 * DAY)), [1, 2]),
        (Viewport(window=Window(end=NOON - 2 * DAY)), [2, 3]),
    ],
)
def test_only_what_the_view_asks_for_is_found(
    storage: Storage, index: Index, viewport: Viewport, found: list[int]
) -> None:
    made = {
        1: announcement(id=identifier(SAME_SHARD[0]), event_at=NOON - DAY),
        2: announcement(id=identifier(SAME_SHARD[1]), event_at=NOON - 2 * DAY, kind=Kind.SIGHTING, species=Species.CAT),
        3: announcement(id=identifier(SAME_SHARD[2]), event_at=NOON - 3 * DAY, kind=Kind.LOST),
    }
    storage.keep(*made.values())
    markers = _read(storage, _partition(index, made[1]), viewport, limit=1)
    assert set(_ids(markers)) == {made[number].id for number in found}


def test_what_is_past_its_time_is_left_out(storage: Storage) -> None:
    storage.keep(announcement(expires_at=NOON), announcement(id=identifier(2), expires_at=NOON + SECOND))
    assert _ids(_read(storage)) == [identifier(2)]


def test_an_empty_partition_is_read_at_once(storage: Storage) -> None:
    [chunk] = storage.markers.read([Reading(HERE, END, 9)], EVERYTHING, NOON)
    assert (list(chunk.markers), chunk.reached) == ([], START)


def test_a_window_that_begins_after_the_position_leaves_nothing_to_read(storage: Storage) -> None:
    storage.keep(announcement())
    viewport = Viewport(window=Window(start=NOON))
    [chunk] = storage.markers.read([Reading(HERE, iso(NOON - DAY), 9)], viewport, NOON)
    assert (list(chunk.markers), chunk.reached) == ([], START)


@pytest.mark.parametrize("index", Index)
@pytest.mark.parametrize("change", [{"place": FIJI}, {"event_at": NOON - 60 * DAY}], ids=["the place", "the time"])
def test_a_marker_that_moves_leaves_nothing_behind(storage: Storage, index: Index, change: dict[str, object]) -> None:
    before = announcement()
    storage.keep(before)
    after = storage.change(before, announcement(**change))
    found = _read(storage, _partition(index, after)) + _read(storage, _partition(index, before))
    assert set(found) == {Marker.of(after)}


@pytest.mark.parametrize("index", Index)
def test_a_changed_marker_is_changed_in_every_index(storage: Storage, index: Index) -> None:
    before = announcement()
    storage.keep(before)
    after = storage.change(before, announcement(title="Red dog", pictures=(ready_picture(),)))
    assert _read(storage, _partition(index, before)) == [Marker.of(after)]


@pytest.mark.parametrize("index", Index)
@pytest.mark.parametrize("status", [Status.EXPIRED, Status.WITHDRAWN])
def test_what_leaves_the_map_leaves_every_index(storage: Storage, index: Index, status: Status) -> None:
    storage.keep(announcement())
    storage.change(announcement(), announcement(status=status))
    assert _read(storage, _partition(index, announcement())) == []


def test_what_is_renewed_comes_back(storage: Storage) -> None:
    expired = announcement(status=Status.EXPIRED)
    storage.keep(expired)
    renewed = storage.change(expired, replace(expired, status=Status.ACTIVE))
    assert _read(storage) == [Marker.of(renewed)]


def test_the_months_of_a_window_that_may_hold_markers_are_named(storage: Storage) -> None:
    ages = {"2026-11": 0 * DAY, "2026-10": 30 * DAY, "2026-01": 300 * DAY, "2025-12": 325 * DAY}
    made = enumerate(ages.values())
    storage.keep(*(announcement(id=identifier(number), event_at=NOON - age) for number, age in made))
    everything = ["2025-12", "2026-01", "2026-10", "2026-11"]
    assert sorted(storage.markers.months(Window())) == everything
    assert sorted(storage.markers.months(Window.parse("2026-01-31/2026-10-01"))) == ["2026-01", "2026-10"]
    assert sorted(storage.markers.months(Window.parse("../2025-12-31"))) == ["2025-12"]
    assert sorted(storage.markers.months(Window.parse("2026-10-31/.."))) == ["2026-10", "2026-11"]
    assert sorted(storage.markers.months(Window.parse("2020-01-01/2020-12-31"))) == []


def test_the_cell_of_a_marker_is_that_of_the_public_place(storage: Storage) -> None:
    corner = Point(KRAKOW.latitude, KRAKOW.longitude)
    each = announcement(place=corner)
    storage.keep(each)
    assert [marker.place for marker in _read(storage)] == [each.public_place]
