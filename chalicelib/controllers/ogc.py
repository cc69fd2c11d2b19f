"""The shapes of OGC API Features (Part 1, 17-069r4): what describes the map, and announcements as its items."""

from typing import Any, ClassVar, Literal, Self

from pydantic import Field, RootModel

from chalicelib.controllers.models import GEOJSON, OPENAPI_30, Link, Shown, ShownMoment
from chalicelib.controllers.selections import CountIfKnown, Geometry
from chalicelib.domain.kinds import Kind, Species, Status
from chalicelib.domain.markers import WORLD, Marker
from chalicelib.domain.moments import EARLIEST, iso

TITLE = "Homeward: lost and found pets"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"  # longitude, then latitude
CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "geojson", "oas30")
]


class FeaturesDocument(RootModel[dict[str, Any]]):
    """What of the API the standard names, in OpenAPI 3.0."""

    media_type: ClassVar[str] = OPENAPI_30


class LandingPage(Shown):
    """Where everything is."""

    title: str = TITLE
    description: str = "A map of lost, found and seen pets"
    links: list[Link]


class Conformance(Shown):
    """What of the standard is kept."""

    conformsTo: list[str] = CONFORMANCE  # noqa: N815 (OGC's name)


class SpatialExtent(Shown):
    """The rectangle that holds everything."""

    bbox: list[list[float]] = Field(default=[[WORLD.west, WORLD.south, WORLD.east, WORLD.north]])
    crs: str = CRS84


class TemporalExtent(Shown):
    """The time that holds everything; null is an open end."""

    interval: list[list[str | None]] = Field(default=[[iso(EARLIEST), None]])


class Extent(Shown):
    """Where and when announcements may be."""

    spatial: SpatialExtent = SpatialExtent()
    temporal: TemporalExtent = TemporalExtent()


class Collection(Shown):
    """The announcements on the map."""

    id: str = "announcements"
    title: str = TITLE
    description: str = "Announcements of lost, found and seen pets, newest first, at their public places"
    extent: Extent = Extent()
    itemType: Literal["feature"] = "feature"  # noqa: N815 (OGC's name)
    crs: list[str] = Field(default=[CRS84])
    links: list[Link]


class Collections(Shown):
    """The only collection."""

    links: list[Link]
    collections: list[Collection]


class ItemProperties(Shown):
    """What is told of an announcement.

    One time alone: GDAL asks for `datetime` whichever time a user filters by.
    """

    kind: Kind
    species: Species
    title: str
    event_at: ShownMoment
    status: Status
    thumbnail: str | None
    page: str


class Item(Shown):
    """An announcement at its public place."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: ItemProperties

    @classmethod
    def of(cls, marker: Marker, origin: str, **more: Any) -> Self:
        """Show a marker; addresses are whole, for a file that is saved has no origin."""
        properties = ItemProperties(
            kind=marker.kind,
            species=marker.species,
            title=marker.title,
            event_at=marker.event_at,
            status=marker.status,
            thumbnail=marker.thumbnail and f"{origin}/{marker.thumbnail}",
            page=f"{origin}/a/{marker.announcement_id}",
        )
        return cls(id=marker.announcement_id, geometry=Geometry.of(marker.place), properties=properties, **more)


class LinkedItem(Item):
    """An announcement on its own."""

    media_type: ClassVar[str] = GEOJSON

    links: list[Link]


class Items(Shown):
    """A page of announcements, newest first; `numberMatched` is given when it is known exactly."""

    media_type: ClassVar[str] = GEOJSON

    type: Literal["FeatureCollection"] = "FeatureCollection"
    timeStamp: ShownMoment  # noqa: N815 (OGC's name)
    numberReturned: int  # noqa: N815 (OGC's name)
    numberMatched: CountIfKnown = None  # noqa: N815 (OGC's name)
    links: list[Link]
    features: list[Item]
