# ruff: noqa: SLF001 (a repair reaches inside by its nature; the pin of ministack keeps the inside as it is)
"""Repairs of ministack's tables."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ministack.services import dynamodb

type Item = dict[str, dict[str, Any]]
KEY_RANGE = re.compile(r"(#?\w+) = (:\w+) AND (#?\w+) BETWEEN (:\w+) AND (:\w+)")


def compare_key_ranges_without_parsing() -> None:
    """A key condition is parsed anew for every item of its partition: a second for the 15,000 markers of a city."""
    unrepaired = dynamodb._evaluate_condition

    def evaluate(expression: str, item: Item, values: Item, names: dict[str, str], slot: str = "") -> bool:
        parts = _key_range(expression) if slot == "KeyConditionExpression" else None
        if parts is None:
            return bool(unrepaired(expression, item, values, names, slot=slot))
        partition, position = (item.get(names.get(name, name), {}).get("S", "") for name in parts[::2][:2])
        key, low, high = (values[name]["S"] for name in (parts[1], *parts[3:]))
        return bool(partition == key and low <= position <= high)

    dynamodb._evaluate_condition = evaluate


@cache
def _key_range(expression: str) -> tuple[str, ...] | None:
    found = KEY_RANGE.fullmatch(expression)
    return found and found.groups()
