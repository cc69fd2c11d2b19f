"""Moments in time: UTC, to the second, written as ISO 8601."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.domain.errors import Invalid

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # nothing older is a lost pet


@dataclass(frozen=True)
class EventTime:
    """When a pet was lost, found or seen; a day without a time stands for its noon."""

    at: datetime
    whole_day: bool = False

    @classmethod
    def parse(cls, text: str) -> "EventTime":
        """Read `2026-11-20` or `2026-11-20T18:30:00+01:00`; raises ValueError for anything else."""
        if _DATE.fullmatch(text):
            return cls(datetime.combine(date.fromisoformat(text), time(12), UTC), whole_day=True)
        return cls(parse_timestamp(text))

    def is_later_than(self, now: datetime) -> bool:
        """Tell whether it lies in the future: today counts as past even when its noon is still to come."""
        return self.at.date() > now.date() if self.whole_day else self.at > now


@dataclass(frozen=True)
class Window:
    """A closed range of event times; None is an open end."""

    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read `from/to` or one moment; `..` or nothing is an open end, a bare day counts whole.

        Raises Invalid naming `datetime`.
        """
        first, slash, last = text.partition("/")
        try:
            window = cls(_edge(first, time.min), _edge(last if slash else first, time.max))
        except (ValueError, OverflowError):
            raise Invalid.field("datetime", "must be from/to in ISO 8601 with a zone; .. is an open end") from None
        if window.start and window.end and window.start > window.end:
            raise Invalid.field("datetime", "must not end before it begins")
        return window

    def __str__(self) -> str:
        """Write it so that `parse` reads it."""
        return f"{iso(self.start) if self.start else '..'}/{iso(self.end) if self.end else '..'}"

    def __contains__(self, moment: datetime) -> bool:
        """Tell whether a moment lies inside, edges included."""
        return (self.start is None or self.start <= moment) and (self.end is None or moment <= self.end)


def parse_timestamp(text: str) -> datetime:
    """Read a moment with its zone as UTC to the second; raises ValueError."""
    if not _TIMESTAMP.fullmatch(text):
        raise ValueError("is not a date, nor a time with a zone, in ISO 8601")
    try:
        return to_second(datetime.fromisoformat(text.upper()).astimezone(UTC))
    except OverflowError:
        raise ValueError("is out of range") from None


def to_second(moment: datetime) -> datetime:
    """Drop the fractions."""
    return moment.replace(microsecond=0)


def iso(moment: datetime) -> str:
    """Write a UTC moment in the fixed width that sorts as text: `2026-11-20T18:30:00Z`."""
    return f"{moment.isoformat()[:19]}Z"


def from_iso(text: str) -> datetime:
    """Read what `iso` wrote."""
    return datetime.fromisoformat(text)


def month_of(moment: datetime) -> str:
    """Name the month of a UTC moment: `2026-11`."""
    return iso(moment)[:7]


def days(count: float) -> timedelta:
    """Make a span of days."""
    return timedelta(days=count)


def _edge(text: str, day_edge: time) -> datetime | None:
    if text in ("", ".."):
        return None
    if _DATE.fullmatch(text):
        return to_second(datetime.combine(date.fromisoformat(text), day_edge, UTC))
    return parse_timestamp(text)
