"""When something is deployed again, and what is kept of a deploy."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest

from infrastructure import application, backup, foundation, settings, smoke
from infrastructure.application import Deployed, DeployFailed
from infrastructure.fingerprints import fingerprint
from local import deployment, replication
from local.deployed import Deployment
from local.deployment import deploy
from local.options import Options
from local.state import State

FOUND = {"PICTURES_BUCKET": "pictures", "HOMEWARD_STAGE": "local"}
NONE_CHOSEN = Options("127.0.0.1", 8000, Path(), {})


class Lambda:
    """A cloud that knows some functions, and notes what is deployed on it."""

    def __init__(self) -> None:
        self.code: dict[str, str] = {}
        self.deploys: list[Mapping[str, str]] = []

    def deploy(self, project: Path, stage: str, environment: Mapping[str, str], session: Any) -> Deployed:
        self.deploys.append(environment)
        self.code = {"homeward-local": f"code {len(self.deploys)}"}
        return Deployed("api1", "https://api1", {"api_handler": "homeward-local", "refresh_tiles": "homeward-local"})

    def running(self, session: Any, rest_api: str, functions: Mapping[str, str]) -> dict[str, str]:
        return {name: self.code[name] for name in functions} if functions.keys() <= self.code.keys() else {}


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> Lambda:
    known = Lambda()
    monkeypatch.setattr(backup, "deploy", lambda session, stage, region: "backup")
    monkeypatch.setattr(foundation, "deploy", lambda session, stage, kept: dict(FOUND))
    monkeypatch.setattr(replication, "start", lambda session, stage: None)
    monkeypatch.setattr(foundation, "ensure_secrets", lambda session, stage: None)
    monkeypatch.setattr(application, "copy", lambda source, project: project)
    monkeypatch.setattr(application, "deploy", known.deploy)
    monkeypatch.setattr(settings, "apply", lambda session, stage, deployed: None)
    monkeypatch.setattr(deployment, "_running_code", known.running)
    return known


def test_nothing_changed_is_not_deployed_again(functions: Lambda, tmp_path: Path) -> None:
    first = deploy(boto3.Session(), State(tmp_path), NONE_CHOSEN)
    assert deploy(boto3.Session(), State(tmp_path), NONE_CHOSEN) == first
    assert len(functions.deploys) == 1
    assert functions.deploys[0]["UPLOAD_URL"] == "/uploads"


def test_another_setting_is_deployed(functions: Lambda, tmp_path: Path) -> None:
    deploy(boto3.Session(), State(tmp_path), NONE_CHOSEN)
    tiles = Options("127.0.0.1", 8000, Path(), {"MAP_TILES_URL": "https://tiles.example"})
    deploy(boto3.Session(), State(tmp_path), tiles)
    assert [environment.get("MAP_TILES_URL") for environment in functions.deploys] == [None, "https://tiles.example"]


@pytest.mark.parametrize("remembered", [{}, {"homeward-local": "older code"}])
def test_a_cloud_that_was_killed_and_forgot_is_deployed_again(
    functions: Lambda, tmp_path: Path, remembered: dict[str, str]
) -> None:
    deploy(boto3.Session(), State(tmp_path), NONE_CHOSEN)
    functions.code = remembered
    deploy(boto3.Session(), State(tmp_path), NONE_CHOSEN)
    assert len(functions.deploys) == 2


def test_a_failed_deploy_is_not_noted(functions: Lambda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> Deployed:
        raise DeployFailed("ERROR")

    monkeypatch.setattr(application, "deploy", failing)
    with pytest.raises(DeployFailed):
        deploy(boto3.Session(), State(tmp_path), NONE_CHOSEN)
    assert Deployment.noted(State(tmp_path)) is None


def test_only_whole_and_new_packages_are_kept(functions: Lambda, tmp_path: Path) -> None:
    """A stop in the middle of packing leaves half a package, which Chalice would take for the whole."""
    folder = State(tmp_path).application / ".chalice" / "deployments"
    folder.mkdir(parents=True)
    (folder / "half.zip").write_bytes(b"PK\x03\x04half")
    with zipfile.ZipFile(folder / "whole.zip", "w") as package:
        package.writestr("app.py", "")
    deploy(boto3.Session(), State(tmp_path), NONE_CHOSEN)
    assert [package.name for package in folder.iterdir()] == ["whole.zip"]


@pytest.fixture
def mended(functions: Lambda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Deployment]:
    """The deployments whose tiles a start had compared with their markers."""
    found: list[Deployment] = []
    monkeypatch.setattr(deployment, "mend_tiles", lambda session, running: found.append(running))
    monkeypatch.setattr(deployment, "ensure_import_key", lambda state, environment: None)
    monkeypatch.setattr(smoke, "ask", lambda session, functions: None)
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    return found


def test_tiles_are_compared_with_their_markers_when_something_else_ran_here_before(
    mended: list[Deployment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [deployment.main(), deployment.main()] == [0, 0]
    assert mended == []
    monkeypatch.setenv("MAP_TILES_URL", "https://tiles.example")
    assert deployment.main() == 0
    assert mended == [Deployment.noted(State(tmp_path))]


def test_a_state_from_before_there_were_tiles_is_refused_in_one_line(
    functions: Lambda, mended: list[Deployment], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Deployment("", "api1", {"api_handler": "homeward-local"}, {}, {}).note(State(tmp_path))
    assert deployment.main() == 1
    assert f"STATE_DIR={tmp_path} was made by a version of Homeward without tiles" in capsys.readouterr().out
    assert functions.deploys == []


def test_of_a_failure_only_chalices_own_words_are_told() -> None:
    said = "Traceback (most recent call last):\n  File x\nERROR - While deploying: no\n"
    assert deployment._reason(DeployFailed(said)) == "ERROR - While deploying: no"
    assert deployment._reason(DeployFailed(" other words ")) == "other words"


def test_a_fingerprint_changes_with_every_name_and_content(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").write_text("1")
    prints = [fingerprint(tmp_path, ["a", "absent"]), fingerprint(tmp_path, ["a"], "other")]
    (tmp_path / "a" / "b.py").write_text("2")
    prints.append(fingerprint(tmp_path, ["a"]))
    (tmp_path / "a" / "b.py").rename(tmp_path / "a" / "c.py")
    prints.append(fingerprint(tmp_path, ["a"]))
    (tmp_path / "a" / "__pycache__").mkdir()
    (tmp_path / "a" / "__pycache__" / "c.pyc").write_text("")
    assert len(set(prints)) == 4
    assert fingerprint(tmp_path, ["a"]) == prints[-1]
