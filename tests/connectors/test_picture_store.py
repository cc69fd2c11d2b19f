"""The contract of PictureStore: the record of a picture is written with its announcement."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.descriptions import Description
from chalicelib.domain.geography import Point
from chalicelib.domain.pictures import Picture, PictureRecord, PictureState
from chalicelib.domain.versions import Version
from chalicelib.services.changes import Change, WriteConflict
from tests.builders import (
    DAY,
    KRAKOW,
    LONDON,
    NOON,
    announcement,
    identifier,
    picture,
    ready_picture,
    refused_picture,
    rendered,
    upload,
)
from tests.connectors.conftest import Storage, Store


def _keep(store: Store, *records: PictureRecord) -> None:
    each = announcement(pictures=tuple(record.picture for record in records))
    store.commit([replace(Change.of(None, each, NOON), records=records)])


@pytest.mark.parametrize("kept", [picture(), ready_picture(), refused_picture()], ids=["waiting", "ready", "refused"])
def test_a_record_is_read_back_whole(store: Store, kept: Picture) -> None:
    record = PictureRecord(kept, identifier(1))
    _keep(store, record)
    assert store.picture(kept.id) == record


def test_what_the_camera_noted_is_kept(store: Store) -> None:
    record = PictureRecord(ready_picture(), identifier(1), NOON - DAY, Point(KRAKOW.latitude, -180.0))
    _keep(store, record)
    assert store.picture(record.picture.id) == record


def test_a_record_that_was_never_written_is_not_there(store: Store) -> None:
    assert store.picture(identifier(500)) is None


def test_a_record_is_forgotten_and_its_announcement_is_not(store: Store) -> None:
    _keep(store, PictureRecord(picture(), identifier(1)))
    store.forget_picture(picture().id)
    assert store.picture(picture().id) is None
    assert store.get(identifier(1))


def test_forgetting_again_is_harmless(store: Store) -> None:
    store.forget_picture(identifier(500))
    store.forget_picture(identifier(500))


def test_a_record_is_not_written_when_its_announcement_is_not(storage: Storage) -> None:
    storage.keep(announcement())
    with pytest.raises(WriteConflict):
        _keep(storage.store, PictureRecord(picture(), identifier(1)))
    assert storage.store.picture(picture().id) is None


def test_a_later_record_takes_the_place_of_the_earlier(store: Store) -> None:
    _keep(store, PictureRecord(picture(), identifier(1)))
    before = store.get(identifier(1))
    assert before
    record = PictureRecord(ready_picture(), identifier(1))
    store.commit([replace(Change.of(before, before.with_picture(ready_picture()), NOON), records=[record])])
    assert store.picture(picture().id) == record


VERSION = Version.of(picture().id, upload(description=Description("dog.jpg", None, "dog", "By the park")))
CELL = KRAKOW.cell(3)


def _keep_picture(store: Store) -> None:
    _keep(store, PictureRecord(picture(), identifier(1)))


def test_a_version_is_read_back_whole(store: Store) -> None:
    _keep_picture(store)
    for each in (VERSION, replace(VERSION, version="v2", quarter_turns=3).rendered("4be1")):
        store.note_version(each)
        assert each in store.versions(picture().id)
    assert len(store.versions(picture().id)) == 2
    assert store.versions(identifier(501)) == []


def test_a_version_that_is_known_is_not_noted_again(store: Store) -> None:
    _keep_picture(store)
    store.settle_version(VERSION.rendered("4be1"))
    store.note_version(VERSION)
    assert store.versions(picture().id) == [VERSION.rendered("4be1")]


def test_what_became_of_a_version_takes_the_place_of_the_note(store: Store) -> None:
    _keep_picture(store)
    store.note_version(VERSION)
    store.settle_version(VERSION.refused("It is not a picture."), only_waiting=True)
    assert store.versions(picture().id) == [VERSION.refused("It is not a picture.")]
    store.settle_version(VERSION.rendered("4be1"))
    assert store.versions(picture().id) == [VERSION.rendered("4be1")]


def test_a_version_that_waits_no_more_is_not_settled_as_one_that_does(store: Store) -> None:
    _keep_picture(store)
    store.settle_version(VERSION.rendered("4be1"))
    store.settle_version(VERSION.refused("It died."), only_waiting=True)
    assert store.versions(picture().id) == [VERSION.rendered("4be1")]


def test_a_version_of_no_picture_is_not_written(store: Store) -> None:
    store.note_version(VERSION)
    store.settle_version(VERSION.rendered("4be1"))
    assert store.versions(picture().id) == []


def test_a_version_is_written_with_its_announcement(store: Store) -> None:
    each = announcement(pictures=(picture(),))
    records: list[PictureRecord | Version] = [PictureRecord(picture(), each.id), VERSION.rendered("4be1")]
    store.commit([replace(Change.of(None, each, NOON), records=records)])
    assert store.versions(picture().id) == [VERSION.rendered("4be1")]


def test_a_forgotten_picture_has_no_versions(store: Store) -> None:
    _keep_picture(store)
    store.note_version(VERSION)
    store.forget_picture(picture().id)
    assert store.versions(picture().id) == []


def _shown(**changes: object) -> Announcement:
    return announcement(pictures=(ready_picture(),), **changes)


def _change(store: Store, after: Announcement) -> Announcement:
    before = store.get(after.id)
    change = Change.of(before, after, NOON)
    store.commit([change])
    return change.after


def test_a_picture_on_the_map_has_a_print_in_its_region(store: Store) -> None:
    _change(store, _shown())
    [found] = store.prints(CELL)
    assert (found.picture_id, found.announcement_id) == (picture().id, identifier(1))
    assert found.fingerprint == rendered().fingerprint
    assert store.prints(LONDON.cell(3)) == []


def test_a_picture_that_cannot_be_shown_has_no_print(store: Store) -> None:
    _change(store, announcement(pictures=(picture(), refused_picture(id=identifier(501)))))
    assert store.prints(CELL) == []


@pytest.mark.parametrize(
    "leave",
    [
        lambda each: each.withdrawn(NOON),
        lambda each: each.swept(each.expires_at),
        lambda each: each.without_pictures([ready_picture().id]),
        lambda each: each.with_picture(refused_picture()),
        lambda each: replace(each, place=LONDON),
    ],
    ids=["withdrawn", "expired", "dropped", "refused", "moved"],
)
def test_a_print_leaves_the_region_with_its_picture(
    store: Store, leave: Callable[[Announcement], Announcement]
) -> None:
    _change(store, leave(_change(store, _shown())))
    assert store.prints(CELL) == []


def test_a_print_is_back_when_its_announcement_is(store: Store) -> None:
    expired = _change(store, _change(store, _shown()).swept(NOON + 90 * DAY))
    _change(store, expired.renewed(NOON + 91 * DAY))
    assert len(store.prints(CELL)) == 1


def test_a_new_fingerprint_takes_the_place_of_the_old_one(store: Store) -> None:
    _change(store, _shown())
    _change(store, _shown().with_picture(ready_picture(fingerprint="f" * 64)))
    assert [found.fingerprint for found in store.prints(CELL)] == ["f" * 64]


def test_waiting_is_a_state_of_versions_too(store: Store) -> None:
    _keep_picture(store)
    store.note_version(VERSION)
    assert store.versions(picture().id)[0].state is PictureState.WAITING
