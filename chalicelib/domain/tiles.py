"""Tiles: prepared summaries of geohash cells.

The tile of a cell of L characters (its level, 0 to 5) counts the cells of L + 2 characters in it, 32 x 32 of them, by
period, kind and species; it knows the newest picture of each, and the newest markers of the whole cell.
A tile of level 5 is counted from markers, any other from the tiles in it, always as absolute values: however often and
in whatever order that is done, the result is the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from chalicelib.domain.geography import Grid
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import iso
from chalicelib.domain.periods import Span, period_after, period_of
from chalicelib.domain.tile_grid import FINER, SIDE, WIDEST, face_block, positions_of, upwards

FINEST = 5  # level of the tiles that are counted from markers; they count cells of about 150 m, the finest public ones
MAX_NEWEST = 64  # markers that a tile holds at most
MIN_NEWEST = 4  # markers under which a tile that left some out takes in older ones
KINDS = (Kind.LOST, Kind.FOUND, Kind.SIGHTING)  # their places are stored: add at the end, at most 4
SPECIES = (  # likewise, at most 8
    Species.DOG, Species.CAT, Species.BIRD, Species.RABBIT, Species.SMALL_MAMMAL, Species.REPTILE, Species.OTHER,
)  # fmt: skip
EVERYTHING = ""  # a horizon below every position: nothing is left out

type Counts = Mapping[int, Mapping[int, int]]  # period -> slot -> how many announcements


def slot_of(position: int, kind: Kind, species: Species) -> int:
    """Number a cell of a tile with a kind and a species, in 15 bits."""
    return position << 5 | KINDS.index(kind) << 3 | SPECIES.index(species)


def position_in(slot: int) -> int:
    """Tell which cell of the tile a slot counts: row by row from the south-west."""
    return slot >> 5


def kind_in(slot: int) -> Kind:
    """Tell which kind a slot counts."""
    return KINDS[slot >> 3 & 3]


def slots_wanted(kinds: frozenset[Kind], species: frozenset[Species]) -> frozenset[int]:
    """Give the last five bits of the slots that a filter lets through; empty means all."""
    return frozenset(
        slot_of(0, kind, each)
        for kind in KINDS
        for each in SPECIES
        if (not kinds or kind in kinds) and (not species or each in species)
    )


@dataclass(frozen=True)
class Face:
    """The newest picture of a few cells: when its event was, as ISO 8601, what it shows, its thumbnail's key."""

    event_at: str
    kind: Kind
    species: Species
    thumbnail: str

    @property
    def day(self) -> int:
        """The day of its event."""
        return date.fromisoformat(self.event_at[:10]).toordinal()

    @property
    def order(self) -> tuple[str, str]:
        """What makes one newer than another."""
        return self.event_at, self.thumbnail


@dataclass(frozen=True)
class Newest:
    """All markers of a tile down to a position, the horizon, newest first."""

    markers: tuple[Marker, ...] = ()
    horizon: str = EVERYTHING

    def reaches(self, position: str) -> bool:
        """Tell whether every marker at or above a position is here."""
        return self.horizon <= position

    def cut(self, count: int) -> "Newest":
        """Keep `count` markers at most; without any, nothing is certain."""
        if len(self.markers) <= count:
            return self
        kept = self.markers[:count]
        return Newest(kept, kept[-1].position if kept else "~")

    def with_part(self, is_inside: Callable[[Marker], bool], part: "Newest") -> "Newest":
        """Put all that is known of a part of the tile in the place of what was known of it."""
        horizon = max(self.horizon, part.horizon)
        others = [marker for marker in self.markers if not is_inside(marker)]
        both = sorted([*others, *part.markers], key=attrgetter("position"), reverse=True)
        return Newest(tuple(m for m in both if m.position >= horizon), horizon).cut(MAX_NEWEST)


type Faces = Mapping[int, Face]  # by the position that it shows, one a block


@dataclass(frozen=True)
class Tile:
    """The summary of a cell, with its counts in the periods of a day, and nothing of an empty cell."""

    cell: str
    day: int
    counts: Counts = field(default_factory=dict)
    faces: Faces = field(default_factory=dict)
    newest: Newest = Newest()

    @property
    def level(self) -> int:
        """Tell the characters of its cell."""
        return len(self.cell)

    @property
    def counted(self) -> Grid:
        """The grid of the cells that it counts."""
        return Grid(self.level + FINER)

    @property
    def corner(self) -> tuple[int, int]:
        """The column and the row, in that grid, of its south-western cell."""
        return self.counted.corner(self.cell)

    def summed(self, span: Span) -> Mapping[int, int]:
        """Sum up the periods of a span: slot -> count."""
        sums: dict[int, int] = {}
        for period, slots in self.counts.items():
            if period in span:
                for slot, count in slots.items():
                    sums[slot] = sums.get(slot, 0) + count
        return sums

    @property
    def children(self) -> set[str]:
        """Name the tiles in it that hold any announcements."""
        grid, (column, row) = self.counted, self.corner
        positions = {position_in(slot) for slots in self.counts.values() for slot in slots}
        names = (grid.name(column + place % SIDE, row + place // SIDE) for place in positions)
        return {name[: self.level + 1] for name in names}

    def merged(self, today: int) -> "Tile":
        """Return it with the periods of today: days that are old enough become weeks, weeks become months."""
        if today <= self.day:
            return self
        tally = Tally(today)
        for period, slots in self.counts.items():
            tally.add(period, slots)
        return replace(self, day=today, counts=tally.counts)

    def span_of(self, day: int) -> Span:
        """Give the whole period in which it counts a day."""
        period = period_of(day, self.day)
        return Span(period, period_after(period, self.day))

    def with_markers(self, cell: str, span: Span, markers: Sequence[Marker]) -> "Tile":
        """Return it, of level 5, with these as all the markers that a cell of 6 characters has in whole periods."""
        part = leaf(self.cell, markers, self.day)

        def is_inside(marker: Marker) -> bool:
            return marker.place.cell(len(cell)) == cell and marker.event_at.toordinal() in span

        return self._with_part(part, positions_of(self.cell, cell), span, is_inside)

    def with_child(self, child: "Tile") -> "Tile":
        """Return it with all that one of the 32 tiles in it tells."""
        day = max(self.day, child.day)
        part = parent([child.merged(day)])
        positions = positions_of(self.cell, child.cell)

        def is_inside(marker: Marker) -> bool:
            return marker.place.cell(child.level) == child.cell

        merged = self.merged(day)
        return merged._with_part(part, positions, Span(), is_inside)  # noqa: SLF001 (another state of this tile)

    def misses_a_face_of(self, before: "Tile") -> bool:
        """Tell whether a block that had a picture has none."""
        blocks = {face_block(position, self.level) for position in self.faces}
        return not {face_block(position, self.level) for position in before.faces} <= blocks

    @property
    def is_short(self) -> bool:
        """Tell whether it holds few markers although it could hold more; a wide one does when it holds all."""
        if len(self.newest.markers) >= MIN_NEWEST or self.newest.reaches(EVERYTHING):
            return False
        return self.level > WIDEST or sum(sum(slots.values()) for slots in self.counts.values()) <= MAX_NEWEST

    def _with_part(
        self, part: "Tile", positions: frozenset[int], span: Span, is_inside: Callable[[Marker], bool]
    ) -> "Tile":
        tally = Tally(self.day)
        for period, slots in self.counts.items():
            is_kept = period not in span
            tally.add(period, {s: n for s, n in slots.items() if is_kept or position_in(s) not in positions})
        for period, slots in part.counts.items():
            tally.add(period, slots)
        for position, face in self.faces.items():
            if position not in positions or face.day not in span:
                tally.show(position, face)
        for position, face in part.faces.items():
            tally.show(position, face)
        return tally.tile(self.cell, self.newest.with_part(is_inside, part.newest))


class Tally:
    """Counts and faces while they are summed up, in the periods of a day."""

    def __init__(self, day: int) -> None:
        """Begin with nothing."""
        self.day = day
        self.counts: dict[int, dict[int, int]] = {}
        self.faces: dict[int, Face] = {}

    def add(self, day: int, slots: Mapping[int, int]) -> None:
        """Count what lies on a day, or in a period that begins on it."""
        if slots:
            sums = self.counts.setdefault(period_of(day, self.day), {})
            for slot, count in slots.items():
                sums[slot] = sums.get(slot, 0) + count

    def show(self, position: int, face: Face) -> None:
        """Show a face unless a newer one is shown; of two at the same second, always the same one."""
        shown = self.faces.get(position)
        if shown is None or shown.order < face.order:
            self.faces[position] = face

    def tile(self, cell: str, newest: Newest) -> Tile:
        """Give the sums as a tile, with the newest face of each block."""
        order = sorted(self.faces, key=lambda position: self.faces[position].order)
        shown = {face_block(position, len(cell)): position for position in order}
        return Tile(cell, self.day, self.counts, {each: self.faces[each] for each in sorted(shown.values())}, newest)


def leaf(cell: str, markers: Iterable[Marker], day: int) -> Tile:
    """Make a tile of level 5, or what it tells of a part, from markers."""
    tally, grid = Tally(day), Grid(FINEST + FINER)
    west, south = grid.corner(cell)
    ordered = sorted(markers, key=attrgetter("position"), reverse=True)
    for marker in ordered:
        column, row = grid.column(marker.place.longitude) - west, grid.row(marker.place.latitude) - south
        position = row * SIDE + column
        tally.add(marker.event_at.toordinal(), {slot_of(position, marker.kind, marker.species): 1})
        if marker.thumbnail:
            tally.show(position, Face(iso(marker.event_at), marker.kind, marker.species, marker.thumbnail))
    return tally.tile(cell, Newest(tuple(ordered)).cut(MAX_NEWEST))


def parent(children: Sequence[Tile]) -> Tile:
    """Make a tile from those in it, all of the same day; a child that is missing is empty."""
    tally = Tally(children[0].day)
    for child in children:
        around = upwards(child.cell)
        for period, slots in child.counts.items():
            tally.add(period, _moved(slots, around))
        for position, face in child.faces.items():
            tally.show(around[position], face)
    horizon = max(child.newest.horizon for child in children)
    markers = (marker for child in children for marker in child.newest.markers if marker.position >= horizon)
    newest = sorted(markers, key=attrgetter("position"), reverse=True)
    return tally.tile(children[0].cell[:-1], Newest(tuple(newest), horizon).cut(MAX_NEWEST))


def build(markers: Iterable[Marker], day: int, widest: int = 0) -> Iterator[Tile]:
    """Make every tile of a set of markers from nothing, the finest first and those of level `widest` last."""
    by_cell: dict[str, list[Marker]] = {}
    for marker in markers:
        by_cell.setdefault(marker.place.cell(FINEST), []).append(marker)
    tiles = [leaf(cell, inside, day) for cell, inside in sorted(by_cell.items())]
    yield from tiles
    while tiles and tiles[0].level > widest:
        tiles = [parent(list(children)) for _, children in groupby(tiles, key=lambda tile: tile.cell[:-1])]
        yield from tiles


def _moved(slots: Mapping[int, int], upwards: Sequence[int]) -> Mapping[int, int]:
    """Sum up slots by the positions of the tile around theirs."""
    sums: dict[int, int] = {}
    for slot, count in slots.items():
        moved = upwards[slot >> 5] << 5 | slot & 31
        sums[moved] = sums.get(moved, 0) + count
    return sums
