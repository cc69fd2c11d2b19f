"""An announcement and the rules of its life: active, reunited, expired, withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypedDict

from chalicelib.domain.errors import Conflict, Gone, Invalid
from chalicelib.domain.geography import Cell, Point
from chalicelib.domain.kinds import DEFAULT_LIFETIME_DAYS, LIFETIME_DAYS, Blur, Kind, Species, Status
from chalicelib.domain.moments import EARLIEST, EventTime
from chalicelib.domain.pictures import MAX_PICTURES, Picture, PictureState
from chalicelib.domain.reports import NOT_REPORTED, Case, Report

MAX_TITLE = 120
MAX_TEXT = 4_000
CLOCK_TOLERANCE = timedelta(minutes=5)  # how far a phone's clock may be ahead of ours
GUEST_MEMORY = timedelta(days=731)  # guests report at most the last two years, a leap day included
REUNITED_LIFETIME = timedelta(days=14)  # good news stays on the map this long
RESTORABLE = timedelta(days=90)  # between leaving the map and being erased
TOMBSTONE_LIFETIME = timedelta(days=30)  # how long the id of a withdrawn one answers 410


@dataclass(frozen=True)
class Contact:
    """How to reach who announced; never public."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Origin:
    """Which source brought an announcement, under which name there, and the fingerprint of what it last sent."""

    source: str
    external_id: str
    fingerprint: str


class Contents(TypedDict, total=False):
    """What the people who announce decide themselves, as fields of `Announcement`."""

    kind: Kind
    species: Species
    title: str
    text: str
    event_at: datetime
    place: Point
    blur: Blur
    contact: Contact | None
    secret_mark: str | None
    link: str | None
    about: str | None


@dataclass(frozen=True)
class Announcement:
    """A pet lost, found or seen, whole: only its owner may see `place`, `contact` and `secret_mark`.

    `expires_at` is when it leaves the map; `discarded` are the ids of pictures whose objects are still to be erased,
    `faded` tells that they had left the map long before; `case` is what was reported of it; `version` counts its writes
    from 1.
    """

    id: str
    kind: Kind
    species: Species
    title: str
    event_at: datetime
    place: Point
    published_at: datetime
    expires_at: datetime
    text: str = ""
    blur: Blur = Blur.STREET
    contact: Contact | None = None
    secret_mark: str | None = None
    link: str | None = None
    about: str | None = None
    status: Status = Status.ACTIVE
    lives_days: int | None = None
    origin: Origin | None = None
    pictures: tuple[Picture, ...] = ()
    discarded: tuple[str, ...] = ()
    faded: bool = False
    case: Case = NOT_REPORTED
    version: int = 1

    @property
    def public_place(self) -> Point:
        """The only place that anybody but the owner learns; it stays the same for the same exact place."""
        return Cell.named(self.place.cell(self.blur.precision)).centre

    @property
    def erased_at(self) -> datetime:
        """When its contents go for good unless it is renewed."""
        return self.expires_at + RESTORABLE

    @property
    def lifetime(self) -> timedelta:
        """How long it stays on the map from now when it is announced or renewed."""
        return timedelta(days=self.lives_days or LIFETIME_DAYS.get(self.species, DEFAULT_LIFETIME_DAYS))

    @property
    def due_at(self) -> datetime:
        """When the sweep has to look at it next."""
        return self.erased_at if self.status is Status.EXPIRED else self.expires_at

    @property
    def cover(self) -> Picture | None:
        """The first picture that can be shown."""
        return next((picture for picture in self.pictures if picture.state is PictureState.READY), None)

    def picture(self, picture_id: str) -> Picture | None:
        """Find one of its pictures."""
        return next((picture for picture in self.pictures if picture.id == picture_id), None)

    def status_at(self, now: datetime) -> Status:
        """Tell the status by the clock, whether or not the sweep has come by."""
        if self.status is Status.WITHDRAWN or now >= self.erased_at:
            return Status.WITHDRAWN
        return Status.EXPIRED if now >= self.expires_at else self.status

    def is_on_map(self, now: datetime) -> bool:
        """Tell whether everybody may see it."""
        return not self.case.hidden and self.status_at(now) in (Status.ACTIVE, Status.REUNITED)

    def require_public(self, now: datetime) -> None:
        """Raise Gone unless it is on the map; of an expired one title and kind are told, of a hidden one nothing."""
        self.require_present(now)
        if self.case.hidden:
            raise Gone("This announcement is hidden until somebody has looked at it.", state="hidden")
        if not self.is_on_map(now):
            details = {"state": Status.EXPIRED.value, "kind": self.kind.value, "announcement_title": self.title}
            raise Gone("This announcement has expired.", **details)

    def require_present(self, now: datetime) -> None:
        """Raise Gone when it was withdrawn or erased."""
        if self.status_at(now) is Status.WITHDRAWN:
            raise Gone("This announcement was withdrawn.", state=Status.WITHDRAWN.value)

    def require_active(self, now: datetime) -> None:
        """Raise Gone or Conflict unless its contents may change."""
        self.require_present(now)
        if (status := self.status_at(now)) is not Status.ACTIVE:
            raise Conflict(f"This announcement is {status}: renew it first.")

    def changed(self, now: datetime, **values: Any) -> "Announcement":
        """Return it with other contents; raises Gone or Conflict by its status."""
        self.require_active(now)
        return replace(self, **values)

    def renewed(self, now: datetime) -> "Announcement":
        """Return it on the map again, for a whole lifetime from now."""
        self.require_present(now)
        return replace(self, status=Status.ACTIVE, expires_at=now + self.lifetime)

    def reunited(self, now: datetime) -> "Announcement":
        """Return it as good news, which stays for two weeks; raises Conflict when it has expired."""
        self.require_present(now)
        if self.status_at(now) is Status.EXPIRED:
            raise Conflict("This announcement is expired: renew it first.")
        if self.status is Status.REUNITED:
            return self
        return replace(self, status=Status.REUNITED, expires_at=now + REUNITED_LIFETIME)

    def swept(self, now: datetime) -> "Announcement":
        """Return what the clock has made of it: the same object when nothing is due."""
        status = self.status_at(now)
        if status is Status.WITHDRAWN:
            return self.withdrawn(now)
        return replace(self, status=status) if status is Status.EXPIRED and self.status is not status else self

    def withdrawn(self, now: datetime) -> "Announcement":
        """Return the tombstone: the id, who may ask for it again, and which pictures are still to be erased."""
        if self.status is Status.WITHDRAWN:
            return self
        nowhere = Point(0.0, 0.0)  # a tombstone has no place, nor a marker that could show it
        discarded = (*self.discarded, *(picture.id for picture in self.pictures))
        bringer = self.origin and Origin(self.origin.source, external_id="", fingerprint="")
        return Announcement(
            self.id, self.kind, self.species, "", self.event_at, nowhere, self.published_at, now,
            status=Status.WITHDRAWN, origin=bringer, discarded=discarded, faded=now >= self.erased_at,
            version=self.version,
        )  # fmt: skip

    def reported(self, report: Report, now: datetime) -> "Announcement":
        """Return it with a report, itself when that network has reported it before; raises Gone."""
        self.require_public(now)
        return replace(self, case=self.case.with_report(report))

    def judged(self, now: datetime, *, hidden: bool) -> "Announcement":
        """Return it hidden from everybody but its owner, or shown again; raises Gone."""
        self.require_present(now)
        return replace(self, case=self.case.closed(hidden=hidden))

    def with_slot(self, picture: Picture, now: datetime) -> "Announcement":
        """Return it with room for one more picture; raises Conflict when it has ten.

        A place whose form expired unused is given away, but only when it is needed: a late upload may still come.
        """
        self.require_active(now)
        unused = [known.id for known in self.pictures if known.is_unused(now)]
        if len(self.pictures) < MAX_PICTURES:
            return replace(self, pictures=(*self.pictures, picture))
        if not unused:
            raise Conflict(f"An announcement has at most {MAX_PICTURES} pictures.")
        return self._without({unused[0]}).with_slot(picture, now)

    def with_picture(self, picture: Picture) -> "Announcement":
        """Return it with a picture of the same id replaced."""
        pictures = tuple(picture if known.id == picture.id else known for known in self.pictures)
        return replace(self, pictures=pictures)

    def with_pictures_ordered(self, picture_ids: Sequence[str]) -> "Announcement":
        """Return it with these pictures first, in this order; raises Invalid for one that it does not have.

        Those that are not named follow as they were: whoever orders may not know yet of one that has just come.
        """
        known = {picture.id: picture for picture in self.pictures}
        if len(set(picture_ids)) < len(picture_ids) or not known.keys() >= set(picture_ids):
            raise Invalid.field("pictures", "must name pictures of this announcement, each once")
        others = (picture for picture in self.pictures if picture.id not in picture_ids)
        return replace(self, pictures=(*(known[picture_id] for picture_id in picture_ids), *others))

    def without_pictures(self, picture_ids: Collection[str]) -> "Announcement":
        """Return it without these pictures, which are then to be erased; itself when it has none of them."""
        gone = {picture.id for picture in self.pictures if picture.id in picture_ids}
        return self._without(gone) if gone else self

    def _without(self, picture_ids: set[str]) -> "Announcement":
        pictures = tuple(picture for picture in self.pictures if picture.id not in picture_ids)
        return replace(self, pictures=pictures, discarded=(*self.discarded, *sorted(picture_ids)))


def check_event_time(event: EventTime, now: datetime, oldest: datetime = EARLIEST) -> None:
    """Refuse what lies in the future or too far back; raises Invalid naming `event_at`."""
    if event.is_later_than(now + CLOCK_TOLERANCE):
        raise Invalid.field("event_at", "must not be in the future")
    if event.at < oldest:
        raise Invalid.field("event_at", f"must not be before {oldest.date().isoformat()}")
