"""Rules for what holds data: buckets, tables, queues, topics, keys, people."""

from collections.abc import Mapping
from typing import Any

from infrastructure.policies.rules import Stack, at, many, rule

DAY = 86_400  # seconds
BLOCKS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
KEEPS = ("Retain", "RetainExceptOnCreate")
BUCKET, TABLE, QUEUE, TOPIC = "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SNS::Topic"
KEY, POOL, CLIENT = "AWS::KMS::Key", "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient"
BUCKET_POLICY = "AWS::S3::BucketPolicy"
SHORTEST_PASSWORD = 12  # characters


@rule(BUCKET)
def bucket_is_private(bucket: str, stack: Stack) -> bool:
    """Neither a policy nor an access list can open it to everybody."""
    return all(stack.at(bucket, "PublicAccessBlockConfiguration", block) is True for block in BLOCKS)


@rule(BUCKET)
def bucket_has_no_access_lists(bucket: str, stack: Stack) -> bool:
    """Who may what is said in policies alone."""
    owners = stack.at(bucket, "OwnershipControls", "Rules") or [{}]
    return bool(owners[0].get("ObjectOwnership") == "BucketOwnerEnforced")


@rule(BUCKET)
def bucket_is_encrypted(bucket: str, stack: Stack) -> bool:
    """What is stored is encrypted, whoever stores it."""
    configured = stack.at(bucket, "BucketEncryption", "ServerSideEncryptionConfiguration") or [{}]
    return bool(at(configured[0], "ServerSideEncryptionByDefault", "SSEAlgorithm"))


@rule(BUCKET)
def bucket_is_versioned(bucket: str, stack: Stack) -> bool:
    """What is replaced or removed by mistake can be had back."""
    return bool(stack.at(bucket, "VersioningConfiguration", "Status") == "Enabled")


@rule(BUCKET)
def bucket_forgets(bucket: str, stack: Stack) -> bool:
    """Old versions and unfinished uploads are not paid for ever."""
    rules = [each for each in stack.at(bucket, "LifecycleConfiguration", "Rules") or [] if _is_general(each)]
    old = any(at(each, "NoncurrentVersionExpiration", "NoncurrentDays") for each in rules)
    return old and any(at(each, "AbortIncompleteMultipartUpload", "DaysAfterInitiation") for each in rules)


def _is_general(lifecycle: Mapping[str, Any]) -> bool:
    return lifecycle.get("Status") == "Enabled" and not lifecycle.get("Prefix") and not lifecycle.get("Filter")


@rule(BUCKET)
def bucket_is_written_to_from_our_page_only(bucket: str, stack: Stack) -> bool:
    """Other sites' scripts may not use the forms of our visitors."""
    rules = stack.at(bucket, "CorsConfiguration", "CorsRules") or []
    return not any("*" in origin for each in rules for origin in map(str, many(each.get("AllowedOrigins"))))


@rule(BUCKET, QUEUE, TOPIC)
def answers_over_tls_only(name: str, stack: Stack) -> bool:
    """A policy refuses everybody who comes over plain HTTP."""
    return any(_denies_plain_http(statement) for statement in _statements_of(name, stack))


POLICY_OF = {  # the types of policies, and the property that names what each is for
    BUCKET_POLICY: "Bucket",
    "AWS::SQS::QueuePolicy": "Queues",
    "AWS::SNS::TopicPolicy": "Topics",
}
ALL_ACTIONS = ("s3:*", "sqs:*", "sns:Publish")  # of topics nothing else is done with plain HTTP that matters


def _statements_of(name: str, stack: Stack) -> list[Mapping[str, Any]]:
    """Read what all policies of a bucket, queue or topic say."""
    policies = [policy for policy, each in stack.of(*POLICY_OF).items() if _is_for(name, policy, each["Type"], stack)]
    return [statement for policy in policies for statement in many(stack.at(policy, "PolicyDocument", "Statement"))]


def _is_for(name: str, policy: str, kind: str, stack: Stack) -> bool:
    return {"Ref": name} in many(stack.at(policy, POLICY_OF[kind]))


def _denies_plain_http(statement: Mapping[str, Any]) -> bool:
    plain = statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
    to_all = statement.get("Principal") == "*" and statement.get("Action") in ALL_ACTIONS
    return plain and to_all and statement.get("Effect") == "Deny"


@rule(BUCKET_POLICY)
def bucket_opens_to_our_cdn_only(policy: str, stack: Stack) -> bool:
    """What a policy allows, it allows to one distribution of ours, and reading alone."""
    allowed = [each for each in many(stack.at(policy, "PolicyDocument", "Statement")) if each["Effect"] == "Allow"]
    return all(_is_our_cdn(each) for each in allowed)


def _is_our_cdn(statement: Mapping[str, Any]) -> bool:
    source = str(at(statement, "Condition", "StringEquals", "AWS:SourceArn"))
    ours = ":distribution/${Distribution}" in source and "${AWS::AccountId}" in source
    reads = set(many(statement["Action"])) <= {"s3:GetObject", "s3:ListBucket"}
    return ours and reads and statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}


@rule(TABLE)
def table_recovers_to_a_moment(table: str, stack: Stack) -> bool:
    """What a faulty release wrote can be undone."""
    return stack.at(table, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") is True


@rule(TABLE)
def table_costs_nothing_unused(table: str, stack: Stack) -> bool:
    """A small town does not pay for what it does not use."""
    return bool(stack.at(table, "BillingMode") == "PAY_PER_REQUEST")


@rule(TABLE, BUCKET, POOL, KEY)
def data_outlives_its_stack(name: str, stack: Stack) -> bool:
    """A removed stack or a new name leaves the data; that of production cannot even be deleted by hand."""
    resource = stack.resources[name]
    kept = resource.get("DeletionPolicy") in KEEPS and resource.get("UpdateReplacePolicy") == "Retain"
    protected = {
        TABLE: stack.at(name, "DeletionProtectionEnabled") is True,
        POOL: stack.at(name, "DeletionProtection") == "ACTIVE",
    }
    return kept and (stack.stage != "prod" or protected.get(resource["Type"], True))


@rule(KEY)
def key_is_renewed(key: str, stack: Stack) -> bool:
    """A key that leaked opens only what was encrypted in its year."""
    return stack.at(key, "EnableKeyRotation") is True


@rule(KEY)
def key_belongs_to_this_account(key: str, stack: Stack) -> bool:
    """Everybody is let in only by the services of this account."""
    statements = many(stack.at(key, "KeyPolicy", "Statement"))
    everybody = [each for each in statements if each["Principal"] in ("*", {"AWS": "*"})]
    return all(
        at(each, "Condition", "StringEquals", "kms:CallerAccount") == {"Ref": "AWS::AccountId"}
        and at(each, "Condition", "StringEquals", "kms:ViaService")
        for each in everybody
    )


@rule(QUEUE)
def queue_is_encrypted(queue: str, stack: Stack) -> bool:
    """What waits is encrypted, with a key of SQS or of ours."""
    return stack.at(queue, "SqsManagedSseEnabled") is True or bool(stack.at(queue, "KmsMasterKeyId"))


@rule(QUEUE)
def queue_outlasts_a_long_weekend(queue: str, stack: Stack) -> bool:
    """What waits there is still there when somebody comes to look; a queue of dead letters outlasts its sources."""
    target = (stack.at(queue, "RedrivePolicy", "deadLetterTargetArn") or {}).get("Fn::GetAtt", [queue])[0]
    kept, longest = (stack.at(name, "MessageRetentionPeriod") or 0 for name in (queue, target))
    return bool(kept >= 4 * DAY and (target == queue or longest > kept))


@rule(QUEUE)
def queue_lets_go_of_poison(queue: str, stack: Stack) -> bool:
    """A message that always fails is put aside; where it is put, nobody takes it."""
    redrives = [stack.at(name, "RedrivePolicy", "deadLetterTargetArn") for name in stack.resources]
    return bool(stack.at(queue, "RedrivePolicy", "maxReceiveCount")) or {"Fn::GetAtt": [queue, "Arn"]} in redrives


@rule("AWS::SNS::Subscription")
def subscription_has_dead_letters(subscription: str, stack: Stack) -> bool:
    """What cannot be handed on is not lost."""
    return bool(stack.at(subscription, "RedrivePolicy", "deadLetterTargetArn"))


@rule(POOL)
def passwords_are_long(pool: str, stack: Stack) -> bool:
    """Length is what counts."""
    return (stack.at(pool, "Policies", "PasswordPolicy", "MinimumLength") or 0) >= SHORTEST_PASSWORD


@rule(CLIENT)
def sign_in_tells_nothing(client: str, stack: Stack) -> bool:
    """A wrong password and an unknown person read the same."""
    return bool(stack.at(client, "PreventUserExistenceErrors") == "ENABLED")


@rule(CLIENT)
def sign_in_sends_no_password(client: str, stack: Stack) -> bool:
    """Passwords are proven, not sent; tokens come by a code, not in an address; a page keeps no secret."""
    flows = {"ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"}
    sent = flows & set(many(stack.at(client, "ExplicitAuthFlows")))
    by_code = set(many(stack.at(client, "AllowedOAuthFlows"))) <= {"code"}
    return not sent and by_code and stack.at(client, "GenerateSecret") is False
