"""Plays a buildspec as CodeBuild would, phase by phase: `python -m infrastructure.buildspecs FILE`.

Each phase has a shell of its own, so that none counts on what another left in it.
For those without CodeBuild, and for the tests; `--instead PATTERN=COMMAND` puts another command in the place of
those that a regular expression finds.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PHASES = ("install", "pre_build", "build", "post_build")
ENDS_THE_BUILD = ("install", "pre_build")  # when one of these fails, nothing follows
SUCCEEDING = "CODEBUILD_BUILD_SUCCEEDING"


@dataclass
class Build:
    """One build: its buildspec, the folder it is in, and what became of each phase."""

    spec: Mapping[str, Any]
    folder: Path
    environment: Mapping[str, str]
    instead: Mapping[str, str] = field(default_factory=dict)
    phases: dict[str, bool] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def run(self) -> bool:
        """Play all phases; tell whether the build succeeded."""
        for phase in PHASES:
            if phase in self.spec["phases"]:
                self.phases[phase] = self._play(phase)
                if not self.phases[phase] and phase in ENDS_THE_BUILD:
                    break
        return self.succeeding

    @property
    def succeeding(self) -> bool:
        """Whether nothing has failed yet."""
        return all(self.phases.values())

    def _play(self, phase: str) -> bool:
        """Run a phase's commands until one fails, then what it does at any rate."""
        described = self.spec["phases"][phase]
        done = self._run(phase, described.get("commands", []))
        return self._run(f"{phase}, finally", described.get("finally", [])) and done

    def _run(self, title: str, commands: Sequence[str]) -> bool:
        said = [self._substituted(command) for command in commands]
        if not said:
            return True
        done = subprocess.run(
            ["bash", "-c", "\n".join(_until_one_fails(said))],  # noqa: S607 (the shell that the buildspec names)
            cwd=self.folder,
            env=self._variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.said.append(f"[{title}]\n{done.stdout}")
        return done.returncode == 0

    def _substituted(self, command: str) -> str:
        return next((other for pattern, other in self.instead.items() if re.search(pattern, command)), command)

    def _variables(self) -> dict[str, str]:
        """Give the buildspec's variables, over which those of the project win, and whether all is well until now."""
        named = {name: str(value) for name, value in self.spec.get("env", {}).get("variables", {}).items()}
        codebuilds = {SUCCEEDING: str(int(self.succeeding)), "CODEBUILD_SRC_DIR": str(self.folder)}
        return {**named, **self.environment, **codebuilds}


def _until_one_fails(commands: Sequence[str]) -> Iterator[str]:
    """Show each command before it runs; leave at the first that fails."""
    for command in commands:
        yield f"printf '$ %s\\n' {_quoted(command)}"
        yield f"{command.rstrip()}\n[ $? -eq 0 ] || exit 1"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def read(path: Path) -> dict[str, Any]:
    """Read a buildspec."""
    return dict(yaml.safe_load(path.read_text()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Play a buildspec and show what it said."""
    parser = argparse.ArgumentParser(description="Play a buildspec as CodeBuild would.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--instead", action="append", default=[], metavar="PATTERN=COMMAND")
    asked = parser.parse_args(arguments)
    instead = dict(each.split("=", 1) for each in asked.instead)
    build = Build(read(asked.file), Path.cwd(), dict(os.environ), instead)
    succeeded = build.run()
    print("\n".join(build.said))
    print(", ".join(f"{phase} {'succeeded' if done else 'FAILED'}" for phase, done in build.phases.items()))
    return 0 if succeeded else 1


if __name__ == "__main__":
    sys.exit(main())
