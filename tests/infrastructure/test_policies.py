"""Every policy sees the protection that it watches: with it nothing is found, without it the policy speaks."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infrastructure import policies, templates
from infrastructure.permissions import FUNCTIONS, STAGES, Place, policy
from infrastructure.policies import (
    RULES,
    Finding,
    config_findings,
    mark_findings,
    package_findings,
    parameter_findings,
    permission_findings,
    template_findings,
)
from infrastructure.policies.__main__ import findings, main
from infrastructure.upkeep import UPKEEP, Teller, Upkeep
from tests.infrastructure.sabotage import EVERYTHING, NOT_TRUE, REMOVED, Draw, places, spoil
from tests.infrastructure.weakenings import TEN_LETTERS, WEAKENINGS

CONFIG = json.loads((Path(__file__).parents[2] / ".chalice" / "config.json").read_text())
ANSWERS = {function: function == "api_handler" for function in FUNCTIONS}


def spoiled_template(rule: str, draw: Draw) -> list[Finding]:
    """What is found in one of our templates, in production with everything, after the protection has gone."""
    place = draw(st.sampled_from(places(rule) or [*places("secrets-stay-hidden")]))
    template = place.copied()
    subject = WEAKENINGS[rule](template, place.subject, draw) or place.subject
    given = EVERYTHING[place.template]
    return [each for each in template_findings(template, "prod", **given) if each.subject == subject]


def spoiled_permission(part: str, values: list[Any]) -> Callable[[Draw], list[Finding]]:
    def spoiled(draw: Draw) -> list[Finding]:
        function, stage = draw(st.sampled_from(sorted(FUNCTIONS))), draw(st.sampled_from(STAGES))
        document = policy(function, Place(stage))
        draw(st.sampled_from(document["Statement"]))[part] = draw(st.sampled_from(values))
        return list(permission_findings(function, document))

    return spoiled


def spoiled_resource(draw: Draw) -> list[Finding]:
    """What is found when a statement names no resource any more, or when one that names none allows more."""
    function, stage = draw(st.sampled_from(sorted(FUNCTIONS))), draw(st.sampled_from(STAGES))
    document = policy(function, Place(stage))
    statement = draw(st.sampled_from(document["Statement"]))
    if statement["Resource"] == ["*"]:
        statement["Action"].append(draw(st.sampled_from(["s3:GetObject", "xray:GetTraceSummaries"])))
    else:
        statement["Resource"] = draw(st.sampled_from([["*"], "*", ["arn:aws:s3:::*"], ["arn:aws:dynamodb:*:*:*"]]))
    return list(permission_findings(function, document))


def spoiled_config(path: str, values: st.SearchStrategy[Any]) -> Callable[[Draw], list[Finding]]:
    def spoiled(draw: Draw) -> list[Finding]:
        config = copy.deepcopy(CONFIG)
        function, stage = draw(st.sampled_from(sorted(FUNCTIONS))), draw(st.sampled_from(STAGES))
        way = path.format(function=function, stage=stage).split(".")
        spoil(config, way, draw(values), draw)
        return list(config_findings(config, ANSWERS))

    return spoiled


def spoiled_upkeep(change: dict[str, Any]) -> Callable[[Draw], list[Finding]]:
    def spoiled(draw: Draw) -> list[Finding]:
        function = draw(st.sampled_from(sorted(set(FUNCTIONS) - {"api_handler"})))
        weaker = {**UPKEEP, function: Upkeep(**{**vars(UPKEEP[function]), **change})}
        if draw(st.booleans()):
            del weaker[function]
        return list(config_findings(CONFIG, ANSWERS, weaker))

    return spoiled


def spoiled_parameters(**parameters: str) -> Callable[[Draw], list[Finding]]:
    return lambda draw: list(parameter_findings(draw(st.sampled_from(["dev", "prod"])), "eu-west-1", parameters))


OTHER_SABOTAGES: dict[str, Callable[[Draw], list[Finding]]] = {
    "actions-are-named": spoiled_permission(
        "Action", [["s3:*"], ["s3:Get*"], ["*"], "*", ["s3:GetObject", "iam:?assRole"]]
    ),
    "resources-are-named": spoiled_resource,
    "policies-only-allow": spoiled_permission("Effect", ["Deny", "allow"]),
    "policies-are-written-by-hand": spoiled_config("autogen_policy", NOT_TRUE.filter(lambda value: value is not False)),
    "function-has-time": spoiled_config(
        "lambda_functions.{function}.lambda_timeout", st.integers(0, 28) | st.just(REMOVED)
    ),
    "function-has-memory": spoiled_config(
        "lambda_functions.{function}.lambda_memory_size", st.sampled_from([REMOVED, 0])
    ),
    "function-has-its-own-policy": spoiled_config(
        "stages.{stage}.lambda_functions.{function}.iam_policy_file",
        st.sampled_from([REMOVED, "policy.json", "policy-dev-anybody.json"]),
    ),
    "function-is-in-no-network": spoiled_config("stages.{stage}.subnet_ids", st.just(["subnet-1"])),
    "environment-holds-no-secret": spoiled_config(
        "stages.{stage}.environment_variables.MANAGE_TOKEN_KEY", st.text(min_size=1, max_size=5)
    ),
    "function-has-a-way-for-what-fails": spoiled_upkeep({"told_by": Teller.LAMBDA, "failures": ""}),
    "function-is-traced-as-it-may-be": spoiled_config("lambda_functions.{function}.xray", st.just("yes")),
    "function-log-is-let-go": spoiled_upkeep({"log_days": 0}),
    "stack-is-of-its-stage": spoiled_parameters(Stage="other"),
    "only-a-laptop-does-without-tls": spoiled_parameters(OverTls="false"),
    "only-a-laptop-is-at-loopback": spoiled_parameters(SiteOrigin="http://localhost:8000"),
    "backup-is-in-another-region": spoiled_parameters(BackupBucket="homeward-prod-backup-1-eu-west-1"),
    "firewall-is-used": spoiled_parameters(WithFirewall="false", Firewall="arn:aws:wafv2:…"),
    "resources-are-marked": lambda draw: list(
        mark_findings("web", {draw(st.sampled_from(["stage", "application"])): "x"})
    ),
    "package-runs-in-lambda": lambda draw: list(package_findings(Path("/nowhere") / draw(TEN_LETTERS))),
}
NAMED_IN_THE_CODE = {
    name
    for path in Path(policies.__file__).parent.glob("*.py")
    for name in re.findall(r'Finding\(\s*"([a-z-]+)"', path.read_text())
}


@pytest.mark.parametrize("rule", sorted(WEAKENINGS.keys() | OTHER_SABOTAGES.keys()))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_policy_sees_that_the_protection_it_watches_is_gone(rule: str, data: st.DataObject) -> None:
    found = []
    if rule in WEAKENINGS:
        found.append(spoiled_template(rule, data.draw))
    if rule in OTHER_SABOTAGES:
        found.append(OTHER_SABOTAGES[rule](data.draw))
    assert all(rule in {finding.rule for finding in each} for each in found)


def test_every_policy_is_proven() -> None:
    assert WEAKENINGS.keys() == RULES.keys()
    assert OTHER_SABOTAGES.keys() == NAMED_IN_THE_CODE


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_of_ours_breaks_a_policy(stage: str) -> None:
    assert list(findings(stage)) == []
    assert list(findings(stage, parameters={name: {} for name in templates.NAMES})) == []


@pytest.mark.parametrize("name", templates.NAMES)
@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_no_template_breaks_a_policy_with_everything_it_may_have(name: str, stage: str) -> None:
    assert template_findings(templates.load(name), stage, **EVERYTHING[name]) == []


def test_a_template_may_be_let_off_only_from_rules_that_there_are() -> None:
    for name in templates.NAMES:
        for resource in templates.load(name)["Resources"].values():
            reasons = resource.get("Metadata", {}).get("Accepted", {})
            assert reasons.keys() <= RULES.keys()
            assert all(len(reason.split()) > 5 for reason in reasons.values())


def test_a_reason_that_says_nothing_lets_nobody_off() -> None:
    template = copy.deepcopy(templates.load("foundation"))
    template["Resources"]["Tiles"]["Metadata"]["Accepted"]["table-recovers-to-a-moment"] = " "
    assert Finding("table-recovers-to-a-moment", "Tiles") in template_findings(template)


def test_only_production_is_protected_against_hands() -> None:
    template = copy.deepcopy(templates.load("foundation"))
    template["Resources"]["Announcements"]["Properties"]["DeletionProtectionEnabled"] = False
    assert Finding("data-outlives-its-stack", "Announcements") in template_findings(template, "prod")
    assert template_findings(template, "dev") == []


def test_the_program_says_nothing_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stage", "prod"]) == 0
    assert capsys.readouterr().err == ""


def test_a_finding_says_the_rule_and_where_it_is_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infrastructure.stacks.tags", lambda _stage: {})
    assert main(["--stage", "dev"]) == 1
    assert "resources-are-marked: web stage\n" in capsys.readouterr().err
