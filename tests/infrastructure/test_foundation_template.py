"""The foundation as it is written; the local cloud drops some of this, so that it is looked at here."""

import json
import re
from pathlib import Path
from typing import Any

import boto3
import pytest

from chalicelib.connectors.cdn import PARAMETER
from infrastructure import foundation, templates, web
from infrastructure.stages import Choices, Target
from infrastructure.upkeep import UPKEEP
from tests.infrastructure.sabotage import EVERYTHING

PROJECT = Path(__file__).parents[2]
TEMPLATE = templates.load("foundation")
WHOLE = templates.resolve(TEMPLATE, {"Stage": "prod", **EVERYTHING["foundation"]})
PLAIN = templates.resolve(TEMPLATE, {"Stage": "dev"})
BUCKETS = ("Pictures", "Site", "Logs", "Releases")


def properties(logical_id: str) -> dict[str, Any]:
    return dict(TEMPLATE["Resources"][logical_id]["Properties"])


def named(stage: str) -> dict[str, str]:
    return {"Fn::Sub": f"homeward-${{Stage}}-{stage}"}


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


@pytest.mark.parametrize("table", ["Announcements", "Tiles"])
def test_only_productions_tables_cannot_be_deleted_by_hand(table: str) -> None:
    assert properties(table)["DeletionProtectionEnabled"] == {"Fn::If": ["IsProduction", True, False]}
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


def replicated() -> dict[str, Any]:
    found: dict[str, Any] = WHOLE["Resources"]["Pictures"]["Properties"]["ReplicationConfiguration"]
    return found


def test_originals_and_renditions_are_replicated_where_a_backup_is_named_and_deletions_are_not() -> None:
    assert "ReplicationConfiguration" not in PLAIN["Resources"]["Pictures"]["Properties"]
    assert TEMPLATE["Parameters"]["BackupBucket"]["Default"] == ""
    assert [rule["Filter"] for rule in replicated()["Rules"]] == [{"Prefix": "originals/"}, {"Prefix": "renditions/"}]
    assert {rule["Status"] for rule in replicated()["Rules"]} == {"Enabled"}
    assert [rule["DeleteMarkerReplication"] for rule in replicated()["Rules"]] == 2 * [{"Status": "Disabled"}]


def test_originals_go_where_storage_is_cheapest_and_are_measured() -> None:
    originals, renditions = (rule["Destination"] for rule in replicated()["Rules"])
    assert (originals["StorageClass"], originals["Metrics"]) == ("ONEZONE_IA", {"Status": "Enabled"})
    assert renditions["StorageClass"] == "STANDARD"  # the infrequent classes bill 128 KB for a thumbnail
    assert "Metrics" not in renditions  # metrics are paid by the number


def test_our_own_key_encrypts_the_tables_only_where_it_is_asked_for() -> None:
    for table in ("Announcements", "Tiles"):
        assert WHOLE["Resources"][table]["Properties"]["SSESpecification"]["SSEType"] == "KMS"
        assert "SSESpecification" not in PLAIN["Resources"][table]["Properties"]
    assert "DataKey" not in PLAIN["Resources"]


def test_replication_may_read_pictures_and_write_to_the_backup_and_nothing_else() -> None:
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


def test_browsers_upload_from_our_page_only_and_read_the_etag() -> None:
    [rule] = WHOLE["Resources"]["Pictures"]["Properties"]["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Ref": "SiteOrigin"}]
    assert rule["AllowedMethods"] == ["POST", "GET", "HEAD"]
    assert (rule["ExposedHeaders"], rule["MaxAge"]) == (["ETag"], 3000)
    assert "CorsConfiguration" not in PLAIN["Resources"]["Pictures"]["Properties"]


@pytest.mark.parametrize("bucket", ["Pictures", "Site"])
def test_the_cdn_reads_a_bucket_once_it_is_there(bucket: str) -> None:
    policies = [stage["Resources"][f"{bucket}Policy"]["Properties"]["PolicyDocument"] for stage in (WHOLE, PLAIN)]
    assert [[each["Sid"] for each in policy["Statement"]] for policy in policies] == [
        ["OverTlsOnly", "ReadByTheCdn"],
        ["OverTlsOnly"],
    ]


def test_the_functions_are_told_which_cdn_to_have_forget_what_was_withdrawn() -> None:
    told = WHOLE["Resources"]["WhichCdn"]["Properties"]
    assert told["Name"] == {"Fn::Sub": "/homeward/${Stage}/" + PARAMETER}
    assert told["Value"] == {"Ref": "Distribution"}
    assert "WhichCdn" not in PLAIN["Resources"]


def test_no_original_is_shown_by_the_cdn() -> None:
    [_, read] = WHOLE["Resources"]["PicturesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    keys = [each["Fn::Sub"].partition("}")[2] for each in read["Resource"] if "Fn::Sub" in each]
    assert keys == ["/renditions/*", "/documents/*"]


def test_addresses_of_people_in_logs_are_gone_after_a_month() -> None:
    rules = {rule["Id"]: rule for rule in properties("Logs")["LifecycleConfiguration"]["Rules"]}
    assert rules["a-month"]["ExpirationInDays"] == 30


def test_what_deploys_remember_is_never_let_go_altogether() -> None:
    rules = {rule["Id"]: rule for rule in properties("Releases")["LifecycleConfiguration"]["Rules"]}
    assert rules["earlier-releases"]["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] == 10
    assert "ExpirationInDays" not in rules["earlier-releases"]


def test_people_sign_in_with_their_mail_and_without_a_secret_in_the_page() -> None:
    assert properties("People")["UsernameAttributes"] == ["email"]
    client = WHOLE["Resources"]["Page"]["Properties"]
    assert (client["GenerateSecret"], client["AllowedOAuthFlows"]) == (False, ["code"])
    assert client["CallbackURLs"] == [{"Fn::Sub": "${SiteOrigin}/account"}]
    assert PLAIN["Resources"]["Page"]["Properties"]["AllowedOAuthFlowsUserPoolClient"] is False
    assert properties("Admins")["GroupName"] == "admin"
    assert properties("SignIn")["UserPoolId"] == {"Ref": "People"}


def test_failures_are_told_to_a_topic_and_kept_in_the_queue_behind_it() -> None:
    kept = properties("FailuresAreKept")
    assert (kept["TopicArn"], kept["Endpoint"]) == ({"Ref": "Failures"}, {"Fn::GetAtt": ["DeadLetters", "Arn"]})
    [taken, _] = WHOLE["Resources"]["DeadLettersPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert taken["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": "Failures"}}}


def test_the_watch_sees_errors_throttles_slowness_dead_letters_lag_and_the_backup() -> None:
    alarms = {name: each for name, each in WHOLE["Resources"].items() if each["Type"] == "AWS::CloudWatch::Alarm"}
    assert {
        name: (each["Properties"]["Namespace"], each["Properties"]["MetricName"]) for name, each in alarms.items()
    } == {
        "FunctionsFail": ("AWS/Lambda", "Errors"),
        "FunctionsAreHeldBack": ("AWS/Lambda", "Throttles"),
        "AnswersAreSlow": ("AWS/Lambda", "Duration"),
        "DeadLettersWait": ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
        "TilesFail": ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
        "TilesLag": ({"Fn::Sub": "Homeward/${Stage}"}, "TileDelay"),
        "FailedPicturesWait": ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
        "BackupFails": ("AWS/S3", "OperationsFailedReplication"),
    }
    assert "BackupFails" not in PLAIN["Resources"]
    assert alarms["AnswersAreSlow"]["Properties"]["ExtendedStatistic"] == "p99"


def looking() -> list[dict[str, Any]]:
    """What the operator's role may do."""
    [look] = properties("Operator")["Policies"]
    return list(look["PolicyDocument"]["Statement"])


def test_an_operator_sees_the_traces_and_every_stack_of_the_stage_that_of_the_cdn_too() -> None:
    [watch] = [each for each in looking() if each["Sid"] == "Watch"]
    assert {"xray:GetTraceSummaries", "xray:BatchGetTraces", "xray:GetGroups"} <= set(watch["Action"])
    [state] = [each for each in looking() if each["Sid"] == "State"]
    stacks = "arn:${AWS::Partition}:cloudformation:*:${AWS::AccountId}:stack/homeward-${Stage}-*"
    assert {"Fn::Sub": stacks} in state["Resource"]


def test_an_operator_shows_a_second_factor_or_has_shown_it_at_the_sign_in_of_the_account() -> None:
    here, signed_in = properties("Operator")["AssumeRolePolicyDocument"]["Statement"]
    assert here["Condition"] == {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    [[kind, [[key, role]]]] = [(kind, list(each.items())) for kind, each in signed_in["Condition"].items()]
    assert (kind, key) == ("ArnLike", "aws:PrincipalArn")
    assert role["Fn::Sub"].endswith("::${AWS::AccountId}:role/aws-reserved/sso.amazonaws.com/*")


def test_an_operator_sees_no_data() -> None:
    allowed = {action for each in looking() for action in each["Action"]}
    assert not {
        action for action in allowed if not re.search(r":(BatchGetTraces|Describe|Get|List|Filter|Start)", action)
    }
    assert not allowed & {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "s3:GetObject", "ssm:GetParameter"}


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_buckets_name_is_no_longer_than_s3_allows(bucket: str) -> None:
    longest = properties(bucket)["BucketName"]["Fn::Sub"]
    for part, length in (("${Stage}", 16), ("${AWS::AccountId}", 12), ("${AWS::Region}", len("ap-southeast-1"))):
        longest = longest.replace(part, "x" * length)
    assert len(longest) <= 63


def test_the_backup_keeps_every_version_for_ever() -> None:
    backup = templates.load("backup")["Resources"]["Backup"]
    assert backup["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    [rule] = backup["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule.keys() == {"Id", "Status", "AbortIncompleteMultipartUpload"}
    assert (backup["DeletionPolicy"], backup["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_a_stages_name_is_short_enough_for_a_buckets() -> None:
    for name in templates.NAMES:
        assert templates.load(name)["Parameters"]["Stage"]["AllowedPattern"] == "[a-z][a-z0-9-]{0,15}"


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
    assert {each.failures for each in UPKEEP.values() if each.failures} <= TEMPLATE["Outputs"].keys()
    assert not any("Secret" in name or "Key" in name for name in TEMPLATE["Outputs"])


@pytest.mark.parametrize(
    ("template", "subscription", "topic"),
    [("foundation", "AlarmsByMail", "Alarms"), ("web", "EdgeAlarmsByMail", "EdgeAlarms")],
)
def test_alarms_are_mailed_to_who_is_named_and_to_nobody_else(template: str, subscription: str, topic: str) -> None:
    named = {"Stage": "dev", "AlarmEmail": "ada@example.org"}
    mailed = templates.resolve(templates.load(template), named)["Resources"]
    assert mailed[subscription]["Properties"] == {
        "TopicArn": {"Ref": topic},
        "Protocol": "email",
        "Endpoint": {"Ref": "AlarmEmail"},
    }
    alarms = [each["Properties"] for each in mailed.values() if each["Type"] == "AWS::CloudWatch::Alarm"]
    assert alarms
    assert all(each["AlarmActions"] == each["OKActions"] == [{"Ref": topic}] for each in alarms)
    quiet = templates.resolve(templates.load(template), {"Stage": "dev"})["Resources"]
    assert subscription not in quiet
    assert topic in quiet


def test_who_is_chosen_for_alarms_is_named_to_both_stacks_that_have_some() -> None:
    target = Target("dev", boto3.Session(region_name="eu-central-1"), Choices(alarm_email="ada@example.org"))
    stacks = (web.ground(target, None, {}), web.cdn(target))
    assert [stack.parameters["AlarmEmail"] for stack in stacks] == 2 * ["ada@example.org"]
