"""How fast the engine answers, beside PostGIS for the same views."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.maps.geo import View as Asked
from benchmarks.maps.postgis import PostGIS
from benchmarks.maps.reads import Times, answered
from chalicelib.services.viewports import Viewports

ROUNDS = 3
NARROW = 12  # zoom from which a view is narrow
WIDE = 4  # zoom up to which a view is wide
YEAR = "12m"


@dataclass(frozen=True)
class Speed:
    """Milliseconds, a median of the views by their weights for each round; ratios of each wide view."""

    all_views: Sequence[Times]
    narrow: Sequence[Times]
    peer_narrow: Sequence[Times] = ()
    wide: Sequence[tuple[int, float, float]] = ()  # the zoom, our time and PostGIS's

    def wide_ratios(self, zoom: int | None = None) -> Sequence[float]:
        """How many times longer PostGIS takes to cluster, view by view, of one zoom or of all."""
        return [peer / ours for of_zoom, ours, peer in self.wide if zoom in (None, of_zoom)]

    @property
    def narrow_ratios(self) -> Sequence[float]:
        """How many times longer we take, round by round."""
        pairs = zip(self.narrow, self.peer_narrow, strict=True)
        return [ours.wall_median / peer.wall_median for ours, peer in pairs]


def measure(viewports: Viewports, views: Sequence[Asked], postgis: PostGIS | None) -> Speed:
    """Time all views, the narrow ones beside PostGIS, and the wide ones of a year beside its clustering."""
    narrow = [asked for asked in views if asked.zoom >= NARROW]
    ours = [Times.of(lambda asked: answered(viewports, asked), views) for _round in range(ROUNDS)]
    rounds = [_narrow_round(viewports, narrow, postgis) for _round in range(ROUNDS)]
    wide = [asked for asked in views if asked.zoom <= WIDE and asked.window == YEAR] if postgis else []
    pairs = [(asked.zoom, *_wide_pair(viewports, asked, postgis)) for asked in wide if postgis]
    return Speed(ours, [first for first, _ in rounds], [peer for _, peer in rounds if peer], pairs)


def _narrow_round(viewports: Viewports, narrow: Sequence[Asked], postgis: PostGIS | None) -> tuple[Times, Times | None]:
    ours = Times.of(lambda asked: answered(viewports, asked), narrow)
    if postgis is None:
        return ours, None
    peer = Times.of(lambda asked: postgis.newest(asked.viewport.rectangle, asked.viewport.window, asked.limit), narrow)
    return ours, peer


def _wide_pair(viewports: Viewports, asked: Asked, postgis: PostGIS) -> tuple[float, float]:
    """Time one view both ways, the best of a few, with the same size of clusters."""
    clusters = answered(viewports, asked).clusters
    size = (
        max(cluster.bounds.east - cluster.bounds.west for cluster in clusters),
        max(cluster.bounds.north - cluster.bounds.south for cluster in clusters),
    )
    ours = [Times.of(lambda asked: answered(viewports, asked), [asked]) for _round in range(ROUNDS)]
    rectangle, window = asked.viewport.rectangle, asked.viewport.window
    peer = [Times.of(lambda _asked: postgis.clusters(rectangle, window, size), [asked]) for _round in range(ROUNDS)]
    return min(times.wall[0] for times in ours), min(times.wall[0] for times in peer)
