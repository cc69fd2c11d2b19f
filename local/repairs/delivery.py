# ruff: noqa: SLF001 (a repair reaches inside by its nature; the pin of ministack keeps the inside as it is)
"""How records of a stream come to a function, with the retries, halvings and the queue of failures that Lambda has."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import count
from typing import Any

from ministack.services import lambda_svc

type Record = dict[str, Any]
type Mapping = dict[str, Any]  # of a stream to a function, as Lambda has it

FOR_EVER = -1  # Lambda's word for it
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds before a batch is tried again, doubled each time


@dataclass(frozen=True)
class Delivery:
    """The way of records to a function; a setting that changes meanwhile counts from the next attempt on."""

    mapping: Mapping
    function: dict[str, Any]

    def deliver(self, records: list[Record]) -> None:
        """Let the function do all records, or give some up; halving what fails costs no attempt."""
        for attempt in count():
            records = self._not_done(records)
            if not records or not self.is_wanted():
                return
            if self.mapping.get("BisectBatchOnFunctionError") and len(records) > 1:
                self.deliver(records[: len(records) // 2])
                self.deliver(records[len(records) // 2 :])
                return
            if condition := self._end_of_patience(records, attempt):
                self._report(records, condition)
                return
            _pause(min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt))

    def is_wanted(self) -> bool:
        """Whether the mapping is there and switched on."""
        return bool(self.mapping.get("Enabled", True)) and self.mapping.get("State") != "Deleting"

    def _not_done(self, records: list[Record]) -> list[Record]:
        """Call the function; what it did not do begins with the first record that it names as failed."""
        result = lambda_svc._execute_function(self.function, {"Records": records})
        failed = bool(result.get("error"))
        self.mapping["LastProcessingResult"] = "PROBLEM: Function call failed" if failed else "OK"
        if failed:
            return records
        named = _failures(result.get("body")) if self._reports_failures() else []
        numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
        return records[min(numbers.index(each) if each in numbers else 0 for each in named) :] if named else []

    def _reports_failures(self) -> bool:
        return "ReportBatchItemFailures" in (self.mapping.get("FunctionResponseTypes") or [])

    def _end_of_patience(self, records: list[Record], attempt: int) -> str | None:
        """Why these records are given up now, in Lambda's words."""
        retries: int = self.mapping.get("MaximumRetryAttempts", FOR_EVER)
        longest: int = self.mapping.get("MaximumRecordAgeInSeconds", FOR_EVER)
        age = time.time() - records[0]["dynamodb"]["ApproximateCreationDateTime"]
        if FOR_EVER < longest < age:
            return "MaxRecordAgeExceeded"
        return "RetryAttemptsExhausted" if FOR_EVER < retries <= attempt else None

    def _report(self, records: list[Record], condition: str) -> None:
        stream = self.mapping["EventSourceArn"]
        lambda_svc._send_ddb_stream_failure_record(self.mapping, self.function, records, stream, {}, condition)


def _failures(body: Any) -> list[str]:
    listed = body.get("batchItemFailures") if isinstance(body, dict) else None
    return [each.get("itemIdentifier") for each in listed or []]


def _pause(seconds: float) -> None:
    time.sleep(seconds)
