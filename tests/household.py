"""The services over fakes, wired as bootstrap wires them over AWS."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import PictureRefused
from chalicelib.domain.limits import Act
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.pictures import RenderedPicture
from chalicelib.services.access import Access
from chalicelib.services.announcements import Announcements
from chalicelib.services.arrivals import Arrivals
from chalicelib.services.changes import Change, Editor, WriteConflict
from chalicelib.services.cursors import Cursors
from chalicelib.services.curtain import Curtain
from chalicelib.services.expiry import Due, Expiry, Swept
from chalicelib.services.limits import Limits, Networks
from chalicelib.services.lookalikes import Lookalikes
from chalicelib.services.mending import Mender
from chalicelib.services.messages import Messages
from chalicelib.services.moderation import Moderation
from chalicelib.services.neighbours import Neighbours
from chalicelib.services.paging import Pages
from chalicelib.services.pictures import Eraser, Pictures
from chalicelib.services.reconciling import Reconciler
from chalicelib.services.sources import Sources
from chalicelib.services.surveys import Surveyor
from chalicelib.services.tiling import Tiler
from chalicelib.services.versions import Versions
from chalicelib.services.viewports import Viewports
from tests.builders import identifier, rendered
from tests.conftest import Clock
from tests.fake_tiles import MemoryTiles
from tests.fakes import FixedSecrets, MemoryBucket, MemoryCdn, MemoryMarkers, MemorySourceKeys, MemoryStock, MemoryStore


@dataclass
class Household:
    """Everything that a test of the services needs; ids are counted from 1, pauses are noted and not made."""

    clock: Clock = field(default_factory=Clock)
    store: MemoryStore = field(default_factory=MemoryStore)
    bucket: MemoryBucket = field(default_factory=MemoryBucket)
    cdn: MemoryCdn = field(default_factory=MemoryCdn)
    source_keys: MemorySourceKeys = field(default_factory=MemorySourceKeys)
    pauses: list[float] = field(default_factory=list)
    renderings: list[bytes] = field(default_factory=list)
    page: int = 1000
    free: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Act, 1000))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @cached_property
    def markers(self) -> MemoryMarkers:
        return MemoryMarkers(self.store)

    @cached_property
    def tiles(self) -> MemoryTiles:
        return MemoryTiles()

    @cached_property
    def editor(self) -> Editor:
        return Editor(self.store, self.clock, self.pauses.append)

    @cached_property
    def eraser(self) -> Eraser:
        return Eraser(self.bucket, self.cdn, self.store)

    @cached_property
    def announcements(self) -> Announcements:
        return Announcements(
            store=self.store,
            editor=self.editor,
            eraser=self.eraser,
            messages=self.store,
            limits=self.limits,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def messages(self) -> Messages:
        return Messages(self.store, self.store, self.editor, self.limits, self.clock, self.new_id)

    @cached_property
    def moderation(self) -> Moderation:
        return Moderation(self.store, self.store, self.editor, self.limits, self.networks, self.clock)

    @cached_property
    def limits(self) -> Limits:
        return Limits(self.store, self.networks, self.free, self.clock)

    @cached_property
    def networks(self) -> Networks:
        return Networks(FixedSecrets())

    @cached_property
    def sources(self) -> Sources:
        return Sources(self.store, self.editor, self.clock)

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self.store, self.store, self.bucket, self.editor, self.limits, self.clock, self.new_id)

    @cached_property
    def arrivals(self) -> Arrivals:
        return Arrivals(
            pictures=self.pictures,
            records=self.store,
            bucket=self.bucket,
            editor=self.editor,
            eraser=self.eraser,
            render=self.render,
            content_type=self.content_type,
        )

    @cached_property
    def versions(self) -> Versions:
        return Versions(self.pictures, self.store, self.bucket, self.editor, self.content_type, self.clock)

    @cached_property
    def lookalikes(self) -> Lookalikes:
        return Lookalikes(self.store, self.store, lambda jobs: [job() for job in jobs], self.clock)

    @cached_property
    def viewports(self) -> Viewports:
        return Viewports(self.pages, self.surveyor)

    @cached_property
    def neighbours(self) -> Neighbours:
        return Neighbours(self.pages, self.surveyor)

    @cached_property
    def pages(self) -> Pages:
        return Pages(self.markers, self.clock)

    @cached_property
    def surveyor(self) -> Surveyor:
        return Surveyor(self.markers, self.markers, self.tiles, self.clock, lambda jobs: [job() for job in jobs])

    @cached_property
    def tiler(self) -> Tiler:
        return Tiler(self.tiles, self.markers, self.clock, self.pauses.append)

    @cached_property
    def mender(self) -> Mender:
        return Mender(self.markers, self.tiles, self.tiles, self.tiler, self.clock)

    @cached_property
    def expiry(self) -> Expiry:
        return Expiry(
            self.store, self.editor, self.announcements.erase_discarded, self.curtain.draw, one_by_one, self.clock
        )

    @cached_property
    def curtain(self) -> Curtain:
        return Curtain(self.bucket, self.cdn)

    @cached_property
    def access(self) -> Access:
        return Access(FixedSecrets(), self.source_keys, self.store)

    @cached_property
    def cursors(self) -> Cursors:
        return Cursors(FixedSecrets())

    @cached_property
    def reconciler(self) -> Reconciler:
        return Reconciler(
            stock=MemoryStock(self.bucket, self.page),
            inventory=self.store,
            records=self.store,
            bucket=self.bucket,
            editor=self.editor,
            eraser=self.eraser,
            erase_discarded=self.announcements.erase_discarded,
            clock=self.clock,
        )

    def reconcile(self) -> dict[str, int]:
        """Compare with all the time in the world; gives what was mended."""
        return dict(self.reconciler.run(lambda: True))

    def new_id(self) -> str:
        return identifier(next(self.numbers))

    def render(self, data: bytes, quarter_turns: int = 0) -> RenderedPicture:
        """Refuse bytes that begin with `bad`, and note all that come."""
        self.renderings.append(data)
        if data.startswith(b"bad"):
            raise PictureRefused("It is not a picture.")
        turned = f" turned {quarter_turns}" if quarter_turns else ""
        return rendered(placeholder=data.decode() + turned)

    def content_type(self, data: bytes) -> str:
        """Refuse what does not even look like a picture."""
        if data.startswith(b"text"):
            raise PictureRefused("It is not a picture.")
        return "image/jpeg"

    def keep(self, *announcements: Announcement) -> None:
        """Store announcements as if they had been announced one after the other."""
        for announcement in announcements:
            self.store.commit([Change.of(None, announcement, self.clock())])

    def meanwhile(self, act: Callable[[], object]) -> None:
        """Let somebody else act just before the next write."""
        self.store.interruptions.append(act)

    def stored(self, announcement_id: str = identifier(1)) -> Announcement:
        """Read an announcement that must be there."""
        found = self.store.get(announcement_id)
        assert found
        return found

    def sweep(self) -> Swept:
        """Sweep with all the time in the world."""
        return self.expiry.sweep(lambda: True)

    def on_map(self, viewport: Viewport | None = None) -> list[Marker]:
        """Read all pages of a viewport, by default of the world."""
        return list(all_pages(self.viewports, viewport or Viewport(WORLD)))


def all_pages(viewports: Pages | Viewports, viewport: Viewport, limit: int = 100) -> Iterator[Marker]:
    """Follow the pages of a viewport to the end; each has to lead on."""
    page = viewports.page(viewport, limit)
    yield from page.markers
    while (below := page.below) is not None:
        page = viewports.page(viewport, limit, below)
        assert page.below is None or page.below < below
        yield from page.markers


def one_by_one(work: Callable[[Due], bool], dues: Iterable[Due]) -> Sequence[bool]:
    """Do what the real one does side by side."""
    return [work(due) for due in dues]


def conflict() -> None:
    """Refuse a commit: an interruption of a store."""
    raise WriteConflict
