"""The contract of DueStore: notes of what is due, by day, and the watermark before which none is left."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.domain.kinds import Status
from chalicelib.domain.moments import iso
from chalicelib.services.expiry import Due
from tests.builders import DAY, HOUR, LIFETIME, NOON, RESTORABLE, announcement, identifier, ready_picture
from tests.connectors.conftest import Storage, Store

SECOND = timedelta(seconds=1)
TODAY = NOON.date()


def _due(store: Store, day: date, now: str = "~") -> set[Due]:
    notes = list(store.due(day, now))
    assert len(set(notes)) == len(notes)
    return set(notes)


def test_a_new_announcement_is_due_when_it_expires(storage: Storage) -> None:
    storage.keep(announcement())
    expires_at = NOON + LIFETIME
    assert _due(storage.store, expires_at.date()) == {Due.at(expires_at, identifier(1))}


def test_notes_are_found_up_to_a_moment(storage: Storage) -> None:
    storage.keep(announcement(expires_at=NOON))
    assert _due(storage.store, TODAY, iso(NOON - SECOND)) == set()
    assert len(_due(storage.store, TODAY, iso(NOON))) == 1
    assert len(_due(storage.store, TODAY, iso(NOON + SECOND))) == 1


def test_notes_are_found_on_their_day_only(storage: Storage) -> None:
    midnight = NOON + 12 * HOUR
    storage.keep(announcement(expires_at=midnight - SECOND), announcement(id=identifier(2), expires_at=midnight))
    assert {note.announcement_id for note in _due(storage.store, TODAY)} == {identifier(1)}
    assert {note.announcement_id for note in _due(storage.store, TODAY + DAY)} == {identifier(2)}


def test_all_that_is_due_in_one_second_is_found(storage: Storage) -> None:
    made = [announcement(id=identifier(number), expires_at=NOON) for number in range(30)]
    storage.keep(*made)
    assert {note.announcement_id for note in _due(storage.store, TODAY, iso(NOON))} == {each.id for each in made}


def test_a_settled_note_is_gone_and_settling_again_is_harmless(storage: Storage) -> None:
    storage.keep(announcement(expires_at=NOON), announcement(id=identifier(2), expires_at=NOON))
    for _again in range(2):
        storage.store.settle(Due.at(NOON, identifier(1)))
    assert _due(storage.store, TODAY) == {Due.at(NOON, identifier(2))}


def test_a_change_that_keeps_the_moment_makes_no_other_note(storage: Storage) -> None:
    storage.keep(announcement(expires_at=NOON))
    storage.store.settle(Due.at(NOON, identifier(1)))
    storage.change(announcement(expires_at=NOON), announcement(expires_at=NOON, title="Red dog"))
    assert _due(storage.store, TODAY) == set()


def test_an_expired_one_is_due_again_when_it_is_erased(storage: Storage) -> None:
    before = announcement(expires_at=NOON)
    storage.keep(before)
    storage.change(before, replace(before, status=Status.EXPIRED))
    assert _due(storage.store, (NOON + RESTORABLE).date()) == {Due.at(NOON + RESTORABLE, identifier(1))}


def test_what_is_to_be_erased_is_due_at_once(storage: Storage) -> None:
    before = announcement(pictures=(ready_picture(),))
    storage.keep(before)
    storage.change(before, before.without_pictures([ready_picture().id]))
    assert _due(storage.store, TODAY) == {Due.at(NOON, identifier(1))}


def test_notes_may_be_settled_while_they_are_read(storage: Storage) -> None:
    storage.keep(*(announcement(id=identifier(number), expires_at=NOON) for number in range(20)))
    settled = 0
    for note in storage.store.due(TODAY, iso(NOON)):
        storage.store.settle(note)
        settled += 1
    assert settled == 20
    assert _due(storage.store, TODAY) == set()


def test_there_is_no_watermark_at_first(store: Store) -> None:
    assert store.watermark() is None


def test_the_watermark_is_the_one_that_was_written_last(store: Store) -> None:
    store.put_watermark(TODAY - DAY)
    store.put_watermark(TODAY)
    assert store.watermark() == TODAY
