"""The foundation as it is written; the local cloud drops some of this, so that it is looked at here."""

import json
import sys
from typing import Any

import pytest

from infrastructure import foundation, templates
from tests.infrastructure.programs import run

TEMPLATE = templates.load("foundation")


def properties(logical_id: str) -> dict[str, Any]:
    return dict(TEMPLATE["Resources"][logical_id]["Properties"])


def named(stage: str) -> dict[str, str]:
    return {"Fn::Sub": f"homeward-${{Stage}}-{stage}"}


@pytest.mark.parametrize("path", sorted(templates.FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_templates_are_what_cloudformation_takes(path: Any) -> None:
    lint = run(sys.executable, "-c", "import sys; from cfnlint.runner import main; sys.exit(main())", str(path))
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_announcements_have_their_key_and_their_three_indexes() -> None:
    table = properties("Announcements")
    assert table["TableName"] == named("announcements")
    assert keys(table) == ["pk", "sk"]
    assert {index["IndexName"]: keys(index) for index in table["GlobalSecondaryIndexes"]} == {
        "by_cell5": ["cell5", "sk"],
        "by_change": ["cell2", "changed_at"],
        "by_month": ["month", "sk"],
    }
    assert {index["Projection"]["ProjectionType"] for index in table["GlobalSecondaryIndexes"]} == {"ALL"}


def keys(table: dict[str, Any]) -> list[str]:
    assert [key["KeyType"] for key in table["KeySchema"]] == ["HASH", "RANGE"]
    return [key["AttributeName"] for key in table["KeySchema"]]


def test_announcements_recover_to_a_moment_and_forget_by_ttl_and_tell_of_changes() -> None:
    table = properties("Announcements")
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


def test_only_productions_announcements_cannot_be_deleted_by_hand() -> None:
    assert properties("Announcements")["DeletionProtectionEnabled"] == {"Fn::If": ["IsProduction", True, False]}
    assert TEMPLATE["Conditions"]["IsProduction"] == {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}


def test_tiles_tell_nobody_of_their_changes_or_the_function_that_makes_them_would_hear_itself() -> None:
    table = properties("Tiles")
    assert table["TableName"] == named("tiles")
    assert keys(table) == ["pk", "sk"]
    assert "StreamSpecification" not in table


def test_tables_are_paid_by_use() -> None:
    assert {properties(table)["BillingMode"] for table in ("Announcements", "Tiles")} == {"PAY_PER_REQUEST"}


def test_old_versions_of_pictures_live_6_days_and_unfinished_uploads_one() -> None:
    rules = {rule["Id"]: rule for rule in properties("Pictures")["LifecycleConfiguration"]["Rules"]}
    assert rules["old-versions"]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 6}
    assert rules["unfinished-uploads"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert {rule["Status"] for rule in rules.values()} == {"Enabled"}


def test_originals_are_replicated_where_a_backup_is_named_and_deletions_are_not() -> None:
    condition, replication, otherwise = properties("Pictures")["ReplicationConfiguration"]["Fn::If"]
    assert (condition, otherwise) == ("HasBackup", {"Ref": "AWS::NoValue"})
    assert TEMPLATE["Parameters"]["BackupBucket"]["Default"] == ""
    [rule] = replication["Rules"]
    assert (rule["Status"], rule["Filter"]) == ("Enabled", {"Prefix": "originals/"})
    assert rule["DeleteMarkerReplication"] == {"Status": "Disabled"}
    assert rule["Destination"]["StorageClass"] == "ONEZONE_IA"
    assert rule["Destination"]["Metrics"] == {"Status": "Enabled"}


def test_replication_may_read_originals_and_write_to_the_backup_and_nothing_else() -> None:
    role = TEMPLATE["Resources"]["PicturesReplication"]
    assert role["Condition"] == "HasBackup"
    [policy] = role["Properties"]["Policies"]
    allowed = {action for each in policy["PolicyDocument"]["Statement"] for action in each["Action"]}
    assert allowed == {
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
        "s3:ReplicateObject",
        "s3:ReplicateTags",
    }
    named = properties("Pictures")["BucketName"]["Fn::Sub"]
    assert named in policy["PolicyDocument"]["Statement"][0]["Resource"]["Fn::Sub"]


def test_the_backup_keeps_every_version_for_ever() -> None:
    backup = templates.load("backup")["Resources"]["Backup"]
    assert backup["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    [rule] = backup["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule.keys() == {"Id", "Status", "AbortIncompleteMultipartUpload"}
    assert (backup["DeletionPolicy"], backup["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_the_pictures_name_is_no_longer_than_s3_allows() -> None:
    longest = "homeward-" + 16 * "s" + "-pictures-" + 12 * "9" + "-" + "ap-southeast-1"
    assert len(longest) <= 63
    assert TEMPLATE["Parameters"]["Stage"]["AllowedPattern"] == "[a-z][a-z0-9-]{0,15}"


def test_the_failed_pictures_stay_hidden_six_times_as_long_as_their_function_runs() -> None:
    config = json.loads((templates.FOLDER.parent.parent / ".chalice" / "config.json").read_text())
    timeout = config["lambda_functions"]["refuse_failed_picture"]["lambda_timeout"]
    assert properties("FailedPictures")["VisibilityTimeout"] >= 6 * timeout


def test_what_cannot_even_be_refused_is_put_aside() -> None:
    redrive = properties("FailedPictures")["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    assert properties("FailedPictures")["MessageRetentionPeriod"] < properties("DeadLetters")["MessageRetentionPeriod"]


def test_failed_tiles_wait_as_long_as_can_be_for_somebody_to_look() -> None:
    queue = properties("FailedTiles")
    assert queue["QueueName"] == named("failed-tiles")
    assert queue["MessageRetentionPeriod"] == 14 * 86_400


def test_all_that_the_application_needs_to_find_is_among_the_outputs() -> None:
    assert set(foundation.NAMES.values()) <= TEMPLATE["Outputs"].keys()
    assert not any("Secret" in name or "Key" in name for name in TEMPLATE["Outputs"])
