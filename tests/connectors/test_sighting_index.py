"""The contract of SightingIndex: what was seen of a pet, derived from the sightings themselves."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.kinds import Kind
from chalicelib.domain.markers import Marker
from tests.builders import DAY, HOUR, LIFETIME, LONDON, NOON, announcement, identifier, ready_picture
from tests.connectors.conftest import Storage

LOST = identifier(900)


def sighting(number: int = 1, **changes: Any) -> Announcement:
    return announcement(**{"id": identifier(number), "kind": Kind.SIGHTING, "about": LOST} | changes)


def ids(storage: Storage, about: str = LOST, most: int = 20) -> list[str]:
    return [found.announcement_id for found in storage.store.sightings(about, most)]


def test_a_sighting_is_read_as_the_map_shows_it(storage: Storage) -> None:
    seen = sighting(pictures=(ready_picture(),))
    storage.keep(seen)
    assert storage.store.sightings(LOST, 20) == [Marker.of(seen)]


def test_nobody_has_been_seen_yet(storage: Storage) -> None:
    storage.keep(announcement(id=LOST, kind=Kind.LOST))
    assert ids(storage) == []


def test_the_newest_come_first_and_no_more_than_asked_for(storage: Storage) -> None:
    storage.keep(*(sighting(number, event_at=NOON - number * HOUR) for number in (3, 1, 2)))
    assert ids(storage) == [identifier(1), identifier(2), identifier(3)]
    assert ids(storage, most=2) == [identifier(1), identifier(2)]


def test_two_at_the_same_second_are_both_there(storage: Storage) -> None:
    storage.keep(sighting(1), sighting(2))
    assert ids(storage) == [identifier(2), identifier(1)]


@pytest.mark.parametrize(
    "changes", [{"kind": Kind.FOUND}, {"about": None}, {"about": identifier(1)}], ids=["found", "nobody", "itself"]
)
def test_only_a_sighting_of_another_is_shown(storage: Storage, changes: dict[str, Any]) -> None:
    storage.keep(sighting(**changes))
    assert ids(storage) == ids(storage, about=identifier(1)) == []


@pytest.mark.parametrize(
    "leave",
    [
        lambda each: each.withdrawn(NOON),
        lambda each: each.swept(each.expires_at),
        lambda each: each.judged(NOON, hidden=True),
        lambda each: replace(each, about=None),
        lambda each: replace(each, about=identifier(901)),
        lambda each: replace(each, kind=Kind.FOUND),
    ],
    ids=["withdrawn", "expired", "hidden", "about nobody", "about another", "found"],
)
def test_a_sighting_leaves_the_page(storage: Storage, leave: Callable[[Announcement], Announcement]) -> None:
    storage.keep(seen := sighting())
    storage.change(seen, leave(seen))
    assert ids(storage) == []


@pytest.mark.parametrize(
    ("leave", "come_back"),
    [
        (lambda each: each.judged(NOON, hidden=True), lambda each: each.judged(NOON, hidden=False)),
        (lambda each: each.swept(NOON + LIFETIME), lambda each: each.renewed(NOON + LIFETIME + DAY)),
    ],
    ids=["restored", "renewed"],
)
def test_a_sighting_is_back_with_its_marker(
    storage: Storage,
    leave: Callable[[Announcement], Announcement],
    come_back: Callable[[Announcement], Announcement],
) -> None:
    storage.keep(seen := sighting())
    left = storage.change(seen, leave(seen))
    back = storage.change(left, come_back(left))
    assert storage.store.sightings(LOST, 20) == [Marker.of(back)]


def test_a_sighting_at_another_time_is_there_once(storage: Storage) -> None:
    storage.keep(seen := sighting())
    later = storage.change(seen, replace(seen, event_at=seen.event_at + HOUR, place=LONDON))
    assert storage.store.sightings(LOST, 20) == [Marker.of(later)]


def test_sightings_do_not_get_between_an_announcement_and_its_messages(storage: Storage) -> None:
    storage.keep(lost := announcement(id=LOST, kind=Kind.LOST), sighting())
    assert storage.store.get(LOST) == lost
    assert list(storage.store.messages(LOST)) == []
