"""Every change of an announcement, as one guarded write that is tried again when somebody else was faster."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.limits import Use
from chalicelib.domain.moments import to_second
from chalicelib.domain.pictures import PictureRecord
from chalicelib.domain.versions import Version

Clock = Callable[[], datetime]
Pause = Callable[[float], None]
Edit = Callable[[Announcement], Announcement]

ATTEMPTS = 12  # ten pictures of one announcement may become ready at the same moment
LONGEST_PAUSE = 1.0  # seconds


class WriteConflict(Exception):
    """The thing written was not as it was read, so nothing was written."""


@dataclass(frozen=True)
class Remembered:
    """An idempotency key with the hash of the body it came with and what was made of it.

    That is an announcement, or a message to one.
    """

    key: str
    body_hash: str
    announcement_id: str
    forgotten_at: datetime
    message_id: str | None = None


@dataclass(frozen=True)
class Change:
    """One announcement before and after, with all that must be written in the same transaction.

    `before` is None for a new one; `at` is when it happened; `due` are the moments at which the sweep has to look at
    it; `use` is what of its network's limit it takes.
    """

    before: Announcement | None
    after: Announcement
    at: datetime
    due: Sequence[datetime] = ()
    records: Sequence[PictureRecord | Version] = ()
    remembered: Remembered | None = None
    use: Use | None = None

    @classmethod
    def of(cls, before: Announcement | None, after: Announcement, now: datetime) -> "Change":
        """Number the new version, and note when the sweep is needed: at its due time, at once to erase or to hide."""
        after = replace(after, version=before.version + 1 if before else 1)
        due = set() if before and before.due_at == after.due_at else {after.due_at}
        if after.discarded and (before is None or before.discarded != after.discarded):
            due.add(to_second(now))  # a set: one transaction writes a note once
        if before and before.case.hidden != after.case.hidden:
            due.add(to_second(now))
        return cls(before, after, to_second(now), sorted(due))


class AnnouncementStore(Protocol):
    """Where announcements are kept."""

    def get(self, announcement_id: str) -> Announcement | None:
        """Read one, as last written."""

    def get_many(self, announcement_ids: Sequence[str]) -> dict[str, Announcement]:
        """Read up to 100 by id, as last written."""

    def commit(self, changes: Sequence[Change]) -> None:
        """Write all or nothing.

        Raises WriteConflict when a `before` is no longer true, a key is remembered or a use has no room.
        """

    def remembered(self, key: str, now: datetime) -> Remembered | None:
        """Read what an idempotency key was used for, unless that is forgotten."""


@dataclass(frozen=True)
class Editor:
    """Reads, edits and writes announcements until no one else was in between."""

    store: AnnouncementStore
    clock: Clock
    pause: Pause

    def change(
        self,
        announcement_id: str,
        edit: Edit,
        records: Callable[[Announcement], Sequence[PictureRecord | Version]] = lambda _after: (),
        use: Use | None = None,
    ) -> Announcement:
        """Apply `edit`, which may run several times; what it returns unchanged is not written.

        A `use` is counted in the same write; it is for `edit` to look whether it has room.
        Raises NotFound, what `edit` raises, and Busy when others were faster every time.
        """
        for attempt in range(ATTEMPTS):
            before = self.store.get(announcement_id)
            if before is None:
                raise NotFound("There is no such announcement.")
            after = edit(before)
            if after == before:
                return before
            change = Change.of(before, after, self.clock())
            try:
                self.store.commit([replace(change, records=records(change.after), use=use)])
                return change.after
            except WriteConflict:
                self.wait(attempt)
        raise Busy("This announcement is being changed by many at once.")

    def wait(self, attempt: int) -> None:
        """Let the others pass before the next attempt; attempts are counted from 0."""
        self.pause(random.uniform(0, min(LONGEST_PAUSE, 0.02 * 2**attempt)))  # noqa: S311 (spreads retries)
