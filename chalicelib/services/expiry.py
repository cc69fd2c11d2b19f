"""The sweep: announcements whose time is over leave the map, and later their contents are erased."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import NotFound
from chalicelib.domain.moments import iso, to_second
from chalicelib.services.changes import Clock, Editor

log = logging.getLogger("homeward")

BATCH = 16  # done at the same time
DAY = timedelta(days=1)
FIRST_SWEEP = timedelta(days=90)  # how far a sweep looks back that finds no watermark


@dataclass(frozen=True)
class Due:
    """A note that an announcement has to be looked at; `due` is its moment as text, `day` its partition."""

    day: date
    due: str
    announcement_id: str

    @classmethod
    def at(cls, moment: datetime, announcement_id: str) -> "Due":
        """Make the note for a moment."""
        return cls(moment.date(), iso(moment), announcement_id)


class DueStore(Protocol):
    """The notes of what is due, by day."""

    def watermark(self) -> date | None:
        """Read the day before which nothing is left."""

    def put_watermark(self, day: date) -> None:
        """Write it."""

    def due(self, day: date, now: str) -> Iterator[Due]:
        """Read all notes of a day up to a moment."""

    def settle(self, due: Due) -> None:
        """Remove a note; again is harmless."""


@dataclass(frozen=True)
class Swept:
    """What a sweep did: how many notes it settled, how many failed, and whether it saw everything."""

    settled: int
    failed: int
    complete: bool


@dataclass(frozen=True)
class Expiry:
    """Looks at what is due, from the watermark to now."""

    notes: DueStore
    editor: Editor
    erase_discarded: Callable[[Announcement], Announcement]
    draw_curtain: Callable[[Announcement], None]
    run_all: Callable[[Callable[[Due], bool], Iterable[Due]], Sequence[bool]]
    clock: Clock

    def sweep(self, has_time: Callable[[], bool]) -> Swept:
        """Settle what is due until nothing is left or there is no more time.

        Each announcement is looked at again as it is now, so a renewal in between wins; its note goes last, so a
        sweep that dies is repeated with the same result.
        The watermark never passes yesterday: a note written just before midnight is still found.
        """
        now = to_second(self.clock())
        stored = self.notes.watermark()
        settled = failed = 0
        for day in _days(stored or now.date() - FIRST_SWEEP, now.date()):
            for batch in batched(self.notes.due(day, iso(now)), BATCH):
                if not has_time():
                    return Swept(settled, failed, complete=False)
                results = self.run_all(self._settle, batch)
                settled += sum(results)
                failed += len(results) - sum(results)
            emptied_before = min(day + DAY, now.date() - DAY)
            if not failed and (stored is None or stored < emptied_before):
                self.notes.put_watermark(stored := emptied_before)
        return Swept(settled, failed, complete=True)

    def _settle(self, due: Due) -> bool:
        """Do what one note asks for; a failure is kept for the next sweep and does not stop the others."""
        now = to_second(self.clock())
        try:
            after = self.editor.change(due.announcement_id, lambda before: before.swept(now))
            self.draw_curtain(self.erase_discarded(after))
        except NotFound:
            pass  # its tombstone is gone already
        except Exception:
            log.exception("could not settle %s", due.announcement_id)
            return False
        self.notes.settle(due)
        return True


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=offset) for offset in range((end - start).days + 1))
