"""Markers: what the map shows of an announcement, and which of them a view asks for."""

from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import Point, Rectangle
from chalicelib.domain.kinds import Kind, Species, Status
from chalicelib.domain.moments import Window, iso
from chalicelib.domain.pictures import Rendition

WORLD = Rectangle(-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True)
class Marker:
    """The public face of an announcement on the map; `place` is its public place."""

    announcement_id: str
    kind: Kind
    species: Species
    title: str
    event_at: datetime
    place: Point
    status: Status
    published_at: datetime
    expires_at: datetime
    thumbnail: str | None = None
    colour: str | None = None
    placeholder: str | None = None
    version: int = 1

    @classmethod
    def of(cls, announcement: Announcement) -> "Marker | None":
        """Derive the marker of an announcement, or None when it has none any more."""
        if announcement.case.hidden or announcement.status in (Status.EXPIRED, Status.WITHDRAWN):
            return None
        cover = announcement.cover
        return cls(
            announcement.id,
            announcement.kind,
            announcement.species,
            announcement.title,
            announcement.event_at,
            announcement.public_place,
            announcement.status,
            announcement.published_at,
            announcement.expires_at,
            thumbnail=cover.key_of(Rendition.THUMBNAIL) if cover else None,
            colour=cover.colour if cover else None,
            placeholder=cover.placeholder if cover else None,
            version=announcement.version,
        )

    @property
    def position(self) -> str:
        """Its place in the order of the map: event time, then id, as one text that sorts."""
        return f"{iso(self.event_at)}#{self.announcement_id}"


@dataclass(frozen=True)
class Viewport:
    """What a view of the map asks for; empty kinds or species mean all of them."""

    rectangle: Rectangle = WORLD
    window: Window = field(default_factory=Window)
    kinds: frozenset[Kind] = frozenset()
    species: frozenset[Species] = frozenset()
    zoom: int | None = None

    def __contains__(self, marker: Marker) -> bool:
        """Tell whether a marker is asked for."""
        return (
            marker.place in self.rectangle
            and marker.event_at in self.window
            and self.wants(marker.kind, marker.species)
        )

    def wants(self, kind: Kind, species: Species) -> bool:
        """Tell whether a kind and a species are asked for."""
        return (not self.kinds or kind in self.kinds) and (not self.species or species in self.species)
