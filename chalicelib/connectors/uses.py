"""How often networks did what is limited, in the announcements table: `U#` a network's name of one day.

Nothing tells of the address, and the items go with their windows.
"""

from typing import Any

from chalicelib.connectors.items import epoch
from chalicelib.connectors.table import Table
from chalicelib.domain.limits import Use
from chalicelib.domain.moments import iso


class UseTable:
    """The connector of the limits' counts."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    def uses(self, use: Use) -> int:
        """Read how many are counted in its window."""
        item = self._table.get(*use_key(use))
        return int(item["uses"]) if item else 0

    def count(self, use: Use) -> None:
        """Count one more; raises WriteConflict when the window is full."""
        self._table.update(*use_key(use), **counting(use))


def use_key(use: Use) -> tuple[str, str]:
    """Name the item of a window."""
    return f"U#{use.network}", f"{use.act}#{iso(use.since)}"


def counting(use: Use) -> dict[str, Any]:
    """Make the update that counts one more, if there is room for it."""
    return {
        "UpdateExpression": "ADD uses :one SET #ttl = :ttl",
        "ConditionExpression": "attribute_not_exists(uses) OR uses < :limit",
        "ExpressionAttributeNames": {"#ttl": "ttl"},
        "ExpressionAttributeValues": {
            ":one": {"N": "1"},
            ":limit": {"N": str(use.limit)},
            ":ttl": {"N": str(epoch(use.until))},
        },
    }
