"""The contract of AnnouncementStore: one guarded write of everything that belongs together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.announcements import Announcement, Contact, Origin
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Blur, Kind, Species, Status
from chalicelib.services.changes import Change, WriteConflict
from tests.builders import (
    DAY,
    FIJI,
    MINUTE,
    NOON,
    announcement,
    identifier,
    picture,
    ready_picture,
    refused_picture,
    remembered,
)
from tests.connectors.conftest import Storage, Store

SECOND = timedelta(seconds=1)


def _full() -> Announcement:
    """Fill in every field."""
    return announcement(
        kind=Kind.SIGHTING,
        species=Species.SMALL_MAMMAL,
        title="Żółw 🐢",
        text="",
        place=Point(-89.123456789, 180.0),
        blur=Blur.AREA,
        contact=Contact(name="Ada", phone="+48 600 100 200"),
        link="https://example.org/1",
        about=identifier(7),
        status=Status.REUNITED,
        lives_days=730,
        origin=Origin("shelter", "A-1", "fingerprint"),
        pictures=(picture(), ready_picture(id=identifier(501)), refused_picture(id=identifier(502))),
        discarded=(identifier(503), identifier(504)),
    )


@pytest.mark.parametrize(
    "written",
    [_full(), announcement(), announcement(contact=None, secret_mark=None), announcement().withdrawn(NOON + MINUTE)],
    ids=["every field", "the usual", "as little as possible", "a tombstone"],
)
def test_what_was_written_is_read_back_whole(storage: Storage, written: Announcement) -> None:
    storage.keep(written)
    assert storage.store.get(written.id) == written


@pytest.mark.parametrize("place", [Point(0.0, -0.0), Point(1e-7, -1e-12), Point(-45, 90), Point(50.123456789012345, 1)])
def test_any_place_is_read_back_to_the_last_digit(storage: Storage, place: Point) -> None:
    storage.keep(announcement(place=place))
    found = storage.store.get(identifier(1))
    assert found
    assert found.place == place


def test_what_was_never_written_is_not_there(store: Store) -> None:
    assert store.get(identifier(1)) is None
    assert store.get_many([identifier(1), identifier(2)]) == {}
    assert store.get_many([]) == {}
    assert store.remembered("0123456789abcdef", NOON) is None


def test_many_are_read_by_id_and_what_is_not_there_is_left_out(storage: Storage) -> None:
    made = [announcement(id=identifier(number)) for number in range(50)]
    for start in range(0, 50, 25):
        storage.store.commit([Change.of(None, each, NOON) for each in made[start : start + 25]])
    assert storage.store.get_many([each.id for each in made]) == {each.id: each for each in made}
    assert storage.store.get_many([identifier(3), identifier(300)]) == {identifier(3): made[3]}


def test_a_change_counts_its_version(storage: Storage) -> None:
    storage.keep(announcement())
    changed = storage.change(announcement(), announcement(title="Red dog"))
    assert storage.store.get(identifier(1)) == changed
    assert changed.version == 2


def test_a_new_one_does_not_take_the_place_of_another(storage: Storage) -> None:
    storage.keep(announcement())
    with pytest.raises(WriteConflict):
        storage.keep(announcement(title="Red dog"))
    assert storage.store.get(identifier(1)) == announcement()


def test_a_change_of_what_somebody_else_changed_is_refused(storage: Storage) -> None:
    storage.keep(announcement())
    changed = storage.change(announcement(), announcement(title="Red dog"))
    with pytest.raises(WriteConflict):
        storage.change(announcement(), announcement(title="Blue dog"))
    assert storage.store.get(identifier(1)) == changed


def test_a_change_of_what_is_not_there_is_refused(storage: Storage) -> None:
    with pytest.raises(WriteConflict):
        storage.change(announcement(), announcement(title="Red dog"))
    assert storage.store.get(identifier(1)) is None


def test_of_several_changes_all_are_written_or_none(storage: Storage) -> None:
    storage.keep(announcement())
    changes = [Change.of(None, announcement(id=identifier(number)), NOON) for number in (2, 1, 3)]
    with pytest.raises(WriteConflict):
        storage.store.commit(changes)
    assert storage.store.get_many([identifier(2), identifier(3)]) == {}


def test_twenty_five_that_all_move_are_written_at_once(storage: Storage) -> None:
    before = [announcement(id=identifier(number)) for number in range(25)]
    storage.store.commit([Change.of(None, each, NOON) for each in before])
    after = [replace(each, place=FIJI, expires_at=each.expires_at + DAY) for each in before]
    storage.store.commit([Change.of(old, new, NOON) for old, new in zip(before, after, strict=True)])
    found = storage.store.get_many([each.id for each in before])
    assert {each.place for each in found.values()} == {FIJI}


def test_a_commit_of_nothing_is_nothing(store: Store) -> None:
    store.commit([])


@pytest.mark.parametrize("fraction", [timedelta(0), timedelta(microseconds=7)])
def test_withdrawing_one_with_pictures_notes_its_two_reasons_for_one_second_once(
    storage: Storage, fraction: timedelta
) -> None:
    before = announcement(pictures=(ready_picture(),))
    storage.keep(before)
    change = Change.of(before, before.withdrawn(NOON), NOON + fraction)
    storage.store.commit([change])
    assert storage.store.get(identifier(1)) == change.after


def test_an_idempotency_key_is_remembered_with_what_it_made(store: Store) -> None:
    store.commit([replace(Change.of(None, announcement(), NOON), remembered=remembered())])
    assert store.remembered(remembered().key, NOON) == remembered()


def test_a_key_that_is_remembered_lets_nothing_else_be_written(store: Store) -> None:
    store.commit([replace(Change.of(None, announcement(), NOON), remembered=remembered())])
    second = announcement(id=identifier(2))
    again = remembered(announcement_id=second.id)
    with pytest.raises(WriteConflict):
        store.commit([replace(Change.of(None, second, NOON), remembered=again)])
    assert store.get(second.id) is None
    assert store.remembered(remembered().key, NOON) == remembered()


def test_a_key_is_forgotten_at_its_time_and_free_again(store: Store) -> None:
    store.commit([replace(Change.of(None, announcement(), NOON), remembered=remembered())])
    assert store.remembered(remembered().key, NOON + DAY - SECOND)
    assert store.remembered(remembered().key, NOON + DAY) is None
    second = announcement(id=identifier(2), published_at=NOON + DAY)
    again = remembered(announcement_id=second.id, forgotten_at=NOON + 2 * DAY)
    store.commit([replace(Change.of(None, second, NOON + DAY), remembered=again)])
    assert store.remembered(remembered().key, NOON + DAY) == again


def test_a_key_whose_announcement_could_not_be_written_is_not_remembered(storage: Storage) -> None:
    storage.keep(announcement())
    with pytest.raises(WriteConflict):
        storage.store.commit([replace(Change.of(None, announcement(), NOON), remembered=remembered())])
    assert storage.store.remembered(remembered().key, NOON) is None
