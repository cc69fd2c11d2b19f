"""Markers in their table and its indexes, newest first."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from chalicelib.connectors.items import is_gone, leaf_of, marker_from_item
from chalicelib.connectors.table import Item, Table
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import Window, iso, month_of
from chalicelib.domain.periods import Span
from chalicelib.journal import carried
from chalicelib.services.mending import Region
from chalicelib.services.paging import END, MAX_PARALLEL_READS, START, Chunk, Index, Partition, Reading
from chalicelib.services.surveys import Changes

_INDEXES = {
    Index.CELL5: {"IndexName": "by_cell5"},
    Index.MONTH: {"IndexName": "by_month"},
}
MOST_CHANGES = 1000  # of a region that are read, the latest: an import brings more in a minute
_NAMES = {Index.CELL6: "pk", Index.CELL5: "cell5", Index.MONTH: "month"}


class MarkerTable:
    """The connector of markers; reads of one view run side by side."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    @cached_property
    def _readers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(MAX_PARALLEL_READS, thread_name_prefix="markers")

    def months(self, window: Window) -> Sequence[str]:
        """Name the months of the window that have ever had a marker."""
        first = month_of(window.start) if window.start else "0"
        last = month_of(window.end) if window.end else END
        items = self._table.query(
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=_texts({":pk": "M#", ":first": first, ":last": last}),
        )
        return [item["sk"] for item in items]

    def read(self, readings: Sequence[Reading], viewport: Viewport, now: datetime) -> Sequence[Chunk]:
        """Answer each reading, all at the same time."""
        if len(readings) == 1:
            return [self._read(viewport, now, readings[0])]
        return list(self._readers.map(carried(partial(self._read, viewport, now)), readings))

    def in_cell(self, cell: str, span: Span) -> list[Marker]:
        """Read all markers of a cell of 6 characters in a span, as last written."""
        items = self._table.query(
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=_texts(
                {":pk": f"C#{cell}", ":first": _day(span.first) or "0", ":last": _day(span.after)}
            ),
            ConsistentRead=True,
        )
        return [marker_from_item(item) for item in items if not is_gone(item)]

    def changes(self, regions: Sequence[str], since: datetime) -> Changes:
        """Read what changed in cells of 2 characters, the latest first when it is too much for one answer."""
        answers = self._readers.map(carried(partial(self._changed, since)), regions) if len(regions) > 1 else ()
        items = [item for some in answers or (self._changed(since, region) for region in regions) for item in some]
        here = [marker_from_item(item) for item in items if not is_gone(item)]
        return Changes(here, frozenset(item["sk"].rpartition("#")[2] for item in items))

    def region(self, cell: str, since: datetime) -> Region:
        """Read all markers of a cell of 2 characters; what changed since a moment is changing."""
        items = list(
            self._table.query(
                IndexName="by_change",
                KeyConditionExpression="cell2 = :cell",
                ExpressionAttributeValues=_texts({":cell": cell}),
            )
        )
        changing = frozenset(leaf_of(item) for item in items if item["changed_at"] >= iso(since))
        return Region([marker_from_item(item) for item in items if not is_gone(item)], changing)

    def _changed(self, since: datetime, region: str) -> list[Item]:
        items, _more = self._table.query_page(
            IndexName="by_change",
            KeyConditionExpression="cell2 = :cell AND changed_at >= :since",
            ExpressionAttributeValues=_texts({":cell": region, ":since": iso(since)}),
            ScanIndexForward=False,
            Limit=MOST_CHANGES,
        )
        return items

    def _read(self, viewport: Viewport, now: datetime, reading: Reading) -> Chunk:
        first = iso(viewport.window.start) if viewport.window.start else "0"
        if first >= reading.below:
            return Chunk([], START)
        items, last = self._table.query_page(**_query(viewport, now, reading, first))
        wanted = [marker for marker in map(marker_from_item, items) if marker in viewport]
        return Chunk(wanted, last["sk"]["S"] if last else START)


def _day(day: int) -> str:
    """Write a day as what all its positions begin with; day 0 is before all."""
    return date.fromordinal(day).isoformat() if day else START


def _query(viewport: Viewport, now: datetime, reading: Reading, first: str) -> dict[str, Any]:
    kinds = {f":kind{number}": kind.value for number, kind in enumerate(sorted(viewport.kinds))}
    species = {f":species{number}": each.value for number, each in enumerate(sorted(viewport.species))}
    conditions = ["expires_at > :now", _one_of("kind", kinds), _one_of("species", species)]
    key = {":key": _key(reading.partition), ":first": first, ":last": _before(reading.below), ":now": iso(now)}
    return {
        **_INDEXES.get(reading.partition.index, {"ConsistentRead": True}),
        "KeyConditionExpression": f"{_attribute(reading.partition)} = :key AND sk BETWEEN :first AND :last",
        "FilterExpression": " AND ".join(filter(None, conditions)),
        "ExpressionAttributeValues": _texts(key | kinds | species),
        **({"ExpressionAttributeNames": {"#month": "month"}} if reading.partition.index is Index.MONTH else {}),
        "ScanIndexForward": False,
        "Limit": reading.limit,
    }


def _key(partition: Partition) -> str:
    return f"C#{partition.key}" if partition.index is Index.CELL6 else partition.key


def _before(position: str) -> str:
    """Name the last text before a position, for BETWEEN takes both its ends."""
    return f"{position[:-1]}{chr(ord(position[-1]) - 1)}{END}"


def _attribute(partition: Partition) -> str:
    """Name the key attribute; `month` is a reserved word of DynamoDB."""
    name = _NAMES[partition.index]
    return f"#{name}" if name == "month" else name


def _one_of(attribute: str, values: dict[str, str]) -> str:
    return f"{attribute} IN ({', '.join(values)})" if values else ""


def _texts(values: dict[str, str]) -> dict[str, Any]:
    return {name: {"S": value} for name, value in values.items()}
