"""What the table and the buckets have without the other, and how it is mended once a day."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest

from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.pictures import Picture, PictureState
from chalicelib.domain.stock import Stage
from tests.builders import DAY, announcement, identifier
from tests.household import Household

FORM = timedelta(minutes=15)


def _slot(house: Household) -> str:
    """Give an announcement one more place for a picture."""
    if house.store.get(identifier(1)) is None:
        house.keep(announcement())
        next(house.numbers)
    return house.pictures.place(identifier(1)).id


def _ready(house: Household, data: bytes = b"good") -> str:
    picture_id = _slot(house)
    house.bucket.upload(picture_id, data)
    house.arrivals.arrived(picture_id)
    return picture_id


def _shown(house: Household, picture_id: str) -> Picture:
    record, _announcement = house.pictures.show(picture_id)
    return record.picture


def _a_day_later(house: Household) -> dict[str, int]:
    house.clock.move(DAY + FORM)
    return house.reconcile()


def test_where_nothing_is_wrong_nothing_is_mended(house: Household) -> None:
    for number in range(3):
        _ready(house, b"picture %d" % number)
    before = (house.stored(), dict(house.bucket.originals), dict(house.bucket.renditions))
    assert _a_day_later(house) == {}
    assert (house.stored(), house.bucket.originals, house.bucket.renditions) == before


def test_an_object_without_an_item_is_erased_with_its_backup_and_renditions(house: Household) -> None:
    picture_id = _ready(house)
    house.store.forget_picture(picture_id)
    assert _a_day_later(house) == {"object without an item": 1}
    assert not house.bucket.holds(picture_id)


@pytest.mark.parametrize("place", ["backup", "renditions", "kept_renditions"])
def test_what_was_written_while_its_picture_was_erased_is_erased_too(house: Household, place: str) -> None:
    picture_id = _ready(house)
    left = dict(getattr(house.bucket, place))
    house.announcements.withdraw(identifier(1))
    setattr(house.bucket, place, left)
    assert house.bucket.holds(picture_id)
    assert _a_day_later(house) == {"object without an item": 1}
    assert not house.bucket.holds(picture_id)


def test_an_upload_never_finished_gives_its_place_back_after_a_day(house: Household) -> None:
    picture_id = _slot(house)
    house.clock.move(DAY)
    assert house.reconcile() == {}
    house.clock.move(DAY)
    assert house.reconcile() == {"upload never finished": 1}
    assert house.stored().pictures == ()
    assert house.stored().discarded == ()
    assert house.store.picture(picture_id) is None


def test_an_upload_whose_event_was_lost_wakes_the_function_again(house: Household) -> None:
    picture_id = _slot(house)
    house.bucket.put(picture_id, b"good", "image/jpeg", Description("dog.jpg"))
    assert _a_day_later(house) == {"upload that nobody looked at": 1}
    house.bucket.now = house.clock()
    house.arrivals.arrived(picture_id)  # the copy is an upload like any other
    assert _shown(house, picture_id).state is PictureState.READY
    assert {each.description for each in house.store.versions(picture_id)} == {Description("dog.jpg")}
    house.clock.move(DAY)
    assert house.reconcile() == {}


def test_a_new_version_whose_event_was_lost_wakes_the_function_again(house: Household) -> None:
    picture_id = _ready(house)
    house.bucket.now += timedelta(seconds=1)
    house.versions.update(picture_id, b"new", NOTHING_SAID)
    assert _a_day_later(house) == {"upload that nobody looked at": 1}
    house.arrivals.arrived(picture_id)
    assert _shown(house, picture_id).placeholder == "new"


def test_an_older_version_whose_event_was_lost_gets_its_item(house: Household) -> None:
    picture_id = _slot(house)
    lost = house.bucket.upload(picture_id, b"lost")
    house.bucket.now += timedelta(seconds=1)
    house.bucket.upload(picture_id, b"new")
    house.arrivals.arrived(picture_id)
    assert _a_day_later(house) == {"version without an item": 1}
    assert lost in {each.version for each in house.store.versions(picture_id)}
    assert _shown(house, picture_id).placeholder == "new"


def test_an_upload_that_is_on_its_way_is_let_alone(house: Household) -> None:
    house.clock.move(DAY)
    house.bucket.now = house.clock()
    picture_id = _slot(house)
    house.bucket.upload(picture_id, b"good")
    house.bucket.upload(identifier(900), b"nobody asked for")
    assert house.reconcile() == {}


def test_an_item_without_an_object_gets_it_back_from_the_backup(house: Household) -> None:
    picture_id = _ready(house)
    del house.bucket.originals[picture_id]
    assert _a_day_later(house) == {"item without an object": 1}
    newest = house.bucket.newest(picture_id)
    assert newest
    assert house.bucket.read(picture_id, newest.version) == b"good"


def test_an_object_that_was_deleted_by_hand_is_brought_back(house: Household) -> None:
    picture_id = _ready(house)
    house.bucket.upload(picture_id, None)
    house.bucket.backup.clear()
    assert _a_day_later(house) == {"item without an object": 1}
    assert house.bucket.newest(picture_id)


def test_an_item_without_an_object_anywhere_is_kept_as_long_as_it_is_shown(house: Household) -> None:
    picture_id = _ready(house)
    house.bucket.originals.clear()
    house.bucket.backup.clear()
    assert _a_day_later(house) == {}
    assert house.stored().picture(picture_id)
    house.bucket.renditions.clear()
    house.clock.move(DAY)
    assert house.reconcile() == {"item without an object": 1}
    assert house.stored().pictures == ()
    assert house.store.picture(picture_id) is None


def test_an_item_whose_announcement_vanished_goes_with_it(house: Household) -> None:
    picture_id = _slot(house)
    house.store.announcements.clear()
    assert _a_day_later(house) == {"upload never finished": 1}
    assert house.store.picture(picture_id) is None


def test_a_name_on_the_list_of_which_nothing_is_there_is_struck_off(house: Household) -> None:
    house.store.list_picture(identifier(7))
    assert _a_day_later(house) == {"list of what is not there": 1}
    assert house.store.listing == set()


def test_it_is_done_once_a_day(house: Household) -> None:
    _a_day_later(house)
    house.bucket.upload(identifier(7), b"stray")
    house.bucket.now = house.clock() - 2 * DAY
    assert house.reconcile() == {}
    assert _a_day_later(house) == {"object without an item": 1}


def _with_time_for(pages: int) -> Callable[[], bool]:
    calls: Iterator[int] = count(1)
    return lambda: next(calls) <= pages


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_long_listing_goes_on_where_it_stopped_and_misses_nothing(size: int) -> None:
    house = Household(page=size)
    kept = [_ready(house, b"one"), _ready(house, b"two")]
    for each in kept:
        house.arrivals.arrived(each, house.bucket.upload(each, b"newer"))
    unfinished = [_slot(house) for _ in range(3)]
    strays = [identifier(number) for number in (0, 10, 300, 900)]
    for stray in strays:
        for data in (b"a", b"b"):
            house.bucket.upload(stray, data)
    house.clock.move(DAY + FORM)
    found: dict[str, int] = {}
    runs = 0
    while house.store.reached is None or house.store.reached.stage is not Stage.DONE:
        mended = house.reconciler.run(_with_time_for(1))
        found = {name: found.get(name, 0) + mended[name] for name in {*found, *mended}}
        runs += 1
    assert runs >= 3
    assert found == {"object without an item": len(strays), "upload never finished": len(unfinished)}
    assert set(house.bucket.originals) == set(kept)
    assert [each.id for each in house.stored().pictures] == kept


def test_a_comparison_that_takes_longer_than_a_day_is_finished_first(house: Household) -> None:
    house = Household(page=1)
    for number in range(5):
        house.bucket.upload(identifier(number), b"stray")
    house.clock.move(2 * DAY)
    house.reconciler.run(_with_time_for(2))
    house.clock.move(DAY)
    house.reconciler.run(_with_time_for(1))
    assert len(house.bucket.originals) == 2


def test_one_that_cannot_be_mended_holds_up_no_other_and_is_tried_the_next_day(house: Household) -> None:
    for number in (1, 2, 3):
        house.bucket.upload(identifier(number), b"stray")
    house.bucket.broken = {identifier(2)}
    assert _a_day_later(house)["object without an item"] == 2
    assert set(house.bucket.originals) == {identifier(2)}
    house.bucket.broken = set()
    house.clock.move(DAY)
    assert house.reconcile() == {"object without an item": 1}
