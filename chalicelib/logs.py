"""The log: one JSON object a line, with the id of what is being handled.

It never holds an Authorization, a contact, an exact place or a network address.
So an error is told by its type and the places it passed, without its words: those may repeat what somebody sent.
"""

import json
import logging
import sys
import time
import traceback
from typing import Any

from chalicelib import journal
from chalicelib.journal import Journal

NAME = "homeward"
NAMESPACE = "Homeward"
MOST_VALUES = 100  # of one metric in a line

log = logging.getLogger(NAME)


class _Lines(logging.Handler):
    """Writes to whatever is the standard output at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(self.format(record) + "\n")


class _Json(logging.Formatter):
    """Writes a record with its `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        known: dict[str, Any] = {"level": record.levelname, "message": record.getMessage()}
        if (followed := journal.current()) is not None:
            known |= _ids(followed)
        known |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            known |= error_fields(record.exc_info[1])
        return json.dumps(known, default=str)


def configure() -> None:
    """Write what is logged as lines of JSON; again is harmless."""
    lines = _Lines()
    lines.setFormatter(_Json())
    log.handlers = [lines]
    log.propagate = False  # Lambda's own handler would write everything once more
    log.setLevel(logging.INFO)


def error_fields(error: BaseException) -> dict[str, Any]:
    """Tell of an error what nobody wrote who asks us for something."""
    passed = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    cause = error.__cause__
    told = {"error": type(error).__name__, "code": code, "cause": cause and type(cause).__name__, "at": passed}
    return {name: value for name, value in told.items() if value}


def tell(message: str, **fields: Any) -> None:
    """Write the line that ends a request or event: with what was read, and with what was measured for CloudWatch."""
    if notes := journal.current():
        fields |= {"calls": notes.calls, "read_units": notes.read_units} if notes.calls else {}
        fields |= _measured(notes)
    log.info(message, extra={"fields": fields})


def _measured(notes: Journal) -> dict[str, Any]:
    """Write metrics in the embedded format, which CloudWatch reads without a call of ours."""
    if not notes.measured:
        return {}
    metrics = [{"Name": metric.title, "Unit": metric.unit} for metric in notes.measured]
    described = [{"Namespace": NAMESPACE, "Dimensions": [[]], "Metrics": metrics}]
    values = {metric.title: _values(each) for metric, each in notes.measured.items()}
    return {**values, "_aws": {"Timestamp": round(time.time() * 1000), "CloudWatchMetrics": described}}


def _values(values: list[float]) -> float | list[float]:
    return values[0] if len(values) == 1 else values[:MOST_VALUES]


def _ids(notes: Journal) -> dict[str, Any]:
    ids: dict[str, Any] = {"correlation_id": notes.correlation_id}
    if notes.correlation_id != notes.own_id:
        ids["invocation"] = notes.own_id
    if len(notes.followed) > 1:
        ids["follows"] = list(notes.followed)
    return ids
