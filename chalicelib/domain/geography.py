"""Points, geohash cells and rectangles on the globe; the only user of the geohash2 codec.

Cells are half-open as geohash2 has them: a point belongs to the cell with west < longitude <= east and
south < latitude <= north.
A longitude of -180 is the same meridian as 180 and is kept as 180; a latitude of -90 belongs to the lowest cells.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import geohash2

from chalicelib.domain.errors import Invalid

BITS_PER_CHARACTER = 5
NUDGE = 1e-8  # degrees, a millimetre: less than any public place is away from the borders of its cell
EARTH_RADIUS = 6_371_008.8  # metres: the mean radius of the WGS 84 ellipsoid (IUGG)
GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"  # the characters of cells, in their order


@dataclass(frozen=True)
class Point:
    """A place in WGS 84 degrees: longitude in (-180, 180], latitude in [-90, 90]."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Refuse what geohash2 would accept without a word, and fold the antimeridian to 180.

        Raises Invalid, naming `latitude` or `longitude`, for NaN, infinities and values out of range.
        """
        if not abs(self.latitude) <= 90:
            raise Invalid.field("latitude", "must be a number from -90 to 90")
        if not abs(self.longitude) <= 180:
            raise Invalid.field("longitude", "must be a number from -180 to 180")
        if self.longitude == -180:
            object.__setattr__(self, "longitude", 180.0)

    def cell(self, precision: int) -> str:
        """Name the geohash cell of `precision` characters (1 to 12) that holds this point."""
        return str(geohash2.encode(self.latitude, self.longitude, precision))

    def distance_to(self, other: "Point") -> float:
        """Measure the metres along the sphere (haversine formula), at most half a percent off the ellipsoid."""
        south, north = math.radians(self.latitude), math.radians(other.latitude)
        east = math.radians(other.longitude - self.longitude)
        chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
        return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord)))


@dataclass(frozen=True)
class Cell:
    """The extent of a geohash cell, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def named(cls, name: str) -> "Cell":
        """Decode a geohash of lower-case characters; raises Invalid for any other text."""
        try:
            latitude, longitude, half_height, half_width = geohash2.decode_exactly(name)
        except KeyError:
            raise Invalid.field("cell", "is not a geohash") from None
        return cls(longitude - half_width, latitude - half_height, longitude + half_width, latitude + half_height)

    @property
    def centre(self) -> Point:
        """The point in the middle, to 5 decimals (1 m), which is always well inside the cells we publish."""
        return Point(round((self.south + self.north) / 2, 5), round((self.west + self.east) / 2, 5))


@dataclass(frozen=True)
class Grid:
    """All geohash cells of one precision, as columns from the west and rows from the south."""

    precision: int

    @cached_property
    def columns(self) -> int:
        """How many cells lie side by side around the globe."""
        return 1 << ((self.precision * BITS_PER_CHARACTER + 1) // 2)

    @cached_property
    def rows(self) -> int:
        """How many cells lie between the poles."""
        return 1 << (self.precision * BITS_PER_CHARACTER // 2)

    def column(self, longitude: float) -> int:
        """Find the column that holds a longitude; -180 counts as the western edge of the first one."""
        return _slot(longitude, -180.0, 360.0 / self.columns, self.columns)

    def row(self, latitude: float) -> int:
        """Find the row that holds a latitude; the south pole belongs to the lowest one."""
        return _slot(latitude, -90.0, 180.0 / self.rows, self.rows)

    def corner(self, cell: str) -> tuple[int, int]:
        """Find the column and the row of the south-western cell of this grid in a coarser cell."""
        column, row = _address(cell)
        width, height = self.inside(len(cell))
        return column * width, row * height

    def inside(self, precision: int) -> tuple[int, int]:
        """Tell how many cells of this grid lie side by side, and on top of each other, in a cell of a coarser one."""
        coarser = Grid(precision)
        return self.columns // coarser.columns, self.rows // coarser.rows

    def name(self, column: int, row: int) -> str:
        """Name the cell at a column and a row."""
        return str(
            geohash2.encode(
                -90.0 + (row + 0.5) * 180.0 / self.rows,
                -180.0 + (column + 0.5) * 360.0 / self.columns,
                self.precision,
            )
        )


def _folded(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0


@lru_cache(maxsize=8192)
def _address(cell: str) -> tuple[int, int]:
    """Find the column and the row of a cell in the grid of its own precision; the empty name is the whole world."""
    extent, grid = Cell.named(cell), Grid(len(cell))
    return grid.column((extent.west + extent.east) / 2), grid.row((extent.south + extent.north) / 2)


def _slot(value: float, low: float, size: float, count: int) -> int:
    """Find the half-open interval (low + k * size, low + (k + 1) * size] that holds `value`, clamped to the grid.

    The borders are exact in binary floating point (45 times a power of two); the quotient is not: just above a border
    it may be rounded down onto it, which is mended against the border itself.
    """
    slot = math.ceil((value - low) / size) - 1
    if low + (slot + 1) * size < value:
        slot += 1
    return min(max(slot, 0), count - 1)


@dataclass(frozen=True)
class Rectangle:
    """A closed rectangle in degrees; it crosses the antimeridian when west > east."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        """Refuse edges out of range or upside down; raises Invalid naming `bbox`."""
        if not all(abs(edge) <= 180 for edge in (self.west, self.east)):
            raise Invalid.field("bbox", "longitudes must be numbers from -180 to 180")
        if not all(abs(edge) <= 90 for edge in (self.south, self.north)):
            raise Invalid.field("bbox", "latitudes must be numbers from -90 to 90")
        if self.south > self.north:
            raise Invalid.field("bbox", "its south must not be above its north")

    @classmethod
    def around(cls, point: Point, radius: float) -> "Rectangle":
        """Give the smallest one that holds a circle of a radius in metres, over the antimeridian and the poles too."""
        up = math.degrees(radius / EARTH_RADIUS)
        south, north = max(-90.0, point.latitude - up), min(90.0, point.latitude + up)
        ratio = math.sin(math.radians(up)) / max(math.cos(math.radians(point.latitude)), 1e-12)
        if ratio >= 1 or abs(south) == 90 or abs(north) == 90:
            return cls(-180.0, south, 180.0, north)
        across = math.degrees(math.asin(ratio))
        return cls(_folded(point.longitude - across), south, _folded(point.longitude + across), north)

    @cached_property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """The closed ranges of longitude, each with west <= east, that the rectangle covers."""
        if self.west > self.east:
            return ((self.west, 180.0), (-180.0, self.east))
        if self.west == -180.0 and self.east < 180.0:
            return ((-180.0, self.east), (180.0, 180.0))
        return ((self.west, self.east),)

    @property
    def nudged(self) -> "Rectangle":
        """The same, off the cells that end at its western and southern edges; the cell of a public place is kept."""
        west = self.west + NUDGE if self.west + NUDGE < self.east or self.west > self.east else self.west
        return Rectangle(min(west, 180.0), min(self.south + NUDGE, self.north), self.east, self.north)

    def __contains__(self, point: Point) -> bool:
        """Tell whether a point lies inside or on an edge."""
        return self.south <= point.latitude <= self.north and any(w <= point.longitude <= e for w, e in self.spans)

    def cell_count(self, precision: int) -> int:
        """Count the cells of a precision that touch the rectangle, without making them."""
        grid = Grid(precision)
        return len(self.rows(grid)) * sum(len(columns) for columns in self.columns(grid))

    def cells(self, precision: int) -> Iterator[str]:
        """Name every cell of a precision that may hold a point of the rectangle, each once."""
        grid = Grid(precision)
        columns = self.columns(grid)
        for row in self.rows(grid):
            for column in chain.from_iterable(columns):
                yield grid.name(column, row)

    def rows(self, grid: Grid) -> range:
        """Give the rows that are touched."""
        return range(grid.row(self.south), grid.row(self.north) + 1)

    def columns(self, grid: Grid) -> list[range]:
        """Give the columns that are touched as ranges that do not overlap."""
        touched: list[range] = []
        for first, last in sorted((grid.column(west), grid.column(east)) for west, east in self.spans):
            touched.append(range(max(first, touched[-1].stop if touched else first), last + 1))
        return touched
