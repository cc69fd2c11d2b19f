"""The sweep: what is due leaves the map, whatever went wrong the last time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.kinds import Species, Status
from chalicelib.domain.pictures import PictureRecord, renditions_prefix
from chalicelib.services.changes import Change
from chalicelib.services.expiry import BATCH, Due
from tests.builders import (
    DAY,
    HOUR,
    KRAKOW,
    LIFETIME,
    MINUTE,
    NOON,
    RESTORABLE,
    announcement,
    identifier,
    ready_picture,
)
from tests.household import Household

SECOND = timedelta(seconds=1)


def _keep_many(house: Household, count: int) -> list[Announcement]:
    made = [announcement(id=identifier(number)) for number in range(1, count + 1)]
    house.keep(*made)
    return made


def _keep_with_picture(house: Household) -> str:
    shown = ready_picture()
    each = announcement(pictures=(shown,))
    house.store.commit([replace(Change.of(None, each, NOON), records=[PictureRecord(shown, each.id)])])
    house.bucket.upload(shown.id, b"picture")
    return shown.id


def _statuses(house: Household) -> set[Status]:
    return {each.status for each in house.store.announcements.values()}


def _time_for(batches: int) -> Callable[[], bool]:
    left = iter([True] * batches)
    return lambda: next(left, False)


def test_an_expired_one_leaves_the_map_and_keeps_its_contents(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME)
    assert house.sweep().settled == 1
    assert house.stored().status is Status.EXPIRED
    assert house.stored().place == KRAKOW
    assert house.on_map() == []


def test_one_that_is_not_yet_due_stays(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME - SECOND)
    assert house.sweep().settled == 0
    assert house.stored().status is Status.ACTIVE


def test_cats_stay_twice_as_long(house: Household) -> None:
    house.keep(announcement(species=Species.CAT))
    house.clock.move(LIFETIME)
    house.sweep()
    assert house.stored().status is Status.ACTIVE
    house.clock.move(LIFETIME)
    house.sweep()
    assert house.stored().status is Status.EXPIRED


def test_contents_are_erased_ninety_days_after_it_expired(house: Household) -> None:
    picture_id = _keep_with_picture(house)
    house.clock.move(LIFETIME)
    house.sweep()
    house.clock.move(RESTORABLE - SECOND)
    house.sweep()
    assert house.stored().contact
    assert house.bucket.holds(picture_id)
    house.clock.move(SECOND)
    house.sweep()
    left = house.stored()
    assert (left.status, left.contact, left.secret_mark, left.pictures) == (Status.WITHDRAWN, None, None, ())
    assert not house.bucket.holds(picture_id)
    assert house.store.picture(picture_id) is None
    assert house.cdn.forgotten == []  # no copy of what nobody was shown for ninety days is older than a day


def test_an_erasure_that_was_cut_short_asks_for_no_more_of_the_cdn_when_it_goes_on(house: Household) -> None:
    picture_id = _keep_with_picture(house)
    house.bucket.broken.add(picture_id)
    house.clock.move(LIFETIME + RESTORABLE)
    assert house.sweep().failed
    house.bucket.broken.clear()
    assert house.sweep().failed == 0
    assert not house.bucket.holds(picture_id)
    assert house.cdn.forgotten == []


def test_what_its_owner_withdraws_is_forgotten_at_once_also_when_it_has_expired(house: Household) -> None:
    picture_id = _keep_with_picture(house)
    house.clock.move(LIFETIME)
    house.sweep()
    house.announcements.withdraw(identifier(1))
    assert house.cdn.forgotten == [renditions_prefix(picture_id)]


def test_one_that_is_renewed_while_expired_is_not_erased(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME)
    house.sweep()
    house.clock.move(RESTORABLE - DAY)
    house.announcements.renew(identifier(1))
    house.clock.move(DAY)
    house.sweep()
    assert house.stored().status is Status.ACTIVE


def test_a_sweep_that_is_repeated_changes_nothing_more(house: Household) -> None:
    _keep_many(house, 3)
    house.clock.move(LIFETIME)
    house.sweep()
    before = dict(house.store.announcements)
    assert house.sweep().settled == 0
    assert house.store.announcements == before


def test_a_note_that_is_left_behind_by_a_sweep_that_died_does_no_harm(house: Household) -> None:
    [made] = _keep_many(house, 1)
    house.clock.move(LIFETIME)
    house.sweep()
    before = house.stored()
    house.store.notes.add(Due.at(made.expires_at, made.id))
    assert house.sweep().settled == 1
    assert house.stored() == before


def test_a_renewal_before_the_sweep_wins(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME - DAY)
    renewed = house.announcements.renew(identifier(1))
    house.clock.move(DAY)
    house.sweep()
    assert house.stored() == renewed


def test_a_renewal_that_races_the_sweep_wins(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME)
    house.meanwhile(lambda: house.announcements.renew(identifier(1)))
    house.sweep()
    assert house.stored().status is Status.ACTIVE
    assert len(house.on_map()) == 1
    house.clock.move(LIFETIME)
    house.sweep()
    assert house.stored().status is Status.EXPIRED


def test_a_sweep_that_races_a_renewal_loses_as_well(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME)
    house.meanwhile(house.sweep)
    house.announcements.renew(identifier(1))
    assert house.stored().status is Status.ACTIVE
    house.sweep()
    assert house.stored().status is Status.ACTIVE


def test_thousands_that_are_due_at_once_go_on_where_the_time_ran_out(house: Household) -> None:
    _keep_many(house, 2000)
    house.clock.move(LIFETIME)
    first = house.expiry.sweep(_time_for(100))
    assert (first.settled, first.complete) == (100 * BATCH, False)
    assert _statuses(house) == {Status.ACTIVE, Status.EXPIRED}
    second = house.sweep()
    assert (second.settled, second.complete) == (2000 - 100 * BATCH, True)
    assert _statuses(house) == {Status.EXPIRED}


def test_a_sweep_without_any_time_leaves_all_for_the_next(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME)
    swept = house.expiry.sweep(_time_for(0))
    assert (swept.settled, swept.complete) == (0, False)
    assert house.sweep().settled == 1


def test_a_sweep_after_an_outage_of_days_catches_up(house: Household) -> None:
    for number in range(1, 11):
        house.keep(announcement(id=identifier(number), published_at=NOON + number * DAY))
    house.clock.now = NOON + LIFETIME
    house.sweep()
    house.clock.move(11 * DAY)
    assert house.sweep().settled == 10
    assert _statuses(house) == {Status.EXPIRED}


def test_the_first_sweep_of_all_looks_back_far_enough_to_find_the_oldest_notes(house: Household) -> None:
    _keep_many(house, 1)
    house.clock.move(LIFETIME + 89 * DAY)
    assert house.sweep().settled == 1


def test_the_watermark_follows_but_never_passes_yesterday(house: Household) -> None:
    house.sweep()
    assert house.store.watermark() == date(2026, 11, 19)
    house.sweep()
    assert house.store.watermark() == date(2026, 11, 19)
    house.clock.move(5 * DAY)
    house.sweep()
    assert house.store.watermark() == date(2026, 11, 24)


def test_a_note_that_is_written_just_before_midnight_is_found_after_it(house: Household) -> None:
    house.clock.now = NOON + 12 * HOUR
    house.sweep()
    last_second = house.clock.now - SECOND
    house.keep(announcement(expires_at=last_second))
    house.clock.move(MINUTE)
    assert house.sweep().settled == 1


def test_the_watermark_of_each_day_is_kept_when_the_time_runs_out(house: Household) -> None:
    house.store.put_watermark(date(2026, 11, 10))
    house.keep(announcement(expires_at=NOON - 4 * DAY))
    assert not house.expiry.sweep(_time_for(0)).complete
    assert house.store.watermark() == date(2026, 11, 16)


def test_one_that_cannot_be_settled_does_not_stop_the_others_and_is_tried_again(house: Household) -> None:
    picture_id = _keep_with_picture(house)
    house.keep(*(announcement(id=identifier(number)) for number in range(2, 40)))
    house.clock.move(LIFETIME + RESTORABLE)
    house.store.put_watermark(NOON.date())
    house.bucket.broken.add(picture_id)
    swept = house.sweep()
    assert (swept.failed, swept.complete) == (2, True)  # its expiry, and the erasure that follows at once
    assert _statuses(house) == {Status.WITHDRAWN}
    assert house.store.watermark() == (NOON + LIFETIME).date()
    house.bucket.broken.clear()
    house.clock.move(5 * MINUTE)
    assert house.sweep().failed == 0
    assert not house.bucket.holds(picture_id)
    assert house.store.watermark() == (house.clock.now - DAY).date()


def test_a_note_of_an_announcement_that_is_no_longer_there_is_removed(house: Household) -> None:
    house.store.notes.add(Due.at(NOON - HOUR, identifier(9)))
    swept = house.sweep()
    assert (swept.settled, swept.failed) == (1, 0)
    assert not house.store.notes


def test_what_is_withdrawn_leaves_no_notes_behind(house: Household) -> None:
    _keep_many(house, 1)
    house.announcements.withdraw(identifier(1))
    house.clock.move(LIFETIME)
    house.sweep()
    assert not house.store.notes
    assert house.stored().status is Status.WITHDRAWN


@pytest.mark.parametrize("late", [timedelta(0), HOUR, 10 * DAY, LIFETIME + RESTORABLE])
def test_however_late_the_sweep_comes_the_end_is_the_same(house: Household, late: timedelta) -> None:
    _keep_many(house, 1)
    house.store.put_watermark(NOON.date())
    house.clock.move(LIFETIME + late)
    house.sweep()
    house.clock.now = max(house.clock.now, NOON + LIFETIME + RESTORABLE)
    house.sweep()
    house.sweep()
    assert house.stored().status is Status.WITHDRAWN
    assert not house.store.notes
