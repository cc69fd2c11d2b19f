"""Pictures on their way: a form to upload to, renditions when the bytes are there, a reason when they are no good."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import NotFound, PictureRefused
from chalicelib.domain.moments import to_second
from chalicelib.domain.pictures import (
    MAX_PICTURE_BYTES,
    UPLOAD_LIFETIME,
    Picture,
    PictureRecord,
    PictureState,
    RenderedPicture,
    Upload,
)
from chalicelib.services.changes import AnnouncementStore, Clock, Editor

log = logging.getLogger("homeward")

DIGEST_LENGTH = 16  # hexadecimal characters of the content's SHA-256, enough to tell versions of one picture apart


@dataclass(frozen=True)
class UploadForm:
    """Where and with which fields the bytes are posted, straight to the bucket."""

    url: str
    fields: Mapping[str, str]
    expires_at: datetime


class PictureStore(Protocol):
    """What is kept of pictures outside their announcements."""

    def picture(self, picture_id: str) -> PictureRecord | None:
        """Read the record of a picture."""

    def forget_picture(self, picture_id: str) -> None:
        """Remove the record of a picture; again is harmless."""


class PictureBucket(Protocol):
    """Where the bytes are."""

    def upload_form(self, picture_id: str, content_type: str, expires_at: datetime) -> UploadForm:
        """Sign a form for one picture, bound to its key, its size and the types of pictures."""

    def newest(self, picture_id: str) -> Upload | None:
        """Find the newest version of an original, or None if there is none."""

    def read(self, picture_id: str, version: str) -> bytes:
        """Read one version of an original; raises NotFound."""

    def put_renditions(self, picture_id: str, digest: str, rendered: RenderedPicture) -> None:
        """Store the files that everybody may see."""

    def erase(self, picture_id: str) -> None:
        """Remove every version and every rendition; again is harmless."""


@dataclass(frozen=True)
class Eraser:
    """Removes pictures for good: the bytes first, so that what is half done is found again by its record."""

    bucket: PictureBucket
    records: PictureStore

    def erase(self, picture_id: str) -> None:
        """Remove a picture's objects and record; again is harmless."""
        self.bucket.erase(picture_id)
        self.records.forget_picture(picture_id)


@dataclass(frozen=True)
class Pictures:
    """The way of a picture from the phone to the map."""

    store: AnnouncementStore
    records: PictureStore
    bucket: PictureBucket
    editor: Editor
    eraser: Eraser
    render: Callable[[bytes], RenderedPicture]
    clock: Clock
    new_id: Callable[[], str]

    def request(self, announcement_id: str, content_type: str) -> tuple[Picture, UploadForm]:
        """Give an announcement a place for one more picture, and the form to upload it with.

        Raises NotFound, Gone, and Conflict when it has ten already or is not active.
        """
        now = to_second(self.clock())
        picture = Picture(self.new_id(), form_expires_at=now + UPLOAD_LIFETIME)
        self.editor.change(
            announcement_id,
            lambda before: before if before.picture(picture.id) else before.with_slot(picture, now),
            records=lambda after: [PictureRecord(picture, after.id)],
        )
        return picture, self.bucket.upload_form(picture.id, content_type, picture.form_expires_at)

    def show(self, picture_id: str) -> tuple[Picture, Announcement]:
        """Find a picture and its announcement; raises NotFound."""
        record, announcement = self._find(picture_id)
        picture = announcement.picture(picture_id) if announcement else None
        if record is None or announcement is None or picture is None:
            raise NotFound("There is no such picture.")
        return picture, announcement

    def arrived(self, picture_id: str) -> None:
        """Make renditions of the newest upload, or note why not.

        Events come twice and out of order, so an event only says that something changed: it is always the newest
        version that is looked at, until the newest is the one that was written.
        """
        done: str | None = None
        while (upload := self.bucket.newest(picture_id)) and upload.version != done:
            record, announcement = self._find(picture_id)
            picture = announcement.picture(picture_id) if announcement else None
            if record is None or picture is None:
                log.info("removing an upload whose announcement is not there: %s", picture_id)
                return self.eraser.erase(picture_id)
            if picture.version != upload.version:
                self._settle(record, upload)
            done = upload.version
        return None

    def failed(self, picture_id: str) -> None:
        """Refuse a picture whose function died, unless something was made of it."""
        record = self.records.picture(picture_id)
        if record and record.picture.state is PictureState.WAITING:
            refused = "It could not be processed: try it again, or send a smaller picture."
            self._write(record, lambda picture: picture.with_refusal(refused) if _waits(picture) else picture)

    def _find(self, picture_id: str) -> tuple[PictureRecord | None, Announcement | None]:
        record = self.records.picture(picture_id)
        return record, self.store.get(record.announcement_id) if record else None

    def _settle(self, record: PictureRecord, upload: Upload) -> None:
        try:
            rendered, upload = self._render(record.picture.id, upload)
        except NotFound:
            log.info("an upload went before it was read: %s", record.picture.id)
        except PictureRefused as refusal:
            log.info("refused picture %s: %s (%r)", record.picture.id, refusal, refusal.__cause__)
            reason = str(refusal)
            self._write(record, lambda picture: _newer(picture, upload, picture.with_refusal(reason, upload)))
        else:
            private = replace(record, taken_at=rendered.taken_at, taken_place=rendered.taken_place)
            self._write(private, lambda picture: _newer(picture, upload, picture.with_rendering(upload, rendered)))

    def _render(self, picture_id: str, upload: Upload) -> tuple[RenderedPicture, Upload]:
        if upload.size > MAX_PICTURE_BYTES:
            raise PictureRefused(f"It is larger than {MAX_PICTURE_BYTES // 1_000_000} MB.")
        data = self.bucket.read(picture_id, upload.version)
        rendered = self.render(data)
        digest = hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]
        self.bucket.put_renditions(picture_id, digest, rendered)
        return rendered, replace(upload, digest=digest)

    def _write(self, record: PictureRecord, edit: Callable[[Picture], Picture]) -> None:
        picture_id = record.picture.id

        def edit_announcement(before: Announcement) -> Announcement:
            known = before.picture(picture_id)
            return before.with_picture(edit(known)) if known else before

        def records(after: Announcement) -> list[PictureRecord]:
            known = after.picture(picture_id)
            return [replace(record, picture=known)] if known else []

        try:
            after = self.editor.change(record.announcement_id, edit_announcement, records)
        except NotFound:
            return self.eraser.erase(picture_id)
        return None if after.picture(picture_id) else self.eraser.erase(picture_id)


def _waits(picture: Picture) -> bool:
    return picture.state is PictureState.WAITING


def _newer(known: Picture, upload: Upload, settled: Picture) -> Picture:
    """Let the newest version by S3's time win."""
    return known if known.uploaded_at and known.uploaded_at > upload.uploaded_at else settled
