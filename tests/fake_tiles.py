"""Tiles in memory; passes the tests of the real connector."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from chalicelib.domain.clusters import Summary
from chalicelib.domain.periods import Span
from chalicelib.domain.tiles import Tile
from chalicelib.services.changes import WriteConflict
from chalicelib.services.surveys import Reach
from chalicelib.services.tiling import Note, StoredTile


@dataclass
class MemoryTiles:
    """Tiles with the number of their last write.

    `interruptions` happen one by one, each just before a write; `reads` counts the cells of each question of a view.
    """

    tiles: dict[str, Tile] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    noted: dict[str, Note] = field(default_factory=dict)
    interruptions: deque[Callable[[], object]] = field(default_factory=deque)
    reads: list[int] = field(default_factory=list)
    marks: Iterator[int] = field(default_factory=count)
    place: str | None = None

    def read(self, cells: Sequence[str]) -> Mapping[str, StoredTile]:
        return {
            cell: StoredTile(self.tiles.get(cell, Tile(cell, 0)), {"H": {"version": self.versions.get(cell, 0)}})
            for cell in cells
        }

    def write(self, before: StoredTile, after: Tile) -> bool:
        if self.interruptions:
            self.interruptions.popleft()()
        if self.versions.get(after.cell, 0) != before.documents["H"]["version"]:
            raise WriteConflict
        stored = self.tiles.get(after.cell, Tile(after.cell, after.day))
        if replace(stored, day=after.day) == after:
            return False
        self.tiles[after.cell] = after
        self.versions[after.cell] = self.versions.get(after.cell, 0) + 1
        return True

    def note(self, cells: Iterable[str]) -> None:
        for cell in cells:
            self.noted[cell] = Note(cell, f"{next(self.marks)}")

    def notes(self) -> Sequence[Note]:
        return list(self.noted.values())

    def settle(self, note: Note) -> None:
        if self.noted.get(note.cell) == note:
            del self.noted[note.cell]

    def mended_to(self) -> str | None:
        return self.place

    def put_mended_to(self, region: str | None) -> None:
        self.place = region

    def summaries(self, cells: Sequence[str], reach: Reach) -> Sequence[Summary]:
        self.reads.append(len(cells))
        return [self.tiles.get(cell, Tile(cell, 0)) for cell in cells]

    def completed(self, tiles: Sequence[Summary], span: Span) -> Sequence[Summary]:
        return tiles
