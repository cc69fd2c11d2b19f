"""Every answer against brute force: thousands of random views with filters, with points where it hurts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np

from benchmarks.maps.geo import DAYS, KINDS, NOW, SPECIES, Geo, Points
from benchmarks.maps.geo import View as Asked
from benchmarks.maps.reads import answered
from benchmarks.maps.truth import Truth
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.markers import Viewport
from chalicelib.domain.moments import Window, to_second
from chalicelib.services.viewports import Viewports

VIEWS_PER_CELL = 24  # of 16 zooms and 4 windows
SPECIAL_VIEWS = 100  # around each special place
AROUND_EACH = 500  # points, so that there is something to count
SPECIAL_PLACES = {
    "Fiji": (-17.0, 180.0),
    "Greenwich": (51.48, 0.0),
    "the equator's beginning": (0.0, 0.0),
    "the north pole": (90.0, 10.0),
    "the south pole": (-90.0, -120.0),
}
SPREADS = (0.001, 0.05, 1.0, 8.0)  # degrees
FILTERED = 0.5  # of the views ask for some kinds, and likewise for some species
ZOOMS = range(23)
LONGEST = 400  # days of a window
LIMITS = (1, 20, 300, 300, 300, 1000)
OPEN = 0.15  # of the windows, at either end
SCREENS = 0.5  # of the special views; the others are rectangles that begin or end at the place
MAX_WIDTH = 100.0  # degrees


@dataclass(frozen=True)
class Compared:
    """How many views, with how many announcements and clusters in them, and what was wrong."""

    views: int = 0
    markers: int = 0
    clusters: int = 0
    faults: tuple[str, ...] = ()

    def __add__(self, other: "Compared") -> "Compared":
        """Put two comparisons together."""
        sums = (self.views + other.views, self.markers + other.markers, self.clusters + other.clusters)
        return Compared(*sums, self.faults + other.faults)


def compare(viewports: Viewports, truth: Truth, views: Sequence[Asked]) -> Compared:
    """Answer views and compare each answer with the truth."""
    compared = Compared()
    for asked in views:
        view = answered(viewports, asked)
        faults = (f"zoom {asked.zoom}: {fault}" for fault in truth.faults(view, asked))
        compared += Compared(1, len(view.markers), len(view.clusters), tuple(faults))
    return compared


def points_with_special_places(geo: Geo, count: int) -> Points:
    """Make points as usual, and some around each special place."""
    usual, random = geo.points(count), np.random.default_rng(17)
    rows = [_around(place, random) for place in SPECIAL_PLACES.values()]
    more = Points(*(np.concatenate(columns) for columns in zip(*rows, strict=True)))
    return Points(
        *(
            np.concatenate([getattr(usual, name), getattr(more, name)])
            for name in ("latitude", "longitude", "day", "kind", "species")
        )
    )


def views_of(geo: Geo, points: Points) -> Sequence[Asked]:
    """Make the views to compare: those of everyday with filters, and any zoom and window around the special places."""
    random = np.random.default_rng(23)
    usual = [_filtered(asked, random) for asked in geo.views(points, VIEWS_PER_CELL, seed=29)]
    return [*usual, *(_filtered(asked, random) for asked in _special_views(geo, random))]


def _around(place: tuple[float, float], random: Any) -> Sequence[Any]:
    spread = random.choice(SPREADS, AROUND_EACH)
    latitude = np.clip(place[0] + random.normal(0, 1, AROUND_EACH) * spread, -90, 90)
    longitude = (place[1] + random.normal(0, 1, AROUND_EACH) * spread + 180) % 360 - 180
    return (
        latitude,
        longitude,
        random.uniform(0, DAYS, AROUND_EACH),
        random.integers(len(KINDS), size=AROUND_EACH),
        random.integers(len(SPECIES), size=AROUND_EACH),
    )


def _special_views(geo: Geo, random: Any) -> Iterator[Asked]:
    for latitude, longitude in SPECIAL_PLACES.values():
        for _view in range(SPECIAL_VIEWS):
            zoom = int(random.choice(ZOOMS))
            viewport = Viewport(_rectangle(geo, latitude, longitude, zoom, random), _window(random), zoom=zoom)
            yield Asked(zoom, "any", viewport, 1.0)


def _rectangle(geo: Geo, latitude: float, longitude: float, zoom: int, random: Any) -> Rectangle:
    """Give a screen near the place, or any rectangle one of whose corners is the place."""
    width = min(360 / 2**zoom, MAX_WIDTH)
    east, north = random.normal(0, 1, 2) * width
    if random.random() < SCREENS:
        return geo.look(float(np.clip(latitude + north, -85, 85)), _folded(longitude + east), max(zoom, 1))
    south, north = sorted((latitude, float(np.clip(latitude + north, -90, 90))))
    west, east = sorted((longitude, longitude + east))
    return Rectangle(_folded(west), south, _folded(east), north)


def _folded(longitude: float) -> float:
    return float((longitude + 180) % 360 - 180)


def _window(random: Any) -> Window:
    """Give any window, some of them open at an end."""
    end = NOW - timedelta(days=float(random.exponential(60)))
    start = end - timedelta(days=float(random.uniform(0, LONGEST)))
    first_open, last_open = random.random(2) < OPEN
    return Window(None if first_open else to_second(start), None if last_open else to_second(end))


def _filtered(asked: Asked, random: Any) -> Asked:
    viewport = replace(asked.viewport, kinds=_some(KINDS, random), species=_some(SPECIES, random))
    return replace(asked, viewport=viewport, limit=int(random.choice(LIMITS)))


def _some[T](values: Sequence[T], random: Any) -> frozenset[T]:
    """Choose some, mostly none, which stands for all."""
    if random.random() > FILTERED:
        return frozenset()
    return frozenset(value for value in values if random.random() < FILTERED)
