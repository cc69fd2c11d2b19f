"""The tables that are measured: those of the foundation's template, and Bestaro's."""

from typing import Any

from infrastructure import templates

ANNOUNCEMENTS, TILES, BESTARO = "homeward-bench-announcements", "homeward-bench-tiles", "homeward-bench-bestaro"
_PARTS = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")


def create(client: Any) -> None:
    """Make the two tables of the product as they are deployed."""
    resources = templates.load("foundation")["Resources"]
    for name, resource in ((ANNOUNCEMENTS, "Announcements"), (TILES, "Tiles")):
        properties = resources[resource]["Properties"]
        parts = {part: properties[part] for part in _PARTS if part in properties}
        client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **parts)


def create_bestaro(client: Any) -> None:
    """Make the table of Bestaro's scheme: partition by month, sorted by geohash."""
    client.create_table(
        TableName=BESTARO,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    )
