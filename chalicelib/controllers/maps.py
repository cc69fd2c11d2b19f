"""The map as GeoJSON, with the names of OGC API Features."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic.json_schema import WithJsonSchema

from chalicelib.controllers.exchange import SHORT, Caller, Reply
from chalicelib.controllers.models import Link, Query, Shown, ShownMoment
from chalicelib.domain.announcements import Kind, Species, Status
from chalicelib.domain.errors import Invalid
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.moments import Window
from chalicelib.services.cursors import Cursors
from chalicelib.services.viewports import Page, Viewports

PATH = "/api/announcements"
DEFAULT_LIMIT = 300
MAX_LIMIT = 1000
MAX_ZOOM = 22
_NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"  # not all that Python reads: no nan, no 1_0
_BBOX = f"^{_NUMBER}(,{_NUMBER}){{3}}$"


def _rectangle(text: Any) -> Rectangle:
    if not re.fullmatch(_BBOX, str(text)):
        raise Invalid.field("bbox", "must be four numbers: west,south,east,north")
    west, south, east, north = (float(edge) for edge in str(text).split(","))
    return Rectangle(west, south, east, north)


def _choices(name: str, choices: type[StrEnum]) -> Any:
    def parse(text: Any) -> frozenset[StrEnum]:
        try:
            return frozenset(choices(word) for word in str(text).split(","))
        except ValueError:
            raise Invalid.field(name, f"must be some of {', '.join(choices)}") from None

    return parse


def _list_schema(choices: type[StrEnum]) -> WithJsonSchema:
    words = "|".join(choices)
    return WithJsonSchema({"type": "string", "pattern": f"^({words})(,({words}))*$"})


class MapQuery(Query):
    """What part of the map is asked for; an open end of `datetime` is written `..`."""

    bbox: Annotated[
        Rectangle,
        BeforeValidator(_rectangle),
        WithJsonSchema({"type": "string", "pattern": _BBOX, "example": "19.8,50.0,20.1,50.1"}),
    ] = Field(default=WORLD, description="west,south,east,north in degrees; west > east crosses the antimeridian")
    zoom: int | None = Field(default=None, ge=0, le=MAX_ZOOM)
    datetime: Annotated[
        Window,
        BeforeValidator(lambda text: Window.parse(str(text))),
        WithJsonSchema({"type": "string", "example": "2026-11-01T00:00:00Z/.."}),
    ] = Field(default=Window(), description="from/to, both included; a bare day counts whole")
    kind: Annotated[frozenset[Kind], BeforeValidator(_choices("kind", Kind)), _list_schema(Kind)] = frozenset()
    species: Annotated[frozenset[Species], BeforeValidator(_choices("species", Species)), _list_schema(Species)] = (
        frozenset()
    )
    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
    cursor: str | None = Field(default=None, max_length=200)

    def viewport(self) -> Viewport:
        """Give it as the domain has it."""
        return Viewport(self.bbox, self.datetime, self.kind, self.species, self.zoom)


class Geometry(Shown):
    """A point as RFC 7946 has it: longitude, then latitude."""

    type: Literal["Point"] = "Point"
    coordinates: Annotated[tuple[float, float], PlainSerializer(list)]


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


class Feature(Shown):
    """An announcement at its public place."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Geometry
    properties: Properties

    @classmethod
    def of(cls, marker: Marker) -> "Feature":
        """Show a marker."""
        return cls(
            id=marker.announcement_id,
            geometry=Geometry(coordinates=(marker.place.longitude, marker.place.latitude)),
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
            ),
        )


def _is_unknown(count: int | None) -> bool:
    return count is None


class FeatureCollection(Shown):
    """A page of the map, newest first; `numberMatched` is given when it is known exactly."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    numberReturned: int  # noqa: N815 (OGC's name)
    numberMatched: int | None = Field(default=None, exclude_if=_is_unknown)  # noqa: N815 (OGC's name)
    links: list[Link]
    features: list[Feature]


@dataclass(frozen=True)
class MapController:
    """The API of the map."""

    viewports: Viewports
    cursors: Cursors

    def show(self, query: MapQuery, caller: Caller) -> Reply[FeatureCollection]:
        """Answer what lies in a rectangle and a window of time, newest first."""
        signed = _canonical(query)
        below = self.cursors.read(query.cursor, signed) if query.cursor else None
        page = self.viewports.page(query.viewport(), query.limit, below)
        known = len(page.markers) if below is None and page.below is None else None
        collection = FeatureCollection(
            numberReturned=len(page.markers),
            numberMatched=known,
            links=self._links(query, page, f"{caller.origin}{PATH}"),
            features=[Feature.of(marker) for marker in page.markers],
        )
        return Reply(collection, cache=SHORT, media_type="application/geo+json")

    def _links(self, query: MapQuery, page: Page, address: str) -> list[Link]:
        own = Link(rel="self", href=_href(address, query, query.cursor))
        if page.below is None:
            return [own]
        cursor = self.cursors.write(page.below, _canonical(query))
        return [own, Link(rel="next", href=_href(address, query, cursor))]


def _canonical(query: MapQuery) -> str:
    """Write all that decides what is matched, always in the same way."""
    return urlencode(_parameters(query))


def _href(address: str, query: MapQuery, cursor: str | None) -> str:
    parameters = _parameters(query) | {"limit": str(query.limit)}
    if query.zoom is not None:
        parameters["zoom"] = str(query.zoom)
    if cursor:
        parameters["cursor"] = cursor
    return f"{address}?{urlencode(parameters, safe=',/:')}"


def _parameters(query: MapQuery) -> dict[str, str]:
    box = query.bbox
    parameters = {"bbox": f"{box.west!r},{box.south!r},{box.east!r},{box.north!r}"}
    if query.datetime != Window():
        parameters["datetime"] = str(query.datetime)
    if query.kind:
        parameters["kind"] = ",".join(sorted(query.kind))
    if query.species:
        parameters["species"] = ",".join(sorted(query.species))
    return parameters
