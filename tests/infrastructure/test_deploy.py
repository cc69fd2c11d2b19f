"""The steps of a deploy to the cloud, and what it refuses to do."""

import os
from pathlib import Path

import boto3
import pytest

from infrastructure import application, deploy, packaging
from infrastructure.deploy import Refused
from infrastructure.permissions import Place, policy
from tests.infrastructure.conftest import create_function


@pytest.fixture
def running(session: boto3.Session) -> str:
    """The name of a stage whose API runs already."""
    create_function(session, "homeward-running", "", policy("api_handler", Place("running")))
    return "running"


def test_a_second_api_is_refused_when_the_note_of_the_first_is_missing(
    session: boto3.Session, running: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=r"running\.json is not here"):
        deploy.refuse_a_second_api(running, session, tmp_path)
    noted = application.state_file(tmp_path, running)
    noted.parent.mkdir(parents=True)
    noted.write_text("{}")
    deploy.refuse_a_second_api(running, session, tmp_path)


def test_a_first_deploy_is_not_refused(session: boto3.Session, tmp_path: Path) -> None:
    deploy.refuse_a_second_api("new", session, tmp_path)


def test_a_backup_in_the_same_region_is_refused(session: boto3.Session, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="another region than us-east-1"):
        deploy.deploy("new", session, tmp_path, tmp_path, "us-east-1")


@pytest.fixture
def no_aws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine where nobody has ever set up AWS."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")


@pytest.mark.usefixtures("no_aws")
def test_the_laptops_stage_never_reaches_the_cloud(capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy.main(["--stage", "local"]) == 1
    assert "`make run` deploys it" in capsys.readouterr().err


@pytest.mark.usefixtures("no_aws")
def test_without_credentials_one_line_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy.main(["--stage", "dev"]) == 1
    assert capsys.readouterr().err == "not deployed: Unable to locate credentials\n"


def test_an_unknown_stage_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        packaging.stage_argument(["--stage", "produciton"], "")
    assert "dev" in capsys.readouterr().err


def test_a_deploy_says_first_which_account_it_is_about(
    session: boto3.Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(boto3, "Session", lambda: session)
    monkeypatch.setattr(deploy, "deploy", lambda *_: application.Deployed("id", "https://id.example.org/api/", {}))
    assert deploy.main(["--stage", "dev"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "- account 000000000000, region us-east-1, profile default",
        "- the API answers at https://id.example.org/api/",
    ]
