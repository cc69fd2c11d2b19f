"""How long a cold function takes to import the API, beside importing boto3 and pydantic with one client.

Whole fresh processes, in turn, in the environment of the local stage; the ratio is taken pair by pair.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.results import Figure, Result

PAIRS = 11
ROOT = Path(__file__).parent.parent
ENVIRONMENT = {
    "HOMEWARD_STAGE": "local",
    "ANNOUNCEMENTS_TABLE": "homeward-local-announcements",
    "TILES_TABLE": "homeward-local-tiles",
    "PICTURES_BUCKET": "homeward-local-pictures",
    "FAILED_PICTURES_QUEUE": "homeward-local-failed-pictures",
    "SECRETS_PATH": "/homeward/local",
    "UPLOAD_URL": "/uploads",
    "AWS_DEFAULT_REGION": "eu-central-1",
}
API = "import app"
FIRST_READ = "import app; app.homeward.aws.dynamodb"
PEER = "import boto3, pydantic; boto3.client('dynamodb')"


def measure() -> Result:
    """Time the three, one after the other."""
    programs = {API: [0.0] * 0, FIRST_READ: [0.0] * 0, PEER: [0.0] * 0}
    for program in programs:
        _seconds(program)  # writes the compiled files, which are there in a warm package as well
    for _pair in range(PAIRS):
        for program, runs in programs.items():
            runs.append(_seconds(program) * 1000)
    api, first, peer = programs.values()
    return Result(
        "cold-import",
        [
            Figure("the API's module", "ms", api),
            Figure("the API's module and its first client", "ms", first),
            Figure("peer: boto3, pydantic and one client", "ms", peer),
            Figure("the API's module / peer", "times", _ratios(api, peer), goal="at most 1.6"),
            Figure("the API's module and first client / peer", "times", _ratios(first, peer)),
        ],
    )


def _seconds(program: str) -> float:
    environment = {"PATH": os.environ["PATH"]} | ENVIRONMENT
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=ROOT, check=True)
    return time.perf_counter() - started


def _ratios(runs: list[float], others: list[float]) -> list[float]:
    return [run / other for run, other in zip(runs, others, strict=True)]
