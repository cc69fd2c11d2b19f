"""The points as markers that look like real ones: ids, titles, and a picture for four of five."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.maps.geo import KINDS, NOW, SPECIES, Points, moment
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import Point
from chalicelib.domain.identity import source_id
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import to_second
from chalicelib.domain.pictures import UPLOAD_LIFETIME, Picture, PictureState

LIFETIME = timedelta(days=800)  # nothing expires while it is measured
LATE = timedelta(days=1.5)  # within which what happened is announced
PICTURED = 0.8  # of all announcements
THUMBHASH_BYTES = 22  # what the hash of a photograph without transparency has
LOOKS = ("Brown", "Black", "White", "Grey", "Black and white", "Small brown", "Old", "Young", "Ginger", "Friendly")
PLACES = (
    "near the market", "by the river", "in the park", "at the station", "behind the school", "on the main road",
    "by the old bridge", "at the bus stop", "near the hospital", "in our street", "by the lake", "at the allotments",
)  # fmt: skip
NOUNS = {Species.DOG: "dog", Species.CAT: "cat", Species.OTHER: "rabbit"}


def markers_of(points: Points, name: str = "points") -> Iterator[Marker]:
    """Make the marker of each point; the same points under the same name give the same markers."""
    for announcement in announcements_of(points, name):
        marker = Marker.of(announcement)
        assert marker
        yield marker


def announcements_of(points: Points, name: str = "points") -> Iterator[Announcement]:
    """Make the announcement of each point, with what a guest fills in."""
    columns = zip(points.latitude, points.longitude, points.day, points.kind, points.species, strict=True)
    for number, (latitude, longitude, day, kind, species) in enumerate(columns):
        place = Point(float(latitude), float(longitude))
        yield _announcement(f"{name}/{number}", place, float(day), KINDS[int(kind)], SPECIES[int(species)])


def _announcement(name: str, place: Point, day: float, kind: Kind, species: Species) -> Announcement:
    drawn = hashlib.sha512(name.encode()).digest()
    event_at = moment(day)
    published_at = to_second(event_at + min(LATE, NOW - event_at) * (int.from_bytes(drawn[24:28]) / 2**32))
    return Announcement(
        source_id("benchmark", name),
        kind,
        species,
        f"{LOOKS[drawn[0] % len(LOOKS)]} {NOUNS[species]} {PLACES[drawn[1] % len(PLACES)]}",
        event_at,
        place,
        published_at,
        published_at + LIFETIME,
        pictures=(_picture(name, drawn, published_at),) if drawn[2] < PICTURED * 256 else (),
        version=3,  # announced, a place for the picture, the picture
    )


def _picture(name: str, drawn: bytes, published_at: datetime) -> Picture:
    return Picture(
        source_id("benchmark-picture", name),
        published_at + UPLOAD_LIFETIME,
        PictureState.READY,
        digest=drawn[8:16].hex(),
        placeholder=b64encode(drawn[16 : 16 + THUMBHASH_BYTES]).decode(),
        colour=f"#{drawn[4:7].hex()}",
    )
