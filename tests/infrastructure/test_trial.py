"""A cloud on this machine to try deploys on, and the door before what is deployed there."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession

from local.options import Options
from local.processes import free_port
from local.state import State
from local.trial import show
from tests.infrastructure.conftest import PROJECT, ROOT_KEY
from tests.infrastructure.programs import run, start
from tests.infrastructure.stage import PAGE, Stage, until

WHO = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'], end='')"


def test_its_environment_leads_a_shell_to_the_empty_cloud_and_away_from_aws(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    own = {**os.environ, "STATE_DIR": str(state.folder), "AWS_PROFILE": "mine", "AWS_SESSION_TOKEN": "mine"}
    serving = start(sys.executable, "-m", "local", "cloud", folder=PROJECT, environment=own, log=tmp_path / "log")
    try:
        until(state.environment.exists)
        script = f'. {state.environment} && {sys.executable} -c "{WHO}" && echo " $AWS_PROFILE$UPLOAD_URL"'
        asked = run("sh", "-c", script, environment=own)
    finally:
        serving.terminate()
        status = serving.wait(20)
    assert asked.stdout == "000000000000 http://127.0.0.1:8000/uploads\n", asked.stderr
    assert status == 0


def test_the_door_shows_the_deployed_page_and_its_api(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not stage.endpoint:
        pytest.skip("the CDN stands there")
    for name, value in {**ROOT_KEY, "AWS_DEFAULT_REGION": stage.target.region}.items():
        monkeypatch.setenv(name, value)
    options = Options("127.0.0.1", free_port(), tmp_path, {})
    page, health = asyncio.run(through_the_door(options, stage.name, "/", "/api/health"))
    assert page == PAGE["index.html"]
    assert f'"stage":"{stage.name}"' in health


async def through_the_door(options: Options, stage: str, *paths: str) -> list[str]:
    """Open the door, ask, and close it."""
    serving = asyncio.create_task(show(options, stage))
    try:
        async with ClientSession() as client:
            return [await answer(client, options.address + path, serving) for path in paths]
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def answer(client: ClientSession, url: str, serving: "asyncio.Task[None]") -> str:
    while not serving.done():
        try:
            async with client.get(url) as answered:
                return await answered.text()
        except ClientConnectionError:
            await asyncio.sleep(0.1)
    pytest.fail(f"the door did not open: {serving.exception()}")
