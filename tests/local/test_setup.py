"""Finding an interpreter and Node.js, and making the environment, before anything is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local import setup
from local.failures import CannotRun
from local.options import PROJECT

TOOLS = ("sh", "dirname", "sort")  # what the scripts themselves need


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PATH of the test's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    return folder


def command(path: Path, name: str, script: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{script}\n")
    (path / name).chmod(0o755)


def find(script: str, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": str(path), "HOME": str(path), **environment}
    found = shutil.which("sh")
    assert found
    return subprocess.run(
        [found, f"local/{script}"], cwd=PROJECT, env=variables, capture_output=True, text=True, check=False
    )


def test_an_interpreter_on_the_path_that_does_not_run_is_passed_over(path: Path) -> None:
    command(path, "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    command(path, "python3.12", "exit 1")
    (path / "python3").symlink_to(sys.executable)
    found = find("find-python.sh", path)
    assert found.returncode == 0
    assert Path(found.stdout.strip()).samefile(sys.executable)
    assert found.stderr == ""


def test_python_3_13_comes_before_others(path: Path) -> None:
    for name in ("python3", "python3.12", "python3.13"):
        command(path, name, f'case "$2" in *version_info*) exit 0;; *) echo {name};; esac')
    assert find("find-python.sh", path).stdout.strip() == "python3.13"


def test_an_interpreter_may_be_named(path: Path) -> None:
    found = find("find-python.sh", path, PYTHON=sys.executable)
    assert Path(found.stdout.strip()).samefile(sys.executable)


def test_the_versions_of_pyenv_are_tried(path: Path) -> None:
    folder = path / "pyenv" / "versions" / "3.13.0" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)
    found = find("find-python.sh", path, PYENV_ROOT=str(path / "pyenv"))
    assert Path(found.stdout.strip()).samefile(sys.executable)


def test_no_interpreter_is_told_in_one_line(path: Path) -> None:
    found = find("find-python.sh", path)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("Python 3.12 or newer is missing")
    assert found.stderr.count("\n") == 1


def test_a_node_that_is_too_old_is_passed_over(path: Path) -> None:
    command(path, "node", "exit 1")
    command(path, "npm", "echo 10")
    newer = path / ".nvm" / "versions" / "node" / "v22.1.0" / "bin"
    newer.mkdir(parents=True)
    command(newer, "node", "exit 0")
    command(newer, "npm", "echo 10")
    assert find("find-node.sh", path).stdout.strip() == str(newer)


def test_the_version_of_node_is_looked_at(path: Path) -> None:
    real = shutil.which("node")
    if real is None:
        pytest.fail("Node.js is missing: the page cannot be built or tested without it")
    (path / "node").symlink_to(real)
    command(path, "npm", "echo 10")
    assert find("find-node.sh", path).stdout.strip() == str(path)


@pytest.mark.parametrize("present", [(), ("node",), ("npm",)])
def test_no_node_or_no_npm_is_told_in_one_line(path: Path, present: tuple[str, ...]) -> None:
    for name in present:
        command(path, name, "exit 0")
    found = find("find-node.sh", path)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("Node.js 20.19 or newer with npm is missing")
    assert found.stderr.count("\n") == 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that needs no package at all."""
    for name in setup.REQUIREMENTS:
        (tmp_path / name).write_text("")
    return tmp_path


def test_an_environment_is_made_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setup.bring_up_to_date(project)
    assert (project / ".venv" / "bin" / "python").exists()
    assert "the Python packages" in capsys.readouterr().out
    setup.bring_up_to_date(project)
    assert capsys.readouterr().out == ""


def test_an_environment_is_made_again_when_its_interpreter_has_gone(project: Path) -> None:
    setup.bring_up_to_date(project)
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    setup.bring_up_to_date(project)
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0


def test_an_environment_follows_the_requirements(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.bring_up_to_date(project)
    (project / "requirements.txt").write_text("# more\n")
    done: list[object] = []
    monkeypatch.setattr(setup, "_do", lambda command, folder, failure: done.append(command))
    setup.bring_up_to_date(project)
    assert len(done) == 1


def test_packages_that_cannot_be_installed_are_told_and_tried_again(project: Path) -> None:
    (project / "requirements-dev.txt").write_text("./no-such-package\n")
    for _ in range(2):
        with pytest.raises(CannotRun, match="could not be installed") as told:
            setup.bring_up_to_date(project)
        assert "Traceback" not in str(told.value)


def test_setting_up_needs_nothing_installed() -> None:
    """With -S and -I there is only the standard library."""
    check = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import local.setup"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    assert subprocess.run([sys.executable, "-I", "-S", "-c", check], env=environment, check=False).returncode == 0
