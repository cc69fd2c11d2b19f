"""Brings the foundation and the application onto the running cloud: `python -m local.deployment`.

A process of its own, with the cloud in its environment, so that a stop in the middle of it is a stop at once.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import boto3
from botocore.exceptions import ClientError

from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.domain.errors import HomewardError
from infrastructure import NotDeployed, application, backup, foundation, settings, smoke
from infrastructure.fingerprints import fingerprint
from local import replication
from local.deployed import Deployment
from local.failures import CannotRun
from local.options import PROJECT, Options
from local.progress import step, tell
from local.state import State, write_secret

STAGE = "local"
SOURCES = ("app.py", "chalicelib", "requirements.txt", "vendor", ".chalice/config.json", "infrastructure")
IMPORT_SOURCE = "import"
AWAITED = ("api_handler", "make_renditions")
UPLOADS = "/uploads"  # where the front door takes the forms that go to the bucket


def deploy(session: boto3.Session, state: State, options: Options) -> Deployment:
    """Deploy what has changed, the real way; returns what runs."""
    with step("the foundation: tables, buckets, queue"):
        kept = backup.deploy(session, STAGE, session.region_name)  # one machine is one region
        found = foundation.deploy(session, STAGE, kept)
        replication.start(session, STAGE)
        foundation.ensure_secrets(session, STAGE)
    environment = found | {"HOMEWARD_STAGE": STAGE, "UPLOAD_URL": UPLOADS} | dict(options.functions)
    wanted = fingerprint(PROJECT, SOURCES, json.dumps(environment, sort_keys=True), *_tools())
    last = Deployment.noted(state)
    if last and last.fingerprint == wanted and _running_code(session, last.rest_api_id, last.code) == last.code:
        tell("  the application: unchanged")
        return last
    with step("the application: chalice deploy"):
        deployment = _deploy_application(session, state, environment, wanted)
    deployment.note(state)
    return deployment


def _tools() -> list[str]:
    return [platform.python_version(), importlib.metadata.version("chalice"), importlib.metadata.version("ministack")]


def _deploy_application(
    session: boto3.Session, state: State, environment: Mapping[str, str], wanted: str
) -> Deployment:
    project = application.copy(PROJECT, state.application)
    _forget_broken_packages(project)
    deployed = application.deploy(project, STAGE, environment, session)
    settings.apply(session, STAGE, deployed)
    _forget_older_packages(project)
    code = _running_code(session, deployed.rest_api_id, dict.fromkeys(deployed.functions.values(), ""))
    return Deployment(wanted, deployed.rest_api_id, dict(deployed.functions), code, dict(environment))


def _forget_broken_packages(project: Path) -> None:
    """A stop while Chalice wrote a package leaves half of it, which Chalice would take for the whole."""
    for package in _packages(project):
        if not is_zipfile(package):
            package.unlink()


def _forget_older_packages(project: Path) -> None:
    """Chalice keeps the package of every deploy: 16 MB for each change of a line."""
    for package in sorted(_packages(project), key=lambda package: package.stat().st_mtime)[:-1]:
        package.unlink()


def _packages(project: Path) -> list[Path]:
    return list((project / ".chalice" / "deployments").glob("*.zip"))


def _running_code(session: boto3.Session, rest_api: str, functions: Mapping[str, str]) -> dict[str, str]:
    """The digests of the code that these functions run; nothing when the API or one of them is not there.

    A cloud that was killed may remember less than was noted of it.
    """
    client: Any = session.client("lambda")
    try:
        session.client("apigateway").get_rest_api(restApiId=rest_api)
        return {name: client.get_function_configuration(FunctionName=name)["CodeSha256"] for name in functions}
    except ClientError:
        return {}


def ensure_import_key(state: State, environment: Mapping[str, str]) -> None:
    """Make the key of the source `import`, unless the one that is kept still opens it."""
    access = Homeward(Config.from_environment(environment)).access
    try:
        access.require_source(IMPORT_SOURCE, state.import_key.read_text())
    except (OSError, HomewardError):
        write_secret(state.import_key, access.register_source(IMPORT_SOURCE))


def refuse_before_tiles(last: Deployment | None, state: State) -> None:
    """Say at once that the map would show too little: markers of that time lack what tiles find them by.

    Raises CannotRun.
    """
    if last and "refresh_tiles" not in last.functions:
        raise CannotRun(
            f"STATE_DIR={state.folder} was made by a version of Homeward without tiles, "
            "and nothing can count what is in it: choose another STATE_DIR, or remove this one, and import again."
        )


def mend_tiles(session: boto3.Session, deployment: Deployment) -> None:
    """Have all tiles compared with their markers, behind the start: other code may count otherwise.

    In the cloud this waits for the night; a laptop may be asleep then.
    """
    tell("  the tiles: compared with their markers in the background")
    function, event = deployment.functions["mend_tiles"], json.dumps(smoke.SCHEDULED).encode()
    session.client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=event)


def awaited(functions: Mapping[str, str]) -> dict[str, str]:
    """Choose those that people wait for: at a start with nothing changed, only these need to be warm."""
    return {name: function for name, function in functions.items() if name in AWAITED}


def main() -> int:
    """Deploy; what fails is told without a traceback."""
    options = Options.from_environment()
    state = State(options.state_dir)
    try:
        session = boto3.Session()
        last = Deployment.noted(state)
        refuse_before_tiles(last, state)
        deployment = deploy(session, state, options)
        ensure_import_key(state, deployment.environment)
        with step("a question to the functions"):
            smoke.ask(session, deployment.functions if deployment != last else awaited(deployment.functions))
        if last and last != deployment:
            mend_tiles(session, deployment)
    except (CannotRun, NotDeployed, ClientError) as error:
        tell(_reason(error))
        return 1
    return 0


def _reason(error: Exception) -> str:
    """What Chalice says begins with its ERROR; above that is only its own traceback."""
    text = str(error).strip()
    return text[text.rfind("ERROR -") :] if "ERROR -" in text else text


if __name__ == "__main__":
    sys.exit(main())
