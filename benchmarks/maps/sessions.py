"""People on the map: they land, look at a place, move and zoom, and leave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.maps.geo import Geo, Points
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.kinds import Kind, Species

VIEWS_PER_SECOND = 10
VIEWS_PER_SESSION = 10  # on average: the landing and nine more, as a tenth of all views are landings
SECONDS_PER_VIEW = 6.0  # on average
EARLIER = 300.0  # seconds before the first look during which people came too
MAX_LATITUDE = 80.0
FILTERED = 0.2  # of the sessions ask for one kind or species
PANNED = 0.65  # of the steps, by up to a screen; the others zoom by one
TYPICAL_ZOOM, ZOOM_SPREAD = 12, 3
ZOOMS = (2, 17)
LANDING_ZOOMS = (2, 4)
WINDOWS = (7, 30, 91, 365)  # days
WINDOW_WEIGHTS = (0.40, 0.35, 0.15, 0.10)
FILTERS: tuple[Kind | Species, ...] = (Kind.LOST, Kind.FOUND, Species.DOG, Species.CAT)


@dataclass(frozen=True)
class Look:
    """A screen at a moment, in seconds; `person` tells whose."""

    at: float
    person: int
    latitude: float
    longitude: float
    zoom: int
    days: int
    chosen: Kind | Species | None

    def rectangle(self, geo: Geo) -> Rectangle:
        """Give what it shows."""
        return geo.look(self.latitude, self.longitude, self.zoom)


def looks(points: Points, seconds: float, seed: int = 11) -> Sequence[Look]:
    """Make all looks of so many seconds, in their order in time; some people came before."""
    random = np.random.default_rng(seed)
    people = int((seconds + EARLIER) * VIEWS_PER_SECOND / VIEWS_PER_SESSION)
    begins = random.uniform(-EARLIER, seconds, people)
    made = (look for person, at in enumerate(begins) for look in _session(points, person, float(at), random))
    return sorted((look for look in made if 0 <= look.at < seconds), key=lambda look: look.at)


def _session(points: Points, person: int, at: float, random: Any) -> Iterator[Look]:
    look = _landing(points, person, at, random)
    yield look
    look = _moved(replace(look, zoom=_typical_zoom(random)), random)
    for _step in range(int(random.geometric(1 / (VIEWS_PER_SESSION - 1)))):
        look = replace(look, at=look.at + float(random.exponential(SECONDS_PER_VIEW)))
        yield look
        look = _moved(look, random) if random.random() < PANNED else _zoomed(look, random)


def _landing(points: Points, person: int, at: float, random: Any) -> Look:
    target = int(random.integers(len(points)))
    place = float(points.latitude[target]), float(points.longitude[target])
    days = int(random.choice(WINDOWS, p=WINDOW_WEIGHTS))
    chosen = FILTERS[int(random.integers(len(FILTERS)))] if random.random() < FILTERED else None
    return Look(at, person, *place, int(random.choice(LANDING_ZOOMS)), days, chosen)


def _moved(look: Look, random: Any) -> Look:
    """Move by up to half a screen each way."""
    width = 360 * 5 / 2**look.zoom  # a screen is five tiles of 256 px wide
    east, north = random.uniform(-0.5, 0.5, 2) * width
    latitude = float(np.clip(look.latitude + north / 2, -MAX_LATITUDE, MAX_LATITUDE))
    return replace(look, latitude=latitude, longitude=float((look.longitude + east + 180) % 360 - 180))


def _zoomed(look: Look, random: Any) -> Look:
    """Zoom by one, rather towards the typical zoom."""
    inward = 1 if random.random() < 1 / (1 + np.exp((look.zoom - TYPICAL_ZOOM) / ZOOM_SPREAD)) else -1
    return replace(look, zoom=int(np.clip(look.zoom + inward, *ZOOMS)))


def _typical_zoom(random: Any) -> int:
    return int(np.clip(round(random.normal(TYPICAL_ZOOM, ZOOM_SPREAD)), *ZOOMS))
