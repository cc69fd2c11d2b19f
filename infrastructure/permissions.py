"""What each function may do, and nothing else: the source of .chalice/policy-<stage>-<function>.json.

`python -m infrastructure.permissions` writes those files, with a wildcard where only a deploy knows the account, the
region and the bucket; the deploy writes them again into its copy of the project with the names it knows.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infrastructure.foundation import SECRETS
from infrastructure.upkeep import UPKEEP

STAGES = ("local", "dev", "prod")

type Statement = dict[str, Any]

CHANGE = ("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem")  # one item, or several in a transaction
COUNT = "dynamodb:UpdateItem"  # one more, if there is room
CHECK = "dynamodb:ConditionCheckItem"  # that something is there, in a transaction
READ = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
FOLLOW = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams")
TRACE = ("xray:PutTraceSegments", "xray:PutTelemetryRecords")  # by Lambda, in the function's name
UPLOADED, SHOWN = "originals/*", "renditions/*"


@dataclass(frozen=True)
class Place:
    """Where a stage is deployed; a star where it is not known."""

    stage: str
    account: str = "*"
    region: str = "*"
    bucket: str = ""
    backup: str = ""

    def arn(self, service: str, resource: str) -> str:
        """Name a resource of this stage."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def announcements(self) -> list[str]:
        """Name the table of the announcements, without its indexes."""
        return [self.arn("dynamodb", f"table/homeward-{self.stage}-announcements")]

    def indexes(self) -> list[str]:
        """Name the indexes of the announcements."""
        return [f"{table}/index/*" for table in self.announcements()]

    def stream(self) -> list[str]:
        """Name the stream of the announcements, which has its time of birth for a name."""
        return [f"{table}/stream/*" for table in self.announcements()]

    def tiles(self) -> list[str]:
        """Name the table of the tiles."""
        return [self.arn("dynamodb", f"table/homeward-{self.stage}-tiles")]

    def pictures(self, *keys: str) -> list[str]:
        """Name the pictures bucket, or what is under some of its keys."""
        bucket = f"arn:aws:s3:::{self.bucket or f'homeward-{self.stage}-pictures-*'}"
        return [f"{bucket}/{key}" for key in keys] or [bucket]

    def kept(self, *keys: str) -> list[str]:
        """Name the backup bucket, or what is under some of its keys."""
        bucket = f"arn:aws:s3:::{self.backup or f'homeward-{self.stage}-backup-*'}"
        return [f"{bucket}/{key}" for key in keys] or [bucket]

    def failed(self, what: str) -> list[str]:
        """Name the queue of the failed pictures, or of the failed tiles."""
        return [self.arn("sqs", f"homeward-{self.stage}-failed-{what}")]

    def failures(self) -> list[str]:
        """Name the topic of what functions on a schedule could not do."""
        return [self.arn("sns", f"homeward-{self.stage}-failures")]

    def secrets(self) -> list[str]:
        """Name the parameters, one by one."""
        return [self.arn("ssm", f"parameter/homeward/{self.stage}/{name}") for name in SECRETS]

    def distribution(self) -> list[str]:
        """Name the CDN's distributions, whose ids nobody knows before they are made."""
        return [f"arn:aws:cloudfront::{self.account}:distribution/*"]

    def distribution_parameter(self) -> list[str]:
        """Name the parameter that tells which of them is this stage's."""
        return [self.arn("ssm", f"parameter/homeward/{self.stage}/cdn-distribution")]

    def log_group(self, function: str) -> list[str]:
        """Name a function's log group and its streams; the function of the REST API is named without a handler."""
        name = "" if function == "api_handler" else f"-{function}"
        group = self.arn("logs", f"log-group:/aws/lambda/homeward-{self.stage}{name}")
        return [group, f"{group}:*"]


def _allow(actions: tuple[str, ...] | str, resources: list[str]) -> Statement:
    listed = [actions] if isinstance(actions, str) else list(actions)
    return {"Effect": "Allow", "Action": listed, "Resource": resources}


def _logs(place: Place, function: str) -> Statement:
    return _allow(("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"), place.log_group(function))


def _trace(function: str) -> list[Statement]:
    """Let Lambda tell how long a call took; X-Ray has nothing to which that could be limited."""
    return [_allow(TRACE, ["*"])] if UPKEEP[function].traced else []


def _tell_of_failures(place: Place) -> Statement:
    """Let Lambda tell what a function on a schedule could not do, which it does in the function's name."""
    return _allow("sns:Publish", place.failures())


def _erase_pictures(place: Place) -> list[Statement]:
    """Let every version of a picture be found and removed, in the backup and the CDN too, as its withdrawal demands."""
    return [
        _allow("s3:ListBucketVersions", [*place.pictures(), *place.kept()]),
        _allow(
            ("s3:DeleteObject", "s3:DeleteObjectVersion"),
            [*place.pictures(UPLOADED, SHOWN), *place.kept(UPLOADED, SHOWN)],
        ),
        _allow("cloudfront:CreateInvalidation", place.distribution()),
        _allow("ssm:GetParameters", place.distribution_parameter()),
    ]


def _copy_pictures(place: Place) -> list[Statement]:
    """Let a version be looked at and made anew of an earlier one, which only the backup may have."""
    return [
        _allow("s3:ListBucket", [*place.pictures(), *place.kept()]),  # or S3 answers 403 and not 404 for what is gone
        _allow(("s3:GetObject", "s3:GetObjectVersion"), [*place.pictures(UPLOADED), *place.kept(UPLOADED)]),
        _allow("s3:PutObject", place.pictures(UPLOADED)),  # what a signed form lets the browser do, too
    ]


def _api(place: Place) -> list[Statement]:
    return [
        _allow((*CHANGE, COUNT, CHECK, "dynamodb:BatchGetItem"), place.announcements()),
        _allow("dynamodb:Query", [*place.announcements(), *place.indexes()]),
        _allow(READ, place.tiles()),
        *_copy_pictures(place),
        *_erase_pictures(place),
        _allow("ssm:GetParameters", place.secrets()),
    ]


def _make_renditions(place: Place) -> list[Statement]:
    return [
        _allow((*CHANGE, CHECK, "dynamodb:Query"), place.announcements()),
        _allow(("s3:GetObject", "s3:GetObjectVersion"), place.pictures(UPLOADED)),
        _allow("s3:ListBucket", place.pictures()),  # or S3 answers 403 and not 404 for what is gone
        _allow("s3:PutObject", place.pictures(SHOWN)),
        *_erase_pictures(place),
        _allow("sqs:SendMessage", place.failed("pictures")),  # Lambda sends what failed in the function's name
    ]


def _refuse_failed_picture(place: Place) -> list[Statement]:
    return [
        _allow((*CHANGE, CHECK, "dynamodb:Query"), place.announcements()),
        *_erase_pictures(place),
        _allow(("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"), place.failed("pictures")),
    ]


def _sweep_expired(place: Place) -> list[Statement]:
    return [
        _allow((*CHANGE, CHECK, "dynamodb:BatchGetItem", "dynamodb:Query"), place.announcements()),
        *_copy_pictures(place),
        *_erase_pictures(place),
        _tell_of_failures(place),
    ]


def _refresh_tiles(place: Place) -> list[Statement]:
    return [
        _allow(FOLLOW, place.stream()),
        _allow("dynamodb:Query", place.announcements()),
        _change_tiles(place),
        _allow("sqs:SendMessage", place.failed("tiles")),  # Lambda sends what failed in the function's name
    ]


def _refresh_wide_tiles(place: Place) -> list[Statement]:
    return [_change_tiles(place), _tell_of_failures(place)]


def _change_tiles(place: Place) -> Statement:
    return _allow((*READ, "dynamodb:PutItem", "dynamodb:DeleteItem"), place.tiles())


def _mend_tiles(place: Place) -> list[Statement]:
    return [
        _allow("dynamodb:Query", [*place.announcements(), *place.indexes()]),
        *_refresh_wide_tiles(place),
    ]


FUNCTIONS: Mapping[str, Callable[[Place], list[Statement]]] = {
    "api_handler": _api,
    "make_renditions": _make_renditions,
    "refuse_failed_picture": _refuse_failed_picture,
    "sweep_expired": _sweep_expired,
    "refresh_tiles": _refresh_tiles,
    "refresh_wide_tiles": _refresh_wide_tiles,
    "mend_tiles": _mend_tiles,
}


def place(stage: str, account: str, region: str, environment: Mapping[str, str]) -> Place:
    """Say where a stage is deployed, by the environment of its functions."""
    return Place(stage, account, region, environment["PICTURES_BUCKET"], environment.get("BACKUP_BUCKET", ""))


def policy(function: str, place: Place) -> dict[str, Any]:
    """Build the policy of a function, as IAM reads it."""
    besides = [_logs(place, function), *_trace(function)]
    return {"Version": "2012-10-17", "Statement": [*FUNCTIONS[function](place), *besides]}


def write(folder: Path, place: Place) -> None:
    """Write a stage's policies where Chalice looks for them."""
    for function in FUNCTIONS:
        text = json.dumps(policy(function, place), indent=2)
        (folder / f"policy-{place.stage}-{function}.json").write_text(text + "\n")


if __name__ == "__main__":
    for each in STAGES:
        write(Path(".chalice"), Place(each))
