"""Reports of abuse: three networks hide, and what somebody has looked at does not hide again."""

from datetime import timedelta

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import Gone
from chalicelib.domain.kinds import Status
from chalicelib.domain.lookalikes import prints_of
from chalicelib.domain.markers import Marker
from chalicelib.domain.reports import MAX_JUDGED, Case, Reason, Report
from tests.builders import NOON, announcement, in_status, ready_picture


def report(reporter: str = "a", minutes: int = 0) -> Report:
    return Report(reporter, Reason.SCAM, NOON + timedelta(minutes=minutes), "They wanted to be paid first")


def reported(*reporters: str, **changes: object) -> Announcement:
    made = announcement(pictures=(ready_picture(),), **changes)
    for minute, reporter in enumerate(reporters):
        made = made.reported(report(reporter, minute), NOON)
    return made


def test_two_networks_do_not_hide_and_the_third_does() -> None:
    assert [reported(*"abc"[:count]).case.hidden for count in range(4)] == [False, False, False, True]


def test_a_network_counts_once() -> None:
    twice = reported("a", "a", "b", "b", "a")
    assert (len(twice.case.reports), twice.case.hidden) == (2, False)


def test_a_hidden_one_is_on_no_map_and_found_by_no_picture() -> None:
    hidden = reported(*"abc")
    assert Marker.of(reported("a")) is not None
    assert Marker.of(hidden) is None
    assert prints_of(hidden) == frozenset()
    assert not hidden.is_on_map(NOON)
    with pytest.raises(Gone) as gone:
        hidden.require_public(NOON)
    assert gone.value.details == {"state": "hidden"}
    hidden.require_present(NOON)


def test_of_a_hidden_one_that_has_expired_not_even_the_title_is_told() -> None:
    expired = in_status(Status.EXPIRED, case=Case(hidden=True))
    with pytest.raises(Gone) as gone:
        expired.require_public(NOON)
    assert gone.value.details == {"state": "hidden"}


def test_a_restored_one_is_not_hidden_by_the_same_networks_again() -> None:
    restored = reported(*"abc").judged(NOON, hidden=False)
    assert (restored.case.hidden, restored.case.reports) == (False, ())
    for reporter in "abc":
        restored = restored.reported(report(reporter), NOON)
    assert not restored.case.hidden
    for reporter in "de":
        restored = restored.reported(report(reporter), NOON)
    assert not restored.case.hidden
    assert restored.reported(report("f"), NOON).case.hidden


def test_what_an_operator_hid_is_no_open_case() -> None:
    hidden = reported("a", "b").judged(NOON, hidden=True)
    assert (hidden.case.hidden, hidden.case.reported_at) == (True, None)
    assert hidden.case.judged == ("a", "b")


def test_a_case_is_as_new_as_its_last_report() -> None:
    assert reported("a", "b").case.reported_at == NOON + timedelta(minutes=1)
    assert reported().case.reported_at is None


def test_only_the_latest_reporters_are_remembered() -> None:
    case = Case(judged=tuple(str(each) for each in range(MAX_JUDGED))).with_report(report("a")).closed(hidden=False)
    assert len(case.judged) == MAX_JUDGED
    assert case.judged[-1] == "a"


def test_a_hidden_one_keeps_its_owner_and_its_life() -> None:
    hidden = reported(*"abc")
    assert hidden.changed(NOON, title="Another").case.hidden
    assert hidden.renewed(NOON).case.hidden
    assert hidden.reunited(NOON).case.hidden


def test_what_is_withdrawn_has_no_case_any_more() -> None:
    assert reported(*"abc").withdrawn(NOON).case == Case()


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.WITHDRAWN])
def test_what_is_not_public_is_not_reported(status: Status) -> None:
    with pytest.raises(Gone):
        in_status(status).reported(report(), NOON)
