"""Rules for .chalice/config.json, for what every function has besides, and for the package."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from infrastructure import package_check
from infrastructure.policies.rules import Finding
from infrastructure.policies.watch import LONGEST_LOG, SECRET
from infrastructure.upkeep import UPKEEP, Teller, Upkeep

LONGEST_API_ANSWER = 29  # seconds: API Gateway waits no longer
SHORTEST_TRIGGER = 30  # seconds
NETWORKS = ("subnet_ids", "security_group_ids")


def config_findings(
    config: Mapping[str, Any], functions: Mapping[str, bool], upkeep: Mapping[str, Upkeep] = UPKEEP
) -> Iterator[Finding]:
    """Refuse a .chalice/config.json in which a function lacks what it needs.

    `functions` maps the functions' names to whether they answer requests.
    """
    if config.get("autogen_policy") is not False:
        yield Finding("policies-are-written-by-hand", json.dumps(config.get("autogen_policy")))
    yield from _in_a_network(config, "config.json")
    yield from _secrets(config)
    for function, answers in functions.items():
        yield from _sizes(config.get("lambda_functions", {}).get(function, {}), function, answers)
        yield from _kept_up(upkeep.get(function), function, answers)
        yield from _traced(config.get("lambda_functions", {}).get(function, {}), function, upkeep.get(function))
        for stage, settings in config["stages"].items():
            own = settings.get("lambda_functions", {}).get(function, {})
            if own.get("iam_policy_file") != f"policy-{stage}-{function}.json":
                yield Finding("function-has-its-own-policy", f"{stage} {function}")


def _sizes(shared: Mapping[str, Any], function: str, answers: bool) -> Iterator[Finding]:
    seconds = shared.get("lambda_timeout", 0)
    if not (seconds == LONGEST_API_ANSWER if answers else seconds >= SHORTEST_TRIGGER):
        yield Finding("function-has-time", function)
    if not shared.get("lambda_memory_size"):
        yield Finding("function-has-memory", function)


def _kept_up(upkeep: Upkeep | None, function: str, answers: bool) -> Iterator[Finding]:
    heard = upkeep and (upkeep.failures if upkeep.told_by is not Teller.ANSWER else answers)
    if not heard:
        yield Finding("function-has-a-way-for-what-fails", function)
    if not upkeep or not 0 < upkeep.log_days <= LONGEST_LOG:
        yield Finding("function-log-is-let-go", function)


def _traced(shared: Mapping[str, Any], function: str, upkeep: Upkeep | None) -> Iterator[Finding]:
    if shared.get("xray", False) is not bool(upkeep and upkeep.traced):
        yield Finding("function-is-traced-as-it-may-be", function)


def _in_a_network(value: Any, place: str) -> Iterator[Finding]:
    """Look for a network at every level at which Chalice reads one."""
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        if key in NETWORKS and inner:
            yield Finding("function-is-in-no-network", place)
        yield from _in_a_network(inner, key)


def _secrets(value: Any) -> Iterator[Finding]:
    """Look for secrets among the environment variables of every level."""
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        if key == "environment_variables":
            yield from (Finding("environment-holds-no-secret", name) for name in inner if SECRET.search(name))
        else:
            yield from _secrets(inner)


def package_findings(package: Path) -> Iterator[Finding]:
    """Refuse a package that would break or bloat."""
    yield from (Finding("package-runs-in-lambda", fault) for fault in package_check.check([package]))
