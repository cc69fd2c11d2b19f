"""The policies, held against everything that a deploy would bring; one broken rule stops it."""

import json
from collections.abc import Iterable
from pathlib import Path

from infrastructure import NotDeployed, package_check, templates
from infrastructure.permissions import FUNCTIONS, Place, policy
from infrastructure.policies import Finding, config_findings, permission_findings, template_findings
from infrastructure.stages import Target
from infrastructure.steps import tell


class PolicyBroken(NotDeployed):
    """Something would be deployed that must not be; the text has one line for each finding."""


def before(target: Target, source: Path) -> None:
    """Judge templates, parameters, rights and configuration; raises PolicyBroken."""
    found = list(_findings(target, source))
    if found:
        raise PolicyBroken("\n".join(["policies are broken:", *(f"  {each.rule}: {each.subject}" for each in found)]))
    tell("policies hold")


def package(target: Target, made: Path) -> None:
    """Judge the built package; raises PolicyBroken."""
    if faults := package_check.check([made]):
        raise PolicyBroken("\n".join(faults))


def _findings(target: Target, source: Path) -> Iterable[Finding]:
    for path in sorted(templates.FOLDER.glob("*.yaml")):
        yield from template_findings(templates.load(path.stem))
    for function in FUNCTIONS:
        yield from permission_findings(function, policy(function, Place(target.stage)))
    config = json.loads((source / ".chalice" / "config.json").read_text())
    yield from config_findings(config, {function: function == "api_handler" for function in FUNCTIONS})
