"""The stack that holds the data, and the secrets beside it."""

import base64
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import boto3

from infrastructure import stacks

TEMPLATE = Path(__file__).parent / "templates" / "foundation.yaml"
ORIGIN_KEY = "origin-key"  # shown by the CDN to the API, as its value stands in the parameter
SECRETS = ("manage-token-key", "cursor-key", "network-key", ORIGIN_KEY)
SECRET_BYTES = 32  # as long as the digest of SHA-256, which uses them
NAMES = {
    "ANNOUNCEMENTS_TABLE": "AnnouncementsTable",
    "ANNOUNCEMENTS_STREAM": "AnnouncementsStreamArn",
    "TILES_TABLE": "TilesTable",
    "PICTURES_BUCKET": "PicturesBucket",
    "FAILED_PICTURES_QUEUE": "FailedPicturesQueue",
}
OPTIONAL = {"BACKUP_BUCKET": "BackupBucket"}


def stack_name(stage: str) -> str:
    """Name a stage's stack."""
    return f"homeward-{stage}-foundation"


def secrets_path(stage: str) -> str:
    """Name the path of a stage's parameters, without a slash at its end."""
    return f"/homeward/{stage}"


def deploy(session: boto3.Session, stage: str, backup: str | None = None) -> dict[str, str]:
    """Create or update the stack of a stage; returns the environment that the application needs to find it.

    `backup` is the bucket that originals are replicated to, "" for none; None leaves it as it is.
    Again with nothing changed is harmless. Raises StackFailed.
    """
    replication = {} if backup is None else {"BackupBucket": backup}
    cloudformation = session.client("cloudformation")
    found = stacks.bring(cloudformation, stack_name(stage), TEMPLATE.read_text(), stage, **replication)
    return environment(stage, found)


def environment(stage: str, stack_outputs: Mapping[str, str]) -> dict[str, str]:
    """Say in environment variables what the stack's outputs say."""
    found = {variable: stack_outputs[output] for variable, output in NAMES.items()}
    optional = {variable: stack_outputs[output] for variable, output in OPTIONAL.items() if output in stack_outputs}
    return {"HOMEWARD_STAGE": stage, "SECRETS_PATH": secrets_path(stage), **found, **optional}


def outputs(session: boto3.Session, stage: str) -> dict[str, str]:
    """Read the outputs of the deployed stack."""
    return stacks.outputs(session.client("cloudformation"), stack_name(stage))


def ensure_secrets(session: boto3.Session, stage: str) -> None:
    """Make the secrets that are not there yet; one that is there is neither read nor changed."""
    ssm = session.client("ssm")
    for name in SECRETS:
        value = base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
        with suppress(ssm.exceptions.ParameterAlreadyExists):
            ssm.put_parameter(Name=f"{secrets_path(stage)}/{name}", Value=value, Type="SecureString", Overwrite=False)
