"""Brings a stage to the cloud: `make deploy STAGE=dev`, that is `python -m infrastructure.deploy --stage dev`.

With BACKUP_REGION in the environment the pictures are kept a second time in that region.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import NotDeployed, application, backup, foundation, packaging, settings, smoke
from infrastructure.application import Deployed


class Refused(NotDeployed):
    """The deploy would do harm; the text says why and what to do."""


def deploy(stage: str, session: boto3.Session, source: Path, project: Path, backup_region: str = "") -> Deployed:
    """Deploy everything there is of a stage, from a copy of the source; again with nothing changed is harmless.

    `backup_region` is where the pictures are kept a second time; without one the backup stays as it is.
    """
    refuse_a_second_api(stage, session, project)
    kept = _deploy_backup(stage, session, backup_region) if backup_region else None
    _step(f"foundation {foundation.stack_name(stage)}")
    environment = foundation.deploy(session, stage, kept)
    if "BACKUP_BUCKET" not in environment:
        _step(f"NO BACKUP of the pictures of stage {stage}: name another region, BACKUP_REGION=…")
    _step(f"secrets under {foundation.secrets_path(stage)}")
    foundation.ensure_secrets(session, stage)
    _step("package")
    application.prepare(application.copy(source, project), stage, environment, session)
    packaging.package(project, stage, session)
    _step("application")
    deployed = application.deploy(project, stage, environment, session)
    _step("settings")
    settings.apply(session, stage, deployed)
    _step("a question to every function")
    smoke.ask(session, deployed.functions)
    return deployed


def _deploy_backup(stage: str, session: boto3.Session, region: str) -> str:
    """Make the backup; raises Refused where it would be lost together with what it is for."""
    if region == session.region_name:
        raise Refused(f"The backup must be in another region than {region}.")
    _step(f"backup {backup.stack_name(stage)} in {region}")
    return backup.deploy(session, stage, region)


def refuse_a_second_api(stage: str, session: boto3.Session, project: Path) -> None:
    """Stop when functions run of which this folder knows nothing: Chalice would make another API with another address.

    Raises Refused.
    """
    noted = application.state_file(project, stage)
    if not noted.exists() and _runs(session, f"homeward-{stage}"):
        raise Refused(
            f"Stage {stage} is deployed already, but {noted} is not here: "
            "bring that file from where it was deployed last, or delete the stage's functions and REST API first."
        )


def _runs(session: boto3.Session, function: str) -> bool:
    functions = session.client("lambda")
    try:
        functions.get_function_configuration(FunctionName=function)
    except functions.exceptions.ResourceNotFoundException:
        return False
    return True


def _check_target(stage: str, session: boto3.Session) -> None:
    """Say which account this is about; refuse to bring the laptop's stage to the cloud."""
    if stage == "local" and not os.environ.get("AWS_ENDPOINT_URL"):
        raise Refused("The stage `local` lives on this machine: `make run` deploys it.")
    account = session.client("sts").get_caller_identity()["Account"]
    _step(f"account {account}, region {session.region_name}, profile {session.profile_name}")


def _step(text: str) -> None:
    print(f"- {text}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Deploy, and say in one line what went wrong."""
    stage = packaging.stage_argument(arguments, "Deploy a stage of Homeward to the account of the environment.")
    try:
        session = boto3.Session()
        _check_target(stage, session)
        project, region = packaging.WORKSHOP / stage, os.environ.get("BACKUP_REGION", "")
        deployed = deploy(stage, session, packaging.PROJECT, project, region)
    except (NotDeployed, BotoCoreError, ClientError) as error:
        print(f"not deployed: {error}", file=sys.stderr)
        return 1
    _step(f"the API answers at {deployed.rest_api_url}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
