"""Announcements made for the map, many at a few spots of the globe, and what plain counting says of their tiles."""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.clusters import Cluster
from chalicelib.domain.geography import Cell, Point, Rectangle
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import Window
from chalicelib.domain.pictures import Picture
from chalicelib.domain.tiles import Tile, build
from tests.builders import DAY, FIJI, HOUR, KRAKOW, LONDON, NOON, announcement, identifier, ready_picture

TODAY = NOON.date().toordinal()
NORTH, SOUTH = Point(89.9, 30.0), Point(-89.9, -120.0)
SPOTS = (KRAKOW, LONDON, FIJI, NORTH, SOUTH, Point(0.0, 0.0))
_SPREADS = (0.0005, 0.005, 0.05, 0.5, 5.0)  # degrees
_AGES = (1, 7, 40, 400, 800)  # days
_LIFETIME = 1000 * DAY
_COVER = ready_picture()


def place_near(chance: random.Random, spot: Point) -> Point:
    """Choose a place near a spot, over the antimeridian if need be, or anywhere once in a while."""
    if chance.random() < 0.05:
        return Point(chance.uniform(-90, 90), chance.uniform(-180, 180))
    spread = chance.choice(_SPREADS)
    latitude = max(-90.0, min(90.0, spot.latitude + chance.uniform(-spread, spread)))
    return Point(latitude, _turned(spot.longitude + chance.uniform(-spread, spread)))


def cover(number: int) -> Picture:
    """Make a picture of its own for an announcement."""
    return replace(_COVER, id=identifier(1_000_000 + number))


def made(count: int, seed: int = 1, first: int = 1, **changes: object) -> list[Announcement]:
    """Make announcements of all kinds and ages, more of them lately."""
    chance = random.Random(seed)  # noqa: S311 (the same every time)
    return [_one(chance, number, changes) for number in range(first, first + count)]


def _one(chance: random.Random, number: int, changes: Mapping[str, object]) -> Announcement:
    age = timedelta(seconds=int(chance.uniform(0, chance.choice(_AGES)) * 86_400))
    values: dict[str, object] = {
        "id": identifier(number),
        "place": place_near(chance, chance.choice(SPOTS)),
        "event_at": NOON - age,
        "kind": chance.choice(list(Kind)),
        "species": chance.choice([Species.DOG, Species.DOG, *Species]),
        "pictures": (cover(number),) if chance.random() < 0.7 else (),
        "published_at": NOON - HOUR,
        "expires_at": NOON + _LIFETIME,
    }
    return announcement(**(values | dict(changes)))


def markers_of(announcements: Iterable[Announcement]) -> list[Marker]:
    """Give the markers of those on the map."""
    return [found for found in map(Marker.of, announcements) if found]


def centre_of(cell: str) -> Point:
    """Give the public place of all that is in a cell."""
    return Cell.named(cell).centre


def wrong_tiles(stored: Mapping[str, Tile], markers: Iterable[Marker], today: int) -> list[str]:
    """Name the tiles that do not say what tiles made from nothing say, and those that should not be there."""
    right = {tile.cell: tile for tile in build(markers, today)}
    return sorted(
        cell
        for cell in right.keys() | stored.keys()
        if _differ(stored.get(cell, Tile(cell, today)), right.get(cell, Tile(cell, today)))
    )


def _differ(stored: Tile, right: Tile) -> bool:
    """Tell whether counts, faces or what is held of the newest differ; how much is held may."""
    one = stored.merged(right.day)
    horizon = max(one.newest.horizon, right.newest.horizon)
    held, rightly = ([m for m in each.newest.markers if m.position >= horizon] for each in (one, right))
    return one.counts != right.counts or one.faces != right.faces or held != rightly


def lies_of(
    clusters: Sequence[Cluster],
    singles: Sequence[Marker],
    viewport: Viewport,
    markers: Iterable[Marker],
    counted: Window,
) -> list[str]:
    """Count by hand what clusters and the single markers among them say of a viewport; tells what is not true."""
    lies: list[str] = []
    wanted = [each for each in markers if each.event_at in counted and viewport.wants(each.kind, each.species)]
    told = {each.announcement_id for each in singles}
    for cluster in clusters:
        inside = [each for each in wanted if each.place in cluster.bounds]
        if (cluster.count, cluster.kinds) != (len(inside), Counter(each.kind for each in inside)):
            lies.append(f"{len(inside)} lie in {cluster}")
        if cluster.place not in cluster.bounds:
            lies.append(f"{cluster} stands outside its bounds")
        if told & (ids := {each.announcement_id for each in inside}):
            lies.append(f"{cluster} counts what another one shows")
        told |= ids
    lies += [f"{one} and {other} overlap" for one, other in combinations(clusters, 2) if _overlap(one, other)]
    lies += [f"{each} is not shown" for each in wanted if each in viewport and each.announcement_id not in told]
    known = {each.announcement_id: each for each in wanted}
    return lies + [f"{each} is shown as it is not" for each in singles if known.get(each.announcement_id) != each]


def _overlap(one: Cluster, other: Cluster) -> bool:
    a, b = one.bounds, other.bounds
    return a.west < b.east and b.west < a.east and a.south < b.north and b.south < a.north


def random_view(chance: random.Random, places: Sequence[Point]) -> tuple[Rectangle, int]:
    """Choose a screen of 1280 x 720 pixels around one of some places, at a zoom, over the antimeridian if need be."""
    zoom, centre = chance.randrange(19), chance.choice(places)
    width = 360.0 * 1280 / (256 * 2**zoom)
    height = min(170.0, width * 720 / 1280 * math.cos(math.radians(min(abs(centre.latitude), 85.0))))
    south = max(-90.0, centre.latitude - height * chance.random())
    north = min(90.0, south + height)
    if width >= 360:
        return Rectangle(-180.0, south, 180.0, north), zoom
    west = _turned(centre.longitude - width * chance.random())
    return Rectangle(west, south, _turned(west + width), north), zoom


def _turned(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0


def random_window(chance: random.Random) -> Window:
    """Choose a day, a week, a month, a season, a year or everything, up to now or to some day in the past."""
    end = None if chance.random() < 0.6 else NOON - timedelta(seconds=chance.randrange(500 * 86_400))
    days = chance.choice([1, 7, 30, 91, 365, None])
    return Window((end or NOON) - days * DAY if days else None, end)


def random_filters(chance: random.Random) -> tuple[frozenset[Kind], frozenset[Species]]:
    """Choose no filter as often as not, otherwise some kinds, some species or both."""
    kinds = chance.sample(list(Kind), chance.choice([0, 0, 1, 2]))
    return frozenset(kinds), frozenset(chance.sample(list(Species), chance.choice([0, 0, 1, 3])))
