"""When a pet was lost, found or seen: by our clock, which stands at noon of 20 November 2026."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.steps import (
    ANNOUNCEMENTS,
    announce,
    assert_problem,
    body,
    nothing_written,
    source_key,
)
from tests.conftest import NOON, Homestead

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
TWO_YEARS = datetime(2024, 11, 20, 12, tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("event", [NOON, NOON + timedelta(minutes=5), TWO_YEARS, NOON - timedelta(days=365)])
def test_a_guest_tells_of_the_last_two_years_with_a_clock_that_may_be_fast(
    homestead: Homestead, event: datetime
) -> None:
    assert announce(homestead, event_at=_written(event)).shown["event_at"] == _written(event)


@pytest.mark.parametrize(
    "event",
    [NOON + timedelta(minutes=5, seconds=1), NOON + timedelta(days=400), TWO_YEARS - timedelta(days=2), EARLIEST],
)
def test_a_guest_tells_neither_of_the_future_nor_of_long_ago(homestead: Homestead, event: datetime) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        content = body(event_at=_written(event))
        assert_problem(homestead.client.post(ANNOUNCEMENTS, content), 422, "event_at")
        refused = homestead.client.patch(owned.path, {"event_at": _written(event)}, token=owned.token)
        assert_problem(refused, 422, "event_at")


def test_a_change_of_the_words_leaves_an_old_event_alone(homestead: Homestead) -> None:
    old = _written(TWO_YEARS)
    owned = announce(homestead, event_at=old)
    homestead.clock.move(timedelta(days=30))
    answer = homestead.client.patch(owned.path, {"title": "Still missed", "event_at": old}, token=owned.token)
    assert answer.status == 200, answer.body


@pytest.mark.parametrize("event", [EARLIEST, datetime(2017, 3, 1, tzinfo=UTC), NOON + timedelta(minutes=5)])
def test_a_source_tells_of_anything_since_2000(homestead: Homestead, event: datetime) -> None:
    key = source_key(homestead)
    path = "/api/sources/shelter/announcements/1"
    assert homestead.client.put(path, body(event_at=_written(event)), token=key).status == 201


@pytest.mark.parametrize("event", [EARLIEST - timedelta(seconds=1), NOON + timedelta(minutes=6)])
def test_a_source_tells_neither_of_the_future_nor_of_another_century(homestead: Homestead, event: datetime) -> None:
    key = source_key(homestead)
    with nothing_written(homestead):
        answer = homestead.client.put("/api/sources/shelter/announcements/1", body(event_at=_written(event)), token=key)
    assert_problem(answer, 422, "event_at")


def test_a_day_without_a_time_is_its_noon(homestead: Homestead) -> None:
    assert announce(homestead, event_at="2026-11-19").shown["event_at"] == "2026-11-19T12:00:00Z"


def test_today_is_taken_in_the_morning_and_is_on_the_map_at_once(homestead: Homestead) -> None:
    homestead.clock.now = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    owned = announce(homestead, event_at="2026-11-20")
    assert owned.shown["event_at"] == "2026-11-20T12:00:00Z"
    found = homestead.client.get(ANNOUNCEMENTS).json["features"]
    assert [feature["id"] for feature in found] == [owned.id]


def test_tomorrow_is_not_taken(homestead: Homestead) -> None:
    with nothing_written(homestead):
        assert_problem(homestead.client.post(ANNOUNCEMENTS, body(event_at="2026-11-21")), 422, "event_at")


@pytest.mark.parametrize(
    "written", ["2026-11-20T12:30:00+01:00", "2026-11-20t11:30:00z", "2026-11-20T11:30:00.999Z", "2026-11-20T11:30Z"]
)
def test_times_are_told_in_utc_to_the_second(homestead: Homestead, written: str) -> None:
    assert announce(homestead, event_at=written).shown["event_at"] == "2026-11-20T11:30:00Z"
