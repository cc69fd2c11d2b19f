"""What AWS tells us, in the words of the services."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import unquote_plus

from chalicelib.domain.pictures import picture_of_original
from chalicelib.journal import CORRELATION, Metric, follow, measure
from chalicelib.services.arrivals import Arrivals
from chalicelib.services.changes import Clock
from chalicelib.services.expiry import Expiry
from chalicelib.services.mending import Mender
from chalicelib.services.reconciling import Reconciler
from chalicelib.services.tiling import Tiler, Touch

log = logging.getLogger("homeward")
SPARE_MILLISECONDS = 20_000  # kept at the end of a sweep for the batch under way


@dataclass(frozen=True)
class UploadTriggers:
    """Uploads that arrived, and those whose function died."""

    arrivals: Arrivals

    def arrived(self, event: Mapping[str, Any]) -> None:
        """Look at the pictures whose originals S3 tells of; other keys are none of ours."""
        for each in _objects_of(event):
            self._each([_key_of(each)], partial(self.arrivals.arrived, version=each.get("versionId")))

    def failed(self, message: str) -> None:
        """Refuse the pictures of a failed invocation, which Lambda wraps around the event of S3."""
        self._each(_keys_of(message), self.arrivals.failed)

    def _each(self, keys: Iterable[str], act: Callable[[str], None]) -> None:
        for key in keys:
            if picture_id := picture_of_original(key):
                act(picture_id)
            else:
                log.error("not an original of ours: %r", key[:100])


@dataclass(frozen=True)
class SweepTrigger:
    """The schedule of the sweep."""

    expiry: Expiry
    reconciler: Reconciler

    def run(self, context: Any) -> None:
        """Sweep until all is done or, by Lambda's context, time runs out; the next one goes on from there.

        What is due comes first; then, once a day, the table and the buckets are compared.
        """
        swept = self.expiry.sweep(lambda: _has_time(context))
        log.info("swept: %s", swept)
        if swept.settled:
            measure(Metric.EXPIRED, swept.settled)
        if mended := self.reconciler.run(lambda: _has_time(context)):
            measure(Metric.PICTURES_MENDED, mended.total())
            log.warning("reconciled: %s", dict(mended))


@dataclass(frozen=True)
class TileTriggers:
    """Changes of markers, and the schedules of the tiles."""

    tiler: Tiler
    mender: Mender
    clock: Clock

    def touched(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Refresh what a batch of the table's stream touched; of what fails, Lambda is told the first record."""
        records = [record["dynamodb"] for record in event["Records"] if _is_of_a_marker(record)]
        for record in records:
            follow(record.get("NewImage", {}).get(CORRELATION, {}).get("S"))
        touches = {record["SequenceNumber"]: _touch_of(record["Keys"]) for record in records}
        failed = self.tiler.refresh(touches.values())
        if records:  # the first one waited longest
            waited = self.clock().timestamp() - records[0]["ApproximateCreationDateTime"]
            measure(Metric.TILE_DELAY, waited)
        unfinished = [number for number, touch in touches.items() if touch.leaf in failed]
        return {"batchItemFailures": [{"itemIdentifier": number} for number in unfinished[:1]]}

    def follow(self) -> None:
        """Bring the widest tiles up to date."""
        log.info("wide tiles followed %d regions", self.tiler.refresh_wide())

    def mend(self, detail: Mapping[str, Any], context: Any) -> None:
        """Compare all tiles with the markers; the next run goes on where time ran out; a question is no order."""
        if detail.get("smoke"):
            return
        mended = self.mender.mend(lambda: _has_time(context))
        measure(Metric.TILES_MENDED, len(mended.wrong))
        (log.warning if mended.wrong else log.info)("mended: %s", mended)


def _is_of_a_marker(record: Mapping[str, Any]) -> bool:
    """Tell whether a record may change a count; that a note of a marker's going goes itself does not."""
    changed = record["dynamodb"]
    is_marker = changed["Keys"]["pk"]["S"].startswith("C#")
    return is_marker and not (record["eventName"] == "REMOVE" and "gone" in changed.get("OldImage", {}))


def _touch_of(keys: Mapping[str, Any]) -> Touch:
    """Read which cell and day a key names."""
    cell, position = keys["pk"]["S"], keys["sk"]["S"]
    return Touch(cell.removeprefix("C#"), date.fromisoformat(position[:10]).toordinal())


def _has_time(context: Any) -> bool:
    return bool(context.get_remaining_time_in_millis() > SPARE_MILLISECONDS)


def _objects_of(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [record["s3"]["object"] for record in event["Records"]]


def _key_of(changed: Mapping[str, Any]) -> str:
    """Read the key of an object, which S3 writes as in a query."""
    return unquote_plus(changed["key"])


def _keys_of(message: str) -> list[str]:
    """Find the objects that a message is about; one that cannot be read is logged and let go, or it would block."""
    try:
        return [_key_of(each) for each in _objects_of(json.loads(message)["requestPayload"])]
    except (ValueError, KeyError, TypeError):
        log.exception("a failure that cannot be read, of %d characters", len(message))  # an address may be in it
        return []
