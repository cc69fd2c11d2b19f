"""Brings a stage to the cloud: `make deploy STAGE=dev`, that is `python -m infrastructure.deploy --stage dev`.

What an operator chose for the stage stands in stages.json; with BACKUP_REGION in the environment the pictures are kept
a second time in that region. `--without-page` leaves the page's files to a build of their own; with `--as-builder` a
build that a push started leaves them too, and the stacks that only a person deploys.
"""

import signal
import subprocess
import sys
from collections.abc import Container, Sequence
from contextlib import suppress
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import (
    NotDeployed,
    checks,
    lock,
    memory,
    packaging,
    site,
    stages,
    troubles,
    web,
)
from infrastructure.application import Deployed
from infrastructure.stage_steps import Page, StageSteps
from infrastructure.stages import Refused, Target
from infrastructure.steps import Steps
from infrastructure.telling import tell

OF_A_PERSON = ("edge", "cloud-only", "pipeline")  # a builder may make no certificate, firewall, budget, user or builder


def deploy(
    target: Target,
    source: Path,
    project: Path,
    page: Page | None,
    *,
    again: bool = False,
    left_out: Container[str] = (),
) -> Deployed:
    """Deploy everything there is of a stage, from a copy of the source; with nothing changed it does nothing.

    What is not deployed stops the rest, and the next run carries on there; `again` does every step whatever changed.
    The stacks that `left_out` names stay as they are. Raises NotDeployed.
    """
    if target.choices.backup_region == target.region:
        raise Refused(f"The backup must be in another region than {target.region}.")
    checks.before(target)
    if not memory.of(target).is_there():
        _lay_the_ground(target)
    with lock.of(target).held() as held:
        steps = Steps(memory.of(target), held, again)
        try:
            deployed = StageSteps(target, source, project, page, steps, left_out).run()
        except Exception as error:
            error.add_note(f"It stopped at: {steps.current}. Run the same command again: it carries on there.")
            raise
    tell("nothing had changed: nothing was done" if not steps.done else f"done: {', '.join(dict.fromkeys(steps.done))}")
    return deployed


def _lay_the_ground(target: Target) -> None:
    """Make the bucket that holds the lock, with all that stands beside it; CloudFormation lets only one do that."""
    tell(f"the first deploy of stage {target.stage}: what holds its data")
    if target.choices.backup_region:
        web.backup(target).bring()
    kept = web.backup(target).outputs().get("BackupBucket") if target.choices.backup_region else None
    web.ground(target, kept, {}).bring()


def build_page() -> Path:
    """Build the page, if what it is made of has changed; raises NotDeployed."""
    done = subprocess.run([sys.executable, "-m", "local", "page"], cwd=packaging.PROJECT, check=False)
    if done.returncode:
        raise NotDeployed("The page could not be built.")
    return site.BUILT


def main(arguments: Sequence[str] | None = None) -> int:
    """Deploy, and say in one line what went wrong."""
    parser = stages.parser("Deploy a stage of Homeward to the account of the environment.")
    parser.add_argument("--without-page", action="store_true", help="leave the page's files as they are")
    parser.add_argument("--as-builder", action="store_true", help="leave the page and what only a person deploys")
    parser.add_argument("--again", action="store_true", help="do every step, also where nothing has changed")
    asked = parser.parse_args(arguments)
    with suppress(ValueError):  # not in the main thread, where nobody stops us
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        target = stages.target(asked.stage)
        stages.introduce(target)
        page = None if asked.without_page or asked.as_builder else build_page
        left_out = OF_A_PERSON if asked.as_builder else ()
        project = packaging.WORKSHOP / asked.stage
        deployed = deploy(target, packaging.PROJECT, project, page, again=asked.again, left_out=left_out)
    except (NotDeployed, BotoCoreError, ClientError) as error:
        print(f"not deployed: {troubles.told(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; run the same command again: it carries on where it was", file=sys.stderr)
        return 130
    tell(f"the API answers at {deployed.rest_api_url}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
