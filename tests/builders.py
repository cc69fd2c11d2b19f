"""Builders: whole objects of the domain, of which a test names only what matters to it."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from chalicelib.domain.announcements import (
    REUNITED_LIFETIME,
    TOMBSTONE_LIFETIME,
    Announcement,
    Contact,
    Contents,
    Origin,
)
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Blur, Kind, Species, Status
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import EventTime
from chalicelib.domain.networks import Sender
from chalicelib.domain.pictures import Picture, PictureState, RenderedPicture, Rendition, Upload
from chalicelib.services.changes import Remembered
from chalicelib.services.sources import Delivery

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LIFETIME = timedelta(days=90)  # of everything but cats
RESTORABLE = timedelta(days=90)
SENDER = Sender("203.0.113.7")
KRAKOW = Point(50.0612, 19.9387)
LONDON = Point(51.4779, -0.0015)
FIJI = Point(-16.8, 180.0)
_LETTERS = str.maketrans("0123456789", "abcdefghij")


def identifier(number: int) -> str:
    """Make an id that looks like ours; a greater number sorts later."""
    return f"{number:020}".translate(_LETTERS)


def announcement(**changes: Any) -> Announcement:
    """An active dog, found an hour before NOON, announced at NOON, with everything that is private filled in."""
    values: dict[str, Any] = {
        "id": identifier(1),
        "kind": Kind.FOUND,
        "species": Species.DOG,
        "title": "Brown dog",
        "text": "By the park",
        "event_at": NOON - HOUR,
        "place": KRAKOW,
        "published_at": NOON,
        "contact": Contact("Ada", "finder@example.org", "+48 600 100 200"),
        "secret_mark": "a white toe",
    }
    made = Announcement(**{"expires_at": NOON} | values | changes)
    return made if "expires_at" in changes else replace(made, expires_at=made.published_at + made.lifetime)


def in_status(status: Status, **changes: Any) -> Announcement:
    """An announcement as it is at NOON when it has come to a status."""
    match status:
        case Status.ACTIVE:
            return announcement(published_at=NOON - DAY, **changes)
        case Status.REUNITED:
            left = NOON + REUNITED_LIFETIME - DAY
            return announcement(published_at=NOON - DAY, status=status, expires_at=left, **changes)
        case Status.EXPIRED:
            return announcement(published_at=NOON - LIFETIME - DAY, status=status, **changes)
    return announcement(published_at=NOON - DAY, **changes).withdrawn(NOON - TOMBSTONE_LIFETIME / 2)


def contents(**changes: Any) -> Contents:
    """What a guest writes about the dog of `announcement`."""
    values: dict[str, Any] = {
        "kind": Kind.FOUND,
        "species": Species.DOG,
        "title": "Brown dog",
        "text": "By the park",
        "event_at": NOON - HOUR,
        "place": KRAKOW,
        "blur": Blur.STREET,
        "contact": Contact(email="finder@example.org"),
    }
    return cast("Contents", values | changes)


def delivery(
    external_id: str = "A-1",
    source: str = "shelter",
    published_at: datetime | None = None,
    lives_days: int | None = None,
    **changes: Any,
) -> Delivery:
    """What a source sends; the same arguments have the same fingerprint."""
    given = contents(**changes)
    words = repr((sorted(given.items()), published_at, lives_days))
    origin = Origin(source, external_id, hashlib.sha256(words.encode()).hexdigest())
    return Delivery(origin, given, EventTime(given["event_at"]), published_at, lives_days)


def marker(**changes: Any) -> Marker:
    """The marker of an announcement."""
    made = Marker.of(announcement(**changes))
    assert made
    return made


def picture(**changes: Any) -> Picture:
    """A picture that waits for its bytes from NOON on."""
    values: dict[str, Any] = {"id": identifier(500), "form_expires_at": NOON + 15 * MINUTE}
    return Picture(**values | changes)


def ready_picture(**changes: Any) -> Picture:
    """A picture that can be shown."""
    ready = picture().with_rendering(upload(digest="4be1"), rendered())
    return replace(ready, **changes)


def refused_picture(**changes: Any) -> Picture:
    """A picture that was no good."""
    return picture(state=PictureState.REFUSED, reason="It is not a picture.", **changes)


def upload(**changes: Any) -> Upload:
    """The bytes of a picture as the bucket tells of them."""
    values: dict[str, Any] = {"version": "v1", "uploaded_at": NOON + MINUTE, "size": 1000}
    return Upload(**values | changes)


def rendered(**changes: Any) -> RenderedPicture:
    """What the pipeline makes of a picture."""
    values: dict[str, Any] = {
        "width": 4000,
        "height": 3000,
        "renditions": {size: f"webp {size.value}".encode() for size in Rendition},
        "preview": b"jpeg",
        "placeholder": "3OcRJYB4d3h/iIeHeEh3eIhw+j2w",
        "colour": "#a08060",
        "fingerprint": "0123456789abcdef" * 4,
    }
    return RenderedPicture(**values | changes)


def remembered(**changes: Any) -> Remembered:
    """An idempotency key that made the announcement of `announcement` at NOON."""
    values: dict[str, Any] = {
        "key": "0123456789abcdef",
        "body_hash": "hash of a body",
        "announcement_id": identifier(1),
        "forgotten_at": NOON + DAY,
    }
    return Remembered(**values | changes)
