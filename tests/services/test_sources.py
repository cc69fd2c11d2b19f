"""What sources deliver: added or updated, identical ones left alone."""

from dataclasses import replace
from datetime import datetime

import pytest

from chalicelib.domain.announcements import GUEST_MEMORY
from chalicelib.domain.errors import Gone, Invalid
from chalicelib.domain.identity import source_id
from chalicelib.domain.kinds import Species, Status
from chalicelib.services.sources import Outcome, Receipt
from tests.builders import DAY, FIJI, HOUR, KRAKOW, LIFETIME, NOON, delivery, identifier, ready_picture
from tests.household import Household, conflict


def _outcomes(receipts: list[Receipt]) -> list[Outcome]:
    return [receipt.outcome for receipt in receipts]


def test_a_delivery_is_announced_under_the_id_of_its_name(house: Household) -> None:
    receipt = house.sources.put(delivery("A-1"))
    assert receipt.outcome is Outcome.CREATED
    assert receipt.announcement == house.stored(source_id("shelter", "A-1"))
    assert [marker.announcement_id for marker in house.on_map()] == [source_id("shelter", "A-1")]


def test_the_same_delivery_again_renews_nothing_and_moves_nothing(house: Household) -> None:
    house.sources.put(delivery())
    before = house.stored(delivery().announcement_id)
    house.clock.move(10 * DAY)
    assert house.sources.put(delivery()).outcome is Outcome.UNCHANGED
    assert house.stored(before.id) == before


def test_the_same_delivery_leaves_an_expired_one_expired(house: Household) -> None:
    house.sources.put(delivery())
    house.clock.move(LIFETIME)
    house.sweep()
    assert house.sources.put(delivery()).outcome is Outcome.UNCHANGED
    assert house.stored(delivery().announcement_id).status is Status.EXPIRED


def test_another_delivery_of_the_same_name_updates_but_does_not_renew(house: Household) -> None:
    created = house.sources.put(delivery()).announcement
    house.clock.move(DAY)
    updated = house.sources.put(delivery(title="Red dog", place=FIJI)).announcement
    assert created
    assert updated
    assert (updated.id, updated.title, updated.place) == (created.id, "Red dog", FIJI)
    assert (updated.published_at, updated.expires_at) == (created.published_at, created.expires_at)
    assert [marker.title for marker in house.on_map()] == ["Red dog"]


def test_an_update_keeps_the_pictures(house: Household) -> None:
    created = house.sources.put(delivery()).announcement
    assert created
    house.editor.change(created.id, lambda before: replace(before, pictures=(ready_picture(),)))
    house.sources.put(delivery(title="Red dog"))
    assert house.stored(created.id).pictures == (ready_picture(),)


def test_an_update_to_another_lifetime_counts_it_from_now(house: Household) -> None:
    house.sources.put(delivery())
    house.clock.move(DAY)
    cat = house.sources.put(delivery(species=Species.CAT)).announcement
    assert cat
    assert cat.expires_at == NOON + DAY + 2 * LIFETIME


def test_a_source_sets_the_lifetime_and_when_it_was_published(house: Household) -> None:
    long_ago = NOON - 1000 * DAY
    made = house.sources.put(delivery(published_at=long_ago, lives_days=730)).announcement
    assert made
    assert (made.published_at, made.expires_at) == (long_ago, NOON + 730 * DAY)


def test_a_source_may_bring_events_that_are_too_old_for_guests(house: Household) -> None:
    assert house.sources.put(delivery(event_at=NOON - GUEST_MEMORY - DAY)).outcome is Outcome.CREATED


@pytest.mark.parametrize("at", [NOON + DAY, datetime(1999, 12, 31, 23, tzinfo=NOON.tzinfo)])
def test_an_event_out_of_range_is_refused(house: Household, at: datetime) -> None:
    with pytest.raises(Invalid, match="event_at"):
        house.sources.put(delivery(event_at=at))
    assert not house.store.announcements


@pytest.mark.parametrize("at", [NOON + 2 * DAY, datetime(1999, 12, 31, 23, tzinfo=NOON.tzinfo)])
def test_a_time_of_publication_out_of_range_is_refused(house: Household, at: datetime) -> None:
    with pytest.raises(Invalid, match="published_at"):
        house.sources.put(delivery(published_at=at))
    assert not house.store.announcements


def test_what_was_withdrawn_is_not_announced_again(house: Household) -> None:
    house.sources.put(delivery())
    house.announcements.withdraw(delivery().announcement_id)
    for again in (delivery(), delivery(title="Red dog")):
        with pytest.raises(Gone):
            house.sources.put(again)
    assert house.on_map() == []


def test_two_sources_may_use_one_name(house: Household) -> None:
    house.sources.put(delivery("A-1", "one"))
    house.sources.put(delivery("A-1", "two"))
    assert len(house.on_map()) == 2


def test_a_batch_is_answered_in_its_order(house: Household) -> None:
    house.sources.put_many([delivery("A-1"), delivery("A-2")])
    receipts = house.sources.put_many([delivery("A-3"), delivery("A-2", title="Red dog"), delivery("A-1")])
    assert _outcomes(receipts) == [Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED]
    assert [receipt.delivery.origin.external_id for receipt in receipts] == ["A-3", "A-2", "A-1"]


def test_a_batch_is_written_at_once(house: Household) -> None:
    house.sources.put_many([delivery(f"A-{number}") for number in range(25)])
    assert len(house.store.commits) == 1
    assert len(house.on_map()) == 25


def test_one_bad_delivery_does_not_stop_the_rest(house: Household) -> None:
    receipts = house.sources.put_many([delivery("A-1"), delivery("A-2", event_at=NOON + DAY), delivery("A-3")])
    assert _outcomes(receipts) == [Outcome.CREATED, Outcome.REFUSED, Outcome.CREATED]
    assert isinstance(receipts[1].error, Invalid)
    assert len(house.on_map()) == 2


def test_the_first_of_two_with_one_name_in_a_batch_stands(house: Household) -> None:
    receipts = house.sources.put_many([delivery("A-1"), delivery("A-1", title="Red dog"), delivery("A-1")])
    assert _outcomes(receipts) == [Outcome.CREATED, Outcome.REFUSED, Outcome.REFUSED]
    assert "external_id" in str(receipts[1].error)
    assert [marker.title for marker in house.on_map()] == ["Brown dog"]


def test_a_batch_that_meets_somebody_else_is_settled_one_by_one(house: Household) -> None:
    house.sources.put_many([delivery("A-1"), delivery("A-4")])
    house.meanwhile(lambda: house.announcements.reunite(delivery("A-1").announcement_id))
    receipts = house.sources.put_many(
        [delivery("A-1", title="Red dog"), delivery("A-2"), delivery("A-3", event_at=NOON + DAY), delivery("A-4")]
    )
    assert _outcomes(receipts) == [Outcome.REFUSED, Outcome.CREATED, Outcome.REFUSED, Outcome.UNCHANGED]
    assert house.stored(delivery("A-1").announcement_id).status is Status.REUNITED
    assert len(house.on_map()) == 3


def test_the_same_batch_twice_at_once_makes_each_announcement_once(house: Household) -> None:
    batch = [delivery("A-1"), delivery("A-2")]
    house.meanwhile(lambda: house.sources.put_many(batch))
    receipts = house.sources.put_many(batch)
    assert not any(receipt.error for receipt in receipts)
    assert len(house.on_map()) == 2
    assert all(each.version == 1 for each in house.store.announcements.values())


def test_a_new_one_that_somebody_else_announces_first_becomes_an_update(house: Household) -> None:
    red = delivery(title="Red dog")
    house.meanwhile(lambda: house.sources.put(delivery()))
    assert house.sources.put(red).announcement == house.stored(red.announcement_id)
    assert [marker.title for marker in house.on_map()] == ["Red dog"]


def test_a_new_one_that_somebody_else_announces_at_the_last_moment_becomes_an_update(house: Household) -> None:
    house.store.interruptions.append(conflict)
    house.meanwhile(lambda: house.sources.put(delivery()))
    house.sources.put(delivery(title="Red dog"))
    assert house.stored(delivery().announcement_id).title == "Red dog"


def test_a_place_of_a_source_is_hidden_like_any_other(house: Household) -> None:
    house.sources.put(delivery(place=KRAKOW))
    assert house.on_map()[0].place != KRAKOW


def test_an_empty_batch_is_nothing(house: Household) -> None:
    assert house.sources.put_many([]) == []
    assert house.store.get(identifier(1)) is None


def test_an_event_that_moves_leaves_no_second_marker(house: Household) -> None:
    house.sources.put(delivery())
    house.sources.put(delivery(event_at=NOON - 40 * DAY))
    assert [marker.event_at for marker in house.on_map()] == [NOON - 40 * DAY]
    house.sources.put(delivery(event_at=NOON - HOUR))
    assert [marker.event_at for marker in house.on_map()] == [NOON - HOUR]
