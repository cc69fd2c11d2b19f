"""Messages in the announcements table, beside what they are sent to: `R#<id>`, `M#<message>`, and how many there are.

They are in no index and never public; the tiles hear of `C#` only.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from chalicelib.connectors.items import plain, remembered_to_item, unused_before, whole_key
from chalicelib.connectors.table import Item, Table
from chalicelib.connectors.uses import counting, use_key
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.limits import Use
from chalicelib.domain.messages import MAX_MESSAGES, Message
from chalicelib.domain.moments import from_iso, iso
from chalicelib.services.changes import Remembered, WriteConflict

_MESSAGE = "M#"
_BOX = "B"  # says how many messages an announcement has


class MessageTable:
    """The connector of messages."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    def add_message(self, to: Announcement, message: Message, use: Use, remembered: Remembered | None) -> None:
        """Write a message and count it, all or nothing; raises WriteConflict."""
        key = remembered and self._table.putting(remembered_to_item(remembered), **unused_before(message.sent_at))
        self._table.transact(
            [
                self._table.checking(*whole_key(to.id), **_as_read(to)),
                self._table.updating(*_box_key(to.id), **_ONE_MORE),
                self._table.putting(_to_item(message), ConditionExpression="attribute_not_exists(pk)"),
                self._table.updating(*use_key(use), **counting(use)),
                *([key] if key else []),
            ]
        )

    def messages(self, announcement_id: str) -> Sequence[Message]:
        """Read all of an announcement, as last written, in no order."""
        return [_from_item(item) for item in self._items(announcement_id, _MESSAGE)]

    def message(self, announcement_id: str, message_id: str) -> Message | None:
        """Read one, as last written."""
        item = self._table.get(*_key(announcement_id, message_id))
        return _from_item(item) if item else None

    def message_count(self, announcement_id: str) -> int:
        """Read how many an announcement has."""
        item = self._table.get(*_box_key(announcement_id))
        return int(item["messages"]) if item else 0

    def mark_read(self, announcement_id: str, message_id: str, now: datetime) -> Message | None:
        """Note when a message was read first; None where there is no such message."""
        try:
            item = self._table.update(
                *_key(announcement_id, message_id),
                UpdateExpression="SET read_at = if_not_exists(read_at, :now)",
                ConditionExpression="attribute_exists(pk)",  # or an erased one would be there again
                ExpressionAttributeValues={":now": {"S": iso(now)}},
            )
        except WriteConflict:
            if self.message(announcement_id, message_id) is None:
                return None
            raise
        return _from_item(item)

    def erase_messages(self, announcement_id: str) -> None:
        """Remove all of an announcement; again is harmless."""
        for item in self._items(announcement_id, _MESSAGE):
            self._table.delete(item["pk"], item["sk"])
        self._table.delete(*_box_key(announcement_id))

    def _items(self, announcement_id: str, start: str) -> Iterator[Item]:
        return self._table.query(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :start)",
            ExpressionAttributeValues={":pk": {"S": whole_key(announcement_id)[0]}, ":start": {"S": start}},
            ConsistentRead=True,
        )


_ONE_MORE: dict[str, Any] = {
    "UpdateExpression": "ADD messages :one",
    "ConditionExpression": "attribute_not_exists(messages) OR messages < :most",
    "ExpressionAttributeValues": {":one": {"N": "1"}, ":most": {"N": str(MAX_MESSAGES)}},
}


def _as_read(announcement: Announcement) -> dict[str, Any]:
    return {
        "ConditionExpression": "version = :version",
        "ExpressionAttributeValues": {":version": {"N": str(announcement.version)}},
    }


def _key(announcement_id: str, message_id: str) -> tuple[str, str]:
    return whole_key(announcement_id)[0], f"{_MESSAGE}{message_id}"


def _box_key(announcement_id: str) -> tuple[str, str]:
    return whole_key(announcement_id)[0], _BOX


def _to_item(message: Message) -> Item:
    pk, sk = _key(message.announcement_id, message.id)
    values = {
        "text": message.text,
        "reply_to": message.reply_to,
        "sent_at": message.sent_at,
        "read_at": message.read_at,
    }
    return {"pk": pk, "sk": sk, **plain(values)}


def _from_item(item: Item) -> Message:
    return Message(
        id=item["sk"].removeprefix(_MESSAGE),
        announcement_id=item["pk"].removeprefix("R#"),
        text=item["text"],
        sent_at=from_iso(item["sent_at"]),
        reply_to=item.get("reply_to"),
        read_at=from_iso(item["read_at"]) if "read_at" in item else None,
    )
