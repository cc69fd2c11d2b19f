"""The comparison of the table with the buckets, as the deployed sweep does it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.steps import (
    UNKNOWN_ID,
    Remaining,
    add_picture,
    announce,
    nothing_written,
    picture_file,
    picture_objects,
    picture_state,
    post_form,
    request_picture,
    sweep,
    tell_of_upload,
)
from tests.conftest import Homestead


@pytest.fixture(autouse=True)
def the_time_of_the_bucket(homestead: Homestead) -> None:
    """Begin now: S3 in moto's cloud has no other clock."""
    homestead.clock.now = datetime.now(UTC).replace(microsecond=0)


def _two_days_later(homestead: Homestead) -> None:
    homestead.clock.move(timedelta(days=2))
    sweep()


def test_what_is_in_order_is_let_alone(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead))
    _two_days_later(homestead)
    assert picture_state(homestead, slot)["state"] == "ready"
    with nothing_written(homestead):
        sweep()


def test_objects_without_an_item_are_erased(homestead: Homestead) -> None:
    for key in (f"originals/{UNKNOWN_ID}", f"renditions/{UNKNOWN_ID}/4be1-160.webp"):
        homestead.bucket.put_object(Key=key, Body=b"x")
    _two_days_later(homestead)
    assert list(homestead.bucket.object_versions.all()) == []


def test_an_upload_never_finished_loses_its_place(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = request_picture(homestead, owned)
    _two_days_later(homestead)
    assert homestead.client.get(slot.path).status == 404
    assert homestead.client.get(owned.path).json["pictures"] == []


def test_an_upload_whose_event_was_lost_is_shown_after_all(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = request_picture(homestead, owned)
    post_form(slot, picture_file())
    _two_days_later(homestead)
    tell_of_upload(slot)  # of the copy, which is an upload like any other
    assert picture_state(homestead, slot)["state"] == "ready"


def test_an_original_that_was_deleted_by_hand_is_brought_back(homestead: Homestead) -> None:
    slot = add_picture(homestead, announce(homestead))
    homestead.bucket.Object(f"originals/{slot.id}").delete()
    _two_days_later(homestead)
    assert homestead.bucket.Object(f"originals/{slot.id}").get()["Body"].read() == picture_file()


def test_a_picture_of_which_nothing_is_left_goes(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    homestead.bucket.object_versions.all().delete()
    _two_days_later(homestead)
    assert homestead.client.get(owned.path).json["pictures"] == []
    assert picture_objects(homestead, slot) == []


def test_without_time_it_is_left_to_the_next_sweep(homestead: Homestead) -> None:
    homestead.bucket.put_object(Key=f"originals/{UNKNOWN_ID}", Body=b"x")
    homestead.clock.move(timedelta(days=2))
    sweep(Remaining(timedelta(seconds=5)))
    assert len(list(homestead.bucket.object_versions.all())) == 1
    sweep()
    assert list(homestead.bucket.object_versions.all()) == []
