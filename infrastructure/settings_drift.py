"""What a deploy sets besides Chalice, and what wakes the functions, beside what is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infrastructure import concurrency, settings
from infrastructure.stages import Target
from infrastructure.upkeep import UPKEEP, Teller

AWAKE = "ENABLED"
ASLEEP = ("Disabled", "Disabling")


def changed(subject: str, what: str, wanted: object, found: object) -> Iterator[str]:
    """Tell a value that is otherwise than wanted."""
    if wanted != found:
        yield f"{subject}: {what} {wanted} is now {found}"


@dataclass(frozen=True)
class SettingsDrift:
    """The functions of a stage, by the names of .chalice/config.json, with what the foundation tells of itself."""

    target: Target
    functions: Mapping[str, str]
    found: Mapping[str, str]

    @property
    def _lambda(self) -> Any:
        return self.target.client("lambda")

    def differences(self, rules: Sequence[str]) -> Iterator[str]:
        """Tell each difference in a line; `rules` are those by which the clock wakes functions."""
        for name, function in self.functions.items():
            if name in UPKEEP and self._is_there(function):
                yield from self._of_failures(name, function)
                yield from self._of_the_log(name, function)
                yield from self._of_the_bound(name, function)
                yield from self._of_event_sources(name, function)
        for rule in rules:
            yield from self._of_the_rule(rule)

    def _is_there(self, function: str) -> bool:
        try:
            self._lambda.get_function_configuration(FunctionName=function)
        except self._lambda.exceptions.ResourceNotFoundException:
            return False
        return True

    def _of_failures(self, name: str, function: str) -> Iterator[str]:
        if UPKEEP[name].told_by is not Teller.LAMBDA:
            return
        try:
            told = self._lambda.get_function_event_invoke_config(FunctionName=function)
        except self._lambda.exceptions.ResourceNotFoundException:
            told = {}
        for setting, value in settings.failure_settings(UPKEEP[name], self.found).items():
            there = told.get(setting)
            yield from changed(function, setting, value, _failures_only(there) if isinstance(there, dict) else there)

    def _of_the_log(self, name: str, function: str) -> Iterator[str]:
        group = f"/aws/lambda/{function}"
        pages = self.target.client("logs").get_paginator("describe_log_groups").paginate(logGroupNamePrefix=group)
        kept = [each.get("retentionInDays") for page in pages for each in page["logGroups"] if _is(group, each)]
        yield from changed(f"the log {group}", "days kept", [UPKEEP[name].log_days], kept)

    def _of_the_bound(self, name: str, function: str) -> Iterator[str]:
        wanted, reserved = concurrency.MOST_AT_ONCE.get(name), concurrency.reserved(self._lambda, function)
        if wanted and not concurrency.has_room(self._lambda, reserved, wanted):
            wanted = None
        yield from changed(function, "reserved concurrency", wanted, reserved)

    def _of_event_sources(self, name: str, function: str) -> Iterator[str]:
        """Compare what Lambda reads for a function; the settings of the stream are set behind Chalice."""
        if UPKEEP[name].told_by not in (Teller.STREAM, Teller.QUEUE):
            return
        mappings = self._lambda.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
        if not mappings:
            yield f"{function}: no {UPKEEP[name].told_by.value} wakes it"
        for mapping in mappings:
            if mapping["State"] in ASLEEP:
                yield f"{function}: {mapping['EventSourceArn']} is disabled and does not wake it"
            if name == settings.TILE_FUNCTION:
                wanted = settings.stream_settings(self.target.stage, self.found["FailedTilesQueueArn"])
                for setting, value in wanted.items():
                    yield from changed(f"the stream of {function}", setting, value, mapping.get(setting))

    def _of_the_rule(self, rule: str) -> Iterator[str]:
        events = self.target.client("events")
        try:
            state = events.describe_rule(Name=rule)["State"]
        except events.exceptions.ResourceNotFoundException:
            yield f"{rule}: is not there, but in Chalice's note"
            return
        yield from changed(rule, "state", AWAKE, state)


def _failures_only(destinations: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the destinations that are empty, as AWS tells them."""
    return {name: each for name, each in destinations.items() if each}


def _is(group: str, described: Mapping[str, Any]) -> bool:
    return bool(described["logGroupName"] == group)
