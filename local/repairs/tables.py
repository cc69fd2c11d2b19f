# ruff: noqa: SLF001 (a repair reaches inside by its nature; the pin of ministack keeps the inside as it is)
"""Repairs of ministack's tables."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ministack.services import dynamodb

type Item = dict[str, dict[str, Any]]
KEYS = re.compile(r"(#?\w+) = (:\w+)(?: AND (#?\w+) (?:BETWEEN (:\w+) AND (:\w+)|>= (:\w+)))?")
LAST = "\U0010ffff"  # the last character there is: no position of ours is behind it


def compare_key_ranges_without_parsing() -> None:
    """A key condition is parsed anew for every item of its partition: a second for the 15,000 markers of a city."""
    unrepaired = dynamodb._evaluate_condition

    def evaluate(expression: str, item: Item, values: Item, names: dict[str, str], slot: str = "") -> bool:
        condition = _key_condition(expression) if slot == "KeyConditionExpression" else None
        if condition is None:
            return bool(unrepaired(expression, item, values, names, slot=slot))
        partition, key, position, low, high = condition
        return _text(item, names.get(partition, partition)) == values[key]["S"] and (
            position is None
            or values[low]["S"] <= _text(item, names.get(position, position)) <= (values[high]["S"] if high else LAST)
        )

    dynamodb._evaluate_condition = evaluate


def _text(item: Item, name: str) -> str:
    return str(item.get(name, {}).get("S", ""))


@cache
def _key_condition(expression: str) -> tuple[str, str, str | None, str, str | None] | None:
    """The name and the value of the partition, the name of the position, its first value and its last."""
    found = KEYS.fullmatch(expression)
    if found is None:
        return None
    partition, key, position, low, high, least = found.groups()
    return partition, key, position, low or least, high
