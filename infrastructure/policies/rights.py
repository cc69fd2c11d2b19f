"""Rules for who may do what: roles and groups of templates, policies of functions."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from infrastructure.policies.rules import Finding, Stack, at, many, rule

ROLE, GROUP, USER = "AWS::IAM::Role", "AWS::IAM::Group", "AWS::IAM::User"
HOLDERS = (ROLE, GROUP, USER)
WITHOUT_RESOURCE = {  # what a function may do with no resource named, and why
    "xray:PutTraceSegments": "X-Ray knows no resource that a trace is written to",
    "xray:PutTelemetryRecords": "X-Ray knows no resource that a trace is written to",
}
SIGNED_IN = {  # the roles that IAM Identity Center makes, and nobody else can
    "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-reserved/sso.amazonaws.com/*"
}
_REFERENCE = re.compile(r"\$\{[^}]*\}")


def _allowed(name: str, stack: Stack) -> Iterator[Mapping[str, Any]]:
    for policy in many(stack.at(name, "Policies")):
        yield from (each for each in many(policy["PolicyDocument"]["Statement"]) if each["Effect"] == "Allow")


@rule(*HOLDERS)
def role_actions_are_named(name: str, stack: Stack) -> bool:
    """What may be done is said one by one."""
    return not any(_is_wide(action) for each in _allowed(name, stack) for action in many(each.get("Action", "*")))


@rule(*HOLDERS)
def role_resources_are_named(name: str, stack: Stack) -> bool:
    """What it may be done to is said, at least by the beginning of its name."""
    return not any(is_any(arn) for each in _allowed(name, stack) for arn in many(each.get("Resource", "*")))


@rule(ROLE)
def role_is_handed_to_named_services(name: str, stack: Stack) -> bool:
    """Who may hand on a role says to whom."""
    handing = [each for each in _allowed(name, stack) if "iam:PassRole" in many(each.get("Action"))]
    return all(at(each, "Condition", "StringEquals", "iam:PassedToService") for each in handing)


@rule(ROLE)
def role_is_taken_on_by_few(name: str, stack: Stack) -> bool:
    """A service acts for this account only; its people have shown a second factor, here or where they sign in."""
    return all(_is_narrow(each) for each in many(stack.at(name, "AssumeRolePolicyDocument", "Statement")))


def _is_narrow(statement: Mapping[str, Any]) -> bool:
    principal, condition = statement.get("Principal"), statement.get("Condition", {})
    for_this_account = at(condition, "StringEquals", "aws:SourceAccount") == {"Ref": "AWS::AccountId"}
    shown_here = at(condition, "Bool", "aws:MultiFactorAuthPresent") == "true"
    second_factor = shown_here or at(condition, "ArnLike", "aws:PrincipalArn") == SIGNED_IN
    of_this_account = "${AWS::AccountId}" in str(at(principal, "AWS"))
    return for_this_account if at(principal, "Service") else of_this_account and second_factor


@rule(USER)
def user_has_rights_by_a_group(name: str, stack: Stack) -> bool:
    """So that the next one has the same."""
    return not stack.at(name, "Policies") and bool(stack.at(name, "Groups"))


@rule("AWS::IAM::AccessKey")
def keys_are_made_by_hand(_name: str, _stack: Stack) -> bool:
    """A key made by a template stands in its stack for everybody to read who may read stacks."""
    return False


def permission_findings(name: str, document: Mapping[str, Any]) -> Iterator[Finding]:
    """Refuse a policy of a function that allows more than named actions on named resources."""
    for statement in document["Statement"]:
        if any(_is_wide(action) for action in many(statement.get("Action", "*"))):
            yield Finding("actions-are-named", name)
        limitable = not WITHOUT_RESOURCE.keys() >= set(many(statement.get("Action", "*")))
        if limitable and any(is_any(arn) for arn in many(statement.get("Resource", "*"))):
            yield Finding("resources-are-named", name)
        if not {"Action", "Resource"} <= statement.keys() or statement["Effect"] != "Allow":
            yield Finding("policies-only-allow", name)


def _is_wide(action: str) -> bool:
    return "*" in action or "?" in action


def is_any(resource: Any) -> bool:
    """Tell whether an ARN, or what makes one in a template, may be anything."""
    written = str(at(resource, "Fn::Sub") or "named") if isinstance(resource, Mapping) else str(resource)
    return _REFERENCE.sub("x", written).split(":", 5)[-1].startswith("*")
