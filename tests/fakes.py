"""What the services call, in memory; each passes the tests of the real one in tests/connectors."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.errors import NotFound
from chalicelib.domain.limits import Use
from chalicelib.domain.lookalikes import Print, prints_of
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.messages import MAX_MESSAGES, Message
from chalicelib.domain.moments import Window, iso, month_of
from chalicelib.domain.periods import Span
from chalicelib.domain.pictures import (
    PictureRecord,
    PictureState,
    RenderedPicture,
    Upload,
    original_key,
    preview_key,
    rendition_key,
    renditions_prefix,
)
from chalicelib.domain.sightings import Sighting
from chalicelib.domain.stock import Found, Progress, Stage, StockPage
from chalicelib.domain.versions import Version
from chalicelib.services.changes import Change, Remembered, WriteConflict
from chalicelib.services.expiry import Due
from chalicelib.services.mending import Region
from chalicelib.services.paging import START, Chunk, Index, Partition, Reading, month_key, shard_of
from chalicelib.services.pictures import UploadForm
from chalicelib.services.surveys import Changes
from tests.builders import NOON


@dataclass
class MemoryStore:
    """Announcements, records of pictures, idempotency keys and notes of what is due.

    `interruptions` happen one by one, each just before a commit: what others do between our reading and our writing.
    """

    announcements: dict[str, Announcement] = field(default_factory=dict)
    records: dict[str, PictureRecord] = field(default_factory=dict)
    sent: dict[tuple[str, str], Version] = field(default_factory=dict)
    keys: dict[str, Remembered] = field(default_factory=dict)
    notes: set[Due] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    interruptions: deque[Callable[[], object]] = field(default_factory=deque)
    commits: list[Sequence[Change]] = field(default_factory=list)
    day: date | None = None
    listing: set[str] = field(default_factory=set)
    letters: dict[tuple[str, str], Message] = field(default_factory=dict)
    counted: Counter[Use] = field(default_factory=Counter)
    reached: Progress | None = None

    def get(self, announcement_id: str) -> Announcement | None:
        return self.announcements.get(announcement_id)

    def get_many(self, announcement_ids: Sequence[str]) -> dict[str, Announcement]:
        return {found.id: found for found in map(self.get, announcement_ids) if found}

    def commit(self, changes: Sequence[Change]) -> None:
        if self.interruptions:
            self.interruptions.popleft()()
        for change in changes:
            _require_distinct(change)
        if not all(self._may_write(change) for change in changes):
            raise WriteConflict
        self.commits.append(changes)
        for change in changes:
            self._write(change)

    def remembered(self, key: str, now: datetime) -> Remembered | None:
        found = self.keys.get(key)
        return found if found and found.forgotten_at > now else None

    def add_message(self, to: Announcement, message: Message, use: Use, remembered: Remembered | None) -> None:
        if self.interruptions:
            self.interruptions.popleft()()
        stored = self.announcements.get(to.id)
        is_as_read = stored is not None and stored.version == to.version
        is_free = not remembered or not self.remembered(remembered.key, message.sent_at)
        has_room = self.message_count(to.id) < MAX_MESSAGES and self._has_room(use)
        is_new = (message.announcement_id, message.id) not in self.letters
        if not (is_as_read and is_free and has_room and is_new):
            raise WriteConflict
        self.letters[message.announcement_id, message.id] = message
        self.counted[_window(use)] += 1
        if remembered:
            self.keys[remembered.key] = remembered

    def messages(self, announcement_id: str) -> Sequence[Message]:
        return [each for each in self.letters.values() if each.announcement_id == announcement_id]

    def message(self, announcement_id: str, message_id: str) -> Message | None:
        return self.letters.get((announcement_id, message_id))

    def message_count(self, announcement_id: str) -> int:
        return len(self.messages(announcement_id))

    def mark_read(self, announcement_id: str, message_id: str, now: datetime) -> Message | None:
        message = self.letters.get((announcement_id, message_id))
        if message is None:
            return None
        self.letters[announcement_id, message_id] = message.read(now)
        return self.letters[announcement_id, message_id]

    def erase_messages(self, announcement_id: str) -> None:
        for message in self.messages(announcement_id):
            del self.letters[announcement_id, message.id]

    def uses(self, use: Use) -> int:
        return self.counted[_window(use)]

    def count(self, use: Use) -> None:
        if not self._has_room(use):
            raise WriteConflict
        self.counted[_window(use)] += 1

    def open_cases(self) -> Iterator[str]:
        reported = {each.id: each.case.reported_at for each in self.announcements.values() if each.case.reports}
        return iter(sorted(reported, key=lambda each: (str(reported[each]), each), reverse=True))

    def _has_room(self, use: Use) -> bool:
        return self.uses(use) < use.limit

    def picture(self, picture_id: str) -> PictureRecord | None:
        return self.records.get(picture_id)

    def versions(self, picture_id: str) -> Sequence[Version]:
        return [each for each in self.sent.values() if each.picture_id == picture_id]

    def note_version(self, version: Version) -> None:
        if version.picture_id in self.records:
            self.sent.setdefault((version.picture_id, version.version), version)

    def settle_version(self, version: Version, *, only_waiting: bool = False) -> None:
        known = self.sent.get((version.picture_id, version.version))
        waits = known is not None and known.state is PictureState.WAITING
        if version.picture_id in self.records and (waits or not only_waiting):
            self.sent[version.picture_id, version.version] = version

    def forget_picture(self, picture_id: str) -> None:
        for version in self.versions(picture_id):
            del self.sent[picture_id, version.version]
        self.listing.discard(picture_id)
        self.records.pop(picture_id, None)

    def prints(self, region: str) -> Sequence[Print]:
        found = (each for announcement in self.announcements.values() for each in prints_of(announcement))
        return [each for each in found if each.region == region]

    def sightings(self, about: str, most: int) -> Sequence[Marker]:
        found = [each for each in map(Sighting.of, self.announcements.values()) if each and each.about == about]
        return sorted((each.marker for each in found), key=lambda each: each.position, reverse=True)[:most]

    def listed(self, after: str, last: str | None) -> Iterator[str]:
        return iter(sorted(each for each in self.listing if after < each and (last is None or each <= last)))

    def list_picture(self, picture_id: str) -> None:
        self.listing.add(picture_id)

    def known_versions(self, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Version]:
        return {name: self.sent[name] for name in names if name in self.sent}

    def records_of(self, picture_ids: Sequence[str]) -> dict[str, PictureRecord]:
        return {each: self.records[each] for each in picture_ids if each in self.records}

    def progress(self) -> Progress | None:
        return self.reached

    def put_progress(self, progress: Progress) -> None:
        self.reached = progress

    def watermark(self) -> date | None:
        return self.day

    def put_watermark(self, day: date) -> None:
        self.day = day

    def due(self, day: date, now: str) -> Iterator[Due]:
        return iter(sorted((note for note in self.notes if note.day == day and note.due <= now), key=repr))

    def settle(self, due: Due) -> None:
        self.notes.discard(due)

    def _may_write(self, change: Change) -> bool:
        stored = self.announcements.get(change.after.id)
        is_free = not change.remembered or not self.remembered(change.remembered.key, change.after.published_at)
        has_room = change.use is None or self._has_room(change.use)
        return has_room and is_free and (stored and stored.version) == (change.before and change.before.version)

    def _write(self, change: Change) -> None:
        after = change.after
        self.announcements[after.id] = after
        self.months.add(month_of(after.event_at))
        before = change.before.pictures if change.before else ()
        self.listing |= {each.id for each in after.pictures} - {each.id for each in before}
        self.notes |= {Due.at(moment, after.id) for moment in change.due}
        for record in change.records:
            if isinstance(record, Version):
                self.sent[record.picture_id, record.version] = record
            else:
                self.records[record.picture.id] = record
        if change.use:
            self.counted[_window(change.use)] += 1
        if change.remembered:
            self.keys[change.remembered.key] = change.remembered


def _window(use: Use) -> Use:
    """Name what is counted together."""
    return replace(use, limit=0)


def _require_distinct(change: Change) -> None:
    """Refuse, as DynamoDB does, to write one item twice in a transaction."""
    notes = [Due.at(moment, change.after.id) for moment in change.due]
    records = [
        (record.picture_id, record.version) if isinstance(record, Version) else record.picture.id
        for record in change.records
    ]
    if len(set(notes)) < len(notes) or len(set(records)) < len(records):
        raise ValueError("Transaction request cannot include multiple operations on one item")


@dataclass
class MemoryMarkers:
    """The markers of a store.

    `biggest_answer` makes each answer stop after so many items, as DynamoDB does after 1 MB; `rounds` counts the
    readings that were asked for at the same time.
    """

    store: MemoryStore
    biggest_answer: int = 1000
    rounds: list[int] = field(default_factory=list)
    _partitions: dict[Partition, list[Marker]] = field(default_factory=dict)
    _by_region: dict[str, list[Marker]] = field(default_factory=dict)
    _commits: int = -1

    def months(self, window: Window) -> Sequence[str]:
        first = month_of(window.start) if window.start else ""
        last = month_of(window.end) if window.end else "~"
        return sorted(month for month in self.store.months if first <= month <= last)

    def read(self, readings: Sequence[Reading], viewport: Viewport, now: datetime) -> Sequence[Chunk]:
        self.rounds.append(len(readings))
        self._look_again()
        return [self._read(reading, viewport, now) for reading in readings]

    def _look_again(self) -> None:
        if self._commits != len(self.store.commits):
            self._partitions, self._commits = _partitioned(self.store), len(self.store.commits)
            self._by_region = _sorted_by_region(self.store)

    def _read(self, reading: Reading, viewport: Viewport, now: datetime) -> Chunk:
        first = iso(viewport.window.start) if viewport.window.start else START
        markers = self._partitions.get(reading.partition, [])
        below = [marker for marker in markers if first <= marker.position < reading.below]
        taken = below[: min(reading.limit, self.biggest_answer)]
        wanted = [marker for marker in taken if marker in viewport and marker.expires_at > now]
        return Chunk(wanted, taken[-1].position if len(taken) < len(below) else START)

    def in_cell(self, cell: str, span: Span) -> Sequence[Marker]:
        inside = self._markers_in(cell)
        return [marker for marker in inside if marker.event_at.toordinal() in span]

    def changes(self, regions: Sequence[str], since: datetime) -> Changes:
        ids = frozenset(
            change.after.id
            for commit in self.store.commits
            for change in commit
            if change.at >= since and _regions(change) & set(regions)
        )
        here = [marker for region in regions if ids for marker in self._markers_in(region)]
        return Changes([marker for marker in here if marker.announcement_id in ids], ids)

    def region(self, cell: str, since: datetime) -> Region:
        changing = {
            found.place.cell(5)
            for commit in self.store.commits
            for change in commit
            if change.at >= since
            for found in map(Marker.of, filter(None, (change.before, change.after)))
            if found
        }
        return Region(self._markers_in(cell), frozenset(leaf for leaf in changing if leaf.startswith(cell)))

    def _markers_in(self, cell: str) -> list[Marker]:
        self._look_again()
        return [marker for marker in self._by_region.get(cell[:2], []) if marker.place.cell(len(cell)) == cell]


def _regions(change: Change) -> set[str]:
    """Name the cells of 2 characters in which a change shows."""
    markers = [Marker.of(each) for each in (change.before, change.after) if each]
    return {found.place.cell(2) for found in markers if found}


def _partitioned(store: MemoryStore) -> dict[Partition, list[Marker]]:
    """Sort the markers of a store into the partitions of every index, newest first."""
    partitions: dict[Partition, list[Marker]] = {}
    markers = [marker for marker in map(Marker.of, store.announcements.values()) if marker]
    for marker in sorted(markers, key=lambda marker: marker.position, reverse=True):
        for index in Index:
            partitions.setdefault(Partition(index, _key(marker, index)), []).append(marker)
    return partitions


def _sorted_by_region(store: MemoryStore) -> dict[str, list[Marker]]:
    """Sort the markers of a store by their cells of 2 characters."""
    regions: dict[str, list[Marker]] = {}
    for marker in filter(None, map(Marker.of, store.announcements.values())):
        regions.setdefault(marker.place.cell(2), []).append(marker)
    return regions


def _key(marker: Marker, index: Index) -> str:
    if index is Index.MONTH:
        return month_key(month_of(marker.event_at), shard_of(marker.announcement_id))
    return marker.place.cell(index.value)


@dataclass
class MemoryBucket:
    """Originals with their versions, renditions, and the backup of both; `now` is the storage's own clock.

    A version whose bytes are None is a delete marker; `broken` are pictures that cannot be erased just now.
    """

    now: datetime = NOON
    originals: dict[str, list[tuple[Upload, bytes | None]]] = field(default_factory=dict)
    renditions: dict[str, bytes] = field(default_factory=dict)
    backup: dict[str, list[tuple[Upload, bytes]]] = field(default_factory=dict)
    kept_renditions: dict[str, bytes] = field(default_factory=dict)
    read_versions: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    before_put: Callable[[], object] = lambda: None
    interruptions: deque[Callable[[], object]] = field(default_factory=deque)

    def upload(self, picture_id: str, data: bytes | None, size: int | None = None, **values: Any) -> str:
        """Do what the person's browser does; a delete marker when there are no bytes; returns the version."""
        version = f"{picture_id}-v{next(self.numbers)}"
        upload = Upload(version, self.now, len(data or b"") if size is None else size, **values)
        self.originals.setdefault(picture_id, []).append((upload, data))
        if data is not None:
            self.backup.setdefault(picture_id, []).append((upload, data))
        return version

    def expire(self, picture_id: str) -> None:
        """Do what the lifecycle does after six days: only the newest version stays here."""
        del self.originals[picture_id][:-1]

    def put(self, picture_id: str, data: bytes, content_type: str, description: Description) -> str:
        self.before_put()
        return self.upload(picture_id, data, content_type=content_type, description=description)

    def copy(self, picture_id: str, version: str, quarter_turns: int | None = None) -> str:
        for place in (self.originals, self.backup):
            for upload, data in place.get(picture_id, []):
                if upload.version == version and data is not None:
                    turns = upload.quarter_turns if quarter_turns is None else quarter_turns
                    said: dict[str, Any] = {"content_type": upload.content_type, "description": upload.description}
                    return self.upload(picture_id, data, quarter_turns=turns, **said)
        raise NotFound("There is no such version any more.")

    def find(self, picture_id: str, version: str) -> Upload | None:
        versions = self.originals.get(picture_id, [])
        return next((upload for upload, data in versions if upload.version == version and data is not None), None)

    def meanwhile(self, act: Callable[[], object]) -> None:
        """Let somebody else act just before the next read."""
        self.interruptions.append(act)

    def upload_form(
        self, picture_id: str, content_type: str, expires_at: datetime, description: Description = NOTHING_SAID
    ) -> UploadForm:
        fields = {"key": original_key(picture_id), "Content-Type": content_type}
        fields |= {"x-amz-meta-description": description.encoded()} if description != NOTHING_SAID else {}
        return UploadForm("https://bucket.example.org/", fields, expires_at)

    def newest(self, picture_id: str) -> Upload | None:
        versions = self.originals.get(picture_id)
        if not versions or versions[-1][1] is None:
            return None
        return versions[-1][0]

    def read(self, picture_id: str, version: str) -> bytes:
        if self.interruptions:
            self.interruptions.popleft()()
        self.read_versions.append(version)
        for upload, data in self.originals.get(picture_id, []):
            if upload.version == version and data is not None:
                return data
        raise NotFound("There is no such version.")

    def is_shown(self, picture_id: str) -> bool:
        return any(key.startswith(renditions_prefix(picture_id)) for key in self.renditions)

    def put_renditions(self, picture_id: str, digest: str, rendered: RenderedPicture) -> None:
        self.renditions |= {rendition_key(picture_id, digest, size): data for size, data in rendered.renditions.items()}
        self.renditions[preview_key(picture_id, digest)] = rendered.preview
        self.kept_renditions |= self.renditions

    def erase(self, picture_id: str) -> None:
        if picture_id in self.broken:
            raise OSError("the storage is broken")
        self.originals.pop(picture_id, None)
        self.backup.pop(picture_id, None)
        for renditions in (self.renditions, self.kept_renditions):
            for key in [key for key in renditions if key.startswith(renditions_prefix(picture_id))]:
                del renditions[key]

    def erase_renditions(self, picture_id: str) -> None:
        for key in [key for key in self.renditions if key.startswith(renditions_prefix(picture_id))]:
            del self.renditions[key]

    def holds(self, picture_id: str) -> bool:
        """Tell whether anything at all is left of a picture."""
        prefix, renditions = renditions_prefix(picture_id), (*self.renditions, *self.kept_renditions)
        return picture_id in {*self.originals, *self.backup} or any(key.startswith(prefix) for key in renditions)


@dataclass
class MemoryStock:
    """The listings of a bucket, a few entries a page."""

    bucket: MemoryBucket
    size: int = 1000

    def page(self, progress: Progress) -> StockPage:
        entries = list(self._entries(progress.stage))
        left = [each for each in entries if each.picture_id > progress.picture_id]
        if progress.version:
            names = [(each.picture_id, each.version) for each in entries]
            left = entries[names.index((progress.picture_id, progress.version)) + 1 :]
        found = left[: self.size]
        return StockPage(found, (found[-1].picture_id, found[-1].version) if len(left) > self.size else None)

    def _entries(self, stage: Stage) -> Iterator[Found]:
        listed = {Stage.RENDITIONS: self.bucket.renditions, Stage.RENDITIONS_OF_BACKUP: self.bucket.kept_renditions}
        if stage in listed:
            yield from (Found(each) for each in sorted({key.split("/")[1] for key in listed[stage]}))
            return
        shelves: dict[Stage, Mapping[str, Sequence[tuple[Upload, bytes | None]]]] = {
            Stage.ORIGINALS: self.bucket.originals,
            Stage.BACKUP: self.bucket.backup,
        }
        for picture_id, versions in sorted(shelves[stage].items()):
            for upload, data in reversed(versions):
                is_newest = upload is versions[-1][0]
                yield Found(picture_id, upload.version, upload.uploaded_at, is_newest, data is None)


@dataclass
class MemoryCdn:
    """What was to be forgotten."""

    forgotten: list[str] = field(default_factory=list)

    def forget(self, prefix: str) -> None:
        self.forgotten.append(prefix)


@dataclass
class MemorySourceKeys:
    """The hashes of the sources' keys."""

    hashes: dict[str, str] = field(default_factory=dict)

    def key_hash(self, source: str) -> str | None:
        return self.hashes.get(source)

    def put_key_hash(self, source: str, key_hash: str) -> None:
        self.hashes[source] = key_hash


@dataclass(frozen=True)
class FixedSecrets:
    """Secrets that everybody may know."""

    manage: bytes = b"m" * 32
    cursor: bytes = b"c" * 32
    network: bytes = b"n" * 32
    origin: bytes = b"o" * 32

    def manage_token_key(self) -> bytes:
        return self.manage

    def cursor_key(self) -> bytes:
        return self.cursor

    def network_key(self) -> bytes:
        return self.network

    def origin_key(self) -> bytes:
        return self.origin
