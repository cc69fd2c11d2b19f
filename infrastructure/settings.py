"""What Chalice cannot set, set after it has deployed."""

import boto3

from infrastructure import foundation
from infrastructure.application import Deployed

PICTURE_FUNCTION = "make_renditions"
LONGEST_WAIT = 3600  # seconds that an upload may wait for a free function, before it counts as failed


def apply(session: boto3.Session, stage: str, deployed: Deployed) -> None:
    """Send a picture whose function died to the failed pictures at once; again is harmless.

    No retries: what kills the function once (a picture too big for its memory or its time) kills it again.
    """
    queue = foundation.outputs(session, stage)["FailedPicturesQueueArn"]
    session.client("lambda").put_function_event_invoke_config(
        FunctionName=deployed.functions[PICTURE_FUNCTION],
        MaximumRetryAttempts=0,
        MaximumEventAgeInSeconds=LONGEST_WAIT,
        DestinationConfig={"OnFailure": {"Destination": queue}},
    )
