"""Announcements in their table: `R#` the whole, `C#` the marker, `P#` pictures, `X#` what is due, `K#` keys.

`F#` are prints, by which the same photo is found, `L#` lists all pictures, `A#` what was reported.
A sighting also stands beside what it may be about.

All items of one change are written in one transaction that is guarded by the version of `R#`.
A marker is always written whole beside its `R#`, so no late write can raise a marker that should be gone; one that
leaves its place is overwritten by a note that it has gone, which the tiles and the readers of late changes see.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from chalicelib import journal
from chalicelib.connectors.cases import case_key
from chalicelib.connectors.items import (
    announcement_from_item,
    announcement_to_item,
    due_day,
    due_from_item,
    due_to_item,
    gone_to_item,
    marker_key,
    marker_to_item,
    picture_record_to_item,
    remembered_from_item,
    remembered_key,
    remembered_to_item,
    unused_before,
    whole_key,
)
from chalicelib.connectors.picture_items import LISTED, print_key, print_to_item, version_to_item
from chalicelib.connectors.sightings import sighting_writes
from chalicelib.connectors.table import Item, Table
from chalicelib.connectors.uses import counting, use_key
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.lookalikes import prints_of
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import month_of
from chalicelib.domain.pictures import PictureRecord
from chalicelib.domain.versions import Version
from chalicelib.journal import CORRELATION, Metric
from chalicelib.services.changes import Change, Remembered, WriteConflict
from chalicelib.services.expiry import Due

DUE_SHARDS = 4  # partitions of a day's notes
MAX_WRITES = 100  # of one transaction
FOLLOWED = ("R#", "C#", "P#")
_ABSENT = {"ConditionExpression": "attribute_not_exists(pk)"}


class AnnouncementTable:
    """The connector of announcements, their pictures' records, their idempotency keys and what is due."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table
        self._months: set[str] = set()

    def get(self, announcement_id: str) -> Announcement | None:
        """Read one, as last written."""
        item = self._table.get(*whole_key(announcement_id))
        return announcement_from_item(item) if item else None

    def get_many(self, announcement_ids: Sequence[str]) -> dict[str, Announcement]:
        """Read up to 100 by id, as last written."""
        items = self._table.get_many([whole_key(announcement_id) for announcement_id in announcement_ids])
        return {found.id: found for found in map(announcement_from_item, items)}

    def commit(self, changes: Sequence[Change]) -> None:
        """Write all or nothing; raises WriteConflict.

        A write whose answer was lost is tried again by the SDK and then fails on itself: it is recognised by its
        own mark and is a success.
        """
        mark = uuid4().hex
        for month in {month_of(change.after.event_at) for change in changes} - self._months:
            self._table.put({"pk": "M#", "sk": month})
            self._months.add(month)
        writes = [_followed(write) for change in changes for write in self.writes(change, mark)]
        if len(changes) > 1 and len(writes) > MAX_WRITES:
            raise WriteConflict("too much for one transaction")  # alone, each of them fits
        try:
            self._table.transact(writes)
        except WriteConflict:
            if not self._is_written(changes[0].after.id, mark):
                raise
        if made := sum(change.before is None for change in changes):
            journal.measure(Metric.ANNOUNCEMENTS, made)

    def remembered(self, key: str, now: datetime) -> Remembered | None:
        """Read what an idempotency key was used for, unless that is forgotten."""
        item = self._table.get(*remembered_key(key))
        remembered = remembered_from_item(item) if item else None
        return remembered if remembered and remembered.forgotten_at > now else None

    def watermark(self) -> date | None:
        """Read the day before which nothing due is left."""
        item = self._table.get("W#sweep", "W")
        return date.fromisoformat(item["day"]) if item else None

    def put_watermark(self, day: date) -> None:
        """Write it."""
        self._table.put({"pk": "W#sweep", "sk": "W", "day": day.isoformat()})

    def due(self, day: date, now: str) -> Iterator[Due]:
        """Read all notes of a day up to a moment."""
        for shard in range(DUE_SHARDS):
            items = self._table.query(
                KeyConditionExpression="pk = :pk AND sk <= :now",
                ExpressionAttributeValues={":pk": {"S": due_day(day, shard)}, ":now": {"S": f"{now}#~"}},
            )
            yield from (due_from_item(item) for item in items)

    def settle(self, due: Due) -> None:
        """Remove a note; again is harmless."""
        item = due_to_item(due, DUE_SHARDS)
        self._table.delete(item["pk"], item["sk"])

    def writes(self, change: Change, mark: str) -> Iterator[dict[str, Any]]:
        """Make the writes of a change for a transaction, the whole announcement first; `mark` tells whose they are."""
        after, put = change.after, self._table.putting
        yield put(announcement_to_item(after) | {"mark": mark}, **_guard(change))
        yield from self._marker_writes(change)
        for due in change.due:
            yield put(due_to_item(Due.at(due, after.id), DUE_SHARDS))
        for record in change.records:
            yield put(_record_to_item(record))
        yield from self._picture_writes(change)
        yield from self._case_writes(change)
        yield from sighting_writes(self._table, change.before, after)
        if change.use:
            yield self._table.updating(*use_key(change.use), **counting(change.use))
        if change.remembered:
            yield put(remembered_to_item(change.remembered), **unused_before(change.after.published_at))

    def _is_written(self, announcement_id: str, mark: str) -> bool:
        item = self._table.get(*whole_key(announcement_id))
        return item is not None and item["mark"] == mark

    def _marker_writes(self, change: Change) -> Iterator[dict[str, Any]]:
        old = change.before and Marker.of(change.before)
        new = Marker.of(change.after)
        if old and (new is None or marker_key(old) != marker_key(new)):
            yield self._table.putting(gone_to_item(old, change.at))
        if new:
            yield self._table.putting(marker_to_item(new, change.at))

    def _picture_writes(self, change: Change) -> Iterator[dict[str, Any]]:
        """List new pictures, and bring the prints up to date with what is on the map."""
        before, after = change.before, change.after
        for picture_id in {each.id for each in after.pictures} - {
            each.id for each in (before.pictures if before else ())
        }:
            yield self._table.putting({"pk": LISTED, "sk": picture_id})
        old, new = prints_of(before) if before else frozenset(), prints_of(after)
        for key in {print_key(each) for each in old} - {print_key(each) for each in new}:
            yield self._table.deleting(*key)
        for found in new - old:
            yield self._table.putting(print_to_item(found))

    def _case_writes(self, change: Change) -> Iterator[dict[str, Any]]:
        """List what has reports that nobody has looked at."""
        old, new = case_key(change.before), case_key(change.after)
        if old and old != new:
            yield self._table.deleting(*old)
        if new and new != old:
            yield self._table.putting(dict(zip(("pk", "sk"), new, strict=True)))


def _followed(write: dict[str, Any]) -> dict[str, Any]:
    """Note on what others go on from, the stream and the pictures, which request wrote it."""
    item, found = write.get("Put", {}).get("Item"), journal.correlation_id()
    if item and found and item["pk"]["S"].startswith(FOLLOWED):
        item[CORRELATION] = {"S": found}
    return write


def _record_to_item(record: PictureRecord | Version) -> Item:
    return version_to_item(record) if isinstance(record, Version) else picture_record_to_item(record)


def _guard(change: Change) -> dict[str, Any]:
    if change.before is None:
        return _ABSENT
    return {
        "ConditionExpression": "version = :version",
        "ExpressionAttributeValues": {":version": {"N": str(change.before.version)}},
    }
