"""Announcing and what the owner may do afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chalicelib.domain.announcements import GUEST_MEMORY, Announcement, Contents, check_event_time
from chalicelib.domain.errors import Busy, Gone, Invalid, NotFound
from chalicelib.domain.kinds import Status
from chalicelib.domain.limits import Act
from chalicelib.domain.moments import EventTime, days, to_second
from chalicelib.domain.networks import Sender
from chalicelib.services.changes import ATTEMPTS, AnnouncementStore, Change, Clock, Editor, Remembered, WriteConflict
from chalicelib.services.limits import Limits

IDEMPOTENCY_LIFETIME = days(1)


class MessageEraser(Protocol):
    """Removes messages for good."""

    def erase_messages(self, announcement_id: str) -> None:
        """Remove all messages to an announcement; again is harmless."""


class PictureEraser(Protocol):
    """Removes pictures for good."""

    def erase(self, picture_id: str, *, faded: bool = False) -> None:
        """Remove every version and rendition of a picture and what is known of it; again is harmless."""


@dataclass(frozen=True)
class IdempotencyKey:
    """A client's name for one request, bound to the hash of its body."""

    key: str
    body_hash: str

    def require_same_body(self, remembered: Remembered) -> None:
        """Raise Invalid when the key came with another body before."""
        if remembered.body_hash != self.body_hash:
            raise Invalid.field("Idempotency-Key", "was used with another body")


@dataclass(frozen=True)
class Announcements:
    """The life of announcements, by the table of states."""

    store: AnnouncementStore
    editor: Editor
    eraser: PictureEraser
    messages: MessageEraser
    limits: Limits
    clock: Clock
    new_id: Callable[[], str]

    def create(
        self, contents: Contents, event: EventTime, sender: Sender, idempotency: IdempotencyKey | None = None
    ) -> Announcement:
        """Announce as a guest; the same key and body again give the first announcement.

        It is counted in the transaction that writes it: what was not written was not counted either.
        Raises Invalid for an event time out of range and for a key that came with another body, and TooMany.
        """
        now = to_second(self.clock())
        check_event_time(event, now, oldest=now - GUEST_MEMORY)
        announcement = announced(self.new_id(), contents, now)
        for attempt in range(ATTEMPTS):
            if idempotency and (earlier := self._made_with(idempotency, now)):
                return earlier
            use = self.limits.use(Act.ANNOUNCEMENT, sender)
            self.limits.require_room(use)
            remembered = _remember(idempotency, announcement, now) if idempotency else None
            try:
                self.store.commit([replace(Change.of(None, announcement, now), remembered=remembered, use=use)])
                return announcement
            except WriteConflict:
                self.editor.wait(attempt)
        raise Busy("The announcement could not be written just now.")

    def show(self, announcement_id: str) -> Announcement:
        """Read one as everybody may; raises NotFound or Gone."""
        announcement = self._get(announcement_id)
        announcement.require_public(self.clock())
        return announcement

    def show_whole(self, announcement_id: str) -> Announcement:
        """Read one as its owner may, on the map or not; raises NotFound or Gone."""
        announcement = self._get(announcement_id)
        announcement.require_present(self.clock())
        return announcement

    def change(
        self,
        announcement_id: str,
        contents: Contents,
        event: EventTime | None,
        ordered: Sequence[str] = (),
        removed: Sequence[str] = (),
    ) -> Announcement:
        """Change contents, remove pictures and order the others; raises NotFound, Gone, Conflict or Invalid."""
        now = self.clock()

        def edit(before: Announcement) -> Announcement:
            after = before.changed(now, **contents)
            if event and event.at != before.event_at:
                check_event_time(event, now, oldest=min(before.event_at, now - GUEST_MEMORY))
            return after.without_pictures(removed).with_pictures_ordered(ordered)

        return self.erase_discarded(self.editor.change(announcement_id, edit))

    def renew(self, announcement_id: str) -> Announcement:
        """Put it on the map for another lifetime."""
        now = to_second(self.clock())
        return self.editor.change(announcement_id, lambda before: before.renewed(now))

    def reunite(self, announcement_id: str) -> Announcement:
        """Mark it as good news."""
        now = to_second(self.clock())
        return self.editor.change(announcement_id, lambda before: before.reunited(now))

    def withdraw(self, announcement_id: str) -> None:
        """Take it off the map and erase its contents and pictures; again is a success."""
        now = to_second(self.clock())
        self.erase_discarded(self.editor.change(announcement_id, lambda before: before.withdrawn(now)))

    def erase_discarded(self, announcement: Announcement) -> Announcement:
        """Erase what the announcement no longer shows; the sweep does the same if this is cut short.

        Nobody can write to a tombstone, so no message comes after this.
        """
        if announcement.status is Status.WITHDRAWN:
            self.messages.erase_messages(announcement.id)
        if not announcement.discarded:
            return announcement
        for picture_id in announcement.discarded:
            self.eraser.erase(picture_id, faded=announcement.faded)
        erased = set(announcement.discarded)
        return self.editor.change(
            announcement.id,
            lambda before: replace(before, discarded=tuple(p for p in before.discarded if p not in erased)),
        )

    def _get(self, announcement_id: str) -> Announcement:
        announcement = self.store.get(announcement_id)
        if announcement is None:
            raise NotFound("There is no such announcement.")
        return announcement

    def _made_with(self, idempotency: IdempotencyKey, now: datetime) -> Announcement | None:
        remembered = self.store.remembered(idempotency.key, now)
        if remembered is None:
            return None
        idempotency.require_same_body(remembered)
        announcement = self.store.get(remembered.announcement_id)
        if announcement is None:
            raise Gone("This announcement was withdrawn.", state="withdrawn")
        announcement.require_present(now)
        return announcement


def announced(announcement_id: str, contents: Contents, published_at: datetime) -> Announcement:
    """Make a new announcement that lives from `published_at`."""
    announcement = Announcement(announcement_id, published_at=published_at, expires_at=published_at, **contents)
    return replace(announcement, expires_at=published_at + announcement.lifetime)


def _remember(idempotency: IdempotencyKey, announcement: Announcement, now: datetime) -> Remembered:
    return Remembered(idempotency.key, idempotency.body_hash, announcement.id, now + IDEMPOTENCY_LIFETIME)
