"""Messages to who announced: sent without an account, read with the manage token, gone with the announcement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import Busy, Conflict, Gone, NotFound
from chalicelib.domain.identity import is_id
from chalicelib.domain.limits import Act, Use
from chalicelib.domain.messages import MAX_MESSAGES, Message
from chalicelib.domain.moments import to_second
from chalicelib.domain.networks import Sender
from chalicelib.services.announcements import IDEMPOTENCY_LIFETIME, IdempotencyKey
from chalicelib.services.changes import ATTEMPTS, AnnouncementStore, Clock, Editor, Remembered, WriteConflict
from chalicelib.services.limits import Limits


class MessageStore(Protocol):
    """Where messages are kept."""

    def add_message(self, to: Announcement, message: Message, use: Use, remembered: Remembered | None) -> None:
        """Write a message and count it, all or nothing.

        Raises WriteConflict when the announcement is no longer as it was read, has as many as it may have, when the
        use has no room or the key is remembered.
        """

    def messages(self, announcement_id: str) -> Sequence[Message]:
        """Read all of an announcement, as last written, in no order."""

    def message(self, announcement_id: str, message_id: str) -> Message | None:
        """Read one, as last written."""

    def message_count(self, announcement_id: str) -> int:
        """Read how many an announcement has."""

    def mark_read(self, announcement_id: str, message_id: str, now: datetime) -> Message | None:
        """Note when a message was read first; None where there is no such message."""

    def erase_messages(self, announcement_id: str) -> None:
        """Remove all of an announcement; again is harmless."""


@dataclass(frozen=True)
class Messages:
    """The messages of announcements."""

    store: MessageStore
    announcements: AnnouncementStore
    editor: Editor
    limits: Limits
    clock: Clock
    new_id: Callable[[], str]

    def send(
        self,
        announcement_id: str,
        text: str,
        reply_to: str | None,
        sender: Sender,
        idempotency: IdempotencyKey | None = None,
    ) -> Message:
        """Keep a message for who announced; the same key and body again give the first message.

        It is written together with a look at its announcement, or an erased one would leave it behind.
        Raises NotFound, Gone, TooMany, Conflict when there are too many, Invalid for a key that came with another
        body.
        """
        now = to_second(self.clock())
        message = Message(self.new_id(), announcement_id, text, now, reply_to)
        for attempt in range(ATTEMPTS):
            if idempotency and (earlier := self._sent_with(idempotency, announcement_id, now)):
                return earlier
            announcement = self._open(announcement_id, now)
            use = self.limits.use(Act.MESSAGE, sender)
            self.limits.require_room(use)
            try:
                self.store.add_message(announcement, message, use, _remember(idempotency, message))
                return message
            except WriteConflict:
                if self.store.message(announcement_id, message.id):
                    return message  # the answer to the first try was lost
                self.editor.wait(attempt)
        raise Busy("The message could not be written just now.")

    def of(self, announcement_id: str) -> list[Message]:
        """Read all, the newest first; raises NotFound and Gone."""
        self._present(announcement_id)
        return sorted(self.store.messages(announcement_id), key=lambda each: (each.sent_at, each.id), reverse=True)

    def read(self, announcement_id: str, message_id: str) -> Message:
        """Mark one as read; again is harmless. Raises NotFound and Gone."""
        self._present(announcement_id)
        now = to_second(self.clock())
        message = self.store.mark_read(announcement_id, message_id, now) if is_id(message_id) else None
        if message is None:
            raise NotFound("There is no such message.")
        return message

    def _open(self, announcement_id: str, now: datetime) -> Announcement:
        announcement = self._get(announcement_id)
        announcement.require_public(now)
        if self.store.message_count(announcement_id) >= MAX_MESSAGES:
            raise Conflict(f"This announcement has {MAX_MESSAGES} messages already, and no more are kept.")
        return announcement

    def _present(self, announcement_id: str) -> None:
        self._get(announcement_id).require_present(self.clock())

    def _get(self, announcement_id: str) -> Announcement:
        announcement = self.announcements.get(announcement_id)
        if announcement is None:
            raise NotFound("There is no such announcement.")
        return announcement

    def _sent_with(self, idempotency: IdempotencyKey, announcement_id: str, now: datetime) -> Message | None:
        remembered = self.announcements.remembered(idempotency.key, now)
        if remembered is None:
            return None
        idempotency.require_same_body(remembered)
        message = self.store.message(announcement_id, remembered.message_id or "")
        if message is None:
            raise Gone("This announcement was withdrawn.", state="withdrawn")
        return message


def _remember(idempotency: IdempotencyKey | None, message: Message) -> Remembered | None:
    if idempotency is None:
        return None
    forgotten_at = message.sent_at + IDEMPOTENCY_LIFETIME
    return Remembered(idempotency.key, idempotency.body_hash, message.announcement_id, forgotten_at, message.id)
