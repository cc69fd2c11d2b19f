"""The map as GeoJSON (RFC 7946), with the names of OGC API Features."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainSerializer

from chalicelib.controllers.models import GEOJSON, Link, Shown, ShownMoment
from chalicelib.controllers.selections import CountIfKnown, Geometry
from chalicelib.domain.clusters import Cluster
from chalicelib.domain.kinds import Kind, Species, Status
from chalicelib.domain.markers import Marker


class Properties(Shown):
    """What a pin and a row of the list show."""

    kind: Kind
    species: Species
    title: str
    event_at: ShownMoment
    status: Status
    published_at: ShownMoment
    thumbnail: str | None
    colour: str | None
    placeholder: str | None
    distance: Annotated[int | None, Field(exclude_if=lambda distance: distance is None)] = None


class Feature(Shown):
    """An announcement at its public place."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: Properties

    @classmethod
    def of(cls, marker: Marker, distance: float | None = None) -> "Feature":
        """Show a marker, with the metres from the point asked for, if one was."""
        return cls(
            id=marker.announcement_id,
            geometry=Geometry.of(marker.place),
            properties=Properties(
                kind=marker.kind,
                species=marker.species,
                title=marker.title,
                event_at=marker.event_at,
                status=marker.status,
                published_at=marker.published_at,
                thumbnail=marker.thumbnail and f"/{marker.thumbnail}",
                colour=marker.colour,
                placeholder=marker.placeholder,
                distance=None if distance is None else round(distance),
            ),
        )


class ClusterProperties(Shown):
    """What a pin that stands for many shows; `bounds` is what was counted: west, south, east, north."""

    cluster: Literal[True] = True
    count: int
    kinds: dict[Kind, int]
    bounds: Annotated[tuple[float, float, float, float], PlainSerializer(list)]
    thumbnail: str | None


class ClusterFeature(Shown):
    """Many announcements, in the middle of their public places."""

    type: Literal["Feature"] = "Feature"
    geometry: Geometry
    properties: ClusterProperties

    @classmethod
    def of(cls, cluster: Cluster) -> "ClusterFeature":
        """Show a cluster."""
        box = cluster.bounds
        return cls(
            geometry=Geometry.of(cluster.place),
            properties=ClusterProperties(
                count=cluster.count,
                kinds=dict(cluster.kinds),
                bounds=(box.west, box.south, box.east, box.north),
                thumbnail=cluster.thumbnail and f"/{cluster.thumbnail}",
            ),
        )


class CountedWindow(Shown):
    """What clusters counted: whole days, weeks or months around the window asked for, as of `delay_seconds` ago."""

    datetime: str
    delay_seconds: int


class FeatureCollection(Shown):
    """A page of the map, newest first; `numberMatched` is given when it is known exactly, `counted` with clusters."""

    media_type: ClassVar[str] = GEOJSON

    type: Literal["FeatureCollection"] = "FeatureCollection"
    numberReturned: int  # noqa: N815 (OGC's name)
    numberMatched: CountIfKnown = None  # noqa: N815 (OGC's name)
    links: list[Link]
    counted: Annotated[CountedWindow | None, Field(exclude_if=lambda counted: counted is None)] = None
    features: list[Feature | ClusterFeature]
