"""Pictures of an announcement: a place for each, a form to upload to, and where everything of them is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.errors import NotFound
from chalicelib.domain.identity import is_id
from chalicelib.domain.limits import Use
from chalicelib.domain.moments import to_second
from chalicelib.domain.pictures import (
    UPLOAD_LIFETIME,
    Picture,
    PictureRecord,
    RenderedPicture,
    Upload,
    renditions_prefix,
)
from chalicelib.domain.versions import Version
from chalicelib.services.changes import AnnouncementStore, Clock, Editor
from chalicelib.services.limits import Limits


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

    def versions(self, picture_id: str) -> Sequence[Version]:
        """Read what is known of all versions of a picture, in no order."""

    def note_version(self, version: Version) -> None:
        """Write a version that is not known yet; nothing where it is, or where its picture is not."""

    def settle_version(self, version: Version, *, only_waiting: bool = False) -> None:
        """Write what became of a version; nothing where its picture is not, or where it waits no more."""

    def forget_picture(self, picture_id: str) -> None:
        """Remove the record of a picture and its versions; again is harmless."""


class PictureBucket(Protocol):
    """Where the bytes are: the bucket, and behind it the backup, which keeps what the bucket lets go."""

    def upload_form(
        self, picture_id: str, content_type: str, expires_at: datetime, description: Description = NOTHING_SAID
    ) -> UploadForm:
        """Sign a form for one picture, bound to its key, its size, the types of pictures and its description."""

    def put(self, picture_id: str, data: bytes, content_type: str, description: Description) -> str:
        """Store the next version of an original and give its name."""

    def copy(self, picture_id: str, version: str, quarter_turns: int | None = None) -> str:
        """Make the next version of an earlier one, here or in the backup, and give its name.

        It is turned as the earlier one unless `quarter_turns` says otherwise.
        Raises NotFound when neither place has it.
        """

    def newest(self, picture_id: str) -> Upload | None:
        """Find the newest version of an original, or None if there is none."""

    def find(self, picture_id: str, version: str) -> Upload | None:
        """Find a version of an original here, or None if it is not there any more."""

    def read(self, picture_id: str, version: str) -> bytes:
        """Read one version of an original; raises NotFound."""

    def put_renditions(self, picture_id: str, digest: str, rendered: RenderedPicture) -> None:
        """Store the files that everybody may see."""

    def is_shown(self, picture_id: str) -> bool:
        """Tell whether there are renditions of a picture."""

    def erase_renditions(self, picture_id: str) -> None:
        """Remove every rendition that everybody may see, and leave the backup; again is harmless."""

    def erase(self, picture_id: str) -> None:
        """Remove every version and every rendition, in the backup too; again is harmless."""


class Cdn(Protocol):
    """What keeps copies of renditions near their readers."""

    def forget(self, prefix: str) -> None:
        """Have whatever begins so asked for anew; again is harmless."""


@dataclass(frozen=True)
class Eraser:
    """Removes pictures for good: the bytes first, so that what is half done is found again by its record."""

    bucket: PictureBucket
    cdn: Cdn
    records: PictureStore

    def erase(self, picture_id: str, *, faded: bool = False) -> None:
        """Remove a picture's objects, their copies and its record; again is harmless.

        Of a faded one nobody has been shown anything for months, and the CDN asks for every copy anew within a day.
        """
        self.bucket.erase(picture_id)
        if not faded:
            self.cdn.forget(renditions_prefix(picture_id))
        self.records.forget_picture(picture_id)


@dataclass(frozen=True)
class Pictures:
    """The places for pictures that announcements have."""

    store: AnnouncementStore
    records: PictureStore
    bucket: PictureBucket
    editor: Editor
    limits: Limits
    clock: Clock
    new_id: Callable[[], str]

    def request(
        self,
        announcement_id: str,
        content_type: str,
        description: Description = NOTHING_SAID,
        use: Use | None = None,
    ) -> tuple[Picture, UploadForm]:
        """Give an announcement a place for one more picture, and the form to upload it with.

        Raises NotFound, Gone, Invalid, Conflict when it has ten already or is not active, and TooMany.
        """
        description.encoded()  # before there is a place that nothing could come to
        picture = self.place(announcement_id, use)
        return picture, self.bucket.upload_form(picture.id, content_type, picture.form_expires_at, description)

    def place(self, announcement_id: str, use: Use | None = None) -> Picture:
        """Give an announcement a place for one more picture; raises NotFound, Gone, Conflict and TooMany."""
        now = to_second(self.clock())
        picture = Picture(self.new_id(), form_expires_at=now + UPLOAD_LIFETIME)

        def edit(before: Announcement) -> Announcement:
            if before.picture(picture.id):
                return before
            after = before.with_slot(picture, now)
            self.limits.require_room(use)
            return after

        self.editor.change(announcement_id, edit, lambda after: [PictureRecord(picture, after.id)], use)
        return picture

    def show(self, picture_id: str) -> tuple[PictureRecord, Announcement]:
        """Find a picture, as its announcement has it, with what is kept beside; raises NotFound."""
        record, announcement = self.find(picture_id)
        picture = announcement.picture(picture_id) if announcement else None
        if record is None or announcement is None or picture is None:
            raise NotFound("There is no such picture.")
        return record.of(picture), announcement

    def find(self, picture_id: str) -> tuple[PictureRecord | None, Announcement | None]:
        """Find the record of a picture and its announcement, as far as they are there."""
        record = self.records.picture(picture_id) if is_id(picture_id) else None
        return record, self.store.get(record.announcement_id) if record else None
