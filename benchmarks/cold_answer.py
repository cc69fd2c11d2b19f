"""How long somebody waits for the map when no function runs yet: the first answer of a fresh process.

On the local cloud, through the front door, with the package as it is deployed: it is unpacked, a process is started and
imports it, and the tables are asked. Beside it, in turn, the least that a function with a table can be.
"""

import io
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import boto3
import requests

from benchmarks.results import Figure, Result
from benchmarks.served import found_dog, running
from local.cloud import REGION
from local.deployed import Deployment
from local.state import State, read_json

RUNS = 15
PETS = 40
TIMEOUT = 30  # seconds
PEER = "peer"
PEERS_CODE = """
import boto3
tables = boto3.client("dynamodb")
def handler(table, context):
    asked = {":pk": {"S": "nothing"}}
    return tables.query(TableName=table, KeyConditionExpression="pk = :pk", ExpressionAttributeValues=asked)["Count"]
"""


@dataclass(frozen=True)
class Cold:
    """A running Homeward with a small function beside it, both of which can be made cold."""

    url: str
    lambdas: Any
    api: str
    table: str

    def answer_ms(self, turn: int) -> float:
        """Ask for the map as the page does; every turn asks for another rectangle, for answers are kept."""
        place: dict[str, str | int] = {"bbox": f"19.9,50.0,20.0,{50.1 + turn / 1000:.3f}", "zoom": 12, "limit": 300}
        started = time.perf_counter()
        answer = requests.get(f"{self.url}/api/announcements", place, timeout=TIMEOUT)
        taken = time.perf_counter() - started
        if len(answer.json()["features"]) == 0:
            raise SystemExit("the map is empty")
        return taken * 1000

    def peer_ms(self) -> float:
        """Ask the small function."""
        started = time.perf_counter()
        answer = self.lambdas.invoke(FunctionName=PEER, Payload=json.dumps(self.table))
        if answer.get("FunctionError"):
            raise SystemExit(answer["Payload"].read().decode())
        return (time.perf_counter() - started) * 1000

    def cool(self, function: str, seconds: int) -> None:
        """End a function's processes: with another timeout it is started anew."""
        self.lambdas.update_function_configuration(FunctionName=function, Timeout=seconds)


def measure() -> Result:
    """Start the local cloud, and ask cold and warm functions in turn."""
    cold: list[float] = []
    warm: list[float] = []
    peer: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        state = State(Path(folder) / "state")
        with running(state.folder) as url:
            asked = _prepared(state, url)
            for turn in range(RUNS):
                for function in (asked.api, PEER):
                    asked.cool(function, TIMEOUT + turn % 2)
                cold.append(asked.answer_ms(2 * turn))
                warm.append(asked.answer_ms(2 * turn + 1))
                peer.append(asked.peer_ms())
    ratios = [ours / theirs for ours, theirs in zip(cold, peer, strict=True)]
    return Result(
        "cold-answer",
        [
            Figure("the map, first answer of a cold function", "ms", cold, goal="median at most 700"),
            Figure("the map, next answer", "ms", warm),
            Figure("peer: a function of six lines, first answer", "ms", peer),
            Figure("first answer / peer", "times", ratios),
        ],
        {"load": f"{os.getloadavg()[0]:.0f}"},  # processes that wanted to run at the same time, in the last minute
    )


def _prepared(state: State, url: str) -> Cold:
    """Put pets on the map, and the small function beside it."""
    for number in range(PETS):
        sent = found_dog(50.01 + number / 500)
        requests.post(f"{url}/api/announcements", json=sent, timeout=TIMEOUT).raise_for_status()
    key = state.root_key()
    session = boto3.Session(key["AWS_ACCESS_KEY_ID"], key["AWS_SECRET_ACCESS_KEY"], region_name=REGION)
    endpoint = read_json(state.connection)["endpoint"]
    deployment = Deployment.noted(state)
    assert deployment
    lambdas = session.client("lambda", endpoint_url=endpoint)
    api = deployment.functions["api_handler"]
    role = lambdas.get_function_configuration(FunctionName=api)["Role"]
    _make_peer(lambdas, role)
    return Cold(url, lambdas, api, deployment.environment["ANNOUNCEMENTS_TABLE"])


def _make_peer(lambdas: Any, role: str) -> None:
    package = io.BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr("code.py", PEERS_CODE)
    lambdas.create_function(
        FunctionName=PEER, Runtime="python3.13", Handler="code.handler", Role=role, Code={"ZipFile": package.getvalue()}
    )
