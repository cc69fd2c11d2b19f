"""What requests cost, as the engine itself tells in its answers; the code that is measured knows nothing of it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.maps.sizes import item_size

READ_STEP, WRITE_STEP = 4096, 1024  # bytes that a unit pays for
WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"})

type Part = tuple[str, str]  # what was paid for: a table or an index, and the partition key as far as it is known


@dataclass(frozen=True)
class Charge:
    """One request: its units, and how they fall on its keys.

    A write that failed on its condition tells no units in its answer; `units` are then as is documented.
    """

    operation: str
    units: float
    parts: Mapping[Part, float]
    failed: bool = False

    @property
    def is_write(self) -> bool:
        """Tell whether write units were paid."""
        return self.operation in WRITES


@dataclass
class Meter:
    """Listens to a client's requests."""

    charges: list[Charge] = field(default_factory=list)

    def listen(self, client: Any) -> None:
        """Ask for the costs of every request of a client, and note them."""
        client.meta.events.register("provide-client-params.dynamodb.*", _asking)
        client.meta.events.register("after-call.dynamodb.*", self._note)

    def taken(self) -> Sequence[Charge]:
        """Give the charges since the last time."""
        charges, self.charges = self.charges, []
        return charges

    def _note(self, *, model: Any, parsed: dict[str, Any], context: Any, **_others: Any) -> None:
        if asked := context.get("metered"):
            self.charges.append(_charge(model.name, asked, parsed))


def read_units(charges: Iterable[Charge]) -> float:
    """Sum the read units."""
    return sum(charge.units for charge in charges if not charge.is_write)


def by_part(charges: Iterable[Charge]) -> dict[Part, float]:
    """Sum the units of each key and index."""
    parts: dict[Part, float] = defaultdict(float)
    for charge in charges:
        for part, units in charge.parts.items():
            parts[part] += units
    return parts


def _asking(params: dict[str, Any], model: Any, context: Any, **_others: Any) -> dict[str, Any] | None:
    if "ReturnConsumedCapacity" not in model.input_shape.members:
        return None
    context["metered"] = params
    return params | {"ReturnConsumedCapacity": "INDEXES"}


def _charge(operation: str, asked: dict[str, Any], answer: dict[str, Any]) -> Charge:
    told = answer.get("ConsumedCapacity")
    weights = list(_weights(operation, asked, answer))
    if told is None:
        units = sum(weight for _part, weight in weights) * (2 if operation.startswith("Transact") else 1)
        return Charge(operation, units, _shared(weights, units), failed=True)
    tables = told if isinstance(told, list) else [told]
    parts: dict[Part, float] = {}
    for table in tables:
        of_table = [(part, weight) for part, weight in weights if part[0] == table["TableName"]]
        parts |= _shared(of_table, table["Table"]["CapacityUnits"])
        for name, index in table.get("GlobalSecondaryIndexes", {}).items():
            parts[name, _key_of_query(asked)] = index["CapacityUnits"]
    return Charge(operation, sum(table["CapacityUnits"] for table in tables), parts)


def _shared(weights: Sequence[tuple[Part, float]], units: float) -> dict[Part, float]:
    """Share units by the weights, which are the units that each item is documented to cost."""
    total = sum(weight for _part, weight in weights)
    parts: dict[Part, float] = defaultdict(float)
    for part, weight in weights:
        parts[part] += units * weight / total
    return parts


def _weights(operation: str, asked: dict[str, Any], answer: dict[str, Any]) -> Iterator[tuple[Part, float]]:
    match operation:
        case "BatchGetItem":
            yield from _read_weights(asked, answer)
        case "BatchWriteItem":
            for table, requests in asked["RequestItems"].items():
                yield from (_write_weight(table, request) for request in requests)
        case "TransactWriteItems":
            yield from (_write_weight("", write) for write in asked["TransactItems"])
        case "Query":
            yield (asked["TableName"], _key_of_query(asked)), 1
        case _:
            yield _write_weight(asked["TableName"], {operation: asked})


def _read_weights(asked: dict[str, Any], answer: dict[str, Any]) -> Iterator[tuple[Part, float]]:
    for table, request in asked["RequestItems"].items():
        found = {_name(item): item for item in answer.get("Responses", {}).get(table, [])}
        for key in request["Keys"]:
            yield (table, key["pk"]["S"]), _steps(found.get(_name(key), {}), READ_STEP)


def _write_weight(table: str, request: dict[str, Any]) -> tuple[Part, float]:
    [write] = request.values()
    item = write.get("Item") or write["Key"]
    return (write.get("TableName", table), item["pk"]["S"]), _steps(item, WRITE_STEP)


def _steps(item: Mapping[str, Any], step: int) -> int:
    return max(1, math.ceil(item_size(item) / step))


def _name(item: Mapping[str, Any]) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _key_of_query(asked: dict[str, Any]) -> str:
    """Find the value of the partition key, the first that the condition compares."""
    condition = asked.get("KeyConditionExpression", "")
    name = condition.partition("=")[2].split()
    return str(asked["ExpressionAttributeValues"][name[0]]["S"]) if name else ""
