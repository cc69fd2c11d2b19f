"""What was found, as figures with the goals that they are held to."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.maps.cache import Share
from benchmarks.maps.exactness import Compared
from benchmarks.maps.scale import Scale
from benchmarks.results import Figure, Result

CALLS_GOALS = {10_000: "at most 1.8", 100_000: "at most 2.0", 1_000_000: "at most 2.2"}
UNITS_GOALS = {10_000: "at most 3", 100_000: "at most 3.5", 1_000_000: "at most 4.5"}
WORLD_ZOOM, YEAR = 2, "12m"


def of(
    scales: Sequence[Scale], special: Compared, shares: Mapping[str, Share], versions: dict[str, str]
) -> Iterator[Result]:
    """Give all results."""
    yield Result("map-reads", list(_reads(scales)), versions)
    yield Result("map-exactness", list(_exactness(scales, special)), versions)
    yield Result("map-writes", list(_writes(scales[-1])), versions)
    yield Result("map-speed", list(_speed(scales)), versions)
    yield Result("map-cache", list(_cache(shares)), versions)


def _reads(scales: Sequence[Scale]) -> Iterator[Figure]:
    for scale in scales:
        yield Figure(f"calls per view, {_at(scale)}", "calls", [scale.reads.calls], CALLS_GOALS.get(scale.count, ""))
        yield Figure(f"calls per view, Bestaro's scheme, {_at(scale)}", "calls", [scale.bestaro.calls])
    for scale in scales:
        yield Figure(f"units per view, {_at(scale)}", "RCU", [scale.reads.units], UNITS_GOALS.get(scale.count, ""))
        yield Figure(f"units per view as the page asks, {_at(scale)}", "RCU", [scale.page_reads.units])
        yield Figure(f"units per view, Bestaro's scheme, {_at(scale)}", "RCU", [scale.bestaro.units])
    yield from _of_the_largest(scales[-1])
    yield from _growth(scales[0], scales[-1])


def _of_the_largest(scale: Scale) -> Iterator[Figure]:
    at = _at(scale)
    yield Figure(f"units, 95 % of views, {at}", "RCU", [scale.reads.units_p95], "at most 16")
    world = scale.reads.only(lambda asked: asked.zoom == WORLD_ZOOM and asked.window == YEAR).reads
    yield Figure(f"world, 12 months, {at}", "RCU", [read.units for read in world], "at most 30")
    yield Figure(f"world, 12 months, calls, {at}", "calls", [len(read.charges) for read in world], "at most 2")
    part, views = scale.reads.busiest
    yield Figure(f"busiest partition, {at}", "views/s", [views], "at least 10,000", note=" ".join(part))


def _growth(smallest: Scale, largest: Scale) -> Iterator[Figure]:
    between = f"{_at(smallest)} to {_at(largest)}"
    yield Figure(f"growth of units, {between}", "times", [largest.reads.units / smallest.reads.units], "under 1.6")
    bestaro = largest.bestaro.units / smallest.bestaro.units
    yield Figure(f"growth of units, Bestaro's scheme, {between}", "times", [bestaro])


def _exactness(scales: Sequence[Scale], special: Compared) -> Iterator[Figure]:
    everyday = sum((scale.compared for scale in scales), Compared())
    for name, compared in (("random views with filters", special), ("everyday views", everyday)):
        yield Figure(f"{name}, compared", "views", [compared.views])
        yield Figure(f"announcements in {name}", "compared", [compared.markers])
        yield Figure(f"clusters in {name}", "compared", [compared.clusters])
        yield Figure(
            f"mismatches in {name}", "faults", [len(compared.faults)], "0", note="; ".join(compared.faults[:3])
        )


def _writes(scale: Scale) -> Iterator[Figure]:
    assert scale.posted
    for name, posted, goal in zip(("posted", "posted with a picture"), scale.posted, ("at most 45", ""), strict=True):
        yield Figure(f"{name}, all that is written", "WCU", [posted.total], goal)
        for group, units in sorted(posted.writes.items(), key=lambda pair: -pair[1]):
            yield Figure(f"{name}: {group}", "WCU", [units])
        yield Figure(f"{name}, all that is read", "RCU", [posted.reads])
        yield Figure(f"{name}, writes that were overtaken", "writes", [posted.failed])


def _speed(scales: Sequence[Scale]) -> Iterator[Figure]:
    for scale in scales:
        yield Figure(f"load in bulk, {_at(scale)}", "s", [scale.load_seconds])
    for scale in scales:
        rounds = scale.speed.all_views
        processor = [times.processor_median for times in rounds]
        yield Figure(f"our processor per view, {_at(scale)}", "ms", processor, "at most 5")
        yield Figure(f"service time, {_at(scale)}", "ms", [times.wall_median for times in rounds])
        narrow = [times.wall_median for times in scale.speed.narrow]
        yield Figure(f"service time of narrow views, {_at(scale)}", "ms", narrow, "at most 15")
    yield from _beside_postgis(scales[-1])


def _beside_postgis(scale: Scale) -> Iterator[Figure]:
    speed, at = scale.speed, _at(scale)
    if not speed.peer_narrow:
        return
    peer = [times.wall_median for times in speed.peer_narrow]
    yield Figure(f"narrow views on PostGIS, {at}", "ms", peer)
    yield Figure(f"views up to z4, 12 months, {at}", "ms", [ours for _, ours, _ in speed.wide])
    yield Figure(f"views up to z4, 12 months, on PostGIS, {at}", "ms", [peer for _, _, peer in speed.wide])
    yield Figure(f"narrow views, ours / PostGIS, {at}", "times", speed.narrow_ratios)
    ratios = speed.wide_ratios()
    yield Figure(f"views up to z4, 12 months, PostGIS / ours, {at}", "times", ratios, "at least 20")
    for zoom in sorted({zoom for zoom, *_ in speed.wide}):
        yield Figure(f"views of z{zoom}, 12 months, PostGIS / ours, {at}", "times", speed.wide_ratios(zoom))


def _cache(shares: Mapping[str, Share]) -> Iterator[Figure]:
    for name, share in shares.items():
        yield Figure(f"answered by the CDN, {name}", "%", [share.hit_ratio])
    for name, share in shares.items():
        yield Figure(f"requests to the origin, {name}", "a view", [share.origin_per_view])
        yield Figure(f"requests, {name}", "a view", [share.requests / share.views])


def _at(scale: Scale) -> str:
    return f"{scale.count:,}"
