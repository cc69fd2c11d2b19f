"""The templates deployed for real into the local cloud, read back by the services' own calls, and taken away again.

What the local cloud forgets is listed in local/likeness.py, and looked at in the templates instead.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infrastructure import stacks, templates
from local.likeness import DROPPED
from tests.infrastructure.conftest import WHOLE
from tests.infrastructure.sabotage import EVERYTHING

STAGE = "it-whole"
SITE = "https://map.example.org"


@dataclass(frozen=True)
class Deployed:
    """The stacks of a stage and their outputs."""

    session: boto3.Session
    outputs: dict[str, dict[str, str]]

    def client(self, service: str) -> Any:
        found: Any = self.session.client(service)  # type: ignore[call-overload]
        return found

    def __getitem__(self, output: str) -> str:
        return next(found[output] for found in self.outputs.values() if output in found)


@pytest.fixture(scope="module")
def deployed(session: boto3.Session) -> Iterator[Deployed]:
    """In the order of a first deploy: the foundation hears of the CDN when that is there."""
    cloudformation: Any = session.client("cloudformation")
    outputs: dict[str, dict[str, str]] = {}

    def bring(name: str, **parameters: str) -> None:
        stack, text = f"homeward-{STAGE}-{name}", templates.text(name)
        outputs[name] = stacks.bring(cloudformation, stack, text, STAGE, **parameters)

    try:
        bring("backup")
        bring("edge", **EVERYTHING["edge"])
        bring(
            "foundation",
            BackupBucket=outputs["backup"]["BackupBucket"],
            AlarmEmail="a@example.org",
            OwnEncryption="true",
        )
        bring(
            "web",
            SiteBucket=outputs["foundation"]["SiteBucket"],
            PicturesBucket=outputs["foundation"]["PicturesBucket"],
            BackupBucket=outputs["backup"]["BackupBucket"],
            Region="us-east-1",
            BackupRegion="us-east-1",
            ApiDomain="abc123.execute-api.us-east-1.amazonaws.com",
            OriginKey="shown-to-nobody",
            LogsBucket=outputs["foundation"]["LogsBucket"],
            Firewall=outputs["edge"]["Firewall"],
        )
        bring("foundation", Distribution=outputs["web"]["Distribution"], SiteOrigin=SITE)
        bring("backup", Distribution=outputs["web"]["Distribution"])
        yield Deployed(session, outputs)
    finally:
        for name in reversed(outputs):
            cloudformation.delete_stack(StackName=f"homeward-{STAGE}-{name}")


def test_uploads_are_taken_from_the_page_alone(deployed: Deployed) -> None:
    [rule] = deployed.client("s3").get_bucket_cors(Bucket=deployed["PicturesBucket"])["CORSRules"]
    assert rule["AllowedOrigins"] == [SITE]
    assert (rule["ExposeHeaders"], rule["MaxAgeSeconds"]) == (["ETag"], 3000)


@pytest.mark.parametrize("bucket", ["PicturesBucket", "SiteBucket", "BackupBucket"])
def test_a_bucket_is_read_by_our_cdn_alone(deployed: Deployed, bucket: str) -> None:
    policy = deployed.client("s3").get_bucket_policy(Bucket=deployed[bucket])["Policy"]
    assert deployed["DistributionArn"] in policy
    assert policy.count('"Effect"') == 1


@pytest.mark.parametrize("bucket", ["PicturesBucket", "SiteBucket", "LogsBucket", "ReleasesBucket", "BackupBucket"])
def test_a_bucket_is_closed_and_keeps_versions(deployed: Deployed, bucket: str) -> None:
    s3 = deployed.client("s3")
    assert all(s3.get_public_access_block(Bucket=deployed[bucket])["PublicAccessBlockConfiguration"].values())
    assert s3.get_bucket_versioning(Bucket=deployed[bucket])["Status"] == "Enabled"
    assert s3.get_bucket_encryption(Bucket=deployed[bucket])["ServerSideEncryptionConfiguration"]["Rules"]


def test_people_can_sign_in_and_be_admins(deployed: Deployed) -> None:
    cognito, pool = deployed.client("cognito-idp"), deployed["UserPool"]
    known = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]
    client = cognito.describe_user_pool_client(UserPoolId=pool, ClientId=deployed["UserPoolClient"])["UserPoolClient"]
    assert known["Policies"]["PasswordPolicy"]["MinimumLength"] == 12
    assert (known["UsernameAttributes"], known["MfaConfiguration"]) == (["email"], "OPTIONAL")
    assert (client["PreventUserExistenceErrors"], client["CallbackURLs"]) == ("ENABLED", [f"{SITE}/account"])
    assert [group["GroupName"] for group in cognito.list_groups(UserPoolId=pool)["Groups"]] == ["admin"]
    assert deployed["SignInUrl"].startswith(f"https://homeward-{STAGE}-")


def test_what_is_told_to_the_topic_of_failures_waits_in_the_queue_behind_it(deployed: Deployed) -> None:
    deployed.client("sns").publish(TopicArn=deployed["FailuresTopicArn"], Message="failed")
    sqs = deployed.client("sqs")
    queue = sqs.get_queue_url(QueueName=f"homeward-{STAGE}-dead-letters")["QueueUrl"]
    [message] = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10)["Messages"]
    assert message["Body"] == "failed"


def test_alarms_are_told_by_mail_and_the_dashboard_is_there(deployed: Deployed) -> None:
    watch = deployed.client("cloudwatch")
    alarms = watch.describe_alarms(AlarmNamePrefix=f"homeward-{STAGE}-")["MetricAlarms"]
    assert len(alarms) == 9
    own = [each for each in alarms if each["Namespace"] != "AWS/CloudFront"]
    assert {action for each in own for action in each["AlarmActions"]} == {deployed["AlarmsTopicArn"]}
    mails = deployed.client("sns").list_subscriptions_by_topic(TopicArn=deployed["AlarmsTopicArn"])["Subscriptions"]
    assert [(each["Protocol"], each["Endpoint"]) for each in mails] == [("email", "a@example.org")]
    assert watch.get_dashboard(DashboardName=f"homeward-{STAGE}")["DashboardBody"]


def test_the_bus_is_there(deployed: Deployed) -> None:
    assert deployed.client("events").describe_event_bus(Name=deployed["EventBus"])["Arn"] == deployed["EventBusArn"]


def test_the_distribution_is_what_the_template_says(deployed: Deployed) -> None:
    config = deployed.client("cloudfront").get_distribution_config(Id=deployed["Distribution"])["DistributionConfig"]
    assert [each["PathPattern"] for each in config["CacheBehaviors"]["Items"]] == [
        "/api/config", "/api", "/api/*", "/a/*", "/renditions/*", "/assets/*", "/page.js", "/page.css",
    ]  # fmt: skip
    origins = {each["Id"]: each for each in config["Origins"]["Items"]}
    assert origins.keys() == {"page", "pictures", "pictures-backup", "api"}
    assert all(each.get("OriginAccessControlId") for name, each in origins.items() if name != "api")
    assert origins["api"]["CustomHeaders"]["Items"] == [
        {"HeaderName": "X-Origin-Key", "HeaderValue": "shown-to-nobody"}
    ]
    assert (config["HttpVersion"], config["WebACLId"]) == ("http2and3", deployed["Firewall"])
    assert {each["ErrorCachingMinTTL"] for each in config["CustomErrorResponses"]["Items"]} == {0}


def test_the_cdns_policies_are_what_the_template_says(deployed: Deployed) -> None:
    cloudfront = deployed.client("cloudfront")
    kept = cloudfront.list_cache_policies(Type="custom")["CachePolicyList"]["Items"]
    configs = [each["CachePolicy"]["CachePolicyConfig"] for each in kept]
    own = {each["Name"].removeprefix(f"homeward-{STAGE}-"): each for each in configs if WHOLE not in each["Name"]}
    times = {name: (each["MinTTL"], each["DefaultTTL"]) for name, each in own.items()}
    assert times == {
        "as-the-api-says": (0, 0), "never": (0, 0), "a-minute": (0, 60), "if-unchanged": (0, 0),
        "a-day": (0, 86_400), "for-ever": (0, 31_536_000),
    }  # fmt: skip
    listed = cloudfront.list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"]["Items"]
    said = {each["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]["Name"]: each for each in listed}
    page = said[f"homeward-{STAGE}-page"]["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"][
        "SecurityHeadersConfig"
    ]
    uploads = f"https://{deployed['PicturesBucket']}.s3.us-east-1.amazonaws.com"
    assert uploads in page["ContentSecurityPolicy"]["ContentSecurityPolicy"]


def test_the_cdns_function_is_published(deployed: Deployed) -> None:
    cloudfront = deployed.client("cloudfront")
    described = cloudfront.describe_function(Name=f"homeward-{STAGE}-fallback", Stage="LIVE")["FunctionSummary"]
    assert described["FunctionConfig"]["Runtime"] == "cloudfront-js-2.0"


def test_a_secret_parameter_that_is_not_given_again_stays_and_is_not_shown(deployed: Deployed) -> None:
    cloudformation, name = deployed.client("cloudformation"), f"homeward-{STAGE}-web"
    stacks.bring(cloudformation, name, templates.text("web"), STAGE, PriceClass="PriceClass_200")
    config = deployed.client("cloudfront").get_distribution_config(Id=deployed["Distribution"])["DistributionConfig"]
    [api] = [each for each in config["Origins"]["Items"] if each["Id"] == "api"]
    assert (config["PriceClass"], api["CustomHeaders"]["Items"][0]["HeaderValue"]) == (
        "PriceClass_200",
        "shown-to-nobody",
    )
    assert "shown-to-nobody" not in str(cloudformation.describe_stacks(StackName=name)["Stacks"])


def test_every_stack_is_marked(deployed: Deployed) -> None:
    cloudformation = deployed.client("cloudformation")
    for name in deployed.outputs:
        [stack] = cloudformation.describe_stacks(StackName=f"homeward-{STAGE}-{name}")["Stacks"]
        assert {tag["Key"]: tag["Value"] for tag in stack["Tags"]} == {"application": "homeward", "stage": STAGE}


def test_the_functions_find_the_cdn(deployed: Deployed) -> None:
    found = deployed.client("ssm").get_parameter(Name=f"/homeward/{STAGE}/cdn-distribution")["Parameter"]
    assert found["Value"] == deployed["Distribution"]


def test_the_operators_role_is_there(deployed: Deployed) -> None:
    role = deployed["OperatorRoleArn"].rpartition("/")[2]
    [policy] = deployed.client("iam").list_role_policies(RoleName=role)["PolicyNames"]
    assert policy == "look"


def has_lifecycle(deployed: Deployed, bucket: str) -> bool:
    return is_there(deployed.client("s3").get_bucket_lifecycle_configuration, Bucket=deployed[bucket])


def is_there(call: Callable[..., Any], **named: str) -> bool:
    try:
        return bool(call(**named))
    except ClientError:
        return False


def described(deployed: Deployed, table: str) -> Any:
    return deployed.client("dynamodb").describe_table(TableName=deployed[table])["Table"]


KEPT: dict[tuple[str, str], Callable[[Deployed], bool]] = {
    ("Announcements", "PointInTimeRecoverySpecification"): lambda deployed: (
        deployed.client("dynamodb").describe_continuous_backups(TableName=deployed["AnnouncementsTable"])[
            "ContinuousBackupsDescription"
        ]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
        == "ENABLED"
    ),
    ("Announcements", "TimeToLiveSpecification"): lambda deployed: (
        deployed.client("dynamodb").describe_time_to_live(TableName=deployed["AnnouncementsTable"])[
            "TimeToLiveDescription"
        ]["TimeToLiveStatus"]
        == "ENABLED"
    ),
    ("Announcements", "SSESpecification"): lambda deployed: (
        "SSEDescription" in described(deployed, "AnnouncementsTable")
    ),
    ("Tiles", "SSESpecification"): lambda deployed: "SSEDescription" in described(deployed, "TilesTable"),
    ("Pictures", "LifecycleConfiguration"): lambda deployed: has_lifecycle(deployed, "PicturesBucket"),
    ("Pictures", "ReplicationConfiguration"): lambda deployed: is_there(
        deployed.client("s3").get_bucket_replication, Bucket=deployed["PicturesBucket"]
    ),
    ("Site", "LifecycleConfiguration"): lambda deployed: has_lifecycle(deployed, "SiteBucket"),
    ("Logs", "LifecycleConfiguration"): lambda deployed: has_lifecycle(deployed, "LogsBucket"),
    ("Releases", "LifecycleConfiguration"): lambda deployed: has_lifecycle(deployed, "ReleasesBucket"),
}


@pytest.mark.parametrize("forgotten", DROPPED, ids=".".join)
def test_what_is_listed_as_forgotten_is_forgotten(deployed: Deployed, forgotten: tuple[str, str]) -> None:
    """One that fails here is to be taken off the list, and looked at in the local cloud from then on."""
    assert not KEPT[forgotten](deployed)


def test_the_cdn_is_usable_on_its_own_before_one_bucket_and_an_api(session: boto3.Session) -> None:
    cloudformation: Any = session.client("cloudformation")
    s3, bucket, name = session.client("s3"), "anybodys-files", "somebodys-web"
    s3.create_bucket(Bucket=bucket)
    try:
        given = {"SiteBucket": bucket, "PicturesBucket": bucket, "Region": "us-east-1", "WritePolicies": "true"}
        api = {"ApiDomain": "api.example.org", "ApiStage": "v1"}
        found = stacks.bring(cloudformation, name, templates.text("web"), "own", **given, **api)
        assert found["DistributionArn"] in s3.get_bucket_policy(Bucket=bucket)["Policy"]
        assert found["Address"] == f"https://{found['DistributionDomain']}"
    finally:
        cloudformation.delete_stack(StackName=name)
        s3.delete_bucket(Bucket=bucket)


@pytest.mark.parametrize("name", ["cloud-only", "pipeline"])
def test_what_is_not_deployed_here_would_be_refused(session: boto3.Session, name: str) -> None:
    given = {each: "x" for each, said in templates.load(name)["Parameters"].items() if "Default" not in said}
    with pytest.raises(stacks.StackFailed, match="Unrecognized resource types"):
        stacks.bring(
            session.client("cloudformation"),
            f"homeward-refused-{name}",
            templates.text(name),
            **{each: value for each, value in given.items() if each != "Stage"},
            stage="refused",
        )
