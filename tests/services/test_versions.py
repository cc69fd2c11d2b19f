"""Versions of a picture when much happens at once: none is lost, one is current, none comes back from the dead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.errors import Conflict, Invalid, NotFound, UnsupportedMediaType
from chalicelib.domain.pictures import Picture, PictureState
from chalicelib.domain.versions import MAX_VERSIONS
from tests.builders import MINUTE, NOON, announcement, identifier, rendered
from tests.household import Household, conflict

SECOND = timedelta(seconds=1)


def _sent(house: Household, data: bytes = b"first") -> str:
    """Announce, send a picture and let its event come; gives its id."""
    house.keep(announcement())
    next(house.numbers)
    version = house.versions.add(identifier(1), data, NOTHING_SAID)
    house.arrivals.arrived(version.picture_id, version.version)
    return version.picture_id


def _update(house: Household, picture_id: str, data: bytes) -> str:
    return house.versions.update(picture_id, data, NOTHING_SAID).version


def _shown(house: Household, picture_id: str) -> Picture:
    record, _announcement = house.pictures.show(picture_id)
    return record.picture


def _current(house: Household, picture_id: str) -> str:
    current = house.versions.history(picture_id).current
    assert current
    return current.version


@pytest.mark.parametrize("passed", [timedelta(0), SECOND], ids=["in the same second", "a second later"])
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_updates_whose_events_come_in_any_order_are_all_kept(
    house: Household, order: tuple[int, ...], passed: timedelta
) -> None:
    picture_id = _sent(house)
    versions = []
    for number in range(3):
        house.bucket.now += passed
        versions.append(_update(house, picture_id, b"update %d" % number))
    for number in order:
        house.arrivals.arrived(picture_id, versions[number])
    history = house.versions.history(picture_id)
    assert {each.version for each in history.versions} > set(versions)
    assert len(history.versions) == 4
    assert history.versions[0].version == _current(house, picture_id) == versions[-1]
    assert _shown(house, picture_id).placeholder == "update 2"


@pytest.mark.parametrize("passed", [timedelta(0), SECOND], ids=["in the same second", "a second later"])
def test_an_update_while_another_is_rendered_wins_and_both_are_there(house: Household, passed: timedelta) -> None:
    picture_id = _sent(house)
    first = _update(house, picture_id, b"one")
    second: list[str] = []

    def another() -> None:
        house.bucket.now += passed
        second.append(_update(house, picture_id, b"two"))
        house.arrivals.arrived(picture_id, second[0])

    house.bucket.meanwhile(another)
    house.arrivals.arrived(picture_id, first)
    assert _shown(house, picture_id).placeholder == "two"
    states = {each.version: each.state for each in house.versions.history(picture_id).versions}
    assert (states[first], states[second[0]]) == (PictureState.READY, PictureState.READY)
    assert _current(house, picture_id) == second[0]


def test_a_result_that_loses_against_a_newer_one_is_still_a_version_that_can_be_seen(house: Household) -> None:
    picture_id = _sent(house)
    old = _update(house, picture_id, b"old")

    def newer() -> None:
        house.bucket.now += SECOND
        house.arrivals.arrived(picture_id, _update(house, picture_id, b"new"))

    house.meanwhile(newer)
    house.arrivals.arrived(picture_id, old)
    version = house.versions.history(picture_id).version(old)
    assert version
    assert version.key
    assert _shown(house, picture_id).placeholder == "new"


def test_an_update_whose_event_came_first_is_noted_once_and_keeps_its_result(house: Household) -> None:
    picture_id = _sent(house)
    version = house.bucket.put(picture_id, b"new", "image/jpeg", NOTHING_SAID)
    house.arrivals.arrived(picture_id, version)
    house.store.note_version(replace(house.versions.history(picture_id).versions[0], state=PictureState.WAITING))
    history = house.versions.history(picture_id)
    assert [each.state for each in history.versions] == [PictureState.READY] * 2


def test_a_version_that_came_by_an_event_alone_has_what_was_said_of_it(house: Household) -> None:
    picture_id = _sent(house)
    said = Description("dog.jpg", "Ada", "dog", "By the park")
    house.bucket.put(picture_id, b"new", "image/jpeg", said)
    house.arrivals.arrived(picture_id)
    assert said in {each.description for each in house.versions.history(picture_id).versions}


def test_a_turn_keeps_the_bytes_and_adds_up(house: Household) -> None:
    picture_id = _sent(house)
    for turns, total in ((1, " turned 1"), (2, " turned 3"), (1, "")):
        house.arrivals.arrived(picture_id, house.versions.rotate(picture_id, turns).version)
        assert _shown(house, picture_id).placeholder == f"first{total}"
    assert {data for _upload, data in house.bucket.originals[picture_id]} == {b"first"}


def test_a_turn_has_renditions_of_its_own(house: Household) -> None:
    picture_id = _sent(house)
    upright = _shown(house, picture_id).digest
    house.arrivals.arrived(picture_id, house.versions.rotate(picture_id, 1).version)
    assert _shown(house, picture_id).digest != upright
    assert len(house.bucket.renditions) == 8


def test_what_is_turned_is_what_is_shown_when_the_newest_was_refused(house: Household) -> None:
    picture_id = _sent(house)
    house.bucket.now += SECOND
    bad = _update(house, picture_id, b"bad")
    house.arrivals.arrived(picture_id, bad)
    assert house.versions.history(picture_id).newest_refusal == "It is not a picture."
    house.bucket.now += SECOND
    house.arrivals.arrived(picture_id, house.versions.rotate(picture_id, 1).version)
    assert _shown(house, picture_id).placeholder == "first turned 1"
    assert house.versions.history(picture_id).newest_refusal is None


def test_a_version_that_only_the_backup_has_is_restored(house: Household) -> None:
    picture_id = _sent(house)
    first = _current(house, picture_id)
    house.bucket.now += SECOND
    house.arrivals.arrived(picture_id, _update(house, picture_id, b"second"))
    house.bucket.expire(picture_id)
    house.bucket.now += SECOND
    restored = house.versions.restore(picture_id, first).version
    house.arrivals.arrived(picture_id, restored)
    assert _shown(house, picture_id).placeholder == "first"
    assert _current(house, picture_id) == restored


def test_a_version_that_is_nowhere_any_more_is_not_found(house: Household) -> None:
    picture_id = _sent(house)
    first = _current(house, picture_id)
    _update(house, picture_id, b"second")
    house.bucket.expire(picture_id)
    house.bucket.backup.clear()
    with pytest.raises(NotFound):
        house.versions.restore(picture_id, first)
    with pytest.raises(NotFound):
        house.versions.restore(picture_id, "a version of another picture")


def test_what_is_no_picture_gets_no_place(house: Household) -> None:
    house.keep(announcement())
    with pytest.raises(UnsupportedMediaType):
        house.versions.add(identifier(1), b"text named .jpg", NOTHING_SAID)
    with pytest.raises(Invalid):
        house.versions.add(identifier(1), b"good", Description(caption="🐕" * 500))
    with pytest.raises(Invalid):
        house.pictures.request(identifier(1), "image/jpeg", Description(caption="🐕" * 500))
    assert house.stored().pictures == ()
    assert house.bucket.originals == {}


def test_an_update_of_a_picture_that_is_erased_meanwhile_leaves_nothing(house: Household) -> None:
    picture_id = _sent(house)
    house.bucket.before_put = lambda: house.announcements.withdraw(identifier(1))
    version = house.versions.update(picture_id, b"late", NOTHING_SAID)
    assert house.store.versions(picture_id) == []
    house.arrivals.arrived(picture_id, version.version)
    assert not house.bucket.holds(picture_id)


def test_a_function_that_dies_on_a_new_version_leaves_the_last_one_shown_and_says_so(house: Household) -> None:
    picture_id = _sent(house)
    first = _current(house, picture_id)
    house.bucket.now += SECOND
    _update(house, picture_id, b"heavy")
    house.arrivals.failed(picture_id)
    assert _current(house, picture_id) == first
    assert house.versions.history(picture_id).newest_refusal
    assert _shown(house, picture_id).placeholder == "first"


def test_a_failure_that_is_told_after_the_success_changes_no_version(house: Household) -> None:
    picture_id = _sent(house)
    before = house.versions.history(picture_id)
    house.arrivals.failed(picture_id)
    assert house.versions.history(picture_id) == before


def test_a_form_for_a_new_version_lets_a_picture_wait_that_has_none(house: Household) -> None:
    house.keep(announcement())
    next(house.numbers)
    picture, _form = house.pictures.request(identifier(1), "image/jpeg")
    house.clock.move(20 * MINUTE)
    house.meanwhile(conflict)
    form = house.versions.form(picture.id, "image/png", Description("dog.png"))
    assert form.expires_at == NOON + 35 * MINUTE
    assert not _shown(house, picture.id).is_unused(house.clock())
    assert house.stored().pictures == (_shown(house, picture.id),)


def test_a_form_for_a_picture_that_is_shown_changes_nothing_yet(house: Household) -> None:
    picture_id = _sent(house)
    before = house.stored()
    house.versions.form(picture_id, "image/png", NOTHING_SAID)
    assert house.stored() == before


def test_a_picture_that_waits_cannot_be_turned(house: Household) -> None:
    house.keep(announcement())
    next(house.numbers)
    picture, _form = house.pictures.request(identifier(1), "image/jpeg")
    with pytest.raises(Conflict):
        house.versions.rotate(picture.id, 1)


def test_the_fingerprint_of_what_is_shown_is_the_one_that_is_kept(house: Household) -> None:
    picture_id = _sent(house)
    assert _shown(house, picture_id).fingerprint == rendered().fingerprint


def test_a_picture_from_before_there_were_notes_of_versions_has_its_newest_and_can_be_turned(house: Household) -> None:
    picture_id = _sent(house)
    house.store.sent.clear()
    [version] = house.versions.history(picture_id).versions
    assert version.key == f"renditions/{picture_id}/{_shown(house, picture_id).digest}-1600.webp"
    house.arrivals.arrived(picture_id, house.versions.rotate(picture_id, 1).version)
    assert _shown(house, picture_id).placeholder == "first turned 1"


def test_an_upload_whose_event_is_on_its_way_is_listed_already(house: Household) -> None:
    picture_id = _sent(house)
    house.bucket.now += SECOND
    version = house.bucket.upload(picture_id, b"by a form")
    assert _current(house, picture_id) == version
    assert house.versions.history(picture_id).versions[0].key is None


def test_a_picture_that_was_changed_very_often_is_changed_no_more(house: Household) -> None:
    picture_id = _sent(house)
    for number in range(MAX_VERSIONS - 1):
        _update(house, picture_id, b"%d" % number)
    kept = len(house.versions.history(picture_id).versions)
    changes: list[Callable[[], object]] = [
        lambda: _update(house, picture_id, b"one more"),
        lambda: house.versions.rotate(picture_id, 1),
        lambda: house.versions.restore(picture_id, _current(house, picture_id)),
        lambda: house.versions.form(picture_id, "image/jpeg", NOTHING_SAID),
    ]
    for change in changes:
        with pytest.raises(Conflict, match="100 versions"):
            change()
    assert len(house.versions.history(picture_id).versions) == kept == MAX_VERSIONS
