"""`make logs`: what the deployed functions print, as it comes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from local.cloud import connected
from local.deployed import Deployment
from local.failures import CannotRun
from local.options import Options
from local.progress import tell
from local.state import State

PAUSE = 1.0  # seconds between two looks
BACKLOG = 200  # lines shown of what was before
PLATFORM = ("START RequestId", "END RequestId", "REPORT RequestId")


@dataclass(frozen=True)
class Line:
    """A line that a function printed; ministack writes all lines of an invocation at once, when it has ended."""

    milliseconds: int
    invocation: str
    function: str
    text: str

    def shown(self) -> str:
        """The line as a user reads it."""
        at = datetime.fromtimestamp(self.milliseconds / 1000, UTC).astimezone()
        return f"{at:%H:%M:%S} {self.function}  {self.text}"


def follow(options: Options, function: str | None, pause: Callable[[float], None] = time.sleep) -> None:
    """Show what the functions printed and go on showing it; raises CannotRun."""
    state = State(options.state_dir)
    os.environ.update(connected(state))
    import boto3

    groups = log_groups(Deployment.noted(state), function)
    client = boto3.client("logs")
    seen: set[str] = set()
    since = 0
    while True:
        fresh = [line for line in lines(client, groups, since) if line.invocation not in seen]
        for line in fresh[-BACKLOG:] if since == 0 else fresh:
            tell(line.shown())
        seen |= {line.invocation for line in fresh}
        since = max([since, *(line.milliseconds for line in fresh)])
        pause(PAUSE)


def log_groups(deployment: Deployment | None, function: str | None) -> dict[str, str]:
    """The log groups of the functions, or of one of them, by the functions' names; raises CannotRun."""
    functions = dict(deployment.functions) if deployment else {}
    if function and function not in functions:
        raise CannotRun(f"FUNCTION={function} is not deployed; these are: {', '.join(sorted(functions))}.")
    return {name: f"/aws/lambda/{known}" for name, known in functions.items() if function in (None, "", name)}


def lines(client: Any, groups: dict[str, str], since: int) -> list[Line]:
    """What the functions printed since a moment, oldest first, without the platform's own lines."""
    found = [line for name, group in groups.items() for line in _lines(client, name, group, since)]
    return sorted(found, key=lambda line: line.milliseconds)


def _lines(client: Any, name: str, group: str, since: int) -> Iterator[Line]:
    try:
        for page in client.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since):
            for event in page["events"]:
                if not event["message"].startswith(PLATFORM):
                    yield Line(event["timestamp"], event["logStreamName"], name, event["message"].rstrip())
    except client.exceptions.ResourceNotFoundException:
        return  # it has not run yet
