"""The contract of the store of tiles, for the fake and for the real one."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Protocol

import pytest

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import Table, key
from chalicelib.connectors.tile_documents import HEAD, MONTHS, WEEKS
from chalicelib.connectors.tiles import READINGS, TileTable
from chalicelib.domain.clusters import Summary
from chalicelib.domain.errors import Busy
from chalicelib.domain.moments import Window
from chalicelib.domain.periods import Span, period_of
from chalicelib.domain.tiles import KINDS, SPECIES, Face, Newest, Tile, build, slot_of
from chalicelib.services.changes import WriteConflict
from chalicelib.services.mending import Place
from chalicelib.services.surveys import Reach, Summaries
from chalicelib.services.tiling import Note, StoredTile, TileStore
from infrastructure import templates
from tests.builders import DAY, HOUR, NOON, identifier, marker
from tests.fake_tiles import MemoryTiles
from tests.memory_table import MemoryTable
from tests.towns import TODAY, cover, made, markers_of

_NUMBERS = count(1)
EVER = Span()
CELL = "u2yh"


class Store(TileStore, Summaries, Place, Protocol):
    """Everything that is kept in the tiles table."""


def _new_table(aws: Aws) -> Table:
    properties = templates.load("foundation")["Resources"]["Tiles"]["Properties"]
    name = f"tiles-{next(_NUMBERS)}"
    described = {each: properties[each] for each in ("AttributeDefinitions", "KeySchema", "BillingMode")}
    aws.dynamodb.create_table(TableName=name, **described)
    return Table(aws, name)


@pytest.fixture(params=["fake", "memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store; the real connector also over the table in memory that other tests use."""
    if request.param == "fake":
        return MemoryTiles()
    if request.param == "memory":
        return TileTable(MemoryTable())
    return TileTable(_new_table(request.getfixturevalue("shared_aws")))


def _tile(first: int = 1, number: int = 3) -> Tile:
    markers = [
        marker(id=identifier(first + each), event_at=NOON - each * HOUR, pictures=(cover(each),))
        for each in range(number)
    ]
    return next(tile for tile in build(markers, TODAY) if tile.cell == CELL)


def _big(*ages: int, scale: int = 1) -> Tile:
    """Make a tile of many counts, so that it is written as several documents."""
    chance = random.Random(scale)  # noqa: S311 (the same every time)

    def slots() -> dict[int, int]:
        return {
            slot_of(place, chance.choice(KINDS), chance.choice(SPECIES)): chance.randrange(1, 99)
            for place in range(900)
        }

    return Tile(CELL, TODAY, {period_of(TODAY - age, TODAY): slots() for age in ages or (0, 1, 20, 100, 200, 500, 800)})


def _read(store: Store, cell: str = CELL) -> StoredTile:
    return store.read([cell])[cell]


def _keep(store: Store, *tiles: Tile) -> None:
    for tile in tiles:
        assert store.write(_read(store, tile.cell), tile)


def _total(tile: Summary, span: Span = EVER) -> int:
    return sum(tile.summed(span).values())


def test_a_tile_that_is_not_there_is_empty(store: Store) -> None:
    stored = store.read([CELL, ""])
    assert {cell: each.tile for cell, each in stored.items()} == {CELL: Tile(CELL, 0), "": Tile("", 0)}
    assert [_total(summary) for summary in store.summaries([CELL], Reach.EVER)] == [0]


@pytest.mark.parametrize("tile", [_tile(), _big(), Tile("", TODAY)], ids=["small", "big", "empty"])
def test_a_tile_is_read_as_it_was_written(store: Store, tile: Tile) -> None:
    store.write(_read(store, tile.cell), tile)
    assert replace(_read(store, tile.cell).tile, day=TODAY) == tile


def test_all_tiles_of_a_town_are_read_as_they_were_written(store: Store) -> None:
    tiles = {tile.cell: tile for tile in build(markers_of(made(40)), TODAY)}
    _keep(store, *tiles.values())
    assert len(tiles) > 34  # more than one batch of three documents each
    assert {cell: each.tile for cell, each in store.read(list(tiles)).items()} == tiles
    summaries = store.summaries(list(tiles), Reach.EVER)
    assert [(each.cell, each.summed(EVER), each.faces, each.newest) for each in summaries] == [
        (each.cell, each.summed(EVER), each.faces, each.newest) for each in tiles.values()
    ]


def test_what_says_the_same_is_not_written_again(store: Store) -> None:
    _keep(store, _tile())
    before = _read(store)
    assert not store.write(before, _tile())
    assert store.write(before, _tile(number=4))  # nobody was in between


def test_a_later_day_alone_is_nothing_new_but_merged_periods_are(store: Store) -> None:
    tile = _big(0, 1, 20)
    _keep(store, tile)
    assert not store.write(_read(store), replace(tile, day=TODAY))
    assert store.write(_read(store), tile.merged(TODAY + 60))
    assert _read(store).tile == tile.merged(TODAY + 60)


def test_a_tile_that_was_written_since_it_was_read_is_not_written_over(store: Store) -> None:
    first = _read(store)
    _keep(store, _tile(number=1))
    second = _read(store)
    with pytest.raises(WriteConflict):
        store.write(first, _tile(number=2))
    _keep(store, _tile(number=3))
    with pytest.raises(WriteConflict):
        store.write(second, _tile(number=4))
    assert _read(store).tile == _tile(number=3)


def test_big_tiles_conflict_as_small_ones_do(store: Store) -> None:
    first = _read(store)
    _keep(store, _big())
    with pytest.raises(WriteConflict):
        store.write(first, _big(scale=3))
    assert _read(store).tile == _big()


def test_a_tile_becomes_big_and_small_again(store: Store) -> None:
    for tile in (_tile(), _big(), _big(0, 500), _big(500), _big(100), _tile(), _big(), Tile(CELL, TODAY), _big(0, 800)):
        _keep(store, tile)
        assert replace(_read(store).tile, day=TODAY) == tile
        [summary] = store.summaries([CELL], Reach.EVER)
        assert summary.summed(EVER) == tile.summed(EVER)


@pytest.mark.parametrize(
    ("reach", "ages"), [(Reach.LATELY, (0, 20, 34)), (Reach.YEAR, (0, 100, 365)), (Reach.EVER, (0, 100, 500, 800))]
)
def test_a_reach_gives_all_that_a_window_of_its_length_asks_for(
    store: Store, reach: Reach, ages: tuple[int, ...]
) -> None:
    tile = _big(*ages, 900)
    _keep(store, tile)
    [summary] = store.summaries([CELL], reach)
    span = Span.around(Window(NOON - max(ages) * DAY), NOON)
    assert summary.summed(span) == tile.summed(span)
    assert summary.newest == tile.newest


@pytest.mark.parametrize("begin", [0, 34, 60, 200, 365, 366, 400, 430, 800])
@pytest.mark.parametrize("waited", [0, 10, 15, 40])  # with the ends of weeks and months between
def test_completed_tiles_count_all_of_a_span(store: Store, begin: int, waited: int) -> None:
    tile, small = _big(0, 1, 20, 42, 43, 100, 364, 399, 410, 430, 800), replace(_tile(), cell="u2yj")
    _keep(store, tile, small)
    now = NOON + waited * DAY
    span = Span.around(Window(now - begin * DAY), now)
    done = store.completed(store.summaries([CELL, "u2yj", "u2yk"], Reach.LATELY), span)
    assert [each.cell for each in done] == [CELL, "u2yj", "u2yk"]
    assert [_total(each, span) for each in done] == [_total(tile, span), _total(small, span), 0]


@pytest.mark.parametrize("waited", range(10, 20))  # with the day on which October of last year becomes a month
def test_completed_tiles_count_all_after_old_counts_alone_were_written(store: Store, waited: int) -> None:
    """The head says the same as the day before, but weeks that were its neighbours are months by now."""
    before = _big(0, 100, 380, 390, 395, 400, 405, 410, 800).merged(TODAY + waited - 1)
    _keep(store, before)
    merged = before.merged(TODAY + waited)
    old = min(merged.counts)
    fewer = replace(merged, counts=dict(merged.counts) | {old: dict(list(merged.counts[old].items())[1:])})
    _keep(store, fewer)
    now = NOON + waited * DAY
    for begin in range(360, 460, 7):
        span = Span.around(Window(now - begin * DAY), now)
        [done] = store.completed(store.summaries([CELL], Reach.LATELY), span)
        assert done.summed(span) == fewer.summed(span)


def test_notes_are_kept_once_a_cell_until_they_are_settled(store: Store) -> None:
    store.note(["u2", "gc"])
    store.note(["u2"])
    assert sorted(note.cell for note in store.notes()) == ["gc", "u2"]
    for note in store.notes():
        store.settle(note)
    assert list(store.notes()) == []
    store.settle(Note("u2", "gone"))


def test_a_note_that_was_made_again_is_not_settled(store: Store) -> None:
    store.note(["u2"])
    [early] = store.notes()
    store.note(["u2"])
    store.settle(early)
    [late] = store.notes()
    assert late.cell == "u2"
    store.settle(late)
    store.note(["u2"])
    store.settle(early)
    store.settle(late)
    assert [note.cell for note in store.notes()] == ["u2"]


def test_how_far_mending_came_is_remembered_and_forgotten(store: Store) -> None:
    assert store.mended_to() is None
    store.put_mended_to("9q")
    assert store.mended_to() == "9q"
    store.put_mended_to(None)
    store.put_mended_to(None)
    assert store.mended_to() is None


def test_pictures_and_markers_survive_storage(store: Store) -> None:
    tile = _tile()
    _keep(store, tile)
    [summary] = store.summaries([CELL], Reach.LATELY)
    assert summary.faces == tile.faces
    assert summary.newest == Newest(tile.newest.markers)
    assert all(isinstance(face, Face) for face in summary.faces.values())


@dataclass
class Ripped:
    """A table in which the weeks are of one write and the head is of another, until they are read together again."""

    table: MemoryTable
    times: int

    def rip(self) -> None:
        """Keep the weeks back as they are now, while the others go on."""
        old = dict(self.table.items["T#u2yh", WEEKS])
        new = self.table.items
        _keep(TileTable(self.table), _big().merged(TODAY + 70))
        self.current, new["T#u2yh", WEEKS] = new["T#u2yh", WEEKS], old
        self.table.before = self._heal

    def _heal(self, call: str) -> None:
        self.times -= call == "get_many"
        if self.times < 0:
            self.table.items["T#u2yh", WEEKS] = self.current


def _ripped(times: int) -> tuple[MemoryTable, TileTable]:
    table = MemoryTable()
    store = TileTable(table)
    _keep(store, _big())
    Ripped(table, times).rip()
    table.calls.clear()
    return table, store


def test_a_torn_tile_is_read_again() -> None:
    table, store = _ripped(times=1)
    assert _total(_read(store).tile) == _total(_big())
    assert table.calls == ["get_many"] * 2


def test_a_torn_summary_is_read_again() -> None:
    table, store = _ripped(times=2)
    [summary] = store.summaries([CELL], Reach.YEAR)
    assert summary.summed(EVER) == _big().summed(EVER)  # read again, it is read whole
    assert table.calls == ["get_many"] * 3


def test_a_tile_torn_while_it_is_completed_is_read_again() -> None:
    table, store = _ripped(times=2)
    [done] = store.completed(store.summaries([CELL], Reach.LATELY), EVER)
    assert done.summed(EVER) == _big().summed(EVER)
    assert table.calls == ["get_many"] * 3


def test_a_tile_that_stays_torn_is_not_waited_for_for_ever() -> None:
    table, store = _ripped(times=1000)
    with pytest.raises(Busy):
        _read(store)
    assert len(table.calls) == READINGS + 1


def test_weeks_that_are_read_before_there_is_a_head_are_an_empty_tile() -> None:
    """A batch of reads is no transaction: the head may have been looked for before it was written."""
    table = MemoryTable()
    _keep(TileTable(table), _big())
    del table.items["T#u2yh", HEAD]
    stored = _read(TileTable(table))
    assert stored.tile == Tile(CELL, 0)
    table.put({"pk": "T#u2yh", "sk": HEAD, "version": 1})
    with pytest.raises(WriteConflict):  # what was read is not what is there
        TileTable(table).write(stored, _big())


def test_only_documents_that_differ_are_written() -> None:
    table = MemoryTable()
    store = TileTable(table)
    _keep(store, _big())
    versions = {name: table.items["T#u2yh", name]["version"] for name in (HEAD, WEEKS, MONTHS)}
    counts = dict(_big().counts)
    counts[TODAY] = {slot_of(0, KINDS[0], SPECIES[0]): 5}
    _keep(store, replace(_big(), counts=counts))
    after = {name: table.items["T#u2yh", name]["version"] for name in (HEAD, WEEKS, MONTHS)}
    assert [name for name in versions if versions[name] != after[name]] == [HEAD]


def test_those_who_write_different_documents_of_a_tile_do_not_stand_in_each_others_way() -> None:
    store = TileTable(MemoryTable())
    _keep(store, _big())
    before, big = _read(store), _big()
    days, old = dict(big.counts), dict(big.counts)
    days[TODAY] = {1: 5}
    old[min(old)] = {1: 7}
    assert store.write(before, replace(big, counts=days))
    assert store.write(before, replace(big, counts=old))
    assert _read(store).tile.counts == days | {min(old): {1: 7}}


def test_views_may_read_what_is_a_moment_old_and_those_who_write_may_not(shared_aws: Aws) -> None:
    own = Aws(shared_aws._session)
    table = Table(own, _new_table(shared_aws).name)
    consistent: list[bool] = []
    own.dynamodb.meta.events.register(
        "provide-client-params.dynamodb.BatchGetItem",
        lambda params, **_event: consistent.append(params["RequestItems"][table.name]["ConsistentRead"]),
    )
    store = TileTable(table)
    store.summaries([CELL], Reach.EVER)
    store.read([CELL])
    assert consistent == [False, True]


def test_every_question_is_one_request_whatever_it_asks_for() -> None:
    table = MemoryTable()
    store = TileTable(table)
    _keep(store, _big())
    cells: Sequence[str] = [f"u2y{each}" for each in "0123456789bcdefghjkmnpqr"]
    table.calls.clear()
    survey = store.summaries(cells, Reach.EVER)
    assert table.calls == ["get_many"]
    store.completed(survey, EVER)
    assert table.calls == ["get_many"]  # which lacked nothing
    store.completed(store.summaries(cells, Reach.LATELY), EVER)
    assert table.calls == ["get_many"] * 3


def test_bytes_come_back_from_dynamodb_as_bytes(shared_aws: Aws) -> None:
    table = _new_table(shared_aws)
    _keep(TileTable(table), _tile())
    item = shared_aws.dynamodb.get_item(TableName=table.name, Key=key("T#u2yh", HEAD))["Item"]
    assert {name for name, value in item.items() if "B" in value} >= {"counts", "newest"}
    assert isinstance(_read(TileTable(table)).documents[HEAD]["counts"], bytes)


def test_a_tile_of_many_documents_is_read_as_written_and_may_shrink_and_grow_again() -> None:
    store = TileTable(MemoryTable())
    chance = random.Random(5)  # noqa: S311 (the same every time)
    periods = sorted({period_of(TODAY - age, TODAY) for age in range(60, 360, 7)})
    counts = {period: {slot: chance.randrange(1, 60_000) for slot in range(0, 32_000, 4)} for period in periods}
    huge, small = Tile(CELL, TODAY, counts), Tile(CELL, TODAY, {TODAY: {3: 1}})
    for tile in (huge, small, huge):
        assert store.write(store.read([CELL])[CELL], tile)
        read = store.read([CELL])[CELL]
        assert read.tile.counts == tile.counts
        assert not store.write(read, tile)
    assert len(read.documents) > 3
    [head] = store.summaries([CELL], Reach.LATELY)
    [whole] = store.completed([head], EVER)
    assert whole.summed(EVER) == huge.summed(EVER)
