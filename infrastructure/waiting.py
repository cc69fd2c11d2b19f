"""A stack that CloudFormation is still at work on: it goes on alone when a deploy was stopped in the middle."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from infrastructure import NotDeployed
from infrastructure.telling import tell

UNDER_WAY = "_IN_PROGRESS"
NEVER_BEGUN = "REVIEW_IN_PROGRESS"  # somebody's change set that was not carried out: nothing goes on there
PAUSE = 5.0  # seconds between two looks
LOOKS = 360  # half an hour, as long as a change of our own may take
LOOKS_A_LINE = 12  # a minute, after which it is told that it still goes on

type Described = Mapping[str, Any]


class StillAtWork(NotDeployed):
    """CloudFormation did not come to an end in time; the text says with what."""


def until_settled(look: Callable[[], Described | None]) -> Described | None:
    """Look at a stack until nothing goes on in it, and tell how it is meanwhile; None when there is none.

    Raises StillAtWork.
    """
    told = ""
    for looks in range(LOOKS):
        found = look()
        if found is None or not _goes_on(found["StackStatus"]):
            return found
        line = f"{found['StackName']} is in {found['StackStatus']} since an earlier run: waiting for CloudFormation"
        if line != told or looks % LOOKS_A_LINE == 0:
            tell(line)
        told = line
        time.sleep(PAUSE)
    raise StillAtWork(f"{told}; it has not come to an end yet: run the same command again later.")


def _goes_on(status: str) -> bool:
    return status.endswith(UNDER_WAY) and status != NEVER_BEGUN
