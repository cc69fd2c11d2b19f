"""The whole benchmark of the map engine, as the results that are printed, kept and drawn."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.maps import cache, dynoxide, figures, postgis, probes, scale
from benchmarks.maps.cache import Share
from benchmarks.maps.geo import Geo
from benchmarks.maps.progress import step
from benchmarks.maps.sessions import looks
from benchmarks.results import Result

CACHED = 100_000  # announcements that people look at through the CDN
COMPARED = 100_000  # announcements on the store of the random views
MINUTE = 60.0
WARM, WATCHED = 10 * MINUTE, 60 * MINUTE  # of the sessions: before it is counted, and with that
MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
ROOMY = 16e9  # bytes of free memory with which the stores are kept there: the disk is not what is measured


def measure(folder_of_geo: Path, counts: Sequence[int]) -> Iterator[Result]:
    """Measure all on stores of so many announcements each, the largest one last."""
    geo = Geo(folder_of_geo)
    if not geo.is_there:
        print(f"\nThe map is left out: there are no points and views in {folder_of_geo}; name their folder with --geo.")
        return
    with tempfile.TemporaryDirectory(dir=_folder()) as folder:
        versions = _check_meter(Path(folder))
        with postgis.running() as peer:
            scales = [
                scale.measure(geo, count, Path(folder), peer, is_largest=count == max(counts)) for count in counts
            ]
            versions |= peer.versions if peer else {}
        special = scale.compare_special_places(geo, min(COMPARED, max(counts)), Path(folder))
    yield from figures.of(scales, special, _shares(geo), versions)


def _check_meter(folder: Path) -> dict[str, str]:
    """Make sure that the meter charges what DynamoDB documents; returns its version."""
    with dynoxide.running(folder / "probes.sqlite") as running:
        differences = probes.differences(running.aws().dynamodb)
    for difference in differences:
        print(f"  the meter differs from DynamoDB: {difference}")
    if not differences:
        print("  the meter charges what DynamoDB documents")
    return {"dynoxide": running.version}


def _shares(geo: Geo) -> dict[str, Share]:
    points = geo.points(CACHED)
    with step("sessions through the CDN"):
        sessions = looks(points, WATCHED)
        return {name: cache.simulate(geo, points, sessions, way, WARM) for name, way in cache.WAYS.items()}


def _folder() -> Path | None:
    if not MEMORY.is_dir():
        return None
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return MEMORY if free > ROOMY else None
