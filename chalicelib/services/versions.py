"""New versions of a picture: sent whole, by a form, restored from an earlier one, turned."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.descriptions import Description
from chalicelib.domain.errors import Conflict, NotFound, PictureRefused, UnsupportedMediaType
from chalicelib.domain.limits import Use
from chalicelib.domain.moments import to_second
from chalicelib.domain.pictures import UPLOAD_LIFETIME, PictureRecord, PictureState, Upload
from chalicelib.domain.versions import MAX_VERSIONS, TURNS, History, Version
from chalicelib.services.changes import Clock, Editor
from chalicelib.services.pictures import PictureBucket, Pictures, PictureStore, UploadForm


@dataclass(frozen=True)
class Versions:
    """What the owner of a picture does with its versions; none ever changes an earlier one.

    The bytes of a version are always some that a person sent: a restored or turned one is a copy inside the storage
    with other metadata, so that nothing is encoded twice, however often it is turned.
    """

    pictures: Pictures
    records: PictureStore
    bucket: PictureBucket
    editor: Editor
    content_type: Callable[[bytes], str]
    clock: Clock

    def add(self, announcement_id: str, data: bytes, description: Description, use: Use | None = None) -> Version:
        """Give an announcement one more picture.

        Raises UnsupportedMediaType, Invalid, NotFound, Gone, Conflict when it has ten or is not active, and TooMany.
        """
        content_type = self._content_type(data, description)
        return self._put(self.pictures.place(announcement_id, use).id, data, content_type, description)

    def update(self, picture_id: str, data: bytes, description: Description, use: Use | None = None) -> Version:
        """Send the next version; raises UnsupportedMediaType, Invalid, NotFound, Gone, Conflict and TooMany."""
        content_type = self._content_type(data, description)
        self._require_room(picture_id)
        self.pictures.limits.count(use)
        return self._put(picture_id, data, content_type, description)

    def form(self, picture_id: str, content_type: str, description: Description, use: Use | None = None) -> UploadForm:
        """Give a form for the next version; raises Invalid, NotFound, Gone, Conflict and TooMany."""
        description.encoded()
        record = self._require_room(picture_id)
        self.pictures.limits.count(use)
        expires_at = to_second(self.clock()) + UPLOAD_LIFETIME
        self._wait_until(record, expires_at)
        return self.bucket.upload_form(picture_id, content_type, expires_at, description)

    def history(self, picture_id: str) -> History:
        """Find all versions, and which of them is the current one; the newest is among them, noted or not."""
        record, newest = self.records.picture(picture_id), self.bucket.newest(picture_id)
        shown = record.picture.version if record and record.picture.state is PictureState.READY else None
        known = list(self.records.versions(picture_id))
        if newest and newest.version not in {each.version for each in known}:
            known.append(_unnoted(picture_id, newest, record))
        return History.of(known, newest.version if newest else None, shown)

    def restore(self, picture_id: str, version: str) -> Version:
        """Make an earlier version the newest once more, though only the backup may have it still.

        Raises NotFound, Gone and Conflict.
        """
        self._require_room(picture_id)
        if self.history(picture_id).version(version) is None:
            raise NotFound("There is no such version.")
        return self._note(picture_id, self.bucket.copy(picture_id, version))

    def rotate(self, picture_id: str, quarter_turns: int) -> Version:
        """Turn the current version clockwise; raises NotFound, Gone, and Conflict while there is none."""
        self._require_room(picture_id)
        current = self.history(picture_id).current
        if current is None:
            raise Conflict("This picture has not arrived yet.")
        turned = (current.quarter_turns + quarter_turns) % TURNS
        return self._note(picture_id, self.bucket.copy(picture_id, current.version, turned))

    def _content_type(self, data: bytes, description: Description) -> str:
        """Tell the type by the bytes, before anything is stored."""
        description.encoded()
        try:
            return self.content_type(data)
        except PictureRefused as refusal:
            raise UnsupportedMediaType(str(refusal)) from None

    def _put(self, picture_id: str, data: bytes, content_type: str, description: Description) -> Version:
        return self._note(picture_id, self.bucket.put(picture_id, data, content_type, description))

    def _note(self, picture_id: str, name: str) -> Version:
        """Note what was stored as S3 tells of it, so that it is listed at once; what the event brings is the same."""
        upload = self.bucket.find(picture_id, name)
        if upload is None:
            raise NotFound("There is no such picture.")  # it was withdrawn meanwhile
        version = Version.of(picture_id, upload)
        self.records.note_version(version)
        return version

    def _require_room(self, picture_id: str) -> PictureRecord:
        """Pass where one more version can be had; two at once may be one too many, which harms nobody."""
        record, announcement = self.pictures.show(picture_id)
        announcement.require_active(self.clock())
        if len(self.records.versions(picture_id)) >= MAX_VERSIONS:
            raise Conflict(f"This picture has {MAX_VERSIONS} versions already.")
        return record

    def _wait_until(self, record: PictureRecord, expires_at: datetime) -> None:
        """Let a picture of which nothing has arrived wait for the new form."""

        def edit(before: Announcement) -> Announcement:
            known = before.picture(record.picture.id)
            return before.with_picture(known.waiting_until(expires_at)) if known else before

        def records(after: Announcement) -> list[PictureRecord]:
            known = after.picture(record.picture.id)
            return [record.of(known)] if known else []

        self.editor.change(record.announcement_id, edit, records)


def _unnoted(picture_id: str, newest: Upload, record: PictureRecord | None) -> Version:
    """Tell of a version whose event is still on its way, or that is older than the notes of versions."""
    version = Version.of(picture_id, newest)
    picture = record.picture if record else None
    if picture and picture.digest and picture.version == newest.version:
        return version.rendered(picture.digest)
    return version
