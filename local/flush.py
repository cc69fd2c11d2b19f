# ruff: noqa: SLF001 (the list of what to save is ministack's own; its pin keeps it as it is)
"""Saves ministack's state every few seconds, so that a killed process loses at most those.

ministack saves when it stops, and only then.  Saving in a thread stalls requests and trips over tables that change
meanwhile; a forked child sees one moment of everything and costs the server a few milliseconds.
Its way of saving copies everything first and encodes it in Python: 5.7 s for 15,000 announcements, where 0.5 s do.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import queue
import re
import signal
import threading
import time
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from types import SimpleNamespace
from typing import IO, Any

from ministack import app as ministack
from ministack.core import persistence

INTERVAL = 2.0  # seconds between two flushes
LONGEST_FLUSH = 60  # seconds after which a child that hangs on a lock taken before the fork is given up
CLOSED_FILES = range(3, 65536)  # the server's sockets, of which a child must not keep one open
HEAVY = {"dynamodb", "s3", "lambda"}  # saved only when touched: items, versions, and the code of the functions
TOUCHES_ALL = {"cloudformation"}
READING = ("Get", "Query", "BatchGet", "Describe", "List", "Filter")
SIGNING_SERVICE = re.compile(rb"Credential=[^/,]*/[^/,]*/[^/,]*/([a-z0-9-]+)/")  # key, day, region, service

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class Flusher(threading.Thread):
    """Saves what was touched since the last flush, in a forked child."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="flush")
        self._touched: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._saving = threading.Lock()
        self._child = 0

    def touch(self, service: str) -> None:
        """Remember that a request changed this service's state."""
        for name in HEAVY if service in TOUCHES_ALL else {service}:
            self._touched.put(name)

    def run(self) -> None:
        """Flush again and again; twice as long as a flush takes passes between two at least."""
        pause = INTERVAL
        while not self._stopped.wait(pause):
            started = time.monotonic()
            if touched := {self._touched.get() for _ in range(self._touched.qsize())}:
                self._flush(touched)
            pause = max(INTERVAL, 2 * (time.monotonic() - started))

    def stop(self) -> None:
        """End at once: the server is about to save everything itself, into the same files."""
        self._stopped.set()
        if self._child:
            os.kill(self._child, signal.SIGKILL)
        with self._saving:
            pass

    def _flush(self, touched: set[str]) -> None:
        with self._saving:
            if self._stopped.is_set():
                return
            states = ministack._build_persistence_save_dict()
            self._child = _fork({name: save for name, save in states.items() if name in touched or name not in HEAVY})
            os.waitpid(self._child, 0)
            self._child = 0


def _fork(states: dict[str, Callable[[], Any]]) -> int:
    """Start a child that saves these states, and ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads: the child only writes files
        child = os.fork()
    if child == 0:
        try:
            signal.alarm(LONGEST_FLUSH)
            logging.disable()
            os.closerange(CLOSED_FILES.start, CLOSED_FILES.stop)
            save_without_copies()
            persistence.save_all(states)
        finally:
            os._exit(0)
    return child


def save_without_copies() -> None:
    """Let this process save fast, now that nothing changes in it any more: uncopied, by the encoder written in C."""
    setattr(copy, "deepcopy", _itself)  # noqa: B010 (mypy would have it copy)
    persistence.json = SimpleNamespace(dump=_dump, load=json.load, JSONDecodeError=json.JSONDecodeError)


def _itself(value: object, _memo: object = None) -> object:
    return value


def _dump(data: Any, file: IO[str], **options: Any) -> None:
    file.write(json.dumps(data, **options))


def watched(app: Callable[..., Awaitable[None]], flusher: Flusher) -> Callable[..., Awaitable[None]]:
    """The ASGI application, which tells the flusher what is written and when it is about to end."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, _stopping_first(receive, flusher), send)
            os._exit(0)  # all is saved; a usual end would wait for the functions that still run
        await app(scope, receive, send)
        if service := written_service(scope):
            flusher.touch(service)

    return serve


def _stopping_first(receive: Receive, flusher: Flusher) -> Receive:
    async def receive_lifespan() -> Any:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            flusher.stop()
            save_without_copies()
        return message

    return receive_lifespan


def written_service(scope: Scope) -> str | None:
    """The service whose state this request may have changed, by its signature; None when it only reads."""
    if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return None
    headers: dict[bytes, bytes] = dict(scope["headers"])
    operation = headers.get(b"x-amz-target", b"").decode("latin-1").rpartition(".")[2]
    if operation.startswith(READING):
        return None
    if signed := SIGNING_SERVICE.search(headers.get(b"authorization", b"")):
        return signed[1].decode()
    return "s3" if headers.get(b"content-type", b"").startswith(b"multipart/form-data") else None
