"""The only place that builds objects; each is built when it is first needed."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chalicelib.config import Config
from chalicelib.connectors.announcements import AnnouncementTable
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.bucket import PictureBucket
from chalicelib.connectors.cases import CaseTable
from chalicelib.connectors.cdn import Cdn
from chalicelib.connectors.inventory import PictureInventory
from chalicelib.connectors.markers import MarkerTable
from chalicelib.connectors.messages import MessageTable
from chalicelib.connectors.pictures import PictureTable
from chalicelib.connectors.secrets import ParameterSecrets
from chalicelib.connectors.sightings import SightingTable
from chalicelib.connectors.sources import SourceTable
from chalicelib.connectors.stock import PictureStock
from chalicelib.connectors.table import Table
from chalicelib.connectors.tiles import TileTable
from chalicelib.connectors.uses import UseTable
from chalicelib.controllers.announcements import AnnouncementController
from chalicelib.controllers.features import FeatureController
from chalicelib.controllers.maps import MapController
from chalicelib.controllers.messages import MessageController
from chalicelib.controllers.pages import PageController
from chalicelib.controllers.pictures import Allowance, PictureController
from chalicelib.controllers.reports import ReportController
from chalicelib.controllers.service import ServiceController
from chalicelib.controllers.sightings import SightingController
from chalicelib.controllers.sources import SourceController
from chalicelib.controllers.triggers import SweepTrigger, TileTriggers, UploadTriggers
from chalicelib.controllers.versions import VersionController
from chalicelib.domain.identity import new_id
from chalicelib.execution import content_type, render, settled_side_by_side, side_by_side, utc_now
from chalicelib.services.access import Access
from chalicelib.services.announcements import Announcements
from chalicelib.services.arrivals import Arrivals
from chalicelib.services.changes import Clock, Editor, Pause
from chalicelib.services.cursors import Cursors
from chalicelib.services.curtain import Curtain
from chalicelib.services.expiry import Due, Expiry
from chalicelib.services.limits import Limits, Networks
from chalicelib.services.lookalikes import Lookalikes
from chalicelib.services.mending import Mender
from chalicelib.services.messages import Messages
from chalicelib.services.moderation import Moderation
from chalicelib.services.neighbours import Neighbours
from chalicelib.services.paging import Pages
from chalicelib.services.pictures import Eraser, Pictures
from chalicelib.services.reconciling import Reconciler
from chalicelib.services.sightings import Sightings
from chalicelib.services.sources import Sources
from chalicelib.services.surveys import Job, Surveyor
from chalicelib.services.tiling import Tiler
from chalicelib.services.versions import Versions
from chalicelib.services.viewports import Viewports


@dataclass
class Homeward:
    """The whole application, wired; tests hand in their own clock and session."""

    config: Config
    aws: Aws = field(default_factory=Aws)
    clock: Clock = utc_now
    pause: Pause = time.sleep
    new_id: Callable[[], str] = new_id
    settle_all: Callable[[Callable[[Due], bool], Iterable[Due]], Sequence[bool]] = settled_side_by_side
    do_all: Callable[[Sequence[Job]], Sequence[Any]] = side_by_side

    @cached_property
    def announcements(self) -> AnnouncementController:
        """The API of announcements."""
        return AnnouncementController(self._announcements, self.access, self.clock)

    @cached_property
    def messages(self) -> MessageController:
        """The API of messages."""
        return MessageController(self._messages, self.access)

    @cached_property
    def sightings(self) -> SightingController:
        """The API of what was seen of an announced pet."""
        return SightingController(self._announcements, self._sightings, self.access)

    @cached_property
    def reports(self) -> ReportController:
        """The API of reports."""
        return ReportController(self.moderation)

    @cached_property
    def pages(self) -> PageController:
        """Announcements as pages."""
        return PageController(self._announcements, self._sightings, self.config.language, self.clock)

    @cached_property
    def moderation(self) -> Moderation:
        """What operators do about what is reported."""
        return Moderation(self._store, CaseTable(self._table), self._editor, self._limits, self._networks, self.clock)

    @cached_property
    def map(self) -> MapController:
        """The API of the map."""
        return MapController(self._viewports, self._neighbours, self._cursors)

    @cached_property
    def features(self) -> FeatureController:
        """The map as OGC API Features."""
        return FeatureController(self._viewports, self._cursors, self._announcements, self.clock)

    @cached_property
    def pictures(self) -> PictureController:
        """The API of pictures."""
        return PictureController(
            self._pictures, self._versions, self.lookalikes, self.access, self._allowance, self.clock
        )

    @cached_property
    def versions(self) -> VersionController:
        """The API of the versions of pictures."""
        return VersionController(self._versions, self._pictures, self.access, self._allowance, self.clock)

    @cached_property
    def lookalikes(self) -> Lookalikes:
        """The same photo elsewhere on the map."""
        return Lookalikes(self._picture_table, self._store, self.do_all, self.clock)

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
        return UploadTriggers(self._arrivals)

    @cached_property
    def sweep(self) -> SweepTrigger:
        """What happens every five minutes."""
        erase, draw = self._announcements.erase_discarded, Curtain(self._bucket, self._cdn).draw
        expiry = Expiry(self._store, self._editor, erase, draw, self.settle_all, self.clock)
        return SweepTrigger(expiry, self._reconciler)

    @cached_property
    def tiles(self) -> TileTriggers:
        """What happens when markers change."""
        return TileTriggers(self._tiler, self.mender, self.clock)

    @cached_property
    def mender(self) -> Mender:
        """What compares the tiles with the markers."""
        return Mender(self._markers, self._tiles, self._tiles, self._tiler, self.clock)

    @cached_property
    def access(self) -> Access:
        """Tokens and keys."""
        return Access(self._secrets, SourceTable(self._table), self._store)

    @cached_property
    def _announcements(self) -> Announcements:
        return Announcements(
            store=self._store,
            editor=self._editor,
            eraser=self._eraser,
            messages=self._messages.store,
            limits=self._limits,
            clock=self.clock,
            new_id=self.new_id,
        )

    @cached_property
    def _messages(self) -> Messages:
        return Messages(MessageTable(self._table), self._store, self._editor, self._limits, self.clock, self.new_id)

    @cached_property
    def _sightings(self) -> Sightings:
        return Sightings(SightingTable(self._table), self.clock)

    @cached_property
    def _allowance(self) -> Allowance:
        return Allowance(self._limits, self.access)

    @cached_property
    def _limits(self) -> Limits:
        return Limits(UseTable(self._table), self._networks, self.config.limits, self.clock)

    @cached_property
    def _networks(self) -> Networks:
        return Networks(self._secrets)

    @cached_property
    def _viewports(self) -> Viewports:
        return Viewports(self._pages, self._surveyor)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._pages, self._surveyor)

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self._markers, self.clock)

    @cached_property
    def _surveyor(self) -> Surveyor:
        return Surveyor(self._markers, self._markers, self._tiles, self.clock, self.do_all)

    @cached_property
    def _markers(self) -> MarkerTable:
        return MarkerTable(self._table)

    @cached_property
    def _tiles(self) -> TileTable:
        return TileTable(Table(self.aws, self.config.tiles_table))

    @cached_property
    def _tiler(self) -> Tiler:
        return Tiler(self._tiles, self._markers, self.clock, self.pause)

    @cached_property
    def _cursors(self) -> Cursors:
        return Cursors(self._secrets)

    @cached_property
    def _pictures(self) -> Pictures:
        return Pictures(
            self._store, self._picture_table, self._bucket, self._editor, self._limits, self.clock, self.new_id
        )

    @cached_property
    def _versions(self) -> Versions:
        return Versions(self._pictures, self._picture_table, self._bucket, self._editor, content_type, self.clock)

    @cached_property
    def _reconciler(self) -> Reconciler:
        return Reconciler(
            stock=PictureStock(self.aws, self.config.pictures_bucket, self.config.backup_bucket or None),
            inventory=PictureInventory(self._table),
            records=self._picture_table,
            bucket=self._bucket,
            editor=self._editor,
            eraser=self._eraser,
            erase_discarded=self._announcements.erase_discarded,
            clock=self.clock,
        )

    @cached_property
    def _arrivals(self) -> Arrivals:
        return Arrivals(
            pictures=self._pictures,
            records=self._picture_table,
            bucket=self._bucket,
            editor=self._editor,
            eraser=self._eraser,
            render=render,
            content_type=content_type,
        )

    @cached_property
    def _eraser(self) -> Eraser:
        return Eraser(self._bucket, self._cdn, self._picture_table)

    @cached_property
    def _cdn(self) -> Cdn:
        return Cdn(self.aws, self.config.secrets_path)

    @cached_property
    def _editor(self) -> Editor:
        return Editor(self._store, self.clock, self.pause)

    @cached_property
    def _store(self) -> AnnouncementTable:
        return AnnouncementTable(self._table)

    @cached_property
    def _picture_table(self) -> PictureTable:
        return PictureTable(self._table)

    @cached_property
    def _table(self) -> Table:
        return Table(self.aws, self.config.announcements_table)

    @cached_property
    def _bucket(self) -> PictureBucket:
        names = self.config
        return PictureBucket(self.aws, names.pictures_bucket, names.upload_url or None, names.backup_bucket or None)

    @cached_property
    def _secrets(self) -> ParameterSecrets:
        return ParameterSecrets(self.aws, self.config.secrets_path)
