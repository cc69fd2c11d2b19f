"""Reports of abuse, and what operators do about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import NotFound
from chalicelib.domain.identity import is_id
from chalicelib.domain.limits import Act
from chalicelib.domain.moments import to_second
from chalicelib.domain.networks import Sender
from chalicelib.domain.reports import Reason, Report
from chalicelib.services.changes import AnnouncementStore, Clock, Editor
from chalicelib.services.limits import Limits, Networks

READ_TOGETHER = 100  # announcements


class CaseIndex(Protocol):
    """Which announcements have reports that nobody has looked at."""

    def open_cases(self) -> Iterator[str]:
        """Name them, the last reported first; one that was reported a moment ago may be missing."""


@dataclass(frozen=True)
class Moderation:
    """Takes reports; hides what is reported from several networks until somebody has looked at it."""

    store: AnnouncementStore
    cases: CaseIndex
    editor: Editor
    limits: Limits
    networks: Networks
    clock: Clock

    def report(self, announcement_id: str, reason: Reason, text: str | None, sender: Sender) -> Report:
        """Take a report; from a network that has reported the same announcement before, it changes nothing.

        The network's name is salted by the announcement: it is the same tomorrow, but means nothing elsewhere.
        Raises NotFound, Gone and TooMany.
        """
        now = to_second(self.clock())
        use = self.limits.use(Act.REPORT, sender)
        report = Report(self.networks.name(sender, announcement_id), reason, now, text)

        def edit(before: Announcement) -> Announcement:
            after = before.reported(report, now)
            self.limits.require_room(use if after != before else None)
            return after

        self.editor.change(announcement_id, edit, use=use)
        return report

    def judge(self, announcement_id: str, *, hidden: bool) -> Announcement:
        """Hide an announcement or show it again: the reports up to now are settled. Raises NotFound and Gone."""
        if not is_id(announcement_id):
            raise NotFound("There is no such announcement.")
        now = to_second(self.clock())
        return self.editor.change(announcement_id, lambda before: before.judged(now, hidden=hidden))

    def open_cases(self) -> Iterator[Announcement]:
        """Read the announcements with reports that nobody has looked at, the last reported first."""
        for ids in batched(self.cases.open_cases(), READ_TOGETHER):
            found = self.store.get_many(ids)
            yield from (found[each] for each in ids if each in found and found[each].case.reports)
