"""What Lambda would do after a change: hand over the stream's records, and call the schedules."""

import json
from typing import Any

import app as application
from tests.api.steps import EVENTS, Remaining
from tests.conftest import Homestead


def records(homestead: Homestead) -> list[dict[str, Any]]:
    """Make a record of the stream for every marker, and for every note of one that has gone."""
    pages = homestead.session.client("dynamodb").get_paginator("scan").paginate(TableName=homestead.table.name)
    items = [item for page in pages for item in page["Items"] if item["pk"]["S"].startswith("C#")]
    return [_record(number, item, homestead) for number, item in enumerate(items, start=100)]


def _record(number: int, item: dict[str, Any], homestead: Homestead) -> dict[str, Any]:
    return {
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "dynamodb": {
            "Keys": {name: item[name] for name in ("pk", "sk")},
            "NewImage": item,
            "SequenceNumber": str(number),
            "ApproximateCreationDateTime": homestead.clock.now.timestamp() - 2,
        },
    }


def follow(homestead: Homestead) -> None:
    """Bring all tiles up to date."""
    assert application.refresh_tiles({"Records": records(homestead)}, None) == {"batchItemFailures": []}
    application.refresh_wide_tiles(_scheduled(), None)


def mend(**detail: Any) -> None:
    """Call what is called every night."""
    application.mend_tiles(_scheduled(**detail), Remaining())


def _scheduled(**detail: Any) -> Any:
    return EVENTS.generate_cw_event("aws.events", "Scheduled Event", detail, [])


def metrics(output: str) -> dict[str, float]:
    """Read what was measured from what was printed."""
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return {name: value for line in lines for name, value in line.items() if isinstance(value, int | float)}
