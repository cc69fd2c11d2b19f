"""The service itself: is it well, what does the page need to know."""

from dataclasses import dataclass

from chalicelib.config import Config
from chalicelib.controllers.exchange import OWN_HOUR, Reply, Visitor
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


class ViewerPlace(Shown):
    """Where who asks may be, to a tenth of a degree, about 10 km."""

    latitude: float
    longitude: float

    @classmethod
    def of(cls, visitor: Visitor) -> "ViewerPlace | None":
        """Read what the CDN guesses by the address; None for what is not there or no place."""
        try:
            latitude, longitude = float(visitor.latitude), float(visitor.longitude)
        except ValueError:
            return None
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # noqa: PLR2004 (the globe's degrees; NaN is none)
            return None
        return cls(latitude=round(latitude, 1) + 0.0, longitude=round(longitude, 1) + 0.0)


class PageConfig(Shown):
    """What the page needs to know."""

    stage: str
    tiles: MapTiles | None
    pictures: PictureLimits
    lifetime_days: dict[str, int]
    viewer: ViewerPlace | None


@dataclass(frozen=True)
class ServiceController:
    """The API of the service itself."""

    config: Config

    def health(self) -> Health:
        """Tell that requests are answered."""
        return Health(status="ok", stage=self.config.stage)

    def page_config(self, visitor: Visitor) -> Reply[PageConfig]:
        """Tell the page what it needs to know; where the visitor is, is for nobody else to keep."""
        url, attribution = self.config.map_tiles_url, self.config.map_tiles_attribution
        tiles = MapTiles(url=url, attribution=attribution) if url else None
        limits = PictureLimits(max_count=MAX_PICTURES, max_bytes=MAX_PICTURE_BYTES, types=list(PICTURE_TYPES))
        page = PageConfig(
            stage=self.config.stage,
            tiles=tiles,
            pictures=limits,
            lifetime_days=dict(lifetimes()),
            viewer=ViewerPlace.of(visitor),
        )
        return Reply(page, cache=OWN_HOUR)
