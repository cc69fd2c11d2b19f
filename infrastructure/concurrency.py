"""How many of a function may run at once, where a bound protects the rest and the account has room for it."""

from collections.abc import Mapping
from typing import Any

import boto3

LEFT_FOR_ALL = 100  # Lambda wants at least as many unreserved; new accounts, which have 10 in all, can reserve none
MOST_AT_ONCE: Mapping[str, int] = {
    "make_renditions": 20,  # a source that brings a thousand pictures must not take every function from those who look
}


def bound(session: boto3.Session, functions: Mapping[str, str]) -> list[str]:
    """Set the bounds, which also guarantee that many; returns the functions that the account has no room for."""
    client = session.client("lambda")
    return [name for name, most in MOST_AT_ONCE.items() if not _bound(client, functions[name], most)]


def _bound(client: Any, function: str, most: int) -> bool:
    reserved = client.get_function_concurrency(FunctionName=function).get("ReservedConcurrentExecutions", 0)
    if reserved != most:
        free = client.get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"]
        if free + reserved - most < LEFT_FOR_ALL:
            return False
        client.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=most)
    return True
