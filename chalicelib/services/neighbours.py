"""The announcements that lie nearest to a point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.clusters import Counted
from chalicelib.domain.geography import Grid, Point, Rectangle
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.tile_grid import FINER
from chalicelib.services.paging import Pages
from chalicelib.services.surveys import Survey, Surveyor, level_of

MOST = 2000  # announcements that are looked at: the circle in a square of so many holds 1,000 mostly
STEPS = 12  # halvings of the radius: 50 km become 24 m, less than the cells that are counted
DEGREE = 111_195  # metres of latitude
CLOSEST_ZOOM = 22


@dataclass(frozen=True)
class Neighbour:
    """A marker and the metres between the point asked for and its public place."""

    marker: Marker
    distance: float


@dataclass(frozen=True)
class Neighbours:
    """Finds what is near."""

    pages: Pages
    surveyor: Surveyor

    def near(self, point: Point, radius: float, viewport: Viewport, limit: int) -> list[Neighbour]:
        """Answer the `limit` nearest of what a viewport asks for, at most `radius` metres away, the nearest first.

        Its rectangle is not looked at.
        Counts tell how far to look; where so many lie within a cell that `MOST` are exceeded, its newest stand for all.
        """
        survey, near, far = self._reach(point, radius, viewport)
        found = self._gathered(survey, _square(viewport, point, near))
        neighbours = _nearest(point, near, found)
        if near < far and len(neighbours) < limit:
            neighbours = _nearest(point, far, [*found, *self._newest(_square(viewport, point, far))])
        return neighbours[:limit]

    def _reach(self, point: Point, radius: float, viewport: Viewport) -> tuple[Survey, float, float]:
        """Find how far `MOST` reach, and how far more than that, looking closer where cells are too wide to tell."""
        survey = self.surveyor.completed(self.surveyor.survey(_square(viewport, point, radius), CLOSEST_ZOOM))
        near, far = _bracket(survey, point, radius, viewport)
        if near == far:
            return survey, near, far
        surely = min(radius, far + _cell_height(survey.level))  # there lie all of the cells that hold too many
        if level_of(CLOSEST_ZOOM, Rectangle.around(point, surely).nudged) > survey.level:
            return self._reach(point, surely, viewport)
        return survey, near, surely

    def _gathered(self, survey: Survey, square: Viewport) -> list[Marker]:
        return self.surveyor.gathered(survey, _counted(survey, square), square)

    def _newest(self, square: Viewport) -> Sequence[Marker]:
        return self.pages.page(square, MOST).markers


def _bracket(survey: Survey, point: Point, radius: float, viewport: Viewport) -> tuple[float, float]:
    """Find the widest radius whose square holds `MOST` at most, and one just beyond, the same if it is all of it."""
    near, far = 0.0, radius
    for step in range(STEPS):
        middle = radius if step == 0 else (near + far) / 2
        if sum(each.total for each in _counted(survey, _square(viewport, point, middle))) > MOST:
            far = middle
        elif step == 0:
            return radius, radius
        else:
            near = middle
    return near, far


def _cell_height(level: int) -> float:
    """Tell the metres from south to north, and at the equator from west to east, of the cells that a level counts."""
    grid = Grid(level + FINER)
    return DEGREE * max(180.0 / grid.rows, 360.0 / grid.columns)


def _counted(survey: Survey, square: Viewport) -> list[Counted]:
    return [Counted.of(tile, square, survey.span) for tile in survey.tiles]


def _square(viewport: Viewport, point: Point, radius: float) -> Viewport:
    return replace(viewport, rectangle=Rectangle.around(point, radius))


def _nearest(point: Point, radius: float, markers: Iterable[Marker]) -> list[Neighbour]:
    """Take those within a radius, each once, the nearest first and the newer first of equally near ones."""
    each_once = {marker.announcement_id: marker for marker in markers}.values()
    ordered = sorted(each_once, key=lambda marker: marker.position, reverse=True)
    measured = [Neighbour(marker, point.distance_to(marker.place)) for marker in ordered]
    return sorted((each for each in measured if each.distance <= radius), key=lambda each: each.distance)
