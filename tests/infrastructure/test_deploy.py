"""The steps of a deploy to the cloud, and what it refuses to do."""

import json
import os
from collections import defaultdict
from pathlib import Path

import boto3
import pytest

from infrastructure import application, application_step, checks, deploy, stages, templates, web
from infrastructure.checks import PolicyBroken
from infrastructure.permissions import Place, policy
from infrastructure.policies import Finding
from infrastructure.stages import Choices, Refused, Target
from tests.infrastructure.conftest import create_function


@pytest.fixture
def running(session: boto3.Session) -> Target:
    """A stage whose API runs already."""
    create_function(session, "homeward-it-running", "", policy("api_handler", Place("it-running")))
    return Target("it-running", session)


def test_a_second_api_is_refused_when_the_note_of_the_first_is_missing(running: Target, tmp_path: Path) -> None:
    note = application.state_file(tmp_path, running.stage)
    with pytest.raises(Refused, match=r"neither in s3://homeward-it-running-releases-.*nor here"):
        application_step.refuse_a_second_api(running, note)
    note.parent.mkdir(parents=True)
    note.write_text("{}")
    application_step.refuse_a_second_api(running, note)


def test_a_first_deploy_is_not_refused(session: boto3.Session, tmp_path: Path) -> None:
    application_step.refuse_a_second_api(Target("it-new", session), tmp_path / "none")


def test_a_backup_in_the_same_region_is_refused_before_anything_is_made(session: boto3.Session, tmp_path: Path) -> None:
    target = Target("it-new", session, Choices(backup_region="us-east-1"))
    with pytest.raises(Refused, match="another region than us-east-1"):
        deploy.deploy(target, tmp_path, tmp_path, None)
    assert web.ground(target, None, {}).status() == ""


def test_a_deploy_stops_at_a_broken_policy_before_anything_is_made(
    session: boto3.Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "findings", lambda *_: [Finding("bucket-is-private", "Pictures")])
    with pytest.raises(PolicyBroken, match="bucket-is-private: Pictures"):
        deploy.deploy(Target("it-new", session), tmp_path, tmp_path, None)
    assert web.ground(Target("it-new", session), None, {}).status() == ""


def test_a_package_that_would_break_stops_a_deploy(tmp_path: Path) -> None:
    with pytest.raises(PolicyBroken, match="there is no package here"):
        checks.package(tmp_path)


def test_the_policies_hold_for_what_an_operator_may_choose(session: boto3.Session) -> None:
    chosen = Choices(
        backup_region="eu-west-1", domain="pets.example.org", hosted_zone="Z1", firewall=True, own_key=True
    )
    checks.before(Target("it-new", session, chosen))


def test_every_parameter_of_a_deploy_is_one_of_its_template(session: boto3.Session) -> None:
    target, found = Target("it-new", session, Choices("eu-west-1")), defaultdict[str, str](str)
    everything = [
        web.edge(target),
        web.backup(target),
        web.ground(target, "backup", {}),
        web.cloud_only(target, found),
        web.cdn(target, found, "api", {}),
        web.pipeline(target, found, {}),
    ]
    assert sorted(stack.name for stack in everything) == sorted(templates.NAMES)
    for stack in everything:
        assert stack.parameters.keys() <= templates.load(stack.name)["Parameters"].keys(), stack.name


@pytest.mark.parametrize("choices", [Choices(), Choices(backup_region="eu-north-1")])
def test_the_cdn_finds_the_backup_where_it_is_whatever_is_chosen_now(session: boto3.Session, choices: Choices) -> None:
    target = Target("it-new", session, choices)
    kept = {"BackupBucket": f"homeward-it-new-backup-{target.account}-eu-west-1"}
    assert web.cdn(target, kept).parameters["BackupRegion"] == "eu-west-1"
    assert web.cdn(target, {}).parameters["BackupRegion"] == ""


def test_choices_are_read_by_stage_and_the_backup_region_of_the_shell_wins(tmp_path: Path) -> None:
    path = tmp_path / "stages.json"
    path.write_text(json.dumps({"prod": {"domain": "pets.example.org", "firewall": True}}))
    assert Choices.of("dev", path, {}) == Choices()
    chosen = Choices.of("prod", path, {"BACKUP_REGION": "eu-west-1"})
    assert chosen == Choices(domain="pets.example.org", firewall=True, backup_region="eu-west-1")


@pytest.mark.parametrize("chosen", [{"domian": "pets.example.org"}, {"firewall": "yes"}, {"monthly_budget": "5"}])
def test_a_choice_that_is_none_is_refused(tmp_path: Path, chosen: dict[str, str]) -> None:
    path = tmp_path / "stages.json"
    path.write_text(json.dumps({"dev": chosen}))
    with pytest.raises(Refused, match=f"dev cannot choose {next(iter(chosen))}"):
        Choices.of("dev", path, {})


def test_the_choices_of_this_repository_are_fit_to_be_read() -> None:
    for stage in stages.NAMED:
        Choices.of(stage, environment={})


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
        stages.stage_argument(["--stage", "produciton"], "")
    assert "dev" in capsys.readouterr().err


def test_a_deploy_says_first_which_account_it_is_about(
    session: boto3.Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(boto3, "Session", lambda: session)
    monkeypatch.setattr(
        deploy, "deploy", lambda *_, **__: application.Deployed("id", "https://id.example.org/api/", {})
    )
    assert deploy.main(["--stage", "dev"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "- account 000000000000, region us-east-1, profile default",
        "- the API answers at https://id.example.org/api/",
    ]
