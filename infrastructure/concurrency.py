"""How many of a function may run at once, where a bound protects the rest and the account has room for it."""

from collections.abc import Mapping
from typing import Any

import boto3

LEFT_FOR_ALL = 100  # Lambda wants at least as many unreserved; new accounts, which have 10 in all, can reserve none
MOST_AT_ONCE: Mapping[str, int] = {
    "make_renditions": 20,  # a source that brings a thousand pictures must not take every function from those who look
}


def bound(session: boto3.Session, functions: Mapping[str, str]) -> list[str]:
    """Set the bounds, which also guarantee that many, and no others; returns those the account has no room for."""
    client = session.client("lambda")
    return [name for name, function in functions.items() if not _bound(client, function, MOST_AT_ONCE.get(name))]


def reserved(client: Any, function: str) -> int | None:
    """Tell how many of a function may run at once; None for as many as the account may."""
    found: int | None = client.get_function_concurrency(FunctionName=function).get("ReservedConcurrentExecutions")
    return found


def has_room(client: Any, held: int | None, most: int) -> bool:
    """Tell whether the account has room for a bound in place of the one that is held."""
    free = client.get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"]
    return bool(free + (held or 0) - most >= LEFT_FOR_ALL)


def _bound(client: Any, function: str, most: int | None) -> bool:
    held = reserved(client, function)
    if held == most:
        return True
    if most is None:
        client.delete_function_concurrency(FunctionName=function)
        return True
    if not has_room(client, held, most):
        return False
    client.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=most)
    return True
