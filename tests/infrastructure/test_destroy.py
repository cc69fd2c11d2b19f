"""A stage is taken away when it is named, and the data of production never."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infrastructure import destroy, stacks, templates, web
from infrastructure.destroy import Destruction
from infrastructure.stages import Choices, Refused, Target

NOTHING_CHOSEN = Choices()


@pytest.mark.parametrize("answer", ["", "yes", "DEV", "dev "])
def test_who_does_not_name_the_stage_destroys_nothing(answer: str) -> None:
    with pytest.raises(Refused, match="nothing was destroyed"):
        destroy.confirm("dev", answer)


def test_nobody_there_to_answer_is_no_yes(
    session: boto3.Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr(boto3, "Session", lambda: session)
    monkeypatch.setattr("builtins.input", nobody)
    monkeypatch.delenv("YES", raising=False)
    assert destroy.main(["--stage", "it-none"]) == 1
    assert "not destroyed" in capsys.readouterr().err


def grounded(session: boto3.Session, stage: str, choices: Choices = NOTHING_CHOSEN) -> tuple[Target, dict[str, str]]:
    """A stage with its foundation, and an announcement and a picture in it."""
    target = Target(stage, session, choices)
    web.ground(target, None, {}).bring()
    told = web.ground(target, None, {}).outputs()
    item = {"pk": {"S": "R#1"}, "sk": {"S": "R"}}
    session.client("dynamodb").put_item(TableName=told["AnnouncementsTable"], Item=item)
    session.client("s3").put_object(Bucket=told["PicturesBucket"], Key="originals/1", Body=b"1")
    return target, told


@pytest.fixture
def prod(session: boto3.Session) -> Iterator[tuple[Target, dict[str, str]]]:
    yield grounded(session, "prod", Choices(own_key=True))
    session.client("cloudformation").update_termination_protection(
        StackName="homeward-prod-foundation", EnableTerminationProtection=False
    )


def key_of(target: Target) -> dict[str, Any]:
    """The key of a stage's tables."""
    key = web.ground(target, None, {}).resource("DataKey")
    return dict(target.client("kms").describe_key(KeyId=key)["KeyMetadata"])


def is_there(call: Any, **asked: Any) -> bool:
    try:
        call(**asked)
    except ClientError as error:
        return not any(word in str(error) for word in ("404", "NotFound", "NoSuchEntity"))
    return True


def data(session: boto3.Session, told: dict[str, str]) -> list[bool]:
    return [
        is_there(session.client("dynamodb").describe_table, TableName=told["AnnouncementsTable"]),
        is_there(session.client("s3").head_bucket, Bucket=told["PicturesBucket"]),
        is_there(session.client("cognito-idp").describe_user_pool, UserPoolId=told["UserPool"]),
    ]


def test_of_production_the_data_stays(
    session: boto3.Session, prod: tuple[Target, dict[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, told = prod
    Destruction(target, tmp_path / "prod").run()
    assert data(session, told) == [True, True, True]
    assert key_of(target)["KeyState"] == "Enabled"
    assert session.client("s3").get_object(Bucket=told["PicturesBucket"], Key="originals/1")["Body"].read() == b"1"
    assert "kept: the stacks foundation and backup of production" in capsys.readouterr().out


def test_a_collector_goes_with_the_key_that_was_made_for_it_by_hand(session: boto3.Session, tmp_path: Path) -> None:
    stage, iam = "it-collected", session.client("iam")
    whole = templates.resolve(templates.load("cloud-only"), {"Collector": "robot"})
    user = {"CollectorsUser": {"Type": whole["Resources"]["CollectorsUser"]["Type"]}}  # groups are unknown here
    found = stacks.bring(
        session.client("cloudformation"),
        f"homeward-{stage}-cloud-only",
        json.dumps(whole | {"Resources": user}),
        stage,
        **dict.fromkeys(("EventBusArn", "AlarmsTopicArn", "PicturesBucket"), "here"),
        Collector="robot",
    )
    iam.create_access_key(UserName=found["CollectorUser"])
    Destruction(Target(stage, session), tmp_path / stage).run()
    assert not is_there(iam.get_user, UserName=found["CollectorUser"])


def test_a_key_of_ones_own_is_paid_for_no_more_and_can_be_had_back_for_a_month(
    session: boto3.Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, _told = grounded(session, "it-locked", Choices(own_key=True))
    key = key_of(target)["KeyId"]
    Destruction(target, tmp_path / "it-locked").run()
    known = session.client("kms").describe_key(KeyId=key)["KeyMetadata"]
    assert known["KeyState"] == "PendingDeletion"
    assert timedelta(days=29) < known["DeletionDate"] - datetime.now(UTC) <= timedelta(days=30)
    assert f"the key of its tables, {key}, is deleted in 30 days" in capsys.readouterr().out


def test_of_another_stage_nothing_stays_and_again_is_harmless(session: boto3.Session, tmp_path: Path) -> None:
    target, told = grounded(session, "it-gone")
    for _ in range(2):
        Destruction(target, tmp_path / "it-gone").run()
    assert data(session, told) == [False, False, False]
    left = [
        name for name in (each["Name"] for each in session.client("s3").list_buckets()["Buckets"]) if "it-gone" in name
    ]
    assert left == []
