"""Prints: where on the map a photo can be found again by its fingerprint."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.markers import Marker
from chalicelib.domain.pictures import PictureState

REGION = 3  # characters of the cell whose prints are read together, about 100 km wide and 156 km high
RADIUS = 100_000.0  # metres within which the same photo means the same pet: dogs walk far, and so do their finders


@dataclass(frozen=True)
class Print:
    """A photo on the map; `region` is the cell of its public place, `expires_at` when its announcement leaves."""

    region: str
    picture_id: str
    announcement_id: str
    fingerprint: str
    expires_at: datetime


def prints_of(announcement: Announcement) -> frozenset[Print]:
    """Derive the prints of an announcement's pictures: none when it is not on the map any more."""
    if Marker.of(announcement) is None:
        return frozenset()
    region = announcement.public_place.cell(REGION)
    return frozenset(
        Print(region, picture.id, announcement.id, picture.fingerprint, announcement.expires_at)
        for picture in announcement.pictures
        if picture.state is PictureState.READY and picture.fingerprint
    )
