"""Event times and windows of them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.moments import EventTime, Window, from_iso, iso, month_of, parse_timestamp, to_second
from tests.builders import DAY, HOUR, NOON

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 (bounds)
SECOND = timedelta(seconds=1)


@given(MOMENTS, MOMENTS)
def test_moments_as_text_sort_as_they_do_in_time(one: datetime, other: datetime) -> None:
    one, other = to_second(one), to_second(other)
    assert (iso(one) < iso(other)) == (one < other)
    assert from_iso(iso(one)) == one


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_a_time_with_any_zone_is_read_as_utc(moment: datetime, minutes: int) -> None:
    local = to_second(moment).astimezone(timezone(timedelta(minutes=minutes)))
    assert parse_timestamp(local.isoformat()) == to_second(moment)


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T12:00:00Z", "2026-11-20t12:00:00z", "2026-11-20 12:00Z", "2026-11-20T13:00:00.999+01:00"],
)
def test_the_usual_forms_of_a_time_are_read_to_the_second(text: str) -> None:
    assert EventTime.parse(text) == EventTime(NOON)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026",
        "2026-11",
        "2026-13-01",
        "2026-02-29",
        "20261120",
        "2026-11-20T12:00:00",
        "2026-11-20T25:00:00Z",
        "2026-11-20T12:00:00+25:00",
        "2026-11-20T12:00:00Z\n",
        " 2026-11-20",
        "2026-W47-5",
        "0000-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:00:00-14:00",
        "\u0662\u0660\u0662\u0666-\u0661\u0661-\u0662\u0660",
        "2026-11-20T\u0661\u0662:00:00Z",
        "1763640000",
    ],
)
def test_what_is_neither_a_date_nor_a_time_with_a_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        EventTime.parse(text)


def test_a_bare_date_is_its_noon() -> None:
    assert EventTime.parse("2026-11-20") == EventTime(NOON, whole_day=True)


def test_a_bare_date_of_today_is_not_in_the_future_even_in_the_morning() -> None:
    morning = NOON - 5 * HOUR
    assert not EventTime.parse("2026-11-20").is_later_than(morning)
    assert EventTime.parse("2026-11-21").is_later_than(morning)
    assert EventTime(NOON).is_later_than(morning)


def test_a_window_holds_its_edges_and_nothing_outside() -> None:
    window = Window.parse("2026-11-19T12:00:00Z/2026-11-20T12:00:00Z")
    assert NOON in window
    assert NOON - DAY in window
    assert NOON + SECOND not in window
    assert NOON - DAY - SECOND not in window


def test_bare_days_count_whole() -> None:
    window = Window.parse("2026-11-30/2026-12-01")
    assert datetime(2026, 11, 30, tzinfo=UTC) in window
    assert datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC) in window
    assert datetime(2026, 11, 29, 23, 59, 59, tzinfo=UTC) not in window
    assert datetime(2026, 12, 2, tzinfo=UTC) not in window


def test_one_day_alone_is_a_window_of_that_day() -> None:
    assert Window.parse("2026-11-20") == Window.parse("2026-11-20/2026-11-20")
    assert NOON in Window.parse("2026-11-20")


def test_one_moment_alone_is_a_window_of_a_second() -> None:
    window = Window.parse("2026-11-20T12:00:00Z")
    assert NOON in window
    assert NOON + SECOND not in window


@pytest.mark.parametrize("text", ["", "..", "/", "../..", "../", "/.."])
def test_a_window_open_at_both_ends_holds_all_time(text: str) -> None:
    assert Window.parse(text) == Window()
    assert NOON in Window.parse(text)


@pytest.mark.parametrize("text", ["2026-11-20/..", "2026-11-20/"])
def test_a_window_with_an_open_end_holds_what_is_later(text: str) -> None:
    assert NOON + 3650 * DAY in Window.parse(text)
    assert NOON - DAY not in Window.parse(text)


@pytest.mark.parametrize("text", ["../2026-11-20", "/2026-11-20"])
def test_a_window_with_an_open_beginning_holds_what_is_earlier(text: str) -> None:
    assert NOON - 3650 * DAY in Window.parse(text)
    assert NOON + DAY not in Window.parse(text)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2026-11-20/tomorrow", "2026-11-20/2026-11-21/2026-11-22", "2026-02-30", "2026-11-20T12:00:00"],
)
def test_a_window_that_cannot_be_read_is_refused_by_the_name_of_its_parameter(text: str) -> None:
    with pytest.raises(Invalid, match="datetime"):
        Window.parse(text)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid, match="must not end before it begins"):
        Window.parse("2026-11-21/2026-11-20")


@given(st.none() | MOMENTS, st.none() | MOMENTS)
def test_a_window_is_read_from_what_was_written(start: datetime | None, end: datetime | None) -> None:
    window = Window(start and to_second(start), end and to_second(end))
    if window.start and window.end and window.start > window.end:
        window = Window(window.end, window.start)
    assert Window.parse(str(window)) == window


@given(st.dates(datetime(2000, 1, 1).date(), datetime(2100, 1, 1).date()), st.integers(0, 400))  # noqa: DTZ001
def test_a_window_of_days_reaches_into_the_month_of_each_of_its_ends(day: datetime, length: int) -> None:
    first = datetime(day.year, day.month, day.day, tzinfo=UTC)
    last = first + length * DAY
    window = Window.parse(f"{iso(first)[:10]}/{iso(last)[:10]}")
    assert window.start
    assert window.end
    assert (month_of(window.start), month_of(window.end)) == (iso(first)[:7], iso(last)[:7])
