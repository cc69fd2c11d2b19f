"""Which rectangle and window the page asks for: `frontend/src/features/map/rounding.ts` says why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chalicelib.domain.geography import Grid, Rectangle

_PAGE = (Path(__file__).parents[2] / "frontend" / "src" / "features" / "map" / "rounding.ts").read_text()
UP_TO_ZOOM = [int(zoom) for zoom in re.findall(r"{ zoom: (\d+), level: ", _PAGE)]  # the page's level for each zoom
[STREET_LEVEL] = [int(level) for level in re.findall(r"STREET_LEVEL = (\d+)", _PAGE)]
[MAX_TILES] = [int(count) for count in re.findall(r"MAX_TILES = (\d+)", _PAGE)]
[FINER] = [int(levels) for levels in re.findall(r"FINER = (\d+)", _PAGE)]
MOST_PINS = 500  # that the page asks for
FOLDED = 360


@dataclass(frozen=True)
class Tiles:
    """Whole tiles of one level around a rectangle, as columns, which run on over the antimeridian, and rows."""

    level: int
    columns: range
    rows: range

    @property
    def names(self) -> Sequence[tuple[int, int, int]]:
        """Name each tile."""
        total = Grid(self.level).columns
        return [(self.level, column % total, row) for column in self.columns for row in self.rows]

    @property
    def rectangle(self) -> Rectangle:
        """Give the rectangle that they make; its west is greater than its east across the antimeridian."""
        grid = Grid(self.level)
        width, height = FOLDED / grid.columns, FOLDED / 2 / grid.rows
        south, north = self.rows.start * height - 90, self.rows.stop * height - 90
        if len(self.columns) == grid.columns:
            return Rectangle(-180, south, 180, north)
        west = self.columns.start % grid.columns * width - 180
        return Rectangle(west, south, ((self.columns.stop - 1) % grid.columns + 1) * width - 180, north)


def level_of(zoom: int) -> int:
    """Choose the level of a zoom."""
    return next((level for level, last in enumerate(UP_TO_ZOOM) if zoom <= last), STREET_LEVEL)


def whole_tiles(rectangle: Rectangle, zoom: int) -> Tiles:
    """Grow a rectangle to whole tiles; to smaller ones where it would be far more than is shown."""
    tiles = tiles_around(rectangle, level_of(zoom))
    if len(tiles.columns) * len(tiles.rows) <= MAX_TILES:
        return tiles
    return tiles_around(rectangle, tiles.level + FINER)


def tiles_around(rectangle: Rectangle, level: int) -> Tiles:
    """Find the tiles of a level that touch a rectangle."""
    grid = Grid(level)
    first, last = grid.column(rectangle.west), grid.column(rectangle.east)
    if rectangle.west > rectangle.east:
        last += grid.columns
    count = min(last - first + 1, grid.columns)
    return Tiles(level, range(first, first + count), range(grid.row(rectangle.south), grid.row(rectangle.north) + 1))
