"""Clouds without an application on them, for tests of what they keep and do."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import boto3

from local import cloud
from local.state import State

PATIENCE = 60.0  # seconds for what takes one or two on an idle machine


def with_cloud(state: State, doing: Callable[[cloud.Cloud], Awaitable[None]]) -> None:
    async def scenario() -> None:
        with state.claimed() as lock:
            async with cloud.running(state, lock) as running:
                await doing(running)

    asyncio.run(scenario())


def client(running: cloud.Cloud, service: str) -> Any:
    return boto3.client(  # type: ignore[call-overload]
        service,
        region_name=cloud.REGION,
        endpoint_url=running.endpoint,
        aws_access_key_id=running.key["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=running.key["AWS_SECRET_ACCESS_KEY"],
    )


async def until(true: Callable[[], bool]) -> None:
    patience = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < patience
        await asyncio.sleep(0.05)
