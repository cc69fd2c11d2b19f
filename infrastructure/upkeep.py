"""What every function needs besides its code: who hears of its failures, how long its log is kept, if it is traced.

Lambda itself traces a function, with no library in the package: the first call of each second, and one in twenty more.
Chalice has the gateway trace as `api_handler` is, and there X-Ray's sampling rules choose, by default as many.
"""

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
    `traced` must be told to Chalice as well, as `xray` in .chalice/config.json, which a policy compares.
    """

    told_by: Teller
    failures: str = ""
    retries: int = 0
    longest_wait: int = 3600
    log_days: int = 30
    traced: bool = True


EVERY_MINUTE = Upkeep(
    Teller.LAMBDA,
    "FailuresTopicArn",
    longest_wait=60,  # the next minute is the retry
    traced=False,  # two of these would take 88,000 of the 100,000 traces that are free in a month
)

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
