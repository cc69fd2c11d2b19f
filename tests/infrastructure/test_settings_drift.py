"""Each setting that somebody may change by hand is told; the local cloud stands for AWS."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infrastructure import concurrency, settings, web
from infrastructure.drift import Drift
from infrastructure.settings_drift import SettingsDrift
from tests.infrastructure.stage import Stage, until

type Change = Callable[[Stage], object]


def function(stage: Stage, name: str) -> dict[str, str]:
    return {"FunctionName": stage.deployed.functions[name]}


def rule(stage: Stage) -> dict[str, str]:
    return {"Name": f"{function(stage, 'sweep_expired')['FunctionName']}-event"}


def log(stage: Stage) -> dict[str, str]:
    return {"logGroupName": f"/aws/lambda/{function(stage, 'mend_tiles')['FunctionName']}"}


def switch(stage: Stage, name: str, state: str) -> None:
    """Switch what wakes a function on or off, and wait until it is."""
    client = stage.client("lambda")
    [mapping] = client.list_event_source_mappings(**function(stage, name))["EventSourceMappings"]
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=state == "Enabled")
    until(lambda: client.get_event_source_mapping(UUID=mapping["UUID"])["State"] == state)


def forgotten(stage: Stage) -> dict[str, Any]:
    """The failures of a function, gone nowhere and tried again and again."""
    elsewhere = {"OnFailure": {"Destination": f"{told(stage)['DeadLettersQueueArn']}"}}
    asked = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 21_600, "DestinationConfig": elsewhere}
    return function(stage, "make_renditions") | asked


def told(stage: Stage) -> dict[str, str]:
    return web.ground(stage.target, None, {}).outputs()


BY_HAND: dict[str, tuple[Change, list[str]]] = {
    "where failures go": (
        lambda stage: stage.client("lambda").put_function_event_invoke_config(**forgotten(stage)),
        [
            "make_renditions: MaximumRetryAttempts 0 is now 2",
            "make_renditions: MaximumEventAgeInSeconds 3600 is now 21600",
            "make_renditions: DestinationConfig",
        ],
    ),
    "that failures go somewhere": (
        lambda stage: stage.client("lambda").delete_function_event_invoke_config(**function(stage, "mend_tiles")),
        [
            "mend_tiles: MaximumRetryAttempts 2 is now None",
            "mend_tiles: MaximumEventAgeInSeconds 3600 is now None",
            "mend_tiles: DestinationConfig",
        ],
    ),
    "how long a log is kept": (
        lambda stage: stage.client("logs").put_retention_policy(**log(stage), retentionInDays=3),
        ["mend_tiles: days kept [30] is now [3]"],
    ),
    "that a log goes": (
        lambda stage: stage.client("logs").delete_retention_policy(**log(stage)),
        ["mend_tiles: days kept [30] is now [None]"],
    ),
    "a bound that protects the others": (
        lambda stage: stage.client("lambda").delete_function_concurrency(**function(stage, "make_renditions")),
        ["make_renditions: reserved concurrency 20 is now None"],
    ),
    "a function that was stopped": (
        lambda stage: stage.client("lambda").put_function_concurrency(
            **function(stage, "mend_tiles"), ReservedConcurrentExecutions=0
        ),
        ["mend_tiles: reserved concurrency None is now 0"],
    ),
    "the clock": (
        lambda stage: stage.client("events").disable_rule(**rule(stage)),
        ["sweep_expired-event: state ENABLED is now DISABLED"],
    ),
    "the queue": (
        lambda stage: switch(stage, "refuse_failed_picture", "Disabled"),
        ["failed-pictures is disabled and does not wake it"],
    ),
}


def bring_back(stage: Stage) -> None:
    """Do what a deploy does after Chalice has set what is Chalice's."""
    settings.apply(stage.session, stage.name, stage.deployed)
    concurrency.bound(stage.session, stage.deployed.functions)
    stage.client("events").enable_rule(**rule(stage))
    switch(stage, "refuse_failed_picture", "Enabled")


@pytest.mark.parametrize("what", BY_HAND)
def test_what_somebody_changed_by_hand_is_told_and_brought_back(stage: Stage, tmp_path: Path, what: str) -> None:
    change, expected = BY_HAND[what]
    drift = Drift(stage.target, tmp_path / "note.json")
    try:
        change(stage)
        found = list(drift.differences())
    finally:
        bring_back(stage)
    assert len(found) == len(expected)
    assert all(each in line for each, line in zip(expected, found, strict=True)), found
    assert list(drift.differences()) == []


def test_a_rule_of_chalices_that_is_gone_is_told(stage: Stage) -> None:
    found = SettingsDrift(stage.target, {}, {}).differences(["homeward-none-sweep_expired-event"])
    assert list(found) == ["homeward-none-sweep_expired-event: is not there, but in Chalice's note"]
