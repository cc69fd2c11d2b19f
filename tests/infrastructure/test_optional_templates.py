"""The templates that not everybody deploys: edge, cloud-only, pipeline."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from infrastructure import templates
from infrastructure.adoption import function_name
from infrastructure.permissions import FUNCTIONS
from infrastructure.upkeep import UPKEEP
from tests.infrastructure.sabotage import EVERYTHING

PROJECT = Path(__file__).parents[2]
EDGE = templates.resolve(templates.load("edge"), EVERYTHING["edge"])["Resources"]
CLOUD_ONLY = templates.resolve(templates.load("cloud-only"), EVERYTHING["cloud-only"])["Resources"]
PIPELINE = templates.load("pipeline")


def pipeline(stage: str = "prod", source: str = "CodeConnections") -> dict[str, Any]:
    return dict(templates.resolve(PIPELINE, {"Stage": stage, "Source": source})["Resources"])


def statements(role: str) -> list[dict[str, Any]]:
    [policy] = pipeline()[role]["Properties"]["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found


def allowed(role: str) -> set[str]:
    listed = [each["Action"] for each in statements(role) if each["Effect"] == "Allow"]
    return {action for actions in listed for action in (actions if isinstance(actions, list) else [actions])}


def test_the_certificate_proves_itself_by_a_record_that_is_written() -> None:
    certificate = EDGE["Certificate"]["Properties"]
    assert certificate["ValidationMethod"] == "DNS"
    assert certificate["DomainValidationOptions"] == [
        {"DomainName": {"Ref": "Domain"}, "HostedZoneId": {"Ref": "HostedZone"}}
    ]


def test_the_firewall_limits_each_address_and_knows_attacks() -> None:
    firewall = EDGE["Firewall"]["Properties"]
    rules = {rule["Name"]: rule for rule in firewall["Rules"]}
    assert firewall["Scope"] == "CLOUDFRONT"
    assert rules["too-many-requests"]["Statement"]["RateBasedStatement"]["AggregateKeyType"] == "IP"
    assert rules["too-many-requests"]["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429
    managed = [
        rule["Statement"]["ManagedRuleGroupStatement"]["Name"] for rule in rules.values() if "OverrideAction" in rule
    ]
    assert len(managed) == 3
    assert len({rule["Priority"] for rule in firewall["Rules"]}) == 4


def test_the_group_of_traces_has_every_function_that_is_traced() -> None:
    chosen = CLOUD_ONLY["Traces"]["Properties"]["FilterExpression"]["Fn::Sub"].replace("${Stage}", "dev")
    services = set(re.findall(r'service\("([^"]+)"\)', chosen))
    assert services == {function_name("dev", name) for name, upkeep in UPKEEP.items() if upkeep.traced}


def test_a_picture_in_a_body_passes_the_firewall() -> None:
    [common] = [rule for rule in EDGE["Firewall"]["Properties"]["Rules"] if rule["Name"] == "common-attacks"]
    counted = common["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]
    assert {"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}} in counted


def test_nothing_of_the_edge_is_there_unless_it_is_asked_for() -> None:
    assert templates.resolve(templates.load("edge"), {})["Resources"] == {}


def test_saved_queries_look_into_the_log_of_every_function() -> None:
    groups = [each["Fn::Sub"] for each in CLOUD_ONLY["WhatFailed"]["Properties"]["LogGroupNames"]]
    names = ["" if function == "api_handler" else f"-{function}" for function in FUNCTIONS]
    assert sorted(groups) == sorted(f"/aws/lambda/homeward-${{Stage}}{name}" for name in names)
    assert (
        CLOUD_ONLY["WhatTheDayCost"]["Properties"]["LogGroupNames"]
        == CLOUD_ONLY["WhatFailed"]["Properties"]["LogGroupNames"]
    )


def test_somebody_is_told_before_the_budget_is_spent() -> None:
    bill = CLOUD_ONLY["Bill"]["Properties"]
    told = [each["Notification"]["NotificationType"] for each in bill["NotificationsWithSubscribers"]]
    assert told == ["ACTUAL", "FORECASTED"]
    none = templates.resolve(templates.load("cloud-only"), {"MonthlyBudget": "0"})
    assert "Bill" not in none["Resources"]


def test_a_collector_lays_down_under_its_own_prefix_and_sees_nothing_else() -> None:
    [policy] = CLOUD_ONLY["Collectors"]["Properties"]["Policies"]
    lay, look = policy["PolicyDocument"]["Statement"]
    assert lay["Resource"]["Fn::Sub"].endswith(":::${PicturesBucket}/collected/${Collector}/*")
    assert look["Condition"] == {"StringLike": {"s3:prefix": {"Fn::Sub": "collected/${Collector}/*"}}}
    assert "CollectorsUser" not in templates.resolve(templates.load("cloud-only"), {})["Resources"]


@pytest.mark.parametrize("name", ["BackEnd", "Page"])
def test_a_pipeline_is_of_the_second_kind_and_deploys_one_thing_after_another(name: str) -> None:
    made = pipeline()[name]["Properties"]
    assert (made["PipelineType"], made["ExecutionMode"]) == ("V2", "QUEUED")
    assert [stage["Name"] for stage in made["Stages"]] == ["Source", "Approval", "Deploy"]
    assert [stage["Name"] for stage in pipeline("dev")[name]["Properties"]["Stages"]] == ["Source", "Deploy"]


def test_a_push_starts_the_pipeline_whose_files_it_touches() -> None:
    paths = {
        name: pipeline()[name]["Properties"]["Triggers"][0]["GitConfiguration"]["Push"][0]["FilePaths"]
        for name in ("BackEnd", "Page")
    }
    assert paths["Page"] == {"Includes": ["frontend/**"]}
    assert "frontend/**" in paths["BackEnd"]["Excludes"]


def test_codecommit_which_tells_no_paths_starts_both() -> None:
    made = pipeline(source="CodeCommit")
    assert "Triggers" not in made["Page"]["Properties"]
    assert [target["Id"] for target in made["PushedToCodeCommit"]["Properties"]["Targets"]] == ["back-end", "page"]
    sources = [
        made[name]["Properties"]["Stages"][0]["Actions"][0]["ActionTypeId"]["Provider"] for name in ("BackEnd", "Page")
    ]
    assert sources == 2 * ["CodeCommit"]
    assert "PushedToCodeCommit" not in pipeline()


def test_a_build_runs_the_buildspec_of_its_part_in_the_stage() -> None:
    for name, buildspec in {"BackEndBuild": "buildspec.yml", "PageBuild": "frontend/buildspec.yml"}.items():
        build = pipeline()[name]["Properties"]
        assert build["Source"]["BuildSpec"] == buildspec
        assert {"Name": "STAGE", "Value": {"Ref": "Stage"}} in build["Environment"]["EnvironmentVariables"]
    assert (PROJECT / "buildspec.yml").is_file()


def test_a_pipeline_may_put_a_source_with_its_access_list_which_a_connection_asks_for() -> None:
    put = [each for each in statements("PipelineRole") if "s3:PutObject" in each["Action"]]
    assert ["s3:PutObjectAcl" in each["Action"] for each in put] == [True]
    assert put[0]["Resource"]["Fn::Sub"].endswith(":::${ReleasesBucket}/*/source/*")


def test_the_pages_builder_writes_its_bucket_and_invalidates_and_nothing_else() -> None:
    assert allowed("PageBuilder") == {
        "logs:CreateLogStream", "logs:PutLogEvents", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject",
        "s3:DeleteObject", "s3:ListBucket", "cloudfront:CreateInvalidation", "cloudfront:GetInvalidation",
    }  # fmt: skip
    written = [each["Resource"]["Fn::Sub"] for each in statements("PageBuilder") if "s3:PutObject" in each["Action"]]
    assert written == ["arn:${AWS::Partition}:s3:::${SiteBucket}/*"]


DATA = (
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:PutItem",
    "sqs:ReceiveMessage",
    "logs:GetLogEvents",
)


@pytest.mark.parametrize("action", DATA)
def test_the_back_ends_builder_reads_and_writes_no_data(action: str) -> None:
    denied = [each for each in statements("BackEndBuilder") if each["Effect"] == "Deny"]
    assert any(action in each["Action"] and each["Resource"] == "*" for each in denied)


def test_the_back_ends_builder_sees_no_picture_and_no_secret_but_the_cdns() -> None:
    [pictures] = [each for each in statements("BackEndBuilder") if each.get("Sid") == "NoPictures"]
    assert (pictures["Effect"], pictures["Action"]) == ("Deny", ["s3:*Object*"])
    read = [each for each in statements("BackEndBuilder") if "ssm:GetParameter" in each["Action"]]
    names = [arn["Fn::Sub"].rpartition("/")[2] for each in read for arn in each["Resource"]]
    assert names == ["origin-key", "documents-public-key", "cdn-distribution"]


def test_the_back_ends_builder_cannot_give_itself_more() -> None:
    [own] = [each for each in statements("BackEndBuilder") if each.get("Sid") == "NoMoreRightsForItself"]
    assert own["Effect"] == "Deny"
    assert own["Resource"]["Fn::Sub"].endswith(":role/homeward-${Stage}-pipeline-*")


def test_the_back_ends_builder_stays_in_its_stage() -> None:
    """What has a name is named with the stage; what has none is listed apart."""
    text = json.dumps([each for each in statements("BackEndBuilder") if each.get("Sid") != "WhatHasNoNameBefore"])
    arns = [
        arn
        for arn in re.findall(r'"(arn:[^"]+)"', text)
        if not re.search(r"restapis|event-source-mapping|codebuild", arn)
    ]
    assert arns
    assert not [arn for arn in arns if "${Stage}" not in arn and "${ReleasesBucket}" not in arn]


def test_the_production_image_has_our_python() -> None:
    assert "amazonlinux-x86_64-standard:" in PIPELINE["Parameters"]["Image"]["Default"]
