"""Sightings: what is shown on the page of the announcement that they may be about."""

from dataclasses import dataclass

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.kinds import Kind
from chalicelib.domain.markers import Marker


@dataclass(frozen=True)
class Sighting:
    """A sighting on the map and the id of the announcement that it may be about.

    That is what its reporter believes, and nobody has checked it: a report is not lost because the announcement has
    left the map in the meantime, or never was on it.
    """

    about: str
    marker: Marker

    @classmethod
    def of(cls, announcement: Announcement | None) -> "Sighting | None":
        """Derive it from an announcement, or None where there is none to show."""
        if announcement is None or announcement.kind is not Kind.SIGHTING:
            return None
        marker, about = Marker.of(announcement), announcement.about
        return cls(about, marker) if marker and about and about != announcement.id else None
