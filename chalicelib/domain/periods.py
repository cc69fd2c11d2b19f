"""Periods, in which tiles count: days lately, weeks over the last year, months before that.

A day is its proleptic ordinal (`date.toordinal`), a period is the day on which it begins.
Weeks begin on Mondays and are cut where a month ends, so that whole weeks make whole months.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.domain.moments import Window

DAYS_ANSWERED = 35  # how far back a window is counted by the day
WEEKS_ANSWERED = 366  # how far back, in days, it is counted by the week
DAYS_KEPT = 42  # a week more than is answered, so that no reader asks for what a writer has just merged
WEEKS_KEPT = 400  # days; likewise a month more
FOR_EVER = date.max.toordinal()  # after every period


def week_of(day: int) -> int:
    """Find the beginning of the week that holds a day: its Monday, or the first of its month."""
    return max(day - (day - 1) % 7, month_of_day(day))


def month_of_day(day: int) -> int:
    """Find the first of the month that holds a day."""
    return day - date.fromordinal(day).day + 1


def days_kept_since(today: int) -> int:
    """Tell from which day on every day is a period of its own."""
    return week_of(today - DAYS_KEPT)


def weeks_kept_since(today: int) -> int:
    """Tell from which day on every week is a period of its own."""
    return month_of_day(today - WEEKS_KEPT)


def period_of(day: int, today: int) -> int:
    """Find the period in which a day is counted today; that of a period's beginning is the one it is merged into."""
    if day >= days_kept_since(today):
        return day
    return week_of(day) if day >= weeks_kept_since(today) else month_of_day(day)


def period_after(period: int, today: int) -> int:
    """Find the period that follows one."""
    if period >= days_kept_since(today):
        return period + 1
    if period >= weeks_kept_since(today):
        return min(period + 7 - (period - 1) % 7, _next_month(period))
    return _next_month(period)


@dataclass(frozen=True)
class Span:
    """Whole days from `first` up to, but without, `after`."""

    first: int = 0
    after: int = FOR_EVER

    def __contains__(self, day: int) -> bool:
        """Tell whether a day, or a period by its beginning, lies inside."""
        return self.first <= day < self.after

    @property
    def window(self) -> Window:
        """The same as moments: from midnight to the last second, open where it has no end."""
        start = _midnight(self.first) if self.first else None
        end = _midnight(self.after) - timedelta(seconds=1) if self.after < FOR_EVER else None
        return Window(start, end)

    @classmethod
    def around(cls, window: Window, now: datetime) -> "Span":
        """Widen a window to periods that tiles can answer; what ends later than now has no end."""
        today = now.date().toordinal()
        first = _floor(window.start.date().toordinal(), today) if window.start else 0
        if window.end is None or window.end >= now:
            return cls(first)
        return cls(first, _ceiling(window.end.date().toordinal(), today))


def _floor(day: int, today: int) -> int:
    if day > today - DAYS_ANSWERED:
        return day
    return week_of(day) if day > today - WEEKS_ANSWERED else month_of_day(day)


def _ceiling(day: int, today: int) -> int:
    """Find the first day after the answered period that holds a day."""
    if day > today - DAYS_ANSWERED:
        return day + 1
    if day > today - WEEKS_ANSWERED:
        return min(day + 7 - (day - 1) % 7, _next_month(day))
    return _next_month(day)


def _next_month(day: int) -> int:
    return month_of_day(month_of_day(day) + 31)


def _midnight(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), time.min, UTC)
