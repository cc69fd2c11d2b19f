"""What is noted of one request or event while it is handled: by which id it is followed, and what is measured of it.

Whoever works for it notes here, in whatever thread; in the end the edge writes it all as one line of the log.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from enum import Enum
from threading import Lock
from typing import Any

CORRELATION = "cid"  # of an item: which request wrote it; short, for it is read with every marker
MOST_FOLLOWED = 20  # ids of one event that are told; a batch of the stream may have hundreds
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Metric(Enum):
    """What CloudWatch is told, ten at most: more are paid by the piece."""

    ANNOUNCEMENTS = "Announcements", "Count"  # made
    QUERY_CALLS = "QueryCalls", "Count"  # of the tables, for one look at the map; their number is that of the looks
    QUERY_READ_UNITS = "QueryReadUnits", "Count"
    PICTURE_TIME = "PictureTime", "Milliseconds"  # to render one; their number is that of the pictures made
    PICTURES_REFUSED = "PicturesRefused", "Count"
    EXPIRED = "Expired", "Count"  # notes that the sweep settled
    TILE_DELAY = "TileDelay", "Seconds"
    TILES_MENDED = "TilesMended", "Count"
    PICTURES_MENDED = "PicturesMended", "Count"

    def __init__(self, title: str, unit: str) -> None:
        self.title = title
        self.unit = unit


@dataclass
class Journal:
    """The notes of one request or event; an event follows the requests that it comes from, a request only itself."""

    own_id: str
    may_follow: bool = False
    followed: dict[str, None] = field(default_factory=dict)
    measured: dict[Metric, list[float]] = field(default_factory=dict)
    calls: int = 0
    read_units: float = 0.0
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def correlation_id(self) -> str:
        """The id under which all lines are found that belong to one request."""
        return next(iter(self.followed), self.own_id)


_open: ContextVar[Journal | None] = ContextVar("journal", default=None)


@contextmanager
def opened(journal: Journal) -> Iterator[Journal]:
    """Note here until the end."""
    token = _open.set(journal)
    try:
        yield journal
    finally:
        _open.reset(token)


def is_correlation_id(text: str) -> bool:
    """Tell whether an id has the only form that ours have."""
    return _ID.fullmatch(text) is not None


def current() -> Journal | None:
    """Give the open journal; programs of operators have none."""
    return _open.get()


def correlation_id() -> str:
    """Give the id of what is being handled, or nothing."""
    journal = _open.get()
    return journal.correlation_id if journal else ""


def follow(found: str | None) -> None:
    """Note that what is being handled comes of another request; what is no id of ours is passed over."""
    journal = _open.get()
    if journal and journal.may_follow and found and is_correlation_id(found):
        with journal.lock:
            if len(journal.followed) < MOST_FOLLOWED:
                journal.followed[found] = None


def measure(metric: Metric, value: float) -> None:
    """Note one value."""
    if journal := _open.get():
        with journal.lock:
            journal.measured.setdefault(metric, []).append(value)


def read(consumed: Any) -> None:
    """Note a call that read from a table, with what DynamoDB says it took, one or a list."""
    if journal := _open.get():
        parts: list[Mapping[str, Any]] = consumed if isinstance(consumed, list) else [consumed or {}]
        with journal.lock:
            journal.calls += 1
            journal.read_units += sum(part.get("CapacityUnits", 0.0) for part in parts)


def measure_query() -> None:
    """Note what was read so far as the cost of one look at the map."""
    if journal := _open.get():
        measure(Metric.QUERY_CALLS, journal.calls)
        measure(Metric.QUERY_READ_UNITS, journal.read_units)


def carried[**Given, Result](work: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let work that is done in another thread note in the journal that is open here."""
    context = copy_context()

    def do(*arguments: Given.args, **named: Given.kwargs) -> Result:
        return context.copy().run(work, *arguments, **named)

    return do
