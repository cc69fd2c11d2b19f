"""Tiles in their table: `T#` documents, `D#` notes of cells whose wider tiles are behind, `W#` how far mending came."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import batched
from typing import Any
from uuid import uuid4

from chalicelib.connectors.table import Table
from chalicelib.connectors.tile_documents import (
    HEAD,
    MONTHS,
    WEEKS,
    Document,
    Documents,
    counts_of,
    documents_of,
    faces_of,
    is_torn,
    lacking,
    newest_of,
    summed,
)
from chalicelib.domain.clusters import Summary
from chalicelib.domain.errors import Busy
from chalicelib.domain.periods import Span
from chalicelib.domain.tiles import Faces, Newest, Tile
from chalicelib.services.changes import WriteConflict
from chalicelib.services.surveys import Reach
from chalicelib.services.tiling import Note, StoredTile

ALL = (HEAD, WEEKS, MONTHS)
MAX_KEYS = 100  # of one BatchGetItem
READINGS = 5  # of documents that change while they are read
NOTES = "D#"
PLACE = ("W#mend", "W")
_NAMES = {Reach.LATELY: (HEAD,), Reach.YEAR: (HEAD, WEEKS), Reach.EVER: ALL}
_NOT_CONTENT = frozenset({"pk", "sk", "version", "day"})


class TileTable:
    """The connector of tiles."""

    def __init__(self, table: Table) -> None:
        """Use a table of its own, without a stream: the function that writes here must not hear itself."""
        self._table = table

    def read(self, cells: Sequence[str]) -> dict[str, StoredTile]:
        """Read whole tiles as last written; one that is not there is empty."""
        found = self._documents([(cell, name) for cell in cells for name in ALL], known={})
        if further := [(cell, name) for cell in cells for name in lacking(found[cell], Span())]:
            found |= self._documents(further, found)
        return {cell: StoredTile(_tile(cell, found[cell]), found[cell]) for cell in cells}

    def summaries(self, cells: Sequence[str], reach: Reach) -> list[Summary]:
        """Read tiles, possibly as they were a moment ago, with the documents of a reach."""
        stored = self._documents([(cell, name) for cell in cells for name in _NAMES[reach]])
        return [StoredSummary(cell, stored.get(cell, {})) for cell in cells]

    def completed(self, tiles: Sequence[Summary], span: Span) -> list[Summary]:
        """Read what tiles lack of a span; asks nothing when they lack nothing."""
        known = {tile.cell: tile.documents for tile in tiles if isinstance(tile, StoredSummary)}
        keys = [(cell, name) for cell, documents in known.items() for name in lacking(documents, span)]
        found = self._documents(keys, known)
        return [StoredSummary(tile.cell, found[tile.cell]) if tile.cell in found else tile for tile in tiles]

    def write(self, before: StoredTile, after: Tile) -> bool:
        """Write what differs, and tell whether anything did; raises WriteConflict when it was written since."""
        changed = {
            name: document
            for name, document in documents_of(after).items()
            if _content(document) != _content(before.documents.get(name, {}))
        }
        self._table.put_all([self._putting(after.cell, name, changed[name], before) for name in changed])
        return bool(changed)

    def note(self, cells: Iterable[str]) -> None:
        """Remember that the parents of these have to follow."""
        for cell in cells:
            self._table.put({"pk": NOTES, "sk": cell, "mark": uuid4().hex})

    def notes(self) -> list[Note]:
        """Read what was noted, as last written."""
        items = self._table.query(
            KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": NOTES}}, ConsistentRead=True
        )
        return [Note(item["sk"], item["mark"]) for item in items]

    def settle(self, note: Note) -> None:
        """Forget a note unless the cell was noted again since."""
        with suppress(WriteConflict):
            self._table.delete(
                NOTES,
                note.cell,
                ConditionExpression="mark = :mark",
                ExpressionAttributeValues={":mark": {"S": note.mark}},
            )

    def mended_to(self) -> str | None:
        """Read the region from which comparing has to go on."""
        item = self._table.get(*PLACE)
        return item["region"] if item else None

    def put_mended_to(self, region: str | None) -> None:
        """Write it, or remove it."""
        if region is None:
            self._table.delete(*PLACE)
        else:
            pk, sk = PLACE
            self._table.put({"pk": pk, "sk": sk, "region": region})

    def _putting(self, cell: str, name: str, document: Document, before: StoredTile) -> dict[str, Any]:
        """Make the write of one document, on condition that it is still what it was read as.

        A further document that the head did not name is overwritten: the head is written with it, on condition.
        """
        if name not in before.documents and name not in ALL:
            return self._table.putting(document | {"pk": f"T#{cell}", "sk": name, "version": 1})
        version = before.documents.get(name, {}).get("version", 0)
        item = document | {"pk": f"T#{cell}", "sk": name, "version": version + 1}
        values = {"ExpressionAttributeValues": {":version": {"N": str(version)}}} if version else {}
        condition = "version = :version" if version else "attribute_not_exists(pk)"
        return self._table.putting(item, ConditionExpression=condition, **values)

    def _documents(
        self, keys: Sequence[tuple[str, str]], known: Mapping[str, Documents] | None = None
    ) -> dict[str, Documents]:
        """Read documents of tiles to those that are known; a tile that is torn is read again, whole."""
        found: dict[str, dict[str, Document]] = {cell: dict((known or {}).get(cell, {})) for cell, _ in keys}
        self._read(keys, found, consistent=known is not None)
        for _reading in range(READINGS):
            torn = [cell for cell, documents in found.items() if is_torn(documents)]
            if not torn:
                return dict(found)
            self._read([(cell, name) for cell in torn for name in ALL], found, consistent=True)
        raise Busy("The map changes too fast just now.")

    def _read(
        self, keys: Sequence[tuple[str, str]], found: Mapping[str, dict[str, Document]], *, consistent: bool
    ) -> None:
        for some in batched(keys, MAX_KEYS):
            for item in self._table.get_many([(f"T#{cell}", name) for cell, name in some], consistent=consistent):
                found[item["pk"].removeprefix("T#")][item["sk"]] = item


@dataclass(frozen=True)
class StoredSummary:
    """What was read of a tile; each part is unpacked when it is first looked at."""

    cell: str
    documents: Documents

    def summed(self, span: Span) -> Mapping[int, int]:
        """Sum up the periods of a span, as far as its documents were read."""
        return summed(self.documents, span)

    @cached_property
    def faces(self) -> Faces:
        """The newest pictures of its cells."""
        return faces_of(self.documents[HEAD]) if HEAD in self.documents else {}

    @cached_property
    def newest(self) -> Newest:
        """Its newest markers."""
        return newest_of(self.documents[HEAD]) if HEAD in self.documents else Newest()


def _tile(cell: str, documents: Documents) -> Tile:
    read = StoredSummary(cell, documents)
    return Tile(cell, documents[HEAD]["day"] if HEAD in documents else 0, counts_of(documents), read.faces, read.newest)


def _content(document: Mapping[str, Any]) -> Document:
    """Leave out what may differ between documents that say the same."""
    return {name: value for name, value in document.items() if name not in _NOT_CONTENT}
