"""Pictures as the API tells of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from chalicelib.controllers.exchange import SHORT, Caller, Reply
from chalicelib.controllers.models import Body, Shown, ShownMoment
from chalicelib.domain.pictures import Picture, PictureState, Rendition
from chalicelib.services.access import Access
from chalicelib.services.changes import Clock
from chalicelib.services.pictures import Pictures


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
    def of(cls, picture: Picture, now: datetime) -> "PictureOut":
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
        )


class PictureRequest(Body):
    """The wish for one more picture; the type may be changed in the form to any other picture's."""

    content_type: Literal[
        "image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/heic", "image/heif"
    ] = "image/jpeg"


class Upload(Shown):
    """A form: its fields first, then the file in a field `file`, posted as multipart/form-data."""

    url: str
    fields: dict[str, str]


class PictureSlot(Shown):
    """A place for a picture that waits for its bytes until `expires_at`."""

    id: str
    upload: Upload
    expires_at: ShownMoment


@dataclass(frozen=True)
class PictureController:
    """The API of pictures."""

    pictures: Pictures
    access: Access
    clock: Clock

    def request(self, announcement_id: str, body: PictureRequest, caller: Caller) -> Reply[PictureSlot]:
        """Give a place for a picture to who may change the announcement."""
        self.access.require_owner(announcement_id, caller.token)
        picture, form = self.pictures.request(announcement_id, body.content_type)
        url = f"{caller.origin}{form.url}" if form.url.startswith("/") else form.url
        upload = Upload(url=url, fields=dict(form.fields))
        return Reply(PictureSlot(id=picture.id, upload=upload, expires_at=form.expires_at), status=201)

    def show(self, picture_id: str, caller: Caller) -> Reply[PictureOut]:
        """Tell the state of a picture: to everybody while its announcement is on the map."""
        picture, announcement = self.pictures.show(picture_id)
        if caller.token:
            self.access.require_owner(announcement.id, caller.token)
            announcement.require_present(self.clock())
            return Reply(PictureOut.of(picture, self.clock()))
        announcement.require_public(self.clock())
        return Reply(PictureOut.of(picture, self.clock()), cache=SHORT)
