"""Keeps the tiles true to the markers.

A change only says which cell and day it touched.
These are counted anew from the markers, and the tiles around from those in them, upwards.
A tile is read before what it is made from, and written only if nobody has written it since: so what is written last was
read last, whatever is repeated, reordered or cut short.
"""

import logging
import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol

from chalicelib.domain.errors import Busy
from chalicelib.domain.geography import GEOHASH
from chalicelib.domain.markers import Marker
from chalicelib.domain.periods import Span
from chalicelib.domain.tiles import FINEST, Tile, leaf, parent
from chalicelib.services.changes import Clock, Pause, WriteConflict

log = logging.getLogger("homeward")

ATTEMPTS = 12
LONGEST_PAUSE = 1.0  # seconds
MAX_SPANS = 8  # of one cell that are read one by one; for more, all of it is read at once
WIDEST_PROMPT = 2  # level down to which tiles follow each batch of changes; the wider ones follow every few minutes
EVER = Span()


@dataclass(frozen=True, order=True)
class Touch:
    """A cell of 6 characters in which, on a day, markers may have come, changed or gone."""

    cell: str
    day: int

    @property
    def leaf(self) -> str:
        """The cell of the finest tile that counts it."""
        return self.cell[:FINEST]


@dataclass(frozen=True)
class StoredTile:
    """A tile as it was read, and the documents it was read from, as the store knows them."""

    tile: Tile
    documents: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Note:
    """A tile whose parent has not followed yet; `mark` tells this note from a later one of the same cell."""

    cell: str
    mark: str


class TileStore(Protocol):
    """Where tiles are kept."""

    def read(self, cells: Sequence[str]) -> Mapping[str, StoredTile]:
        """Read whole tiles as last written; one that is not there is empty."""

    def write(self, before: StoredTile, after: Tile) -> bool:
        """Write what differs, and tell whether anything did; raises WriteConflict when it was written since."""

    def note(self, cells: Iterable[str]) -> None:
        """Remember that the parents of these have to follow."""

    def notes(self) -> Sequence[Note]:
        """Read what was noted."""

    def settle(self, note: Note) -> None:
        """Forget a note unless the cell was noted again since."""


class MarkerSource(Protocol):
    """Where markers are counted."""

    def in_cell(self, cell: str, span: Span) -> Sequence[Marker]:
        """Read all markers of a cell of 6 characters in a span, as last written."""


@dataclass(frozen=True)
class Tiler:
    """Refreshes tiles."""

    tiles: TileStore
    markers: MarkerSource
    clock: Clock
    pause: Pause

    def refresh(self, touches: Iterable[Touch]) -> set[str]:
        """Bring the tiles down to level 2 up to date and note the rest; returns the leaves that could not be counted.

        What was changed already is done again from the leaf upwards: the last time may have been cut short.
        """
        by_leaf = {leaf: list(some) for leaf, some in groupby(sorted(touches), key=attrgetter("leaf"))}
        failed = {leaf for leaf, some in by_leaf.items() if not self._recounted(leaf, some)}
        cells: Collection[str] = by_leaf.keys() - failed
        for _level in range(FINEST - WIDEST_PROMPT):
            cells = self._follow(cells)
        self.tiles.note(cells)
        return failed

    def refresh_wide(self) -> int:
        """Bring the widest tiles up to date, and tell how many notes were settled."""
        notes = self.tiles.notes()
        cells: Collection[str] = {note.cell for note in notes}
        for _level in range(WIDEST_PROMPT):
            cells = self._follow(cells)
        for note in notes:
            self.tiles.settle(note)
        return len(notes)

    def remake(self, cell: str) -> bool:
        """Make one tile anew from all that lies in it, and tell whether it changed."""
        return self._edit(cell, lambda before: self._whole(before.merged(self._today())))

    def _today(self) -> int:
        return self.clock().date().toordinal()

    def _recounted(self, leaf: str, touches: Sequence[Touch]) -> bool:
        """Count the touched cells of a leaf; one that fails must not keep the others waiting."""
        try:
            self._edit(leaf, lambda before: self._counted(before.merged(self._today()), touches))
        except Exception:
            log.exception("could not recount %s", leaf)
            return False
        return True

    def _counted(self, before: Tile, touches: Sequence[Touch]) -> Tile:
        after = self._with(before, _parts(before, touches))
        if after.misses_a_face_of(before):  # a newest picture is gone: look for older ones
            after = self._with(after, {(touch.cell, EVER) for touch in touches})
        return self._whole(after) if after.is_short else after

    def _with(self, tile: Tile, parts: Iterable[tuple[str, Span]]) -> Tile:
        for cell, span in parts:
            tile = tile.with_markers(cell, span, self.markers.in_cell(cell, span))
        return tile

    def _whole(self, before: Tile) -> Tile:
        inside = [before.cell + character for character in GEOHASH]
        if before.level == FINEST:
            return leaf(before.cell, (m for cell in inside for m in self.markers.in_cell(cell, EVER)), before.day)
        stored = self.tiles.read(inside)
        return parent([stored[cell].tile.merged(before.day) for cell in inside])

    def _follow(self, cells: Iterable[str]) -> set[str]:
        """Bring the parents of tiles up to date, and name them."""
        families = {cell: list(some) for cell, some in groupby(sorted(cells), key=lambda cell: cell[:-1])}
        for cell, children in families.items():
            self._edit(cell, partial(self._summed_up, children))
        return set(families)

    def _summed_up(self, children: Sequence[str], before: Tile) -> Tile:
        after = before.merged(self._today())
        for child in self.tiles.read(children).values():
            after = after.with_child(child.tile)
        return self._whole(after) if after.is_short else after

    def _edit(self, cell: str, edit: Callable[[Tile], Tile]) -> bool:
        """Apply `edit` to a tile as it is, until no one else was in between; tell whether it changed."""
        for attempt in range(ATTEMPTS):
            stored = self.tiles.read([cell])[cell]
            try:
                return self.tiles.write(stored, edit(stored.tile))
            except WriteConflict:
                self.pause(random.uniform(0, min(LONGEST_PAUSE, 0.02 * 2**attempt)))  # noqa: S311 (spreads retries)
        raise Busy(f"The tile {cell!r} is being changed by many at once.")


def _parts(tile: Tile, touches: Sequence[Touch]) -> set[tuple[str, Span]]:
    """Choose what to read: the touched periods of each cell, or all of it where they are many."""
    parts: dict[str, set[Span]] = {}
    for touch in touches:
        parts.setdefault(touch.cell, set()).add(tile.span_of(touch.day))
    return {(cell, span) for cell, spans in parts.items() for span in (spans if len(spans) <= MAX_SPANS else [EVER])}
