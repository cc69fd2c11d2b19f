"""What was seen of a pet since it was announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.markers import Marker
from chalicelib.services.changes import Clock

MOST = 20  # shown of one announcement, the newest: enough to follow a pet, and one small read


class SightingIndex(Protocol):
    """The sightings on the map, by what they may be about."""

    def sightings(self, about: str, most: int) -> Sequence[Marker]:
        """Read the newest, newest first; one that was written a moment ago may be missing."""


@dataclass(frozen=True)
class Seen:
    """A sighting, and how far in metres its public place is from that of what it may be about."""

    marker: Marker
    metres: float


@dataclass(frozen=True)
class Sightings:
    """Finds them when somebody looks at an announcement."""

    index: SightingIndex
    clock: Clock

    def of(self, announcement: Announcement) -> list[Seen]:
        """Find the newest sightings of an announcement, newest first, measured between public places only."""
        here, now = announcement.public_place, self.clock()
        found = self.index.sightings(announcement.id, MOST)
        return [Seen(each, here.distance_to(each.place)) for each in found if each.expires_at > now]
