"""How large DynamoDB takes an item to be, by its documentation: names and values in bytes, and a little for nesting."""

from collections.abc import Iterable, Mapping
from typing import Any

NESTING = 3  # bytes that a map or list costs besides what it holds
ELEMENT = 1  # bytes that each of its elements costs besides


def item_size(item: Mapping[str, Any]) -> int:
    """Sum an item in DynamoDB's form."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(value: Mapping[str, Any]) -> int:
    [(kind, content)] = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "B":
            return len(content)
        case "N":
            return len(content.lstrip("-").replace(".", "").strip("0")) // 2 + 2
        case "M":
            return NESTING + item_size(content) + ELEMENT * len(content)
        case "L":
            return NESTING + _sum(content) + ELEMENT * len(content)
    return 1


def _sum(values: Iterable[Mapping[str, Any]]) -> int:
    return sum(map(_size, values))
