"""The API of reports of abuse."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from chalicelib.controllers.announcement_models import Website
from chalicelib.controllers.exchange import Visitor
from chalicelib.controllers.models import Body, Shown, ShownMoment, Text
from chalicelib.domain.reports import MAX_REPORT_TEXT, Reason
from chalicelib.services.moderation import Moderation

ReportText = Annotated[Text, StringConstraints(max_length=MAX_REPORT_TEXT)]


class ReportIn(Body):
    """What is wrong with an announcement."""

    reason: Reason
    text: ReportText | None = None
    website: Website = ""


class ReceivedReport(Shown):
    """That a report was received; whether it counts is not told."""

    received_at: ShownMoment


@dataclass(frozen=True)
class ReportController:
    """The API of reports."""

    moderation: Moderation

    def report(self, announcement_id: str, body: ReportIn, visitor: Visitor) -> ReceivedReport:
        """Take a report."""
        report = self.moderation.report(announcement_id, body.reason, body.text or None, visitor.sender)
        return ReceivedReport(received_at=report.received_at)
