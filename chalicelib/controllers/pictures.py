"""Pictures as the API tells of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from pydantic import Field

from chalicelib.controllers.descriptions import Author, Caption, Category, FileName
from chalicelib.controllers.exchange import SHORT, Caller, Reply, Visitor
from chalicelib.controllers.models import Body, PlainPlace, Shown, ShownMoment
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.descriptions import Description
from chalicelib.domain.kinds import Kind
from chalicelib.domain.limits import Act, Use
from chalicelib.domain.pictures import Picture, PictureRecord, PictureState, Rendition
from chalicelib.services.access import Access
from chalicelib.services.changes import Clock
from chalicelib.services.limits import Limits
from chalicelib.services.lookalikes import Lookalike, Lookalikes
from chalicelib.services.pictures import Pictures, UploadForm
from chalicelib.services.versions import Versions


class PictureOut(Shown):
    """A picture; `renditions` are addresses by the longest side in pixels, `placeholder` is a ThumbHash in base64."""

    id: str
    state: PictureState
    reason: str | None = None
    version: str | None = None
    width: int | None = None
    height: int | None = None
    renditions: dict[str, str] = Field(default_factory=dict)
    preview: str | None = None
    placeholder: str | None = None
    colour: str | None = None

    @classmethod
    def of(cls, picture: Picture, now: datetime, **more: Any) -> Self:
        """Show a picture as the clock has it."""
        picture = picture.at(now)
        keys = {str(size.value): picture.key_of(size) for size in Rendition}
        return cls(
            id=picture.id,
            state=picture.state,
            reason=picture.reason,
            version=picture.version,
            width=picture.width,
            height=picture.height,
            renditions={size: f"/{key}" for size, key in keys.items() if key},
            preview=f"/{picture.preview_key}" if picture.preview_key else None,
            placeholder=picture.placeholder,
            colour=picture.colour,
            **more,
        )


class Similar(Shown):
    """Somebody else's announcement with the same photo; `distance_m` is from public place to public place."""

    announcement_id: str
    title: str
    kind: Kind
    thumbnail: str | None
    distance_m: int

    @classmethod
    def of(cls, found: Lookalike) -> "Similar":
        """Show what is public of it."""
        announcement, cover = found.announcement, found.announcement.cover
        key = cover.key_of(Rendition.THUMBNAIL) if cover else None
        return cls(
            announcement_id=announcement.id,
            title=announcement.title,
            kind=announcement.kind,
            thumbnail=f"/{key}" if key else None,
            distance_m=round(found.metres),
        )


class OwnPicture(PictureOut):
    """A picture as its owner sees it: with what the camera noted, and who shows the same photo.

    `newest_refusal` says why the newest version is not shown, while an earlier one is.
    """

    taken_at: ShownMoment | None
    taken_place: PlainPlace | None
    similar: list[Similar]
    newest_refusal: str | None


class PictureRequest(Body):
    """The wish for a form; the type may be changed in it to any other picture's."""

    content_type: Literal[
        "image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/heic", "image/heif"
    ] = "image/jpeg"
    name: FileName | None = None
    author: Author | None = None
    category: Category | None = None
    caption: Caption | None = None

    def description(self) -> Description:
        """Give what is said of the picture as the domain has it."""
        return Description(self.name or None, self.author or None, self.category or None, self.caption or None)


class Upload(Shown):
    """A form: its fields first, then the file in a field `file`, posted as multipart/form-data."""

    url: str
    fields: dict[str, str]


class PictureSlot(Shown):
    """A place for a picture that waits for its bytes until `expires_at`."""

    id: str
    upload: Upload
    expires_at: ShownMoment

    @classmethod
    def of(cls, picture_id: str, form: UploadForm, origin: str) -> "PictureSlot":
        """Show a form; one that goes through our own address is given it whole."""
        url = f"{origin}{form.url}" if form.url.startswith("/") else form.url
        return cls(id=picture_id, upload=Upload(url=url, fields=dict(form.fields)), expires_at=form.expires_at)


@dataclass(frozen=True)
class Allowance:
    """How many pictures may still come from a network; sources may send as many as they have."""

    limits: Limits
    access: Access

    def use(self, caller: Caller, visitor: Visitor) -> Use | None:
        """Tell what one more picture uses up; nothing when its owner is a source."""
        return None if self.access.is_trusted(caller.token) else self.limits.use(Act.PICTURE, visitor.sender)


@dataclass(frozen=True)
class PictureController:
    """The API of pictures."""

    pictures: Pictures
    versions: Versions
    lookalikes: Lookalikes
    access: Access
    allowance: Allowance
    clock: Clock

    def request(
        self, announcement_id: str, body: PictureRequest, caller: Caller, visitor: Visitor
    ) -> Reply[PictureSlot]:
        """Give a place for a picture to who may change the announcement."""
        self.access.require_owner(announcement_id, caller.token)
        use = self.allowance.use(caller, visitor)
        picture, form = self.pictures.request(announcement_id, body.content_type, body.description(), use)
        return Reply(PictureSlot.of(picture.id, form, caller.origin), status=201)

    def show(self, picture_id: str, caller: Caller) -> Reply[PictureOut]:
        """Tell the state of a picture: to everybody while its announcement is on the map."""
        record, announcement = self.pictures.show(picture_id)
        if caller.token:
            self.access.require_owner(announcement.id, caller.token)
            announcement.require_present(self.clock())
            return Reply(self._own(record, announcement))
        announcement.require_public(self.clock())
        return Reply(PictureOut.of(record.picture, self.clock()), cache=SHORT)

    def _own(self, record: PictureRecord, announcement: Announcement) -> OwnPicture:
        place = record.taken_place
        return OwnPicture.of(
            record.picture,
            self.clock(),
            taken_at=record.taken_at,
            taken_place=PlainPlace(latitude=place.latitude, longitude=place.longitude) if place else None,
            similar=[Similar.of(found) for found in self.lookalikes.of(record.picture, announcement)],
            newest_refusal=self.versions.history(record.picture.id).newest_refusal,
        )
