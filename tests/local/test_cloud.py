"""The cloud's process, started for real, without an application on it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from local import cloud
from local.failures import CannotRun
from local.options import PROJECT
from local.state import State, read_json
from tests.local.clouds import client, until, with_cloud

TABLE = {
    "TableName": "pets",
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
}


def descriptor(path: Path) -> Path | None:
    """What an open file of a process is; nothing when it is closed meanwhile."""
    try:
        return path.readlink()
    except OSError:
        return None


def listening_addresses(process: int) -> set[str]:
    """The hexadecimal addresses on which a process listens."""
    sockets = {each.name for each in map(descriptor, Path(f"/proc/{process}/fd").iterdir()) if each}
    lines = [line.split() for line in Path(f"/proc/{process}/net/tcp").read_text().splitlines()[1:]]
    lines += [line.split() for line in Path(f"/proc/{process}/net/tcp6").read_text().splitlines()[1:]]
    return {line[1].split(":")[0] for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in sockets}


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's list of sockets")
def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    async def doing(running: cloud.Cloud) -> None:
        assert listening_addresses(running.process.pid) == {"0100007F"}

    with_cloud(State(tmp_path), doing)


def test_a_normal_stop_keeps_everything(tmp_path: Path) -> None:
    async def writing(running: cloud.Cloud) -> None:
        dynamodb = client(running, "dynamodb")
        dynamodb.create_table(**TABLE)
        dynamodb.put_item(TableName="pets", Item={"pk": {"S": "dog"}})
        client(running, "sqs").create_queue(QueueName="failed")

    async def reading(running: cloud.Cloud) -> None:
        assert client(running, "dynamodb").get_item(TableName="pets", Key={"pk": {"S": "dog"}})["Item"]
        queue = client(running, "sqs").get_queue_url(QueueName="failed")["QueueUrl"]
        assert queue.startswith(running.endpoint)

    with_cloud(State(tmp_path), writing)
    with_cloud(State(tmp_path), reading)


def test_a_killed_cloud_loses_only_the_last_seconds(tmp_path: Path) -> None:
    state = State(tmp_path)

    async def writing(running: cloud.Cloud) -> None:
        dynamodb = client(running, "dynamodb")
        dynamodb.create_table(**TABLE)
        dynamodb.put_item(TableName="pets", Item={"pk": {"S": "dog"}})
        saved = state.cloud / "dynamodb.json"
        await until(lambda: saved.exists() and '"dog"' in saved.read_text())
        os.killpg(running.process.pid, signal.SIGKILL)
        await running.process.wait()

    async def reading(running: cloud.Cloud) -> None:
        assert client(running, "dynamodb").get_item(TableName="pets", Key={"pk": {"S": "dog"}})["Item"]

    with_cloud(state, writing)
    with_cloud(state, reading)


def test_the_guessable_keys_open_nothing(tmp_path: Path) -> None:
    async def doing(running: cloud.Cloud) -> None:
        stranger = boto3.client(
            "dynamodb",
            region_name=cloud.REGION,
            endpoint_url=running.endpoint,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        with pytest.raises(stranger.exceptions.ClientError, match="security token"):
            stranger.list_tables()

    with_cloud(State(tmp_path), doing)


def is_running(process: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked about yet has no command any more."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text() != ""
    except OSError:
        return False


STARTER = """
import asyncio, sys
from pathlib import Path
from local import cloud
from local.state import State

async def main():
    state = State(Path(sys.argv[1]))
    with state.claimed() as lock:
        async with cloud.running(state, lock) as running:
            print(running.process.pid, flush=True)
            await running.process.wait()

asyncio.run(main())
"""


def test_it_does_not_outlive_a_killed_starter_and_the_next_one_waits_for_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, tmp_path], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout
        process = next(int(line) for line in starter.stdout if line.strip().isdecimal())
        starter.kill()

    async def doing(running: cloud.Cloud) -> None:
        assert running.process.pid != process
        await until(lambda: not is_running(process))

    with_cloud(State(tmp_path), doing)


def test_the_connection_is_told_only_while_it_is_there(tmp_path: Path) -> None:
    state = State(tmp_path)

    async def doing(running: cloud.Cloud) -> None:
        told = cloud.connected(state)
        assert told["AWS_ENDPOINT_URL"] == running.endpoint
        assert told["AWS_ACCESS_KEY_ID"] == running.key["AWS_ACCESS_KEY_ID"]

    with_cloud(state, doing)
    assert read_json(state.connection) == {}
    with pytest.raises(CannotRun, match="make run"):
        cloud.connected(state)


def test_a_cloud_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.environ["PATH"])
    monkeypatch.setattr(cloud, "_ministack_environment", lambda state, port: {"GATEWAY_PORT": "none"})

    async def doing(running: cloud.Cloud) -> None:
        raise AssertionError

    with pytest.raises(CannotRun, match="did not start"):
        with_cloud(State(tmp_path), doing)


def test_nothing_of_the_users_own_aws_reaches_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    monkeypatch.setenv("NO_PROXY", "intranet")
    found = cloud.environment(State(tmp_path), "http://127.0.0.1:1")
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN"} & found.keys()
    assert found["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert found["AWS_CONFIG_FILE"] == os.devnull
