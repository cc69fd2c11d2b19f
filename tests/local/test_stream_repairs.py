"""What is put right of ministack's streams; as in test_repairs.py, each repair is shown to be needed first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from ministack.core import persistence
from ministack.services import dynamodb, lambda_svc

from local.repairs import delivery, streams

STREAM = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
KEY = {"AttributeName": "pk"}
TABLE = {
    "TableName": "pets",
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [KEY | {"KeyType": "HASH"}],
    "AttributeDefinitions": [KEY | {"AttributeType": "S"}],
    "StreamSpecification": STREAM,
}
LONGEST_BACKLOG = 3600  # seconds


@dataclass
class Household:
    """A table whose stream a function follows, which fails when it is called with something bad."""

    bad: str = ""
    reports: bool = False  # the failed by their numbers, or nothing but that it failed
    calls: list[str] = field(default_factory=list)
    put_aside: list[tuple[str, str]] = field(default_factory=list)
    mapping: dict[str, Any] = field(default_factory=dict)

    def execute(self, function: Any, event: dict[str, Any]) -> dict[str, Any]:
        """Stand for the function."""
        numbers = {key_of(record): record["dynamodb"]["SequenceNumber"] for record in event["Records"]}
        self.calls.append("".join(numbers))
        failed = [numbers[pet] for pet in self.bad if pet in numbers]
        if self.reports:
            return {"body": {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}}
        return {"error": bool(failed), "body": {}}

    def put_records_aside(self, mapping: Any, function: Any, records: Any, stream: str, result: Any, why: str) -> None:
        self.put_aside.append(("".join(key_of(record) for record in records), why))

    def set(self, **settings: Any) -> None:
        lambda_svc._update_esm(self.mapping["UUID"], settings)

    def poll(self) -> None:
        """Deliver what waits, as often as ministack would in a while."""
        for _ in range(3):
            lambda_svc._esm_backoff_until.clear()
            lambda_svc._poll_dynamodb_streams()


def key_of(record: dict[str, Any]) -> str:
    return str(record["dynamodb"]["Keys"]["pk"]["S"])


def put(*pets: str) -> None:
    for pet in pets:
        dynamodb._put_item({"TableName": "pets", "Item": {"pk": {"S": pet}}})


def at_once(mapping: str, run: Any, *arguments: Any) -> None:
    run(*arguments)


@pytest.fixture
def household(monkeypatch: pytest.MonkeyPatch) -> Iterator[Household]:
    """ministack as it comes, with a table and a function."""
    for module, name in (
        (dynamodb, "get_state"),
        (dynamodb, "load_persisted_state"),
        (lambda_svc, "_poll_dynamodb_streams"),
        (lambda_svc, "_restore_esm_positions"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name))
    found = Household()
    monkeypatch.setattr(lambda_svc, "_execute_function", found.execute)
    monkeypatch.setattr(lambda_svc, "_send_ddb_stream_failure_record", found.put_records_aside)
    monkeypatch.setattr(lambda_svc, "_dispatch_esm_batch", at_once)
    monkeypatch.setattr(lambda_svc, "_ensure_poller", lambda: None)
    monkeypatch.setattr(streams, "_wait_until_served", lambda: None)
    monkeypatch.setattr(delivery, "_pause", lambda seconds: None)
    dynamodb._create_table(TABLE)
    lambda_svc._functions["counts"] = {"config": {"FunctionName": "counts"}}
    source = dynamodb._tables["pets"]["LatestStreamArn"]
    wanted = {"FunctionName": "counts", "EventSourceArn": source, "StartingPosition": "TRIM_HORIZON"}
    found.mapping = json.loads(lambda_svc._create_esm(wanted)[2])
    yield found
    dynamodb.reset()
    lambda_svc.reset()


def test_a_bad_record_is_put_aside_after_its_retries_and_does_not_block_the_stream(household: Household) -> None:
    household.set(MaximumRetryAttempts=2)
    household.bad = "b"
    put("b")
    household.poll()
    assert household.calls == ["b", "b", "b"]
    assert household.put_aside == []
    streams.deliver_streams_by_their_settings()
    household.calls.clear()
    put("c")
    household.set(BatchSize=1)
    household.poll()
    assert household.calls == ["b", "b", "b", "c"]
    assert household.put_aside == [("b", "RetryAttemptsExhausted")]


def test_a_bad_batch_is_halved_until_only_the_bad_record_is_left(household: Household) -> None:
    household.set(MaximumRetryAttempts=1, BisectBatchOnFunctionError=True)
    household.bad = "d"
    put(*"abcd")
    household.poll()
    assert set(household.calls) == {"abcd"}
    streams.deliver_streams_by_their_settings()
    household.calls.clear()
    household.poll()
    assert household.calls == ["abcd", "ab", "cd", "c", "d", "d"]
    assert household.put_aside == [("d", "RetryAttemptsExhausted")]


def test_what_is_reported_as_failed_is_tried_again_from_there_on(household: Household) -> None:
    household.set(MaximumRetryAttempts=1, FunctionResponseTypes=["ReportBatchItemFailures"])
    household.bad, household.reports = "b", True
    put(*"abc")
    household.poll()
    assert household.calls == ["abc"]
    assert household.put_aside == []
    streams.deliver_streams_by_their_settings()
    put(*"def")
    household.bad = "e"
    household.calls.clear()
    household.poll()
    assert household.calls == ["def", "ef"]
    assert household.put_aside == [("ef", "RetryAttemptsExhausted")]


def test_what_is_too_old_is_put_aside_without_more_retries(household: Household) -> None:
    streams.deliver_streams_by_their_settings()
    household.set(MaximumRetryAttempts=5, MaximumRecordAgeInSeconds=LONGEST_BACKLOG)
    household.bad = "a"
    put("a")
    dynamodb._stream_records["pets"][0]["dynamodb"]["ApproximateCreationDateTime"] -= LONGEST_BACKLOG + 1
    household.poll()
    assert household.calls == ["a"]
    assert household.put_aside == [("a", "MaxRecordAgeExceeded")]


def test_a_batch_is_full_of_what_its_filter_lets_through(household: Household) -> None:
    markers = json.dumps({"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "C"}]}}}})
    household.set(BatchSize=2, FilterCriteria={"Filters": [{"Pattern": markers}]})
    put("R1", "C1", "R2")
    household.poll()
    assert household.calls == ["C1"]
    streams.deliver_streams_by_their_settings()
    household.calls.clear()
    put("C2", "R3", "C3", "C4", "R4")
    household.poll()
    assert household.calls == ["C2C3", "C4"]


def test_a_mapping_that_is_switched_off_is_not_delivered_to_until_it_is_on_again(household: Household) -> None:
    streams.deliver_streams_by_their_settings()
    household.set(Enabled=False)
    put("a")
    household.poll()
    assert household.calls == []
    household.set(Enabled=True)
    household.poll()
    assert household.calls == ["a"]


def test_what_every_function_has_had_is_forgotten(household: Household) -> None:
    put("a", "b")
    household.poll()
    assert len(dynamodb._stream_records["pets"]) == 2
    streams.deliver_streams_by_their_settings()
    household.poll()
    assert dynamodb._stream_records["pets"] == []
    put("c")
    household.poll()
    assert household.calls == ["ab", "c"]


def restart() -> None:
    """Save everything, forget everything, and read what was saved."""
    saved = json.dumps([dynamodb.get_state(), lambda_svc.get_state()], default=persistence._json_default)
    dynamodb.reset()
    lambda_svc.reset()
    tables, functions = json.loads(saved, object_hook=persistence._json_object_hook)
    dynamodb.load_persisted_state(tables)
    lambda_svc.load_persisted_state(functions)


def test_what_was_not_delivered_before_a_restart_is_delivered_after_it(household: Household) -> None:
    put("a")
    household.poll()
    put("b")
    restart()
    put("c")
    household.poll()
    assert household.calls == ["a"]  # neither what waited, nor the next one
    streams.keep_streams_over_a_restart()
    streams.deliver_streams_by_their_settings()
    household.calls.clear()
    put("d", "e")
    restart()
    put("f")
    household.poll()
    assert "".join(household.calls).endswith("def")


def test_a_stream_does_not_grow_old_while_nothing_runs(household: Household) -> None:
    streams.keep_streams_over_a_restart()
    streams.deliver_streams_by_their_settings()
    put("a")
    dynamodb._stream_records["pets"][0]["dynamodb"]["ApproximateCreationDateTime"] -= 2 * 86_400
    restart()
    household.poll()
    assert household.calls == ["a"]
