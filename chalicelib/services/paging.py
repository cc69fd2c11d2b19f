"""All markers of a viewport, newest first, page after page, read from the markers themselves.

A viewport is cut into partitions (cells of one precision, or months in shards), each of which holds its markers
newest first.
They are read in rounds of parallel queries until the wanted number of markers is certain: a marker is certain when
every partition has been read at least as far back as it lies.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import Window, iso
from chalicelib.services.changes import Clock

MAX_PARALLEL_READS = 24  # queries at the same time
MAX_CELLS = 24  # that a viewport is cut into
MAX_ROUNDS = 10  # of parallel reads for one page; what is left then is reached by the cursor
MAP_SHARDS = 8  # partitions of a month, so that a busy month is not one hot key
END = "~"  # sorts after every position
START = ""  # sorts before every position


class Index(Enum):
    """Where markers are found: by the cells of a precision, or by month."""

    CELL6 = 6
    CELL5 = 5
    MONTH = 0


@dataclass(frozen=True)
class Partition:
    """One key of an index."""

    index: Index
    key: str


@dataclass(frozen=True)
class Reading:
    """A request for the newest markers of a partition whose position lies below `below`, at most `limit` items."""

    partition: Partition
    below: str
    limit: int


@dataclass(frozen=True)
class Chunk:
    """What a reading gave: all matching markers down to `reached`, which is START when nothing is left."""

    markers: Sequence[Marker]
    reached: str


class MarkerIndex(Protocol):
    """Where markers are read from."""

    def months(self, window: Window) -> Sequence[str]:
        """Name the months of the window that may hold markers."""

    def read(self, readings: Sequence[Reading], viewport: Viewport, now: datetime) -> Sequence[Chunk]:
        """Answer each reading, all at the same time; what is past its time or outside the viewport is left out."""


@dataclass(frozen=True)
class Page:
    """Markers newest first; `below` is where the next page goes on, None at the end."""

    markers: Sequence[Marker]
    below: str | None = None


@dataclass(frozen=True)
class Pages:
    """Gives the markers of a viewport in pages."""

    index: MarkerIndex
    clock: Clock

    def page(self, viewport: Viewport, limit: int, below: str | None = None) -> Page:
        """Answer the newest `limit` markers of a viewport below a position.

        A page may be shorter, even empty, and still have a next one, when much had to be read for little.
        """
        search = _Search(limit, self._tops(viewport, below or top_of(viewport.window)))
        for _round in range(MAX_ROUNDS):
            readings = search.wanted()
            if not readings:
                break
            search.take(readings, self.index.read(readings, viewport, self.clock()))
        return search.page()

    def _tops(self, viewport: Viewport, top: str) -> dict[Partition, str]:
        for index in (Index.CELL6, Index.CELL5):
            if viewport.rectangle.cell_count(index.value) <= MAX_CELLS:
                return {Partition(index, cell): top for cell in viewport.rectangle.cells(index.value)}
        return {
            Partition(Index.MONTH, month_key(month, shard)): min(top, month + END)
            for month in self.index.months(viewport.window)
            for shard in range(MAP_SHARDS)
            if month <= top
        }


class _Search:
    """The state of one page: how far each partition has been read, and what was found."""

    def __init__(self, limit: int, tops: dict[Partition, str]) -> None:
        self._limit = limit
        self._reached = tops
        self._found: list[Marker] = []

    @property
    def _horizon(self) -> str:
        """The position down to which every partition has been read."""
        return max(self._reached.values(), default=START)

    def _certain(self) -> list[Marker]:
        horizon = self._horizon
        certain = [marker for marker in self._found if marker.position >= horizon]
        return sorted(certain, key=lambda marker: marker.position, reverse=True)

    def wanted(self) -> list[Reading]:
        """Choose what to read next: the partitions that keep the wanted markers from being certain."""
        if len(self._certain()) > self._limit:
            return []
        floor = self._floor()
        unread = [(reached, partition) for partition, reached in self._reached.items() if reached > floor]
        unread.sort(key=lambda pair: pair[0], reverse=True)
        return [Reading(partition, reached, self._limit + 1) for reached, partition in unread[:MAX_PARALLEL_READS]]

    def _floor(self) -> str:
        """The position of the last marker wanted, as far as it is known: nothing below it needs reading."""
        positions = sorted((marker.position for marker in self._found), reverse=True)
        return positions[self._limit] if len(positions) > self._limit else START

    def take(self, readings: Sequence[Reading], chunks: Sequence[Chunk]) -> None:
        """Note what was read."""
        for reading, chunk in zip(readings, chunks, strict=True):
            self._reached[reading.partition] = chunk.reached
            self._found += chunk.markers

    def page(self) -> Page:
        """Give the certain markers; the next page begins below the last one, or where reading stopped."""
        certain = self._certain()
        if len(certain) > self._limit:
            page = certain[: self._limit]
            return Page(page, page[-1].position)
        return Page(certain, self._horizon if self._horizon != START else None)


def month_key(month: str, shard: int) -> str:
    """Name a shard of a month: `2026-11#3`."""
    return f"{month}#{shard}"


def shard_of(announcement_id: str, shards: int = MAP_SHARDS) -> int:
    """Spread ids evenly and for ever the same over shards."""
    return zlib.crc32(announcement_id.encode()) % shards


def top_of(window: Window) -> str:
    """Name a position above all of a window."""
    return iso(window.end) + END if window.end else END
