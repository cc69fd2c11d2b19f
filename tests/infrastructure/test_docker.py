"""The container: the shape of the compose file, and the Dockerfile's steps replayed without an engine."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from local.processes import free_port
from tests.infrastructure.dockerfiles import Context, Replay, steps
from tests.infrastructure.programs import answer, run, start

PROJECT = Path(__file__).parents[2]
STEPS = steps(PROJECT / "Dockerfile")
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICE: dict[str, Any] = COMPOSE["services"]["homeward"]
START, STOP = 180, 10  # seconds; a first start makes the package, a stop saves the state


def words(name: str) -> list[str]:
    return [step.text for step in STEPS if step.name == name]


def settings() -> dict[str, str]:
    return dict(word.split("=", 1) for text in words("ENV") for word in text.split())


def test_one_service_is_built_here_and_published_on_loopback_unless_asked_otherwise() -> None:
    assert list(COMPOSE["services"]) == ["homeward"]
    assert SERVICE["build"] == "."
    assert SERVICE["ports"] == [f"${{ADDRESS:-127.0.0.1}}:${{PORT:-8000}}:{settings()['PORT']}"]
    assert settings()["HOST"] == "0.0.0.0"


def test_the_state_is_a_named_volume_where_the_container_keeps_it() -> None:
    assert SERVICE["volumes"] == [f"state:{settings()['STATE_DIR']}"]
    assert "state" in COMPOSE["volumes"]


def test_its_health_is_what_the_api_says() -> None:
    kind, *command = SERVICE["healthcheck"]["test"]
    assert kind == "CMD"
    assert f"http://127.0.0.1:{settings()['PORT']}/api/health" in command[-1]
    compile(command[-1], "healthcheck", "exec")


def test_it_runs_without_root_and_without_any_capability() -> None:
    assert [step.name for step in STEPS].index("USER") < [step.name for step in STEPS].index("CMD")
    assert words("USER") == ["homeward"]
    assert SERVICE["cap_drop"] == ["ALL"]
    assert SERVICE["security_opt"] == ["no-new-privileges:true"]


def test_the_base_images_are_python_3_13_and_node_20_of_one_debian() -> None:
    images = [text.split()[0] for text in words("FROM")]
    assert images == ["node:20-bookworm-slim", "python:3.13-slim-bookworm"]


@pytest.mark.parametrize("command", words("RUN"))
def test_a_step_is_a_shell_command(command: str) -> None:
    line = " ".join(word for word in command.split() if not word.startswith("--mount="))
    checked = run("sh", "-n", text=line)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    "path", [".git/config", ".local/credentials.json", ".venv/bin/python", ".deploy/dev/app.py", ".env", "x.pem"]
)
def test_nothing_private_or_made_here_goes_into_the_image(path: str) -> None:
    assert Context.of(PROJECT).ignores(path)


@pytest.mark.parametrize(
    "path", [".chalice/deployed/dev.json", "frontend/node_modules/react/index.js", "local/__pycache__/x.pyc"]
)
def test_no_builds_of_this_machine_go_into_the_image(path: str) -> None:
    assert Context.of(PROJECT).ignores(path)


@pytest.mark.parametrize(
    "path", ["app.py", "chalicelib/config.py", ".chalice/config.json", "frontend/src/main.tsx", "requirements.txt"]
)
def test_what_runs_goes_into_the_image(path: str) -> None:
    assert not Context.of(PROJECT).ignores(path)


@pytest.mark.slow
def test_the_steps_lead_to_a_running_map_which_writes_to_its_volume_only(tmp_path: Path) -> None:
    assert run(sys.executable, "-m", "venv", str(tmp_path / "python")).returncode == 0
    own = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON", "VIRTUAL_ENV"))}
    own["PIP_NO_COMPILE"] = "1"  # half of the installation, and seen by nobody here
    own["PATH"] = f"{tmp_path / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    (tmp_path / "app").mkdir()
    replay = Replay(Context.of(PROJECT), tmp_path / "app", own)
    replay.play(STEPS)
    before = files(tmp_path / "app")
    address, log = f"http://127.0.0.1:{(port := free_port())}", tmp_path / "log"
    places = {"HOST": "127.0.0.1", "PORT": str(port), "STATE_DIR": str(tmp_path / "state")}
    running = start(*replay.command, folder=replay.folder, environment=own | replay.settings | places, log=log)
    try:
        assert '"ok"' in answer(f"{address}/api/health", running, log, START)
        assert "<!doctype html>" in answer(f"{address}/", running, log, START).lower()
    finally:
        running.send_signal(signal.SIGTERM)
        status = running.wait(STOP)
    assert status == 0
    assert files(tmp_path / "app") == before


def files(folder: Path) -> dict[str, int]:
    """All files with their time of change, without what Python keeps of its own."""
    kept = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in kept}
