"""Windows of time begin with the hour or the day."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.limits import Act, Use, window_start

LATE = datetime(2026, 11, 20, 23, 59, 59, 999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("act", "since", "until"),
    [
        (Act.ANNOUNCEMENT, "2026-11-20T23:00:00+00:00", "2026-11-21T00:00:00+00:00"),
        (Act.PICTURE, "2026-11-20T00:00:00+00:00", "2026-11-21T00:00:00+00:00"),
    ],
)
def test_a_window_begins_with_its_hour_or_day(act: Act, since: str, until: str) -> None:
    use = Use("a", act, window_start(act, LATE), 1)
    assert (use.since.isoformat(), use.until.isoformat()) == (since, until)
    assert window_start(act, use.until) == use.until
