"""What every function needs and Chalice cannot say: who hears of what it could not do, and how long its log is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Teller(Enum):
    """Who tells of a failure."""

    ANSWER = "answer"  # the caller waits for one and hears it there
    LAMBDA = "lambda"  # of an event that nobody waits for
    STREAM = "stream"  # of a batch that the function gave up
    QUEUE = "queue"  # of a message that was received too often


@dataclass(frozen=True)
class Upkeep:
    """`failures` is the output of the foundation that names where what failed is put; `retries` come before that.

    `longest_wait` is the seconds after which an event that nobody waits for is given up.
    """

    told_by: Teller
    failures: str = ""
    retries: int = 0
    longest_wait: int = 3600
    log_days: int = 30


EVERY_MINUTE = Upkeep(Teller.LAMBDA, "FailuresTopicArn", longest_wait=60)  # the next minute is the retry

UPKEEP: Mapping[str, Upkeep] = {
    "api_handler": Upkeep(Teller.ANSWER),
    # No retries: what kills it once (a picture too big for its memory or its time) kills it again.
    "make_renditions": Upkeep(Teller.LAMBDA, "FailedPicturesQueueArn"),
    "refuse_failed_picture": Upkeep(Teller.QUEUE, "DeadLettersQueueArn"),
    "sweep_expired": EVERY_MINUTE,
    "refresh_tiles": Upkeep(Teller.STREAM, "FailedTilesQueueArn"),
    "refresh_wide_tiles": EVERY_MINUTE,
    "mend_tiles": Upkeep(Teller.LAMBDA, "FailuresTopicArn", retries=2),
}
