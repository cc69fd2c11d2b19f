"""The foundation, deployed to the local cloud and asked about through the real calls."""

import base64
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from infrastructure import backup, foundation
from infrastructure.stacks import StackFailed
from tests.infrastructure.conftest import STAGE


def test_a_deploy_answers_the_environment_of_the_application(
    session: boto3.Session, environment: dict[str, str]
) -> None:
    assert environment == {
        "HOMEWARD_STAGE": "it",
        "SECRETS_PATH": "/homeward/it",
        "ANNOUNCEMENTS_TABLE": "homeward-it-announcements",
        "ANNOUNCEMENTS_STREAM": stream_of(session, "homeward-it-announcements"),
        "TILES_TABLE": "homeward-it-tiles",
        "PICTURES_BUCKET": "homeward-it-pictures-000000000000-us-east-1",
        "FAILED_PICTURES_QUEUE": "homeward-it-failed-pictures",
    }


def stream_of(session: boto3.Session, table: str) -> str:
    return str(session.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"])


def test_a_second_deploy_changes_nothing_and_answers_the_same(
    session: boto3.Session, environment: dict[str, str]
) -> None:
    session.client("dynamodb").put_item(
        TableName=environment["ANNOUNCEMENTS_TABLE"], Item={"pk": {"S": "R#1"}, "sk": {"S": "R"}}
    )
    assert foundation.deploy(session, STAGE) == environment
    kept = session.client("dynamodb").get_item(
        TableName=environment["ANNOUNCEMENTS_TABLE"], Key={"pk": {"S": "R#1"}, "sk": {"S": "R"}}
    )
    assert "Item" in kept


def test_two_stages_stand_side_by_side(session: boto3.Session, environment: dict[str, str]) -> None:
    other = foundation.deploy(session, "other")
    assert not set(other.values()) & set(environment.values())


def test_the_tables_are_there_with_their_indexes_and_the_stream(
    session: boto3.Session, environment: dict[str, str]
) -> None:
    table = session.client("dynamodb").describe_table(TableName=environment["ANNOUNCEMENTS_TABLE"])["Table"]
    assert {index["IndexName"] for index in table["GlobalSecondaryIndexes"]} == {"by_cell5", "by_month", "by_change"}
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


def test_the_local_tables_of_an_earlier_version_get_the_new_index_and_keep_their_items(
    session: boto3.Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = foundation.TEMPLATE
    with monkeypatch.context() as earlier:
        earlier.setattr(foundation, "TEMPLATE", tmp_path / "foundation.yaml")
        foundation.TEMPLATE.write_text(now.read_text().replace("by_change", "by_cell3").replace("changed_at", "sk"))
        table = foundation.deploy(session, "earlier")["ANNOUNCEMENTS_TABLE"]
    tables = session.client("dynamodb")
    tables.put_item(TableName=table, Item={"pk": {"S": "R#1"}, "sk": {"S": "R"}})
    stream = stream_of(session, table)
    assert foundation.deploy(session, "earlier")["ANNOUNCEMENTS_STREAM"] == stream
    indexes = tables.describe_table(TableName=table)["Table"]["GlobalSecondaryIndexes"]
    assert {index["IndexName"] for index in indexes} == {"by_cell5", "by_month", "by_change"}
    assert "Item" in tables.get_item(TableName=table, Key={"pk": {"S": "R#1"}, "sk": {"S": "R"}})


def test_the_bucket_keeps_versions_and_is_closed(session: boto3.Session, environment: dict[str, str]) -> None:
    bucket = environment["PICTURES_BUCKET"]
    s3 = session.client("s3")
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    [rule] = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


def test_over_plain_http_as_on_a_laptop_the_bucket_does_not_refuse_plain_http(
    session: boto3.Session, environment: dict[str, str]
) -> None:
    with pytest.raises(ClientError, match="NoSuchBucketPolicy"):
        session.client("s3").get_bucket_policy(Bucket=environment["PICTURES_BUCKET"])


def test_the_backup_is_made_in_its_own_region_and_named_to_the_application(session: boto3.Session) -> None:
    bucket = backup.deploy(session, "kept", "eu-west-1")
    assert bucket == "homeward-kept-backup-000000000000-eu-west-1"
    assert backup.deploy(session, "kept", "eu-west-1") == bucket
    s3 = session.client("s3", region_name="eu-west-1")
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    assert "BACKUP_BUCKET" not in foundation.deploy(session, "kept")
    assert foundation.deploy(session, "kept", bucket)["BACKUP_BUCKET"] == bucket
    assert foundation.deploy(session, "kept")["BACKUP_BUCKET"] == bucket  # who does not name it leaves it as it is
    assert "BACKUP_BUCKET" not in foundation.deploy(session, "kept", "")


def test_the_secrets_are_made_once_and_encrypted(session: boto3.Session, capfd: pytest.CaptureFixture[str]) -> None:
    first = made(session)
    assert made(session) == first
    assert len(set(first.values())) == len(first) == len(foundation.SECRETS)
    assert {len(base64.b64decode(value)) for value in first.values()} == {foundation.SECRET_BYTES}
    shown = "".join(capfd.readouterr())
    assert not [value for value in first.values() if value in shown]


def made(session: boto3.Session) -> dict[str, str]:
    """The secrets after another deploy."""
    foundation.ensure_secrets(session, STAGE)
    names = [f"/homeward/{STAGE}/{name}" for name in foundation.SECRETS]
    found = session.client("ssm").get_parameters(Names=names, WithDecryption=True)["Parameters"]
    assert {parameter["Type"] for parameter in found} == {"SecureString"}
    return {parameter["Name"]: parameter["Value"] for parameter in found}


def test_a_stage_that_cannot_be_named_so_is_refused_with_cloudformations_reason(session: boto3.Session) -> None:
    with pytest.raises(StackFailed, match="homeward-Bad_Stage-foundation"):
        foundation.deploy(session, "Bad_Stage")


def test_a_stack_that_fails_says_which_resource_and_why(
    session: boto3.Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = foundation.TEMPLATE.read_text().replace("MessageRetentionPeriod: 345600", "MessageRetentionPeriod: 1")
    monkeypatch.setattr(foundation, "TEMPLATE", tmp_path / "foundation.yaml")
    foundation.TEMPLATE.write_text(text)
    with pytest.raises(StackFailed, match=r"homeward-failing-foundation.*\n  FailedPictures: .*between 60 and"):
        foundation.deploy(session, "failing")
