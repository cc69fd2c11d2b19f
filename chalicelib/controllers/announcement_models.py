"""Announcements as the API takes and tells them: their shapes."""

from datetime import datetime
from typing import Annotated, Any, Self, cast

from pydantic import AfterValidator, Field, StringConstraints

from chalicelib.controllers.models import (
    Body,
    EventMoment,
    Headers,
    Line,
    PlaceIn,
    PlaceOut,
    Shown,
    ShownMoment,
    Text,
    WebLink,
    documented,
)
from chalicelib.controllers.pictures import PictureOut
from chalicelib.domain.announcements import MAX_TEXT, MAX_TITLE, Announcement, Contact, Contents
from chalicelib.domain.identity import ID_PATTERN
from chalicelib.domain.kinds import Blur, Kind, Species, Status
from chalicelib.domain.moments import EventTime
from chalicelib.domain.pictures import MAX_PICTURES
from chalicelib.services.announcements import IdempotencyKey


def _left_empty(text: str) -> str:
    """Refuse what only machines fill in: people never see the field."""
    if text:
        raise ValueError("must be left empty")
    return text


ABSENT: Any = Field(default_factory=lambda: None)  # a field of a PATCH that may be left out but not be null
Id = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$")]
Title = Annotated[Line, StringConstraints(min_length=1, max_length=MAX_TITLE)]
LongText = Annotated[Text, StringConstraints(max_length=MAX_TEXT)]
SecretMark = Annotated[Text, StringConstraints(max_length=500)]
_EMAIL = r"^[^@\s]+@[^@\s.]+([.][^@\s.]+)+$"
_PHONE = r"^[0-9+()/. -]*[0-9][0-9+()/. -]*$"
Email = Annotated[Text, StringConstraints(max_length=254, pattern=_EMAIL), documented(pattern=_EMAIL)]
Phone = Annotated[Text, StringConstraints(max_length=40, pattern=_PHONE), documented(pattern=_PHONE)]
Website = Annotated[str, AfterValidator(_left_empty), documented(maxLength=0)]
Name = Annotated[Line, StringConstraints(max_length=100)]


class ContactIn(Body):
    """How to reach who announced; told to nobody else."""

    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None


class ContactOut(Shown):
    """The contact, for its owner."""

    name: str | None
    email: str | None
    phone: str | None


class AnnouncementFields(Body):
    """What is said of a new announcement."""

    kind: Kind
    species: Species
    title: Title
    event_at: EventMoment
    place: PlaceIn
    text: LongText = ""
    contact: ContactIn | None = None
    secret_mark: SecretMark | None = None
    link: WebLink | None = None
    about: Id | None = None


class AnnouncementIn(AnnouncementFields):
    """A new announcement."""

    website: Website = ""


class AnnouncementPatch(Body):
    """What is to change; fields left out stay as they are, null empties the optional ones.

    `pictures` are put first in this order, and the others follow; `removed_pictures` alone are erased, for good.
    """

    kind: Kind = ABSENT
    species: Species = ABSENT
    title: Title = ABSENT
    event_at: EventMoment = ABSENT
    place: PlaceIn = ABSENT
    text: LongText = ABSENT
    contact: ContactIn | None = None
    secret_mark: SecretMark | None = None
    link: WebLink | None = None
    about: Id | None = None
    pictures: list[Id] = Field(default_factory=list, max_length=MAX_PICTURES)
    removed_pictures: list[Id] = Field(default_factory=list, max_length=MAX_PICTURES)


class IdempotencyHeaders(Headers):
    """A client that is not sure whether its request arrived repeats it with the same key."""

    idempotency_key: str | None = Field(
        default=None, alias="Idempotency-Key", min_length=16, max_length=64, pattern=r"^[\x21-\x7e]+$"
    )

    def key_for(self, body_hash: str) -> IdempotencyKey | None:
        """Bind the key to what it came with."""
        return IdempotencyKey(self.idempotency_key, body_hash) if self.idempotency_key else None


class AnnouncementOut(Shown):
    """An announcement as everybody sees it; its owner sees `place`, `contact` and `secret_mark` as well."""

    id: str
    kind: Kind
    species: Species
    title: str
    text: str
    event_at: ShownMoment
    public_place: PlaceOut
    link: str | None
    about: str | None
    status: Status
    published_at: ShownMoment
    expires_at: ShownMoment
    source: str | None
    pictures: list[PictureOut]

    @classmethod
    def of(cls, announcement: Announcement, now: datetime, **more: Any) -> Self:
        """Show what is public of an announcement."""
        return cls(
            id=announcement.id,
            kind=announcement.kind,
            species=announcement.species,
            title=announcement.title,
            text=announcement.text,
            event_at=announcement.event_at,
            public_place=PlaceOut.of(announcement.public_place, announcement.blur),
            link=announcement.link,
            about=announcement.about,
            status=announcement.status_at(now),
            published_at=announcement.published_at,
            expires_at=announcement.expires_at,
            source=announcement.origin and announcement.origin.source,
            pictures=[PictureOut.of(picture, now) for picture in announcement.pictures],
            **more,
        )


class OwnAnnouncement(AnnouncementOut):
    """An announcement as its owner sees it; nobody else sees a hidden one."""

    place: PlaceOut
    contact: ContactOut | None
    secret_mark: str | None
    hidden: bool

    @classmethod
    def of(cls, announcement: Announcement, now: datetime, **more: Any) -> Self:
        """Show an announcement whole."""
        contact = announcement.contact
        return super().of(
            announcement,
            now,
            place=PlaceOut.of(announcement.place, announcement.blur),
            contact=contact and ContactOut(name=contact.name, email=contact.email, phone=contact.phone),
            secret_mark=announcement.secret_mark,
            hidden=announcement.case.hidden,
            **more,
        )


class NewAnnouncement(OwnAnnouncement):
    """A new announcement with its manage token, which is shown only here."""

    manage_token: str


def contents(body: AnnouncementFields | AnnouncementPatch) -> Contents:
    """Give the fields that are set in a body as the domain has them; new announcements get the defaults as well."""
    names = body.model_fields_set if isinstance(body, AnnouncementPatch) else type(body).model_fields.keys()
    given = {name: getattr(body, name) for name in names & Contents.__annotations__.keys()}
    converted: dict[str, Any] = {}
    for name, value in given.items():
        converted |= _CONVERSIONS.get(name, lambda value, name=name: {name: value})(value)
    return cast("Contents", converted)


def _event(event: EventTime) -> dict[str, Any]:
    return {"event_at": event.at}


def _place(place: PlaceIn) -> dict[str, Any]:
    return {"place": place.point(), "blur": Blur(place.blur)}


def _contact(contact: ContactIn | None) -> dict[str, Any]:
    filled = {name: value for name, value in (contact.model_dump() if contact else {}).items() if value}
    return {"contact": Contact(**filled) if filled else None}


_CONVERSIONS: dict[str, Any] = {"event_at": _event, "place": _place, "contact": _contact}
