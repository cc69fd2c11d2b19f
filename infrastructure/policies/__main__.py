"""Holds every policy against what is in this folder: `python -m infrastructure.policies --stage prod`."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from infrastructure import packaging, stacks, stages, templates
from infrastructure.permissions import FUNCTIONS, Place, policy
from infrastructure.policies import (
    Finding,
    config_findings,
    mark_findings,
    package_findings,
    parameter_findings,
    permission_findings,
    template_findings,
)


def findings(
    stage: str,
    region: str = "",
    parameters: Mapping[str, Mapping[str, str]] | None = None,
    package: Path | None = None,
) -> Iterator[Finding]:
    """Find all that a deploy of a stage would break; `parameters` are those of each template by its name."""
    given = parameters or {}
    for name in templates.NAMES:
        own = given.get(name, {})
        yield from template_findings(templates.load(name), **{**own, "stage": stage})
        yield from parameter_findings(stage, region, own)
        yield from mark_findings(name, stacks.tags(stage))
    for function in FUNCTIONS:
        yield from permission_findings(function, policy(function, Place(stage)))
    config = json.loads((packaging.PROJECT / ".chalice" / "config.json").read_text())
    yield from config_findings(config, {function: function == "api_handler" for function in FUNCTIONS})
    yield from package_findings(package) if package else ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every finding; the exit status is 1 if there is any."""
    stage = stages.stage_argument(arguments, "Hold every policy against what a stage would deploy.")
    found = list(findings(stage))
    for finding in found:
        print(finding, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
