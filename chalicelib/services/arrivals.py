"""Pictures that arrive: renditions when the bytes are there, a reason when they are no good."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import NotFound, PictureRefused
from chalicelib.domain.pictures import (
    MAX_PICTURE_BYTES,
    Picture,
    PictureRecord,
    PictureState,
    RenderedPicture,
    Upload,
)
from chalicelib.domain.versions import Version
from chalicelib.journal import Metric, measure
from chalicelib.services.changes import Editor
from chalicelib.services.pictures import Eraser, PictureBucket, Pictures, PictureStore

log = logging.getLogger("homeward")

DIGEST_LENGTH = 16  # hexadecimal characters of the content's SHA-256, enough to tell versions of one picture apart
DIED = "It could not be processed: try it again, or send a smaller picture."

Render = Callable[[bytes, int], RenderedPicture]  # bytes and quarter turns clockwise


@dataclass(frozen=True)
class Arrivals:
    """The way of a picture from the bucket to the map."""

    pictures: Pictures
    records: PictureStore
    bucket: PictureBucket
    editor: Editor
    eraser: Eraser
    render: Render
    content_type: Callable[[bytes], str]

    def arrived(self, picture_id: str, version: str | None = None) -> None:
        """Make renditions of the newest upload, or note why not; an older version is noted only.

        Events come twice and out of order, so an event only says that something changed: it is always the newest
        version that is looked at, until the newest is the one that was written.
        """
        done: str | None = None
        while (upload := self.bucket.newest(picture_id)) and upload.version != done:
            record, announcement = self.pictures.find(picture_id)
            picture = announcement.picture(picture_id) if announcement else None
            if record is None or picture is None:
                log.info("removing an upload whose announcement is not there: %s", picture_id)
                return self.eraser.erase(picture_id)
            self._note(picture_id, upload, version)
            if picture.version != upload.version:
                self._settle(record, upload)
            done = upload.version
        return None

    def failed(self, picture_id: str) -> None:
        """Refuse a picture whose function died, unless something was made of it."""
        record = self.records.picture(picture_id)
        if record is None:
            return
        if record.picture.state is PictureState.WAITING:
            measure(Metric.PICTURES_REFUSED, 1)
            self._write(record, None, lambda picture: picture.with_refusal(DIED) if _waits(picture) else picture)
        for version in self.records.versions(picture_id):
            if version.state is PictureState.WAITING:
                self.records.settle_version(version.refused(DIED), only_waiting=True)

    def _note(self, picture_id: str, newest: Upload, version: str | None) -> None:
        """Note what has arrived, before it is known whether it is any good: nothing that was sent is lost."""
        self.records.note_version(Version.of(picture_id, newest))
        if version and version != newest.version and (older := self.bucket.find(picture_id, version)):
            self.records.note_version(Version.of(picture_id, older))

    def _settle(self, record: PictureRecord, upload: Upload) -> None:
        try:
            rendered, upload = self._render(record.picture.id, upload)
        except NotFound:
            log.info("an upload went before it was read: %s", record.picture.id)
        except PictureRefused as refusal:
            log.info("refused picture %s: %s (%r)", record.picture.id, refusal, refusal.__cause__)
            measure(Metric.PICTURES_REFUSED, 1)
            reason = str(refusal)
            version = Version.of(record.picture.id, upload).refused(reason)
            self._write(record, version, lambda picture: _newer(picture, upload, picture.with_refusal(reason, upload)))
        else:
            private = replace(record, taken_at=rendered.taken_at, taken_place=rendered.taken_place)
            version = Version.of(record.picture.id, upload).rendered(upload.digest)
            self._write(private, version, lambda known: _newer(known, upload, known.with_rendering(upload, rendered)))

    def _render(self, picture_id: str, upload: Upload) -> tuple[RenderedPicture, Upload]:
        if upload.size > MAX_PICTURE_BYTES:
            raise PictureRefused(f"It is larger than {MAX_PICTURE_BYTES // 1_000_000} MB.")
        data = self.bucket.read(picture_id, upload.version)
        rendered = self.render(data, upload.quarter_turns)
        digest = _digest(data, upload.quarter_turns)
        self.bucket.put_renditions(picture_id, digest, rendered)
        return rendered, replace(upload, digest=digest, content_type=self.content_type(data))

    def _write(self, record: PictureRecord, version: Version | None, edit: Callable[[Picture], Picture]) -> None:
        """Write the result into the announcement, the record and the version, or into that alone."""
        picture_id = record.picture.id

        def edit_announcement(before: Announcement) -> Announcement:
            known = before.picture(picture_id)
            return before.with_picture(edit(known)) if known else before

        def records(after: Announcement) -> list[PictureRecord | Version]:
            known = after.picture(picture_id)
            return [record.of(known), *([version] if version else [])] if known else []

        try:
            after = self.editor.change(record.announcement_id, edit_announcement, records)
        except NotFound:
            return self.eraser.erase(picture_id)
        known = after.picture(picture_id)
        if known is None:
            return self.eraser.erase(picture_id)
        return self.records.settle_version(version) if version and version.version != known.version else None


def _digest(data: bytes, quarter_turns: int) -> str:
    turned = bytes([quarter_turns]) if quarter_turns else b""
    return hashlib.sha256(data + turned).hexdigest()[:DIGEST_LENGTH]


def _waits(picture: Picture) -> bool:
    return picture.state is PictureState.WAITING


def _newer(known: Picture, upload: Upload, settled: Picture) -> Picture:
    """Let the newest version by S3's time win."""
    return known if known.uploaded_at and known.uploaded_at > upload.uploaded_at else settled
