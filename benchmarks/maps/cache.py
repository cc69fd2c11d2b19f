"""How much of what people ask for the CDN answers itself: one cache, the times to live that the API sets.

Beside the page's way two others: rectangles as they are on the screen, and one request for each tile.
The page does not ask again for what its last answer shows as well; repeated questions of an open page are left out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.maps.geo import DAYS, KINDS, SPECIES, Array, Geo, Points
from benchmarks.maps.rounding import MOST_PINS, Tiles, whole_tiles
from benchmarks.maps.sessions import Look
from chalicelib.controllers.exchange import CLUSTERS, MARKERS, WIDE_CLUSTERS
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.kinds import Kind

STREETS = 16  # zoom from which on announcements are never merged
HELD = 32  # announcements of a tile that its document holds, about
NARROW = 12  # zoom below which announcements are only shown where documents hold all of them
WIDE = 6  # zoom up to which clusters are behind by up to five minutes
HOUR = 3600

_SECONDS = re.compile(r"s-maxage=(\d+), stale-while-revalidate=(\d+)")

type Key = tuple[Any, ...]
type Asking = Callable[[Look, Rectangle], Sequence[tuple[Key, Rectangle]]]


@dataclass(frozen=True)
class Lives:
    """For how many seconds the CDN gives an answer: as fresh, and after that while it asks behind it."""

    fresh: float
    stale: float

    @classmethod
    def of(cls, header: str) -> "Lives":
        """Read what the API sets as Cache-Control."""
        found = _SECONDS.search(header)
        assert found
        return cls(float(found[1]), float(found[2]))


@dataclass
class Share:
    """What came of the requests of one way of asking."""

    requests: int = 0
    hits: int = 0
    origin: int = 0  # requests that reached the origin, those behind a stale answer included
    views: int = 0

    @property
    def hit_ratio(self) -> float:
        """The percentage of requests that the CDN answered at once."""
        return 100 * self.hits / self.requests

    @property
    def origin_per_view(self) -> float:
        """How many requests a view costs the origin."""
        return self.origin / self.views


@dataclass
class Cdn:
    """One cache at the edge."""

    stored: dict[Key, tuple[float, Lives]] = field(default_factory=dict)
    share: Share = field(default_factory=Share)

    def ask(self, key: Key, at: float, lives: Lives) -> None:
        """Answer a request at a moment."""
        self.share.requests += 1
        since, lived = self.stored.get(key, (-np.inf, lives))
        self.share.hits += at <= since + lived.fresh + lived.stale
        if at > since + lived.fresh:
            self.share.origin += 1
            self.stored[key] = at, lives


def simulate(geo: Geo, points: Points, looks: Sequence[Look], asking: Asking, warm: float) -> Share:
    """Let people look, and count what happens after the first `warm` seconds."""
    cdn, lives = Cdn(), _Lives(points)
    last: dict[Key, float] = {}
    for look in looks:
        if look.at >= warm > 0:
            cdn.share, warm = Share(), 0
        cdn.share.views += 1
        for key, rectangle in asking(look, look.rectangle(geo)):
            question = (*key, look.zoom, look.days, _begin(look), look.chosen)
            lived, fresh_since = lives.of(question, rectangle, look), last.get((look.person, question), -np.inf)
            if look.at > fresh_since + lived.fresh:
                last[look.person, question] = look.at
                cdn.ask(question, look.at, lived)
    return cdn.share


def raw(_look: Look, rectangle: Rectangle) -> Sequence[tuple[Key, Rectangle]]:
    """Ask for what is on the screen."""
    return [((rectangle,), rectangle)]


def aligned(look: Look, rectangle: Rectangle) -> Sequence[tuple[Key, Rectangle]]:
    """Ask as the page does: for whole tiles around the screen."""
    whole = whole_tiles(rectangle, look.zoom).rectangle
    return [((whole,), whole)]


def one_by_one(look: Look, rectangle: Rectangle) -> Sequence[tuple[Key, Rectangle]]:
    """Ask for each tile by itself."""
    tiles = whole_tiles(rectangle, look.zoom)
    return [((name,), _alone(name)) for name in tiles.names]


WAYS: dict[str, Asking] = {
    "raw rectangles": raw,
    "whole tiles, as the page asks": aligned,
    "one request a tile": one_by_one,
}


class _Lives:
    """How long the answer to a question lives in the CDN: that depends on whether it is announcements or clusters."""

    def __init__(self, points: Points) -> None:
        self._points = points
        self._known: dict[Key, Lives] = {}

    def of(self, question: Key, rectangle: Rectangle, look: Look) -> Lives:
        if question not in self._known:
            self._known[question] = self._found(rectangle, look)
        return self._known[question]

    def _found(self, rectangle: Rectangle, look: Look) -> Lives:
        count = _count(self._points, rectangle, look)
        shown = MOST_PINS if look.zoom >= NARROW else HELD
        if count <= shown or look.zoom >= STREETS:
            return Lives.of(MARKERS)
        return Lives.of(WIDE_CLUSTERS if look.zoom <= WIDE else CLUSTERS)


def _count(points: Points, rectangle: Rectangle, look: Look) -> int:
    lasting = points.day >= DAYS - look.days
    rows = (points.latitude >= rectangle.south) & (points.latitude <= rectangle.north) & lasting
    columns: Array = np.zeros(len(points), bool)
    for west, east in rectangle.spans:
        columns |= (points.longitude >= west) & (points.longitude <= east)
    return int(np.count_nonzero(rows & columns & _chosen(points, look)))


def _chosen(points: Points, look: Look) -> Any:
    if look.chosen is None:
        return True
    return (
        points.kind == KINDS.index(look.chosen)
        if isinstance(look.chosen, Kind)
        else (points.species == SPECIES.index(look.chosen))
    )


def _begin(look: Look) -> int:
    """Name the beginning of the window, which moves on with every hour."""
    return int(look.at // HOUR)


def _alone(name: tuple[int, int, int]) -> Rectangle:
    level, column, row = name
    return Tiles(level, range(column, column + 1), range(row, row + 1)).rectangle
