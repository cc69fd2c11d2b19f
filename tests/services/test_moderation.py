"""Reports at the same moment, and what the sweep does with the pictures of what is hidden."""

import pytest

from chalicelib.domain.errors import Gone, NotFound, TooMany
from chalicelib.domain.limits import Act
from chalicelib.domain.networks import Sender
from chalicelib.domain.pictures import renditions_prefix
from chalicelib.domain.reports import Reason
from tests.builders import MINUTE, announcement, identifier, picture
from tests.household import Household

THERE = identifier(900)
PICTURE = picture().id


@pytest.fixture
def house() -> Household:
    house = Household()
    house.keep(announcement(id=THERE))
    return house


def report(house: Household, network: int, announcement_id: str = THERE) -> None:
    house.moderation.report(announcement_id, Reason.SCAM, None, Sender(f"203.0.{network}.7"))


def test_reports_at_the_same_moment_all_count(house: Household) -> None:
    house.meanwhile(lambda: report(house, 2))
    report(house, 1)
    assert not house.stored(THERE).case.hidden
    house.meanwhile(lambda: report(house, 3))
    with pytest.raises(Gone):
        report(house, 4)
    assert len(house.stored(THERE).case.reports) == 3
    assert house.on_map() == []


def test_a_report_while_an_operator_restores_counts_from_then_on(house: Household) -> None:
    report(house, 1)
    report(house, 2)
    house.meanwhile(lambda: house.moderation.judge(THERE, hidden=False))
    report(house, 3)
    case = house.stored(THERE).case
    assert (case.hidden, len(case.reports), len(case.judged)) == (False, 1, 2)


def test_a_network_that_reports_again_is_not_counted_by_its_limit(house: Household) -> None:
    house.free[Act.REPORT] = 1
    for _again in range(3):
        report(house, 1)
    house.keep(announcement(id=identifier(901)))
    with pytest.raises(TooMany):
        report(house, 1, identifier(901))
    assert house.stored(identifier(901)).case.reports == ()


def test_open_cases_are_told_last_reported_first(house: Household) -> None:
    house.keep(*(announcement(id=identifier(number)) for number in (901, 902, 903)))
    for number in (902, 900, 901):
        report(house, 1, identifier(number))
        house.clock.move(MINUTE)
    report(house, 2, identifier(902))
    assert [each.id for each in house.moderation.open_cases()] == [identifier(each) for each in (902, 901, 900)]
    house.moderation.judge(identifier(901), hidden=True)
    assert [each.id for each in house.moderation.open_cases()] == [identifier(each) for each in (902, 900)]


@pytest.mark.parametrize("announcement_id", [identifier(1), "", "../R"])
def test_only_what_is_there_is_judged(house: Household, announcement_id: str) -> None:
    with pytest.raises(NotFound):
        house.moderation.judge(announcement_id, hidden=True)


def test_pictures_of_what_is_hidden_are_taken_away_by_the_sweep_and_brought_back_by_it(house: Household) -> None:
    slot = house.pictures.place(THERE)
    house.bucket.upload(slot.id, b"dog")
    house.arrivals.arrived(slot.id)
    before = house.stored(THERE).picture(slot.id)
    assert before
    house.moderation.judge(THERE, hidden=True)
    assert house.bucket.is_shown(slot.id)
    house.sweep()
    assert not house.bucket.is_shown(slot.id)
    assert house.cdn.forgotten == [renditions_prefix(slot.id)]
    house.sweep()
    house.moderation.judge(THERE, hidden=False)
    house.sweep()
    house.sweep()
    house.arrivals.arrived(slot.id)  # as the copy's event asks for
    after = house.stored(THERE).picture(slot.id)
    assert after
    assert (after.digest, after.state) == (before.digest, before.state)
    assert house.bucket.is_shown(slot.id)
    assert len(house.store.versions(slot.id)) == 2


def test_a_picture_of_which_nothing_is_left_does_not_stop_the_sweep(house: Household) -> None:
    slot = house.pictures.place(THERE)
    house.bucket.upload(slot.id, b"dog")
    house.arrivals.arrived(slot.id)
    house.moderation.judge(THERE, hidden=True)
    report_free = house.moderation.judge(THERE, hidden=False)
    assert report_free.case.judged == ()
    house.bucket.erase(slot.id)
    assert house.sweep().failed == 0
