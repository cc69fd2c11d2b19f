"""The contract of PictureStore: the record of a picture is written with its announcement."""

from dataclasses import replace

import pytest

from chalicelib.domain.geography import Point
from chalicelib.domain.pictures import Picture, PictureRecord
from chalicelib.services.changes import Change, WriteConflict
from tests.builders import DAY, KRAKOW, NOON, announcement, identifier, picture, ready_picture, refused_picture
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
