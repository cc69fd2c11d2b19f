"""Each contract is tested on the fake and on the real connector in moto's cloud."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Protocol

import boto3
import pytest
from moto import mock_aws

from chalicelib.connectors.announcements import AnnouncementTable
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.bucket import PictureBucket as S3Bucket
from chalicelib.connectors.cases import CaseTable
from chalicelib.connectors.markers import MarkerTable
from chalicelib.connectors.messages import MessageTable
from chalicelib.connectors.pictures import PictureTable
from chalicelib.connectors.secrets import ParameterSecrets
from chalicelib.connectors.sightings import SightingTable
from chalicelib.connectors.sources import SourceTable
from chalicelib.connectors.table import Table
from chalicelib.connectors.uses import UseTable
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.pictures import original_key, renditions_prefix
from chalicelib.services.access import Secrets, SourceKeys
from chalicelib.services.changes import AnnouncementStore, Change
from chalicelib.services.expiry import DueStore
from chalicelib.services.limits import UseStore
from chalicelib.services.lookalikes import PrintIndex
from chalicelib.services.messages import MessageStore
from chalicelib.services.moderation import CaseIndex
from chalicelib.services.paging import MarkerIndex
from chalicelib.services.pictures import PictureBucket, PictureStore
from chalicelib.services.sightings import SightingIndex
from infrastructure import foundation, templates
from tests.builders import NOON
from tests.conftest import ENVIRONMENT, REGION, STAGE
from tests.fakes import FixedSecrets, MemoryBucket, MemoryMarkers, MemorySourceKeys, MemoryStore
from tests.replication import expire, replicate

_NUMBERS = count(1)  # of tables and buckets


class Store(
    AnnouncementStore, PictureStore, PrintIndex, DueStore, MessageStore, UseStore, CaseIndex, SightingIndex, Protocol
):
    """Everything that is kept in the announcements table."""


class WholeTable(AnnouncementTable, PictureTable, MessageTable, UseTable, CaseTable, SightingTable):
    """All connectors of announcements over one table."""


@dataclass(frozen=True)
class Storage:
    """A store and the markers that it makes."""

    store: Store
    markers: MarkerIndex

    def keep(self, *announcements: Announcement) -> None:
        for announcement in announcements:
            self.store.commit([Change.of(None, announcement, NOON)])

    def change(self, before: Announcement, after: Announcement) -> Announcement:
        change = Change.of(before, after, NOON)
        self.store.commit([change])
        return change.after


@pytest.fixture(scope="module")
def shared_cloud() -> Iterator[boto3.Session]:
    """Give one cloud to all tests of a module, each of which makes its own table or bucket in it."""
    with mock_aws():
        session = boto3.Session()
        foundation.ensure_secrets(session, STAGE)
        yield session


@pytest.fixture(scope="module")
def shared_aws(shared_cloud: boto3.Session) -> Aws:
    return Aws(shared_cloud)


@pytest.fixture
def table(shared_aws: Aws) -> Table:
    """Give an empty table as the template has it."""
    return new_table(shared_aws)


@pytest.fixture
def bucket_name(shared_aws: Aws) -> str:
    """Make an empty bucket."""
    return new_bucket(shared_aws)


def new_table(aws: Aws) -> Table:
    properties = templates.load("foundation")["Resources"]["Announcements"]["Properties"]
    name = f"announcements-{next(_NUMBERS)}"
    aws.dynamodb.create_table(
        **{each: properties[each] for each in ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")},
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
    )
    return Table(aws, name)


def new_bucket(aws: Aws) -> str:
    name = f"pictures-{next(_NUMBERS)}"
    aws.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    aws.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


def storage_of(table: Table) -> Storage:
    return Storage(WholeTable(table), MarkerTable(table))


@pytest.fixture(params=["fake", "dynamodb"])
def storage(request: pytest.FixtureRequest) -> Storage:
    if request.param == "fake":
        store = MemoryStore()
        return Storage(store, MemoryMarkers(store))
    return storage_of(request.getfixturevalue("table"))


@pytest.fixture
def store(storage: Storage) -> Store:
    return storage.store


@pytest.fixture(params=["fake", "dynamodb"])
def source_keys(request: pytest.FixtureRequest) -> SourceKeys:
    if request.param == "fake":
        return MemorySourceKeys()
    return SourceTable(request.getfixturevalue("table"))


@pytest.fixture(params=["fake", "parameters"])
def secrets(request: pytest.FixtureRequest) -> Secrets:
    if request.param == "fake":
        return FixedSecrets()
    return ParameterSecrets(request.getfixturevalue("shared_aws"), ENVIRONMENT["SECRETS_PATH"])


class Uploads(Protocol):
    """A bucket, and what people and S3 do to it beside us."""

    @property
    def bucket(self) -> PictureBucket:
        """The bucket as the services see it."""

    def upload(self, picture_id: str, data: bytes) -> str:
        """Store a version of an original and give its name."""

    def delete(self, picture_id: str) -> None:
        """Set a delete marker on an original."""

    def rendition_keys(self, picture_id: str) -> set[str]:
        """Name the renditions that are there, here or in the backup."""

    def version_count(self, picture_id: str) -> int:
        """Count the versions of an original, delete markers among them, here and in the backup."""

    def replicate(self) -> None:
        """Bring the backup up to date, as S3 does in the background."""

    def expire(self, picture_id: str) -> None:
        """Let go all but the newest version, as the lifecycle does."""


@dataclass(frozen=True)
class MemoryUploads:
    """The fake, which starts at the present moment as S3 does."""

    bucket: MemoryBucket

    def upload(self, picture_id: str, data: bytes) -> str:
        return self.bucket.upload(picture_id, data)

    def delete(self, picture_id: str) -> None:
        self.bucket.upload(picture_id, None)

    def rendition_keys(self, picture_id: str) -> set[str]:
        renditions = (*self.bucket.renditions, *self.bucket.kept_renditions)
        return {key for key in renditions if key.startswith(renditions_prefix(picture_id))}

    def version_count(self, picture_id: str) -> int:
        return len(self.bucket.originals.get(picture_id, [])) + len(self.bucket.backup.get(picture_id, []))

    def replicate(self) -> None:
        pass  # the fake does at once

    def expire(self, picture_id: str) -> None:
        self.bucket.expire(picture_id)


@dataclass(frozen=True)
class S3Uploads:
    """S3 as moto has it."""

    bucket: S3Bucket
    aws: Aws
    name: str
    backup: str

    def upload(self, picture_id: str, data: bytes) -> str:
        return self.aws.s3.put_object(Bucket=self.name, Key=original_key(picture_id), Body=data)["VersionId"]

    def delete(self, picture_id: str) -> None:
        self.aws.s3.delete_object(Bucket=self.name, Key=original_key(picture_id))

    def rendition_keys(self, picture_id: str) -> set[str]:
        places, prefix = (self.name, self.backup), renditions_prefix(picture_id)
        listed = [self.aws.s3.list_objects_v2(Bucket=each, Prefix=prefix) for each in places]
        return {found["Key"] for each in listed for found in each.get("Contents", [])}

    def version_count(self, picture_id: str) -> int:
        places = (self.name, self.backup)
        listed = [self.aws.s3.list_object_versions(Bucket=each, Prefix=original_key(picture_id)) for each in places]
        return sum(len(each.get("Versions", [])) + len(each.get("DeleteMarkers", [])) for each in listed)

    def replicate(self) -> None:
        replicate(self.aws.s3, self.name, self.backup)

    def expire(self, picture_id: str) -> None:
        expire(self.aws.s3, self.name)


@pytest.fixture(params=["fake", "s3"])
def uploads(request: pytest.FixtureRequest) -> Uploads:
    if request.param == "fake":
        return MemoryUploads(MemoryBucket(now=datetime.now(UTC).replace(microsecond=0)))
    aws, name = request.getfixturevalue("shared_aws"), request.getfixturevalue("bucket_name")
    backup = new_bucket(aws)
    return S3Uploads(S3Bucket(aws, name, None, backup), aws, name, backup)
