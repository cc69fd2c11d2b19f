"""The contract of Stock and Inventory: long listings, read page by page, and the list of all pictures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.bucket import PictureBucket as S3Bucket
from chalicelib.connectors.inventory import PictureInventory
from chalicelib.connectors.stock import PictureStock
from chalicelib.connectors.table import Table
from chalicelib.domain.pictures import PictureRecord
from chalicelib.domain.stock import Found, Progress, Stage
from chalicelib.domain.versions import Version
from chalicelib.services.changes import Change
from chalicelib.services.reconciling import Inventory, Stock
from tests.builders import NOON, announcement, identifier, picture, rendered, upload
from tests.connectors.conftest import MemoryUploads, S3Uploads, Store, Uploads, WholeTable, new_bucket
from tests.fakes import MemoryBucket, MemoryStock, MemoryStore

DAY = NOON.date()
FIRST, SECOND, THIRD = identifier(501), identifier(502), identifier(503)


@dataclass(frozen=True)
class Shelf:
    """A bucket, and its listings by pages of a size."""

    uploads: Uploads
    stock: Callable[[int], Stock]

    def read(self, stage: Stage, size: int) -> Iterator[Found]:
        """Read all pages of a stage."""
        progress, stock = Progress(DAY, stage), self.stock(size)
        while progress.stage is stage:
            page = stock.page(progress)
            assert len(page.found) <= size
            yield from page.found
            progress = progress.after(page.next)


@pytest.fixture(params=["fake", "s3"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    if request.param == "fake":
        memory = MemoryBucket(now=datetime.now(UTC).replace(microsecond=0))
        return Shelf(MemoryUploads(memory), lambda size: MemoryStock(memory, size))
    aws: Aws = request.getfixturevalue("shared_aws")
    name, backup = new_bucket(aws), new_bucket(aws)
    uploads = S3Uploads(S3Bucket(aws, name, None, backup), aws, name, backup)
    return Shelf(uploads, lambda size: PictureStock(aws, name, backup, size))


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_every_version_of_every_original_is_listed_once_whatever_the_page(shelf: Shelf, size: int) -> None:
    sent = {each: [shelf.uploads.upload(each, b"%d" % n) for n in range(3)] for each in (FIRST, SECOND, THIRD)}
    found = list(shelf.read(Stage.ORIGINALS, size))
    assert {(each.picture_id, each.version) for each in found} == {(p, v) for p, all_of in sent.items() for v in all_of}
    assert len(found) == 9
    assert [each.picture_id for each in found] == sorted(each.picture_id for each in found)
    assert {each.version for each in found if each.is_newest} == {versions[-1] for versions in sent.values()}
    for each in found:
        assert each.uploaded_at
        assert abs(each.uploaded_at - datetime.now(UTC)) < timedelta(minutes=1)
        assert not each.is_deletion


@pytest.mark.parametrize("size", [1, 1000])
def test_a_deletion_by_hand_is_listed_as_one(shelf: Shelf, size: int) -> None:
    shelf.uploads.upload(FIRST, b"good")
    shelf.uploads.delete(FIRST)
    found = list(shelf.read(Stage.ORIGINALS, size))
    assert {(each.is_newest, each.is_deletion) for each in found} == {(True, True), (False, False)}


def test_an_empty_bucket_has_one_empty_page(shelf: Shelf) -> None:
    for stage in (stage for stage in Stage if stage is not Stage.DONE):
        assert list(shelf.read(stage, 2)) == []


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_the_backup_is_listed_as_the_bucket_is(shelf: Shelf, size: int) -> None:
    versions = {shelf.uploads.upload(each, b"good") for each in (FIRST, SECOND, FIRST)}
    shelf.uploads.replicate()
    assert {each.version for each in shelf.read(Stage.BACKUP, size)} == versions


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_every_picture_with_renditions_is_named_once(shelf: Shelf, size: int) -> None:
    for each in (THIRD, FIRST, SECOND):
        for digest in ("4be1", "77aa"):
            shelf.uploads.bucket.put_renditions(each, digest, rendered())
    shelf.uploads.replicate()
    for stage in (Stage.RENDITIONS, Stage.RENDITIONS_OF_BACKUP):
        assert [each.picture_id for each in shelf.read(stage, size)] == [FIRST, SECOND, THIRD]


def test_where_there_is_no_backup_there_is_nothing_in_it(shared_aws: Aws, bucket_name: str) -> None:
    stock = PictureStock(shared_aws, bucket_name, None)
    assert stock.page(Progress(DAY, Stage.BACKUP)).found == []
    assert stock.page(Progress(DAY, Stage.RENDITIONS_OF_BACKUP)).found == []


def test_what_lies_in_the_bucket_besides_is_not_ours_to_judge(shared_aws: Aws, bucket_name: str) -> None:
    for key in ("originals/notes.txt", "renditions/logo.svg", "renditions/x/y.webp", f"other/{FIRST}"):
        shared_aws.s3.put_object(Bucket=bucket_name, Key=key, Body=b"x")
    stock = PictureStock(shared_aws, bucket_name, None)
    assert [stock.page(Progress(DAY, stage)).found for stage in (Stage.ORIGINALS, Stage.RENDITIONS)] == [[], []]


@pytest.fixture(params=["fake", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> tuple[Store, Inventory]:
    if request.param == "fake":
        store = MemoryStore()
        return store, store
    table: Table = request.getfixturevalue("table")
    return WholeTable(table), PictureInventory(table)


def _keep(store: Store, *picture_ids: str) -> None:
    pictures = tuple(picture(id=each) for each in picture_ids)
    each = announcement(pictures=pictures)
    records = [PictureRecord(one, each.id) for one in pictures]
    store.commit([replace(Change.of(None, each, NOON), records=records)])


def test_pictures_are_on_the_list_from_the_first_until_they_are_forgotten(kept: tuple[Store, Inventory]) -> None:
    store, inventory = kept
    _keep(store, SECOND, FIRST, THIRD)
    assert list(inventory.listed("", None)) == [FIRST, SECOND, THIRD]
    store.forget_picture(SECOND)
    assert list(inventory.listed("", None)) == [FIRST, THIRD]
    inventory.list_picture(SECOND)
    inventory.list_picture(SECOND)
    assert list(inventory.listed("", None)) == [FIRST, SECOND, THIRD]


def test_the_list_is_read_by_ranges(kept: tuple[Store, Inventory]) -> None:
    store, inventory = kept
    _keep(store, FIRST, SECOND, THIRD)
    assert list(inventory.listed(FIRST, THIRD)) == [SECOND, THIRD]
    assert list(inventory.listed("", SECOND)) == [FIRST, SECOND]
    assert list(inventory.listed(SECOND, SECOND)) == []
    assert list(inventory.listed(THIRD, None)) == []


def test_records_and_versions_are_read_together(kept: tuple[Store, Inventory]) -> None:
    store, inventory = kept
    _keep(store, FIRST, SECOND)
    version = Version.of(FIRST, upload())
    store.note_version(version)
    assert set(inventory.records_of([FIRST, SECOND, THIRD])) == {FIRST, SECOND}
    assert inventory.records_of([FIRST])[FIRST] == store.picture(FIRST)
    names = [(FIRST, "v1"), (FIRST, "v2"), (THIRD, "v1")]
    assert inventory.known_versions(names) == {(FIRST, "v1"): version}


@pytest.mark.parametrize(
    "progress", [Progress(DAY), Progress(DAY, Stage.BACKUP, FIRST, "v1"), Progress(DAY, Stage.DONE)], ids=str
)
def test_how_far_it_came_is_remembered(kept: tuple[Store, Inventory], progress: Progress) -> None:
    _store, inventory = kept
    assert inventory.progress() is None
    inventory.put_progress(progress)
    assert inventory.progress() == progress
