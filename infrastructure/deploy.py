"""Brings a stage to the cloud: `make deploy STAGE=dev`, that is `python -m infrastructure.deploy --stage dev`.

What an operator chose for the stage stands in stages.json; with BACKUP_REGION in the environment the pictures are kept
a second time in that region. `--without-page` leaves the page's files to a build of their own; with `--as-builder` a
build that a push started leaves them too, and the stacks that only a person deploys.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import (
    NotDeployed,
    checks,
    concurrency,
    foundation,
    lock,
    memory,
    packaging,
    running,
    settings,
    signing,
    site,
    stages,
    troubles,
    web,
)
from infrastructure.application import Deployed
from infrastructure.application_step import ApplicationStep
from infrastructure.stack import Stack
from infrastructure.stages import Refused, Target
from infrastructure.steps import Steps
from infrastructure.telling import tell

type Page = Callable[[], Path]  # builds the page and tells where it is
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
            deployed = _Deploy(target, source, project, page, steps, left_out).run()
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


@dataclass(frozen=True)
class _Deploy:
    """One run: a table of contents of what a stage is made of, in its order."""

    target: Target
    source: Path
    project: Path
    page: Page | None
    steps: Steps
    left_out: Container[str] = ()

    def run(self) -> Deployed:
        """Do what is to be done."""
        edge = self._edge()
        kept = self._backup()
        cdn = web.cdn(self.target).outputs()
        found = self._ground(kept, cdn)
        self._secrets()
        self._cloud_only(found)
        deployed = self._application(found, cdn)
        new = self._web(found, deployed, edge)
        if new != cdn:  # the first time: the CDN needs the application, and what it stands before needs its name
            found = self._ground(self._backup(), new)
            deployed = self._application(found, new)
        self._settings(deployed, found)
        self._page(new)
        self._pipeline(found, new)
        tell(f"the map is at {new['Address']}")
        if self.target.is_local:
            tell(f"on this machine it is shown by: make local-door STAGE={self.target.stage}")
        return deployed

    def _bring(self, stack: Stack) -> dict[str, str]:
        step, digest = f"stack {self.target.stack(stack.name)}", stack.digest()
        if stack.name in self.left_out:
            self.steps.leave(step, digest)
        else:
            self.steps.take(step, digest, stack.bring, stands=stack.stands())
        return stack.outputs()

    def _edge(self) -> dict[str, str]:
        wanted = self.target.choices.domain or self.target.choices.firewall
        return self._bring(web.edge(self.target)) if wanted else {}

    def _backup(self) -> str | None:
        """Keep the pictures in another region; without one chosen, where they are kept already."""
        backup = web.backup(self.target)
        return self._bring(backup)["BackupBucket"] if backup.region else None

    def _ground(self, kept: str | None, cdn: dict[str, str]) -> dict[str, str]:
        found = self._bring(web.ground(self.target, kept, cdn))
        if "BackupBucket" not in found:
            tell(f"NO BACKUP of the pictures of stage {self.target.stage}: choose another region for it in stages.json")
        return found

    def _secrets(self) -> None:
        names = json.dumps(foundation.SECRETS)
        self.steps.take("secrets", names, lambda: foundation.ensure_secrets(self.target.session, self.target.stage))

    def _cloud_only(self, found: dict[str, str]) -> None:
        if not self.target.is_local:
            self._bring(web.cloud_only(self.target, found))

    def _application(self, found: dict[str, str], cdn: dict[str, str]) -> Deployed:
        return ApplicationStep(self.target, self.source, self.project, self.steps).take(found, cdn)

    def _web(self, found: dict[str, str], deployed: Deployed, edge: dict[str, str]) -> dict[str, str]:
        with self.steps.at("the keys of the CDN"):
            shown, signers = web.origin_key(self.target), signing.public_key(self.target)
        return self._bring(web.cdn(self.target, found, deployed.rest_api_id, edge, shown, signers))

    def _settings(self, deployed: Deployed, found: dict[str, str]) -> None:
        session, wanted = self.target.session, settings_digest(found)
        self.steps.take("settings", wanted, lambda: settings.apply(session, self.target.stage, deployed))
        with self.steps.at("reserved concurrency"):
            for function in concurrency.bound(session, deployed.functions):
                tell(f"NOT RESERVED: this account has no room for a bound on {function}; it runs without one")

    def _page(self, cdn: dict[str, str]) -> None:
        if self.page is None:
            return
        with self.steps.at("page"):
            built, now = self.page(), datetime.now(UTC)
            place = site.Site(self.target.session, self.target.bucket("site"), cdn.get("Distribution", ""))
            if place.is_due(built, now):
                with site.lock_of(self.target, place.bucket).held():
                    tell(f"page: {place.bring(built, now)}")
                self.steps.done.append("page")

    def _pipeline(self, found: dict[str, str], cdn: dict[str, str]) -> None:
        if self.target.choices.source and not self.target.is_local:
            self._bring(web.pipeline(self.target, found, cdn))


def settings_digest(found: dict[str, str]) -> str:
    """Digest what the settings are made of."""
    return running.own_digest("settings.py", "upkeep.py", json.dumps(found, sort_keys=True))


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
