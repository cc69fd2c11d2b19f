"""The pictures bucket: private originals with versions, immutable renditions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import faults
from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.pictures import (
    MAX_PICTURE_BYTES,
    RenderedPicture,
    Upload,
    original_key,
    preview_key,
    rendition_key,
    renditions_prefix,
)
from chalicelib.services.pictures import UploadForm

IMMUTABLE = "public, max-age=31536000, immutable"  # the digest in the name changes with the content


class PictureBucket:
    """The connector of the bucket."""

    def __init__(self, aws: Aws, name: str, upload_url: str | None) -> None:
        """Give `upload_url` where forms are posted to another address than the bucket's own."""
        self._aws = aws
        self._name = name
        self._upload_url = upload_url

    def upload_form(self, picture_id: str, content_type: str, expires_at: datetime) -> UploadForm:
        """Sign a form for one picture, bound to its key, its size and the types of pictures."""
        seconds = int((expires_at - datetime.now(UTC)).total_seconds())
        form = self._aws.s3.generate_presigned_post(
            self._name,
            original_key(picture_id),
            Fields={"Content-Type": content_type},
            Conditions=[["content-length-range", 1, MAX_PICTURE_BYTES], ["starts-with", "$Content-Type", "image/"]],
            ExpiresIn=seconds,
        )
        return UploadForm(self._upload_url or form["url"], form["fields"], expires_at)

    def newest(self, picture_id: str) -> Upload | None:
        """Find the newest version of an original, or None if there is none."""
        from botocore.exceptions import ClientError

        with faults():
            try:
                head = self._aws.s3.head_object(Bucket=self._name, Key=original_key(picture_id))
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] in (404, 405):  # 405: a delete marker
                    return None
                raise
        return Upload(head["VersionId"], head["LastModified"].astimezone(UTC), head["ContentLength"])

    def read(self, picture_id: str, version: str) -> bytes:
        """Read one version of an original; raises NotFound."""
        from botocore.exceptions import ClientError

        with faults():
            try:
                answer = self._aws.s3.get_object(Bucket=self._name, Key=original_key(picture_id), VersionId=version)
            except ClientError as error:
                if error.response["Error"]["Code"] in ("NoSuchKey", "NoSuchVersion"):
                    raise NotFound("There is no such version.") from None
                raise
            return answer["Body"].read()

    def put_renditions(self, picture_id: str, digest: str, rendered: RenderedPicture) -> None:
        """Store the files that everybody may see."""
        for rendition, data in rendered.renditions.items():
            self._put(rendition_key(picture_id, digest, rendition), data, "image/webp")
        self._put(preview_key(picture_id, digest), rendered.preview, "image/jpeg")

    def erase(self, picture_id: str) -> None:
        """Remove every version and every rendition; again is harmless."""
        with faults():
            for prefix in (original_key(picture_id), renditions_prefix(picture_id)):
                for versions in list(self._versions(prefix)):  # all first: deleting may confuse the listing
                    self._delete(versions)

    def _delete(self, versions: list[Any]) -> None:
        answer = self._aws.s3.delete_objects(Bucket=self._name, Delete={"Objects": versions, "Quiet": True})
        if answer.get("Errors"):  # S3 reports them in an answer that is a success
            raise Busy("The storage could not erase all just now.")

    def _put(self, key: str, data: bytes, content_type: str) -> None:
        with faults():
            self._aws.s3.put_object(
                Bucket=self._name, Key=key, Body=data, ContentType=content_type, CacheControl=IMMUTABLE
            )

    def _versions(self, prefix: str) -> Iterator[list[Any]]:
        pages = self._aws.s3.get_paginator("list_object_versions").paginate(Bucket=self._name, Prefix=prefix)
        for page in pages:
            found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            if found:
                yield [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in found]
