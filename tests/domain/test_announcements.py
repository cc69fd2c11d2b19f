"""The life of an announcement, held against the design's table of states."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.announcements import (
    CLOCK_TOLERANCE,
    GUEST_MEMORY,
    REUNITED_LIFETIME,
    Announcement,
    Origin,
    check_event_time,
)
from chalicelib.domain.errors import Conflict, Gone, Invalid
from chalicelib.domain.geography import Cell, Point
from chalicelib.domain.kinds import Blur, Kind, Species, Status, lifetimes
from chalicelib.domain.moments import EARLIEST, EventTime
from tests.builders import (
    DAY,
    HOUR,
    KRAKOW,
    LIFETIME,
    MINUTE,
    NOON,
    RESTORABLE,
    announcement,
    identifier,
    in_status,
    picture,
    ready_picture,
    refused_picture,
)
from tests.strategies import points

Act = Callable[[Announcement], object]
SECOND = timedelta(seconds=1)

ACTS: dict[str, Act] = {
    "shown to everybody": lambda each: each.require_public(NOON),
    "shown to its owner": lambda each: each.require_present(NOON),
    "changed": lambda each: each.changed(NOON, title="Red dog"),
    "given a picture": lambda each: each.with_slot(picture(), NOON),
    "renewed": lambda each: each.renewed(NOON),
    "reunited": lambda each: each.reunited(NOON),
    "withdrawn": lambda each: each.withdrawn(NOON),
}
TABLE: dict[Status, dict[str, type[Exception] | None]] = {
    Status.ACTIVE: dict.fromkeys(ACTS),
    Status.REUNITED: dict.fromkeys(ACTS) | {"changed": Conflict, "given a picture": Conflict},
    Status.EXPIRED: dict.fromkeys(ACTS)
    | {"shown to everybody": Gone, "changed": Conflict, "given a picture": Conflict, "reunited": Conflict},
    Status.WITHDRAWN: dict.fromkeys(ACTS, Gone) | {"withdrawn": None},
}
CASES = [(status, act, outcome) for status, row in TABLE.items() for act, outcome in row.items()]


def _attempt(each: Announcement, act: str, outcome: type[Exception] | None) -> object:
    if outcome is None:
        return ACTS[act](each)
    with pytest.raises(outcome) as caught:
        ACTS[act](each)
    return caught.value


@pytest.mark.parametrize(("status", "act", "outcome"), CASES)
def test_each_status_allows_what_the_table_says(status: Status, act: str, outcome: type[Exception] | None) -> None:
    each = in_status(status)
    assert each.status_at(NOON) is status
    _attempt(each, act, outcome)


@pytest.mark.parametrize(("act", "outcome"), TABLE[Status.EXPIRED].items())
@pytest.mark.parametrize("before", [Status.ACTIVE, Status.REUNITED])
def test_the_clock_makes_one_expired_before_the_sweep_comes_by(
    before: Status, act: str, outcome: type[Exception] | None
) -> None:
    _attempt(replace(in_status(before), expires_at=NOON), act, outcome)


@pytest.mark.parametrize(("act", "outcome"), TABLE[Status.WITHDRAWN].items())
@pytest.mark.parametrize("before", [Status.ACTIVE, Status.REUNITED, Status.EXPIRED])
def test_the_clock_makes_one_withdrawn_ninety_days_after_it_expired(
    before: Status, act: str, outcome: type[Exception] | None
) -> None:
    _attempt(replace(in_status(before), expires_at=NOON - RESTORABLE), act, outcome)


def test_of_an_expired_one_everybody_learns_title_and_kind_and_nothing_else() -> None:
    error = _attempt(in_status(Status.EXPIRED), "shown to everybody", Gone)
    assert isinstance(error, Gone)
    assert error.details == {"state": "expired", "kind": "found", "announcement_title": "Brown dog"}


def test_of_a_withdrawn_one_everybody_learns_only_that() -> None:
    error = _attempt(in_status(Status.WITHDRAWN), "shown to everybody", Gone)
    assert isinstance(error, Gone)
    assert error.details == {"state": "withdrawn"}


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.REUNITED, Status.EXPIRED])
def test_a_renewal_puts_it_on_the_map_for_a_whole_lifetime_from_now(status: Status) -> None:
    renewed = in_status(status).renewed(NOON)
    assert renewed.status is Status.ACTIVE
    assert renewed.expires_at == NOON + LIFETIME
    assert renewed.is_on_map(NOON)


def test_good_news_stays_two_weeks() -> None:
    reunited = in_status(Status.ACTIVE).reunited(NOON)
    assert reunited.is_on_map(NOON + REUNITED_LIFETIME - SECOND)
    assert not reunited.is_on_map(NOON + REUNITED_LIFETIME)


def test_good_news_told_again_does_not_stay_longer() -> None:
    reunited = in_status(Status.ACTIVE).reunited(NOON)
    assert reunited.reunited(NOON + DAY) == reunited


@pytest.mark.parametrize(("species", "days"), [(Species.CAT, 180), (Species.DOG, 90), (Species.OTHER, 90)])
def test_a_lifetime_depends_on_the_species(species: Species, days: int) -> None:
    assert announcement(species=species).lifetime == timedelta(days=days)
    assert lifetimes().get(species, lifetimes()["default"]) == days


def test_a_source_may_set_another_lifetime() -> None:
    assert announcement(species=Species.CAT, lives_days=730).lifetime == timedelta(days=730)


def test_it_leaves_the_map_at_the_very_second_it_expires() -> None:
    each = announcement()
    assert each.is_on_map(each.expires_at - SECOND)
    assert each.status_at(each.expires_at) is Status.EXPIRED
    assert each.status_at(each.erased_at - SECOND) is Status.EXPIRED
    assert each.status_at(each.erased_at) is Status.WITHDRAWN


def test_the_sweep_has_to_come_when_it_expires_and_again_when_it_is_erased() -> None:
    each = announcement()
    assert each.due_at == each.expires_at
    assert each.swept(each.expires_at).due_at == each.expires_at + RESTORABLE


def test_a_sweep_that_finds_nothing_due_changes_nothing() -> None:
    each = announcement()
    assert each.swept(NOON) is each
    expired = each.swept(each.expires_at)
    assert expired.status is Status.EXPIRED
    assert expired.swept(each.expires_at) is expired


def test_a_sweep_after_a_long_outage_erases_at_once() -> None:
    each = announcement()
    assert each.swept(each.erased_at).status is Status.WITHDRAWN


def test_a_withdrawn_one_keeps_only_its_id_and_what_is_to_be_erased() -> None:
    origin = Origin("shelter", "A-1", "fingerprint")
    link = "https://example.org/1"
    each = announcement(
        pictures=(ready_picture(),), discarded=("x",), origin=origin, link=link, about=identifier(9), version=7
    )
    tombstone = each.withdrawn(NOON)
    private = (tombstone.title, tombstone.text, tombstone.contact, tombstone.secret_mark, tombstone.link)
    assert private == ("", "", None, None, None)
    assert (tombstone.pictures, tombstone.about, tombstone.lives_days) == ((), None, None)
    assert tombstone.place != KRAKOW
    assert tombstone.discarded == ("x", ready_picture().id)
    assert (tombstone.id, tombstone.version) == (each.id, 7)


def test_pictures_have_faded_when_nobody_was_shown_them_for_as_long_as_it_could_be_renewed() -> None:
    each = announcement(pictures=(ready_picture(),))
    assert not each.withdrawn(each.erased_at - SECOND).faded
    assert each.swept(each.erased_at).faded
    assert each.swept(each.erased_at).withdrawn(each.erased_at + DAY).faded


def test_of_its_source_a_withdrawn_one_keeps_only_who_may_still_be_told() -> None:
    origin = Origin("shelter", "A-1", "a hash of all that was written")
    assert announcement(origin=origin).withdrawn(NOON).origin == Origin("shelter", "", "")


def test_withdrawing_again_changes_nothing() -> None:
    tombstone = announcement().withdrawn(NOON)
    assert tombstone.withdrawn(NOON + DAY) is tombstone


def test_an_announcement_has_at_most_ten_pictures() -> None:
    full = announcement(pictures=tuple(ready_picture(id=identifier(number)) for number in range(10)))
    with pytest.raises(Conflict, match="10 pictures"):
        full.with_slot(picture(), NOON)


def test_a_place_whose_form_expired_unused_is_given_away_when_it_is_needed() -> None:
    shown = tuple(ready_picture(id=identifier(number)) for number in range(9))
    unused = picture(id=identifier(99), form_expires_at=NOON)
    given = announcement(pictures=(*shown, unused)).with_slot(picture(), NOON)
    assert given.pictures == (*shown, picture())
    assert given.discarded == (unused.id,)


def test_a_place_whose_form_expired_unused_is_kept_while_there_is_room() -> None:
    unused = picture(id=identifier(99), form_expires_at=NOON)
    assert announcement(pictures=(unused,)).with_slot(picture(), NOON).pictures == (unused, picture())


def test_a_place_whose_form_is_still_good_is_not_given_away() -> None:
    waiting = tuple(picture(id=identifier(number)) for number in range(10))
    with pytest.raises(Conflict):
        announcement(pictures=waiting).with_slot(picture(), NOON)


def test_the_cover_is_the_first_picture_that_can_be_shown() -> None:
    first, second = ready_picture(id=identifier(3)), ready_picture(id=identifier(4))
    each = announcement(pictures=(picture(), refused_picture(id=identifier(2)), first, second))
    assert each.cover == first
    assert announcement(pictures=(picture(),)).cover is None


def test_pictures_are_ordered_and_those_left_out_follow_as_they_were() -> None:
    first, second, third = (ready_picture(id=identifier(number)) for number in (1, 2, 3))
    ordered = announcement(pictures=(first, second, third)).with_pictures_ordered([third.id])
    assert ordered.pictures == (third, first, second)
    assert ordered.discarded == ()


def test_only_pictures_that_are_named_are_removed() -> None:
    first, second = ready_picture(id=identifier(1)), ready_picture(id=identifier(2))
    each = announcement(pictures=(first, second))
    removed = each.without_pictures([second.id, identifier(9)])
    assert (removed.pictures, removed.discarded) == ((first,), (second.id,))
    assert removed.without_pictures([second.id]) is removed


@pytest.mark.parametrize("wrong", [["a", "a"], ["b"], ["a", "b"]])
def test_pictures_that_it_does_not_have_or_twice_are_refused(wrong: list[str]) -> None:
    with pytest.raises(Invalid, match="pictures"):
        announcement(pictures=(ready_picture(id="a"),)).with_pictures_ordered(wrong)


@given(points(), st.sampled_from(Blur))
def test_the_public_place_is_the_centre_of_a_cell_and_stays_the_same(place: Point, blur: Blur) -> None:
    precision = {Blur.STREET: 7, Blur.AREA: 6}[blur]
    public = announcement(place=place, blur=blur).public_place
    assert public == Cell.named(place.cell(precision)).centre
    assert public == announcement(place=public, blur=blur).public_place
    assert (public.latitude, public.longitude) == (round(public.latitude, 5), round(public.longitude, 5))


@given(points())
def test_all_homes_of_a_cell_have_one_public_place(place: Point) -> None:
    cell = Cell.named(place.cell(7))
    corner = Point(math.nextafter(cell.south, 90), cell.east)
    assert announcement(place=place).public_place == announcement(place=corner).public_place


def test_an_area_hides_more_than_a_street() -> None:
    street, area = (announcement(place=KRAKOW, blur=blur).public_place for blur in (Blur.STREET, Blur.AREA))
    assert street != area
    assert street.cell(6) == area.cell(6)


@pytest.mark.parametrize("late", [timedelta(0), CLOCK_TOLERANCE])
def test_an_event_may_be_as_late_as_a_clock_that_is_ahead(late: timedelta) -> None:
    check_event_time(EventTime(NOON + late), NOON)


def test_an_event_in_the_future_is_refused_by_name() -> None:
    with pytest.raises(Invalid, match="event_at"):
        check_event_time(EventTime(NOON + CLOCK_TOLERANCE + SECOND), NOON)


def test_an_event_of_today_without_a_time_is_accepted_in_the_morning() -> None:
    check_event_time(EventTime.parse("2026-11-20"), NOON - 11 * HOUR)


def test_an_event_of_tomorrow_without_a_time_is_refused_but_for_the_tolerance() -> None:
    tomorrow = EventTime.parse("2026-11-21")
    with pytest.raises(Invalid, match="event_at"):
        check_event_time(tomorrow, NOON)
    check_event_time(tomorrow, datetime(2026, 11, 20, 23, 58, tzinfo=UTC))


def test_an_event_may_be_as_old_as_the_oldest_moment_and_no_older() -> None:
    oldest = NOON - GUEST_MEMORY
    check_event_time(EventTime(oldest), NOON, oldest)
    with pytest.raises(Invalid, match="event_at"):
        check_event_time(EventTime(oldest - SECOND), NOON, oldest)
    with pytest.raises(Invalid, match="event_at"):
        check_event_time(EventTime(EARLIEST - SECOND), NOON)


def test_a_change_keeps_when_it_leaves_the_map() -> None:
    each = announcement(kind=Kind.LOST)
    changed = each.changed(NOON + MINUTE, kind=Kind.FOUND)
    assert (changed.kind, changed.expires_at) == (Kind.FOUND, each.expires_at)
