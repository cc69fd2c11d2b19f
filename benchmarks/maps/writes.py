"""What one more announcement costs to write, with all that follows from it, while one a second is posted.

Posting, the picture and the two functions that keep the tiles are the product's own; of the stream only its batches
are played: what half a minute brought, and every minute the widest tiles.
"""

import contextlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import batched
from typing import Any

from benchmarks.maps.dynoxide import Dynoxide
from benchmarks.maps.engine import Clock, homeward
from benchmarks.maps.geo import Points
from benchmarks.maps.markers import announcements_of
from benchmarks.maps.meter import Charge, Meter, Part, by_part, read_units
from benchmarks.maps.tables import ANNOUNCEMENTS, TILES
from chalicelib.bootstrap import Homeward
from chalicelib.connectors.announcements import AnnouncementTable
from chalicelib.connectors.items import marker_key
from chalicelib.connectors.table import Table, key
from chalicelib.domain.announcements import Announcement, Contact, Contents
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import EventTime
from chalicelib.domain.networks import Sender
from chalicelib.domain.pictures import UPLOAD_LIFETIME, Picture, PictureRecord, PictureState
from chalicelib.services.announcements import IdempotencyKey
from chalicelib.services.changes import Edit, Editor

BATCH = 30  # seconds that the stream's batches gather, at one post a second
WIDE_EVERY = 2  # batches: a minute
TOLD_EVERY = 8  # batches
SECOND = timedelta(seconds=1)
TEXT = "She wears a red collar with a bell and answers to her name. Last seen running towards the river, very shy."
GROUPS = {"R": "the whole", "C": "marker", "X": "what is due", "K": "idempotency key", "P": "picture", "M": "months"}


@dataclass(frozen=True)
class Posted:
    """The units of so many announcements: of writes by what they were paid for, of reads, and failed writes."""

    count: int
    writes: Mapping[str, float]
    reads: float
    failed: int

    @property
    def total(self) -> float:
        """Write units of one."""
        return sum(self.writes.values())

    @classmethod
    def of(cls, count: int, charges: Sequence[Charge]) -> "Posted":
        """Sum up what was paid."""
        groups: dict[str, float] = {}
        for part, units in by_part(charge for charge in charges if charge.is_write).items():
            groups[_group(part)] = groups.get(_group(part), 0) + units / count
        return cls(count, groups, read_units(charges) / count, sum(charge.failed for charge in charges))


type Act = Callable[[Announcement], list[Marker]]


@dataclass
class Poster:
    """Posts one announcement a second, and lets follow what follows."""

    homeward: Homeward
    clock: Clock
    meter: Meter

    @classmethod
    def on(cls, dynoxide: Dynoxide) -> "Poster":
        """Wire the product."""
        clock, meter = Clock(), Meter()
        return cls(homeward(dynoxide, clock, meter), clock, meter)

    def post(self, draft: Announcement) -> list[Marker]:
        """Announce as a guest does; returns the marker as it was written."""
        return [_marker(self._posted(draft))]

    def post_with_picture(self, draft: Announcement) -> list[Marker]:
        """Announce, ask for a place for a picture, and let the picture come; returns the marker as often written."""
        posted = self._posted(draft)
        [ready] = draft.pictures or (Picture(draft.id, draft.event_at, PictureState.READY, digest="0" * 16),)
        waiting = Picture(ready.id, self.clock.now + UPLOAD_LIFETIME)
        placed = self._edited(posted, lambda before: before.with_slot(waiting, self.clock.now), waiting)
        shown = self._edited(placed, lambda before: before.with_picture(ready), ready)
        return [_marker(posted), _marker(placed), _marker(shown)]

    def steadily(self, act: Act, points: Points, name: str) -> Posted:
        """Act at each point, a second after the other, with all that follows."""
        drafts = list(announcements_of(points, name))
        self.meter.taken()
        for number, some in enumerate(batched(drafts, BATCH), start=1):
            written = [marker for draft in some for marker in self._a_second_later(act, draft)]
            self._follow(written, wide=number % WIDE_EVERY == 0)
            if number % TOLD_EVERY == 0:
                print(f"    {name}: {number * BATCH:,} of {len(drafts):,}", flush=True)
        return Posted.of(len(drafts), self.meter.taken())

    def _a_second_later(self, act: Act, draft: Announcement) -> list[Marker]:
        self.clock.now += SECOND
        return act(draft)

    def _follow(self, written: Sequence[Marker], *, wide: bool) -> None:
        with contextlib.redirect_stdout(io.StringIO()):  # its metrics
            answer = self.homeward.tiles.touched(_event(written, self.clock))
            if wide:
                self.homeward.tiles.follow()
        assert not answer["batchItemFailures"]

    def _posted(self, draft: Announcement) -> Announcement:
        event = EventTime(min(draft.event_at, self.clock.now))
        return self.homeward.announcements.announcements.create(
            _contents(draft), event, Sender(), IdempotencyKey(draft.id, draft.id * 3)
        )

    @cached_property
    def _editor(self) -> Editor:
        table = Table(self.homeward.aws, self.homeward.config.announcements_table)
        return Editor(AnnouncementTable(table), self.clock, lambda _seconds: None)

    def _edited(self, before: Announcement, edit: Edit, picture: Picture) -> Announcement:
        return self._editor.change(before.id, edit, lambda after: [PictureRecord(picture, after.id)])


def _contents(draft: Announcement) -> Contents:
    return {
        "kind": draft.kind,
        "species": draft.species,
        "title": draft.title,
        "text": TEXT,
        "event_at": draft.event_at,
        "place": draft.place,
        "contact": Contact("Ada", "ada@example.org", "+48 600 100 200"),
        "secret_mark": "a white toe",
    }


def _marker(announcement: Announcement) -> Marker:
    marker = Marker.of(announcement)
    assert marker
    return marker


def _event(markers: Sequence[Marker], clock: Clock) -> dict[str, Any]:
    """Tell of markers as the table's stream does."""
    changes = [
        {
            "ApproximateCreationDateTime": clock.now.timestamp(),
            "Keys": key(*marker_key(marker)),
            "SequenceNumber": str(number),
        }
        for number, marker in enumerate(markers)
    ]
    return {"Records": [{"eventName": "INSERT", "dynamodb": change} for change in changes]}


def _group(part: Part) -> str:
    """Name what a key or an index belongs to."""
    table, name = part
    if table == TILES:
        return "notes of tiles" if name.startswith("D#") else f"tiles of level {len(name.removeprefix('T#'))}"
    return GROUPS.get(name[:1], name) if table == ANNOUNCEMENTS else f"index {table}"
