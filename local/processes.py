"""Processes of our own: each in a group of its own, ended as a group, so that none is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from local.failures import CannotRun


def free_port() -> int:
    """A port of the loopback interface for a server that is about to start.

    A closed connection rests on it for a minute, so that meanwhile nobody else gets it who asks for just any port;
    a server that names it gets it, for servers take an address on which only closed connections rest.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe, socket.create_connection(probe.getsockname()):
        port: int = probe.getsockname()[1]
        probe.accept()[0].close()  # before the other end, for the connection rests where it was closed first
    return port


async def start(
    command: Sequence[str | Path], environment: Mapping[str, str], folder: Path, **files: Any
) -> asyncio.subprocess.Process:
    """Start a command in a process group of its own; `files` as subprocess.Popen has them, and nothing to read."""
    files = {"stdin": asyncio.subprocess.DEVNULL} | files
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(*command, env=dict(environment), cwd=folder, start_new_session=True, **files)
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await stop(await starting, patience=0)
        raise


async def stop(process: asyncio.subprocess.Process, patience: float) -> None:
    """Ask a process to end, wait for it this many seconds, then end its whole group."""
    if process.returncode is None:
        signal_group(process, signal.SIGTERM, only_leader=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), patience)
    signal_group(process, signal.SIGKILL)
    await process.wait()


def signal_group(process: asyncio.subprocess.Process, number: signal.Signals, only_leader: bool = False) -> None:
    """Signal a process, and by default everything it started."""
    with suppress(ProcessLookupError):
        (os.kill if only_leader else os.killpg)(process.pid, number)


async def finish(process: asyncio.subprocess.Process, patience: float = 1.0) -> int:
    """The exit status; when the waiting is cancelled, the process is ended first."""
    try:
        return await process.wait()
    finally:
        await stop(process, patience)


async def succeed(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path, failure: str) -> None:
    """Run a command to its end, silently; raises CannotRun with this failure and what the command said."""
    pipe = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.STDOUT}
    process = await start(command, environment, folder, **pipe)
    assert process.stdout is not None
    try:
        said = (await process.stdout.read()).decode(errors="replace").strip()
        status = await process.wait()
    finally:
        await stop(process, patience=1.0)
    if status != 0:
        raise CannotRun("\n".join(filter(None, [said, failure])))
