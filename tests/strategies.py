"""Hypothesis strategies for the globe: everywhere, with the borders of cells and the ends of the world on purpose."""

import math

from hypothesis import strategies as st

from chalicelib.domain.geography import Point, Rectangle


def longitudes(cells: int = 1024) -> st.SearchStrategy[float]:
    """Give longitudes, many of which are borders of `cells` columns."""
    borders = st.integers(0, cells).map(lambda number: -180.0 + number * (360.0 / cells))
    return st.one_of(
        borders,
        borders.flatmap(_neighbours).filter(lambda each: abs(each) <= 180),
        st.sampled_from([-180.0, 180.0, 0.0, -0.0, 5e-324]),
        st.floats(-180, 180),
    )


def latitudes(cells: int = 1024) -> st.SearchStrategy[float]:
    """Give latitudes, many of which are borders of `cells` rows."""
    borders = st.integers(0, cells).map(lambda number: -90.0 + number * (180.0 / cells))
    return st.one_of(
        borders,
        borders.flatmap(_neighbours).filter(lambda each: abs(each) <= 90),
        st.sampled_from([-90.0, 90.0, 0.0, -0.0, -5e-324]),
        st.floats(-90, 90),
    )


def _neighbours(value: float) -> st.SearchStrategy[float]:
    return st.sampled_from([math.nextafter(value, -math.inf), math.nextafter(value, math.inf)])


def points() -> st.SearchStrategy[Point]:
    """Give points anywhere."""
    return st.builds(Point, latitudes(), longitudes())


@st.composite
def rectangles(draw: st.DrawFn, width: float = 360.0, height: float = 180.0) -> Rectangle:
    """Give rectangles up to a size in degrees, across the antimeridian as well, down to a single point."""
    west, south = draw(longitudes()), draw(latitudes())
    east = west + draw(st.one_of(st.just(0.0), st.floats(0, width)))
    north = min(90.0, south + draw(st.one_of(st.just(0.0), st.floats(0, height))))
    return Rectangle(west, south, east if east <= 180.0 else east - 360.0, north)


@st.composite
def points_in(draw: st.DrawFn, rectangle: Rectangle) -> Point:
    """Give points of a rectangle, its corners often."""
    west, east = draw(st.sampled_from(rectangle.spans))
    longitude = draw(st.one_of(st.sampled_from([west, east]), st.floats(west, east)))
    edges = st.sampled_from([rectangle.south, rectangle.north])
    return Point(draw(st.one_of(edges, st.floats(rectangle.south, rectangle.north))), longitude)
