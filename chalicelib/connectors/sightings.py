"""Sightings in the announcements table, beside what they may be about: `R#<id>`, `S#<position>`.

Their items are derived from the sighting, and written in its transaction: a page needs no index to show them.
"""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from chalicelib.connectors.items import epoch, marker_from_item, plain, whole_key
from chalicelib.connectors.table import Item, Table
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.markers import Marker
from chalicelib.domain.sightings import Sighting

_SIGHTING = "S#"


class SightingTable:
    """The connector of sightings by what they may be about."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    def sightings(self, about: str, most: int) -> Sequence[Marker]:
        """Read the newest; one that was written a moment ago may be missing."""
        items = self._table.query(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :start)",
            ExpressionAttributeValues={":pk": {"S": whole_key(about)[0]}, ":start": {"S": _SIGHTING}},
            ScanIndexForward=False,
            Limit=most,
        )
        return [marker_from_item(item) for item in islice(items, most)]


def sighting_writes(table: Table, before: Announcement | None, after: Announcement) -> list[dict[str, Any]]:
    """Make the writes by which a sighting comes to a page, changes there, or leaves it."""
    old, new = Sighting.of(before), Sighting.of(after)
    left = [table.deleting(*_key(old))] if old and (new is None or _key(old) != _key(new)) else []
    return left + ([table.putting(_to_item(new))] if new and new != old else [])


def is_sighting(item: Item) -> bool:
    """Tell whether an item of an announcement is derived from another one, the sighting."""
    return str(item["sk"]).startswith(_SIGHTING)


def _key(sighting: Sighting) -> tuple[str, str]:
    return whole_key(sighting.about)[0], f"{_SIGHTING}{sighting.marker.position}"


def _to_item(sighting: Sighting) -> Item:
    """Write what the map shows of it; the time to live is only a broom behind the sweep."""
    pk, sk = _key(sighting)
    return {"pk": pk, "sk": sk, **plain(asdict(sighting.marker)), "ttl": epoch(sighting.marker.expires_at)}
