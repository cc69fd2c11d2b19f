"""Compares every tile with the markers and makes anew those that are wrong: none, in a healthy system."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched, product
from typing import Protocol

from chalicelib.domain.geography import GEOHASH
from chalicelib.domain.markers import Marker
from chalicelib.domain.tiles import FINEST, Newest, Tile, build
from chalicelib.services.changes import Clock
from chalicelib.services.tiling import WIDEST_PROMPT, StoredTile, Tiler, TileStore

REGIONS = ["".join(pair) for pair in product(GEOHASH, repeat=WIDEST_PROMPT)]
READ_TOGETHER = 33  # tiles: three documents each in one batch
SETTLED = timedelta(minutes=10)  # after which tiles must have followed a change


@dataclass(frozen=True)
class Region:
    """All markers of a cell of 2 characters, and its cells of 5 characters where something changed lately."""

    markers: Sequence[Marker]
    changing: frozenset[str]


class MarkerRegions(Protocol):
    """Where all markers are found."""

    def region(self, cell: str, since: datetime) -> Region:
        """Read a region; what changed since a moment is changing."""


class Place(Protocol):
    """Where it is noted how far a run came that ran out of time."""

    def mended_to(self) -> str | None:
        """Read the region to go on from, None when the last run was complete."""

    def put_mended_to(self, region: str | None) -> None:
        """Write it."""


@dataclass(frozen=True)
class Mended:
    """What was found: how many tiles were compared, which were wrong, and the region where time ran out, if it did."""

    compared: int = 0
    wrong: tuple[str, ...] = ()
    next: str | None = None

    def __add__(self, other: "Mended") -> "Mended":
        """Put two findings together, of which the other is the later."""
        return Mended(self.compared + other.compared, self.wrong + other.wrong, other.next)


@dataclass(frozen=True)
class Mender:
    """Compares and mends."""

    markers: MarkerRegions
    tiles: TileStore
    place: Place
    tiler: Tiler
    clock: Clock

    def mend(self, has_time: Callable[[], bool], progress: Callable[[str], None] = lambda _region: None) -> Mended:
        """Go through all regions from where the last run stopped, as long as there is time, then the widest tiles."""
        mended, start = Mended(), self.place.mended_to() or REGIONS[0]
        for region in REGIONS[REGIONS.index(start) :]:
            if not has_time():
                self.place.put_mended_to(region)
                return mended + Mended(next=region)
            progress(region)
            mended += self._mend_region(region)
        self.place.put_mended_to(None)
        return mended + self._mend_wide()

    def _mend_wide(self) -> Mended:
        self.tiler.refresh_wide()
        cells = [*GEOHASH, ""]
        wrong = {cell for cell in cells if self._is_other_when_remade(cell)}
        changing = {note.cell[:length] for note in self.tiles.notes() for length in range(WIDEST_PROMPT)}
        return Mended(len(cells), tuple(sorted(wrong - changing)))

    def _is_other_when_remade(self, cell: str) -> bool:
        [before] = self._read([cell])
        self.tiler.remake(cell)
        [after] = self._read([cell])
        return _differ(before.tile, after.tile)

    def _mend_region(self, cell: str) -> Mended:
        """Compare a region's tiles; those in which something changed just now are made anew without a verdict."""
        now = self.clock()
        region = self.markers.region(cell, now - SETTLED)
        changing = {leaf[:length] for leaf in region.changing for length in range(WIDEST_PROMPT, FINEST + 1)}
        compared, wrong = self._compare(cell, region.markers, now.date().toordinal())
        for each in sorted(wrong | changing, key=len, reverse=True):
            self.tiler.remake(each)
        if wrong | changing:
            self.tiles.note([cell])
        return Mended(compared, tuple(sorted(wrong - changing)))

    def _compare(self, cell: str, markers: Sequence[Marker], today: int) -> tuple[int, set[str]]:
        """Compare tiles with what markers say, from the region down; returns how many, and which are wrong."""
        expected = {tile.cell: tile for tile in build(markers, today, WIDEST_PROMPT)}
        compared, wrong, names = 0, set[str](), {cell}
        for level in range(WIDEST_PROMPT, FINEST + 1):
            names |= {name for name in expected if len(name) == level}
            stored = [each.tile for some in batched(sorted(names), READ_TOGETHER) for each in self._read(some)]
            compared += len(stored)
            wrong |= {tile.cell for tile in stored if _differ(tile, expected.get(tile.cell, Tile(tile.cell, today)))}
            names = {child for tile in stored for child in tile.children}
        return compared, wrong

    def _read(self, cells: Sequence[str]) -> Iterable[StoredTile]:
        return self.tiles.read(cells).values()


def _differ(stored: Tile, expected: Tile) -> bool:
    day = max(stored.day, expected.day)
    one, other = stored.merged(day), expected.merged(day)
    horizon = max(one.newest.horizon, other.newest.horizon)
    return (
        one.counts != other.counts
        or one.faces != other.faces
        or _down_to(horizon, one.newest) != _down_to(horizon, other.newest)
    )


def _down_to(horizon: str, newest: Newest) -> list[Marker]:
    return [marker for marker in newest.markers if marker.position >= horizon]
