"""Reports of abuse: what was reported of an announcement, and whether it is hidden until somebody has looked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

MAX_REPORT_TEXT = 1_000
NETWORKS_THAT_HIDE = 3  # one person has one network or two at hand, seldom three
MAX_JUDGED = 100  # reporters that are remembered, the latest


class Reason(StrEnum):
    """What is wrong with an announcement."""

    SCAM = "scam"
    OFFENSIVE = "offensive"
    SPAM = "spam"
    NOT_A_PET = "not_a_pet"
    OTHER = "other"


@dataclass(frozen=True)
class Report:
    """What somebody reported; `reporter` is a name for their network that means nothing beside this announcement."""

    reporter: str
    reason: Reason
    received_at: datetime
    text: str | None = None


@dataclass(frozen=True)
class Case:
    """What is reported of an announcement and nobody has looked at, and what became of what was reported before.

    `judged` are the reporters whose reports an operator has looked at: they do not count once more; `looked_at` tells
    that there was an operator at all.
    """

    hidden: bool = False
    reports: tuple[Report, ...] = ()
    judged: tuple[str, ...] = ()
    looked_at: bool = False

    @property
    def reported_at(self) -> datetime | None:
        """When the last report came that nobody has looked at."""
        return max((report.received_at for report in self.reports), default=None)

    def with_report(self, report: Report) -> "Case":
        """Return it with one more report, hidden by the third; itself when that network has reported before."""
        if report.reporter in (*self.judged, *_reporters(self.reports)):
            return self
        reports = (*self.reports, report)
        return replace(self, reports=reports, hidden=self.hidden or len(reports) >= NETWORKS_THAT_HIDE)

    def closed(self, *, hidden: bool) -> "Case":
        """Return it as an operator has decided."""
        return Case(hidden, judged=(*self.judged, *_reporters(self.reports))[-MAX_JUDGED:], looked_at=True)


def _reporters(reports: Sequence[Report]) -> list[str]:
    return [report.reporter for report in reports]


NOT_REPORTED = Case()
