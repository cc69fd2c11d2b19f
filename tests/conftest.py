"""What all tests share: the application in a cloud of its own, with a clock that the test turns."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from hypothesis import settings
from moto import mock_aws

STAGE = "local"
REGION: Final = "eu-central-1"
ENVIRONMENT = {
    "HOMEWARD_STAGE": STAGE,
    "ANNOUNCEMENTS_TABLE": f"homeward-{STAGE}-announcements",
    "ANNOUNCEMENTS_STREAM": f"arn:aws:dynamodb:{REGION}:123456789012:table/homeward-{STAGE}-announcements/stream/2026",
    "TILES_TABLE": f"homeward-{STAGE}-tiles",
    "PICTURES_BUCKET": f"homeward-{STAGE}-pictures-123456789012-{REGION}",
    "BACKUP_BUCKET": f"homeward-{STAGE}-backup-123456789012-{REGION}",
    "FAILED_PICTURES_QUEUE": f"homeward-{STAGE}-failed-pictures",
    "SECRETS_PATH": f"/homeward/{STAGE}",
    **dict.fromkeys(("ANNOUNCEMENTS_AN_HOUR", "MESSAGES_AN_HOUR", "PICTURES_A_DAY", "REPORTS_AN_HOUR"), "10000"),
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}
os.environ.update(ENVIRONMENT)  # app.py reads it at its import

import app as application  # noqa: E402 (needs the environment)
from chalicelib.bootstrap import Homeward  # noqa: E402
from chalicelib.connectors.aws import Aws  # noqa: E402
from chalicelib.services.expiry import Due  # noqa: E402
from infrastructure import foundation, templates  # noqa: E402
from tests import sharing_out  # noqa: E402
from tests.http import Client  # noqa: E402

if TYPE_CHECKING:
    from tests.local.running import RunningHomeward

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Homestead:
    """A deployed application: its wiring, its clock and a client of its API."""

    homeward: Homeward
    session: boto3.Session
    clock: Clock
    client: Client = field(default_factory=Client)

    @cached_property
    def table(self) -> Any:
        return self.session.resource("dynamodb").Table(ENVIRONMENT["ANNOUNCEMENTS_TABLE"])

    @cached_property
    def tiles(self) -> Any:
        return self.session.resource("dynamodb").Table(ENVIRONMENT["TILES_TABLE"])

    @cached_property
    def bucket(self) -> Any:
        return self.session.resource("s3").Bucket(ENVIRONMENT["PICTURES_BUCKET"])

    @cached_property
    def backup(self) -> Any:
        return self.session.resource("s3").Bucket(ENVIRONMENT["BACKUP_BUCKET"])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing_out.ByCloud:
    return sharing_out.ByCloud(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # one of several processes
        sharing_out.longest_first(items)


@pytest.fixture(scope="session")
def aws_session() -> boto3.Session:
    """Give one session for all tests: it reads the descriptions of AWS's services once."""
    return boto3.Session()


@pytest.fixture(scope="session")
def foundation_template() -> dict[str, Any]:
    """Give the template of the foundation, read once."""
    return templates.load("foundation")


@pytest.fixture
def cloud(aws_session: boto3.Session, foundation_template: dict[str, Any]) -> Iterator[boto3.Session]:
    """Give the tables and the buckets of the templates in moto's cloud."""
    with mock_aws():
        for name in ("Announcements", "Tiles"):
            _create_table(aws_session, foundation_template["Resources"][name]["Properties"], name.upper())
        for name in ("PICTURES_BUCKET", "BACKUP_BUCKET"):
            bucket = aws_session.resource("s3").create_bucket(
                Bucket=ENVIRONMENT[name], CreateBucketConfiguration={"LocationConstraint": REGION}
            )
            bucket.Versioning().enable()
        foundation.ensure_secrets(aws_session, STAGE)
        yield aws_session


def _create_table(session: boto3.Session, properties: dict[str, Any], name: str) -> None:
    parts = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode", "StreamSpecification")
    described = {part: properties[part] for part in parts if part in properties}
    if stream := described.get("StreamSpecification"):
        described["StreamSpecification"] = stream | {"StreamEnabled": True}  # which CloudFormation adds by itself
    session.client("dynamodb").create_table(TableName=ENVIRONMENT[f"{name}_TABLE"], **described)


def _one_by_one(work: Callable[[Due], bool], dues: Iterable[Due]) -> list[bool]:
    """Settle a batch one after the other: moto's transactions trip over each other."""
    return [work(due) for due in dues]


@pytest.fixture
def homestead(cloud: boto3.Session, monkeypatch: pytest.MonkeyPatch) -> Homestead:
    """Give the whole application with its own clock."""
    clock = Clock()
    homeward = Homeward(
        application.config, Aws(cloud), clock=clock, pause=lambda _seconds: None, settle_all=_one_by_one
    )
    monkeypatch.setattr(application, "homeward", homeward)
    return Homestead(homeward, cloud, clock)


settings.register_profile("homeward", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("homeward")


@pytest.fixture(scope="session")
def homeward(tmp_path_factory: pytest.TempPathFactory) -> Iterator["RunningHomeward"]:
    """Start everything for real, once: the local cloud, the application deployed on it, the page, the front door."""
    from tests.local.running import RunningHomeward

    running = RunningHomeward(tmp_path_factory.mktemp("homeward"))
    try:
        running.start()
        yield running
        running.stop()
    finally:
        if running.process and running.process.poll() is None:
            running.process.kill()
