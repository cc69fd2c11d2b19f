"""How much of everything one network may do in an hour or a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Act(StrEnum):
    """What is limited."""

    ANNOUNCEMENT = "announcement"
    MESSAGE = "message"
    PICTURE = "picture"
    REPORT = "report"


WINDOWS = {Act.ANNOUNCEMENT: HOUR, Act.MESSAGE: HOUR, Act.PICTURE: DAY, Act.REPORT: HOUR}


@dataclass(frozen=True)
class Use:
    """One act of a network, to be counted in its window of time, in which `limit` of them are free.

    `network` is a name that means nothing the day after.
    """

    network: str
    act: Act
    since: datetime
    limit: int

    @property
    def until(self) -> datetime:
        """When the window ends, and counting begins anew."""
        return self.since + WINDOWS[self.act]


def window_start(act: Act, now: datetime) -> datetime:
    """Tell when the present window began: with the hour or the day in UTC."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (now - midnight) // WINDOWS[act] * WINDOWS[act]
