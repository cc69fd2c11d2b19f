"""Writing very many items: BatchWriteItem from several processes, straight over HTTP.

The SDK would cost more time than the engine takes to write.
"""

import http.client
import json
import multiprocessing
from base64 import b64encode
from collections.abc import Callable, Iterable
from itertools import batched
from typing import Any

from chalicelib.connectors.table import Item, marshal

PER_REQUEST = 25  # the most that BatchWriteItem takes
PROCESSES = 4
HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "DynamoDB_20120810.BatchWriteItem",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=made-up/20260101/eu-central-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=made-up",
}
OK = 200
TOLD_EVERY = 50_000  # items

type Source = Callable[[int, int], Iterable[Item]]  # the items of one of so many parts


def load(port: int, table: str, source: Source) -> None:
    """Write all that a source makes; each process makes and writes its part."""
    fork = multiprocessing.get_context("fork")
    parts = [fork.Process(target=_load_part, args=(port, table, source, number)) for number in range(PROCESSES)]
    for part in parts:
        part.start()
    for part in parts:
        part.join()
    if any(part.exitcode for part in parts):
        raise SystemExit(f"{table} could not be loaded")


def _load_part(port: int, table: str, source: Source, number: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    written = 0
    for items in batched(source(number, PROCESSES), PER_REQUEST):
        _write(connection, table, items)
        before, written = written, written + len(items)
        if number == 0 and before // TOLD_EVERY != written // TOLD_EVERY:
            print(f"    {table}: about {written * PROCESSES:,} items", flush=True)


def _write(connection: http.client.HTTPConnection, table: str, items: Iterable[Item]) -> None:
    requests = [{"PutRequest": {"Item": marshal(item)}} for item in items]
    while requests:
        answer = _call(connection, {"RequestItems": {table: requests}})
        requests = answer.get("UnprocessedItems", {}).get(table, [])


def _call(connection: http.client.HTTPConnection, body: dict[str, Any]) -> dict[str, Any]:
    connection.request("POST", "/", json.dumps(body, default=_as_text).encode(), HEADERS)
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != OK:
        raise SystemExit(data.decode())
    return dict(json.loads(data))


def _as_text(value: Any) -> str:
    return b64encode(value).decode()
