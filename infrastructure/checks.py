"""The policies, held against everything that a deploy would bring; one broken rule stops it."""

from collections.abc import Iterable
from pathlib import Path

from infrastructure import NotDeployed, web
from infrastructure.policies import Finding, package_findings
from infrastructure.policies.__main__ import findings
from infrastructure.stages import Target
from infrastructure.telling import tell


class PolicyBroken(NotDeployed):
    """Something would be deployed that must not be; the text has one line for each finding."""


def before(target: Target) -> None:
    """Judge templates, their parameters, rights and configuration; raises PolicyBroken."""
    chosen = [web.edge(target), web.backup(target), web.ground(target, None, {}), web.cdn(target)]
    _stop_at(findings(target.stage, target.region, {stack.name: dict(stack.parameters) for stack in chosen}))
    tell("policies hold")


def package(made: Path) -> None:
    """Judge the built package; raises PolicyBroken."""
    _stop_at(package_findings(made))


def _stop_at(findings: Iterable[Finding]) -> None:
    if found := [f"  {each}" for each in findings]:
        raise PolicyBroken("\n".join(["policies are broken:", *found]))
