"""A stage: its name, the account and region it lives in, and what its operator chose for it in stages.json."""

import argparse
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from infrastructure import NotDeployed

NAMED = ("local", "dev", "prod")  # those that have their settings in .chalice/config.json
NAME = re.compile(r"(local|dev|prod|it-[a-z0-9-]{1,13})")  # it: made for a test and destroyed after it
CHOSEN = Path(__file__).parent / "stages.json"
PRODUCTION = "prod"
EDGE_REGION = "us-east-1"  # the only one in which CloudFront finds certificates, firewalls and its own metrics
IN_ENVIRONMENT = ("backup_region", "upload_url")
KINDS = {"str": str, "bool": bool, "int": int}


class Refused(NotDeployed):
    """It would do harm, or cannot be; the text says why and what to do."""


@dataclass(frozen=True)
class Choices:
    """What an operator may choose for a stage; all of it is optional, and a town needs none.

    `backup_region` is where the pictures are kept a second time; `domain` the name under which people find the map,
    `hosted_zone` the Route 53 zone in which its records are written; `firewall` and `own_key` cost a few USD a month;
    with `signing_key` there is a key pair by which the addresses of private documents are signed.
    """

    backup_region: str = ""
    domain: str = ""
    hosted_zone: str = ""
    alarm_email: str = ""
    monthly_budget: int = 5
    firewall: bool = False
    own_key: bool = False
    collector: str = ""
    signing_key: bool = False
    source: str = ""  # of push-to-deploy: CodeCommit or CodeConnections; without it there is none
    repository: str = ""
    branch: str = "main"
    connection: str = ""
    upload_url: str = ""  # where pictures are posted to, if not to their bucket: before a local cloud

    @classmethod
    def of(cls, stage: str, path: Path = CHOSEN, environment: Mapping[str, str] = os.environ) -> "Choices":
        """Read a stage's choices; BACKUP_REGION and UPLOAD_URL in the environment win. Raises Refused."""
        chosen: dict[str, Any] = json.loads(path.read_text()).get(stage, {})
        chosen |= {name: environment[name.upper()] for name in IN_ENVIRONMENT if environment.get(name.upper())}
        for name, value in chosen.items():
            kind = next((each.type for each in fields(cls) if each.name == name), None)
            if not isinstance(value, KINDS.get(str(getattr(kind, "__name__", kind)), ())):
                raise Refused(f"{path.name}: {stage} cannot choose {name}: {value!r}.")
        return cls(**chosen)


@dataclass(frozen=True)
class Target:
    """Where a stage is deployed."""

    stage: str
    session: boto3.Session
    choices: Choices = field(default_factory=Choices)

    @cached_property
    def account(self) -> str:
        """The number of the account."""
        return str(self.session.client("sts").get_caller_identity()["Account"])

    @property
    def region(self) -> str:
        """The region of everything but the edge and the backup."""
        return str(self.session.region_name)

    @property
    def is_local(self) -> bool:
        """Whether this is a local cloud, which is reached over plain HTTP."""
        return str(self.session.client("sts").meta.endpoint_url).startswith("http://")

    def bucket(self, purpose: str) -> str:
        """Name one of the foundation's buckets, also before it is there."""
        return f"homeward-{self.stage}-{purpose}-{self.account}-{self.region}"

    def stack(self, name: str) -> str:
        """Name a stack of the stage."""
        return f"homeward-{self.stage}-{name}"

    def client(self, service: str, region: str | None = None) -> Any:
        """Make a client, in another region if one is named."""
        return self.session.client(service, region_name=region or self.region)  # type: ignore[call-overload]


def parser(description: str) -> argparse.ArgumentParser:
    """Read a command line that names a stage."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--stage", type=_named, required=True, help="dev, prod, or it-… for a test")
    return made


def stage_argument(arguments: Sequence[str] | None, description: str) -> str:
    """Read the stage off a command line that names nothing else."""
    return str(parser(description).parse_args(arguments).stage)


def target(stage: str) -> Target:
    """Find the account of the environment; refuse to bring the laptop's stage to the cloud. Raises Refused."""
    if stage == "local" and not os.environ.get("AWS_ENDPOINT_URL"):
        raise Refused("The stage `local` lives on this machine: `make run` deploys it.")
    session = boto3.Session()
    if not session.region_name:
        raise Refused("No region is chosen: set AWS_DEFAULT_REGION, or a region in your profile.")
    return Target(stage, session, Choices.of(stage))


def introduce(target: Target) -> None:
    """Say which account this is about, before anything is done to it."""
    print(f"- account {target.account}, region {target.region}, profile {target.session.profile_name}", flush=True)


def _named(text: str) -> str:
    if NAME.fullmatch(text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no stage: dev, prod, or it-… with at most 16 characters")
