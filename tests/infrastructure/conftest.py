"""A local cloud of our own, repaired and with its policies enforced, on loopback, gone when the tests are."""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import boto3
import pytest

from infrastructure import destroy, foundation
from local.processes import free_port
from tests.infrastructure.programs import answer, start
from tests.infrastructure.stage import Stage, in_environment, own_stage

SERVE = "from tests.infrastructure.cloud import main; main()"
PROJECT = Path(__file__).parents[2]
KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "no-secret-of-anybody"
ROOT_KEY = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
SERVICES = {"AUTH": "true", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "LOG_LEVEL": "WARNING"}
PATIENCE = 60  # seconds; 2 to 4 are usual
STAGE = "it"
WHOLE = "it-all"  # the stage that has everything


@pytest.fixture(scope="session")
def cloud_address(tmp_path_factory: pytest.TempPathFactory, trouble_file: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("cloud")
    port = free_port()
    places = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "STATE_DIR": str(folder), "TMPDIR": str(folder)}
    places["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{port}"  # for functions: `localhost` has no <bucket>.localhost
    places["TROUBLE"] = str(trouble_file)
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    for name in foundation.OPTIONAL:
        own.pop(name, None)  # of other tests; the functions would hear of it
    log = folder / "log"
    process = start(
        sys.executable, "-c", SERVE, folder=PROJECT, environment=own | ROOT_KEY | SERVICES | places, log=log
    )
    try:
        answer(f"http://127.0.0.1:{port}/_ministack/health", process, log, PATIENCE)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def session(cloud_address: str) -> Iterator[boto3.Session]:
    """A session that can reach the local cloud only."""
    with in_environment(cloud_address):
        yield boto3.Session(KEY, SECRET, region_name="us-east-1")


@pytest.fixture
def trouble(trouble_file: Path) -> Iterator[Path]:
    """Where a test writes what goes wrong in the local cloud; all is well again after it."""
    yield trouble_file
    trouble_file.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def trouble_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trouble") / "now"


@pytest.fixture(scope="session")
def deployed_stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage with everything, for all tests: on the local cloud, or in the account of the shell with STAGE=it-…"""
    address = "" if own_stage() else request.getfixturevalue("cloud_address")
    with in_environment(address):
        session = boto3.Session(KEY, SECRET, region_name="us-east-1") if address else boto3.Session()
        stage = Stage.of(own_stage() or WHOLE, session, tmp_path_factory.mktemp("deploy"), address)
    try:
        with in_environment(address):
            stage.deploy()
        yield stage
    finally:
        with in_environment(address):
            destroy.Destruction(stage.target, stage.project).run()


@pytest.fixture(scope="module")
def stage(deployed_stage: Stage) -> Iterator[Stage]:
    """The stage, while the environment leads to it."""
    with in_environment(deployed_stage.endpoint):
        yield deployed_stage


@pytest.fixture(scope="module")
def environment(session: boto3.Session) -> dict[str, str]:
    """The environment of a stage whose foundation stands."""
    return foundation.deploy(session, STAGE)


def create_function(session: boto3.Session, name: str, code: str, policy: dict[str, Any]) -> None:
    """Make a function without Chalice."""
    iam = session.client("iam")
    lambdas = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = {"Version": "2012-10-17", "Statement": [lambdas]}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName=name, PolicyDocument=json.dumps(policy))
    session.client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.13",
        Handler="code.handler",
        Role=role,
        Code={"ZipFile": zipped(code)},
    )


def zipped(code: str) -> bytes:
    """The package of a function in one module, named code."""
    package = io.BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr("code.py", code)
    return package.getvalue()
