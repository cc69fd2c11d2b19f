"""Announcements as the API takes and tells them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Self, cast

from pydantic import Field, StringConstraints

from chalicelib.controllers.exchange import PAGE, Caller, Reply
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
from chalicelib.domain.announcements import (
    MAX_TEXT,
    MAX_TITLE,
    Announcement,
    Blur,
    Contact,
    Contents,
    Kind,
    Species,
    Status,
)
from chalicelib.domain.identity import ID_PATTERN
from chalicelib.domain.moments import EventTime
from chalicelib.domain.pictures import MAX_PICTURES
from chalicelib.services.access import Access
from chalicelib.services.announcements import Announcements, IdempotencyKey
from chalicelib.services.changes import Clock

ABSENT: Any = Field(default_factory=lambda: None)  # a field of a PATCH that may be left out but not be null
Id = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$")]
Title = Annotated[Line, StringConstraints(min_length=1, max_length=MAX_TITLE)]
LongText = Annotated[Text, StringConstraints(max_length=MAX_TEXT)]
SecretMark = Annotated[Text, StringConstraints(max_length=500)]
_EMAIL = r"^[^@\s]+@[^@\s.]+([.][^@\s.]+)+$"
_PHONE = r"^[0-9+()/. -]*[0-9][0-9+()/. -]*$"
Email = Annotated[Text, StringConstraints(max_length=254, pattern=_EMAIL), documented(pattern=_EMAIL)]
Phone = Annotated[Text, StringConstraints(max_length=40, pattern=_PHONE), documented(pattern=_PHONE)]
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


class AnnouncementIn(Body):
    """A new announcement."""

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


class AnnouncementPatch(Body):
    """What is to change; fields left out stay as they are, null empties the optional ones."""

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


class CreateHeaders(Headers):
    """A client that is not sure whether its request arrived repeats it with the same key."""

    idempotency_key: str | None = Field(
        default=None, alias="Idempotency-Key", min_length=16, max_length=64, pattern=r"^[\x21-\x7e]+$"
    )


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
    """An announcement as its owner sees it."""

    place: PlaceOut
    contact: ContactOut | None
    secret_mark: str | None

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
            **more,
        )


class NewAnnouncement(OwnAnnouncement):
    """A new announcement with its manage token, which is shown only here."""

    manage_token: str


@dataclass(frozen=True)
class AnnouncementController:
    """The API of announcements."""

    announcements: Announcements
    access: Access
    clock: Clock

    def create(self, body: AnnouncementIn, headers: CreateHeaders) -> NewAnnouncement:
        """Announce as a guest."""
        idempotency = None
        if headers.idempotency_key:
            body_hash = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
            idempotency = IdempotencyKey(headers.idempotency_key, body_hash)
        announcement = self.announcements.create(contents(body), body.event_at, idempotency)
        token = self.access.manage_token(announcement.id)
        return NewAnnouncement.of(announcement, self.clock(), manage_token=token)

    def show(self, announcement_id: str, caller: Caller) -> Reply[AnnouncementOut]:
        """Show an announcement: whole to the holder of its token."""
        if caller.token:
            self.access.require_owner(announcement_id, caller.token)
            return Reply(OwnAnnouncement.of(self.announcements.show_whole(announcement_id), self.clock()))
        return Reply(AnnouncementOut.of(self.announcements.show(announcement_id), self.clock()), cache=PAGE)

    def change(self, announcement_id: str, body: AnnouncementPatch, caller: Caller) -> OwnAnnouncement:
        """Change an announcement."""
        self.access.require_owner(announcement_id, caller.token)
        given = body.model_fields_set
        event = body.event_at if "event_at" in given else None
        pictures = body.pictures if "pictures" in given else None
        return self._own(self.announcements.change(announcement_id, contents(body), event, pictures))

    def renew(self, announcement_id: str, caller: Caller) -> OwnAnnouncement:
        """Put an announcement on the map for another lifetime."""
        self.access.require_owner(announcement_id, caller.token)
        return self._own(self.announcements.renew(announcement_id))

    def reunite(self, announcement_id: str, caller: Caller) -> OwnAnnouncement:
        """Mark an announcement as good news."""
        self.access.require_owner(announcement_id, caller.token)
        return self._own(self.announcements.reunite(announcement_id))

    def withdraw(self, announcement_id: str, caller: Caller) -> None:
        """Take an announcement off the map and erase it."""
        self.access.require_owner(announcement_id, caller.token)
        self.announcements.withdraw(announcement_id)

    def _own(self, announcement: Announcement) -> OwnAnnouncement:
        return OwnAnnouncement.of(announcement, self.clock())


def contents(body: AnnouncementIn | AnnouncementPatch) -> Contents:
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
