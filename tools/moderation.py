"""What operators do about reports: `python -m tools.moderation --stage dev reports`, or `hide ID`, or `restore ID`.

What was reported from several networks is hidden already; `hide` and `restore` say that somebody has looked.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice

import boto3

from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.connectors.aws import Aws
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import HomewardError
from chalicelib.domain.moments import iso
from chalicelib.services.moderation import Moderation
from infrastructure import foundation

SHOWN = 100  # announcements at a time: whoever has looked at these asks again


def moderation(session: boto3.Session, stage: str) -> Moderation:
    """Reach a deployed stage."""
    environment = foundation.environment(stage, foundation.outputs(session, stage))
    return Homeward(Config.from_environment(environment), Aws(session)).moderation


def reports(moderation: Moderation) -> Iterator[str]:
    """Write what nobody has looked at, the last reported first."""
    cases = list(islice(moderation.open_cases(), SHOWN + 1))
    for announcement in cases[:SHOWN]:
        yield from _case(announcement)
    if not cases:
        yield "Nothing is reported."
    if len(cases) > SHOWN:
        yield f"There are more than these {SHOWN}."


def _case(announcement: Announcement) -> Iterator[str]:
    hidden = " (hidden)" if announcement.case.hidden else ""
    source = f", of {announcement.origin.source}" if announcement.origin else ""
    yield f"{announcement.id}{hidden}  {announcement.kind} {announcement.species}{source}: {_line(announcement.title)}"
    for report in sorted(announcement.case.reports, key=lambda each: each.received_at, reverse=True):
        yield f"    {iso(report.received_at)}  {report.reason}: {_line(report.text or '-')}"


def _line(text: str) -> str:
    """Show somebody's text so that it cannot write over the terminal."""
    return "".join(each if each.isprintable() else " " for each in text)


def main() -> int:
    """Do it, and say what was done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("act", choices=["reports", "hide", "restore"])
    parser.add_argument("announcement", nargs="?", default="", help="the announcement's id")
    arguments = parser.parse_args()
    reached = moderation(boto3.Session(), arguments.stage)
    if arguments.act == "reports":
        print("\n".join(reports(reached)))
        return 0
    try:
        judged = reached.judge(arguments.announcement, hidden=arguments.act == "hide")
    except HomewardError as error:
        print(f"ID={arguments.announcement}: {error}", file=sys.stderr)
        return 1
    print(f"{judged.id} is {'hidden' if judged.case.hidden else 'shown'}: {_line(judged.title)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
