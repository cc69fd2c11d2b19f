"""Pictures on their way: events come twice, out of order, too late; functions die; people send anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.kinds import Status
from chalicelib.domain.markers import Marker
from chalicelib.domain.pictures import (
    MAX_PICTURE_BYTES,
    UPLOAD_LIFETIME,
    Picture,
    PictureState,
    RenderedPicture,
    Rendition,
)
from tests.builders import DAY, LIFETIME, MINUTE, NOON, announcement, identifier
from tests.household import Household

SECOND = timedelta(seconds=1)


def _request(house: Household) -> str:
    """Announce, ask for a place for a picture and give its id."""
    if house.store.get(identifier(1)) is None:
        house.keep(announcement())
        next(house.numbers)
    picture, _form = house.pictures.request(identifier(1), "image/jpeg")
    return picture.id


def _picture(house: Household, picture_id: str) -> Picture:
    shown, _announcement = house.pictures.show(picture_id)
    record = house.store.picture(picture_id)
    assert record == shown
    return shown.picture


def _marker(house: Household) -> Marker:
    [marker] = house.on_map()
    return marker


def test_a_requested_picture_waits_for_its_bytes(house: Household) -> None:
    house.keep(announcement())
    picture, form = house.pictures.request(identifier(1), "image/png")
    assert form.fields["key"] == f"originals/{picture.id}"
    assert form.expires_at == NOON + UPLOAD_LIFETIME
    assert _picture(house, picture.id).state is PictureState.WAITING
    assert house.stored().pictures == (picture,)


def test_the_eleventh_picture_is_refused_and_leaves_no_record(house: Household) -> None:
    pictures = [_request(house) for _ in range(10)]
    with pytest.raises(Conflict):
        _request(house)
    assert house.store.records.keys() == set(pictures)


def test_a_place_whose_form_expired_unused_is_free_again(house: Household) -> None:
    pictures = [_request(house) for _ in range(10)]
    house.clock.move(UPLOAD_LIFETIME)
    assert _request(house)
    assert len(house.stored().pictures) == 10
    house.sweep()
    assert house.store.picture(pictures[0]) is None
    assert house.stored().discarded == ()


def test_an_upload_to_a_place_that_was_given_away_is_removed(house: Household) -> None:
    late, *_others = [_request(house) for _ in range(10)]
    house.clock.move(UPLOAD_LIFETIME)
    _request(house)
    house.bucket.upload(late, b"good")
    house.arrivals.arrived(late)
    assert not house.bucket.holds(late)
    assert house.renderings == []


def test_a_picture_that_arrives_is_on_the_map(house: Household) -> None:
    picture_id = _request(house)
    version = house.bucket.upload(picture_id, b"good")
    house.arrivals.arrived(picture_id)
    picture = _picture(house, picture_id)
    assert (picture.state, picture.version) == (PictureState.READY, version)
    assert _marker(house).thumbnail == picture.key_of(Rendition.THUMBNAIL)
    assert _marker(house).placeholder == "good"
    assert {picture.key_of(size) for size in Rendition} | {picture.preview_key} == house.bucket.renditions.keys()


def test_an_event_that_comes_twice_makes_renditions_once(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.arrivals.arrived(picture_id)
    before = house.stored()
    house.arrivals.arrived(picture_id)
    assert house.renderings == [b"good"]
    assert house.stored() == before


def test_the_newest_version_wins_whatever_the_order_of_the_events(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"old")
    house.bucket.now += SECOND
    newest = house.bucket.upload(picture_id, b"new")
    house.arrivals.arrived(picture_id)
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).version == newest
    assert house.renderings == [b"new"]


@pytest.mark.parametrize("passed", [timedelta(0), SECOND], ids=["in the same second", "a second later"])
def test_a_version_that_comes_while_an_older_one_is_rendered_wins(house: Household, passed: timedelta) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"old")

    def another_arrives() -> None:
        house.bucket.now += passed
        house.bucket.upload(picture_id, b"new")
        house.arrivals.arrived(picture_id)

    house.bucket.meanwhile(another_arrives)
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).placeholder == "new"
    assert _marker(house).placeholder == "new"


def test_a_version_whose_event_was_lost_is_found_by_the_one_before(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"old")
    house.bucket.meanwhile(lambda: house.bucket.upload(picture_id, b"new"))
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).placeholder == "new"


def test_bytes_that_are_no_picture_are_refused_with_the_reason(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"bad")
    house.arrivals.arrived(picture_id)
    picture = _picture(house, picture_id)
    assert (picture.state, picture.reason) == (PictureState.REFUSED, "It is not a picture.")
    assert house.bucket.renditions == {}
    assert _marker(house).thumbnail is None


def test_a_good_picture_after_a_bad_one_is_shown(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"bad")
    house.arrivals.arrived(picture_id)
    house.bucket.upload(picture_id, b"good")
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).state is PictureState.READY


def test_a_bad_picture_after_a_good_one_leaves_the_good_one_shown(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.arrivals.arrived(picture_id)
    shown = _picture(house, picture_id)
    house.bucket.upload(picture_id, b"bad")
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id) == shown


def test_bytes_over_the_limit_are_refused_without_being_downloaded(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good", size=MAX_PICTURE_BYTES + 1)
    house.arrivals.arrived(picture_id)
    assert "40 MB" in (_picture(house, picture_id).reason or "")
    assert house.bucket.read_versions == []


def test_bytes_just_at_the_limit_are_taken(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good", size=MAX_PICTURE_BYTES)
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).state is PictureState.READY


def test_an_upload_for_an_announcement_that_was_withdrawn_is_removed(house: Household) -> None:
    picture_id = _request(house)
    house.announcements.withdraw(identifier(1))
    house.bucket.upload(picture_id, b"good")
    house.arrivals.arrived(picture_id)
    assert not house.bucket.holds(picture_id)
    assert house.renderings == []


def test_an_upload_for_an_announcement_that_vanished_is_removed(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.store.announcements.clear()
    house.arrivals.arrived(picture_id)
    assert not house.bucket.holds(picture_id)
    assert house.store.picture(picture_id) is None


def test_an_upload_that_nobody_asked_for_is_removed(house: Household) -> None:
    house.bucket.upload(identifier(9), b"good")
    house.arrivals.arrived(identifier(9))
    assert not house.bucket.holds(identifier(9))


def test_an_announcement_that_is_withdrawn_while_its_picture_is_rendered_leaves_nothing(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.meanwhile(lambda: house.announcements.withdraw(identifier(1)))
    house.arrivals.arrived(picture_id)
    assert not house.bucket.holds(picture_id)
    assert house.store.picture(picture_id) is None


def test_an_announcement_that_vanishes_while_its_picture_is_rendered_leaves_nothing(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.meanwhile(house.store.announcements.clear)
    house.arrivals.arrived(picture_id)
    assert not house.bucket.holds(picture_id)
    assert house.store.picture(picture_id) is None


def test_a_picture_that_is_dropped_while_it_is_rendered_leaves_nothing(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.meanwhile(lambda: house.announcements.change(identifier(1), {}, None, removed=[picture_id]))
    house.arrivals.arrived(picture_id)
    assert not house.bucket.holds(picture_id)
    assert house.stored().pictures == ()


@pytest.mark.parametrize(
    "act",
    [
        lambda house: house.announcements.withdraw(identifier(1)),
        lambda house: house.announcements.change(identifier(1), {}, None, removed=[house.stored().pictures[0].id]),
        lambda house: house.store.announcements.clear(),
    ],
    ids=["withdrawn", "dropped", "vanished"],
)
def test_renditions_that_come_after_everything_was_erased_are_removed(
    house: Household, act: Callable[[Household], object]
) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")

    def render(data: bytes, _turns: int) -> RenderedPicture:
        act(house)
        return house.render(data)

    replace(house.arrivals, render=render).arrived(picture_id)
    assert not house.bucket.holds(picture_id)
    assert house.store.picture(picture_id) is None


def test_an_event_for_an_object_that_is_gone_does_nothing(house: Household) -> None:
    picture_id = _request(house)
    house.arrivals.arrived(picture_id)
    house.bucket.upload(picture_id, b"good")
    house.bucket.upload(picture_id, None)
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).state is PictureState.WAITING


def test_an_object_that_goes_while_it_is_read_leaves_the_picture_as_it_was(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.bucket.meanwhile(house.bucket.originals.clear)
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).state is PictureState.WAITING
    assert house.renderings == []


def test_a_picture_whose_function_died_is_refused_with_a_reason(house: Household) -> None:
    picture_id = _request(house)
    house.arrivals.failed(picture_id)
    picture = _picture(house, picture_id)
    assert picture.state is PictureState.REFUSED
    assert picture.reason


def test_a_failure_that_is_told_late_or_twice_changes_nothing(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.arrivals.arrived(picture_id)
    before = house.stored()
    house.arrivals.failed(picture_id)
    house.arrivals.failed(picture_id)
    assert house.stored() == before


def test_a_failure_that_races_a_success_loses(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.meanwhile(lambda: house.arrivals.arrived(picture_id))
    house.arrivals.failed(picture_id)
    assert _picture(house, picture_id).state is PictureState.READY


def test_a_failure_that_races_a_refusal_leaves_the_better_reason(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"bad")
    house.meanwhile(lambda: house.arrivals.arrived(picture_id))
    house.arrivals.failed(picture_id)
    assert _picture(house, picture_id).reason == "It is not a picture."


def test_a_failure_of_a_picture_that_nobody_knows_is_nothing(house: Household) -> None:
    house.arrivals.failed(identifier(9))
    assert house.store.commits == []


def test_a_failed_picture_that_succeeds_later_is_shown(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.arrivals.failed(picture_id)
    house.arrivals.arrived(picture_id)
    assert _picture(house, picture_id).state is PictureState.READY


def test_ten_pictures_that_become_ready_at_once_are_all_shown(house: Household) -> None:
    pictures = [_request(house) for _ in range(10)]
    for number, picture_id in enumerate(pictures):
        house.bucket.upload(picture_id, f"picture {number}".encode())

    def arrive(remaining: list[str]) -> None:
        if remaining:
            house.meanwhile(lambda: arrive(remaining[1:]))
            house.arrivals.arrived(remaining[0])

    arrive(pictures)
    assert [picture.placeholder for picture in house.stored().pictures] == [f"picture {n}" for n in range(10)]


def test_what_the_camera_noted_is_kept_with_the_record_and_never_shown(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    noted = replace(house.render(b"good"), taken_at=NOON - DAY)
    replace(house.arrivals, render=lambda *_sent: noted).arrived(picture_id)
    record = house.store.picture(picture_id)
    assert record
    assert record.taken_at == NOON - DAY
    assert "taken_at" not in repr(house.stored())


def test_a_picture_of_an_expired_announcement_is_still_made(house: Household) -> None:
    picture_id = _request(house)
    house.bucket.upload(picture_id, b"good")
    house.clock.move(LIFETIME)
    house.sweep()
    house.arrivals.arrived(picture_id)
    assert house.stored().status is Status.EXPIRED
    assert _picture(house, picture_id).state is PictureState.READY


@pytest.mark.parametrize("picture_id", ["", identifier(9)])
def test_a_picture_that_nobody_knows_is_not_found(house: Household, picture_id: str) -> None:
    with pytest.raises(NotFound):
        house.pictures.show(picture_id)


def test_a_picture_of_a_withdrawn_announcement_is_not_found(house: Household) -> None:
    picture_id = _request(house)
    house.announcements.withdraw(identifier(1))
    with pytest.raises(NotFound):
        house.pictures.show(picture_id)


def test_a_place_is_asked_for_once_even_when_the_write_is_repeated(house: Household) -> None:
    house.keep(announcement())
    house.meanwhile(lambda: house.announcements.change(identifier(1), {"title": "Red dog"}, None))
    house.pictures.request(identifier(1), "image/jpeg")
    assert len(house.stored().pictures) == 1
    assert house.clock.now < house.stored().pictures[0].form_expires_at - 14 * MINUTE
