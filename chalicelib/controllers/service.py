"""The service itself: is it well, what does the page need to know."""

from dataclasses import dataclass

from chalicelib.config import Config
from chalicelib.controllers.exchange import HOUR, Reply
from chalicelib.controllers.models import Shown
from chalicelib.domain.kinds import lifetimes
from chalicelib.domain.pictures import MAX_PICTURE_BYTES, MAX_PICTURES, PICTURE_TYPES


class Health(Shown):
    """The state of the service."""

    status: str
    stage: str


class MapTiles(Shown):
    """Where the base map comes from, and whom to credit."""

    url: str
    attribution: str


class PictureLimits(Shown):
    """What pictures are taken."""

    max_count: int
    max_bytes: int
    types: list[str]


class PageConfig(Shown):
    """What the page needs to know."""

    stage: str
    tiles: MapTiles | None
    pictures: PictureLimits
    lifetime_days: dict[str, int]


@dataclass(frozen=True)
class ServiceController:
    """The API of the service itself."""

    config: Config

    def health(self) -> Health:
        """Tell that requests are answered."""
        return Health(status="ok", stage=self.config.stage)

    def page_config(self) -> Reply[PageConfig]:
        """Tell the page what it needs to know."""
        url, attribution = self.config.map_tiles_url, self.config.map_tiles_attribution
        tiles = MapTiles(url=url, attribution=attribution) if url else None
        limits = PictureLimits(max_count=MAX_PICTURES, max_bytes=MAX_PICTURE_BYTES, types=list(PICTURE_TYPES))
        page = PageConfig(stage=self.config.stage, tiles=tiles, pictures=limits, lifetime_days=dict(lifetimes()))
        return Reply(page, cache=HOUR)
