"""Announcing, and what the owner may do afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from chalicelib.domain.announcements import Announcement, Contact
from chalicelib.domain.errors import Busy, Conflict, Gone, Invalid, NotFound
from chalicelib.domain.kinds import Kind, Status
from chalicelib.domain.moments import EventTime
from chalicelib.domain.pictures import PictureRecord
from chalicelib.services.announcements import IdempotencyKey
from chalicelib.services.changes import ATTEMPTS, Change
from chalicelib.services.expiry import Due
from tests.builders import (
    DAY,
    FIJI,
    HOUR,
    KRAKOW,
    LIFETIME,
    MINUTE,
    NOON,
    SENDER,
    announcement,
    contents,
    identifier,
    in_status,
    ready_picture,
)
from tests.household import Household, conflict

EVENT = EventTime(NOON - HOUR)
KEY = IdempotencyKey("0123456789abcdef", "hash of the body")

Act = Callable[[Household], object]
ACTS: dict[str, Act] = {
    "GET": lambda house: house.announcements.show(identifier(1)),
    "GET with token": lambda house: house.announcements.show_whole(identifier(1)),
    "PATCH": lambda house: house.announcements.change(identifier(1), {"title": "Red dog"}, None),
    "picture": lambda house: house.pictures.request(identifier(1), "image/jpeg"),
    "renew": lambda house: house.announcements.renew(identifier(1)),
    "reunited": lambda house: house.announcements.reunite(identifier(1)),
    "DELETE": lambda house: house.announcements.withdraw(identifier(1)),
}
TABLE: dict[Status, dict[str, type[Exception] | Status]] = {
    Status.ACTIVE: {
        "GET": Status.ACTIVE,
        "GET with token": Status.ACTIVE,
        "PATCH": Status.ACTIVE,
        "picture": Status.ACTIVE,
        "renew": Status.ACTIVE,
        "reunited": Status.REUNITED,
        "DELETE": Status.WITHDRAWN,
    },
    Status.REUNITED: {
        "GET": Status.REUNITED,
        "GET with token": Status.REUNITED,
        "PATCH": Conflict,
        "picture": Conflict,
        "renew": Status.ACTIVE,
        "reunited": Status.REUNITED,
        "DELETE": Status.WITHDRAWN,
    },
    Status.EXPIRED: {
        "GET": Gone,
        "GET with token": Status.EXPIRED,
        "PATCH": Conflict,
        "picture": Conflict,
        "renew": Status.ACTIVE,
        "reunited": Conflict,
        "DELETE": Status.WITHDRAWN,
    },
    Status.WITHDRAWN: {
        "GET": Gone,
        "GET with token": Gone,
        "PATCH": Gone,
        "picture": Gone,
        "renew": Gone,
        "reunited": Gone,
        "DELETE": Status.WITHDRAWN,
    },
}
CASES = [(status, act, outcome) for status, row in TABLE.items() for act, outcome in row.items()]


def _create(house: Household, idempotency: IdempotencyKey | None = None) -> Announcement:
    return house.announcements.create(contents(), EVENT, SENDER, idempotency)


@pytest.mark.parametrize(("status", "act", "outcome"), CASES)
def test_each_act_in_each_status_ends_as_the_table_says(
    house: Household, status: Status, act: str, outcome: type[Exception] | Status
) -> None:
    before = in_status(status)
    house.keep(before)
    if isinstance(outcome, Status):
        ACTS[act](house)
        assert house.stored().status_at(NOON) is outcome
    else:
        with pytest.raises(outcome):
            ACTS[act](house)
        assert house.stored() == before


@pytest.mark.parametrize("act", ACTS)
def test_every_act_on_what_never_was_says_so(house: Household, act: str) -> None:
    with pytest.raises(NotFound):
        ACTS[act](house)


def test_a_new_announcement_is_on_the_map_for_its_lifetime(house: Household) -> None:
    made = _create(house)
    assert house.announcements.show(made.id) == made
    assert [marker.announcement_id for marker in house.on_map()] == [made.id]
    assert (made.published_at, made.expires_at) == (NOON, NOON + LIFETIME)


def test_two_pets_at_one_spot_in_one_month_are_both_on_the_map(house: Household) -> None:
    made = {_create(house).id, _create(house).id}
    assert {marker.announcement_id for marker in house.on_map()} == made
    assert len(made) == 2


@pytest.mark.parametrize("at", [NOON + 6 * MINUTE, NOON - 732 * DAY])
def test_an_event_out_of_range_is_refused_and_nothing_is_stored(house: Household, at: datetime) -> None:
    with pytest.raises(Invalid, match="event_at"):
        house.announcements.create(contents(event_at=at), EventTime(at), SENDER, KEY)
    assert not house.store.announcements
    assert not house.store.keys


def test_the_same_key_and_body_give_the_first_announcement(house: Household) -> None:
    first = _create(house, KEY)
    house.clock.move(HOUR)
    assert _create(house, KEY) == first
    assert len(house.store.announcements) == 1


def test_without_a_key_each_announcement_is_a_new_one(house: Household) -> None:
    assert _create(house).id != _create(house).id


def test_the_same_key_with_another_body_is_refused(house: Household) -> None:
    _create(house, KEY)
    with pytest.raises(Invalid, match="Idempotency-Key"):
        _create(house, replace(KEY, body_hash="hash of another body"))


def test_a_key_is_forgotten_after_a_day(house: Household) -> None:
    first = _create(house, KEY)
    house.clock.move(DAY - MINUTE)
    assert _create(house, KEY) == first
    house.clock.move(MINUTE)
    assert _create(house, replace(KEY, body_hash="hash of another body")).id != first.id


def test_a_key_whose_announcement_was_withdrawn_announces_nothing(house: Household) -> None:
    house.announcements.withdraw(_create(house, KEY).id)
    with pytest.raises(Gone):
        _create(house, KEY)


def test_a_key_whose_announcement_changed_gives_it_as_it_is_now(house: Household) -> None:
    first = _create(house, KEY)
    changed = house.announcements.change(first.id, {"title": "Red dog"}, None)
    assert _create(house, KEY) == changed


def test_two_requests_with_one_key_at_once_make_one_announcement(house: Household) -> None:
    others: list[Announcement] = []
    house.meanwhile(lambda: others.append(_create(house, KEY)))
    assert [_create(house, KEY)] == others
    assert len(house.store.announcements) == 1


def test_an_announcement_that_cannot_be_written_says_that_trying_later_helps(house: Household) -> None:
    house.store.interruptions.extend([conflict] * ATTEMPTS)
    with pytest.raises(Busy):
        _create(house)


def test_a_change_keeps_what_it_does_not_name(house: Household) -> None:
    made = _create(house)
    contact = Contact(phone="+48 600 100 200")
    changed = house.announcements.change(made.id, {"kind": Kind.LOST, "contact": contact}, None)
    assert changed == replace(made, kind=Kind.LOST, contact=contact, version=2) == house.stored(made.id)


def test_a_changed_place_moves_the_marker(house: Household) -> None:
    made = _create(house)
    moved = house.announcements.change(made.id, {"place": FIJI}, None)
    assert [marker.place for marker in house.on_map()] == [moved.public_place]


def test_a_change_to_an_event_in_the_future_is_refused(house: Household) -> None:
    made = _create(house)
    with pytest.raises(Invalid, match="event_at"):
        house.announcements.change(made.id, {"event_at": NOON + HOUR}, EventTime(NOON + HOUR))
    assert house.stored(made.id) == made


def test_an_old_event_of_a_source_may_be_sent_back_as_it_is(house: Household) -> None:
    old = NOON - 3000 * DAY
    house.keep(announcement(event_at=old))
    house.announcements.change(identifier(1), {"event_at": old, "title": "Red dog"}, EventTime(old))
    assert house.stored().title == "Red dog"


def test_an_event_of_today_without_a_time_may_be_sent_back_before_its_noon(house: Household) -> None:
    house.clock.move(-4 * HOUR)
    made = house.announcements.create(contents(event_at=NOON), EventTime(NOON, whole_day=True), SENDER)
    house.announcements.change(made.id, {"event_at": NOON, "title": "Red dog"}, EventTime(NOON))
    assert house.stored(made.id).title == "Red dog"


def test_a_change_without_a_difference_writes_nothing(house: Household) -> None:
    made = _create(house)
    assert house.announcements.change(made.id, {"title": made.title}, None) == made
    assert len(house.store.commits) == 1


def test_a_change_that_loses_a_race_is_made_on_what_the_other_left(house: Household) -> None:
    made = _create(house)
    house.meanwhile(lambda: house.announcements.change(made.id, {"text": "Two dogs"}, None))
    changed = house.announcements.change(made.id, {"title": "Red dog"}, None)
    assert (changed.title, changed.text, changed.version) == ("Red dog", "Two dogs", 3)
    assert len(house.pauses) == 1


def test_a_change_that_always_loses_says_that_trying_later_helps(house: Household) -> None:
    made = _create(house)
    house.store.interruptions.extend([conflict] * ATTEMPTS)
    with pytest.raises(Busy):
        house.announcements.change(made.id, {"title": "Red dog"}, None)
    assert len(house.pauses) == ATTEMPTS
    assert max(house.pauses) <= 1.0


def test_pictures_that_are_removed_are_erased(house: Household) -> None:
    kept, dropped = ready_picture(id=identifier(501)), ready_picture(id=identifier(502))
    _keep_with_pictures(house, announcement(pictures=(kept, dropped)))
    changed = house.announcements.change(identifier(1), {}, None, removed=[dropped.id])
    assert changed.pictures == (kept,)
    assert not house.bucket.holds(dropped.id)
    assert house.bucket.holds(kept.id)
    assert house.store.picture(dropped.id) is None
    assert house.stored().discarded == ()


def test_a_renewal_after_it_left_the_map_brings_it_back(house: Household) -> None:
    made = _create(house)
    house.clock.move(LIFETIME + DAY)
    house.sweep()
    assert house.on_map() == []
    renewed = house.announcements.renew(made.id)
    assert renewed.expires_at == house.clock.now + LIFETIME
    assert [marker.announcement_id for marker in house.on_map()] == [made.id]


def test_withdrawing_erases_contents_and_pictures_at_once(house: Household) -> None:
    _keep_with_pictures(house, announcement(pictures=(ready_picture(), ready_picture(id=identifier(501)))))
    house.announcements.withdraw(identifier(1))
    left = house.stored()
    assert (left.status, left.contact, left.secret_mark, left.text) == (Status.WITHDRAWN, None, None, "")
    assert left.place != KRAKOW
    assert not house.bucket.originals
    assert not house.bucket.renditions
    assert house.cdn.forgotten == [f"renditions/{each}/" for each in (ready_picture().id, identifier(501))]
    assert not house.store.records
    assert house.on_map() == []


def test_withdrawing_again_is_a_success(house: Household) -> None:
    house.keep(announcement())
    house.announcements.withdraw(identifier(1))
    house.clock.move(DAY)
    house.announcements.withdraw(identifier(1))


def test_an_erasure_that_was_cut_short_is_continued_by_withdrawing_again(house: Household) -> None:
    first, second = _withdraw_cut_short(house)
    assert not house.bucket.holds(first)
    assert house.bucket.holds(second)
    assert house.stored().status is Status.WITHDRAWN
    house.bucket.broken.clear()
    house.announcements.withdraw(identifier(1))
    assert not house.bucket.holds(second)
    assert house.stored().discarded == ()


def test_an_erasure_that_was_cut_short_is_continued_by_the_sweep(house: Household) -> None:
    _first, second = _withdraw_cut_short(house)
    house.clock.move(MINUTE)
    house.bucket.broken.clear()
    assert house.sweep().failed == 0
    assert not house.bucket.holds(second)
    assert house.stored().discarded == ()
    assert not house.store.notes - {Due.at(NOON + LIFETIME, identifier(1))}


def test_a_picture_whose_erasure_was_cut_short_is_erased_by_the_sweep(house: Household) -> None:
    dropped = ready_picture(id=identifier(501))
    _keep_with_pictures(house, announcement(pictures=(dropped,)))
    house.bucket.broken.add(dropped.id)
    with pytest.raises(OSError, match="broken"):
        house.announcements.change(identifier(1), {}, None, removed=[dropped.id])
    house.clock.move(MINUTE)
    house.bucket.broken.clear()
    assert house.sweep().failed == 0
    assert not house.bucket.holds(dropped.id)
    assert house.stored().discarded == ()


def _keep_with_pictures(house: Household, each: Announcement) -> None:
    records = [PictureRecord(known, each.id) for known in each.pictures]
    house.store.commit([replace(Change.of(None, each, NOON), records=records)])
    for known in each.pictures:
        house.bucket.upload(known.id, b"picture")
        house.bucket.put_renditions(known.id, "4be1", house.render(b"picture"))


def _withdraw_cut_short(house: Household) -> tuple[str, str]:
    first, second = identifier(501), identifier(502)
    _keep_with_pictures(house, announcement(pictures=(ready_picture(id=first), ready_picture(id=second))))
    house.bucket.broken.add(second)
    with pytest.raises(OSError, match="broken"):
        house.announcements.withdraw(identifier(1))
    return first, second
