"""The stack that holds the data, and the secrets beside it."""

import base64
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError, WaiterError

from infrastructure import NotDeployed

TEMPLATE = Path(__file__).parent / "templates" / "foundation.yaml"
SECRETS = ("manage-token-key", "cursor-key")
SECRET_BYTES = 32  # as long as the digest of SHA-256, which uses them
POLL = {"Delay": 1, "MaxAttempts": 1800}  # seconds, attempts: half an hour at most
NAMES = {
    "ANNOUNCEMENTS_TABLE": "AnnouncementsTable",
    "ANNOUNCEMENTS_STREAM": "AnnouncementsStreamArn",
    "TILES_TABLE": "TilesTable",
    "PICTURES_BUCKET": "PicturesBucket",
    "FAILED_PICTURES_QUEUE": "FailedPicturesQueue",
}


class FoundationFailed(NotDeployed):
    """The stack did not come about; the text has CloudFormation's reasons."""


def stack_name(stage: str) -> str:
    """Name a stage's stack."""
    return f"homeward-{stage}-foundation"


def secrets_path(stage: str) -> str:
    """Name the path of a stage's parameters, without a slash at its end."""
    return f"/homeward/{stage}"


def deploy(session: boto3.Session, stage: str) -> dict[str, str]:
    """Create or update the stack of a stage; returns the environment that the application needs to find it.

    Again with nothing changed is harmless. Raises FoundationFailed.
    """
    cloudformation = session.client("cloudformation")
    waiter = _change(cloudformation, stage)
    if waiter:
        _wait(cloudformation, waiter, stack_name(stage))
    return environment(stage, outputs(session, stage))


def environment(stage: str, stack_outputs: Mapping[str, str]) -> dict[str, str]:
    """Say in environment variables what the stack's outputs say."""
    found = {variable: stack_outputs[output] for variable, output in NAMES.items()}
    return {"HOMEWARD_STAGE": stage, "SECRETS_PATH": secrets_path(stage), **found}


def outputs(session: boto3.Session, stage: str) -> dict[str, str]:
    """Read the outputs of the deployed stack."""
    stacks = session.client("cloudformation").describe_stacks(StackName=stack_name(stage))["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stacks[0]["Outputs"]}


def ensure_secrets(session: boto3.Session, stage: str) -> None:
    """Make the secrets that are not there yet; one that is there is neither read nor changed."""
    ssm = session.client("ssm")
    for name in SECRETS:
        value = base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
        with suppress(ssm.exceptions.ParameterAlreadyExists):
            ssm.put_parameter(Name=f"{secrets_path(stage)}/{name}", Value=value, Type="SecureString", Overwrite=False)


def _change(cloudformation: Any, stage: str) -> str | None:
    """Start creating or updating the stack; returns the waiter to use, or None when nothing changes."""
    name = stack_name(stage)
    request: dict[str, Any] = {
        "StackName": name,
        "TemplateBody": TEMPLATE.read_text(),
        "Parameters": _pairs("Parameter{}", Stage=stage, OverTls=_over_tls(cloudformation)),
        "Tags": _pairs("{}", application="homeward", stage=stage),
    }
    try:
        if not _exists(cloudformation, name):
            cloudformation.create_stack(**request, EnableTerminationProtection=stage == "prod")
            return "stack_create_complete"
        cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return None
        raise FoundationFailed(f"{name}: {error}") from error
    return "stack_update_complete"


def _pairs(form: str, **values: str) -> list[dict[str, str]]:
    return [{form.format("Key"): key, form.format("Value"): value} for key, value in values.items()]


def _over_tls(client: Any) -> str:
    """Say whether this cloud is reached over TLS, as a local one is not."""
    return "false" if client.meta.endpoint_url.startswith("http://") else "true"


def _exists(cloudformation: Any, name: str) -> bool:
    try:
        stacks = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return False
        raise
    return bool(stacks) and stacks[0]["StackStatus"] != "DELETE_COMPLETE"


def _wait(cloudformation: Any, waiter: str, name: str) -> None:
    try:
        cloudformation.get_waiter(waiter).wait(StackName=name, WaiterConfig=POLL)
    except WaiterError as error:
        raise FoundationFailed("\n".join([f"{name}: {error}", *_reasons(cloudformation, name)])) from error


def _reasons(cloudformation: Any, name: str) -> Iterator[str]:
    """Tell which resources failed, the first failure last, as CloudFormation lists them."""
    for event in cloudformation.describe_stack_events(StackName=name)["StackEvents"]:
        if event["ResourceStatus"].endswith("_FAILED"):
            yield f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"
