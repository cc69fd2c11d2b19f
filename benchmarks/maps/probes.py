"""Whether the meter charges what DynamoDB documents: a few requests whose cost is known."""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.connectors.table import key, marshal

TABLE, INDEX = "homeward-bench-probes", "by_group"
ASKING: Mapping[str, Any] = {"ReturnConsumedCapacity": "TOTAL"}


def differences(client: Any) -> list[str]:
    """Make the requests, and tell of each that costs something else than documented."""
    _create(client)
    return [
        f"{name}: {units} units instead of {documented}"
        for name, documented, units in [*_write_probes(client), *_read_probes(client)]
        if units != documented
    ]


def _create(client: Any) -> None:
    attributes = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "group")]
    index = {"IndexName": INDEX, "KeySchema": _keys("group"), "Projection": {"ProjectionType": "ALL"}}
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=attributes,
        KeySchema=_keys("pk"),
        GlobalSecondaryIndexes=[index],
    )


def _keys(partition: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]


def _write_probes(client: Any) -> Iterator[tuple[str, float, float]]:
    def put(item: dict[str, Any]) -> float:
        return _units(client.put_item(TableName=TABLE, Item=marshal(item), **ASKING))

    yield "a new item of 3,000 bytes", 3, put(_item("a", 2970))
    yield "a small item over one of 3,000 bytes", 3, put(_item("a", 10))
    yield "a new item in an index", 2, put(_item("b", 500, group="one"))
    yield "the same item again", 1, put(_item("b", 500, group="one"))
    yield "another key in the index", 3, put(_item("b", 500, group="two"))
    yield "an item that leaves the index", 2, put(_item("b", 500))
    items = [marshal(_item("c", size, sort=str(size))) for size in (500, 1500)]
    transaction = [{"Put": {"TableName": TABLE, "Item": item}} for item in items]
    yield "a transaction of 1 and 2 units", 6, _units(client.transact_write_items(TransactItems=transaction, **ASKING))
    batch = [{"PutRequest": {"Item": marshal(_item("d", 600, sort=str(n), group="d"))}} for n in range(20)]
    yield "20 items in an index in a batch", 40, _units(client.batch_write_item(RequestItems={TABLE: batch}, **ASKING))


def _read_probes(client: Any) -> Iterator[tuple[str, float, float]]:
    client.put_item(TableName=TABLE, Item=marshal(_item("e", 5000)))
    keys = [key(name, "1") for name in ("e", "a", "missing", "lost")]
    for consistent, factor in ((False, 0.5), (True, 1)):
        wanted = {TABLE: {"Keys": keys, "ConsistentRead": consistent}}
        answer = client.batch_get_item(RequestItems=wanted, **ASKING)
        yield "a batch of 5,000 bytes, a small item and two missing", 5 * factor, _units(answer)
        yield "a query of 20 items of 630 bytes", 4 * factor, _query(client, "d", ConsistentRead=consistent)
        yield "a query of nothing", factor, _query(client, "missing", ConsistentRead=consistent)
    yield "the same 20 items from an index", 2, _query(client, "d", "#group", IndexName=INDEX)


def _query(client: Any, value: str, attribute: str = "#pk", **options: Any) -> float:
    names = {"#pk": "pk"} if attribute == "#pk" else {"#group": "group"}
    values = {":value": {"S": value}}
    return _units(
        client.query(
            TableName=TABLE,
            KeyConditionExpression=f"{attribute} = :value",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=values,
            **ASKING,
            **options,
        )
    )


def _item(partition: str, size: int, sort: str = "1", group: str | None = None) -> dict[str, Any]:
    return {"pk": partition, "sk": sort, "text": "x" * size, "group": group}


def _units(answer: dict[str, Any]) -> float:
    told = answer["ConsumedCapacity"]
    tables = told if isinstance(told, list) else [told]
    return float(sum(table["CapacityUnits"] for table in tables))
