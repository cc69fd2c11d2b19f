"""What must be true of every template, every policy of a function and every configuration, whatever else they say.

A resource may be let off a rule of templates when it says why: `Metadata: {Accepted: {<rule>: <reason>}}`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infrastructure.templates import Template

type Resource = Mapping[str, Any]
type Rule = Callable[[str, Template], bool]

DAY = 86_400  # seconds
BLOCKS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
KEEPS = ("Retain", "RetainExceptOnCreate")
BUCKET, TABLE, QUEUE = "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SQS::Queue"
LONGEST_API_ANSWER = 29  # seconds: API Gateway waits no longer
SHORTEST_TRIGGER = 30  # seconds


@dataclass(frozen=True)
class Finding:
    """A rule that something breaks."""

    rule: str
    subject: str


RULES: dict[str, tuple[tuple[str, ...], Rule]] = {}


def rule(*types: str) -> Callable[[Rule], Rule]:
    """Make a function a rule for some types of resources; its name, with hyphens, is the rule's."""

    def register(judge: Rule) -> Rule:
        RULES[judge.__name__.replace("_", "-")] = types, judge
        return judge

    return register


def template_findings(template: Template) -> list[Finding]:
    """Hold every rule against every resource that it is for."""
    return [
        Finding(name, logical_id)
        for name, (types, judge) in RULES.items()
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] in types and name not in _accepted(resource) and not judge(logical_id, template)
    ]


def _accepted(resource: Resource) -> list[str]:
    reasons: dict[str, str] = resource.get("Metadata", {}).get("Accepted", {})
    return [name for name, reason in reasons.items() if reason.strip()]


def _at(logical_id: str, template: Template, *path: str) -> Any:
    """Read a property of a resource; None when there is none."""
    found: Any = template["Resources"][logical_id].get("Properties", {})
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


@rule(BUCKET)
def bucket_is_private(bucket: str, template: Template) -> bool:
    """Neither a policy nor an access list can open it."""
    owners = _at(bucket, template, "OwnershipControls", "Rules") or [{}]
    blocked = all(_at(bucket, template, "PublicAccessBlockConfiguration", block) is True for block in BLOCKS)
    return blocked and owners[0].get("ObjectOwnership") == "BucketOwnerEnforced"


@rule(BUCKET)
def bucket_is_encrypted(bucket: str, template: Template) -> bool:
    """What is stored is encrypted, whoever stores it."""
    configured = _at(bucket, template, "BucketEncryption", "ServerSideEncryptionConfiguration") or [{}]
    return bool(configured[0].get("ServerSideEncryptionByDefault", {}).get("SSEAlgorithm"))


@rule(BUCKET)
def bucket_is_versioned(bucket: str, template: Template) -> bool:
    """What is replaced or removed by mistake can be had back."""
    return bool(_at(bucket, template, "VersioningConfiguration", "Status") == "Enabled")


@rule(BUCKET)
def bucket_forgets(bucket: str, template: Template) -> bool:
    """Old versions and unfinished uploads are not paid for ever."""
    rules = [each for each in _at(bucket, template, "LifecycleConfiguration", "Rules") or [] if _is_general(each)]
    old = any(each.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays") for each in rules)
    return old and any(each.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation") for each in rules)


def _is_general(lifecycle: Mapping[str, Any]) -> bool:
    return lifecycle.get("Status") == "Enabled" and not lifecycle.get("Prefix") and not lifecycle.get("Filter")


@rule(BUCKET)
def bucket_answers_over_tls_only(bucket: str, template: Template) -> bool:
    """A policy refuses everybody who comes over plain HTTP."""
    policies = [
        _at(name, template, "PolicyDocument")
        for name, each in template["Resources"].items()
        if each["Type"] == "AWS::S3::BucketPolicy" and _at(name, template, "Bucket") == {"Ref": bucket}
    ]
    return any(_denies_plain_http(statement) for policy in policies for statement in policy["Statement"])


def _denies_plain_http(statement: Mapping[str, Any]) -> bool:
    plain = statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
    return plain and statement["Effect"] == "Deny" and statement["Principal"] == "*" and statement["Action"] == "s3:*"


@rule(TABLE)
def table_recovers_to_a_moment(table: str, template: Template) -> bool:
    """What a faulty release wrote can be undone."""
    return _at(table, template, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") is True


@rule(TABLE)
def table_costs_nothing_unused(table: str, template: Template) -> bool:
    """A small town does not pay for what it does not use."""
    return bool(_at(table, template, "BillingMode") == "PAY_PER_REQUEST")


@rule(TABLE, BUCKET)
def data_outlives_its_stack(logical_id: str, template: Template) -> bool:
    """A removed stack or a new name leaves the data; a table of production cannot even be deleted by hand."""
    resource = template["Resources"][logical_id]
    kept = resource.get("DeletionPolicy") in KEEPS and resource.get("UpdateReplacePolicy") == "Retain"
    protected = _at(logical_id, template, "DeletionProtectionEnabled")
    return kept and (resource["Type"] != TABLE or protected in (True, {"Fn::If": ["IsProduction", True, False]}))


@rule(QUEUE)
def queue_is_encrypted(queue: str, template: Template) -> bool:
    """What waits is encrypted, with a key of SQS or of ours."""
    return _at(queue, template, "SqsManagedSseEnabled") is True or bool(_at(queue, template, "KmsMasterKeyId"))


@rule(QUEUE)
def queue_outlasts_a_long_weekend(queue: str, template: Template) -> bool:
    """What waits there is still there when somebody comes to look; a queue of dead letters outlasts its sources."""
    target = (_at(queue, template, "RedrivePolicy", "deadLetterTargetArn") or {}).get("Fn::GetAtt", [queue])[0]
    kept, longest = (_at(name, template, "MessageRetentionPeriod") or 0 for name in (queue, target))
    return bool(kept >= 4 * DAY and (target == queue or longest > kept))


@rule(QUEUE)
def queue_lets_go_of_poison(queue: str, template: Template) -> bool:
    """A message that always fails is put aside; where it is put, nobody takes it."""
    redrives = [_at(name, template, "RedrivePolicy", "deadLetterTargetArn") for name in template["Resources"]]
    return bool(_at(queue, template, "RedrivePolicy", "maxReceiveCount")) or {"Fn::GetAtt": [queue, "Arn"]} in redrives


def permission_findings(name: str, document: Mapping[str, Any]) -> Iterator[Finding]:
    """Refuse a policy of a function that allows more than named actions on named resources."""
    for statement in document["Statement"]:
        if any("*" in action for action in statement["Action"]):
            yield Finding("actions-are-named", name)
        if any(arn.split(":", 5)[-1].startswith("*") for arn in statement["Resource"]):
            yield Finding("resources-are-named", name)
        if not {"Action", "Resource"} <= statement.keys() or statement["Effect"] != "Allow":
            yield Finding("policies-only-allow", name)


def config_findings(config: Mapping[str, Any], functions: Mapping[str, bool]) -> Iterator[Finding]:
    """Refuse a .chalice/config.json in which a function lacks what it needs.

    `functions` maps the functions' names to whether they answer requests.
    """
    if config.get("autogen_policy") is not False:
        yield Finding("policies-are-written-by-hand", json.dumps(config.get("autogen_policy")))
    for function, answers in functions.items():
        shared = config.get("lambda_functions", {}).get(function, {})
        if not _has_time(shared.get("lambda_timeout", 0), answers):
            yield Finding("function-has-time", function)
        if not shared.get("lambda_memory_size"):
            yield Finding("function-has-memory", function)
        for stage, settings in config["stages"].items():
            own = settings.get("lambda_functions", {}).get(function, {})
            if own.get("iam_policy_file") != f"policy-{stage}-{function}.json":
                yield Finding("function-has-its-own-policy", f"{stage} {function}")


def _has_time(seconds: int, answers: bool) -> bool:
    return seconds == LONGEST_API_ANSWER if answers else seconds >= SHORTEST_TRIGGER
