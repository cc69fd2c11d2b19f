"""The local cloud with a switch: while a file names operations of DynamoDB, these are throttled for functions."""

import os
from pathlib import Path
from typing import Any

from local.repairs import apply_all

TROUBLE = "TROUBLE"  # the variable that names the file; a line in it is "<table> <operation>"
THROTTLED = {
    "__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
    "message": "The level of configured provisioned throughput for the table was exceeded.",
}


def throttle(file: Path) -> None:
    """Have the operations that the file names refused, whenever it is there."""
    from ministack.core.responses import json_response
    from ministack.services import dynamodb

    unrepaired = dynamodb.handle_request

    def is_throttled(operation: str, body: bytes) -> bool:
        named = [line.split() for line in file.read_text().splitlines()] if file.exists() else []
        return any(operation == each and table.encode() in body for table, each in named)

    async def handle(method: str, path: str, headers: dict[str, str], body: bytes, *rest: Any) -> Any:
        operation = headers.get("x-amz-target", "").rpartition(".")[2]
        if is_throttled(operation, body):
            return json_response(THROTTLED, 400)
        return await unrepaired(method, path, headers, body, *rest)

    dynamodb.handle_request = handle


def main() -> None:
    """Serve."""
    apply_all()
    throttle(Path(os.environ[TROUBLE]))
    from ministack.app import main as serve

    serve()
