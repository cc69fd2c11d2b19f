"""dynoxide, DynamoDB on SQLite: installed once, started for a run on a free port with a database of its own."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import boto3

from benchmarks.maps.meter import Meter
from chalicelib.connectors.aws import Aws

FOLDER = Path(__file__).parent.parent  # where package.json names it
PACKAGE = FOLDER / "node_modules" / "@dynoxide" / "linux-x64"
INSTALL = ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
START_SECONDS = 20
STOP_SECONDS = 60  # a large database is written out at its end


@dataclass(frozen=True)
class Session:
    """As much of a session as the product uses: its clients talk to an engine on this machine, and to a meter."""

    url: str
    meter: Meter | None

    def client(self, service: Any, **options: Any) -> Any:
        """Make a client with keys that nobody has."""
        session = boto3.Session("made-up", "made-up", region_name="eu-central-1")
        client = session.client(service, endpoint_url=self.url, **options)
        if self.meter:
            self.meter.listen(client)
        return client


@dataclass(frozen=True)
class Dynoxide:
    """A running engine."""

    port: int
    version: str

    def aws(self, meter: Meter | None = None) -> Aws:
        """Give the product's own way to call it."""
        return Aws(cast("boto3.Session", Session(f"http://127.0.0.1:{self.port}", meter)))


@contextmanager
def running(database: Path) -> Iterator[Dynoxide]:
    """Start the engine on a database file, stop it, and remove the file."""
    version = _installed()
    port = _free_port()
    command: list[str | Path] = [
        PACKAGE / "dynoxide",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--db-path",
        database,
    ]
    with database.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_until_open(port, process)
            yield Dynoxide(port, version)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)
            for file in database.parent.glob(f"{database.name}*"):
                file.unlink()


def _installed() -> str:
    """Install what package.json pins, unless it is there; returns its version."""
    wanted = json.loads((FOLDER / "package.json").read_text())["dependencies"]["@dynoxide/linux-x64"]
    if _version_there() != wanted and subprocess.run(INSTALL, cwd=FOLDER, check=False).returncode:
        raise SystemExit("dynoxide, the meter, could not be installed; it is made for Linux on x86-64")
    return str(wanted)


def _version_there() -> str | None:
    package = PACKAGE / "package.json"
    return json.loads(package.read_text())["version"] if package.exists() else None


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_open(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("dynoxide did not start")
