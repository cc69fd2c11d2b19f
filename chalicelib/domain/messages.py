"""Messages to who announced, for nobody else."""

from dataclasses import dataclass, replace
from datetime import datetime

MAX_MESSAGE = 2_000
MAX_REPLY_TO = 200
MAX_MESSAGES = 200  # kept with one announcement: more than anybody reads, and all of them fit into one answer


@dataclass(frozen=True)
class Message:
    """What somebody wrote to who announced; `reply_to` says how they may be answered."""

    id: str
    announcement_id: str
    text: str
    sent_at: datetime
    reply_to: str | None = None
    read_at: datetime | None = None

    def read(self, now: datetime) -> "Message":
        """Return it as read, since when it was read first."""
        return self if self.read_at else replace(self, read_at=now)
