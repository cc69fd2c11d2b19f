"""What Chalice cannot set, set after it has deployed; again is harmless."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import boto3

from infrastructure import NotDeployed, foundation
from infrastructure.application import Deployed
from infrastructure.upkeep import UPKEEP, Teller, Upkeep

TILE_FUNCTION = "refresh_tiles"
MARKERS = {"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "C#"}]}}}}  # all that tiles are made of
RETRIES = 4  # of a record that fails even alone: throttling has passed by then, and a bad record holds up the others
LONGEST_BACKLOG = 43_200  # seconds, half a day: what is older than that, the nightly mending counts
BATCHING_WINDOW = 30  # seconds: counts may be a minute behind, and a batch writes a tile once for all its markers
SETTLING_PATIENCE = 180  # seconds in which Lambda takes up what was changed before


class DoesNotSettle(NotDeployed):
    """Lambda did not take up a change in time; the text says of what."""


def apply(session: boto3.Session, stage: str, deployed: Deployed, pause: Callable[[float], None] = time.sleep) -> None:
    """Set it all."""
    outputs = foundation.outputs(session, stage)
    for name, function in deployed.functions.items():
        _take_other_rights(session, function)
        _end_tracing(session.client("lambda"), name, function)
        _keep_up(session, name, function, outputs)
    _follow_the_stream(
        session.client("lambda"),
        {"FunctionName": deployed.functions[TILE_FUNCTION], "EventSourceArn": outputs["AnnouncementsStreamArn"]},
        stream_settings(stage, outputs["FailedTilesQueueArn"]),
        pause,
    )


def stream_settings(stage: str, queue: str) -> dict[str, Any]:
    """Say how the stream comes to the tiles: only markers, in big batches, of which none blocks those behind it."""
    return {
        "FilterCriteria": {"Filters": [{"Pattern": json.dumps(MARKERS)}]},
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": RETRIES,
        "MaximumRecordAgeInSeconds": LONGEST_BACKLOG,
        "DestinationConfig": {"OnFailure": {"Destination": queue}},
        "MaximumBatchingWindowInSeconds": 0 if stage == "local" else BATCHING_WINDOW,
        "ParallelizationFactor": 1,
    }


def failure_settings(upkeep: Upkeep, outputs: Mapping[str, str]) -> dict[str, Any]:
    """Say what becomes of an event that nobody waits for, when its function fails on it."""
    return {
        "MaximumRetryAttempts": upkeep.retries,
        "MaximumEventAgeInSeconds": upkeep.longest_wait,
        "DestinationConfig": {"OnFailure": {"Destination": outputs[upkeep.failures]}},
    }


def _take_other_rights(session: boto3.Session, function: str) -> None:
    """Leave a function's role the one policy that Chalice writes, which has the role's name: it looks at no other."""
    iam = session.client("iam")
    role = session.client("lambda").get_function_configuration(FunctionName=function)["Role"].rpartition("/")[2]
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        if name != role:
            iam.delete_role_policy(RoleName=role, PolicyName=name)
    for attached in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=role, PolicyArn=attached["PolicyArn"])


def _end_tracing(functions: Any, name: str, function: str) -> None:
    """Trace a function no more that should not be: Chalice begins to trace, and never ends it."""
    mode = functions.get_function_configuration(FunctionName=function).get("TracingConfig", {}).get("Mode")
    if mode == "Active" and not UPKEEP[name].traced:
        functions.get_waiter("function_updated_v2").wait(FunctionName=function)
        functions.update_function_configuration(FunctionName=function, TracingConfig={"Mode": "PassThrough"})


def _keep_up(session: boto3.Session, name: str, function: str, outputs: Mapping[str, str]) -> None:
    """Send what a function could not do to where it is looked at, and let its log go after a while."""
    upkeep = UPKEEP[name]
    if upkeep.told_by is Teller.LAMBDA:
        session.client("lambda").put_function_event_invoke_config(
            FunctionName=function, **failure_settings(upkeep, outputs)
        )
    _let_go_of_the_log(session, f"/aws/lambda/{function}", upkeep)


def _let_go_of_the_log(session: boto3.Session, group: str, upkeep: Upkeep) -> None:
    """Make the log group before the function does, for it would keep everything for ever."""
    logs = session.client("logs")
    with suppress(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName=group)
    logs.put_retention_policy(logGroupName=group, retentionInDays=upkeep.log_days)


def _follow_the_stream(
    functions: Any, ends: Mapping[str, str], wanted: Mapping[str, Any], pause: Callable[[float], None]
) -> None:
    """Change what is otherwise; Lambda refuses a change while it still takes up the last one, such as Chalice's."""
    [mapping] = functions.list_event_source_mappings(**ends)["EventSourceMappings"]
    settled = _settled(functions, mapping["UUID"], pause)
    changed = {name: value for name, value in wanted.items() if settled.get(name) != value}
    if changed:
        functions.update_event_source_mapping(UUID=mapping["UUID"], **changed)


def _settled(functions: Any, mapping: str, pause: Callable[[float], None]) -> dict[str, Any]:
    for _ in range(SETTLING_PATIENCE):
        found: dict[str, Any] = functions.get_event_source_mapping(UUID=mapping)
        if not found["State"].endswith("ing"):  # Creating, Enabling, Disabling, Updating
            return found
        pause(1)
    raise DoesNotSettle(f"the stream of {TILE_FUNCTION} is not ready after {SETTLING_PATIENCE} s: deploy again")
