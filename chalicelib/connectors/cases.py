"""Announcements with reports that nobody has looked at: `A#<shard>`.

Their items are derived from the announcement, and written in its transaction.
"""

from collections.abc import Iterator
from heapq import merge

from chalicelib.connectors.table import Table
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.moments import iso
from chalicelib.services.paging import shard_of

SHARDS = 4  # partitions, or one would have to take all reports of a wave of them


class CaseTable:
    """The connector of the open cases."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    def open_cases(self) -> Iterator[str]:
        """Name the announcements, the last reported first."""
        shards = [self._positions(shard) for shard in range(SHARDS)]
        return (position.rpartition("#")[2] for position in merge(*shards, reverse=True))

    def _positions(self, shard: int) -> Iterator[str]:
        items = self._table.query(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"A#{shard}"}},
            ScanIndexForward=False,
        )
        return (item["sk"] for item in items)


def case_key(announcement: Announcement | None) -> tuple[str, str] | None:
    """Name the item of an announcement's open case, or None where nobody has to look at it."""
    reported_at = announcement.case.reported_at if announcement else None
    if announcement is None or reported_at is None:
        return None
    return f"A#{shard_of(announcement.id, SHARDS)}", f"{iso(reported_at)}#{announcement.id}"
