"""A whole stage as `make deploy` makes it, seen through real calls; with STAGE=it-… in an account of AWS's.

What the local cloud drops without a word is listed in local/likeness.py, and looked at in the templates instead.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infrastructure import adoption, concurrency, memory, settings, web
from infrastructure.drift import Drift
from infrastructure.permissions import FUNCTIONS, place, policy
from infrastructure.stack_drift import StackDrift
from infrastructure.stages import Choices
from infrastructure.upkeep import UPKEEP, Teller
from tests.infrastructure.stage import PAGE, Stage

CDN = "cdn-distribution"  # the parameter that tells the functions whom to tell what is erased
BUCKETS = ("pictures", "site", "logs", "releases")


@pytest.fixture
def told(stage: Stage) -> dict[str, str]:
    """What the foundation tells."""
    return web.ground(stage.target, None, {}).outputs()


def mapping(stage: Stage, function: str) -> dict[str, Any]:
    [found] = stage.client("lambda").list_event_source_mappings(FunctionName=stage.deployed.functions[function])[
        "EventSourceMappings"
    ]
    return dict(found)


@pytest.mark.parametrize("purpose", BUCKETS)
def test_a_bucket_is_closed_encrypted_and_versioned(stage: Stage, purpose: str) -> None:
    s3, bucket = stage.client("s3"), stage.target.bucket(purpose)
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    [rule] = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"


def test_pictures_are_uploaded_from_the_page_and_nowhere_else(stage: Stage) -> None:
    [rule] = stage.client("s3").get_bucket_cors(Bucket=stage.target.bucket("pictures"))["CORSRules"]
    assert rule["AllowedOrigins"] == [web.cdn(stage.target).outputs()["Address"]]
    assert sorted(rule["AllowedMethods"]) == ["GET", "HEAD", "POST"]
    assert (rule["ExposeHeaders"], rule["MaxAgeSeconds"]) == (["ETag"], 3000)


def test_the_tables_cost_nothing_unused_and_the_announcements_have_their_stream(stage: Stage) -> None:
    tables, names = stage.client("dynamodb"), stage.environment
    found = {
        name: tables.describe_table(TableName=names[f"{name}_TABLE"])["Table"] for name in ("ANNOUNCEMENTS", "TILES")
    }
    assert {each["BillingModeSummary"]["BillingMode"] for each in found.values()} == {"PAY_PER_REQUEST"}
    assert found["ANNOUNCEMENTS"]["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert "LatestStreamArn" not in found["TILES"], "or the tiles would hear themselves"


def test_people_sign_in_with_long_passwords_and_admins_are_a_group(stage: Stage, told: dict[str, str]) -> None:
    cognito, pool = stage.client("cognito-idp"), {"UserPoolId": told["UserPool"]}
    rules = cognito.describe_user_pool(**pool)["UserPool"]["Policies"]["PasswordPolicy"]
    assert rules["MinimumLength"] >= 12
    assert [group["GroupName"] for group in cognito.list_groups(**pool)["Groups"]] == ["admin"]


def test_the_secrets_are_encrypted_and_in_no_function(stage: Stage) -> None:
    path = stage.environment["SECRETS_PATH"]
    found = stage.client("ssm").get_parameters_by_path(Path=path, WithDecryption=True)["Parameters"]
    kept = {each["Name"].rpartition("/")[2]: each for each in found}
    secrets = {name: each for name, each in kept.items() if name != CDN}
    assert {"manage-token-key", "cursor-key"} <= secrets.keys()
    assert {each["Type"] for each in secrets.values()} == {"SecureString"}
    functions = [
        stage.client("lambda").get_function_configuration(FunctionName=name)
        for name in stage.deployed.functions.values()
    ]
    assert not [name for name, each in secrets.items() for function in functions if each["Value"] in str(function)]


def test_the_functions_know_the_cdn_in_front_of_them(stage: Stage) -> None:
    cdn = web.cdn(stage.target).outputs()
    [found] = stage.client("ssm").get_parameters(Names=[f"/homeward/{stage.name}/{CDN}"])["Parameters"]
    assert found["Value"] == cdn["Distribution"]
    assert stage.environment["PUBLIC_URL"] == cdn["Address"]


def test_the_cdn_asks_the_buckets_and_the_api(stage: Stage) -> None:
    identity = web.cdn(stage.target).outputs()["Distribution"]
    config = stage.client("cloudfront").get_distribution(Id=identity)["Distribution"]["DistributionConfig"]
    origins = {origin["DomainName"] for origin in config["Origins"]["Items"]}
    region = stage.target.region
    assert f"{stage.deployed.rest_api_id}.execute-api.{region}.amazonaws.com" in origins
    assert {f"{stage.target.bucket(purpose)}.s3.{region}.amazonaws.com" for purpose in ("site", "pictures")} <= origins
    behaviors = {each["PathPattern"] for each in config["CacheBehaviors"]["Items"]}
    assert {"/api/*", "/renditions/*", "/a/*"} <= behaviors


def test_the_page_is_in_its_bucket_with_the_right_types_and_times(stage: Stage) -> None:
    s3, bucket = stage.client("s3"), stage.target.bucket("site")
    served = {key: s3.head_object(Bucket=bucket, Key=key)["CacheControl"] for key in PAGE if not key.startswith(".")}
    for_ever = {key for key, cache in served.items() if "immutable" in cache}
    assert for_ever == {key for key in PAGE if key.startswith("assets/")}
    others = {key: cache for key, cache in served.items() if key not in for_ever}
    assert {key for key, cache in others.items() if cache != "no-cache"} == {"page.js", "page.css"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_a_role_of_its_own_with_its_policy(stage: Stage, function: str) -> None:
    iam, functions = stage.client("iam"), stage.client("lambda")
    known = functions.get_function_configuration(FunctionName=stage.deployed.functions[function])
    role = known["Role"].rpartition("/")[2]
    [name] = iam.list_role_policies(RoleName=role)["PolicyNames"]
    here = place(stage.name, stage.target.account, stage.target.region, stage.environment)
    assert iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] == policy(function, here)
    assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_log_goes_and_what_it_cannot_do_is_told(stage: Stage, told: dict[str, str], function: str) -> None:
    name, upkeep = stage.deployed.functions[function], UPKEEP[function]
    groups = stage.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{name}")["logGroups"]
    [group] = [each for each in groups if each["logGroupName"] == f"/aws/lambda/{name}"]
    assert group["retentionInDays"] == upkeep.log_days
    if upkeep.told_by is Teller.LAMBDA:
        known = stage.client("lambda").get_function_event_invoke_config(FunctionName=name)
        assert known["DestinationConfig"]["OnFailure"]["Destination"] == told[upkeep.failures]
        assert known["MaximumRetryAttempts"] == upkeep.retries


def test_the_stream_and_the_queue_wake_their_functions_as_they_should(stage: Stage, told: dict[str, str]) -> None:
    wanted = settings.stream_settings(stage.name, told["FailedTilesQueueArn"])
    assert wanted.items() <= mapping(stage, "refresh_tiles").items()
    assert mapping(stage, "refuse_failed_picture")["EventSourceArn"] == told["FailedPicturesQueueArn"]


def test_a_crowd_of_pictures_leaves_functions_for_those_who_look(stage: Stage) -> None:
    name = stage.deployed.functions["make_renditions"]
    found = stage.client("lambda").get_function_concurrency(FunctionName=name)
    free = stage.client("lambda").get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"]
    reserved = found.get("ReservedConcurrentExecutions")
    assert reserved == 20 or (reserved is None and free - 20 < concurrency.LEFT_FOR_ALL)


def test_what_deploys_remember_is_kept_with_its_versions(stage: Stage) -> None:
    s3, bucket = stage.client("s3"), stage.target.bucket("releases")
    versions = s3.list_object_versions(Bucket=bucket, Prefix=memory.NOTE)["Versions"]
    assert [each["IsLatest"] for each in versions].count(True) == 1
    assert not memory.of(stage.target).has_begun()
    with pytest.raises(ClientError):
        s3.head_object(Bucket=bucket, Key="deploys/lock.json")


def test_nothing_is_otherwise_than_deployed(stage: Stage, tmp_path: Path) -> None:
    assert list(Drift(stage.target, tmp_path / "note.json").differences()) == []


def test_what_somebody_changed_by_hand_in_a_stack_is_told_with_the_way_back(stage: Stage, tmp_path: Path) -> None:
    sqs, queue = stage.client("sqs"), stage.queue("dead-letters")
    usual = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["MessageRetentionPeriod"])["Attributes"]
    drift = Drift(stage.target, tmp_path / "note.json")
    try:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"MessageRetentionPeriod": "60"})
        [found] = drift.differences()
        way_back = list(drift.ways_back())
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=usual)
    assert found.endswith("MessageRetentionPeriod: 1209600 is now 60")
    assert way_back[0].startswith(f"to bring homeward-{stage.name}-foundation back")
    assert [line.split()[2] for line in way_back[1:]] == [
        "create-change-set",
        "wait",
        "describe-change-set",
        "execute-change-set",
        "wait",
    ]


def test_what_somebody_changed_in_the_backup_is_told_though_its_region_is_chosen_no_more(
    stage: Stage, tmp_path: Path
) -> None:
    s3 = stage.client("s3", stage.target.choices.backup_region)
    bucket = stage.environment["BACKUP_BUCKET"]
    drift = Drift(replace(stage.target, choices=Choices()), tmp_path / "note.json")
    try:
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
        found = list(drift.differences())
    finally:
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    assert [line.split(":")[0] for line in found] == [f"homeward-{stage.name}-backup"]


def test_the_way_back_of_a_stack_is_a_request_that_cloudformation_takes_and_that_changes_no_parameter(
    stage: Stage,
) -> None:
    looked_at = StackDrift(web.ground(stage.target, None, {}))
    described = looked_at.cloudformation.describe_stacks(StackName=looked_at.name)["Stacks"][0]
    asked = looked_at.request(described)
    looked_at.cloudformation.create_change_set(**asked)
    named = {"StackName": looked_at.name, "ChangeSetName": asked["ChangeSetName"]}
    try:
        change_set = looked_at.cloudformation.describe_change_set(**named)
    finally:
        looked_at.cloudformation.delete_change_set(**named)
    assert change_set["Changes"] == []


def test_a_second_api_is_told(stage: Stage, tmp_path: Path) -> None:
    gateway = stage.client("apigateway")
    exported = gateway.get_export(
        restApiId=stage.deployed.rest_api_id,
        stageName="api",
        exportType="oas30",
        parameters={"extensions": "apigateway"},
    )
    second = gateway.import_rest_api(body=exported["body"].read())["id"]
    try:
        found = list(Drift(stage.target, tmp_path / "note.json").differences())
    finally:
        gateway.delete_rest_api(restApiId=second)
    assert found == [f"REST API {second}: calls this stage, but is not in Chalice's note"]
    assert [api["id"] for api in adoption.rest_apis(stage.session, stage.name)] == [stage.deployed.rest_api_id]
