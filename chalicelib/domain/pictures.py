"""Pictures of an announcement: their states, their renditions and the keys they have in the bucket."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.geography import Point
from chalicelib.domain.identity import ID_PATTERN

MAX_PICTURES = 10  # of one announcement
MAX_PICTURE_BYTES = 40_000_000  # a 50 megapixel JPEG of a phone stays below 25 MB
MAX_SENT_BYTES = 4_000_000  # in the body of a request: in base64 it still fits the 6 MB that Lambda takes
UPLOAD_LIFETIME = timedelta(minutes=15)  # how long an upload form is good for, wide enough for a slow network
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/heic", "image/heif")

ORIGINALS = "originals/"
RENDITIONS = "renditions/"
_ORIGINAL_KEY = re.compile(f"{ORIGINALS}({ID_PATTERN})")
_RENDITIONS_PREFIX = re.compile(f"{RENDITIONS}({ID_PATTERN})/")


class Rendition(IntEnum):
    """The sizes a picture is shown in: the longest side in pixels, except for the square thumbnail."""

    THUMBNAIL = 160  # a pin on the map, cropped square
    CARD = 640  # the list and a phone's screen
    FULL = 1600  # the announcement's page


class PictureState(StrEnum):
    """Where a picture is on its way."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


@dataclass(frozen=True)
class RenderedPicture:
    """What the pipeline makes of the bytes that were sent.

    `width` and `height` are those of the upright original in pixels; `renditions` are WebP files, `preview` is a
    JPEG of at most 1600 pixels for link previews and e-mail; `placeholder` is a ThumbHash in base64, `colour` the
    dominant colour as `#rrggbb`, `fingerprint` the text of a `Fingerprint`.
    `taken_at` and `taken_place` come from the camera and are private.
    """

    width: int
    height: int
    renditions: dict[Rendition, bytes]
    preview: bytes
    placeholder: str
    colour: str
    fingerprint: str
    taken_at: datetime | None = None
    taken_place: Point | None = None


@dataclass(frozen=True)
class Picture:
    """A picture of an announcement, as far as it has come.

    `form_expires_at` is when the upload form ends; `version` and `uploaded_at` are S3's version id and time of the
    bytes that gave the state, `digest` names their renditions, `fingerprint` finds the same photo elsewhere.
    """

    id: str
    form_expires_at: datetime
    state: PictureState = PictureState.WAITING
    reason: str | None = None
    version: str | None = None
    uploaded_at: datetime | None = None
    digest: str | None = None
    width: int | None = None
    height: int | None = None
    placeholder: str | None = None
    colour: str | None = None
    fingerprint: str | None = None

    def key_of(self, rendition: Rendition) -> str | None:
        """Name the object of a rendition that can be shown, or None while there is none."""
        return rendition_key(self.id, self.digest, rendition) if self._is_shown and self.digest else None

    @property
    def preview_key(self) -> str | None:
        """Name the object of the JPEG for link previews, or None while there is none."""
        return preview_key(self.id, self.digest) if self._is_shown and self.digest else None

    @property
    def _is_shown(self) -> bool:
        return self.state is PictureState.READY

    def is_unused(self, now: datetime) -> bool:
        """Tell whether nothing came before the form expired, so that the place is free again."""
        return self.state is PictureState.WAITING and now >= self.form_expires_at

    def at(self, now: datetime) -> "Picture":
        """Return it as the clock has it: nothing waits for ever."""
        return self.with_refusal("No picture arrived before its form expired.") if self.is_unused(now) else self

    def waiting_until(self, form_expires_at: datetime) -> "Picture":
        """Return it waiting for another form; one of which something has arrived stays as it is."""
        return replace(self, form_expires_at=form_expires_at) if self.state is PictureState.WAITING else self

    def with_rendering(self, upload: "Upload", rendered: RenderedPicture) -> "Picture":
        """Become ready with what the pipeline made of an upload."""
        return replace(
            self,
            state=PictureState.READY,
            reason=None,
            version=upload.version,
            uploaded_at=upload.uploaded_at,
            digest=upload.digest,
            width=rendered.width,
            height=rendered.height,
            placeholder=rendered.placeholder,
            colour=rendered.colour,
            fingerprint=rendered.fingerprint,
        )

    def with_refusal(self, reason: str, upload: "Upload | None" = None) -> "Picture":
        """Become refused; a picture that already shows an earlier version keeps showing it."""
        if self.state is PictureState.READY:
            return self
        refused = replace(self, state=PictureState.REFUSED, reason=reason)
        return replace(refused, version=upload.version, uploaded_at=upload.uploaded_at) if upload else refused


@dataclass(frozen=True)
class Upload:
    """Bytes under a picture's key: S3's version id and time, and the name their renditions get.

    `quarter_turns` is how often its owner turned it clockwise; the bytes stay as they were sent.
    """

    version: str
    uploaded_at: datetime
    size: int
    digest: str = ""
    content_type: str = "image/jpeg"
    description: Description = NOTHING_SAID
    quarter_turns: int = 0


@dataclass(frozen=True)
class PictureRecord:
    """What is kept of a picture besides its announcement; the camera's time and place are private."""

    picture: Picture
    announcement_id: str
    taken_at: datetime | None = None
    taken_place: Point | None = None

    def of(self, picture: Picture) -> "PictureRecord":
        """Return it with the picture as its announcement has it now."""
        return replace(self, picture=picture)


def original_key(picture_id: str) -> str:
    """Name the object that people upload."""
    return f"{ORIGINALS}{picture_id}"


def picture_of_original(key: str) -> str | None:
    """Find whose original an object is, or None if the key is not one of ours."""
    match = _ORIGINAL_KEY.fullmatch(key)
    return match and match[1]


def renditions_prefix(picture_id: str) -> str:
    """Name what all renditions of a picture begin with, in the bucket and in addresses."""
    return f"{RENDITIONS}{picture_id}/"


def picture_of_renditions(prefix: str) -> str | None:
    """Find whose renditions begin so, or None if they are none of ours."""
    match = _RENDITIONS_PREFIX.fullmatch(prefix)
    return match and match[1]


def rendition_key(picture_id: str, digest: str, rendition: Rendition) -> str:
    """Name the object of one rendition; the digest makes it immutable."""
    return f"{renditions_prefix(picture_id)}{digest}-{rendition.value}.webp"


def preview_key(picture_id: str, digest: str) -> str:
    """Name the object of the JPEG that link previews show."""
    return f"{renditions_prefix(picture_id)}{digest}-{Rendition.FULL.value}.jpg"
