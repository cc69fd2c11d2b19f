"""`make run`: the cloud, the application deployed on it, the page, and the front door before them."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import boto3

from infrastructure import foundation
from local import cloud, page, processes
from local.deployed import Deployment
from local.failures import CannotRun
from local.front_door import door
from local.front_door.pictures import Bucket
from local.options import PROJECT, Options
from local.progress import tell
from local.state import State


@dataclass(frozen=True)
class Running:
    """A cloud with the application deployed on it."""

    state: State
    cloud: cloud.Cloud
    deployment: Deployment

    def places(self, built_page: Path, viewer: str) -> door.Places:
        """Where the front door finds everything of this cloud."""
        return door.Places(
            api=f"{self.cloud.endpoint}/restapis/{self.deployment.rest_api_id}/api/_user_request_",
            bucket=Bucket(f"{self.cloud.endpoint}/{self.deployment.bucket}", self.cloud.key, cloud.REGION),
            page=built_page,
            origin_key=self.origin_key(),
            viewer=viewer,
        )

    def origin_key(self) -> str:
        """What the CDN shows to the API."""
        ssm = boto3.client(
            "ssm",
            region_name=cloud.REGION,
            endpoint_url=self.cloud.endpoint,
            aws_access_key_id=self.cloud.key["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.cloud.key["AWS_SECRET_ACCESS_KEY"],
        )
        name = f"{self.deployment.environment['SECRETS_PATH']}/{foundation.ORIGIN_KEY}"
        return str(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])

    async def ended(self) -> None:
        """Wait until the cloud's process ends by itself, which it should not; raises CannotRun then."""
        status = await self.cloud.process.wait()
        raise CannotRun(f"The local cloud ended by itself with status {status}; its log is {self.state.cloud_log}.")


async def run(options: Options) -> None:
    """Serve until cancelled; raises CannotRun."""
    started = time.monotonic()
    with closing(door.listen(options)) as listener:
        async with (
            deployed(options) as (running, built_page),
            door.opened(listener, running.places(built_page, options.viewer)),
        ):
            tell(f"Homeward is ready after {time.monotonic() - started:.1f} s: {options.address}  (Ctrl-C stops it)")
            await running.ended()


@asynccontextmanager
async def deployed(options: Options) -> AsyncIterator[tuple[Running, Path]]:
    """The application on its cloud, and the built page, made side by side."""
    building = asyncio.create_task(page.build())
    try:
        async with application(options) as running:
            yield running, await building
    finally:
        building.cancel()
        await asyncio.gather(building, return_exceptions=True)


@asynccontextmanager
async def application(options: Options) -> AsyncIterator[Running]:
    """The application deployed on its cloud."""
    state = State(options.state_dir)
    with state.claimed() as lock:
        async with cloud.running(state, lock) as running:
            await _deploy(state, running)
            deployment = Deployment.noted(state)
            assert deployment is not None
            yield Running(state, running, deployment)


async def _deploy(state: State, running: cloud.Cloud) -> None:
    environment = cloud.environment(state, running.endpoint)
    command = [sys.executable, "-m", "local.deployment"]
    process = await processes.start(command, environment, PROJECT)
    if await processes.finish(process) != 0:
        raise CannotRun("The application could not be deployed.")
