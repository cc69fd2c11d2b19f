"""The step of a deploy that brings the application: packaged, checked, deployed by Chalice, asked."""

from dataclasses import dataclass
from pathlib import Path

from infrastructure import adoption, application, checks, foundation, memory, packaging, running, smoke
from infrastructure.application import Deployed
from infrastructure.stages import Refused, Target
from infrastructure.steps import Steps
from infrastructure.telling import tell


@dataclass(frozen=True)
class ApplicationStep:
    """The application of a stage, from a copy of the source; Chalice's note of what it made is never lost."""

    target: Target
    source: Path
    project: Path
    steps: Steps

    def take(self, found: dict[str, str], cdn: dict[str, str]) -> Deployed:
        """Package, check the package, let Chalice deploy it, and ask every function; raises NotDeployed, Refused."""
        target, session = self.target, self.target.session
        with self.steps.at("Chalice's note"):
            note = self._note()
        named = foundation.environment(target.stage, found)
        environment = named | running.addresses(cdn, target.choices)
        project = application.copy(self.source, self.project)
        application.prepare(project, target.stage, environment, session)
        made_of, wanted = running.digest(self.source, named), running.digest(self.source, environment)
        self.steps.take("package", made_of, lambda: checks.package(packaging.package(project, target.stage, session)))
        known = self.steps.memory.done().get("code", "")
        stands = bool(known) and known == running.code(session, target.stage, note)
        if self.steps.take("application", wanted, lambda: self._deploy_application(environment), stands=stands):
            self.steps.memory.did("code", running.code(session, target.stage, note))
        deployed = application.deployed(project, target.stage)
        self.steps.take("a question to every function", made_of, lambda: smoke.ask(session, deployed.functions))
        return deployed

    @property
    def _note_path(self) -> Path:
        return application.state_file(self.project, self.target.stage)

    def _note(self) -> Path:
        """Bring Chalice's note here; complete it after a deploy of Chalice's that did not come to its end."""
        stage, session, remembered, note = self.target.stage, self.target.session, self.steps.memory, self._note_path
        if not remembered.fetch_note(note) and not running.is_of_this_account(session, stage, note):
            note.unlink(missing_ok=True)
        if remembered.has_begun():
            found = adoption.adopt(session, stage, note)
            tell(f"Chalice was interrupted; found again: {', '.join(found) or 'nothing'}")
        refuse_a_second_api(self.target, note)
        return note

    def _deploy_application(self, environment: dict[str, str]) -> None:
        """Let Chalice deploy, and keep what it noted, whatever became of it; it sets some settings back."""
        stage, remembered, note = self.target.stage, self.steps.memory, self._note_path
        remembered.did("settings", "")
        remembered.begin(self.steps.lock.owner["owner"])
        memory.unsaved(self.project).touch()
        try:
            application.deploy(self.project, stage, environment, self.target.session)
        finally:
            remembered.save_note(note)
            memory.unsaved(self.project).unlink()
        remembered.ended()


def refuse_a_second_api(target: Target, note: Path) -> None:
    """Stop when functions run of which no note is left: Chalice would make another API with another address.

    Raises Refused.
    """
    if not note.exists() and running.is_there(target.session, target.stage):
        raise Refused(
            f"Stage {target.stage} is deployed already, but Chalice's note of it is neither in "
            f"s3://{target.bucket('releases')}/{memory.NOTE} nor here: bring back an earlier version of that object, "
            "or delete the stage's functions and its REST API first."
        )
