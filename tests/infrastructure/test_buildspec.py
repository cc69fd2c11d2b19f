"""The buildspec: what CodeBuild would run, looked at without CodeBuild."""

import os
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from infrastructure.permissions import STAGES
from tests.infrastructure.programs import run

PROJECT = Path(__file__).parents[2]
BUILDSPEC: dict[str, Any] = yaml.safe_load((PROJECT / "buildspec.yml").read_text())


def commands() -> Iterator[str]:
    for phase in BUILDSPEC["phases"].values():
        yield from phase["commands"]


def test_the_phases_are_codebuilds_in_its_order() -> None:
    assert BUILDSPEC["version"] == 0.2
    assert list(BUILDSPEC["phases"]) == ["install", "pre_build", "build", "post_build"]


@pytest.mark.parametrize("command", list(commands()))
def test_a_command_is_bash(command: str) -> None:
    assert BUILDSPEC["env"]["shell"] == "bash"
    checked = run("bash", "-n", text=command)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("module", [module for line in commands() for module in re.findall(r"-m ([a-z_.]+)", line)])
def test_a_command_runs_a_module_that_is_there(module: str) -> None:
    assert find_spec(module)


@pytest.mark.parametrize(("succeeding", "status"), [("1", 0), ("0", 1), (None, 1)])
def test_nothing_is_deployed_after_a_build_that_failed(succeeding: str | None, status: int) -> None:
    said = {"CODEBUILD_BUILD_SUCCEEDING": succeeding} if succeeding else {}
    own = {name: value for name, value in os.environ.items() if name != "CODEBUILD_BUILD_SUCCEEDING"}
    first = BUILDSPEC["phases"]["post_build"]["commands"][0]
    assert first.startswith('test "$CODEBUILD_BUILD_SUCCEEDING"')
    assert run("bash", "-c", first, environment=own | said).returncode == status


def test_the_deploy_comes_last_and_only_there() -> None:
    deploys = [command for command in commands() if "infrastructure.deploy" in command]
    assert deploys == [BUILDSPEC["phases"]["post_build"]["commands"][-1]]


def test_what_is_deployed_was_checked_tested_and_packaged_before() -> None:
    before = "\n".join([*BUILDSPEC["phases"]["pre_build"]["commands"], *BUILDSPEC["phases"]["build"]["commands"]])
    for step in ("ruff check", "mypy", "pytest", "infrastructure.packaging", "infrastructure.package_check"):
        assert step in before


def test_what_a_deploy_remembers_is_saved_whatever_becomes_of_it() -> None:
    assert BUILDSPEC["env"]["variables"]["STAGE"] in STAGES
    assert BUILDSPEC["phases"]["post_build"]["finally"] == [
        '.venv/bin/python -m infrastructure.memory --stage "$STAGE"'
    ]
    assert not [path for path in BUILDSPEC["cache"]["paths"] if ".deploy" in path], "an old note would come back"
