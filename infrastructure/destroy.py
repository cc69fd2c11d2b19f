"""Takes a stage away: `make destroy STAGE=…`, that is `python -m infrastructure.destroy --stage …`.

It asks first; YES=<stage> answers for scripts. What people wrote in production is never taken.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import (
    NotDeployed,
    adoption,
    application,
    foundation,
    lock,
    memory,
    packaging,
    stacks,
    stages,
    troubles,
    web,
)
from infrastructure.permissions import FUNCTIONS
from infrastructure.rollbacks import POLL
from infrastructure.stack import Stack
from infrastructure.stages import PRODUCTION, Refused, Target
from infrastructure.telling import tell

BUCKETS = ("pictures", "site", "logs", "releases")  # the last one holds the lock
TABLES = ("announcements", "tiles")
AT_ONCE = 1000  # objects that S3 deletes in one call
POOLS_A_PAGE = 60


@dataclass(frozen=True)
class Destruction:
    """What of a stage goes, in an order in which it may be broken off and begun again."""

    target: Target
    project: Path

    def run(self) -> None:
        """Take away all but the data of production; raises NotDeployed."""
        if memory.of(self.target).is_there():
            with lock.of(self.target).held():
                self._application()
                self._before_the_data()
                self._data()
        else:
            self._before_the_data()
            self._data()

    def _application(self) -> None:
        """Delete what Chalice made, also what it could not note any more."""
        tell("application")
        stage, session, remembered = self.target.stage, self.target.session, memory.of(self.target)
        note = application.state_file(self.project, stage)
        if not remembered.fetch_note(note):
            note.unlink(missing_ok=True)
        adoption.adopt(session, stage, note)
        if note.exists():
            project = application.copy(packaging.PROJECT, self.project)
            names = dict.fromkeys(foundation.NAMES.values(), "gone")  # Chalice reads app.py even to delete
            application.write_environment(project, stage, foundation.environment(stage, names))
            application.chalice(project, session, "delete", "--stage", stage)
            note.unlink(missing_ok=True)
        remembered.forget_note()

    def _before_the_data(self) -> None:
        for stack in (Stack(self.target, "pipeline"), Stack(self.target, "cloud-only"), web.cdn(self.target)):
            self._stack(stack)
        self._stack(web.edge(self.target))

    def _data(self) -> None:
        if self.target.stage == PRODUCTION:
            tell("kept: the stacks foundation and backup of production, with all tables, buckets, people and secrets")
            return
        backup = web.backup(self.target)
        self._stack(web.ground(self.target, None, {}))
        self._stack(backup)
        tell("data")
        self._tables()
        self._people()
        self._parameters()
        self._logs()
        self._buckets(backup.region)

    def _stack(self, stack: Stack) -> None:
        cloudformation, name = self.target.client("cloudformation", stack.region), self.target.stack(stack.name)
        if stacks.settled(cloudformation, name):
            tell(f"stack {name}")
            cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=False)
            cloudformation.delete_stack(StackName=name)
            cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=POLL)

    def _tables(self) -> None:
        tables = self.target.client("dynamodb")
        for name in TABLES:
            with suppress(tables.exceptions.ResourceNotFoundException):
                tables.delete_table(TableName=f"homeward-{self.target.stage}-{name}")

    def _people(self) -> None:
        cognito = self.target.client("cognito-idp")
        for page in cognito.get_paginator("list_user_pools").paginate(MaxResults=POOLS_A_PAGE):
            for pool in page["UserPools"]:
                if pool["Name"] == f"homeward-{self.target.stage}":
                    _without_domain(cognito, pool["Id"])
                    cognito.delete_user_pool(UserPoolId=pool["Id"])

    def _parameters(self) -> None:
        ssm, path = self.target.client("ssm"), foundation.secrets_path(self.target.stage)
        for page in ssm.get_paginator("get_parameters_by_path").paginate(Path=path):
            if names := [each["Name"] for each in page["Parameters"]]:
                ssm.delete_parameters(Names=names)

    def _logs(self) -> None:
        logs = self.target.client("logs")
        for function in FUNCTIONS:
            with suppress(logs.exceptions.ResourceNotFoundException):
                logs.delete_log_group(logGroupName=f"/aws/lambda/{adoption.function_name(self.target.stage, function)}")

    def _buckets(self, kept_in: str) -> None:
        if kept_in:
            _empty_and_delete(
                self.target.client("s3", kept_in),
                f"homeward-{self.target.stage}-backup-{self.target.account}-{kept_in}",
            )
        for purpose in BUCKETS:
            _empty_and_delete(self.target.client("s3"), self.target.bucket(purpose))


def _without_domain(cognito: Any, pool: str) -> None:
    """Take away its sign-in address, without which a pool cannot be deleted."""
    if domain := cognito.describe_user_pool(UserPoolId=pool)["UserPool"].get("Domain"):
        cognito.delete_user_pool_domain(UserPoolId=pool, Domain=domain)


def _empty_and_delete(s3: Any, bucket: str) -> None:
    """Delete a bucket with every version of everything in it."""
    try:
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            every = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            objects = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in every]
            for start in range(0, len(objects), AT_ONCE):
                s3.delete_objects(Bucket=bucket, Delete={"Objects": objects[start : start + AT_ONCE], "Quiet": True})
        s3.delete_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] not in memory.MISSING:
            raise


def confirm(stage: str, answer: str) -> None:
    """Raise Refused unless the answer names the stage."""
    if answer != stage:
        raise Refused(f"That is not {stage}: nothing was destroyed.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, destroy, and say in one line what went wrong."""
    stage = stages.stage_argument(arguments, "Take a stage of Homeward away, in production all but its data.")
    try:
        target = stages.target(stage)
        stages.introduce(target)
        loss = "EVERYTHING BUT ITS DATA" if stage == PRODUCTION else "EVERYTHING, WITH ALL ITS DATA"
        confirm(
            stage, os.environ.get("YES") or input(f"This destroys {loss}. Type the stage's name to go on: ").strip()
        )
        Destruction(target, packaging.WORKSHOP / stage).run()
    except (NotDeployed, BotoCoreError, ClientError, EOFError) as error:
        print(f"not destroyed: {troubles.told(error)}", file=sys.stderr)
        return 1
    tell(f"stage {stage} is gone" if stage != PRODUCTION else "production's application and page are gone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
