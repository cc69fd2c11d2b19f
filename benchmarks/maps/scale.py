"""Everything that is measured on one store of so many announcements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.maps import bulk, dynoxide, exactness, speed, tables
from benchmarks.maps.bestaro import Bestaro, Cost, items_of
from benchmarks.maps.dynoxide import Dynoxide
from benchmarks.maps.engine import Clock, fill, homeward
from benchmarks.maps.exactness import Compared
from benchmarks.maps.geo import DAYS, NOW, Geo, Points
from benchmarks.maps.geo import View as Asked
from benchmarks.maps.markers import markers_of
from benchmarks.maps.meter import Meter
from benchmarks.maps.postgis import PostGIS
from benchmarks.maps.progress import step
from benchmarks.maps.reads import Reads
from benchmarks.maps.rounding import MOST_PINS, whole_tiles
from benchmarks.maps.speed import Speed
from benchmarks.maps.truth import Truth
from benchmarks.maps.writes import Posted, Poster
from chalicelib.domain.moments import Window

VIEWS_PER_CELL = 10  # of 16 zooms and 4 windows
POSTS = 1200  # 20 minutes at one a second
POSTS_SEED = 8
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Scale:
    """What was found on a store; views beside PostGIS and posts, without and with a picture, on the largest only."""

    count: int
    load_seconds: float
    compared: Compared
    reads: Reads
    page_reads: Reads
    speed: Speed
    bestaro: Cost
    posted: tuple[Posted, Posted] | None


@dataclass(frozen=True)
class Store:
    """A running engine with its points and the views of them."""

    geo: Geo
    points: Points
    running: Dynoxide

    @cached_property
    def views(self) -> Sequence[Asked]:
        """Make the views."""
        return self.geo.views(self.points, VIEWS_PER_CELL)

    def load(self) -> tuple[float, Truth]:
        """Fill the store; returns the seconds it took and what is in it."""
        tables.create(self.running.aws().dynamodb)
        markers = list(markers_of(self.points))
        return fill(self.running, markers), Truth.of(markers)

    def compared(self, truth: Truth, views: Sequence[Asked]) -> Compared:
        """Compare answers to views with what is in the store."""
        return exactness.compare(homeward(self.running, Clock()).map.viewports, truth, views)

    def reads(self, views: Sequence[Asked]) -> Reads:
        """Meter the views."""
        meter = Meter()
        return Reads.of(homeward(self.running, Clock(), meter).map.viewports, views, meter)

    def speed(self, peer: PostGIS | None) -> Speed:
        """Time the views, beside PostGIS if it is there."""
        if peer:
            peer.load(self.points)
        return speed.measure(homeward(self.running, Clock()).map.viewports, self.views, peer)

    def bestaro(self) -> Cost:
        """Read the views by Bestaro's scheme; the weighted mean."""
        client = self.running.aws().dynamodb
        tables.create_bestaro(client)
        points = self.points.in_time  # months are written one after the other
        bulk.load(self.running.port, tables.BESTARO, lambda number, of: items_of(points.part(number, of)))
        scheme = Bestaro(client)
        costs = [(scheme.cost(asked), asked.weight) for asked in self.views]
        return sum((cost * weight for cost, weight in costs), Cost())

    def posted(self) -> tuple[Posted, Posted]:
        """Post announcements of the last day, at first without pictures, then each with one."""
        points, poster = self._latest(), Poster.on(self.running)
        return (
            poster.steadily(poster.post, points.part(0, 2), "posted"),
            poster.steadily(poster.post_with_picture, points.part(1, 2), "posted with a picture"),
        )

    def _latest(self) -> Points:
        points = self.geo.points(2 * POSTS, POSTS_SEED)
        return replace(points, day=DAYS - np.random.default_rng(POSTS_SEED).random(len(points)))


def measure(geo: Geo, count: int, folder: Path, peer: PostGIS | None, *, is_largest: bool) -> Scale:
    """Fill a store with so many announcements, and measure all."""
    with dynoxide.running(folder / f"{count}.sqlite") as running:
        store = Store(geo, geo.points(count), running)
        with step(f"{count:,} announcements: markers and tiles in bulk"):
            seconds, truth = store.load()
        with step("views compared with brute force"):
            compared = store.compared(truth, store.views)
        with step("views metered"):
            reads, page_reads = store.reads(store.views), store.reads([as_the_page_asks(view) for view in store.views])
        with step("views timed"):
            times = store.speed(peer if is_largest else None)
        with step("Bestaro's scheme"):
            bestaro = store.bestaro()
        with step("one announcement a second"):
            posted = store.posted() if is_largest else None
    return Scale(count, seconds, compared, reads, page_reads, times, bestaro, posted)


def compare_special_places(geo: Geo, count: int, folder: Path) -> Compared:
    """Fill a store with points where it hurts, and compare thousands of views."""
    points = exactness.points_with_special_places(geo, count)
    with dynoxide.running(folder / "special.sqlite") as running, step("random views compared with brute force"):
        store = Store(geo, points, running)
        _seconds, truth = store.load()
        return store.compared(truth, exactness.views_of(geo, points))


def as_the_page_asks(asked: Asked) -> Asked:
    """Grow a view to whole tiles and to a whole hour, as the page does."""
    viewport = asked.viewport
    rectangle = whole_tiles(viewport.rectangle, asked.zoom).rectangle
    start, end = viewport.window.start, viewport.window.end
    window = Window(start and _whole_hour(start), None if end == NOW else end)
    return replace(asked, viewport=replace(viewport, rectangle=rectangle, window=window), limit=MOST_PINS)


def _whole_hour(moment: datetime) -> datetime:
    return moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % HOUR
