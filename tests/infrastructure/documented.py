"""The commands of a section of a document, carried out as they stand; only the names are a test's own."""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore import xform_name

from tools.bring_back.__main__ import main as bring_back

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
SERVICES = {"s3api": "s3"}  # what the AWS CLI calls otherwise than the SDK does


def commands(title: str, names: Mapping[str, str]) -> list[list[str]]:
    """The commands of a section, each as its words; `names` replaces what stands for a name."""
    section = re.search(rf"^### {title}\n(.*?)(?=^##)", OPERATIONS.read_text(), re.DOTALL | re.MULTILINE)
    assert section
    told = "".join(re.findall(r"^```\n(.*?)^```$", section[1], re.DOTALL | re.MULTILINE)).replace("\\\n", "")
    for name, ours in names.items():
        assert name in told
        told = told.replace(name, ours)
    return [shlex.split(line) for line in told.splitlines()]


def carry_out(session: boto3.Session, words: list[str]) -> Any:
    """Do what a command does; tells the answer of AWS, or the exit status of ours."""
    match words:
        case ["aws", service, "wait", waiter, *options]:
            client: Any = session.client(SERVICES.get(service, service))  # type: ignore[call-overload]
            waiting = client.get_waiter(waiter.replace("-", "_"))
            return waiting.wait(**_arguments(client, waiting.config.operation, options))
        case ["aws", service, operation, *options]:
            client = session.client(SERVICES.get(service, service))  # type: ignore[call-overload]
            method = operation.replace("-", "_")
            return getattr(client, method)(**_arguments(client, client.meta.method_to_api_mapping[method], options))
        case ["make", "bring-back", *settings]:
            given = dict(setting.split("=") for setting in settings)
            return bring_back(["--stage", given["STAGE"], "--from", given["FROM"]])
    raise AssertionError(words)


def _arguments(client: Any, operation: str, options: list[str]) -> dict[str, Any]:
    """Read options as the AWS CLI does: each is named after a field of the call."""
    members = client.meta.service_model.operation_model(operation).input_shape.members
    fields = {f"--{xform_name(name, '-')}": name for name in members}
    return {fields[option]: text for option, text in zip(options[::2], options[1::2], strict=True)}
