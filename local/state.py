"""The state folder: what is where in it, and that only one local cloud uses it at a time."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from local.failures import CannotRun

FAREWELL = 5.0  # seconds in which a local cloud whose starter was killed saves its state and ends


@dataclass(frozen=True)
class State:
    """The paths in one state folder."""

    folder: Path

    @property
    def cloud(self) -> Path:
        """What ministack saves."""
        return self.folder / "cloud"

    @property
    def objects(self) -> Path:
        """The objects of S3, written as they arrive."""
        return self.folder / "objects"

    @property
    def scratch(self) -> Path:
        """Temporary files, among them the unpacked functions; emptied at each start."""
        return self.folder / "scratch"

    @property
    def application(self) -> Path:
        """The copy of the project that is deployed, with Chalice's own notes."""
        return self.folder / "application"

    @property
    def deployment(self) -> Path:
        """What was deployed last, and from what."""
        return self.folder / "deployment.json"

    @property
    def connection(self) -> Path:
        """Where the running cloud listens; absent when none runs."""
        return self.folder / "connection.json"

    @property
    def environment(self) -> Path:
        """What a shell reads to work on the cloud that runs alone."""
        return self.folder / "environment"

    @property
    def credentials(self) -> Path:
        """The root key of this cloud, made for it alone."""
        return self.folder / "credentials.json"

    @property
    def import_key(self) -> Path:
        """The key of the source named `import`."""
        return self.folder / "import-key"

    @property
    def cloud_log(self) -> Path:
        """What ministack itself says."""
        return self.folder / "cloud.log"

    @contextmanager
    def claimed(self) -> Iterator[int]:
        """Hold the folder for this process and those it hands the yielded file descriptor to."""
        self._make_folders()
        with (self.folder / "lock").open("a+") as lock:
            _claim(lock, self.folder)
            shutil.rmtree(self.scratch, ignore_errors=True)
            self.scratch.mkdir()
            self.connection.unlink(missing_ok=True)
            yield lock.fileno()
            self.connection.unlink(missing_ok=True)

    def _make_folders(self) -> None:
        try:
            for folder in (self.folder, self.cloud, self.objects):
                folder.mkdir(parents=True, exist_ok=True)
            (self.folder / "lock").touch()
        except OSError as error:
            raise CannotRun(f"STATE_DIR={self.folder} cannot be written: {error.strerror}.") from error

    def root_key(self) -> dict[str, str]:
        """The root key as AWS's environment variables; made at the first call."""
        if not self.credentials.exists():
            key = {"AWS_ACCESS_KEY_ID": _access_key(), "AWS_SECRET_ACCESS_KEY": secrets.token_urlsafe(30)}
            write_secret(self.credentials, json.dumps(key))
        found: dict[str, str] = json.loads(self.credentials.read_text())
        return found


def _claim(lock: IO[str], folder: Path) -> None:
    patience = time.monotonic() + FAREWELL
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if _is_alive(_owner(lock)) or time.monotonic() > patience:
                raise CannotRun(f"Another Homeward runs on STATE_DIR={folder}: stop it, or choose another.") from None
            time.sleep(0.1)
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()


def _owner(lock: IO[str]) -> int:
    lock.seek(0)
    text = lock.read()
    return int(text) if text.isdecimal() else 0


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return process > 0


def _access_key() -> str:
    return "LOCAL" + "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(15))


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def read_json(path: Path) -> dict[str, Any]:
    """What the file holds; nothing when it is missing or broken."""
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
