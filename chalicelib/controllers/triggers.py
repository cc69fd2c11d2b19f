"""What AWS tells us, in the words of the services."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from chalicelib.domain.pictures import picture_of_original
from chalicelib.services.expiry import Expiry
from chalicelib.services.pictures import Pictures

log = logging.getLogger("homeward")

SPARE_MILLISECONDS = 20_000  # kept at the end of a sweep for the batch under way


@dataclass(frozen=True)
class UploadTriggers:
    """Uploads that arrived, and those whose function died."""

    pictures: Pictures

    def arrived(self, key: str) -> None:
        """Look at the picture whose original is at this key; other keys are none of ours."""
        self._each([key], self.pictures.arrived)

    def failed(self, message: str) -> None:
        """Refuse the pictures of a failed invocation, which Lambda wraps around the event of S3."""
        self._each(_keys_of(message), self.pictures.failed)

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

    def run(self, context: Any) -> None:
        """Sweep until all is done or, by Lambda's context, time runs out; the next one goes on from there."""
        swept = self.expiry.sweep(lambda: _has_time(context))
        log.info("swept: %s", swept)


def _has_time(context: Any) -> bool:
    return bool(context.get_remaining_time_in_millis() > SPARE_MILLISECONDS)


def _keys_of(message: str) -> list[str]:
    """Find the objects that a message is about; one that cannot be read is logged and let go, or it would block."""
    try:
        payload: dict[str, Any] = json.loads(message)["requestPayload"]
        return [unquote_plus(record["s3"]["object"]["key"]) for record in payload["Records"]]
    except (ValueError, KeyError, TypeError):
        log.exception("a failure that cannot be read: %r", message[:1000])
        return []
