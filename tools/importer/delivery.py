"""Batches of rows sent to the API, tried again when that helps."""

import mimetypes
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tools.importer.rows import Refusal, Row, refusals

ATTEMPTS = 6
TIMEOUT = 60  # seconds; a cold start and a full batch stay far below
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


class DeliveryFailed(Exception):
    """The API does not take the batch; the text says why in one line."""


@dataclass
class Delivery:
    """Sends batches as one source; each thread has a connection of its own."""

    url: str
    source: str
    key: str
    pause: Callable[[float], None] = time.sleep
    _local: threading.local = field(default_factory=threading.local)

    def send(self, rows: Sequence[Row]) -> list[Refusal]:
        """Send one batch with its pictures; returns what was refused of it. Raises DeliveryFailed."""
        found = [row.refusal for row in rows if row.refusal]
        sound = [row for row in rows if not row.refusal]
        if not sound:
            return found
        body = {"announcements": [row.announcement for row in sound]}
        answer = self._call("PUT", f"/api/sources/{self.source}/announcements", json=body)
        for row, result in zip(sound, answer.json()["results"], strict=True):
            if result["errors"]:
                found += refusals(row.line, result["errors"])
            elif row.picture:
                found += self._send_picture(row, row.picture, result["id"])
        return found

    def _send_picture(self, row: Row, picture: Path, announcement_id: str) -> list[Refusal]:
        """Upload the picture of a row, unless its announcement has one from an earlier run."""
        if not picture.is_file():
            return [Refusal(row.line, "picture", f"there is no file {picture}")]
        address = f"/api/announcements/{announcement_id}"
        if any(known["state"] != "refused" for known in self._call("GET", address).json()["pictures"]):
            return []
        content_type = mimetypes.guess_type(picture)[0] or "image/jpeg"
        slot = self._call("POST", f"{address}/pictures", json={}).json()
        fields = slot["upload"]["fields"] | {"Content-Type": content_type}
        with picture.open("rb") as file:
            answer = self._session.post(slot["upload"]["url"], data=fields, files={"file": file}, timeout=TIMEOUT)
        return [] if answer.ok else [Refusal(row.line, "picture", f"was not taken ({answer.status_code})")]

    def _call(self, method: str, path: str, **options: Any) -> requests.Response:
        reason = ""
        for attempt in range(ATTEMPTS):
            wait = min(0.25 * 2**attempt, 5.0)
            try:
                answer = self._session.request(method, self.url + path, timeout=TIMEOUT, **options)
            except requests.RequestException as error:
                reason = f"{self.url} does not answer ({type(error).__name__})"
            else:
                if answer.status_code not in TRY_AGAIN:
                    return _sound(answer)
                reason = f"{self.url} answers {answer.status_code}"
                wait = float(answer.headers.get("Retry-After", wait))
            if attempt + 1 < ATTEMPTS:
                self.pause(wait)
        raise DeliveryFailed(reason)

    @property
    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.headers["Authorization"] = f"Bearer {self.key}"
            self._local.session.trust_env = False  # neither a proxy nor a .netrc comes between
        session: requests.Session = self._local.session
        return session


def _sound(answer: requests.Response) -> requests.Response:
    if answer.ok:
        return answer
    try:
        detail = answer.json().get("detail") or answer.json().get("title")
    except ValueError:
        detail = answer.text[:200]
    raise DeliveryFailed(f"{answer.request.path_url} answers {answer.status_code}: {detail}")
