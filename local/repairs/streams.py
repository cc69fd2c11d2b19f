# ruff: noqa: SLF001 (a repair reaches inside by its nature; the pin of ministack keeps the inside as it is)
"""Repairs of the streams of ministack's tables: how functions get them, and that they outlast a restart."""

from __future__ import annotations

import copy
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from ministack.core.arn import ArnParseError, parse_arn
from ministack.core.responses import _request_account_id, _request_region
from ministack.services import dynamodb, lambda_svc

from local.repairs.delivery import Delivery, Mapping, Record

READ_AT_ONCE = 10_000  # records that are looked through for the next batch, most of which its filter may leave out


def deliver_streams_by_their_settings() -> None:
    """Bisecting, retries, partial failures and the queue of failures were kept and ignored.

    A batch that fails was repeated for ever, and kept all queues waiting while its function ran.
    """
    lambda_svc._poll_dynamodb_streams = _poll


def keep_streams_over_a_restart() -> None:
    """Positions in a stream were saved and its records were not: what was not delivered yet was lost.

    After that a function heard nothing until there were as many new records as there had been old ones.
    """
    get_state, load = dynamodb.get_state, dynamodb.load_persisted_state
    restore_positions = lambda_svc._restore_esm_positions

    def get_state_with_streams() -> dict[str, Any]:
        state: dict[str, Any] = get_state()
        return state | {"undelivered": copy.deepcopy(dynamodb._stream_records)}

    def load_with_streams(state: dict[str, Any]) -> None:
        load(state)
        if kept := state.get("undelivered"):
            dynamodb._stream_records._data.update({key: _of_now(records) for key, records in kept._data.items()})

    def restore_other_positions(positions: Any, saved: Any) -> None:
        if positions is not lambda_svc._dynamodb_stream_positions:
            restore_positions(positions, saved)

    dynamodb.get_state, dynamodb.load_persisted_state = get_state_with_streams, load_with_streams
    lambda_svc._restore_esm_positions = restore_other_positions


def _of_now(records: list[Record]) -> list[Record]:
    """A stream forgets what is older than a day; while a laptop sleeps, its streams do not grow older."""
    for record in records:
        record["dynamodb"]["ApproximateCreationDateTime"] = int(time.time())
    return records


def _poll() -> bool:
    """Begin to deliver what waits in each stream, one batch at a time; tell whether there was anything."""
    return any(_begin(*each) for each in lambda_svc._iter_all_esms())


def _begin(account: str, region: str, mapping: Mapping) -> bool:
    with _acting_for(account, region):
        function, _ = lambda_svc._get_func_record_for_qualifier(mapping["FunctionName"], mapping.get("Qualifier"))
        table = _table_of(mapping)
        if table is None or function is None or lambda_svc._esm_inflight.get(mapping["UUID"]):
            return False
        _forget_delivered(table)
        delivery = Delivery(mapping, function)
        return delivery.is_wanted() and _dispatch(delivery, table)


@contextmanager
def _acting_for(account: str, region: str) -> Iterator[None]:
    tokens = _request_account_id.set(account), _request_region.set(region)
    try:
        yield
    finally:
        _request_account_id.reset(tokens[0])
        _request_region.reset(tokens[1])


def _table_of(mapping: Mapping) -> str | None:
    """The table whose stream this is; None when the stream is of something else, or has gone."""
    source = mapping.get("EventSourceArn", "")
    with suppress(ArnParseError):
        spec = parse_arn(source)
        found = lambda_svc._dynamodb_stream_table_from_arn_spec(spec) if spec.service == "dynamodb" else None
        if found and (dynamodb._tables.get(found[0]) or {}).get("LatestStreamArn") == source:
            return str(found[0])
    return None


def _dispatch(delivery: Delivery, table: str) -> bool:
    """Deliver the next batch in a thread of its own; tell whether there was anything."""
    start = _position(delivery.mapping, table)
    records, end = _next_batch(delivery.mapping, table, start)
    if records:
        lambda_svc._dispatch_esm_batch(delivery.mapping["UUID"], _run, delivery, records, end)
    elif end > start:
        _advance(delivery.mapping, end)
    return end > start


def _position(mapping: Mapping, table: str) -> int:
    """Where to read on; a mapping without a position is older than this process, whose streams begin with the rest."""
    start: int = dynamodb.stream_start_position(table)
    position: int = lambda_svc._dynamodb_stream_positions.get(mapping["UUID"], start)
    return max(start, position)


def _next_batch(mapping: Mapping, table: str, start: int) -> tuple[list[Record], int]:
    """The next records that pass the mapping's filter, at most its batch size, and the position behind them."""
    batch: list[Record] = []
    position = start
    for record in dynamodb.stream_records_since(table, start, READ_AT_ONCE):
        batch += lambda_svc._apply_filter_criteria([record], mapping)
        position += 1
        if len(batch) >= mapping.get("BatchSize", 100):
            break
    return batch, position


def _run(delivery: Delivery, records: list[Record], end: int) -> None:
    _wait_until_served()
    delivery.deliver(records)
    if delivery.is_wanted():
        _advance(delivery.mapping, end)


@cache
def _wait_until_served() -> None:
    """The cloud reads its state, streams among it, a moment before it answers; functions would fail until then."""
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", int(os.environ["GATEWAY_PORT"])), 1):
            return
        time.sleep(0.05)


def _advance(mapping: Mapping, position: int) -> None:
    lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position


def _forget_delivered(table: str) -> None:
    """Keep only what some function has not had: AWS keeps a day of it, and here it would be memory and saved state."""
    start: int = dynamodb.stream_start_position(table)
    readers = [mapping for mapping in lambda_svc._esms.values() if _table_of(mapping) == table]
    delivered = min(_position(mapping, table) for mapping in readers) - start
    if delivered:
        del dynamodb._stream_records[table][:delivered]
        dynamodb._stream_trimmed[table] = start + delivered
