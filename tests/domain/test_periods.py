"""Periods: days become weeks, weeks become months, and what a window asks for can always be answered exactly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.moments import Window
from chalicelib.domain.periods import (
    DAYS_ANSWERED,
    FOR_EVER,
    WEEKS_ANSWERED,
    Span,
    days_kept_since,
    month_of_day,
    period_after,
    period_of,
    week_of,
    weeks_kept_since,
)
from tests.builders import DAY, NOON

TODAY = NOON.date().toordinal()  # a Friday
DAYS = st.integers(date(2000, 1, 1).toordinal(), date(2100, 12, 31).toordinal())
TODAYS = st.integers(date(2024, 1, 1).toordinal(), date(2032, 12, 31).toordinal())
AGES = st.one_of(st.integers(0, 60), st.integers(330, 440), st.integers(0, 3000))


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def _moment(day: int, seconds: int = 0) -> datetime:
    return datetime.combine(date.fromordinal(day), datetime.min.time(), UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ((2026, 11, 20), (2026, 11, 16)),
        ((2026, 11, 16), (2026, 11, 16)),
        ((2026, 11, 1), (2026, 11, 1)),  # a Sunday: the week of Monday the 26th of October is cut
        ((2026, 10, 31), (2026, 10, 26)),
        ((2026, 11, 2), (2026, 11, 2)),
        ((2027, 1, 1), (2027, 1, 1)),
    ],
)
def test_weeks_begin_on_mondays_and_are_cut_where_a_month_begins(
    day: tuple[int, int, int], week: tuple[int, int, int]
) -> None:
    assert week_of(_day(*day)) == _day(*week)


@given(day=DAYS)
def test_a_week_lies_in_one_month_and_has_seven_days_at_most(day: int) -> None:
    week = week_of(day)
    assert day - 7 < week <= day
    assert month_of_day(week) == month_of_day(day)
    assert date.fromordinal(week).weekday() == 0 or date.fromordinal(week).day == 1


@given(today=TODAYS, age=AGES)
def test_a_period_is_made_of_the_days_that_name_it_and_no_others(today: int, age: int) -> None:
    period = period_of(today - age, today)
    after = period_after(period, today)
    assert period <= today - age < after
    assert {period_of(day, today) for day in range(period, after)} == {period}
    assert period_of(after, today) == after
    assert period_of(period - 1, today) != period


@given(today=TODAYS, age=AGES, later=st.integers(0, 900))
def test_merging_never_splits_a_period(today: int, age: int, later: int) -> None:
    period = period_of(today - age, today)
    merged = {period_of(day, today + later) for day in range(period, period_after(period, today))}
    assert merged == {period_of(period, today + later)}


@given(today=TODAYS, age=AGES, steps=st.lists(st.integers(1, 200), max_size=5))
def test_merging_step_by_step_is_merging_at_once(today: int, age: int, steps: list[int]) -> None:
    day = today - age
    period = period_of(day, today)
    for step in steps:
        today += step
        period = period_of(period, today)
    assert period == period_of(day, today)


@given(today=TODAYS)
def test_days_are_kept_a_week_longer_than_they_are_answered_and_weeks_a_month(today: int) -> None:
    assert days_kept_since(today + 7) <= today - DAYS_ANSWERED
    assert weeks_kept_since(today + 28) <= today - WEEKS_ANSWERED
    assert days_kept_since(today) <= days_kept_since(today + 1)
    assert weeks_kept_since(today) <= weeks_kept_since(today + 1) < days_kept_since(today)


@given(
    today=TODAYS,
    start=st.none() | st.tuples(AGES, st.integers(0, 86_399)),
    length=st.none() | st.tuples(AGES, st.integers(0, 86_399)),
    merged=st.integers(-700, 7),
    age=AGES,
)
def test_a_span_is_whole_periods_of_every_tile_merged_on_any_day_up_to_a_week_ahead(
    today: int, start: tuple[int, int] | None, length: tuple[int, int] | None, merged: int, age: int
) -> None:
    now = _moment(today, 43_200)
    first = _moment(today - start[0], start[1]) if start else None
    last = (first or now - 400 * DAY) + timedelta(days=length[0], seconds=length[1]) if length else None
    span = Span.around(Window(first, last), now)
    for edge in (today - age, span.first, min(span.after, today)):
        period = period_of(max(edge, 1), today + merged)
        days = range(period, period_after(period, today + merged))
        assert len({day in span for day in days if day <= today}) <= 1


@given(today=TODAYS, start=AGES, length=AGES, second=st.integers(0, 86_399), age=AGES)
def test_a_span_holds_every_moment_of_its_window(today: int, start: int, length: int, second: int, age: int) -> None:
    now = _moment(today, 43_200)
    window = Window(_moment(today - start, second), _moment(today - start + length, second))
    span = Span.around(window, now)
    moment = _moment(today - age, second)
    if moment in window and moment <= now:
        assert moment.toordinal() in span
        assert moment in span.window
    assert (moment in span.window) == (moment.toordinal() in span)


@pytest.mark.parametrize(
    ("ago", "first"),
    [
        (0, (2026, 11, 20)),
        (DAYS_ANSWERED - 1, (2026, 10, 17)),
        (DAYS_ANSWERED, (2026, 10, 12)),  # the Monday before Friday the 16th of October
        (WEEKS_ANSWERED - 1, (2025, 11, 17)),  # the Monday before Thursday the 20th
        (WEEKS_ANSWERED, (2025, 11, 1)),
    ],
)
def test_a_window_begins_with_a_day_lately_a_week_over_the_year_and_a_month_before(
    ago: int, first: tuple[int, int, int]
) -> None:
    assert Span.around(Window(NOON - ago * DAY), NOON) == Span(_day(*first))


def test_a_window_in_the_past_ends_with_the_period_of_its_end() -> None:
    in_october = Window(NOON - 400 * DAY, NOON - 37 * DAY)  # until Wednesday the 14th of October
    assert Span.around(in_october, NOON) == Span(_day(2025, 10, 1), _day(2026, 10, 19))
    assert str(Span.around(in_october, NOON).window) == "2025-10-01T00:00:00Z/2026-10-18T23:59:59Z"


def test_a_day_of_its_own_is_a_span_of_one_day() -> None:
    yesterday = NOON - DAY
    assert Span.around(Window(yesterday, yesterday), NOON) == Span(TODAY - 1, TODAY)


def test_open_ends_stay_open() -> None:
    assert Span.around(Window(), NOON) == Span(0, FOR_EVER)
    assert Span.around(Window(), NOON).window == Window()
    assert Span.around(Window(end=NOON - DAY), NOON) == Span(0, TODAY)
    assert Span.around(Window(NOON - DAY), NOON).window == Window(_moment(TODAY - 1))


@pytest.mark.parametrize("end", [NOON, NOON + DAY, datetime.max.replace(tzinfo=UTC)])
def test_what_ends_now_or_later_has_no_end_and_takes_in_events_to_come(end: datetime) -> None:
    span = Span.around(Window(NOON - DAY, end), NOON)
    assert span.after == FOR_EVER
    assert TODAY + 1 in span  # a pet lost today in a time zone ahead of us


def test_a_window_in_the_future_is_asked_by_the_day() -> None:
    assert Span.around(Window(NOON + DAY, NOON + 2 * DAY), NOON) == Span(TODAY + 1)


def test_a_window_from_the_first_day_of_the_calendar_is_answered() -> None:
    first = datetime.min.replace(tzinfo=UTC)
    assert Span.around(Window(first), NOON) == Span(1)
    assert Span.around(Window(first, first), NOON) == Span(1, 32)
