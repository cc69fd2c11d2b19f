"""Every rule is shown to see the protection that it watches: with it nothing is found, without it the rule speaks."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from infrastructure import templates
from infrastructure.permissions import FUNCTIONS, STAGES, Place, policy
from infrastructure.policies import RULES, Finding, config_findings, permission_findings, template_findings

CONFIG = json.loads((Path(__file__).parents[2] / ".chalice" / "config.json").read_text())
ANSWERS = {function: function == "api_handler" for function in FUNCTIONS}
REMOVED = object()

BLOCK = "Pictures.Properties.PublicAccessBlockConfiguration"
WEAKENED: list[tuple[str, str, Any]] = [
    ("bucket-is-private", BLOCK, REMOVED),
    ("bucket-is-private", f"{BLOCK}.BlockPublicAcls", False),
    ("bucket-is-private", f"{BLOCK}.BlockPublicPolicy", False),
    ("bucket-is-private", f"{BLOCK}.IgnorePublicAcls", REMOVED),
    ("bucket-is-private", f"{BLOCK}.RestrictPublicBuckets", "false"),
    ("bucket-is-private", "Pictures.Properties.OwnershipControls", REMOVED),
    ("bucket-is-encrypted", "Pictures.Properties.BucketEncryption", REMOVED),
    ("bucket-is-versioned", "Pictures.Properties.VersioningConfiguration", REMOVED),
    ("bucket-is-versioned", "Pictures.Properties.VersioningConfiguration.Status", "Suspended"),
    ("bucket-forgets", "Pictures.Properties.LifecycleConfiguration", REMOVED),
    ("bucket-forgets", "Pictures.Properties.LifecycleConfiguration.Rules.0.Status", "Disabled"),
    ("bucket-forgets", "Pictures.Properties.LifecycleConfiguration.Rules.1.Prefix", "elsewhere/"),
    ("bucket-answers-over-tls-only", "PicturesOverTlsOnly", REMOVED),
    ("bucket-answers-over-tls-only", "PicturesOverTlsOnly.Properties.Bucket", {"Ref": "Another"}),
    ("bucket-answers-over-tls-only", "PicturesOverTlsOnly.Properties.PolicyDocument.Statement.0.Effect", "Allow"),
    ("table-recovers-to-a-moment", "Announcements.Properties.PointInTimeRecoverySpecification", REMOVED),
    ("table-recovers-to-a-moment", "Tiles.Metadata", REMOVED),
    ("table-recovers-to-a-moment", "Tiles.Metadata.Accepted.table-recovers-to-a-moment", " "),
    ("table-costs-nothing-unused", "Tiles.Properties.BillingMode", "PROVISIONED"),
    ("data-outlives-its-stack", "Announcements.DeletionPolicy", "Delete"),
    ("data-outlives-its-stack", "Announcements.UpdateReplacePolicy", REMOVED),
    ("data-outlives-its-stack", "Announcements.Properties.DeletionProtectionEnabled", False),
    ("data-outlives-its-stack", "Pictures.DeletionPolicy", REMOVED),
    ("queue-is-encrypted", "FailedPictures.Properties.SqsManagedSseEnabled", REMOVED),
    ("queue-is-encrypted", "FailedTiles.Properties.SqsManagedSseEnabled", False),
    ("queue-outlasts-a-long-weekend", "FailedPictures.Properties.MessageRetentionPeriod", 3600),
    ("queue-outlasts-a-long-weekend", "DeadLetters.Properties.MessageRetentionPeriod", REMOVED),
    ("queue-outlasts-a-long-weekend", "FailedPictures.Properties.MessageRetentionPeriod", 1_209_600),
    ("queue-outlasts-a-long-weekend", "FailedTiles.Properties.MessageRetentionPeriod", REMOVED),
    ("queue-lets-go-of-poison", "FailedPictures.Properties.RedrivePolicy", REMOVED),
    ("queue-lets-go-of-poison", "FailedTiles.Metadata", REMOVED),
]


def test_the_backup_breaks_no_rule_but_the_one_that_it_gives_a_reason_for() -> None:
    template = templates.load("backup")
    assert template_findings(template) == []
    del template["Resources"]["Backup"]["Metadata"]
    del template["Resources"]["BackupOverTlsOnly"]
    found = {finding.rule for finding in template_findings(template)}
    assert found == {"bucket-forgets", "bucket-answers-over-tls-only"}


def without(path: str, value: Any) -> dict[str, Any]:
    """The foundation with one thing removed or put in another's place."""
    template = copy.deepcopy(templates.load("foundation"))
    *way, last = path.split(".")
    place: Any = template["Resources"]
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return template


@pytest.mark.parametrize("name", [path.stem for path in templates.FOLDER.glob("*.yaml")])
def test_our_templates_break_no_rule(name: str) -> None:
    assert template_findings(templates.load(name)) == []


@pytest.mark.parametrize(("rule", "path", "value"), WEAKENED)
def test_a_rule_sees_that_its_protection_is_gone(rule: str, path: str, value: Any) -> None:
    assert rule in {finding.rule for finding in template_findings(without(path, value))}


def test_every_rule_is_proven() -> None:
    assert {rule for rule, _, _ in WEAKENED} == RULES.keys()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_our_functions_may_do_named_things_to_named_resources(function: str, stage: str) -> None:
    assert list(permission_findings(function, policy(function, Place(stage)))) == []


@pytest.mark.parametrize(
    ("rule", "weakened"),
    [
        ("actions-are-named", {"Action": ["s3:*"]}),
        ("actions-are-named", {"Action": ["s3:Get*"]}),
        ("actions-are-named", {"Action": ["*"]}),
        ("resources-are-named", {"Resource": ["*"]}),
        ("resources-are-named", {"Resource": ["arn:aws:s3:::*"]}),
        ("resources-are-named", {"Resource": ["arn:aws:dynamodb:*:*:*"]}),
        ("policies-only-allow", {"Effect": "Deny"}),
    ],
)
def test_a_permission_for_too_much_is_seen(rule: str, weakened: dict[str, Any]) -> None:
    statement = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::one/originals/*"]}
    assert list(permission_findings("api", {"Statement": [statement]})) == []
    assert list(permission_findings("api", {"Statement": [statement | weakened]})) == [Finding(rule, "api")]


def test_our_configuration_breaks_no_rule() -> None:
    assert list(config_findings(CONFIG, ANSWERS)) == []


@pytest.mark.parametrize(
    ("rule", "path", "value"),
    [
        ("policies-are-written-by-hand", "autogen_policy", True),
        ("policies-are-written-by-hand", "autogen_policy", REMOVED),
        ("function-has-time", "lambda_functions.api_handler.lambda_timeout", 30),
        ("function-has-time", "lambda_functions.sweep_expired.lambda_timeout", 29),
        ("function-has-time", "lambda_functions.make_renditions", REMOVED),
        ("function-has-memory", "lambda_functions.api_handler.lambda_memory_size", REMOVED),
        ("function-has-its-own-policy", "stages.prod.lambda_functions.sweep_expired", REMOVED),
        (
            "function-has-its-own-policy",
            "stages.dev.lambda_functions.sweep_expired.iam_policy_file",
            "policy-dev-api_handler.json",
        ),
    ],
)
def test_a_function_that_lacks_something_is_seen(rule: str, path: str, value: Any) -> None:
    config = copy.deepcopy(CONFIG)
    *way, last = path.split(".")
    place = config
    for step in way:
        place = place[step]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    assert rule in {finding.rule for finding in config_findings(config, ANSWERS)}
