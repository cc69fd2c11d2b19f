"""The listings of the pictures bucket and its backup, page by page."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import faults
from chalicelib.domain.pictures import ORIGINALS, RENDITIONS, picture_of_original, picture_of_renditions
from chalicelib.domain.stock import Found, Progress, Stage, StockPage

PAGE = 1000  # as many as S3 lists at once


class PictureStock:
    """The connector of the listings."""

    def __init__(self, aws: Aws, bucket: str, backup: str | None, page: int = PAGE) -> None:
        """Leave out the backup where there is none."""
        self._aws = aws
        self._bucket = bucket
        self._backup = backup
        self._page = page

    def page(self, progress: Progress) -> StockPage:
        """Read a page of the listing of a stage, after the place that was reached."""
        bucket = self._bucket if progress.stage in (Stage.ORIGINALS, Stage.RENDITIONS) else self._backup
        listed = self._originals if progress.stage in (Stage.ORIGINALS, Stage.BACKUP) else self._renditions
        return listed(bucket, progress) if bucket else StockPage([], None)

    def _originals(self, bucket: str, progress: Progress) -> StockPage:
        markers = {"VersionIdMarker": progress.version} if progress.version else {}
        markers |= {"KeyMarker": f"{ORIGINALS}{progress.picture_id}"} if progress.picture_id else {}
        with faults():
            answer = self._aws.s3.list_object_versions(
                Bucket=bucket,
                Prefix=ORIGINALS,
                MaxKeys=self._page,
                **markers,  # type: ignore[arg-type]
            )
        entries: list[Any] = [*answer.get("Versions", []), *answer.get("DeleteMarkers", [])]
        found = [_found(entry) for entry in entries]
        place = (answer["NextKeyMarker"], answer["NextVersionIdMarker"]) if answer["IsTruncated"] else None
        ours = [each for each in found if each.picture_id]
        return StockPage(ours, place and (place[0].removeprefix(ORIGINALS), place[1]))

    def _renditions(self, bucket: str, progress: Progress) -> StockPage:
        """Name the pictures that have renditions: what lies below each is one entry of the listing."""
        after = f"{RENDITIONS}{progress.picture_id}0" if progress.picture_id else ""  # 0 comes next after the slash
        with faults():
            answer = self._aws.s3.list_objects_v2(
                Bucket=bucket, Prefix=RENDITIONS, Delimiter="/", MaxKeys=self._page, StartAfter=after
            )
        prefixes = [each["Prefix"] for each in answer.get("CommonPrefixes", [])]
        names = [picture_of_renditions(prefix) for prefix in prefixes]
        place = (prefixes[-1].removeprefix(RENDITIONS).rstrip("/"), "") if answer["IsTruncated"] and prefixes else None
        return StockPage([Found(name) for name in names if name], place)


def _found(entry: Any) -> Found:
    uploaded_at = entry["LastModified"].astimezone(UTC)
    picture_id = picture_of_original(entry["Key"]) or ""
    return Found(picture_id, entry["VersionId"], uploaded_at, entry["IsLatest"], "Size" not in entry)
