"""Homeward's own map engine, wired as it is deployed, and a store filled for it in bulk."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from benchmarks.maps import bulk
from benchmarks.maps.dynoxide import Dynoxide
from benchmarks.maps.geo import NOW
from benchmarks.maps.meter import Meter
from benchmarks.maps.tables import ANNOUNCEMENTS, TILES
from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.connectors.items import marker_to_item
from chalicelib.connectors.table import Item
from chalicelib.connectors.tile_documents import documents_of
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import month_of
from chalicelib.domain.tiles import FINEST, Tile, build
from chalicelib.services.limits import Networks


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


class Secrets:
    """What a stage has in its parameters."""

    def network_key(self) -> bytes:
        """Give the key that networks are named with."""
        return b"n" * 32

    def origin_key(self) -> bytes:
        """Give the key that the CDN shows."""
        return b"o" * 32


def homeward(dynoxide: Dynoxide, clock: Clock, meter: Meter | None = None) -> Homeward:
    """Wire the application to an engine."""
    config = Config(
        stage="bench",
        announcements_table=ANNOUNCEMENTS,
        tiles_table=TILES,
        announcements_stream="",
        pictures_bucket="",
        failed_pictures_queue="",
        secrets_path="",
        announcements_an_hour=1_000_000,
    )
    wired = Homeward(config, dynoxide.aws(meter), clock=clock)
    vars(wired)["_networks"] = Networks(Secrets())  # there are no parameters beside the engine
    return wired


def fill(dynoxide: Dynoxide, markers: Sequence[Marker]) -> float:
    """Write markers and their tiles in bulk; returns the seconds it took."""
    started = time.perf_counter()
    ordered = sorted(markers, key=lambda marker: marker.place.cell(FINEST))  # neighbours are written together
    bulk.load(dynoxide.port, ANNOUNCEMENTS, lambda number, of: marker_items(ordered[number::of]))
    months = sorted({month_of(marker.event_at) for marker in markers})
    bulk.load(
        dynoxide.port, ANNOUNCEMENTS, lambda number, of: ({"pk": "M#", "sk": month} for month in months[number::of])
    )
    tiles = list(build(markers, NOW.date().toordinal()))
    bulk.load(dynoxide.port, TILES, lambda number, of: tile_items(tiles[number::of]))
    return time.perf_counter() - started


def marker_items(markers: Sequence[Marker]) -> Iterator[Item]:
    """Write markers as items."""
    return (marker_to_item(marker, marker.published_at) for marker in markers)


def tile_items(tiles: Sequence[Tile]) -> Iterator[Item]:
    """Write tiles as items, each at its first version."""
    for tile in tiles:
        for name, document in documents_of(tile).items():
            yield document | {"pk": f"T#{tile.cell}", "sk": name, "version": 1}
