"""Tells what is otherwise than it was deployed: `make drift STAGE=…`.

That is `python -m infrastructure.drift --stage …`; its exit status is 1 when something is otherwise.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import (
    NotDeployed,
    adoption,
    foundation,
    memory,
    packaging,
    permissions,
    running,
    stages,
    troubles,
    web,
)
from infrastructure.settings_drift import SettingsDrift, changed
from infrastructure.stack import Stack
from infrastructure.stack_drift import StackDrift
from infrastructure.stages import Target

TRACED = {True: "Active", False: "PassThrough"}


@dataclass(frozen=True)
class Drift:
    """A stage as it is, beside what it was deployed from."""

    target: Target
    note: Path
    pause: Callable[[float], None] = time.sleep

    def differences(self) -> Iterator[str]:
        """Tell each difference in a line."""
        if not memory.of(self.target).fetch_note(self.note):
            yield f"Chalice's note of stage {self.target.stage} is missing: nothing is deployed, or its memory is lost"
        for stack in self._stacks():
            yield from StackDrift(stack, self.pause).differences()
        yield from self._of_the_note()

    def ways_back(self) -> Iterator[str]:
        """Tell, once the differences are told, how to bring each stack back in which something was changed by hand."""
        for stack in self._stacks():
            yield from StackDrift(stack).way_back()

    def _stacks(self) -> list[Stack]:
        """List the stacks that a stage must have, and those of the others that it has."""
        cdn = web.cdn(self.target)
        optional = [
            web.backup(self.target),
            web.edge(self.target),
            Stack(self.target, "cloud-only"),
            Stack(self.target, "pipeline"),
        ]
        return [Stack(self.target, "foundation"), cdn, *(each for each in optional if each.status())]

    def _of_the_note(self) -> Iterator[str]:
        found = web.ground(self.target, None, {}).outputs()
        if not found:
            return
        config = json.loads((packaging.PROJECT / ".chalice" / "config.json").read_text())
        environment = foundation.environment(self.target.stage, found) | running.addresses(
            web.cdn(self.target).outputs(), self.target.choices
        )
        chosen = config["stages"].get(self.target.stage, {}).get("environment_variables", {})
        place = permissions.place(self.target.stage, self.target.account, self.target.region, environment)
        noted = memory.note_in(self.note).get("resources", [])
        lambdas = [each for each in noted if each["resource_type"] == "lambda_function"]
        functions = {each["name"]: each["lambda_arn"].rpartition(":")[2] for each in lambdas}
        for name in permissions.FUNCTIONS:
            if name not in functions:
                yield f"{adoption.function_name(self.target.stage, name)}: is not in Chalice's note"
        for name, function in functions.items():
            wanted = config["lambda_functions"].get(name, {})
            yield from self._of_function(name, function, wanted, chosen | environment, place)
        yield from self._of_the_code()
        yield from self._of_apis(noted)
        rules = [each["rule_name"] for each in noted if each["resource_type"] == "cloudwatch_event"]
        yield from SettingsDrift(self.target, functions, found).differences(rules)

    def _of_function(
        self,
        name: str,
        function: str,
        wanted: Mapping[str, Any],
        environment: Mapping[str, str],
        place: permissions.Place,
    ) -> Iterator[str]:
        functions = self.target.client("lambda")
        try:
            found = functions.get_function_configuration(FunctionName=function)
        except functions.exceptions.ResourceNotFoundException:
            yield f"{function}: is not there, but in Chalice's note"
            return
        for what, setting, there in (
            ("memory", "lambda_memory_size", "MemorySize"),
            ("timeout", "lambda_timeout", "Timeout"),
        ):
            if setting in wanted:
                yield from changed(function, what, wanted[setting], found[there])
        tracing = found.get("TracingConfig", {}).get("Mode", TRACED[False])
        yield from changed(function, "tracing", TRACED[wanted.get("xray", False)], tracing)
        yield from changed(function, "environment", environment, found.get("Environment", {}).get("Variables", {}))
        if name in permissions.FUNCTIONS:
            rights = self._rights(found["Role"].rpartition("/")[2])
            if rights != [permissions.policy(name, place)]:
                yield f"{function}: its role allows something else than its policy says"

    def _rights(self, role: str) -> list[dict[str, Any]]:
        iam = self.target.client("iam")
        names = iam.list_role_policies(RoleName=role)["PolicyNames"]
        found: list[dict[str, Any]] = [
            iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names
        ]
        return [*found, *iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]]

    def _of_the_code(self) -> Iterator[str]:
        known = memory.of(self.target).done().get("code", "")
        if known and running.code(self.target.session, self.target.stage, self.note) != known:
            yield "the functions run other code than the last deploy brought, or one of them is not there"

    def _of_apis(self, noted: Sequence[Mapping[str, str]]) -> Iterator[str]:
        there = {api["id"] for api in adoption.rest_apis(self.target.session, self.target.stage)}
        known = {each["rest_api_id"] for each in noted if "rest_api_id" in each}
        yield from (f"REST API {api}: is not there, but in Chalice's note" for api in sorted(known - there))
        yield from (f"REST API {api}: calls this stage, but is not in Chalice's note" for api in sorted(there - known))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every difference."""
    stage = stages.stage_argument(arguments, "Tell what of a stage is otherwise than it was deployed.")
    try:
        target = stages.target(stage)
        stages.introduce(target)
        with tempfile.TemporaryDirectory() as folder:
            drift = Drift(target, Path(folder) / f"{stage}.json")
            found, ways_back = list(drift.differences()), list(drift.ways_back())
    except (NotDeployed, BotoCoreError, ClientError) as error:
        print(f"not compared: {troubles.told(error)}", file=sys.stderr)
        return 2
    for difference in found:
        print(difference)
    print("nothing is otherwise than deployed" if not found else f"{len(found)} differences")
    if found:
        print(f"what belongs to the application: make deploy STAGE={stage} ARGS=--again")
    for line in ways_back:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
