"""From a viewport to what the map shows: complete, newest first, page by page, with few reads."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import Cell, Point, Rectangle
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.moments import Window, month_of, to_second
from chalicelib.services.paging import MAP_SHARDS, MAX_PARALLEL_READS, MAX_ROUNDS, Pages, shard_of
from tests.builders import DAY, FIJI, HOUR, KRAKOW, LIFETIME, LONDON, NOON, announcement, identifier
from tests.conftest import Clock
from tests.fakes import MemoryMarkers, MemoryStore
from tests.household import Household, all_pages

SECOND = timedelta(seconds=1)
STREETS = Rectangle(19.93, 50.05, 19.95, 50.07)  # cells of 6 characters
TOWN = Rectangle(19.85, 50.0, 20.05, 50.1)  # of 5
COUNTRY = Rectangle(18.0, 49.0, 22.0, 52.0)  # of 3
SCALES = {"streets": STREETS, "town": TOWN, "country": COUNTRY, "world": WORLD}
OVER_ANTIMERIDIAN = Rectangle(179.9, -16.9, -179.9, -16.7)
NORTH_POLE = Rectangle(-180.0, 89.0, 180.0, 90.0)


def _around(rectangle: Rectangle) -> st.SearchStrategy[Point]:
    """Give points in a rectangle and a little outside."""
    height = (rectangle.north - rectangle.south) * 1.2
    return st.builds(
        lambda across, up: Point(
            min(90.0, rectangle.south + up * height),
            _turned(rectangle.west + across * 1.2 * ((rectangle.east - rectangle.west) % 360 or 360)),
        ),
        st.floats(0, 1),
        st.floats(0, 1),
    )


def _turned(longitude: float) -> float:
    return longitude - 360.0 if longitude > 180.0 else longitude


@st.composite
def _announcements(draw: st.DrawFn, rectangle: Rectangle) -> list[Announcement]:
    """Give announcements of a few months, several at one spot and several at one second."""
    spots = draw(st.lists(_around(rectangle), min_size=1, max_size=6))
    seconds = st.sampled_from([0, 1, 3600, 86_400 * 5, 86_400 * 20, 86_400 * 21, 86_400 * 70])
    made = st.tuples(st.sampled_from(spots), seconds, st.sampled_from(Kind), st.sampled_from([LIFETIME, -SECOND]))
    return [
        announcement(
            id=identifier(number), place=place, event_at=NOON - age * SECOND, kind=kind, expires_at=NOON + lifetime
        )
        for number, (place, age, kind, lifetime) in enumerate(draw(st.lists(made, max_size=30)))
    ]


def _viewports_over(announcements: list[Announcement], biggest_answer: int = 1000) -> tuple[Pages, MemoryMarkers]:
    store = MemoryStore(
        announcements={each.id: each for each in announcements},
        months={month_of(each.event_at) for each in announcements},
    )
    markers = MemoryMarkers(store, biggest_answer)
    return Pages(markers, Clock()), markers


def _expected(announcements: list[Announcement], viewport: Viewport) -> list[Marker]:
    markers = [found for found in map(Marker.of, announcements) if found and found.expires_at > NOON]
    inside = [found for found in markers if found in viewport]
    return sorted(inside, key=lambda found: (found.event_at, found.announcement_id), reverse=True)


@pytest.mark.parametrize(
    "rectangle", [*SCALES.values(), OVER_ANTIMERIDIAN, NORTH_POLE], ids=[*SCALES, "antimeridian", "north pole"]
)
@settings(max_examples=80)
@given(data=st.data(), limit=st.integers(1, 5), biggest_answer=st.integers(1, 4))
def test_the_pages_of_a_view_together_are_all_that_it_asks_for_in_order(
    rectangle: Rectangle, data: st.DataObject, limit: int, biggest_answer: int
) -> None:
    announcements = data.draw(_announcements(rectangle))
    ends = st.none() | st.sampled_from([NOON, NOON - 5 * DAY, NOON - 20 * DAY, NOON - 21 * DAY + SECOND])
    start, end = data.draw(ends), data.draw(ends)
    window = Window(start, end) if start is None or end is None or start <= end else Window(end, start)
    kinds = data.draw(st.sampled_from([frozenset[Kind](), frozenset({Kind.LOST})]))
    viewport = Viewport(rectangle, window, kinds)
    viewports, markers = _viewports_over(announcements, biggest_answer)
    assert list(all_pages(viewports, viewport, limit)) == _expected(announcements, viewport)
    assert max(markers.rounds, default=0) <= MAX_PARALLEL_READS


@pytest.mark.parametrize(
    ("rectangle", "partitions"), [(STREETS, 12), (TOWN, 15), (COUNTRY, 15), (WORLD, MAP_SHARDS)], ids=SCALES.keys()
)
def test_each_scale_of_a_view_is_answered_by_few_reads_in_one_round(rectangle: Rectangle, partitions: int) -> None:
    viewports, markers = _viewports_over([announcement()])
    assert len(viewports.page(Viewport(rectangle), 10).markers) == 1
    assert len(markers.rounds) == 1
    assert markers.rounds[0] <= MAX_PARALLEL_READS
    assert abs(markers.rounds[0] - partitions) <= 9


def test_a_page_holds_the_newest_and_says_where_the_next_one_begins() -> None:
    announcements = [announcement(id=identifier(number), event_at=NOON - number * HOUR) for number in range(5)]
    viewports, _markers = _viewports_over(announcements)
    first = viewports.page(Viewport(WORLD), 3)
    assert [marker.announcement_id for marker in first.markers] == [identifier(number) for number in (0, 1, 2)]
    second = viewports.page(Viewport(WORLD), 3, first.below)
    assert [marker.announcement_id for marker in second.markers] == [identifier(3), identifier(4)]
    assert second.below is None


def test_a_page_that_holds_exactly_all_has_no_next_one() -> None:
    viewports, _markers = _viewports_over([announcement(id=identifier(number)) for number in range(3)])
    assert viewports.page(Viewport(STREETS), 3).below is None


def test_a_page_that_would_cost_too_many_reads_ends_early_and_leads_on() -> None:
    lost_in_a_haystack = announcement(kind=Kind.LOST, event_at=NOON - 40 * DAY)
    haystack = [announcement(id=identifier(number), event_at=NOON - number * HOUR) for number in range(10, 200)]
    viewports, markers = _viewports_over([lost_in_a_haystack, *haystack], biggest_answer=2)
    viewport = Viewport(STREETS, kinds=frozenset({Kind.LOST}))
    page = viewports.page(viewport, 10)
    assert len(markers.rounds) == MAX_ROUNDS
    assert page.markers == []
    assert page.below
    assert [marker.announcement_id for marker in all_pages(viewports, viewport)] == [lost_in_a_haystack.id]


def test_many_years_of_months_are_read_newest_first_and_at_most_24_at_a_time() -> None:
    months = [datetime(year, month, 15, tzinfo=UTC) for year in range(2001, 2027) for month in range(1, 12)]
    announcements = [announcement(id=identifier(number), event_at=month) for number, month in enumerate(months)]
    viewports, markers = _viewports_over(announcements)
    newest = viewports.page(Viewport(WORLD), 5)
    assert [marker.event_at.year for marker in newest.markers] == [2026] * 5
    assert sum(markers.rounds) <= 3 * MAX_PARALLEL_READS
    assert list(all_pages(viewports, Viewport(WORLD), 50)) == _expected(announcements, Viewport(WORLD))
    assert max(markers.rounds) == MAX_PARALLEL_READS


@pytest.mark.parametrize("length", [7, 30], ids=["a week", "thirty days"])
def test_a_window_of_days_holds_the_newest_month_on_every_day_of_the_year(length: int) -> None:
    days = [datetime(2026, 1, 1, 12, tzinfo=UTC) + number * DAY for number in range(365)]
    announcements = [announcement(id=identifier(number), event_at=day) for number, day in enumerate(days)]
    viewports, _markers = _viewports_over(announcements)
    for number in range(length, 365):
        window = Window(days[number - length], days[number])
        found = viewports.page(Viewport(WORLD, window), 100).markers
        assert [marker.event_at for marker in found] == days[number - length : number + 1][::-1]


@pytest.mark.parametrize("centre", [LONDON, FIJI], ids=["London", "Fiji"])
@pytest.mark.parametrize("size", [0.02, 0.2, 4.0])
def test_where_cells_have_no_common_prefix_no_whole_months_are_read(centre: Point, size: float) -> None:
    east = _turned(centre.longitude + size / 2)
    view = Rectangle(centre.longitude - size / 2, centre.latitude - size / 2, east, centre.latitude + size / 2)
    here, elsewhere = announcement(place=centre), announcement(id=identifier(2), place=KRAKOW)
    viewports, markers = _viewports_over([here, elsewhere])
    assert [marker.announcement_id for marker in viewports.page(Viewport(view), 10).markers] == [here.id]
    assert markers.rounds[0] > 1
    assert len(markers.rounds) == 1


def test_an_announcement_on_the_border_of_cells_is_found_by_views_on_either_side() -> None:
    public = announcement().public_place
    west = Rectangle(public.longitude - 0.01, public.latitude - 0.01, public.longitude, public.latitude)
    east = Rectangle(public.longitude, public.latitude, public.longitude + 0.01, public.latitude + 0.01)
    viewports, _markers = _viewports_over([announcement()])
    assert all(len(viewports.page(Viewport(view), 10).markers) == 1 for view in (west, east))


def test_a_view_without_size_finds_what_is_at_its_point() -> None:
    public = announcement().public_place
    dot = Rectangle(public.longitude, public.latitude, public.longitude, public.latitude)
    viewports, _markers = _viewports_over([announcement()])
    assert len(viewports.page(Viewport(dot), 10).markers) == 1


def test_what_is_past_its_time_but_not_yet_swept_is_not_shown(house: Household) -> None:
    house.keep(announcement())
    house.clock.now = house.stored().expires_at - SECOND
    assert len(house.on_map()) == 1
    house.clock.move(SECOND)
    assert house.on_map() == []


def test_a_fraction_of_a_second_past_its_time_is_past_its_time(house: Household) -> None:
    house.keep(announcement())
    house.clock.now = house.stored().expires_at + timedelta(microseconds=1)
    assert house.on_map() == []
    assert to_second(house.clock.now) == house.stored().expires_at


def test_what_is_announced_between_two_pages_does_not_disturb_the_older_ones(house: Household) -> None:
    house.keep(*(announcement(id=identifier(number), event_at=NOON - number * HOUR) for number in range(1, 7)))
    first = house.viewports.page(Viewport(WORLD), 3)
    house.keep(announcement(id=identifier(9), event_at=NOON - SECOND))
    second = house.viewports.page(Viewport(WORLD), 3, first.below)
    assert [marker.announcement_id for marker in second.markers] == [identifier(number) for number in (4, 5, 6)]


def test_species_are_filtered() -> None:
    viewports, _markers = _viewports_over([announcement(), announcement(id=identifier(2), species=Species.CAT)])
    found = viewports.page(Viewport(WORLD, species=frozenset({Species.CAT})), 10).markers
    assert [marker.announcement_id for marker in found] == [identifier(2)]


def test_an_announcement_keeps_its_shard_for_ever() -> None:
    assert [shard_of(identifier(number)) for number in range(6)] == [6, 4, 2, 1, 7, 5]


def test_ids_are_spread_evenly_over_shards() -> None:
    counts = [0] * MAP_SHARDS
    for number in range(800):
        counts[shard_of(identifier(number))] += 1
    assert min(counts) > 60


def test_a_moved_announcement_is_found_where_it_is_now(house: Household) -> None:
    house.keep(announcement())
    house.announcements.change(identifier(1), {"place": FIJI}, None)
    assert house.on_map(Viewport(STREETS)) == []
    cell = Cell.named(FIJI.cell(6))
    moved = house.on_map(Viewport(Rectangle(cell.west, cell.south, cell.east, cell.north)))
    assert [marker.version for marker in moved] == [house.stored().version]
