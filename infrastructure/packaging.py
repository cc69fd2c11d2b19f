"""The package for Lambda, made and checked before anything is deployed.

`python -m infrastructure.packaging --stage dev` does this without any account.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import boto3

from infrastructure import NotDeployed, application, foundation, package_check, permissions, stages

PROJECT = Path(__file__).parent.parent
WORKSHOP = PROJECT / ".deploy"  # a copy of the project for each stage, and what Chalice notes of its deploys


class PackageRefused(NotDeployed):
    """The package would not run in Lambda; the text has one line for each reason."""


def package(project: Path, stage: str, session: boto3.Session) -> Path:
    """Package a prepared copy of the project; raises application.DeployFailed and PackageRefused.

    Terraform's format, because Chalice cannot write CloudFormation for a bucket that it does not make.
    """
    folder = project / "package"
    application.chalice(project, session, "package", "--pkg-format", "terraform", "--stage", stage, str(folder))
    if faults := package_check.check([folder]):
        raise PackageRefused("\n".join(faults))
    return folder / "deployment.zip"


def main(arguments: Sequence[str] | None = None) -> int:
    """Package a stage with made-up names, for they are not part of the package."""
    stage = stages.stage_argument(arguments, "Make the package for Lambda and check it.")
    project = application.copy(PROJECT, WORKSHOP / stage)
    names = dict.fromkeys(foundation.NAMES.values(), f"homeward-{stage}")
    application.write_environment(project, stage, foundation.environment(stage, names))
    permissions.write(project / ".chalice", permissions.Place(stage))
    nowhere = boto3.Session("none", "none", region_name="us-east-1")  # Chalice asks for a region, and calls nobody
    try:
        made = package(project, stage, nowhere)
    except NotDeployed as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{made.relative_to(PROJECT)}: {made.stat().st_size / 1e6:.1f} MB, nothing built here, nothing Lambda has")
    return 0


if __name__ == "__main__":
    sys.exit(main())
