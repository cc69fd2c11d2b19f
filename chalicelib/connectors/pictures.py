"""Pictures in the announcements table: `P#` a picture's record and its versions, `F#` prints, `L#` the list of all."""

from collections.abc import Sequence
from typing import Any

from chalicelib import journal
from chalicelib.connectors.items import picture_key, picture_record_from_item
from chalicelib.connectors.picture_items import (
    LISTED,
    print_from_item,
    version_from_item,
    version_key,
    version_to_item,
)
from chalicelib.connectors.table import Table
from chalicelib.domain.errors import Busy
from chalicelib.domain.lookalikes import Print
from chalicelib.domain.pictures import PictureRecord, PictureState
from chalicelib.domain.versions import Version
from chalicelib.journal import CORRELATION
from chalicelib.services.changes import WriteConflict

ATTEMPTS = 8  # of a write that others are in the way of
_ABSENT = {"ConditionExpression": "attribute_not_exists(pk)"}
_WAITING = {
    "ConditionExpression": "#state = :waiting",
    "ExpressionAttributeNames": {"#state": "state"},
    "ExpressionAttributeValues": {":waiting": {"S": PictureState.WAITING.value}},
}


class PictureTable:
    """The connector of what is kept of pictures outside their announcements."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    def picture(self, picture_id: str) -> PictureRecord | None:
        """Read the record of a picture."""
        item = self._table.get(*picture_key(picture_id))
        journal.follow(item.get(CORRELATION) if item else None)
        return picture_record_from_item(item) if item else None

    def versions(self, picture_id: str) -> Sequence[Version]:
        """Read what is known of all versions of a picture, in no order."""
        pk, _sk = picture_key(picture_id)
        items = self._table.query(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :version)",
            ExpressionAttributeValues={":pk": {"S": pk}, ":version": {"S": "V#"}},
            ConsistentRead=True,
        )
        return [version_from_item(item) for item in items]

    def note_version(self, version: Version) -> None:
        """Write a version that is not known yet; nothing where it is, or where its picture is not."""
        self._put_version(version, _ABSENT)

    def settle_version(self, version: Version, *, only_waiting: bool = False) -> None:
        """Write what became of a version; nothing where its picture is not, or where it waits no more."""
        self._put_version(version, _WAITING if only_waiting else {})

    def forget_picture(self, picture_id: str) -> None:
        """Remove the record of a picture and its versions; again is harmless.

        The record goes last: as long as it is there, what is left is found again.
        """
        for version in self.versions(picture_id):
            self._table.delete(*version_key(version))
        self._table.delete(LISTED, picture_id)
        self._table.delete(*picture_key(picture_id))

    def prints(self, region: str) -> Sequence[Print]:
        """Read the prints of a region; one that was written a moment ago may be missing."""
        items = self._table.query(
            KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": f"F#{region}"}}
        )
        return [print_from_item(item) for item in items]

    def _put_version(self, version: Version, condition: dict[str, Any]) -> None:
        """Write a version together with a look whether its picture is there, or an erased one would leave it behind.

        Another write of the picture at the same moment is no reason to lose it. Raises Busy.
        """
        there = self._table.checking(*picture_key(version.picture_id))
        for _attempt in range(ATTEMPTS):
            try:
                return self._table.transact([there, self._table.putting(version_to_item(version), **condition)])
            except WriteConflict:
                if not self._is_wanted(version, condition):
                    return None
        raise Busy("This picture is being changed by many at once.")

    def _is_wanted(self, version: Version, condition: dict[str, Any]) -> bool:
        """Tell whether a write that failed should have succeeded by what is there."""
        if self._table.get(*picture_key(version.picture_id)) is None:
            return False
        known = self._table.get(*version_key(version))
        if condition is _ABSENT:
            return known is None
        return condition is not _WAITING or (known is not None and known["state"] == PictureState.WAITING)
