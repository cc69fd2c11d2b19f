"""What a view must answer, counted by brute force over all announcements, with nothing of the engine's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks.maps.geo import NOW, Array
from benchmarks.maps.geo import View as Asked
from chalicelib.domain.clusters import Cluster
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import Window, iso
from chalicelib.services.viewports import View

KINDS, SPECIES = list(Kind), list(Species)
DAY = 86_400  # seconds
STEPS = ((1, 35), (7, 366), (31, np.inf))  # days of the periods that are counted, and of how many days back


@dataclass(frozen=True)
class Truth:
    """All announcements as arrays, in the order of the map, and their ids."""

    longitude: Array
    latitude: Array
    second: Array
    kind: Array
    species: Array
    ids: Sequence[str]

    @classmethod
    def of(cls, markers: Iterable[Marker]) -> "Truth":
        """Note where and when the markers are."""
        ordered = sorted(markers, key=lambda marker: marker.position)
        return cls(
            np.array([marker.place.longitude for marker in ordered]),
            np.array([marker.place.latitude for marker in ordered]),
            np.array([marker.event_at.timestamp() for marker in ordered]),
            np.array([KINDS.index(marker.kind) for marker in ordered]),
            np.array([SPECIES.index(marker.species) for marker in ordered]),
            [marker.announcement_id for marker in ordered],
        )

    def faults(self, view: View, asked: Asked) -> list[str]:
        """Compare an answer; returns what is wrong with it."""
        viewport = asked.viewport
        if view.counted is None:
            return list(self._marker_faults(view, viewport, asked.limit))
        return [*_window_faults(view.counted, viewport.window), *self._cluster_faults(view, viewport)]

    def _marker_faults(self, view: View, viewport: Viewport, limit: int) -> Iterator[str]:
        chosen = self._chosen(viewport, viewport.window)
        inside = chosen[self._inside(chosen, viewport.rectangle)]
        newest = inside[::-1]
        given = [marker.announcement_id for marker in view.markers]
        after = newest[len(given)] if len(given) < len(newest) else None
        is_reached = after is None or (view.below is not None and self._position(after) < view.below)
        if len(given) > limit or not is_reached or given != [self.ids[number] for number in newest[: len(given)]]:
            yield f"{len(given)} announcements for {len(newest)}, at most {limit}"

    def _position(self, number: int) -> str:
        return f"{iso(datetime.fromtimestamp(self.second[number], UTC))}#{self.ids[number]}"

    def _cluster_faults(self, view: View, viewport: Viewport) -> Iterator[str]:
        assert view.counted
        chosen = self._chosen(viewport, view.counted)
        places = _Places(self.longitude[chosen], self.latitude[chosen])
        times: Array = np.zeros(len(chosen), int)
        for cluster in view.clusters:
            found = places.in_cells(cluster.bounds)
            times[found] += 1
            yield from _count_faults(cluster, self.kind[chosen[found]])
        known = {self.ids[number]: place for place, number in enumerate(chosen)} if view.markers else {}
        for marker in view.markers:
            if marker.announcement_id not in known:
                yield "an announcement that is not asked for"
            else:
                times[known[marker.announcement_id]] += 1
        if times.max(initial=0) > 1:
            yield f"{int((times > 1).sum())} announcements twice"
        if missing := int((times[self._inside(chosen, viewport.rectangle)] == 0).sum()):
            yield f"{missing} announcements missing"

    def _chosen(self, viewport: Viewport, window: Window) -> Any:
        """Find what is wanted in a window, wherever it is."""
        first = np.searchsorted(self.second, _second(window.start, -np.inf), "left")
        after = np.searchsorted(self.second, _second(window.end, np.inf), "right")
        wanted = np.ones(after - first, bool)
        for values, all_of, named in (
            (viewport.kinds, KINDS, self.kind),
            (viewport.species, SPECIES, self.species),
        ):
            if values:
                wanted &= np.isin(named[first:after], [all_of.index(value) for value in values])  # type: ignore[arg-type]
        return np.flatnonzero(wanted) + first

    def _inside(self, chosen: Any, rectangle: Rectangle) -> Any:
        longitude, latitude = self.longitude[chosen], self.latitude[chosen]
        columns: Array = np.zeros(len(chosen), bool)
        for west, east in rectangle.spans:
            columns |= (longitude >= west) & (longitude <= east)
        return columns & (latitude >= rectangle.south) & (latitude <= rectangle.north)


class _Places:
    """Places sorted by longitude, so that many rectangles are counted in a moment."""

    def __init__(self, longitude: Array, latitude: Array) -> None:
        self._order = np.argsort(longitude, kind="stable")
        self._longitude, self._latitude = longitude[self._order], latitude[self._order]

    def in_cells(self, bounds: Rectangle) -> Any:
        """Find what lies in a rectangle of cells, which are open in the west and the south."""
        first = np.searchsorted(self._longitude, bounds.west, "right")
        after = np.searchsorted(self._longitude, bounds.east, "right")
        latitude = self._latitude[first:after]
        inside = (latitude > bounds.south) & (latitude <= bounds.north)
        return self._order[first:after][inside]


def _count_faults(cluster: Cluster, kinds: Any) -> Iterator[str]:
    counted = {kind: int((kinds == number).sum()) for number, kind in enumerate(KINDS)}
    if cluster.count != len(kinds) or {kind: count for kind, count in counted.items() if count} != dict(cluster.kinds):
        yield f"a cluster of {cluster.count} for {len(kinds)}"


def _window_faults(counted: Window, asked: Window) -> Iterator[str]:
    """Check that what was counted is what was asked for, widened by less than a day, a week or a month."""
    starts = (_second(counted.start, -np.inf), _second(asked.start, -np.inf))
    ends = (_second(asked.end, np.inf), _second(counted.end, np.inf))
    for (wider, narrower), edge in ((starts, asked.start), (ends, asked.end)):
        is_whole = edge is None or edge >= NOW
        if wider > narrower or not (is_whole or narrower - wider < _step(edge)):
            yield f"{counted} counted for {asked}"


def _step(edge: datetime | None) -> float:
    """Give the seconds of the period in which a moment may be counted."""
    age = (NOW.date() - edge.date()).days if edge else 0
    return DAY * next(days for days, reach in STEPS if age < reach)


def _second(moment: datetime | None, otherwise: float) -> float:
    return moment.timestamp() if moment else otherwise
