"""The stack that keeps the pictures a second time, in another region."""

from pathlib import Path

import boto3

from infrastructure import stacks

TEMPLATE = Path(__file__).parent / "templates" / "backup.yaml"


def stack_name(stage: str) -> str:
    """Name a stage's stack."""
    return f"homeward-{stage}-backup"


def deploy(session: boto3.Session, stage: str, region: str) -> str:
    """Create or update the stack in a region; returns the name of its bucket. Raises StackFailed."""
    cloudformation = session.client("cloudformation", region_name=region)
    return stacks.bring(cloudformation, stack_name(stage), TEMPLATE.read_text(), stage)["BackupBucket"]
