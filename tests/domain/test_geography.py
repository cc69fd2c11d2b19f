"""Points, cells and rectangles, held against geohash2 and against brute force."""

import math
from itertools import product

import geohash2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.geography import Cell, Grid, Point, Rectangle
from tests.builders import FIJI, LONDON
from tests.strategies import latitudes, longitudes, points, points_in, rectangles

NOT_NUMBERS = [math.nan, math.inf, -math.inf]
VIEW_CELLS = 24  # the most that a view may be cut into
WORLD = Rectangle(-180.0, -90.0, 180.0, 90.0)


def _touches(low: float, high: float, first: float, last: float, start: float) -> bool:
    """Tell whether (low, high] holds a number of [first, last]; the lowest cell also holds its own low end."""
    return (low < last or (low == start and last == low)) and first <= high


def _brute_force(rectangle: Rectangle, precision: int) -> set[str]:
    """Name the cells that touch a rectangle by looking at every cell of the world."""
    grid = Grid(precision)
    width, height = 360.0 / grid.columns, 180.0 / grid.rows
    spans = list(rectangle.spans)
    rows = [
        row
        for row in range(grid.rows)
        if _touches(-90 + row * height, -90 + (row + 1) * height, rectangle.south, rectangle.north, -90)
    ]
    columns = [
        column
        for column in range(grid.columns)
        if any(_touches(-180 + column * width, -180 + (column + 1) * width, w, e, -180) for w, e in spans)
    ]
    return {grid.name(column, row) for column, row in product(columns, rows)}


@given(rectangles(), st.integers(1, 2))
def test_the_cover_of_a_rectangle_is_every_cell_that_touches_it(rectangle: Rectangle, precision: int) -> None:
    assert set(rectangle.cells(precision)) == _brute_force(rectangle, precision)


@given(rectangles(width=2, height=2), st.integers(1, 4))
def test_no_cell_of_a_cover_comes_twice_and_they_are_counted_beforehand(rectangle: Rectangle, precision: int) -> None:
    cells = list(rectangle.cells(precision))
    assert len(set(cells)) == len(cells) == rectangle.cell_count(precision)


@pytest.mark.parametrize("rectangle", [Rectangle(10, 0, 9.9, 1), Rectangle(-180, 0, 179.9, 1), WORLD], ids=str)
@pytest.mark.parametrize("precision", [1, 2, 3])
def test_a_rectangle_that_goes_nearly_around_the_globe_meets_no_cell_twice(
    rectangle: Rectangle, precision: int
) -> None:
    cells = list(rectangle.cells(precision))
    assert len(set(cells)) == len(cells) == rectangle.cell_count(precision)


@given(st.data(), st.integers(1, 6))
def test_every_point_of_a_rectangle_lies_in_a_cell_of_its_cover(data: st.DataObject, precision: int) -> None:
    rectangle = data.draw(rectangles(width=0.5, height=0.5))
    point = data.draw(points_in(rectangle))
    assert point in rectangle
    assert point.cell(precision) in set(rectangle.cells(precision))


@given(rectangles(), points())
def test_a_point_is_in_a_rectangle_when_it_lies_between_its_edges(rectangle: Rectangle, point: Point) -> None:
    turns = [point.longitude] if point.longitude < 180.0 else [180.0, -180.0]
    west, east = rectangle.west, rectangle.east
    between = any(west <= turn <= east if west <= east else turn >= west or turn <= east for turn in turns)
    assert (point in rectangle) == (between and rectangle.south <= point.latitude <= rectangle.north)


@given(latitudes(), longitudes(), st.integers(1, 12))
def test_the_name_of_a_cell_in_the_grid_is_the_one_geohash2_gives_its_points(
    latitude: float, longitude: float, precision: int
) -> None:
    grid = Grid(precision)
    name = grid.name(grid.column(longitude), grid.row(latitude))
    assert name == geohash2.encode(latitude, longitude, precision)


@given(points(), st.integers(1, 12))
def test_a_point_belongs_to_the_cell_with_its_east_and_north_edges(point: Point, precision: int) -> None:
    cell = Cell.named(point.cell(precision))
    assert cell.west < point.longitude <= cell.east
    assert cell.south < point.latitude <= cell.north or point.latitude == -90.0 == cell.south


def test_the_origin_lies_in_the_cell_to_its_south_west() -> None:
    assert Point(0, 0).cell(4) == "7zzz"
    assert list(Rectangle(0, 0, 0, 0).cells(4)) == ["7zzz"]


def test_a_rectangle_between_two_borders_touches_the_cells_on_the_low_side_as_well() -> None:
    cell = Cell.named("u2")
    cells = set(Rectangle(cell.west, cell.south, cell.east, cell.north).cells(2))
    assert len(cells) == 4
    assert {"u2", Point(cell.south, cell.west).cell(2)} <= cells


def test_a_rectangle_just_inside_a_cell_touches_that_cell_only() -> None:
    cell = Cell.named("u2fk")
    west, south = math.nextafter(cell.west, 180), math.nextafter(cell.south, 90)
    assert list(Rectangle(west, south, cell.east, cell.north).cells(4)) == ["u2fk"]


def test_minus_180_is_the_same_meridian_as_180() -> None:
    assert Point(10, -180) == Point(10, 180)
    assert Point(10, -180).cell(6) == Point(10, 180).cell(6)


@pytest.mark.parametrize(
    "rectangle",
    [
        Rectangle(-180, -10, -170, 10),
        Rectangle(170, -10, 180, 10),
        Rectangle(170, -10, -170, 10),
        Rectangle(180, -10, -180, 10),
        Rectangle(-180, -10, -180, 10),
        Rectangle(180, -10, 180, 10),
        WORLD,
    ],
    ids=str,
)
def test_a_point_on_the_antimeridian_is_in_every_rectangle_that_reaches_it(rectangle: Rectangle) -> None:
    for longitude in (-180.0, 180.0):
        point = Point(0, longitude)
        assert point in rectangle
        assert point.cell(3) in set(rectangle.cells(3))


def test_a_rectangle_over_the_antimeridian_holds_both_sides_and_nothing_else() -> None:
    fiji = Rectangle(178.5, -18, -178.5, -16)
    assert all(Point(-17, longitude) in fiji for longitude in (178.5, 179.9, 180, -180, -179.9, -178.5))
    assert all(Point(-17, longitude) not in fiji for longitude in (178.4, -178.4, 0, 90))


@pytest.mark.parametrize("latitude", [-90.0, 90.0])
def test_a_pole_lies_in_a_cell_of_every_rectangle_that_reaches_it(latitude: float) -> None:
    polar = Rectangle(-180, min(latitude, 80 * latitude / 90), 180, max(latitude, 80 * latitude / 90))
    for longitude in (-180.0, -45.0, 0.0, 180.0):
        assert Point(latitude, longitude) in polar
        assert Point(latitude, longitude).cell(2) in set(polar.cells(2))


def test_the_south_pole_belongs_to_the_lowest_cells() -> None:
    assert Grid(3).row(-90) == 0
    assert list(Rectangle(10, -90, 10, -90).cells(3)) == [Point(-90, 10).cell(3)]


@given(points(), st.integers(1, 8))
def test_a_rectangle_without_size_is_covered_by_the_cell_of_its_point(point: Point, precision: int) -> None:
    assume(point.longitude < 180)
    dot = Rectangle(point.longitude, point.latitude, point.longitude, point.latitude)
    assert point in dot
    assert list(dot.cells(precision)) == [point.cell(precision)]


@pytest.mark.parametrize("centre", [LONDON, FIJI, Point(0, 0)], ids=["London", "Fiji", "the origin"])
@pytest.mark.parametrize("precision", [3, 5, 6])
def test_a_view_whose_corners_have_no_common_prefix_is_cut_into_few_cells(centre: Point, precision: int) -> None:
    cell = Cell.named(centre.cell(precision))
    width, height = cell.east - cell.west, cell.north - cell.south
    east = centre.longitude + width
    view = Rectangle(
        centre.longitude - width, centre.latitude - height, east if east <= 180 else east - 360, centre.latitude
    )
    cells = list(view.cells(precision))
    corners = {
        Point(latitude, west).cell(1) for latitude in (view.south, view.north) for west in (view.west, view.east)
    }
    assert len(corners) > 1
    assert centre.cell(precision) in cells
    assert len(cells) <= VIEW_CELLS


def test_counting_the_cells_of_the_world_does_not_make_them() -> None:
    assert WORLD.cell_count(6) == 32**6


@pytest.mark.parametrize("wrong", [*NOT_NUMBERS, 90.000001, -91])
def test_a_latitude_that_is_none_is_refused_by_name(wrong: float) -> None:
    with pytest.raises(Invalid, match="latitude"):
        Point(wrong, 0)


@pytest.mark.parametrize("wrong", [*NOT_NUMBERS, 180.000001, -181])
def test_a_longitude_that_is_none_is_refused_by_name(wrong: float) -> None:
    with pytest.raises(Invalid, match="longitude"):
        Point(0, wrong)


@pytest.mark.parametrize("wrong", [*NOT_NUMBERS, 181, -180.1])
@pytest.mark.parametrize("edge", range(4))
def test_a_rectangle_with_an_edge_out_of_range_is_refused(edge: int, wrong: float) -> None:
    edges = [-1.0, -1.0, 1.0, 1.0]
    edges[edge] = wrong
    with pytest.raises(Invalid, match="bbox"):
        Rectangle(*edges)


def test_a_rectangle_upside_down_is_refused() -> None:
    with pytest.raises(Invalid, match="south"):
        Rectangle(0, 1, 1, 0)


@pytest.mark.parametrize("wrong", ["a", "u2i", "U2", "u 2", "ü", "u2\0"])
def test_text_that_is_no_geohash_names_no_cell(wrong: str) -> None:
    with pytest.raises(Invalid, match="cell"):
        Cell.named(wrong)


@given(points(), st.sampled_from([6, 7]))
def test_the_centre_of_a_published_cell_lies_in_that_cell_and_has_five_decimals(point: Point, precision: int) -> None:
    name = point.cell(precision)
    centre = Cell.named(name).centre
    assert centre.cell(precision) == name
    assert (centre.latitude, centre.longitude) == (round(centre.latitude, 5), round(centre.longitude, 5))
