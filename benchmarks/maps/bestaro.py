"""Bestaro's scheme: partition by month, sorted by geohash; one common prefix of the rectangle's corners.

Beside the original it is kept from losing anything: the id follows the geohash in the key, every month of the window
is read, and every page.
Its items hold what our markers hold, without the keys of our indexes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from benchmarks.maps.geo import Points, View
from benchmarks.maps.markers import markers_of
from benchmarks.maps.tables import BESTARO
from chalicelib.connectors.items import marker_to_item
from chalicelib.connectors.table import Item
from chalicelib.domain.geography import Point, Rectangle
from chalicelib.domain.moments import Window, month_of

PRECISION = 9  # characters of its geohashes
OUR_INDEXES = {"cell2", "cell3", "cell5", "month", "changed_at", "ttl"}


def items_of(points: Points) -> Iterator[Item]:
    """Write points as its items."""
    for marker in markers_of(points):
        ours = {
            name: value
            for name, value in marker_to_item(marker, marker.published_at).items()
            if name not in OUR_INDEXES
        }
        place = marker.place.cell(PRECISION)
        yield ours | {"pk": month_of(marker.event_at), "sk": f"{place}#{marker.announcement_id}"}


@dataclass(frozen=True)
class Cost:
    """What reading takes: requests and read units."""

    calls: float = 0
    units: float = 0

    def __add__(self, other: "Cost") -> "Cost":
        """Sum up."""
        return Cost(self.calls + other.calls, self.units + other.units)

    def __mul__(self, weight: float) -> "Cost":
        """Weigh."""
        return Cost(self.calls * weight, self.units * weight)


@dataclass
class Bestaro:
    """Its queries; only counted items come back, which costs the same units as the items would.

    The same month under the same prefix costs the same each time and is read once.
    """

    client: Any
    known: dict[tuple[str, str], Cost] = field(default_factory=dict)

    def cost(self, view: View) -> Cost:
        """Read a view, every month to its last page."""
        prefix = common_prefix(view.viewport.rectangle)
        return sum((self._month(month, prefix) for month in months_of(view.viewport.window)), Cost())

    def _month(self, month: str, prefix: str) -> Cost:
        if (month, prefix) not in self.known:
            self.known[month, prefix] = self._read(_condition(month, prefix))
        return self.known[month, prefix]

    def _read(self, query: dict[str, Any]) -> Cost:
        cost, start = Cost(), dict[str, Any]()
        while True:
            page = self.client.query(**query, **start, Select="COUNT", ReturnConsumedCapacity="TOTAL")
            cost += Cost(1, page["ConsumedCapacity"]["CapacityUnits"])
            if "LastEvaluatedKey" not in page:
                return cost
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def common_prefix(rectangle: Rectangle) -> str:
    """Find what the geohashes of the south-western and the north-eastern corner begin with."""
    corners = (Point(rectangle.south, rectangle.west), Point(rectangle.north, rectangle.east))
    pairs = zip(*(corner.cell(PRECISION) for corner in corners), strict=True)
    return "".join(first for first, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def months_of(window: Window) -> Sequence[str]:
    """Name the months that a window touches."""
    assert window.start
    assert window.end
    first, last = (moment.year * 12 + moment.month - 1 for moment in (window.start, window.end))
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def _condition(month: str, prefix: str) -> dict[str, Any]:
    values = {":month": {"S": month}} | ({":prefix": {"S": prefix}} if prefix else {})
    condition = "pk = :month" + (" AND begins_with(sk, :prefix)" if prefix else "")
    return {"TableName": BESTARO, "KeyConditionExpression": condition, "ExpressionAttributeValues": values}
