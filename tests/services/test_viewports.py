"""What a view of the map answers, beside what plain counting says."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache, cached_property

import pytest

from chalicelib.connectors.tiles import TileTable
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import Point, Rectangle
from chalicelib.domain.kinds import Kind
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.moments import Window
from chalicelib.domain.periods import Span
from chalicelib.domain.tiles import Tile, build
from chalicelib.services.changes import Change
from chalicelib.services.surveys import FRESH, MAX_TILES, OVERLAP, Surveyor, level_of
from chalicelib.services.viewports import PROMPT, SLOW, View
from tests.builders import DAY, FIJI, HOUR, KRAKOW, LONDON, NOON, announcement, identifier
from tests.fake_tiles import MemoryTiles
from tests.household import Household, all_pages
from tests.memory_table import MemoryTable
from tests.towns import SPOTS, TODAY, lies_of, made, markers_of, random_filters, random_view, random_window

SETTLED = 2 * OVERLAP
STREET = Rectangle(19.93, 50.055, 19.95, 50.065)
VIEWS = 600


class InDocuments(Household):
    """A household whose tiles are read from documents, of which the heads hold less than all."""

    @cached_property
    def table(self) -> MemoryTable:
        return MemoryTable()

    @cached_property
    def surveyor(self) -> Surveyor:
        store = TileTable(self.table)
        for tile in build(markers_of(self.store.announcements.values()), TODAY):
            store.write(store.read([tile.cell])[tile.cell], tile)
        self.table.calls.clear()
        return Surveyor(self.markers, self.markers, store, self.clock, lambda jobs: [job() for job in jobs])


def _followed[House: Household](house: House, *announcements: Announcement) -> House:
    """Let announcements be on the map for so long that all tiles have followed."""
    house.keep(*announcements)
    today = house.clock().date().toordinal()
    house.tiles.tiles = {tile.cell: tile for tile in build(markers_of(announcements), today)}
    house.clock.move(SETTLED)
    return house


def _settled(*announcements: Announcement) -> Household:
    return _followed(Household(), *announcements)


@cache
def _towns() -> tuple[InDocuments, list[Marker]]:
    """Give announcements as they are mostly: in towns and around them, at many spots."""
    chance = random.Random(9)  # noqa: S311 (the same every time)
    near = ((KRAKOW.latitude + chance.gauss(0, 0.4), KRAKOW.longitude + chance.gauss(0, 0.6)) for _ in range(1500))
    pets = [one for number, at in enumerate(near) for one in made(1, seed=number, first=number, place=Point(*at))]
    return _followed(InDocuments(), *pets), markers_of(pets)


@cache
def _country() -> tuple[InDocuments, list[Marker]]:
    """Give a few thousand announcements: some in every corner, most in a few towns."""
    pets = made(2500) + made(700, seed=2, first=5000, place=KRAKOW) + made(300, seed=3, first=7000, place=LONDON)
    return _followed(InDocuments(), *pets), markers_of(pets)


def _faults(view: View, viewport: Viewport, markers: Sequence[Marker]) -> list[str]:
    """Tell what is not true of an answer."""
    if view.counted is not None:
        return lies_of(view.clusters, view.markers, viewport, markers, view.counted)
    right = sorted((each for each in markers if each in viewport), key=lambda each: each.position, reverse=True)
    if view.below is not None:
        right = right[: len(view.markers)]
    return [] if list(view.markers) == right else [f"{len(view.markers)} markers for {len(right)}"]


@pytest.mark.parametrize("part", range(6))
def test_any_view_is_what_plain_counting_says(part: int) -> None:
    house, markers = _country()
    chance = random.Random(part)  # noqa: S311 (the same every time)
    kinds = {"clusters": 0, "markers": 0}
    for _view in range(VIEWS // 6):
        centre = chance.choice([*SPOTS, chance.choice(markers).place])
        rectangle, zoom = random_view(chance, [centre])
        viewport = Viewport(rectangle, random_window(chance), *random_filters(chance))
        limit = chance.choice([5, 50, 300])
        view = house.viewports.view(viewport, zoom, limit)
        assert _faults(view, viewport, markers) == [], (viewport, zoom, limit)
        assert len(view.markers) + len(view.clusters) <= max(limit, 2 * MAX_TILES)
        kinds["clusters" if view.counted else "markers"] += 1
    assert min(kinds.values()) > VIEWS / 60


@pytest.mark.parametrize("zoom", range(23))
@pytest.mark.parametrize("spot", [KRAKOW, LONDON, FIJI, Point(89.95, 30.0), Point(-89.95, 180.0)], ids=str)
def test_every_zoom_at_the_ends_of_the_world_is_exact(zoom: int, spot: Point) -> None:
    house, markers = _country()
    chance = random.Random(zoom)  # noqa: S311 (the same every time)
    rectangle, _zoom = random_view(chance, [spot])
    assert _faults(house.viewports.view(Viewport(rectangle), zoom, 300), Viewport(rectangle), markers) == []


def _screen(centre: Point, zoom: int) -> Rectangle:
    """Give what a screen of 1280 x 720 pixels shows."""
    width = 360.0 * 1280 / (256 * 2**zoom)
    return Rectangle(
        max(-180.0, centre.longitude - width / 2),
        max(-85.0, centre.latitude - width / 5),
        min(180.0, centre.longitude + width / 2),
        min(85.0, centre.latitude + width / 5),
    )


@pytest.mark.parametrize("days", [1, 7, 30, 91, 365])
@pytest.mark.parametrize("zoom", range(2, 18))
def test_what_is_mostly_asked_for_takes_two_rounds_of_reads_at_most(zoom: int, days: int) -> None:
    house, markers = _towns()
    viewport = Viewport(_screen(KRAKOW, zoom), Window(house.clock() - days * DAY))
    house.surveyor  # noqa: B018 (writes the tiles)
    house.table.calls.clear()
    house.markers.rounds.clear()
    view = house.viewports.view(viewport, zoom, 300)
    assert _faults(view, viewport, markers) == []
    assert len(house.table.calls) + len(house.markers.rounds) <= 2


def test_the_worst_case_takes_four_rounds_of_reads() -> None:
    """Heads, older counts, tiles inside, their leaves: a view of towns in which few of very many are asked for."""
    crowd = [
        announcement(id=identifier(number), place=place, event_at=NOON - number * HOUR / 4, kind=Kind.FOUND)
        for number, place in enumerate([KRAKOW, Point(50.2, 20.1), Point(50.3, 20.2), Point(50.06, 20.0)] * 200)
    ]
    rare = [
        announcement(id=identifier(5000 + age), place=KRAKOW, event_at=NOON - age * DAY, kind=Kind.LOST)
        for age in range(60, 70)
    ]
    house = _followed(InDocuments(), *crowd, *rare)
    viewport = Viewport(Rectangle(19.5, 49.9, 20.5, 50.4), kinds=frozenset({Kind.LOST}))
    house.surveyor  # noqa: B018 (writes the tiles)
    house.table.calls.clear()
    view = house.viewports.view(viewport, 12, 300)
    assert _faults(view, viewport, markers_of([*crowd, *rare])) == []
    assert len(house.table.calls) + len(house.markers.rounds) <= 4


@pytest.mark.parametrize("limit", [1, 24, 300])
def test_the_whole_world_at_street_zoom_is_one_tile_and_few_clusters(limit: int) -> None:
    house, markers = _country()
    house.surveyor  # noqa: B018 (writes the tiles)
    house.table.calls.clear()
    view = house.viewports.view(Viewport(), 17, limit)
    assert _faults(view, Viewport(), markers) == []
    assert len(view.clusters) + len(view.markers) <= limit
    assert house.table.calls == ["get_many"]


@pytest.mark.parametrize("zoom", range(23))
@pytest.mark.parametrize(
    "rectangle", [WORLD, STREET, Rectangle(170, -90, -170, 90), Rectangle(10, 0, 9, 0), Rectangle(-180, 80, 180, 90)]
)
def test_no_view_is_cut_into_more_tiles_than_are_read_at_once(rectangle: Rectangle, zoom: int) -> None:
    level = level_of(zoom, rectangle)
    assert rectangle.cell_count(level) <= MAX_TILES
    assert level == 5 or zoom < 16 or rectangle.cell_count(level + 1) > MAX_TILES


def test_a_view_of_as_many_tiles_as_are_read_at_once_has_a_cluster_for_each_at_least() -> None:
    rectangle = Rectangle(19.73, 49.91, 19.94, 50.05)
    assert rectangle.cell_count(5) <= MAX_TILES
    pets = made(2000, place=KRAKOW, kind=Kind.LOST) + [
        announcement(id=identifier(9000 + number), place=Point(49.92 + number % 4 / 25, 19.72 + number // 4 / 25))
        for number in range(24)
    ]
    house = _settled(*pets)
    view = house.viewports.view(Viewport(rectangle), 14, 1)
    assert _faults(view, Viewport(rectangle), markers_of(pets)) == []
    assert 1 < len(view.clusters) + len(view.markers) <= MAX_TILES


@pytest.mark.parametrize("zoom", [FRESH, 12, 13, 14, 16, 18])
def test_a_new_announcement_is_in_the_very_next_view(zoom: int) -> None:
    house = _settled(announcement())
    house.keep(announcement(id=identifier(2), event_at=house.clock() - HOUR))
    view = house.viewports.view(Viewport(STREET), zoom, 300)
    assert [each.announcement_id for each in view.markers] == [identifier(2), identifier(1)]


@pytest.mark.parametrize("zoom", [FRESH, 14, 18])
@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"title": "Found again"}, ["Found again"]),
        ({"place": FIJI}, []),
        ({"place": Point(KRAKOW.latitude + 0.001, KRAKOW.longitude)}, ["Brown dog"]),
        ({"kind": Kind.LOST}, []),
        ({"event_at": NOON - 50 * DAY}, []),
        ("withdrawn", []),
    ],
)
def test_what_changed_is_laid_over_tiles_that_do_not_know_it(
    zoom: int, change: dict[str, object] | str, seen: list[str]
) -> None:
    house = _settled(announcement())
    before = house.stored()
    after = before.withdrawn(house.clock()) if change == "withdrawn" else replace(before, **change)  # type: ignore[arg-type]
    house.store.commit([Change.of(before, after, house.clock())])
    viewport = Viewport(STREET, Window(NOON - 7 * DAY), frozenset({Kind.FOUND}))
    assert [each.title for each in house.viewports.view(viewport, zoom, 300).markers] == seen


def test_what_moved_in_from_elsewhere_is_seen_at_both_places() -> None:
    house = _settled(announcement(place=FIJI))
    before = house.stored()
    house.store.commit([Change.of(before, replace(before, place=KRAKOW), house.clock())])
    assert len(house.viewports.view(Viewport(STREET), 14, 300).markers) == 1
    there = Rectangle(179.9, -16.9, -179.9, -16.7)
    assert house.viewports.view(Viewport(there), 14, 300).markers == []


@pytest.mark.parametrize("zoom", range(FRESH))
def test_wide_views_are_behind_until_their_tiles_follow(zoom: int) -> None:
    house = _settled(announcement())
    house.keep(announcement(id=identifier(2)))
    assert len(house.viewports.view(Viewport(_screen(KRAKOW, zoom)), zoom, 300).markers) == 1


def test_what_is_past_its_time_is_not_shown_though_its_tile_still_holds_it() -> None:
    house = _settled(announcement())
    house.clock.move(timedelta(days=90))
    for zoom in (2, 8, 14, 18):
        assert house.viewports.view(Viewport(_screen(KRAKOW, zoom)), zoom, 300).markers == []


@pytest.mark.parametrize(
    ("window", "counted"),
    [
        (Window(), Window()),
        (Window(NOON - 3 * DAY), Window(NOON - 3.5 * DAY)),
        (Window(NOON - 100 * DAY), Window(NOON - 102.5 * DAY - 2 * DAY + 1 * DAY)),
    ],
)
def test_clusters_say_which_window_they_counted(window: Window, counted: Window) -> None:
    house = _settled(*(announcement(id=identifier(number), event_at=NOON - HOUR) for number in range(100)))
    view = house.viewports.view(Viewport(window=window), 3, 10)
    assert view.counted == Span.around(window, house.clock()).window
    assert (view.counted.start is None) == (counted.start is None)
    assert [cluster.count for cluster in view.clusters] == [100]


@pytest.mark.parametrize(("zoom", "delay"), [(0, SLOW), (3, SLOW), (6, SLOW), (7, PROMPT), (11, PROMPT), (15, PROMPT)])
def test_clusters_say_by_how_much_they_may_be_behind(zoom: int, delay: int) -> None:
    house = _settled(*(announcement(id=identifier(number)) for number in range(20)))
    view = house.viewports.view(Viewport(_screen(KRAKOW, zoom)), zoom, 10)
    assert view.delay == delay
    assert view.counted is not None


def test_markers_count_no_window() -> None:
    view = _settled(announcement()).viewports.view(Viewport(), 3, 10)
    assert (view.counted, view.delay, view.below) == (None, 0, None)


@pytest.mark.parametrize("zoom", [11, 12, 14, 16, 18])
@pytest.mark.parametrize("count", [9, 10, 11])
def test_as_many_as_the_limit_are_markers_and_more_are_not(zoom: int, count: int) -> None:
    house = _settled(*(announcement(id=identifier(number), event_at=NOON - number * HOUR) for number in range(count)))
    view = house.viewports.view(Viewport(STREET), zoom, 10)
    assert len(view.markers) == (count if count <= 10 else 10 if zoom >= 16 else 0)
    assert (view.counted is not None) == (count > 10 and zoom < 16)


@pytest.mark.parametrize("zoom", [12, 15, 16])
def test_changes_that_are_not_counted_yet_do_not_break_the_limit(zoom: int) -> None:
    old = [
        announcement(id=identifier(number), event_at=NOON - number * HOUR, place=place)
        for number, place in enumerate([KRAKOW, Point(50.0585, 19.9355)] * 45)
    ]
    house = _followed(InDocuments(), *old)
    house.surveyor  # noqa: B018 (writes the tiles)
    house.keep(*(announcement(id=identifier(500 + number)) for number in range(30)))
    view = house.viewports.view(Viewport(STREET), zoom, 100)
    assert len(view.markers) + len(view.clusters) <= 100


@pytest.mark.parametrize("zoom", [16, 17, 22])
def test_pages_in_streets_lead_on_to_all_of_them(zoom: int) -> None:
    pets = [announcement(id=identifier(number), event_at=NOON - number * HOUR) for number in range(35)]
    house = _settled(*pets)
    view = house.viewports.view(Viewport(STREET), zoom, 10)
    assert view.clusters == ()
    assert view.counted is None
    assert len(view.markers) == 10
    rest = house.viewports.page(Viewport(STREET), 100, view.below)
    assert [*view.markers, *rest.markers] == list(all_pages(house.viewports, Viewport(STREET)))


def test_without_a_zoom_all_are_announcements_page_after_page() -> None:
    pets = made(300)
    house = _settled(*pets)
    found = list(all_pages(house.viewports, Viewport(), 50))
    assert found == sorted(markers_of(pets), key=lambda each: each.position, reverse=True)


def test_an_empty_map_is_an_answer_at_every_zoom(house: Household) -> None:
    for zoom in range(23):
        assert house.viewports.view(Viewport(_screen(KRAKOW, zoom)), zoom, 300) == View([])


def test_markers_that_no_tile_holds_are_gathered_from_the_tiles_inside_and_their_leaves() -> None:
    spots = [KRAKOW, Point(50.1, 20.0), Point(50.2, 20.1), Point(50.3, 20.2)]
    pets = [
        announcement(id=identifier(number), event_at=NOON - number * HOUR, place=spots[number % 4])
        for number in range(290)
    ]
    house = _settled(*pets)
    viewport = Viewport(Rectangle(19.8, 49.9, 20.4, 50.5))
    house.tiles.reads.clear()
    view = house.viewports.view(viewport, 12, 300)
    assert list(view.markers) == markers_of(pets)
    assert len(house.tiles.reads) == 2
    assert len(house.markers.rounds) == 1


def test_tiles_that_hold_enough_are_all_that_is_read() -> None:
    house = _settled(*made(20))
    house.viewports.view(Viewport(), 3, 300)
    assert house.tiles.reads == [1]
    assert house.markers.rounds == []


def test_the_fake_keeps_tiles_as_they_are() -> None:
    assert isinstance(Household().tiles, MemoryTiles)
    assert Household().tiles.tiles.get("", Tile("", 0)).counts == {}
