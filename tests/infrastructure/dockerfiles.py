"""Reads a Dockerfile and replays its steps in a folder, where no engine is at hand."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.infrastructure.programs import run


@dataclass(frozen=True)
class Step:
    """One instruction and its words."""

    name: str
    text: str


def steps(dockerfile: Path) -> list[Step]:
    joined = dockerfile.read_text().replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines()]
    return [Step(*line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]


@dataclass(frozen=True)
class Context:
    """What an engine would be given: the project without what .dockerignore leaves out."""

    project: Path
    rules: list[tuple[bool, re.Pattern[str]]] = field(default_factory=list)

    @classmethod
    def of(cls, project: Path) -> "Context":
        lines = (project / ".dockerignore").read_text().splitlines()
        patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return cls(project, [(not line.startswith("!"), _expression(line.removeprefix("!"))) for line in patterns])

    def ignores(self, path: str) -> bool:
        """The last rule that matches the path or a folder above it decides."""
        verdicts = [ignored for ignored, expression in self.rules if expression.match(path)]
        return bool(verdicts) and verdicts[-1]

    def copy(self, name: str, target: Path) -> None:
        """Copy a file, or what is in a folder."""
        source = self.project / name
        if source.is_file():
            assert not self.ignores(name), f".dockerignore leaves out {name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / source.name if target.is_dir() else target)
            return
        for path in self._files(source):
            copied = target / path.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copied)

    def _files(self, folder: Path) -> Iterator[Path]:
        for path in folder.iterdir():
            name = str(path.relative_to(self.project))
            if path.is_dir() and (not self.ignores(name) or self._has_exceptions(name)):
                yield from self._files(path)
            elif path.is_file() and not self.ignores(name):
                yield path

    def _has_exceptions(self, folder: str) -> bool:
        return any(
            not ignored and expression.pattern.startswith(re.escape(folder)) for ignored, expression in self.rules
        )


def _expression(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
    return re.compile(f"{escaped}(/.*)?$")


@dataclass
class Replay:
    """The steps from WORKDIR on, done in a folder in its place; those before make the machine, which is here."""

    context: Context
    folder: Path
    environment: dict[str, str]
    settings: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)

    def play(self, found: list[Step]) -> None:
        start = next(index for index, step in enumerate(found) if step.name == "WORKDIR")
        for step in found[start + 1 :]:
            match step.name:
                case "COPY":
                    *names, target = step.text.split()
                    for name in names:
                        self.context.copy(name, self._place(target))
                case "RUN":
                    self._run(re.sub(r"--mount=\S+\s+", "", step.text))
                case "ENV":
                    self.settings |= dict(word.split("=", 1) for word in shlex.split(step.text))
                case "CMD":
                    self.command = json.loads(step.text)
                case _:
                    assert step.name in ("USER", "EXPOSE"), f"nobody here knows how to replay {step.name}"

    def _place(self, target: str) -> Path:
        place = self.folder / target
        if target.endswith("/"):
            place.mkdir(parents=True, exist_ok=True)
        return place

    def _run(self, command: str) -> None:
        done = run("bash", "-c", command, folder=self.folder, environment=self.environment)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
