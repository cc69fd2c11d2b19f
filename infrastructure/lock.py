"""One deploy at a time: an object in S3 that only one can make, with an owner, a time and a lease that ends.

`make unlock STAGE=…`, that is `python -m infrastructure.lock --stage …`, removes one that was left behind.
"""

import getpass
import hashlib
import json
import os
import platform
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import NotDeployed, stages
from infrastructure.stages import Refused

LEASE = timedelta(minutes=10)  # a machine that goes to sleep in the middle of a deploy holds up nobody for longer
RENEWAL = 120.0  # seconds between two renewals: several may fail before the lease ends
KEY = "deploys/lock.json"
TAKEN = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
GONE = ("NoSuchKey", "404")


class Locked(Refused):
    """Somebody else deploys; the text says who, since when, and what to do when that is long over."""


class Lost(NotDeployed):
    """The lease ended and somebody else took over: to go on would be two deploys at once."""


def _machine() -> str:
    """Name this machine and the processes that see each other on it, for nobody else to read.

    Containers may share all but the latter.
    """
    named = [platform.node()]
    with suppress(OSError):
        named += [Path("/proc/sys/kernel/random/boot_id").read_text(), str(Path("/proc/self/ns/pid").readlink())]
    return hashlib.sha256("".join(named).encode()).hexdigest()[:16]


def this_process(owner: str = "") -> dict[str, Any]:
    """Say who we are, to whoever comes second."""
    named = owner or f"{getpass.getuser()} on {platform.node()}"
    return {"owner": named, "machine": _machine(), "process": os.getpid()}


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Lock:
    """The lock in a bucket; `remedy` tells how to remove it when it was left behind."""

    s3: Any
    bucket: str
    remedy: str
    clock: Callable[[], datetime] = _now
    owner: Mapping[str, Any] = field(default_factory=this_process)
    key: str = KEY
    _tag: str = ""
    _since: str = ""
    _is_lost: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def held(self) -> Iterator["Lock"]:
        """Hold it, and keep the lease from ending meanwhile; raises Locked."""
        self.take()
        keeper = threading.Thread(target=self._keep, daemon=True)
        keeper.start()
        try:
            yield self
        finally:
            self._ended.set()
            keeper.join()
            with suppress(
                ClientError, BotoCoreError
            ):  # such as credentials that expired: then the lease ends by itself
                self.release()

    def take(self) -> None:
        """Make the object, or take over one that is over; raises Locked."""
        self._since = self.clock().isoformat(timespec="seconds")
        if self._write(IfNoneMatch="*"):
            return
        known, tag = self.read()
        if known and not self._is_over(known):
            raise Locked(self._told(known))
        if not self._write(**({"IfMatch": tag} if known else {"IfNoneMatch": "*"})):
            raise Locked("Somebody else began to deploy this very moment: try again.")

    def read(self) -> tuple[dict[str, Any] | None, str]:
        """Read who holds it, and the tag of what was read."""
        try:
            answer = self.s3.get_object(Bucket=self.bucket, Key=self.key)
        except ClientError as error:
            if error.response["Error"]["Code"] in (*GONE, "NoSuchBucket"):
                return None, ""
            raise
        return json.loads(answer["Body"].read()), answer["ETag"]

    def check(self) -> None:
        """Raise Lost when somebody else has taken over."""
        if self._is_lost:
            raise Lost("The lock of this deploy was taken over by another one: look what it does, then run this again.")

    def release(self) -> None:
        """Remove it, unless it is somebody else's by now."""
        if not self._is_lost:
            with _unless_changed():
                self.s3.delete_object(Bucket=self.bucket, Key=self.key, IfMatch=self._tag)

    def remove(self) -> dict[str, Any] | None:
        """Remove it whosever it is; returns what it said."""
        known, tag = self.read()
        if known:
            self.s3.delete_object(Bucket=self.bucket, Key=self.key, IfMatch=tag)
        return known

    def _keep(self) -> None:
        while not self._ended.wait(RENEWAL):
            with suppress(ClientError, BotoCoreError):  # the next renewal may succeed; if none does, the lease ends
                self._renew()

    def _renew(self) -> None:
        self._is_lost = self._is_lost or not self._write(IfMatch=self._tag)

    def _write(self, **condition: str) -> bool:
        """Write it if the condition holds; tell whether it did."""
        until = (self.clock() + LEASE).isoformat(timespec="seconds")
        said = json.dumps({**self.owner, "since": self._since, "until": until}, indent=2)
        with _unless_changed():
            self._tag = self.s3.put_object(Bucket=self.bucket, Key=self.key, Body=said.encode(), **condition)["ETag"]
            return True
        return False

    def _is_over(self, known: Mapping[str, Any]) -> bool:
        """Tell whether its lease has ended, or its process on this very machine."""
        here = known["machine"] == self.owner["machine"]
        return datetime.fromisoformat(known["until"]) < self.clock() or (here and not _is_alive(known["process"]))

    def _told(self, known: Mapping[str, Any]) -> str:
        return (
            f"{known['owner']} (process {known['process']}) deploys this stage since {known['since']}; "
            f"wait for it, or, if it is surely over, {self.remedy}. The lock ends by itself at {known['until']}."
        )


@contextmanager
def _unless_changed() -> Iterator[None]:
    """Go on behind the block when somebody else was faster."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] not in (*TAKEN, *GONE):
            raise


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def of(target: stages.Target) -> Lock:
    """Find the lock of a stage."""
    return Lock(target.client("s3"), target.bucket("releases"), f"run `make unlock STAGE={target.stage}`")


def main(arguments: Sequence[str] | None = None) -> int:
    """Remove a stage's lock, and say whose it was."""
    stage = stages.stage_argument(arguments, "Remove the lock that a deploy of a stage left behind.")
    try:
        known = of(stages.target(stage)).remove()
    except (NotDeployed, BotoCoreError, ClientError) as error:
        print(f"not unlocked: {error}", file=sys.stderr)
        return 1
    print(f"the lock of {known['owner']} since {known['since']} is gone" if known else "there was no lock")
    return 0


if __name__ == "__main__":
    sys.exit(main())
