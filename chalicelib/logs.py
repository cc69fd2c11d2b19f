"""The log: one JSON object a line, with the id of what is being handled.

It never holds an Authorization, a contact, an exact place or a network address.
So an error is told by its type and the places it passed, without its words: those may repeat what somebody sent.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Mapping
from typing import Any

from chalicelib import journal
from chalicelib.journal import Journal, Metric

NAME = "homeward"
NAMESPACE = "Homeward"  # of the metrics, with the stage behind a slash
MOST_VALUES = 100  # of one metric in a line

log = logging.getLogger(NAME)


class _Lines(logging.Handler):
    """Writes to whatever is the standard output at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(self.format(record) + "\n")


class _Json(logging.Formatter):
    """Writes a record with its `fields` and with what was `measured` for CloudWatch."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self._namespace = f"{NAMESPACE}/{stage}"

    def format(self, record: logging.LogRecord) -> str:
        known: dict[str, Any] = {"level": record.levelname, "message": record.getMessage()}
        if (followed := journal.current()) is not None:
            known |= _ids(followed)
        known |= getattr(record, "fields", {})
        if measured := getattr(record, "measured", None):
            known |= _metrics(measured, self._namespace)
        if record.exc_info and record.exc_info[1]:
            known |= error_fields(record.exc_info[1])
        return json.dumps(known, default=str)


def configure(stage: str) -> None:
    """Write what is logged as lines of JSON, and what is measured as the stage's own; again is harmless."""
    lines = _Lines()
    lines.setFormatter(_Json(stage))
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
    notes = journal.current()
    if notes and notes.calls:
        fields |= {"calls": notes.calls, "read_units": notes.read_units}
    log.info(message, extra={"fields": fields, "measured": notes and notes.measured})


def _metrics(measured: Mapping[Metric, list[float]], namespace: str) -> dict[str, Any]:
    """Write metrics in the embedded format, which CloudWatch reads without a call of ours."""
    metrics = [{"Name": metric.title, "Unit": metric.unit} for metric in measured]
    described = [{"Namespace": namespace, "Dimensions": [[]], "Metrics": metrics}]
    values = {metric.title: _values(each) for metric, each in measured.items()}
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
