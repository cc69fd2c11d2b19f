"""The application, deployed by Chalice from a folder of its own."""

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from infrastructure import NotDeployed, permissions

PACKAGED = ("app.py", "chalicelib", "requirements.txt", "vendor")  # what Chalice puts into the package
ARM = ("aarch64", "arm64")
HERE = Path(__file__).parent.parent
CHALICE = """
import os, sys, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
sys.path.append(sys.argv.pop(1))
from infrastructure.compiling import with_compiled_files
sys.path.pop()
from chalice.cli import main
from chalice.deploy.packager import LambdaDeploymentPackager
with_compiled_files(LambdaDeploymentPackager)
sys.exit(main())
"""


class DeployFailed(NotDeployed):
    """Chalice could not do it; the text is Chalice's own."""


@dataclass(frozen=True)
class Deployed:
    """What runs now. `functions` maps the names of .chalice/config.json to the names of the functions in Lambda."""

    rest_api_id: str
    rest_api_url: str
    functions: Mapping[str, str]


def copy(source: Path, project: Path) -> Path:
    """Bring a deploy's copy of the project up to date; what Chalice keeps there of earlier deploys stays.

    A copy, because the environment and the exact policies are written into it.
    """
    chalice = project / ".chalice"
    chalice.mkdir(parents=True, exist_ok=True)
    for settings in (source / ".chalice").glob("*.json"):
        shutil.copy2(settings, chalice)
    for name in PACKAGED:
        _replace(source / name, project / name)
    return project


def prepare(project: Path, stage: str, environment: Mapping[str, str], session: boto3.Session) -> None:
    """Write a stage's environment and its policies, with the names they have in this account, into the project."""
    identity = session.client("sts").get_caller_identity()
    here = permissions.place(stage, identity["Account"], session.region_name or "*", environment)
    permissions.write(project / ".chalice", here)
    write_environment(project, stage, environment)


def write_environment(project: Path, stage: str, environment: Mapping[str, str]) -> None:
    """Write a stage's environment into the project's .chalice/config.json, beside what stands there."""
    path = project / ".chalice" / "config.json"
    config = json.loads(path.read_text())
    settings: dict[str, Any] = config["stages"].setdefault(stage, {})
    named = {name: {"iam_policy_file": f"policy-{stage}-{name}.json"} for name in permissions.FUNCTIONS}
    settings["lambda_functions"] = named | settings.get("lambda_functions", {})  # a stage for a test has no settings
    settings["environment_variables"] = settings.get("environment_variables", {}) | dict(environment)
    if stage == "local" and platform.machine() in ARM:
        settings["lambda_architecture"] = "arm64"  # the local cloud runs the package on this very machine
    path.write_text(json.dumps(config, indent=2) + "\n")


def deploy(project: Path, stage: str, environment: Mapping[str, str], session: boto3.Session) -> Deployed:
    """Deploy the project, which is a copy that this may write to; raises DeployFailed."""
    prepare(project, stage, environment, session)
    chalice(project, session, "deploy", "--stage", stage)
    return deployed(project, stage)


def deployed(project: Path, stage: str) -> Deployed:
    """Read what Chalice noted when it last deployed a stage from this folder."""
    noted = json.loads(state_file(project, stage).read_text())["resources"]
    api = next(resource for resource in noted if resource["resource_type"] == "rest_api")
    lambdas = [resource for resource in noted if resource["resource_type"] == "lambda_function"]
    functions = {resource["name"]: resource["lambda_arn"].rpartition(":")[2] for resource in lambdas}
    return Deployed(api["rest_api_id"], api["rest_api_url"], functions)


def state_file(project: Path, stage: str) -> Path:
    """Where Chalice notes what it deployed; without it, Chalice would deploy everything a second time."""
    return project / ".chalice" / "deployed" / f"{stage}.json"


def chalice(project: Path, session: boto3.Session, *arguments: str) -> str:
    """Run one of Chalice's commands in the project with the session's rights; raises DeployFailed.

    Python keeps no compiled files (-B) while it does, for Chalice would pack those that lie beside the sources.
    """
    with _ended_with_us() as ours:
        done = subprocess.run(
            [sys.executable, "-B", "-c", CHALICE, str(HERE), *arguments],
            cwd=project,
            env={**os.environ, **_rights(session)},
            stdin=ours,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if done.returncode:
        raise DeployFailed(done.stdout)
    return done.stdout


@contextmanager
def _ended_with_us() -> Iterator[int]:
    """Give an end of a pipe whose other end closes when this process is gone, however it goes.

    Chalice ends then: it must not go on deploying while the next deploy believes that this one is over.
    """
    theirs, ours = os.pipe()
    try:
        yield theirs
    finally:
        os.close(theirs)
        os.close(ours)


def _replace(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.exists():
        shutil.copy2(source, target)


def _rights(session: boto3.Session) -> dict[str, str]:
    """Hand a session on to another process; a profile's name would not carry a role that was taken on the way."""
    held = session.get_credentials()
    keys = held.get_frozen_credentials() if held else None
    named = {
        "AWS_ACCESS_KEY_ID": keys and keys.access_key,
        "AWS_SECRET_ACCESS_KEY": keys and keys.secret_key,
        "AWS_SESSION_TOKEN": keys and keys.token,
        "AWS_DEFAULT_REGION": session.region_name,
    }
    return {name: value for name, value in named.items() if value}
