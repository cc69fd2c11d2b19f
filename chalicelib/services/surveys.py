"""What prepared tiles tell of a viewport, and how markers are gathered that they do not hold.

The tiles that touch a viewport are read at once; mostly they hold all that is asked for.
In narrow views what changed in the last minutes is read beside them and laid over what they say.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Protocol

from chalicelib.domain.clusters import Counted, Summary
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import iso
from chalicelib.domain.periods import DAYS_ANSWERED, WEEKS_ANSWERED, Span
from chalicelib.domain.tiles import FINEST
from chalicelib.services.changes import Clock
from chalicelib.services.paging import START, Index, MarkerIndex, Partition, Reading, top_of

LEVEL_OF_ZOOM = (0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4)  # beyond: the finest; counted cells: 128 pixels at most
MAX_TILES = 24  # that a viewport is cut into; more, and the next wider ones are taken
EAGER = 2  # level down to which older counts are read at once: there, they are always needed
FRESH = 11  # zoom from which on the latest changes are read beside the tiles
REGION = 2  # characters of the cells by which changes are read
MAX_REGIONS = 4  # that are read
OVERLAP = timedelta(minutes=3)  # of changes and tiles: several times what these take to follow
TOGETHER = 1000  # markers of a partition read at once

type Job = Callable[[], Any]


@dataclass(frozen=True)
class Changes:
    """What happened lately in some regions: markers as they are now, and the ids of all that came, changed or went."""

    markers: Sequence[Marker] = ()
    ids: frozenset[str] = frozenset()


class Reach(Enum):
    """How far back counts are read: lately is about the last six weeks."""

    LATELY = 1
    YEAR = 2
    EVER = 3


class ChangeLog(Protocol):
    """Where the latest changes are found."""

    def changes(self, regions: Sequence[str], since: datetime) -> Changes:
        """Read what changed in cells of 2 characters."""


class Summaries(Protocol):
    """Where tiles are read, possibly as they were a moment ago."""

    def summaries(self, cells: Sequence[str], reach: Reach) -> Sequence[Summary]:
        """Read tiles with counts as far back as a reach, in the order of the cells."""

    def completed(self, tiles: Sequence[Summary], span: Span) -> Sequence[Summary]:
        """Read what tiles lack of a span; asks nothing when they lack nothing."""


@dataclass(frozen=True)
class Survey:
    """Tiles of one level that touch a viewport, the span that they are asked about, and what changed lately."""

    level: int
    span: Span
    tiles: Sequence[Summary]
    changes: Changes
    moment: datetime

    @property
    def holds_all(self) -> bool:
        """Tell whether all markers of the span are among the newest of the tiles."""
        return all(_holds(tile, self.span) for tile in self.tiles)

    def newest(self, viewport: Viewport) -> list[Marker]:
        """Give what the tiles hold themselves of a viewport."""
        return self.chosen((marker for tile in self.tiles for marker in tile.newest.markers), viewport)

    def chosen(self, found: Iterable[Marker], viewport: Viewport) -> list[Marker]:
        """Take what a viewport asks for, each once, as the latest changes have it, newest first."""
        ids = self.changes.ids
        known = {marker.announcement_id: marker for marker in found if marker.announcement_id not in ids}
        known |= {marker.announcement_id: marker for marker in self.changes.markers}
        chosen = [marker for marker in known.values() if marker in viewport and marker.expires_at > self.moment]
        return sorted(chosen, key=lambda marker: marker.position, reverse=True)


@dataclass(frozen=True)
class Surveyor:
    """Reads what there is of a viewport."""

    index: MarkerIndex
    log: ChangeLog
    tiles: Summaries
    clock: Clock
    side_by_side: Callable[[Sequence[Job]], Sequence[Any]]

    def survey(self, viewport: Viewport, zoom: int) -> Survey:
        """Read the tiles that touch a viewport and, for a narrow one, the latest changes."""
        now = self.clock()
        span = Span.around(viewport.window, now)
        rectangle = viewport.rectangle.nudged
        level = level_of(zoom, rectangle)
        jobs: list[Job] = [lambda: self._tiles(rectangle, level, span, now)]
        if zoom >= FRESH and rectangle.cell_count(REGION) <= MAX_REGIONS:
            jobs.append(lambda: self.log.changes(list(rectangle.cells(REGION)), now - OVERLAP))
        tiles, *changes = self.side_by_side(jobs)
        return Survey(level, span, tiles, changes[0] if changes else Changes(), now)

    def completed(self, survey: Survey) -> Survey:
        """Read what its tiles lack of the span."""
        return replace(survey, tiles=self.tiles.completed(survey.tiles, survey.span))

    def gathered(self, survey: Survey, counted: Sequence[Counted], viewport: Viewport) -> list[Marker]:
        """Give all markers of a viewport, going down into the tiles that do not hold all of theirs."""
        return survey.chosen(self._gathered(survey.span, counted, viewport), viewport)

    def _tiles(self, rectangle: Rectangle, level: int, span: Span, now: datetime) -> Sequence[Summary]:
        age = now.date().toordinal() - span.first
        reach = Reach.YEAR if age <= WEEKS_ANSWERED else Reach.EVER
        is_eager = level <= EAGER and age > DAYS_ANSWERED
        return self.tiles.summaries(list(rectangle.cells(level)), reach if is_eager else Reach.LATELY)

    def _gathered(self, span: Span, counted: Sequence[Counted], viewport: Viewport) -> Iterable[Marker]:
        yield from (marker for each in counted for marker in each.tile.newest.markers)
        lacking = [each for each in counted if each.sums and not _holds(each.tile, span)]
        leaves = [each.tile.cell for each in lacking if len(each.tile.cell) == FINEST]
        parts = sorted(part for each in lacking if len(each.tile.cell) < FINEST for part in each.parts)
        tiles = self.tiles.summaries(parts, Reach.LATELY) if parts else ()
        if parts and len(parts[0]) < FINEST:
            tiles = self.tiles.completed(tiles, span)
            yield from self._gathered(span, [Counted.of(tile, viewport, span) for tile in tiles], viewport)
        else:
            yield from (marker for tile in tiles for marker in tile.newest.markers)
            leaves += [tile.cell for tile in tiles if not _holds(tile, span)]
        yield from self._read(leaves, viewport)

    def _read(self, leaves: Sequence[str], viewport: Viewport) -> Iterable[Marker]:
        """Read all markers of cells of 5 characters from their index."""
        reached = {Partition(Index.CELL5, cell): top_of(viewport.window) for cell in leaves}
        while reached:
            readings = [Reading(partition, below, TOGETHER) for partition, below in reached.items()]
            chunks = self.index.read(readings, viewport, self.clock())
            for chunk in chunks:
                yield from chunk.markers
            answers = zip(readings, chunks, strict=True)
            reached = {reading.partition: chunk.reached for reading, chunk in answers if chunk.reached != START}


def level_of(zoom: int, rectangle: Rectangle) -> int:
    """Choose the finest level that a zoom needs and of which not too many tiles touch a rectangle."""
    level = LEVEL_OF_ZOOM[zoom] if zoom < len(LEVEL_OF_ZOOM) else FINEST
    while rectangle.cell_count(level) > MAX_TILES:
        level -= 1
    return level


def _holds(tile: Summary, span: Span) -> bool:
    """Tell whether all markers of a span are among a tile's newest."""
    start = span.window.start
    return tile.newest.reaches(iso(start) if start else START)
