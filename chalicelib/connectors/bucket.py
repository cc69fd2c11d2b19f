"""The pictures bucket: private originals with versions, immutable renditions; behind it the backup of both.

Replication keeps the id of a version, so that what the bucket let go is found in the backup under the same name.
"""

from __future__ import annotations

from datetime import UTC, datetime

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.objects import Objects, metadata_of
from chalicelib.connectors.table import faults
from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.errors import NotFound
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
_METADATA = "x-amz-meta-"


class PictureBucket:
    """The connector of the bucket and its backup."""

    def __init__(self, aws: Aws, name: str, upload_url: str | None, backup: str | None = None) -> None:
        """Give `upload_url` where forms are posted to another address than the bucket's own."""
        self._aws = aws
        self._name = name
        self._upload_url = upload_url
        self._here = Objects(aws, name)
        self._places = [self._here, *([Objects(aws, backup)] if backup else [])]

    def upload_form(
        self,
        picture_id: str,
        content_type: str,
        expires_at: datetime,
        description: Description = NOTHING_SAID,
    ) -> UploadForm:
        """Sign a form for one picture, bound to its key, its size, the types of pictures and its description."""
        seconds = int((expires_at - datetime.now(UTC)).total_seconds())
        said = {f"{_METADATA}{name}": text for name, text in metadata_of(description).items()}
        form = self._aws.s3.generate_presigned_post(
            self._name,
            original_key(picture_id),
            Fields={"Content-Type": content_type, **said},
            Conditions=[
                ["content-length-range", 1, MAX_PICTURE_BYTES],
                ["starts-with", "$Content-Type", "image/"],
                *({name: text} for name, text in said.items()),
            ],
            ExpiresIn=seconds,
        )
        return UploadForm(self._upload_url or form["url"], form["fields"], expires_at)

    def put(self, picture_id: str, data: bytes, content_type: str, description: Description) -> str:
        """Store the next version of an original and give its name."""
        return self._here.put(original_key(picture_id), data, content_type, metadata_of(description))

    def copy(self, picture_id: str, version: str, quarter_turns: int | None = None) -> str:
        """Make the next version of an earlier one, here or in the backup, and give its name; raises NotFound."""
        key = original_key(picture_id)
        for place in self._places:
            if upload := place.head(key, version):
                turns = upload.quarter_turns if quarter_turns is None else quarter_turns
                return self._here.copy(key, place, upload, turns)
        raise NotFound("There is no such version any more.")

    def newest(self, picture_id: str) -> Upload | None:
        """Find the newest version of an original, or None if there is none."""
        return self._here.head(original_key(picture_id))

    def find(self, picture_id: str, version: str) -> Upload | None:
        """Find a version of an original here, or None if it is not there any more."""
        return self._here.head(original_key(picture_id), version)

    def read(self, picture_id: str, version: str) -> bytes:
        """Read one version of an original; raises NotFound."""
        return self._here.read(original_key(picture_id), version)

    def put_renditions(self, picture_id: str, digest: str, rendered: RenderedPicture) -> None:
        """Store the files that everybody may see."""
        for rendition, data in rendered.renditions.items():
            self._put(rendition_key(picture_id, digest, rendition), data, "image/webp")
        self._put(preview_key(picture_id, digest), rendered.preview, "image/jpeg")

    def is_shown(self, picture_id: str) -> bool:
        """Tell whether there are renditions of a picture."""
        with faults():
            answer = self._aws.s3.list_objects_v2(Bucket=self._name, Prefix=renditions_prefix(picture_id), MaxKeys=1)
        return answer["KeyCount"] > 0

    def erase_renditions(self, picture_id: str) -> None:
        """Remove every rendition that everybody may see, in the backup too; again is harmless."""
        for place in self._places:
            place.erase(renditions_prefix(picture_id))

    def erase(self, picture_id: str) -> None:
        """Remove every version and every rendition, in the backup too; again is harmless."""
        self.erase_renditions(picture_id)
        for place in self._places:
            place.erase(original_key(picture_id))

    def _put(self, key: str, data: bytes, content_type: str) -> None:
        with faults():
            self._aws.s3.put_object(
                Bucket=self._name, Key=key, Body=data, ContentType=content_type, CacheControl=IMMUTABLE
            )
