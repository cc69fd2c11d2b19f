"""Once a day the table and the buckets are compared, and what one has without the other is mended.

What can be left over: an upload whose event was lost, one that was never finished, bytes that somebody removed by
hand, bytes and renditions whose picture was erased while they were written.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from typing import Protocol

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import NotFound
from chalicelib.domain.pictures import PictureRecord, PictureState
from chalicelib.domain.stock import Found, Progress, Stage, StockPage
from chalicelib.domain.versions import Version
from chalicelib.services.changes import Clock, Editor
from chalicelib.services.pictures import Eraser, PictureBucket, PictureStore

log = logging.getLogger("homeward")

SETTLED = timedelta(days=1)  # after which an upload is no longer on its way, whatever was slow
READ_TOGETHER = 100  # items of one batch


class Stock(Protocol):
    """The listings of the buckets."""

    def page(self, progress: Progress) -> StockPage:
        """Read a page of the listing of a stage, after the place that was reached."""


class Inventory(Protocol):
    """The list of all pictures, and how far the comparison came."""

    def listed(self, after: str, last: str | None) -> Iterable[str]:
        """Name the pictures after one, up to and with another or the end, in their order."""

    def list_picture(self, picture_id: str) -> None:
        """Put a picture on the list."""

    def records_of(self, picture_ids: Sequence[str]) -> Mapping[str, PictureRecord]:
        """Read up to 100 records, as last written."""

    def known_versions(self, names: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Version]:
        """Read up to 100 versions, by picture and version."""

    def progress(self) -> Progress | None:
        """Read how far the comparison came."""

    def put_progress(self, progress: Progress) -> None:
        """Write it."""


@dataclass(frozen=True)
class Reconciler:
    """Compares and mends; again is harmless, for every picture is looked at as it is now."""

    stock: Stock
    inventory: Inventory
    records: PictureStore
    bucket: PictureBucket
    editor: Editor
    eraser: Eraser
    erase_discarded: Callable[[Announcement], Announcement]
    clock: Clock

    def run(self, has_time: Callable[[], bool]) -> Counter[str]:
        """Compare once a day, page after page; the next run goes on where there was no more time.

        Returns what was mended, by what was wrong.
        """
        mended: Counter[str] = Counter()
        today = self.clock().date()
        progress = self.inventory.progress()
        if progress is None or (progress.stage is Stage.DONE and progress.day < today):
            progress = Progress(today)
        while progress.stage is not Stage.DONE and has_time():
            page = self.stock.page(progress)
            mended.update(self._compare(progress, page))
            progress = progress.after(self._place(page))
            self.inventory.put_progress(progress)
        return mended

    def _place(self, page: StockPage) -> tuple[str, str] | None:
        """Tell where to go on: after a picture where the listing stopped within one that is erased now."""
        if page.next is None or self.records.picture(page.next[0]):
            return page.next
        return page.next[0], ""

    def _compare(self, progress: Progress, page: StockPage) -> Iterable[str]:
        """Mend what a page shows; what fails is logged and left to the next day."""
        if progress.stage is Stage.ORIGINALS:
            yield from self._each(self._mend_version, self._unknown_versions(page.found))
            yield from self._each(self._mend_missing, self._without_object(progress, page))
        yield from self._each(self._mend_stray, self._without_record(page.found))

    def _each[Thing](self, mend: Callable[[Thing], str | None], things: Iterable[Thing]) -> Iterable[str]:
        for thing in things:
            try:
                if wrong := mend(thing):
                    log.warning("mended: %s: %s", wrong, thing)
                    yield wrong
            except Exception:
                log.exception("could not mend %s", thing)
                yield "failed"

    def _without_record(self, found: Sequence[Found]) -> Iterable[Found]:
        """Find the pictures that nobody can ask for any more, each once."""
        old = {each.picture_id: each for each in found if self._is_settled(each.uploaded_at)}
        for some in batched(old, READ_TOGETHER):
            kept = self.inventory.records_of(some)
            yield from (old[picture_id] for picture_id in some if picture_id not in kept)

    def _mend_stray(self, found: Found) -> str:
        self.eraser.erase(found.picture_id)
        return "object without an item"

    def _unknown_versions(self, found: Sequence[Found]) -> Iterable[Found]:
        """Find versions of which nothing came: those not noted, and the newest ones that still wait."""
        old = [each for each in found if not each.is_deletion and self._is_settled(each.uploaded_at)]
        for some in batched(old, READ_TOGETHER):
            known = self.inventory.known_versions([(each.picture_id, each.version) for each in some])
            for each in some:
                version = known.get((each.picture_id, each.version))
                if version is None or (each.is_newest and version.state is PictureState.WAITING):
                    yield each

    def _mend_version(self, found: Found) -> str | None:
        """Note a version, and wake the function for the newest one: a copy of it is an upload like any other."""
        record = self.records.picture(found.picture_id)
        upload = self.bucket.find(found.picture_id, found.version)
        if record is None or upload is None:
            return None
        self.inventory.list_picture(found.picture_id)
        self.records.note_version(Version.of(found.picture_id, upload))
        if not found.is_newest or record.picture.version == found.version:
            return "version without an item"
        self.bucket.copy(found.picture_id, found.version)
        return "upload that nobody looked at"

    def _without_object(self, progress: Progress, page: StockPage) -> Iterable[str]:
        """Name the pictures of which the bucket shows nothing, in the range of a page."""
        last = page.next[0] if page.next else None
        shown = {each.picture_id for each in page.found if each.is_newest and not each.is_deletion}
        return [each for each in self.inventory.listed(progress.picture_id, last) if each not in shown]

    def _mend_missing(self, picture_id: str) -> str | None:
        """Bring back what the backup or an earlier version has, or take the place of what never came off the list."""
        record = self.records.picture(picture_id)
        if record is None:
            self.records.forget_picture(picture_id)
            return "list of what is not there"
        if not self._is_settled(record.picture.form_expires_at) or self.bucket.newest(picture_id):
            return None
        if self._is_back(picture_id):
            return "item without an object"
        if record.picture.state is PictureState.READY and self.bucket.is_shown(picture_id):
            return None
        self._drop(record)
        return "item without an object" if record.picture.version else "upload never finished"

    def _is_back(self, picture_id: str) -> bool:
        """Try the versions from the newest one on."""
        for version in sorted(self.records.versions(picture_id), key=lambda each: each.uploaded_at, reverse=True):
            try:
                self.bucket.copy(picture_id, version.version)
            except NotFound:
                continue
            return True
        return False

    def _drop(self, record: PictureRecord) -> None:
        picture_id = record.picture.id
        try:
            after = self.editor.change(record.announcement_id, lambda before: before.without_pictures([picture_id]))
        except NotFound:
            return self.eraser.erase(picture_id)
        self.erase_discarded(after)
        return None if picture_id in after.discarded else self.eraser.erase(picture_id)

    def _is_settled(self, moment: datetime | None) -> bool:
        return moment is None or self.clock() - moment >= SETTLED
