"""The points and views of a folder that is given: what people announce, and what they look at."""

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from chalicelib.domain.geography import Rectangle
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Viewport
from chalicelib.domain.moments import Window, to_second

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # day 730 of the points: fixed, so that every run counts the same days
DAYS = 730
KINDS = (Kind.LOST, Kind.FOUND)
SPECIES = (Species.DOG, Species.CAT, Species.OTHER)
SEED = 7
LIMIT = 300  # announcements or clusters wanted, as the API has it by default
HALF_AROUND = 180  # degrees

type Array = Any  # of numpy, whose types the checks do without


@dataclass(frozen=True)
class Points:
    """Announcements as arrays: degrees, days up to now, numbers of `KINDS` and of `SPECIES`."""

    latitude: Array
    longitude: Array
    day: Array
    kind: Array
    species: Array

    def __len__(self) -> int:
        """Count them."""
        return len(self.latitude)

    def part(self, number: int, parts: int) -> "Points":
        """Cut out one of so many slices."""
        return Points(*(array[number::parts] for array in self._arrays))

    @property
    def in_time(self) -> "Points":
        """The same, oldest first."""
        order = np.argsort(self.day)
        return Points(*(array[order] for array in self._arrays))

    @property
    def _arrays(self) -> Sequence[Array]:
        return self.latitude, self.longitude, self.day, self.kind, self.species


@dataclass(frozen=True)
class View:
    """What somebody looks at; `weight` says how often, all of a set make 1; `limit` is how many pins."""

    zoom: int
    window: str
    viewport: Viewport
    weight: float
    limit: int = LIMIT


class Geo:
    """The modules of the folder, loaded by their paths."""

    def __init__(self, folder: Path) -> None:
        """Load nothing yet."""
        self.folder = folder

    @property
    def is_there(self) -> bool:
        """Tell whether the folder holds what is needed."""
        return all((self.folder / name).exists() for name in ("points.py", "views.py", "cities.csv"))

    @cached_property
    def _points(self) -> Any:
        return _module(self.folder / "points.py")

    @cached_property
    def _views(self) -> Any:
        return _module(self.folder / "views.py")

    def points(self, count: int, seed: int = SEED) -> Points:
        """Make so many points."""
        return Points(*self._points.generate(count, seed))

    def views(self, points: Points, per_cell: int, seed: int = 3) -> Sequence[View]:
        """Make so many views near the points for each of 16 zooms and 4 windows, weighted."""
        return list(self._weighted(points, per_cell, seed))

    def _weighted(self, points: Points, per_cell: int, seed: int) -> Iterator[View]:
        module = self._views
        zooms = dict(zip(module.ZOOMS, module.ZOOM_WEIGHT, strict=True))
        with np.errstate(divide="ignore"):  # a pole lies infinitely far away, and is then clipped
            made = list(module.views(points.latitude, points.longitude, per_cell, seed=seed, now=float(DAYS)))
        for zoom, window, edges, first, last in made:
            weight = float(zooms[zoom]) * module.WINDOW_WEIGHT[window] / per_cell
            asked = Viewport(rectangle_of(*edges), Window(moment(first), moment(last)), zoom=zoom)
            yield View(zoom, window, asked, weight)

    def look(self, latitude: float, longitude: float, zoom: int) -> Rectangle:
        """Give the rectangle that a screen shows around a point."""
        return rectangle_of(*self._views.rectangle(latitude, longitude, zoom))


def moment(day: float) -> datetime:
    """Turn a day of the points into a moment, to the second."""
    return to_second(NOW - timedelta(days=DAYS - float(day)))


def rectangle_of(south: float, west: float, north: float, east: float) -> Rectangle:
    """Turn edges that may reach over the antimeridian into a rectangle whose west is then greater than its east."""
    return Rectangle(_folded(west), float(np.clip(south, -90, 90)), _folded(east), float(np.clip(north, -90, 90)))


def _folded(longitude: float) -> float:
    return float((longitude + 180) % 360 - 180) if abs(longitude) > HALF_AROUND else float(longitude)


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"geo_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
