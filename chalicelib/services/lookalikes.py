"""The same photo on the map twice: found by fingerprint among the announcements around."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.fingerprints import STRICT_DISTANCE, Fingerprint
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.lookalikes import RADIUS, REGION, Print
from chalicelib.domain.pictures import Picture
from chalicelib.services.changes import AnnouncementStore, Clock
from chalicelib.services.surveys import Job

MOST = 20  # told of: a photo that is there more often is a shelter's sign, not a pet


class PrintIndex(Protocol):
    """The fingerprints of all photos on the map, by region."""

    def prints(self, region: str) -> Sequence[Print]:
        """Read those of a region, a cell of `REGION` characters."""


@dataclass(frozen=True)
class Lookalike:
    """An announcement with the same photo: how many bits the fingerprints differ, and how far away it is in metres."""

    announcement: Announcement
    bits: int
    metres: float


@dataclass(frozen=True)
class Lookalikes:
    """Finds them when somebody asks, so that the answer is never older than the map."""

    index: PrintIndex
    store: AnnouncementStore
    do_all: Callable[[Sequence[Job]], Sequence[Sequence[Print]]]
    clock: Clock

    def of(self, picture: Picture, announcement: Announcement, most_bits: int = STRICT_DISTANCE) -> list[Lookalike]:
        """Find the other announcements on the map within 100 km with the same photo, the likeliest first.

        The strict distance is for the person who reports; moderators ask with `LOOSE_DISTANCE`, which finds crops too
        and, now and then, what only looks alike.
        """
        if picture.fingerprint is None or not announcement.is_on_map(self.clock()):
            return []
        bits = self._nearest(Fingerprint.parse(picture.fingerprint), announcement, most_bits)
        nearest = sorted(bits, key=lambda each: (bits[each], each))[:MOST]
        found = self.store.get_many(nearest).values()
        return self._near(announcement, ((other, bits[other.id]) for other in found))

    def _nearest(self, wanted: Fingerprint, announcement: Announcement, most_bits: int) -> dict[str, int]:
        """Find the smallest distance of each announcement that is near enough."""
        nearest: dict[str, int] = {}
        for each in self._prints_around(announcement):
            bits = wanted.distance(Fingerprint.parse(each.fingerprint))
            if bits <= most_bits and each.announcement_id != announcement.id:
                nearest[each.announcement_id] = min(bits, nearest.get(each.announcement_id, bits))
        return nearest

    def _prints_around(self, announcement: Announcement) -> Iterable[Print]:
        regions = Rectangle.around(announcement.public_place, RADIUS).cells(REGION)
        readings = self.do_all([partial(self.index.prints, region) for region in regions])
        return (each for reading in readings for each in reading)

    def _near(self, announcement: Announcement, found: Iterable[tuple[Announcement, int]]) -> list[Lookalike]:
        """Measure between public places only, and leave out what is not public."""
        here, now = announcement.public_place, self.clock()
        near = [Lookalike(other, bits, here.distance_to(other.public_place)) for other, bits in found]
        shown = [each for each in near if each.metres <= RADIUS and each.announcement.is_on_map(now)]
        return sorted(shown, key=lambda each: (each.bits, each.metres))
