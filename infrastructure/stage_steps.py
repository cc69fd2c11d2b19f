"""The steps of a deploy, in the order in which they are taken."""

import json
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from infrastructure import concurrency, foundation, running, settings, signing, site, web
from infrastructure.application import Deployed
from infrastructure.application_step import ApplicationStep
from infrastructure.stack import Stack
from infrastructure.stages import Target
from infrastructure.steps import Steps
from infrastructure.telling import tell

type Page = Callable[[], Path]  # builds the page and tells where it is


@dataclass(frozen=True)
class StageSteps:
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
