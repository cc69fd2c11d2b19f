"""The local cloud's process: ministack on loopback, started and stopped by us."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from local import processes
from local.failures import CannotRun
from local.options import PROJECT
from local.progress import step
from local.state import State, read_json, write_secret

REGION = "us-east-1"
START_PATIENCE = 60.0  # seconds; 2 to 4 are usual
STOP_PATIENCE = 3.5  # seconds for saving everything; with the front door's own end it stays within the 5 promised
SEEN_BY_PROCESSES = ("PATH", "HOME", "LANG", "LC_ALL", "PYENV_VERSION", "PYENV_ROOT", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Cloud:
    """A running local cloud."""

    port: int
    key: Mapping[str, str]
    process: asyncio.subprocess.Process

    @property
    def endpoint(self) -> str:
        """Where all of its services answer."""
        return f"http://127.0.0.1:{self.port}"


def environment(state: State, endpoint: str) -> dict[str, str]:
    """The AWS environment of a process that works on this cloud; nothing of the user's own AWS gets in."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return own | settings(state, endpoint)


def settings(state: State, endpoint: str) -> dict[str, str]:
    """What leads AWS's tools to this cloud, and nowhere else."""
    return (
        state.root_key()
        | _without_proxy(os.environ)
        | {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
    )


def _without_proxy(own: Mapping[str, str]) -> dict[str, str]:
    """A proxy of the user's is for packages, not for loopback."""
    local = ",".join(filter(None, [own.get("NO_PROXY") or own.get("no_proxy"), "127.0.0.1,localhost"]))
    return {"NO_PROXY": local, "no_proxy": local}


def connected(state: State) -> dict[str, str]:
    """The environment for the cloud that runs on this state folder now; raises CannotRun when none does."""
    endpoint = read_json(state.connection).get("endpoint")
    if not endpoint:
        raise CannotRun(f"No local cloud runs on STATE_DIR={state.folder}: start it with `make run`.")
    return environment(state, endpoint)


@asynccontextmanager
async def running(state: State, lock: int) -> AsyncIterator[Cloud]:
    """Start the cloud, wait until it answers, and stop it at the end with its state saved."""
    port = processes.free_port()
    with state.cloud_log.open("wb") as log:
        process = await processes.start(
            [sys.executable, "-m", "local.ministack_process"],
            _ministack_environment(state, port),
            PROJECT,
            stdin=asyncio.subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
        )
    cloud = Cloud(port, state.root_key(), process)
    try:
        with step("the local cloud"):
            await asyncio.wait_for(_answering(cloud, state), START_PATIENCE)
        write_secret(state.connection, json.dumps({"endpoint": cloud.endpoint}))
        yield cloud
    finally:
        await processes.stop(process, STOP_PATIENCE)


def _ministack_environment(state: State, port: int) -> dict[str, str]:
    """Only what it needs: the functions it runs inherit this environment."""
    own = {name: os.environ[name] for name in SEEN_BY_PROCESSES if name in os.environ}
    return (
        own
        | state.root_key()
        | {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",  # for functions: `localhost` has no <bucket>.localhost
            "MINISTACK_REGION": REGION,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(state.cloud),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(state.objects),
            "TMPDIR": str(state.scratch),
            "AUTH": "true",  # policies and signatures count, as on AWS
            "IOT_MTLS_ENABLED": "0",  # it would open port 8883 on every interface
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
        }
    )


async def _answering(cloud: Cloud, state: State) -> None:
    while True:
        if cloud.process.returncode is not None:
            raise CannotRun(f"The local cloud did not start; the end of {state.cloud_log}:\n{_end_of_log(state)}")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", cloud.port)
            writer.close()
            return
        except OSError:
            await asyncio.sleep(0.05)


def _end_of_log(state: State) -> str:
    return "\n".join(state.cloud_log.read_text(errors="replace").splitlines()[-5:])
