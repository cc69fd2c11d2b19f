"""What Chalice cannot set, set after it has deployed; again is harmless."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import boto3

from infrastructure import NotDeployed, foundation
from infrastructure.application import Deployed

PICTURE_FUNCTION = "make_renditions"
LONGEST_WAIT = 3600  # seconds that an upload may wait for a free function, before it counts as failed

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
    _put_failed_pictures_aside(session, deployed, outputs["FailedPicturesQueueArn"])
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


def _put_failed_pictures_aside(session: boto3.Session, deployed: Deployed, queue: str) -> None:
    """Send a picture whose function died to the failed pictures at once.

    No retries: what kills the function once (a picture too big for its memory or its time) kills it again.
    """
    session.client("lambda").put_function_event_invoke_config(
        FunctionName=deployed.functions[PICTURE_FUNCTION],
        MaximumRetryAttempts=0,
        MaximumEventAgeInSeconds=LONGEST_WAIT,
        DestinationConfig={"OnFailure": {"Destination": queue}},
    )


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
