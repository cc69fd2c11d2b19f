"""The only place that builds objects; each is built when it is first needed."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from chalicelib.config import Config
from chalicelib.connectors.announcements import AnnouncementTable
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.bucket import PictureBucket
from chalicelib.connectors.markers import MarkerTable
from chalicelib.connectors.secrets import ParameterSecrets
from chalicelib.connectors.sources import SourceTable
from chalicelib.connectors.table import Table
from chalicelib.controllers.announcements import AnnouncementController
from chalicelib.controllers.maps import MapController
from chalicelib.controllers.pictures import PictureController
from chalicelib.controllers.service import ServiceController
from chalicelib.controllers.sources import SourceController
from chalicelib.controllers.triggers import SweepTrigger, UploadTriggers
from chalicelib.domain.identity import new_id
from chalicelib.domain.pictures import RenderedPicture
from chalicelib.services.access import Access
from chalicelib.services.announcements import Announcements
from chalicelib.services.changes import Clock, Editor, Pause
from chalicelib.services.cursors import Cursors
from chalicelib.services.expiry import BATCH, Due, Expiry
from chalicelib.services.pictures import Eraser, Pictures
from chalicelib.services.sources import Sources
from chalicelib.services.viewports import Viewports


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def side_by_side(work: Callable[[Due], bool], dues: Iterable[Due]) -> Sequence[bool]:
    """Settle a batch at the same time."""
    with ThreadPoolExecutor(BATCH) as workers:
        return list(workers.map(work, dues))


@dataclass
class Homeward:
    """The whole application, wired; tests hand in their own clock and session."""

    config: Config
    aws: Aws = field(default_factory=Aws)
    clock: Clock = utc_now
    pause: Pause = time.sleep
    new_id: Callable[[], str] = new_id
    settle_all: Callable[[Callable[[Due], bool], Iterable[Due]], Sequence[bool]] = side_by_side

    @cached_property
    def announcements(self) -> AnnouncementController:
        """The API of announcements."""
        return AnnouncementController(self._announcements, self.access, self.clock)

    @cached_property
    def map(self) -> MapController:
        """The API of the map."""
        return MapController(Viewports(MarkerTable(self._table), self.clock), Cursors(self._secrets))

    @cached_property
    def pictures(self) -> PictureController:
        """The API of pictures."""
        return PictureController(self._pictures, self.access, self.clock)

    @cached_property
    def sources(self) -> SourceController:
        """The API of sources."""
        return SourceController(Sources(self._store, self._editor, self.clock), self.access, self.clock)

    @cached_property
    def service(self) -> ServiceController:
        """The API of the service itself."""
        return ServiceController(self.config)

    @cached_property
    def uploads(self) -> UploadTriggers:
        """What happens to uploads."""
        return UploadTriggers(self._pictures)

    @cached_property
    def sweep(self) -> SweepTrigger:
        """What happens every five minutes."""
        erase = self._announcements.erase_discarded
        return SweepTrigger(Expiry(self._store, self._editor, erase, self.settle_all, self.clock))

    @cached_property
    def access(self) -> Access:
        """Tokens and keys."""
        return Access(self._secrets, SourceTable(self._table), self._store)

    @cached_property
    def _announcements(self) -> Announcements:
        return Announcements(self._store, self._editor, self._eraser, self.clock, self.new_id)

    @cached_property
    def _pictures(self) -> Pictures:
        return Pictures(
            store=self._store,
            records=self._store,
            bucket=self._bucket,
            editor=self._editor,
            eraser=self._eraser,
            render=_render,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def _eraser(self) -> Eraser:
        return Eraser(self._bucket, self._store)

    @cached_property
    def _editor(self) -> Editor:
        return Editor(self._store, self.clock, self.pause)

    @cached_property
    def _store(self) -> AnnouncementTable:
        return AnnouncementTable(self._table)

    @cached_property
    def _table(self) -> Table:
        return Table(self.aws, self.config.announcements_table)

    @cached_property
    def _bucket(self) -> PictureBucket:
        return PictureBucket(self.aws, self.config.pictures_bucket, self.config.upload_url or None)

    @cached_property
    def _secrets(self) -> ParameterSecrets:
        return ParameterSecrets(self.aws, self.config.secrets_path)


def _render(data: bytes) -> RenderedPicture:
    """Load the image libraries only where a picture is rendered."""
    from chalicelib.services.imaging import render

    return render(data)
