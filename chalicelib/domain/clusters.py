"""Clusters: counts of neighbouring cells under one pin, so that pins do not cover each other.

Cells are merged in blocks of the grid, so clusters never overlap, and each one's bounds are the very cells it counted.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from chalicelib.domain.geography import Grid, Point, Rectangle
from chalicelib.domain.kinds import Kind
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import iso
from chalicelib.domain.periods import Span
from chalicelib.domain.tile_grid import FINER, SIDE
from chalicelib.domain.tiles import FINEST, Face, Faces, Newest, kind_in, position_in, slot_of, slots_wanted

PIN = 45  # pixels of the screen that a pin needs
TILE_PIXELS = 256  # of the world at zoom 0, as web maps have it
MOST_MERGED = 5  # halvings of the grid: a whole tile
POLAR = 85.0  # degrees of latitude where web maps end


class Summary(Protocol):
    """What is read of a tile."""

    @property
    def cell(self) -> str:
        """Its cell."""

    @property
    def faces(self) -> Faces:
        """The newest pictures of its cells."""

    @property
    def newest(self) -> Newest:
        """Its newest markers."""

    def summed(self, span: Span) -> Mapping[int, int]:
        """Sum up the periods of a span, as far as its documents were read: slot -> count."""


@dataclass(frozen=True)
class Cluster:
    """A pin that stands for many: `bounds` is the rectangle that was counted, `place` the middle of what is in it."""

    place: Point
    count: int
    kinds: Mapping[Kind, int]
    bounds: Rectangle
    thumbnail: str | None


@dataclass(frozen=True)
class Counted:
    """A tile with its sums over a span, of the cells and the kinds that a viewport asks for: slot -> count."""

    tile: Summary
    sums: Mapping[int, int]

    @classmethod
    def of(cls, tile: Summary, viewport: Viewport, span: Span) -> "Counted":
        """Sum up the periods of a span in the cells that touch the viewport."""
        wanted = slots_wanted(viewport.kinds, viewport.species)
        columns, rows = _touched(tile, viewport.rectangle.nudged)
        sums = {
            slot: count
            for slot, count in tile.summed(span).items()
            if slot & 31 in wanted and columns[position_in(slot) % SIDE] and rows[position_in(slot) // SIDE]
        }
        return cls(tile, sums)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.sums.values())

    @property
    def parts(self) -> set[str]:
        """Name the tiles in it that hold any: those of the cells that it counts, the finest at most."""
        grid = Grid(len(self.tile.cell) + FINER)
        column, row = grid.corner(self.tile.cell)
        length = min(grid.precision, FINEST)
        places = {position_in(slot) for slot in self.sums}
        return {grid.name(column + place % SIDE, row + place // SIDE)[:length] for place in places}


def _touched(tile: Summary, rectangle: Rectangle) -> tuple[list[bool], list[bool]]:
    """Tell which columns and which rows of a tile's cells touch a rectangle."""
    grid = Grid(len(tile.cell) + FINER)
    column, row = grid.corner(tile.cell)
    columns, rows = rectangle.columns(grid), rectangle.rows(grid)
    return (
        [any(number in some for some in columns) for number in range(column, column + SIDE)],
        [number in rows for number in range(row, row + SIDE)],
    )


type _Key = tuple[int, int]


@dataclass
class _Block:
    """What is summed up of one block."""

    columns: tuple[int, int]
    rows: tuple[int, int]
    count: int = 0
    weighted: tuple[float, float] = (0.0, 0.0)
    kinds: dict[Kind, int] = field(default_factory=dict)
    face: Face | None = None

    @property
    def only_cell(self) -> "_Key | None":
        """The cell of the one announcement in it, None if it counts several."""
        return (self.columns[0], self.rows[0]) if self.count == 1 else None

    def add(self, column: int, row: int, kind: Kind, count: int) -> None:
        self.columns = min(self.columns[0], column), max(self.columns[1], column)
        self.rows = min(self.rows[0], row), max(self.rows[1], row)
        self.count += count
        self.weighted = self.weighted[0] + (column + 0.5) * count, self.weighted[1] + (row + 0.5) * count
        self.kinds[kind] = self.kinds.get(kind, 0) + count

    def show(self, face: Face) -> None:
        if self.face is None or self.face.order < face.order:
            self.face = face

    def cluster(self, grid: Grid) -> Cluster:
        width, height = 360.0 / grid.columns, 180.0 / grid.rows
        east, north = (sum_ / self.count for sum_ in self.weighted)
        bounds = Rectangle(
            self.columns[0] * width - 180, self.rows[0] * height - 90,
            (self.columns[1] + 1) * width - 180, (self.rows[1] + 1) * height - 90,
        )  # fmt: skip
        place = Point(round(north * height - 90, 5), round(east * width - 180, 5))
        return Cluster(place, self.count, self.kinds, bounds, self.face.thumbnail if self.face else None)


type _Blocks = dict[tuple[bool, int, int], _Block]


def clustered(
    tiles: Sequence[Counted], viewport: Viewport, zoom: int, span: Span, most: int
) -> tuple[list[Cluster], list[Marker]]:
    """Merge cells until pins have room and there are at most `most` (at least a tile each), the largest first.

    A single announcement is given as its marker when the tile holds it.
    """
    if not tiles:
        return [], []
    grid = Grid(len(tiles[0].tile.cell) + FINER)
    halvings = _halvings(grid, zoom, viewport.rectangle)
    blocks = _blocks(tiles, viewport, span, halvings)
    while len(blocks) > most and min(halvings) < MOST_MERGED:
        halvings = min(halvings[0] + 1, MOST_MERGED), min(halvings[1] + 1, MOST_MERGED)
        blocks = _blocks(tiles, viewport, span, halvings)
    singles = _singles(tiles, viewport, span) if any(block.count == 1 for block in blocks.values()) else {}
    alone = {
        key: marker for key, block in blocks.items() if (marker := block.only_cell and singles.get(block.only_cell))
    }
    many = [block.cluster(grid) for key, block in blocks.items() if key not in alone]
    return sorted(many, key=lambda cluster: -cluster.count), list(alone.values())


def _halvings(grid: Grid, zoom: int, rectangle: Rectangle) -> tuple[int, int]:
    """Tell how often columns and rows have to be halved until a block is as wide and as high as a pin."""
    world = TILE_PIXELS * 2.0**zoom
    latitude = min(max(rectangle.south, -rectangle.north, 0.0), POLAR)  # where cells are lowest on the screen
    width, height = world / grid.columns, world / 2 / grid.rows / math.cos(math.radians(latitude))
    return _times(width), _times(height)


def _times(pixels: float) -> int:
    return min(max(math.ceil(math.log2(PIN / pixels)), 0), MOST_MERGED)


def _blocks(tiles: Iterable[Counted], viewport: Viewport, span: Span, halvings: tuple[int, int]) -> _Blocks:
    blocks: _Blocks = {}
    for counted in tiles:
        grid = Grid(len(counted.tile.cell) + FINER)
        west, south = grid.corner(counted.tile.cell)
        seam = viewport.rectangle.columns(grid)[0].stop  # a rectangle may touch both ends of a tile, without its middle
        faces = dict(_faces(counted, span))
        for slot, count in counted.sums.items():
            place, kind = position_in(slot), kind_in(slot)
            column, row = west + place % SIDE, south + place // SIDE
            key = column < seam, column >> halvings[0], row >> halvings[1]
            block = blocks.setdefault(key, _Block((column, column), (row, row)))
            block.add(column, row, kind, count)
            if slot in faces:
                block.show(faces[slot])
    return blocks


def _faces(counted: Counted, span: Span) -> Iterator[tuple[int, Face]]:
    """Give the pictures that a tile knows of a span, by slot, the newest of each last."""
    for place, face in counted.tile.faces.items():
        if face.day in span:
            yield slot_of(place, face.kind, face.species), face
    grid = Grid(len(counted.tile.cell) + FINER)
    west, south = grid.corner(counted.tile.cell)
    for marker in reversed(counted.tile.newest.markers):
        if marker.thumbnail and marker.event_at.toordinal() in span:
            place = (grid.row(marker.place.latitude) - south) * SIDE + grid.column(marker.place.longitude) - west
            face = Face(iso(marker.event_at), marker.kind, marker.species, marker.thumbnail)
            yield slot_of(place, marker.kind, marker.species), face


def _singles(tiles: Iterable[Counted], viewport: Viewport, span: Span) -> dict[_Key, Marker]:
    """Find the markers that tiles hold, by their cells; where one is counted in a cell, it is this one."""
    found: dict[_Key, Marker] = {}
    window = span.window
    for counted in tiles:
        grid = Grid(len(counted.tile.cell) + FINER)
        for marker in counted.tile.newest.markers:
            if marker.event_at in window and viewport.wants(marker.kind, marker.species):
                found[grid.column(marker.place.longitude), grid.row(marker.place.latitude)] = marker
    return found
