"""The local cloud with two troubles at hand: a table that is throttled, a session that has expired.

Each line of the file that the variable TROUBLE names is one: "throttled <table> <operation>" or "expired <key>".
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from local.repairs import apply_all

TROUBLE = "TROUBLE"
THROTTLED = {
    "__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
    "message": "The level of configured provisioned throughput for the table was exceeded.",
}
type Scope = MutableMapping[str, Any]
type App = Callable[[Scope, Any, Any], Awaitable[None]]


def troubles(file: Path, kind: str) -> list[list[str]]:
    """Read the troubles of a kind that there are now."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [line.split()[1:] for line in lines if line.startswith(kind)]


def throttle(file: Path) -> None:
    """Refuse operations on tables, as DynamoDB does when there are too many."""
    from ministack.core.responses import json_response
    from ministack.services import dynamodb

    unrepaired = dynamodb.handle_request

    async def handle(method: str, path: str, headers: dict[str, str], body: bytes, *rest: Any) -> Any:
        asked = headers.get("x-amz-target", "").rpartition(".")[2]
        if any(asked == operation and table.encode() in body for table, operation in troubles(file, "throttled")):
            return json_response(THROTTLED, 400)
        return await unrepaired(method, path, headers, body, *rest)

    dynamodb.handle_request = handle


def let_sessions_expire(app: App, file: Path) -> App:
    """End sessions before their time; whoever comes with one is refused in the words of the service that is asked."""
    from ministack.services import sts

    async def serve(scope: Scope, receive: Any, send: Any) -> None:
        for [key] in troubles(file, "expired"):
            sts._sessions.get(key, {})["Expiration"] = 1.0
        await app(scope, receive, send)

    return serve


def main() -> None:
    """Serve."""
    from ministack import app as ministack

    apply_all()
    file = Path(os.environ[TROUBLE])
    throttle(file)
    ministack.app = let_sessions_expire(ministack.app, file)
    ministack.main()
