"""The sources' keys in the announcements table: only their hashes."""

from chalicelib.connectors.table import Table


class SourceTable:
    """The connector of the sources' keys."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    def key_hash(self, source: str) -> str | None:
        """Read the hash of a source's key, or None if there is no such source."""
        item = self._table.get(f"S#{source}", "S")
        return str(item["key_hash"]) if item else None

    def put_key_hash(self, source: str, key_hash: str) -> None:
        """Write the hash of a source's key in place of any earlier one."""
        self._table.put({"pk": f"S#{source}", "sk": "S", "key_hash": key_hash})
