"""Tiles are kept true to their markers, whatever is repeated, reordered, refused or cut short on the way."""

import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pytest

from chalicelib.connectors.tiles import TileTable
from chalicelib.controllers.triggers import TileTriggers
from chalicelib.domain.errors import Busy
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import to_second
from chalicelib.domain.periods import Span
from chalicelib.domain.tiles import EVERYTHING, FINEST, MAX_NEWEST, MIN_NEWEST, Tile, build
from chalicelib.services.mending import Mender
from chalicelib.services.tiling import ATTEMPTS, WIDEST_PROMPT, Tiler, Touch
from tests.actors import Crash, Stage
from tests.builders import DAY, FIJI, HOUR, KRAKOW, NOON, announcement, identifier, marker
from tests.conftest import Clock
from tests.fake_tiles import MemoryTiles
from tests.household import Household, conflict
from tests.memory_table import MemoryTable
from tests.towns import NORTH, TODAY, cover, wrong_tiles

EVER = Span()
NEAR = Point(KRAKOW.latitude + 0.003, KRAKOW.longitude + 0.003)
FAR = Point(KRAKOW.latitude + 0.02, KRAKOW.longitude)  # in another cell of 6 characters
ACROSS = Point(FIJI.latitude, -179.999)
PLACES = (KRAKOW, KRAKOW, NEAR, FAR, Point(52.0, 21.0), FIJI, ACROSS, NORTH)
RUNS = 120


def _touch(each: Marker) -> Touch:
    return Touch(each.place.cell(6), each.event_at.toordinal())


@dataclass
class Pets:
    """Markers by their cells, as the table of announcements has them, and the stream of what was touched."""

    cells: dict[str, dict[str, Marker]] = field(default_factory=dict)
    stream: list[Touch] = field(default_factory=list)
    before_read: Callable[[], object] = lambda: None
    broken: set[str] = field(default_factory=set)

    def in_cell(self, cell: str, span: Span) -> Sequence[Marker]:
        self.before_read()
        if cell in self.broken:
            raise Busy(cell)
        return [each for each in self.cells.get(cell, {}).values() if each.event_at.toordinal() in span]

    @property
    def all(self) -> list[Marker]:
        return [each for inside in self.cells.values() for each in inside.values()]

    def put(self, each: Marker) -> None:
        self.cells.setdefault(each.place.cell(6), {})[each.announcement_id] = each
        self.stream.append(_touch(each))

    def remove(self, each: Marker) -> None:
        del self.cells[each.place.cell(6)][each.announcement_id]
        self.stream.append(_touch(each))


@dataclass
class Town:
    """A town whose tiles follow its pets."""

    seed: int = 0
    clock: Clock = field(default_factory=Clock)
    pets: Pets = field(default_factory=Pets)
    table: MemoryTable = field(default_factory=MemoryTable)

    @cached_property
    def chance(self) -> random.Random:
        return random.Random(self.seed)  # noqa: S311 (the same every time)

    @cached_property
    def tiles(self) -> TileTable:
        return TileTable(self.table)

    @cached_property
    def tiler(self) -> Tiler:
        return Tiler(self.tiles, self.pets, self.clock, lambda _seconds: None)

    def follow(self, *touches: Touch) -> None:
        assert self.tiler.refresh(touches or self.pets.stream) == set()
        self.pets.stream.clear()
        self.tiler.refresh_wide()

    def keep(self, *markers: Marker) -> None:
        for each in markers:
            self.pets.put(each)
        self.follow()

    def tile(self, cell: str) -> Tile:
        return self.tiles.read([cell])[cell].tile

    def wrong(self) -> list[str]:
        """Compare all tiles that there are, or should be, with those made from nothing."""
        cells = [pk.removeprefix("T#") for pk, sk in self.table.items if pk.startswith("T#") and sk == "H"]
        stored = {cell: self.tile(cell) for cell in cells}
        return wrong_tiles(stored, self.pets.all, self.clock.now.date().toordinal())


class Shards(Town):
    """Functions on three shards of a stream, a schedule and people, all at work at once; any of them may die."""

    def live(self, changes: int) -> None:
        """Let people change things, and the functions follow as well as they can."""
        self.stage = Stage(self.chance)
        self.queues: tuple[deque[Touch], ...] = (deque(), deque(), deque())
        self.are_people_done = False
        self.numbers = iter(range(1, 10_000))
        self.deaths = 0
        self.table.before = lambda _call: self._step()
        self.pets.before_read = self._step
        self.stage.play([lambda: self._people(changes), *(self._shard(queue) for queue in self.queues), self._schedule])
        self.table.before, self.pets.before_read = (lambda _call: None), (lambda: None)
        self.tiler.refresh_wide()

    def _step(self) -> None:
        self.stage.step()
        if self.chance.random() < 0.01:
            self.deaths += 1
            raise Crash

    def _people(self, changes: int) -> None:
        for _change in range(changes):
            self._change()
            for touch in self.pets.stream:
                for _again in range(self.chance.choice([1, 1, 2, 3])):
                    queue = self.chance.choice(self.queues)
                    queue.insert(self.chance.randrange(len(queue) + 1), touch)
            self.pets.stream.clear()
            for _turn in range(self.chance.randrange(8)):
                self.stage.step()
        self.are_people_done = True

    def _change(self) -> None:
        there, luck = self.pets.all, self.chance.random()
        if luck < 0.08:
            self.clock.move(timedelta(days=self.chance.randrange(1, 25)))
        elif not there or luck < 0.6:
            self.pets.put(self._pet(next(self.numbers)))
        elif luck < 0.75:
            self.pets.remove(self.chance.choice(there))
        else:
            self._edit(self.chance.choice(there))

    def _pet(self, number: int) -> Marker:
        age = timedelta(days=self.chance.choice([0, 0, 1, 5, 30, 45, 200, 399, 405, 430, 700]), hours=number % 20)
        return marker(
            id=identifier(number),
            place=self.chance.choice(PLACES),
            event_at=to_second(self.clock.now - age),
            kind=self.chance.choice(list(Kind)),
            species=self.chance.choice([Species.DOG, Species.CAT]),
            pictures=(cover(number),) if self.chance.random() < 0.7 else (),
        )

    def _edit(self, each: Marker) -> None:
        """Move it, tell another time, another kind or other pictures."""
        other = self._pet(next(self.numbers))
        wishes: list[dict[str, Any]] = [
            {"place": other.place},
            {"event_at": other.event_at},
            {"kind": other.kind},
            {"thumbnail": other.thumbnail},
        ]
        self.pets.remove(each)
        self.pets.put(replace(each, **self.chance.choice(wishes)))

    def _shard(self, queue: deque[Touch]) -> Callable[[], None]:
        def work() -> None:
            while queue or not self.are_people_done:
                batch = [queue.popleft() for _ in range(min(len(queue), self.chance.randrange(1, 6)))]
                self._replay(queue, batch, self._unfinished(batch))
                self.stage.step()

        return work

    def _unfinished(self, batch: Sequence[Touch]) -> int:
        """Give the number of the first touch from which Lambda begins again, as many as there are when all is well."""
        try:
            failed = self.tiler.refresh(batch)
        except (Crash, Busy):
            return 0
        return next((number for number, touch in enumerate(batch) if touch.leaf in failed), len(batch))

    def _replay(self, queue: deque[Touch], batch: Iterable[Touch], first: int) -> None:
        queue.extendleft(reversed(list(batch)[first:]))

    def _schedule(self) -> None:
        while not self.are_people_done or any(self.queues):
            try:
                self.tiler.refresh_wide()
            except (Crash, Busy):
                continue
            finally:
                self.stage.step()


@pytest.mark.parametrize("seed", range(RUNS))
def test_crashes_replays_and_other_orders_leave_the_tiles_that_are_made_from_nothing(seed: int) -> None:
    town = Shards(seed)
    town.live(changes=30)
    assert town.pets.all
    assert town.wrong() == []
    assert list(town.tiles.notes()) == []


def test_the_runs_above_do_crash_and_conflict() -> None:
    town = Shards(0)
    conflicts: list[float] = []
    town.__dict__["tiler"] = Tiler(town.tiles, town.pets, town.clock, conflicts.append)
    town.live(changes=200)
    assert town.deaths > 20
    assert len(conflicts) > 10
    assert town.wrong() == []


@pytest.mark.parametrize("seed", range(5))
def test_tiles_kept_in_memory_follow_as_those_in_a_table_do(seed: int) -> None:
    town = Shards(seed)
    town.__dict__["tiles"] = MemoryTiles()
    town.live(changes=40)
    stored = town.tiles.tiles  # type: ignore[attr-defined]
    assert wrong_tiles(stored, town.pets.all, town.clock.now.date().toordinal()) == []


def test_tiles_follow_a_pet_that_comes_moves_changes_and_goes() -> None:
    town = Town()
    town.keep(marker(pictures=(cover(1),)), marker(id=identifier(2)))
    [each, _] = town.pets.all
    for after in (replace(each, place=FIJI), replace(each, event_at=NOON - 500 * DAY), replace(each, kind=Kind.LOST)):
        town.pets.remove(each)
        town.keep(after)
        assert town.wrong() == []
        each = after
    town.pets.remove(each)
    town.follow()
    assert town.wrong() == []
    assert sum(town.tile("").summed(EVER).values()) == 1


def test_late_imports_into_old_months_are_counted_there() -> None:
    town = Town()
    town.keep(marker())
    old = [marker(id=identifier(10 + age), event_at=NOON - age * DAY, place=FAR) for age in range(20, 900, 11)]
    town.keep(*old)
    assert town.wrong() == []


@pytest.mark.parametrize("days", [1, 3, 10, 12, 40, 380, 1000])
def test_days_pass_and_what_is_counted_then_is_counted_in_the_periods_of_then(days: int) -> None:
    town = Town()
    town.keep(*(marker(id=identifier(age), event_at=NOON - age * DAY, place=PLACES[age % 8]) for age in range(80)))
    town.clock.move(timedelta(days=days))
    assert town.wrong() == []
    town.keep(
        marker(id=identifier(200), event_at=NOON, place=FAR), marker(id=identifier(201), event_at=NOON - 50 * DAY)
    )
    assert town.wrong() == []


def test_a_clock_that_is_behind_does_no_harm() -> None:
    town = Town()
    town.keep(*(marker(id=identifier(age), event_at=NOON - age * DAY) for age in range(60)))
    town.clock.move(timedelta(days=-12))
    town.keep(marker(id=identifier(100), event_at=NOON - 45 * DAY, place=FAR))
    town.clock.now = NOON
    assert town.wrong() == []


def test_the_same_again_writes_nothing() -> None:
    town = Town()
    touches = [_touch(each) for each in (marker(), marker(id=identifier(2), place=FIJI))]
    town.keep(marker(), marker(id=identifier(2), place=FIJI))
    kept = dict(town.table.items)
    town.follow(*touches, *touches)
    assert town.table.items == kept


def test_the_widest_tiles_follow_on_their_schedule() -> None:
    town = Town()
    town.pets.put(marker())
    town.tiler.refresh(town.pets.stream)
    assert sum(town.tile(KRAKOW.cell(2)).summed(EVER).values()) == 1
    assert town.tile("") == Tile("", 0)
    assert [note.cell for note in town.tiles.notes()] == [KRAKOW.cell(2)]
    assert town.tiler.refresh_wide() == 1
    assert sum(town.tile("").summed(EVER).values()) == 1
    assert town.tiler.refresh_wide() == 0


def test_a_region_noted_while_the_widest_tiles_follow_is_followed_again() -> None:
    house = Household()
    house.keep(announcement())
    house.tiler.refresh([_touch(marker())])
    house.tiles.interruptions.append(lambda: house.tiles.note([KRAKOW.cell(2)]))
    house.tiler.refresh_wide()
    assert [note.cell for note in house.tiles.notes()] == [KRAKOW.cell(2)]


def test_a_tile_that_somebody_else_writes_in_between_is_read_anew() -> None:
    house = Household()
    house.keep(announcement(), announcement(id=identifier(2), place=FAR))
    house.tiles.interruptions.append(lambda: house.tiler.refresh([_touch(marker(place=FAR))]))
    assert house.tiler.refresh([_touch(marker())]) == set()
    assert len(house.pauses) >= 1
    assert sum(house.tiles.tiles[KRAKOW.cell(4)].summed(EVER).values()) == 2


def test_those_who_are_never_first_give_up_and_are_told_of() -> None:
    house = Household()
    house.keep(announcement())
    house.tiles.interruptions.extend([conflict] * ATTEMPTS)
    assert house.tiler.refresh([_touch(marker())]) == {KRAKOW.cell(FINEST)}
    assert len(house.pauses) == ATTEMPTS
    assert max(house.pauses) <= 1


def test_a_wider_tile_that_cannot_be_written_fails_the_whole_batch() -> None:
    house = Household()
    house.keep(announcement())
    house.tiles.interruptions.extend([lambda: None, *[conflict] * ATTEMPTS])
    with pytest.raises(Busy):
        house.tiler.refresh([_touch(marker())])
    assert house.tiler.refresh([_touch(marker())]) == set()


def test_a_leaf_that_always_fails_stops_no_other_one() -> None:
    town = Town()
    town.pets.broken.add(KRAKOW.cell(6))
    for each in (marker(), marker(id=identifier(2), place=FIJI), marker(id=identifier(3), place=Point(52, 21))):
        town.pets.put(each)
    assert town.tiler.refresh(town.pets.stream) == {KRAKOW.cell(FINEST)}
    town.tiler.refresh_wide()
    assert sum(town.tile("").summed(EVER).values()) == 2
    town.pets.broken.clear()
    town.follow()
    assert town.wrong() == []


def _record(number: int, each: Marker, **changes: object) -> dict[str, object]:
    """Make a record of the announcements' stream as Lambda hands it over."""
    keys = {"pk": {"S": f"C#{each.place.cell(6)}"}, "sk": {"S": each.position}}
    told = {"SequenceNumber": str(number), "Keys": keys, "ApproximateCreationDateTime": NOON.timestamp()}
    return {"eventName": "INSERT", "dynamodb": told} | changes


def _triggers(town: Town) -> TileTriggers:
    return TileTriggers(town.tiler, Mender(None, town.tiles, town.tiles, town.tiler, town.clock), town.clock)  # type: ignore[arg-type]


def test_lambda_is_told_of_the_first_record_that_is_not_finished() -> None:
    town = Town()
    broken = marker(id=identifier(2), place=FIJI)
    town.pets.broken.add(broken.place.cell(6))
    records = [
        *(_record(number, marker(id=identifier(1))) for number in (101, 102)),
        *(_record(number, broken) for number in (103, 104)),
        _record(105, marker(id=identifier(3), place=NORTH)),
    ]
    assert _triggers(town).touched({"Records": records}) == {"batchItemFailures": [{"itemIdentifier": "103"}]}
    town.pets.broken.clear()
    assert _triggers(town).touched({"Records": records[2:]}) == {"batchItemFailures": []}


def test_records_of_anything_else_touch_no_tile() -> None:
    town = Town()
    told = _record(1, marker())["dynamodb"]
    assert isinstance(told, dict)
    others = [
        {"eventName": "INSERT", "dynamodb": told | {"Keys": {"pk": {"S": name}, "sk": {"S": "R"}}}}
        for name in ("R#abc", "M#", "P#abc", "X#2026-11-20#1", "K#abc")
    ]
    forgotten = {"eventName": "REMOVE", "dynamodb": told | {"OldImage": {"gone": {"BOOL": True}}}}
    assert _triggers(town).touched({"Records": [*others, forgotten]}) == {"batchItemFailures": []}
    assert town.table.calls == []


@pytest.mark.parametrize("image", [{}, {"title": {"S": "a marker that its time to live has swept away"}}])
def test_a_marker_that_is_removed_is_counted_no_more(image: dict[str, object]) -> None:
    town = Town()
    town.keep(marker())
    town.pets.remove(marker())
    told = _record(1, marker())["dynamodb"]
    assert isinstance(told, dict)
    _triggers(town).touched({"Records": [{"eventName": "REMOVE", "dynamodb": told | {"OldImage": image}}]})
    assert town.tile(KRAKOW.cell(2)).counts == {}


@pytest.mark.parametrize("age", [0, 3, 60, 500])
def test_when_the_newest_picture_goes_the_one_before_it_is_shown_again(age: int) -> None:
    town = Town()
    old = marker(id=identifier(1), event_at=NOON - HOUR - (age + 70) * DAY, pictures=(cover(1),))
    new = marker(id=identifier(2), event_at=NOON - HOUR - age * DAY, pictures=(cover(2),))
    town.keep(old, new)
    town.pets.remove(new)
    town.follow()
    for tile in map(town.tile, ("", *(KRAKOW.cell(level) for level in range(1, FINEST + 1)))):
        assert [face.thumbnail for face in tile.faces.values()] == [old.thumbnail]
    assert town.wrong() == []


def test_when_the_last_picture_goes_none_is_shown() -> None:
    town = Town()
    town.keep(marker(pictures=(cover(1),)), marker(id=identifier(2)))
    town.pets.remove(town.pets.all[0])
    town.follow()
    assert town.tile("").faces == {}
    assert town.wrong() == []


def test_a_tile_that_runs_short_of_markers_takes_in_older_ones() -> None:
    town = Town()
    markers = [
        marker(id=identifier(number), event_at=NOON - number * DAY, place=PLACES[number % 3])
        for number in range(2 * MAX_NEWEST)
    ]
    town.keep(*markers)
    held = len(town.tile(KRAKOW.cell(FINEST)).newest.markers)
    assert MIN_NEWEST < held <= MAX_NEWEST
    for each in markers[: 2 * MAX_NEWEST - 10]:
        town.pets.remove(each)
        town.follow()
        for level in range(WIDEST_PROMPT + 1, FINEST + 1):
            newest = town.tile(KRAKOW.cell(level)).newest
            assert len(newest.markers) >= MIN_NEWEST or newest.reaches(EVERYTHING)
    assert town.wrong() == []
    held = len(town.tile("").newest.markers)
    assert held >= MIN_NEWEST
    assert town.tile("").newest.markers == tuple(markers[-10:][:held])


def test_one_tile_is_made_anew_and_tells_whether_it_changed() -> None:
    town = Town()
    town.keep(marker(), marker(id=identifier(2), place=FIJI))
    for cell in ("", "u", KRAKOW.cell(4), KRAKOW.cell(5)):
        assert not town.tiler.remake(cell)
        del town.table.items[f"T#{cell}", "H"]
        assert town.tiler.remake(cell)
        assert town.wrong() == []


def test_many_touched_days_of_a_cell_are_read_at_once() -> None:
    town = Town()
    markers = [marker(id=identifier(age), event_at=NOON - age * DAY) for age in range(30)]
    for each in markers:
        town.pets.put(each)
    reads: list[int] = []
    town.pets.before_read = lambda: reads.append(1)
    town.follow()
    assert len(reads) == 1
    assert town.wrong() == []


def test_expired_announcements_leave_the_tiles_when_they_are_swept() -> None:
    house = Household()
    house.sweep()
    house.keep(*(announcement(id=identifier(number), place=PLACES[number % 8]) for number in range(12)))
    touches = [_touch(each) for each in house.on_map()]
    house.tiler.refresh(touches)
    house.tiler.refresh_wide()
    assert sum(house.tiles.tiles[""].summed(EVER).values()) == 12
    house.clock.move(timedelta(days=91))
    assert house.sweep().failed == 0
    house.tiler.refresh(touches)
    house.tiler.refresh_wide()
    assert not any(tile.counts or tile.faces or tile.newest.markers for tile in house.tiles.tiles.values())


def test_what_was_built_from_nothing_and_what_has_followed_are_the_same_tiles() -> None:
    town = Town()
    markers = [marker(id=identifier(number), place=PLACES[number % 8]) for number in range(20)]
    town.keep(*markers)
    built = {tile.cell: tile for tile in build(markers, TODAY)}
    assert {cell: town.tile(cell) for cell in built} == built
    assert date.fromordinal(town.tile("").day) == NOON.date()
