"""Takes a stage away: `make destroy STAGE=…`, that is `python -m infrastructure.destroy --stage …`.

It asks first; YES=<stage> answers for scripts. What people wrote in production is never taken.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
from infrastructure.remains import KEY_WAITS, Remains, delete_access_keys, schedule_deletion
from infrastructure.rollbacks import POLL
from infrastructure.stack import Stack
from infrastructure.stages import PRODUCTION, Refused, Target
from infrastructure.telling import tell


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
        collected = Stack(self.target, "cloud-only")
        delete_access_keys(self.target.client("iam"), collected.outputs().get("CollectorUser", ""))
        for stack in (Stack(self.target, "pipeline"), collected, web.cdn(self.target), web.edge(self.target)):
            self._stack(stack)

    def _data(self) -> None:
        if self.target.stage == PRODUCTION:
            tell("kept: the stacks foundation and backup of production, with all tables, buckets, people and secrets")
            return
        backup, ground = web.backup(self.target), web.ground(self.target, None, {})
        key = ground.resource("DataKey")
        self._stack(ground)
        self._stack(backup)
        tell("data")
        Remains(self.target).remove(backup.region)
        if key:
            schedule_deletion(self.target.client("kms"), key)
            tell(f"the key of its tables, {key}, is deleted in {KEY_WAITS} days: until then, kms cancel-key-deletion")

    def _stack(self, stack: Stack) -> None:
        cloudformation, name = self.target.client("cloudformation", stack.region), self.target.stack(stack.name)
        if stacks.settled(cloudformation, name):
            tell(f"stack {name}")
            cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=False)
            cloudformation.delete_stack(StackName=name)
            cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=POLL)


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
