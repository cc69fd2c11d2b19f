"""The rights of the back end's builder, held against the resources of the stacks that it deploys.

The local cloud makes a stack's resources without asking for rights; CloudFormation asks for those of whoever deploys.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest

from infrastructure import templates
from infrastructure.deploy import OF_A_PERSON

STACKS = [name for name in templates.NAMES if name not in OF_A_PERSON]
CHOSEN = {"AWS::KMS", "AWS::Route53"}  # there only when a person chose and deployed them, and not changed since
TAGS = "TagResource", "UntagResource", "ListTagsForResource"
CALLED = {  # by CloudFormation, when it makes, changes or reads one of our resources
    "AWS::CloudFront": [
        "cloudfront:CreateDistribution", "cloudfront:UpdateDistribution", "cloudfront:GetDistribution",
        "cloudfront:CreateFunction", "cloudfront:UpdateFunction", "cloudfront:PublishFunction",
        "cloudfront:DescribeFunction", "cloudfront:UpdateCachePolicy", "cloudfront:UpdateResponseHeadersPolicy",
        "cloudfront:UpdateOriginRequestPolicy", "cloudfront:UpdateOriginAccessControl", "cloudfront:UpdateKeyGroup",
        "cloudfront:UpdatePublicKey",
    ],
    "AWS::CloudWatch": [
        "cloudwatch:PutMetricAlarm", "cloudwatch:DescribeAlarms", "cloudwatch:DeleteAlarms", "cloudwatch:PutDashboard",
        "cloudwatch:GetDashboard", *(f"cloudwatch:{each}" for each in TAGS),
    ],
    "AWS::Cognito": [
        "cognito-idp:CreateUserPool", "cognito-idp:UpdateUserPool", "cognito-idp:DescribeUserPool",
        "cognito-idp:SetUserPoolMfaConfig", "cognito-idp:GetUserPoolMfaConfig", "cognito-idp:CreateUserPoolClient",
        "cognito-idp:UpdateUserPoolClient", "cognito-idp:DescribeUserPoolClient", "cognito-idp:CreateUserPoolDomain",
        "cognito-idp:UpdateUserPoolDomain", "cognito-idp:DescribeUserPoolDomain", "cognito-idp:CreateGroup",
        "cognito-idp:UpdateGroup", "cognito-idp:GetGroup", *(f"cognito-idp:{each}" for each in TAGS),
    ],
    "AWS::DynamoDB": [
        "dynamodb:CreateTable", "dynamodb:UpdateTable", "dynamodb:DescribeTable", "dynamodb:UpdateTimeToLive",
        "dynamodb:DescribeTimeToLive", "dynamodb:UpdateContinuousBackups", "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeContributorInsights", "dynamodb:GetResourcePolicy", "dynamodb:TagResource",
        "dynamodb:UntagResource", "dynamodb:ListTagsOfResource",
    ],
    "AWS::Events": [
        "events:CreateEventBus", "events:UpdateEventBus", "events:DescribeEventBus",
        *(f"events:{each}" for each in TAGS),
    ],
    "AWS::IAM": [
        "iam:CreateRole", "iam:UpdateRole", "iam:UpdateRoleDescription", "iam:UpdateAssumeRolePolicy", "iam:GetRole",
        "iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy", "iam:ListRolePolicies",
        "iam:ListAttachedRolePolicies", "iam:TagRole", "iam:UntagRole", "iam:PassRole",
    ],
    "AWS::S3": [
        "s3:CreateBucket", "s3:PutBucketTagging", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
        "s3:PutBucketCORS", "s3:PutBucketVersioning", "s3:PutReplicationConfiguration", "s3:PutBucketOwnershipControls",
        "s3:PutBucketPublicAccessBlock", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicy",
        "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration", "s3:GetAccelerateConfiguration", "s3:GetMetricsConfiguration",
    ],
    "AWS::SNS": [
        "sns:CreateTopic", "sns:SetTopicAttributes", "sns:GetTopicAttributes", "sns:Subscribe", "sns:Unsubscribe",
        "sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes", *(f"sns:{each}" for each in TAGS),
    ],
    "AWS::SQS": [
        "sqs:CreateQueue", "sqs:SetQueueAttributes", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:TagQueue",
        "sqs:UntagQueue", "sqs:ListQueueTags",
    ],
    "AWS::SSM": [
        "ssm:PutParameter", "ssm:GetParameters", "ssm:AddTagsToResource", "ssm:RemoveTagsFromResource",
        "ssm:ListTagsForResource",
    ],
}  # fmt: skip


def services(stack: str) -> set[str]:
    """The services of which a stack has resources."""
    return {each["Type"].rpartition("::")[0] for each in templates.load(stack)["Resources"].values()}


def statements(effect: str) -> Iterator[dict[str, Any]]:
    [policy] = templates.load("pipeline")["Resources"]["BackEndBuilder"]["Properties"]["Policies"]
    yield from (each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == effect)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def says(statement: dict[str, Any], action: str) -> bool:
    """Tell whether a statement is about an action, on resources of its service."""
    service = action.partition(":")[0]
    named = [each if isinstance(each, str) else each["Fn::Sub"] for each in listed(statement["Resource"])]
    ours = any(arn == "*" or f"}}:{service}:" in arn for arn in named)
    return ours and any(fnmatchcase(action, pattern) for pattern in listed(statement["Action"]))


def may(action: str) -> bool:
    denied = (each for each in statements("Deny") if each["Resource"] == "*")
    return any(says(each, action) for each in statements("Allow")) and not any(says(each, action) for each in denied)


@pytest.mark.parametrize("stack", STACKS)
def test_the_builder_may_do_what_cloudformation_does_for_each_of_its_stacks(stack: str) -> None:
    called = {action for service in services(stack) - CHOSEN for action in CALLED[service]}
    assert called
    assert [action for action in sorted(called) if not may(action)] == []


@pytest.mark.parametrize(
    "action",
    ["budgets:ModifyBudget", "acm:RequestCertificate", "wafv2:CreateWebACL", "iam:CreateUser", "codepipeline:*"],
)
def test_the_builder_may_make_nothing_of_the_stacks_that_a_person_deploys(action: str) -> None:
    assert not may(action)


@pytest.mark.parametrize("action", ["dynamodb:GetItem", "sqs:ReceiveMessage", "logs:GetLogEvents"])
def test_what_is_denied_everywhere_is_not_let_by_another_statement(action: str) -> None:
    assert not may(action)
