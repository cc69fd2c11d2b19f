"""What of the map is asked for, and how its pages are linked: what the map's own API and OGC API Features share."""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlencode

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic.json_schema import WithJsonSchema

from chalicelib.controllers.models import Link, Query, Shown
from chalicelib.domain.errors import Invalid
from chalicelib.domain.geography import Point, Rectangle
from chalicelib.domain.kinds import Kind, Species
from chalicelib.domain.markers import WORLD, Viewport
from chalicelib.domain.moments import Window
from chalicelib.services.cursors import Cursors
from chalicelib.services.paging import Page

NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"  # not all that Python reads: no nan, no 1_0
_BBOX = f"^{NUMBER}(,{NUMBER}){{3}}$"


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


class Selection(Query):
    """Which announcements are asked for; an open end of `datetime` is written `..`."""

    bbox: Annotated[
        Rectangle,
        BeforeValidator(_rectangle),
        WithJsonSchema({"type": "string", "pattern": _BBOX, "example": "19.8,50.0,20.1,50.1"}),
    ] = Field(default=WORLD, description="west,south,east,north in degrees; west > east crosses the antimeridian")
    datetime: Annotated[
        Window,
        BeforeValidator(lambda text: Window.parse(str(text))),
        WithJsonSchema({"type": "string", "example": "2026-11-01T00:00:00Z/.."}),
    ] = Field(default=Window(), description="from/to, both included; a bare day counts whole")
    kind: Annotated[frozenset[Kind], BeforeValidator(_choices("kind", Kind)), _list_schema(Kind)] = frozenset()
    species: Annotated[frozenset[Species], BeforeValidator(_choices("species", Species)), _list_schema(Species)] = (
        frozenset()
    )
    cursor: str | None = Field(default=None, max_length=200)

    def viewport(self) -> Viewport:
        """Give it as the domain has it."""
        return Viewport(self.bbox, self.datetime, self.kind, self.species)

    def below(self, cursors: Cursors) -> str | None:
        """Give the position where the page begins, None for the first one; raises Invalid naming `cursor`."""
        return cursors.read(self.cursor, self._canonical()) if self.cursor else None

    def links(self, page: Page, address: str, cursors: Cursors, **shown: str) -> list[Link]:
        """Link a page to itself and to the next one; `shown` is what else their addresses carry."""
        own = Link(rel="self", href=self._href(address, self.cursor, shown))
        if page.below is None:
            return [own]
        cursor = cursors.write(page.below, self._canonical())
        return [own, Link(rel="next", href=self._href(address, cursor, shown))]

    def _href(self, address: str, cursor: str | None, shown: dict[str, str]) -> str:
        parameters = self._parameters() | shown | ({"cursor": cursor} if cursor else {})
        return f"{address}?{urlencode(parameters, safe=',/:')}"

    def _canonical(self) -> str:
        """Write all that decides what is matched, always in the same way."""
        return urlencode(self._parameters())

    def _parameters(self) -> dict[str, str]:
        box = self.bbox
        parameters = {"bbox": f"{box.west!r},{box.south!r},{box.east!r},{box.north!r}"} if box != WORLD else {}
        if self.datetime != Window():
            parameters["datetime"] = str(self.datetime)
        if self.kind:
            parameters["kind"] = ",".join(sorted(self.kind))
        if self.species:
            parameters["species"] = ",".join(sorted(self.species))
        return parameters


def count_if_known(page: Page, below: str | None) -> int | None:
    """Count what is matched in all, which is known when everything is on one page."""
    return len(page.markers) if below is None and page.below is None else None


CountIfKnown = Annotated[int | None, Field(exclude_if=lambda count: count is None)]


class Geometry(Shown):
    """A point as RFC 7946 has it: longitude, then latitude."""

    type: Literal["Point"] = "Point"
    coordinates: Annotated[tuple[float, float], PlainSerializer(list)]

    @classmethod
    def of(cls, place: Point) -> Self:
        """Show a place."""
        return cls(coordinates=(place.longitude, place.latitude))
