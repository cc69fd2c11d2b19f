"""Rules for what watches, what is logged and what is told."""

import re
from collections.abc import Mapping
from typing import Any

from infrastructure.policies.rules import Stack, many, rule

ALARM, LOGS = "AWS::CloudWatch::Alarm", "AWS::Logs::LogGroup"
BUILD, PIPELINE = "AWS::CodeBuild::Project", "AWS::CodePipeline::Pipeline"
LONGEST_LOG = 90  # days
ENOUGH_WORDS = 20  # to say what happened and what to do
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|PRIVATE|(?<!PUBLIC)KEY$", re.IGNORECASE)


@rule(ALARM)
def alarm_says_what_to_do(alarm: str, stack: Stack) -> bool:
    """It comes at night, to somebody who did not write it: what happened, and then what to do."""
    said = str(stack.at(alarm, "AlarmDescription") or "")
    return len(said.split()) >= ENOUGH_WORDS and said.count(". ") + said.count(".\n") >= 1


@rule(ALARM)
def alarm_tells_somebody(alarm: str, stack: Stack) -> bool:
    """It tells a topic of its own stack, of its beginning and of its end."""
    topics = [{"Ref": name} for name in stack.of("AWS::SNS::Topic")]
    told = [stack.at(alarm, "AlarmActions"), stack.at(alarm, "OKActions")]
    return all(each and all(action in topics for action in each) for each in told)


@rule(ALARM)
def alarm_knows_what_silence_means(alarm: str, stack: Stack) -> bool:
    """A map that nobody visits at night is not broken."""
    return stack.at(alarm, "TreatMissingData") in ("notBreaching", "breaching")


@rule(LOGS)
def log_is_let_go(group: str, stack: Stack) -> bool:
    """What is logged is not kept, and paid, for ever."""
    return 0 < (stack.at(group, "RetentionInDays") or 0) <= LONGEST_LOG


@rule("AWS::Lambda::Function", BUILD)
def function_is_in_no_network(name: str, stack: Stack) -> bool:
    """A network of one's own costs a gateway a month, and a second at each cold start."""
    return not stack.at(name, "VpcConfig")


@rule(BUILD)
def build_is_a_plain_one(name: str, stack: Stack) -> bool:
    """No build is root on its machine, and none has a secret among its settings."""
    settings = [each["Name"] for each in many(stack.at(name, "Environment", "EnvironmentVariables"))]
    return not stack.at(name, "Environment", "PrivilegedMode") and not any(map(SECRET.search, settings))


@rule(PIPELINE)
def production_waits_for_a_yes(name: str, stack: Stack) -> bool:
    """Somebody looks before everybody sees."""
    actions = [action for stage in many(stack.at(name, "Stages")) for action in stage["Actions"]]
    return stack.stage != "prod" or any(each["ActionTypeId"]["Category"] == "Approval" for each in actions)


@rule()
def secrets_stay_hidden(_name: str, stack: Stack) -> bool:
    """A parameter for a secret is never shown again, and no output shows it."""
    hidden = {name for name, each in stack.template.get("Parameters", {}).items() if each.get("NoEcho") is True}
    named = {name for name in stack.template.get("Parameters", {}) if SECRET.search(name)}
    return named <= hidden and not hidden & set(_names(stack.template.get("Outputs", {})))


def _names(value: Any) -> list[str]:
    """List the parameters and resources that a part of a template names."""
    match value:
        case {"Ref": name}:
            return [str(name)]
        case {"Fn::Sub": text}:
            return re.findall(r"\$\{([A-Za-z0-9]+)", str(text))
        case Mapping():
            return [name for each in value.values() for name in _names(each)]
        case list():
            return [name for each in value for name in _names(each)]
    return []
