"""The objects of one bucket, with all their versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from chalicelib import journal
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import faults
from chalicelib.domain.descriptions import Description
from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.pictures import Upload

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CopySourceTypeDef, HeadObjectOutputTypeDef

DESCRIPTION, TURNS, REQUEST = "description", "quarter-turns", "correlation"  # names of our metadata
_ABSENT = (400, 404, 405)  # a version id that is none of this bucket's; no such key or version; a delete marker


@dataclass(frozen=True)
class Objects:
    """A bucket by its name; the SDK finds out by itself in which region it is."""

    aws: Aws
    name: str

    def head(self, key: str, version: str | None = None) -> Upload | None:
        """Find a version of an object, the newest where none is named, or None."""
        from botocore.exceptions import ClientError

        named = {"VersionId": version} if version else {}
        with faults():
            try:
                head = self.aws.s3.head_object(Bucket=self.name, Key=key, **named)  # type: ignore[arg-type]
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] in _ABSENT:
                    return None
                raise
        return _upload(head)

    def read(self, key: str, version: str) -> bytes:
        """Read a version of an object; raises NotFound."""
        from botocore.exceptions import ClientError

        with faults():
            try:
                answer = self.aws.s3.get_object(Bucket=self.name, Key=key, VersionId=version)
            except ClientError as error:
                if error.response["Error"]["Code"] in ("NoSuchKey", "NoSuchVersion"):
                    raise NotFound("There is no such version.") from None
                raise
            return answer["Body"].read()

    def put(self, key: str, data: bytes, content_type: str, metadata: dict[str, str]) -> str:
        """Store the next version of an object and give its name."""
        with faults():
            answer = self.aws.s3.put_object(
                Bucket=self.name, Key=key, Body=data, ContentType=content_type, Metadata=metadata
            )
        return answer["VersionId"]

    def copy(self, key: str, source: Objects, upload: Upload, quarter_turns: int) -> str:
        """Make the next version of an object of a version of the same key, here or in another bucket.

        The metadata is written anew: S3 refuses to copy an object onto itself with nothing changed.
        """
        wanted: CopySourceTypeDef = {"Bucket": source.name, "Key": key, "VersionId": upload.version}
        with faults():
            answer = self.aws.s3.copy_object(
                Bucket=self.name,
                Key=key,
                CopySource=wanted,
                MetadataDirective="REPLACE",
                ContentType=upload.content_type,
                StorageClass="STANDARD",
                Metadata=metadata_of(upload.description, quarter_turns),
            )
        return answer["VersionId"]

    def erase(self, prefix: str) -> None:
        """Remove every version of every object that begins so; again is harmless; raises Busy."""
        with faults():
            for versions in list(self._versions(prefix)):  # all first: deleting may confuse the listing
                answer = self.aws.s3.delete_objects(Bucket=self.name, Delete={"Objects": versions, "Quiet": True})
                if answer.get("Errors"):  # S3 reports them in an answer that is a success
                    raise Busy("The storage could not erase all just now.")

    def _versions(self, prefix: str) -> Iterator[list[Any]]:
        pages = self.aws.s3.get_paginator("list_object_versions").paginate(Bucket=self.name, Prefix=prefix)
        for page in pages:
            found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            if found:
                yield [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in found]


def metadata_of(description: Description, quarter_turns: int = 0) -> dict[str, str]:
    """Write what an original carries with it, in its every copy."""
    turned = str(quarter_turns) if quarter_turns else ""
    said = {DESCRIPTION: description.encoded(), TURNS: turned, REQUEST: journal.correlation_id()}
    return {name: text for name, text in said.items() if text}


def _upload(head: HeadObjectOutputTypeDef) -> Upload:
    metadata = head["Metadata"]
    journal.follow(metadata.get(REQUEST))
    turns = metadata.get(TURNS, "")
    return Upload(
        head["VersionId"],
        head["LastModified"].astimezone(UTC),
        head["ContentLength"],
        content_type=head["ContentType"],
        description=Description.decoded(metadata.get(DESCRIPTION, "")),
        quarter_turns=int(turns) if turns in ("1", "2", "3") else 0,
    )
