"""The contract of PictureBucket, and the form that S3 is asked to accept."""

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.bucket import PictureBucket
from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.pictures import MAX_PICTURE_BYTES, PICTURE_TYPES, Rendition, preview_key, rendition_key
from tests.builders import identifier, rendered
from tests.connectors.conftest import Uploads

PICTURE = identifier(500)
OTHER = identifier(501)


def test_the_newest_version_is_found_with_its_size_and_time(uploads: Uploads) -> None:
    uploads.upload(PICTURE, b"old")
    version = uploads.upload(PICTURE, b"newer")
    found = uploads.bucket.newest(PICTURE)
    assert found
    assert (found.version, found.size) == (version, len(b"newer"))
    assert abs(found.uploaded_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert found.uploaded_at.utcoffset() == timedelta(0)


def test_what_was_never_uploaded_has_no_newest_version(uploads: Uploads) -> None:
    assert uploads.bucket.newest(PICTURE) is None


def test_an_original_under_a_delete_marker_has_no_newest_version(uploads: Uploads) -> None:
    uploads.upload(PICTURE, b"old")
    uploads.delete(PICTURE)
    assert uploads.bucket.newest(PICTURE) is None


def test_every_version_is_read_as_it_was_uploaded(uploads: Uploads) -> None:
    old, new = uploads.upload(PICTURE, b"old"), uploads.upload(PICTURE, b"new")
    assert uploads.bucket.read(PICTURE, old) == b"old"
    assert uploads.bucket.read(PICTURE, new) == b"new"


def test_a_version_that_is_gone_is_not_found(uploads: Uploads) -> None:
    version = uploads.upload(PICTURE, b"old")
    uploads.bucket.erase(PICTURE)
    with pytest.raises(NotFound):
        uploads.bucket.read(PICTURE, version)


def test_a_version_that_is_gone_while_others_are_there_is_not_found(uploads: Uploads) -> None:
    version = uploads.upload(PICTURE, b"old")
    uploads.bucket.erase(PICTURE)
    uploads.upload(PICTURE, b"new")
    uploads.upload(PICTURE, b"newer")
    with pytest.raises(NotFound):
        uploads.bucket.read(PICTURE, version + "x")


def test_renditions_are_stored_under_their_keys(uploads: Uploads) -> None:
    uploads.bucket.put_renditions(PICTURE, "4be1", rendered())
    keys = {rendition_key(PICTURE, "4be1", size) for size in Rendition} | {preview_key(PICTURE, "4be1")}
    assert uploads.rendition_keys(PICTURE) == keys


def test_storing_renditions_again_is_harmless(uploads: Uploads) -> None:
    for _again in range(2):
        uploads.bucket.put_renditions(PICTURE, "4be1", rendered())
    assert len(uploads.rendition_keys(PICTURE)) == 4


def test_what_is_put_is_found_with_all_that_was_said_of_it(uploads: Uploads) -> None:
    said = Description("dog.png", "Ada", "dog", "Koło łąki")
    version = uploads.bucket.put(PICTURE, b"good", "image/png", said)
    found = uploads.bucket.newest(PICTURE)
    assert found == uploads.bucket.find(PICTURE, version)
    assert found
    assert (found.version, found.size, found.content_type) == (version, 4, "image/png")
    assert (found.description, found.quarter_turns) == (said, 0)
    assert uploads.bucket.read(PICTURE, version) == b"good"


def test_a_version_that_is_not_there_is_not_found(uploads: Uploads) -> None:
    uploads.upload(PICTURE, b"good")
    assert uploads.bucket.find(PICTURE, "3HL4kqtJlcpXrof3vjVBH40Nr8X8gdRQ") is None
    assert uploads.bucket.find(OTHER, "3HL4kqtJlcpXrof3vjVBH40Nr8X8gdRQ") is None


def test_a_copy_is_a_new_version_with_the_same_bytes_and_words(uploads: Uploads) -> None:
    said = Description("dog.png")
    first = uploads.bucket.put(PICTURE, b"first", "image/png", said)
    uploads.bucket.put(PICTURE, b"second", "image/jpeg", NOTHING_SAID)
    restored = uploads.bucket.copy(PICTURE, first)
    found = uploads.bucket.newest(PICTURE)
    assert found
    assert (found.version, found.content_type, found.description) == (restored, "image/png", said)
    assert uploads.bucket.read(PICTURE, restored) == b"first"
    assert uploads.bucket.read(PICTURE, first) == b"first"


def test_a_copy_of_the_newest_version_can_be_turned_and_stays_so(uploads: Uploads) -> None:
    version = uploads.bucket.put(PICTURE, b"first", "image/png", NOTHING_SAID)
    turned = uploads.bucket.copy(PICTURE, version, 3)
    again = uploads.bucket.copy(PICTURE, turned)
    upright = uploads.bucket.copy(PICTURE, again, 0)
    turns = [uploads.bucket.find(PICTURE, each) for each in (version, turned, again, upright)]
    assert [each and each.quarter_turns for each in turns] == [0, 3, 3, 0]


def test_what_only_the_backup_has_is_copied_back_under_the_same_name(uploads: Uploads) -> None:
    first = uploads.bucket.put(PICTURE, b"first", "image/png", Description("dog.png"))
    uploads.bucket.put(PICTURE, b"second", "image/png", NOTHING_SAID)
    uploads.replicate()
    uploads.expire(PICTURE)
    assert uploads.bucket.find(PICTURE, first) is None
    restored = uploads.bucket.copy(PICTURE, first)
    assert uploads.bucket.read(PICTURE, restored) == b"first"
    found = uploads.bucket.newest(PICTURE)
    assert found
    assert (found.version, found.description) == (restored, Description("dog.png"))


def test_what_neither_place_has_cannot_be_copied(uploads: Uploads) -> None:
    version = uploads.bucket.put(PICTURE, b"first", "image/png", NOTHING_SAID)
    uploads.replicate()
    uploads.bucket.erase(PICTURE)
    with pytest.raises(NotFound):
        uploads.bucket.copy(PICTURE, version)


def test_erasing_removes_every_version_and_every_rendition(uploads: Uploads) -> None:
    for data in (b"one", b"two", b"three"):
        uploads.upload(PICTURE, data)
    uploads.replicate()
    uploads.delete(PICTURE)
    uploads.upload(PICTURE, b"four")
    for digest in ("4be1", "77aa"):
        uploads.bucket.put_renditions(PICTURE, digest, rendered())
    uploads.replicate()
    uploads.bucket.erase(PICTURE)
    assert uploads.version_count(PICTURE) == 0
    assert uploads.rendition_keys(PICTURE) == set()


def test_erasing_leaves_other_pictures_alone(uploads: Uploads) -> None:
    uploads.upload(OTHER, b"other")
    uploads.bucket.put_renditions(OTHER, "4be1", rendered())
    uploads.bucket.erase(PICTURE)
    assert uploads.bucket.newest(OTHER)
    assert len(uploads.rendition_keys(OTHER)) == 4


def test_erasing_again_is_harmless(uploads: Uploads) -> None:
    for _again in range(2):
        uploads.bucket.erase(PICTURE)


def test_a_form_says_which_picture_it_is_for_and_when_it_ends(uploads: Uploads) -> None:
    ends = datetime.now(UTC) + timedelta(minutes=15)
    form = uploads.bucket.upload_form(PICTURE, "image/png", ends)
    assert form.url.startswith("http")
    assert form.fields["key"] == f"originals/{PICTURE}"
    assert form.fields["Content-Type"] == "image/png"
    assert form.expires_at == ends


def _policy(shared_aws: Aws, bucket_name: str, content_type: str = "image/jpeg") -> dict[str, Any]:
    ends = datetime.now(UTC) + timedelta(minutes=15)
    form = PictureBucket(shared_aws, bucket_name, None).upload_form(PICTURE, content_type, ends)
    policy: dict[str, Any] = json.loads(b64decode(form.fields["policy"]))
    return policy


def test_s3_accepts_only_one_key_of_one_bucket_with_a_form(shared_aws: Aws, bucket_name: str) -> None:
    conditions = _policy(shared_aws, bucket_name)["conditions"]
    assert {"key": f"originals/{PICTURE}"} in conditions
    assert {"bucket": bucket_name} in conditions


def test_s3_accepts_only_pictures_of_at_most_40_mb_with_a_form(shared_aws: Aws, bucket_name: str) -> None:
    conditions = _policy(shared_aws, bucket_name)["conditions"]
    assert ["content-length-range", 1, MAX_PICTURE_BYTES] in conditions
    assert ["starts-with", "$Content-Type", "image/"] in conditions


@pytest.mark.parametrize("content_type", PICTURE_TYPES)
def test_s3_lets_the_type_of_a_picture_be_another_than_was_announced(
    shared_aws: Aws, bucket_name: str, content_type: str
) -> None:
    conditions = _policy(shared_aws, bucket_name, content_type)["conditions"]
    named = [condition for condition in conditions if "Content-Type" in json.dumps(condition)]
    assert named == [["starts-with", "$Content-Type", "image/"]]


def test_s3_accepts_nothing_after_a_form_expired(shared_aws: Aws, bucket_name: str) -> None:
    ends = datetime.fromisoformat(_policy(shared_aws, bucket_name)["expiration"])
    assert timedelta(minutes=14) < ends - datetime.now(UTC) <= timedelta(minutes=15)


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "il-central-1"])
def test_a_form_is_posted_to_the_buckets_own_region(region: str) -> None:
    """The address of all regions redirects browsers while a bucket is new, and they refuse to follow."""
    aws = Aws(boto3.Session("key", "secret", region_name=region))
    form = PictureBucket(aws, "pictures", None).upload_form(PICTURE, "image/jpeg", datetime.now(UTC))
    assert form.url == f"https://pictures.s3.{region}.amazonaws.com/"


def test_a_form_may_be_posted_to_another_address(shared_aws: Aws, bucket_name: str) -> None:
    form = PictureBucket(shared_aws, bucket_name, "/uploads").upload_form(PICTURE, "image/jpeg", datetime.now(UTC))
    assert form.url == "/uploads"


def test_renditions_may_be_kept_by_everybody_for_ever(shared_aws: Aws, bucket_name: str) -> None:
    PictureBucket(shared_aws, bucket_name, None).put_renditions(PICTURE, "4be1", rendered())
    kept = shared_aws.s3.head_object(Bucket=bucket_name, Key=rendition_key(PICTURE, "4be1", Rendition.CARD))
    assert (kept["ContentType"], kept["CacheControl"]) == ("image/webp", "public, max-age=31536000, immutable")
    preview = shared_aws.s3.head_object(Bucket=bucket_name, Key=preview_key(PICTURE, "4be1"))
    assert preview["ContentType"] == "image/jpeg"


def test_more_versions_than_fit_one_listing_are_all_erased(
    shared_aws: Aws, bucket_name: str, small_listings: Callable[[Aws], None]
) -> None:
    for number in range(5):
        shared_aws.s3.put_object(Bucket=bucket_name, Key=f"originals/{PICTURE}", Body=b"%d" % number)
    own = Aws(shared_aws._session)
    small_listings(own)
    PictureBucket(own, bucket_name, None).erase(PICTURE)
    assert "Versions" not in shared_aws.s3.list_object_versions(Bucket=bucket_name)


@pytest.fixture
def small_listings() -> Callable[[Aws], None]:
    """Make S3 list two versions at a time."""

    def limit(params: dict[str, Any], **_event: Any) -> None:
        params["MaxKeys"] = 2

    return lambda aws: aws.s3.meta.events.register("provide-client-params.s3.ListObjectVersions", limit)


def test_an_erasure_that_s3_did_not_finish_is_no_success(shared_aws: Aws, bucket_name: str) -> None:
    def keep_one(parsed: dict[str, Any], **_event: Any) -> None:
        parsed["Errors"] = [{"Key": f"originals/{PICTURE}", "Code": "InternalError", "Message": "We failed."}]

    own = Aws(shared_aws._session)
    own.s3.meta.events.register("after-call.s3.DeleteObjects", keep_one)
    own.s3.put_object(Bucket=bucket_name, Key=f"originals/{PICTURE}", Body=b"x")
    with pytest.raises(Busy):
        PictureBucket(own, bucket_name, None).erase(PICTURE)
