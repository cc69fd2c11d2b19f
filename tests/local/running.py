"""The whole of Homeward, started as `make run` starts it, for tests that talk to it from outside."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import boto3
import requests

from chalicelib.connectors.announcements import AnnouncementTable
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import Table
from chalicelib.services.changes import Change
from infrastructure import foundation, smoke
from local import cloud
from local.deployed import Deployment
from local.options import PROJECT
from local.processes import free_port
from local.state import State, read_json

START_PATIENCE = 600.0  # seconds: a first start installs the page's packages and packs the functions
PATIENCE = 60.0  # seconds for what takes one on an idle machine
OF_OTHER_TESTS = (*foundation.NAMES, *foundation.OPTIONAL, "SECRETS_PATH")


def environment(port: int, state_dir: Path) -> dict[str, str]:
    """What a user's shell has, without what other tests set for themselves."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "HOMEWARD_"))}
    for name in OF_OTHER_TESTS:
        own.pop(name, None)
    return own | {"PORT": str(port), "STATE_DIR": str(state_dir)}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "local", *arguments]


def until[Found](look: Callable[[], Found | None], patience: float = PATIENCE) -> Found:
    """What a look finds, as soon as it finds something."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"nothing found for {patience} s"
        time.sleep(0.05)


def descendants(process: int) -> set[int]:
    """The processes that a process started, and those that these started (Linux)."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if fields[0] != "Z":
            parents[int(path.parent.name)] = int(fields[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


@dataclass
class RunningHomeward:
    """A started Homeward; `said` is what it showed."""

    state_dir: Path
    port: int = field(default_factory=free_port)
    said: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    _quiet: Iterator[int] = field(default_factory=itertools.count)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def state(self) -> State:
        return State(self.state_dir)

    @property
    def deployment(self) -> Deployment:
        deployment = Deployment.noted(self.state)
        assert deployment
        return deployment

    def start(self) -> float:
        """Start it and wait until it is ready; the seconds that took."""
        started = time.monotonic()
        self.begin()
        self.wait_for("Homeward is ready")
        return time.monotonic() - started

    def begin(self) -> None:
        """Start it."""
        self.said = []
        self.process = subprocess.Popen(
            command("run"),
            cwd=PROJECT,
            env=environment(self.port, self.state_dir),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, args=[self.process], daemon=True).start()

    def wait_for(self, words: str) -> None:
        """Wait until it has said something."""
        until(lambda: self._has_said(words), START_PATIENCE)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        with process.stdout as lines:
            self.said.extend(lines)

    def _has_said(self, words: str) -> bool:
        assert self.process
        assert self.process.poll() is None, "".join(self.said)
        return any(words in line for line in list(self.said))

    def stop(self, how: signal.Signals = signal.SIGINT) -> float:
        """Stop it; the seconds that took."""
        assert self.process
        started = time.monotonic()
        self.process.send_signal(how)
        assert self.process.wait(PATIENCE) == 0, "".join(self.said)
        return time.monotonic() - started

    def client(self, service: str) -> Any:
        """A client of the cloud below, with all rights."""
        key = self.state.root_key()
        return boto3.client(  # type: ignore[call-overload]
            service,
            region_name=cloud.REGION,
            endpoint_url=read_json(self.state.connection)["endpoint"],
            aws_access_key_id=key["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=key["AWS_SECRET_ACCESS_KEY"],
        )

    def ask(self, method: str, path: str, token: str | None = None, **options: Any) -> requests.Response:
        headers = {"Accept": "*/*"} | ({"Authorization": f"Bearer {token}"} if token else {})
        return requests.request(
            method, self.url + path, headers=headers | options.pop("headers", {}), timeout=60, **options
        )

    def announce(self, **changes: Any) -> dict[str, Any]:
        """An announcement of a guest, as the API answers it."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
        place = {"latitude": 50.0612, "longitude": 19.9387}
        body = {"kind": "found", "species": "dog", "title": "Brown dog", "event_at": at, "place": place} | changes
        answer = self.ask("POST", "/api/announcements", json=body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def quiet_place(self) -> dict[str, float]:
        """A place at sea around which no other test announces anything, for tests that look at the map."""
        return {"latitude": -40.0, "longitude": -30.0 + next(self._quiet) * 0.5}

    def upload(self, announcement: dict[str, Any], picture: bytes) -> tuple[str, requests.Response]:
        """Send a picture as a browser does; its id and the bucket's answer."""
        path = f"/api/announcements/{announcement['id']}/pictures"
        slot = self.ask("POST", path, announcement["manage_token"], json={}).json()
        form = slot["upload"]
        assert form["url"] == f"{self.url}/uploads"
        file = {"file": ("pet.jpg", picture, "image/jpeg")}
        return slot["id"], requests.post(form["url"], data=form["fields"], files=file, timeout=120)

    def settled(self, picture: str) -> dict[str, Any]:
        """A picture as soon as it is no longer waiting."""

        def look() -> dict[str, Any] | None:
            found: dict[str, Any] = self.ask("GET", f"/api/pictures/{picture}").json()
            return found if found["state"] != "waiting" else None

        return until(look)

    def sweep(self) -> None:
        """Run the deployed sweep now."""
        self.run_scheduled("sweep_expired")

    def run_scheduled(self, function: str) -> None:
        """Run a deployed function of a schedule now."""
        name = self.deployment.functions[function]
        answer = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(smoke.SCHEDULED))
        assert "FunctionError" not in answer, answer["Payload"].read()

    def age(self, announcement_id: str, by: timedelta) -> None:
        """Let an announcement have come earlier, as if that much time had passed for it alone."""
        store = AnnouncementTable(Table(Aws(self._session()), self.deployment.environment["ANNOUNCEMENTS_TABLE"]))
        before = store.get(announcement_id)
        assert before
        after = replace(before, expires_at=before.expires_at - by)
        store.commit([Change.of(before, after, datetime.now(UTC))])

    def items_of(self, announcement_id: str) -> list[dict[str, Any]]:
        """Everything that the table holds of an announcement, notes of what is due and of markers gone left out."""
        pages = (
            self.client("dynamodb")
            .get_paginator("scan")
            .paginate(TableName=self.deployment.environment["ANNOUNCEMENTS_TABLE"])
        )
        items = [item for page in pages for item in page["Items"] if announcement_id in json.dumps(item)]
        return [item for item in items if item["pk"]["S"].startswith(("R#", "C#")) and "gone" not in item]

    def _session(self) -> boto3.Session:
        """A session whose clients reach this cloud."""
        key = self.state.root_key()
        session = boto3.Session(
            aws_access_key_id=key["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=key["AWS_SECRET_ACCESS_KEY"],
            region_name=cloud.REGION,
        )
        reach = partial(session.client, endpoint_url=read_json(self.state.connection)["endpoint"])
        session.client = reach  # type: ignore[method-assign]
        return session
