"""Every night all tiles are compared with the markers: what is wrong is named and made anew, what is right is left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from chalicelib.connectors.tiles import TileTable
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import GEOHASH, Point
from chalicelib.domain.kinds import Kind, Species, Status
from chalicelib.domain.markers import Marker
from chalicelib.domain.tiles import Face, Newest, Tile, build, slot_of
from chalicelib.services.changes import Change
from chalicelib.services.mending import REGIONS, SETTLED, Mended, Mender
from chalicelib.services.tiling import Tiler, Touch
from tests.builders import DAY, FIJI, HOUR, KRAKOW, NOON, announcement, identifier
from tests.household import Household
from tests.memory_table import MemoryTable
from tests.towns import cover, made, markers_of, wrong_tiles

LEAF = KRAKOW.cell(5)
PARENTS = [KRAKOW.cell(level) for level in range(4, 0, -1)] + [""]
ALL_WIDE = len(GEOHASH) + 1


def _settled(house: Household, *announcements: Announcement) -> Household:
    """Let announcements be on the map for so long that all tiles have followed."""
    house.keep(*announcements)
    today = house.clock().date().toordinal()
    house.tiles.tiles = {tile.cell: tile for tile in build(markers_of(house.store.announcements.values()), today)}
    house.clock.move(2 * SETTLED)
    return house


def _pets() -> list[Announcement]:
    return [
        announcement(id=identifier(number), event_at=NOON - number * DAY, pictures=(cover(number),), place=place)
        for number, place in enumerate([KRAKOW] * 6 + [FIJI, Point(KRAKOW.latitude + 1, KRAKOW.longitude)])
    ]


@pytest.fixture
def town(house: Household) -> Household:
    return _settled(house, *_pets())


def _mend(house: Household) -> Mended:
    return house.mender.mend(lambda: True)


def _is_right(house: Household) -> bool:
    markers = markers_of(house.store.announcements.values())
    return wrong_tiles(house.tiles.tiles, markers, house.clock().date().toordinal()) == []


def test_in_a_healthy_system_nothing_is_wrong_and_nothing_is_written(town: Household) -> None:
    kept = dict(town.tiles.tiles)
    mended = _mend(town)
    assert (mended.wrong, mended.next) == ((), None)
    assert mended.compared >= len(kept)
    assert town.tiles.tiles == kept


def test_an_empty_map_is_healthy(house: Household) -> None:
    assert _mend(house) == Mended(len(REGIONS) + ALL_WIDE)


@pytest.mark.parametrize("days", [1, 4, 12, 60, 400])
def test_time_that_passes_over_quiet_tiles_is_no_fault_of_theirs(town: Household, days: int) -> None:
    town.clock.move(timedelta(days=days))
    assert _mend(town).wrong == ()
    assert _is_right(town)


@pytest.mark.parametrize("days", [0, 4, 60])
def test_tiles_in_their_table_are_healthy_as_well(days: int) -> None:
    house = Household()
    _settled(house, *made(150))
    store = TileTable(MemoryTable())
    for tile in house.tiles.tiles.values():
        store.write(store.read([tile.cell])[tile.cell], tile)
    house.clock.move(timedelta(days=days))
    tiler = Tiler(store, house.markers, house.clock, house.pauses.append)
    assert Mender(house.markers, store, store, tiler, house.clock).mend(lambda: True).wrong == ()


def _more(tile: Tile) -> Tile:
    period, slots = next(iter(tile.counts.items()))
    slot = next(iter(slots))
    return replace(tile, counts=dict(tile.counts) | {period: dict(slots) | {slot: slots[slot] + 1}})


def _fewer(tile: Tile) -> Tile:
    period = next(iter(tile.counts))
    return replace(tile, counts={each: slots for each, slots in tile.counts.items() if each != period})


def _of_another_kind(tile: Tile) -> Tile:
    lost = slot_of(0, Kind.LOST, Species.REPTILE)
    return replace(tile, counts={period: {lost: sum(slots.values())} for period, slots in tile.counts.items()})


def _on_another_day(tile: Tile) -> Tile:
    return replace(tile, counts={period - 1: slots for period, slots in tile.counts.items()})


def _stale_face(tile: Tile) -> Tile:
    return replace(tile, faces={key: replace(face, thumbnail="renditions/gone") for key, face in tile.faces.items()})


def _ghost_face(tile: Tile) -> Tile:
    ghost = Face("2026-11-01T00:00:00Z", Kind.SIGHTING, Species.CAT, "renditions/ghost")
    return replace(tile, faces=dict(tile.faces) | {5: ghost})


def _no_faces(tile: Tile) -> Tile:
    return replace(tile, faces={})


def _old_newest(tile: Tile) -> Tile:
    return replace(tile, newest=Newest(tuple(replace(each, title="Old") for each in tile.newest.markers)))


def _forgotten_newest(tile: Tile) -> Tile:
    return replace(tile, newest=Newest(tile.newest.markers[1:]))


def _empty(tile: Tile) -> Tile:
    return Tile(tile.cell, tile.day)


DAMAGES = [
    _more,
    _fewer,
    _of_another_kind,
    _on_another_day,
    _stale_face,
    _ghost_face,
    _no_faces,
    _old_newest,
    _forgotten_newest,
    _empty,
]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("cell", [LEAF, PARENTS[1], PARENTS[2], PARENTS[3], ""], ids=repr)
def test_every_damage_is_found_named_mended_and_found_no_more(
    town: Household, damage: Callable[[Tile], Tile], cell: str
) -> None:
    town.tiles.tiles[cell] = damage(town.tiles.tiles[cell])
    assert _mend(town).wrong == (cell,)
    assert _is_right(town)
    assert _mend(town).wrong == ()


@pytest.mark.parametrize("cell", [LEAF, *PARENTS], ids=repr)
def test_a_tile_that_is_missing_is_made(town: Household, cell: str) -> None:
    del town.tiles.tiles[cell]
    assert _mend(town).wrong == (cell,)
    assert _is_right(town)


def test_tiles_of_what_is_not_there_are_emptied(town: Household) -> None:
    ghosts = list(build(markers_of(made(5, place=Point(-33.9, 151.2), event_at=NOON)), NOON.date().toordinal(), 2))
    for tile in ghosts:
        town.tiles.tiles[tile.cell] = tile
    assert set(_mend(town).wrong) == {tile.cell for tile in ghosts}
    assert _is_right(town)


def test_all_can_be_made_from_nothing(town: Household) -> None:
    names = set(town.tiles.tiles)
    town.tiles.tiles.clear()
    town.tiles.versions.clear()
    assert set(_mend(town).wrong) == {name for name in names if len(name) >= 2}  # the widest have followed
    assert _is_right(town)
    assert _mend(town).wrong == ()


def test_what_changed_just_now_is_made_anew_and_not_judged(town: Household) -> None:
    town.keep(announcement(id=identifier(99), place=KRAKOW))  # its tiles have not followed yet
    town.tiles.tiles[FIJI.cell(5)] = _more(town.tiles.tiles[FIJI.cell(5)])
    mended = _mend(town)
    assert mended.wrong == (FIJI.cell(5),)
    assert _is_right(town)


def test_the_widest_tiles_are_not_judged_while_a_change_is_on_its_way(town: Household) -> None:
    late = announcement(id=identifier(99), place=KRAKOW)

    def follow() -> None:
        town.keep(late)
        town.tiler.refresh([Touch(late.public_place.cell(6), late.event_at.toordinal())])

    town.tiles.tiles["r"] = _more(town.tiles.tiles["r"])
    town.tiles.interruptions.append(follow)  # just before this one is written
    assert _mend(town).wrong == ("r",)
    assert [note.cell for note in town.tiles.notes()] == [KRAKOW.cell(2)]


@pytest.mark.parametrize("act", ["move", "withdraw"])
def test_the_cell_that_something_has_left_just_now_is_not_judged_either(town: Household, act: str) -> None:
    before = town.stored(identifier(2))
    after = replace(before, place=FIJI) if act == "move" else before.withdrawn(town.clock())
    town.store.commit([Change.of(before, after, town.clock())])
    assert _mend(town).wrong == ()
    assert _is_right(town)


def test_what_changed_a_while_ago_must_have_been_followed(town: Household) -> None:
    town.keep(announcement(id=identifier(99), place=KRAKOW))
    town.clock.move(SETTLED + timedelta(seconds=1))
    assert _mend(town).wrong == (*reversed(PARENTS[:3]), LEAF)
    assert _is_right(town)  # the widest have followed


def test_when_time_runs_out_the_next_run_goes_on_from_there(town: Household) -> None:
    for cell in (LEAF, FIJI.cell(5)):
        town.tiles.tiles[cell] = _more(town.tiles.tiles[cell])
    first = town.mender.mend(_times(REGIONS.index(KRAKOW.cell(2))))
    assert (first.next, first.wrong) == (KRAKOW.cell(2), (FIJI.cell(5),) if FIJI.cell(2) < KRAKOW.cell(2) else ())
    assert town.tiles.mended_to() == KRAKOW.cell(2)
    seen: list[str] = []
    second = town.mender.mend(lambda: True, seen.append)
    assert seen == REGIONS[REGIONS.index(KRAKOW.cell(2)) :]
    assert LEAF in second.wrong
    assert second.next is None
    assert town.tiles.mended_to() is None
    assert _is_right(town)
    third = town.mender.mend(lambda: True, seen.append)
    assert third.wrong == ()
    assert seen[-len(REGIONS) :] == REGIONS


def _times(many: int) -> Callable[[], bool]:
    calls = count()
    return lambda: next(calls) < many


def test_a_run_without_any_time_does_nothing(town: Household) -> None:
    assert town.mender.mend(lambda: False) == Mended(next=REGIONS[0])


def test_all_regions_are_looked_at() -> None:
    assert len(set(REGIONS)) == 1024
    assert {each.place.cell(2) for each in markers_of(made(300))} <= set(REGIONS)


def test_findings_are_put_together() -> None:
    assert Mended(3, ("a",)) + Mended(4, ("b",), "c") == Mended(7, ("a", "b"), "c")


def test_what_has_expired_but_was_not_swept_is_still_counted(town: Household) -> None:
    assert all(each.status is Status.ACTIVE for each in town.store.announcements.values())
    town.clock.move(timedelta(days=91, hours=-1) + HOUR)
    assert _mend(town).wrong == ()
    assert isinstance(town.tiles.tiles[""].newest.markers[0], Marker)
