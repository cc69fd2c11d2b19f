"""The application's copy, what is written into it, and what Chalice says when it cannot deploy it."""

import json
from pathlib import Path

import boto3
import pytest

from infrastructure import application
from infrastructure.application import Deployed, DeployFailed
from infrastructure.permissions import FUNCTIONS

PROJECT = Path(__file__).parents[2]
SETTINGS = (".chalice/config.json", ".chalice/policy-dev-api_handler.json")
NOTED = {
    "resources": [
        {
            "name": "sweep_expired",
            "resource_type": "lambda_function",
            "lambda_arn": "arn:aws:lambda:us-east-1:000000000000:function:homeward-it-sweep_expired",
        },
        {
            "name": "api_handler",
            "resource_type": "lambda_function",
            "lambda_arn": "arn:aws:lambda:us-east-1:000000000000:function:homeward-it",
        },
        {
            "name": "rest_api",
            "resource_type": "rest_api",
            "rest_api_id": "d61fcd99",
            "rest_api_url": "https://d61fcd99.example.org/api/",
        },
    ],
    "schema_version": "2.0",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small project with what a deploy takes and some things that it leaves."""
    folder = tmp_path / "source"
    for path, text in {
        "app.py": "raise SystemExit('the tables are not named')",
        "requirements.txt": "",
        "chalicelib/__init__.py": "",
        "chalicelib/__pycache__/x.pyc": "",
        "tests/test_x.py": "",
        ".chalice/config.json": (PROJECT / ".chalice" / "config.json").read_text(),
        ".chalice/policy-dev-api_handler.json": "{}",
        ".chalice/deployed/dev.json": '{"resources": [], "schema_version": "2.0"}',
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_copy_has_what_is_packaged_and_nothing_else(source: Path, tmp_path: Path) -> None:
    copied = application.copy(source, tmp_path / "copy")
    assert files(copied) == {"app.py", "requirements.txt", "chalicelib/__init__.py", *SETTINGS}


def test_a_later_copy_drops_what_has_gone_and_keeps_what_chalice_noted(source: Path, tmp_path: Path) -> None:
    copied = application.copy(source, tmp_path / "copy")
    noted = application.state_file(copied, "dev")
    noted.parent.mkdir()
    noted.write_text("noted")
    (source / "chalicelib" / "__init__.py").rename(source / "chalicelib" / "other.py")
    (source / "requirements.txt").unlink()
    application.copy(source, copied)
    assert files(copied) == {"app.py", "chalicelib/other.py", ".chalice/deployed/dev.json", *SETTINGS}
    assert noted.read_text() == "noted"


def test_the_environment_stands_beside_what_the_stage_has_already(
    source: Path, session: boto3.Session, environment: dict[str, str]
) -> None:
    path = source / ".chalice" / "config.json"
    config = json.loads(path.read_text())
    config["stages"]["dev"]["environment_variables"]["PUBLIC_URL"] = "https://map.example.org"
    path.write_text(json.dumps(config))
    application.prepare(source, "dev", environment, session)
    written = json.loads(path.read_text())
    before = config["stages"]["dev"]["environment_variables"]
    assert written["stages"]["dev"]["environment_variables"] == before | environment
    assert before["PUBLIC_URL"] == "https://map.example.org"
    assert written["stages"]["prod"] == config["stages"]["prod"]


def test_the_policies_are_written_with_the_names_of_this_account(
    source: Path, session: boto3.Session, environment: dict[str, str]
) -> None:
    application.prepare(source, "dev", environment, session)
    for function in FUNCTIONS:
        text = (source / ".chalice" / f"policy-dev-{function}.json").read_text()
        assert ":*:*:" not in text
        assert "pictures-*" not in text
        assert "arn:aws:dynamodb:us-east-1:000000000000:table/homeward-dev-" in text
        assert "tiles" in function or f"arn:aws:s3:::{environment['PICTURES_BUCKET']}/originals/*" in text


@pytest.mark.parametrize(("machine", "built_for"), [("aarch64", "arm64"), ("arm64", "arm64"), ("x86_64", None)])
def test_the_local_stage_is_packaged_for_the_machine_it_runs_on(
    source: Path, monkeypatch: pytest.MonkeyPatch, machine: str, built_for: str | None
) -> None:
    monkeypatch.setattr("platform.machine", lambda: machine)
    for stage in ("local", "dev"):
        application.write_environment(source, stage, {})
    stages = json.loads((source / ".chalice" / "config.json").read_text())["stages"]
    assert stages["local"].get("lambda_architecture") == built_for
    assert "lambda_architecture" not in stages["dev"]


def test_what_was_deployed_is_read_from_chalices_note(tmp_path: Path) -> None:
    noted = application.state_file(tmp_path, "it")
    noted.parent.mkdir(parents=True)
    noted.write_text(json.dumps(NOTED))
    assert application.deployed(tmp_path, "it") == Deployed(
        rest_api_id="d61fcd99",
        rest_api_url="https://d61fcd99.example.org/api/",
        functions={"sweep_expired": "homeward-it-sweep_expired", "api_handler": "homeward-it"},
    )


def test_a_deploy_that_fails_tells_what_chalice_said(
    source: Path, session: boto3.Session, environment: dict[str, str]
) -> None:
    with pytest.raises(DeployFailed, match="the tables are not named"):
        application.deploy(source, "dev", environment, session)


def test_chalice_acts_with_the_sessions_rights_and_region(source: Path, session: boto3.Session) -> None:
    (source / "app.py").write_text(
        "import os; raise SystemExit(str([os.environ.get(f'AWS_{name}') for name in "
        "('ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN', 'DEFAULT_REGION')]))"
    )
    other = boto3.Session("a", "b", "c", region_name="eu-central-1")
    with pytest.raises(DeployFailed, match=r"\['a', 'b', 'c', 'eu-central-1'\]"):
        application.chalice(source, other, "deploy", "--stage", "dev")
