"""The map: announcements or clusters in a rectangle, or what is near a point."""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic.json_schema import WithJsonSchema

from chalicelib.controllers.exchange import CLUSTERS, MARKERS, WIDE_CLUSTERS, Caller, Reply
from chalicelib.controllers.geojson import ClusterFeature, CountedWindow, Feature, FeatureCollection
from chalicelib.controllers.models import Link
from chalicelib.controllers.selections import NUMBER, Selection, count_if_known
from chalicelib.domain.errors import Invalid
from chalicelib.domain.geography import Point
from chalicelib.domain.markers import Viewport
from chalicelib.journal import measure_query
from chalicelib.services.cursors import Cursors
from chalicelib.services.neighbours import Neighbours
from chalicelib.services.paging import Page
from chalicelib.services.viewports import SLOW, View, Viewports

PATH = "/api/announcements"
_PAIR = f"^{NUMBER},{NUMBER}$"
DEFAULT_RADIUS = 5_000.0  # metres: as far as most lost pets are found
MAX_RADIUS = 50_000.0  # metres
DEFAULT_LIMIT = 300
MAX_LIMIT = 1000
MAX_ZOOM = 22


def _point(text: Any) -> Point:
    if not re.fullmatch(_PAIR, str(text)):
        raise Invalid.field("near", "must be two numbers: latitude,longitude")
    latitude, longitude = (float(number) for number in str(text).split(","))
    try:
        return Point(latitude, longitude)
    except Invalid as error:
        raise Invalid.field("near", str(error)) from None


class MapQuery(Selection):
    """What part of the map is asked for; an open end of `datetime` is written `..`.

    With `zoom`, many announcements are answered as clusters; with `near`, the nearest ones come first.
    """

    zoom: int | None = Field(default=None, ge=0, le=MAX_ZOOM)
    near: Annotated[
        Point | None,
        BeforeValidator(_point),
        WithJsonSchema({"type": "string", "pattern": _PAIR, "example": "50.06,19.94"}),
    ] = Field(default=None, description="latitude,longitude in degrees; stands instead of bbox, zoom and cursor")
    radius: float = Field(
        default=DEFAULT_RADIUS, gt=0, le=MAX_RADIUS, description="metres around near, between public places"
    )
    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)

    @model_validator(mode="after")
    def _is_one_question(self) -> Self:
        given = self.model_fields_set
        for name in ("bbox", "zoom", "cursor") if "near" in given else ():
            if name in given:
                raise Invalid.field(name, "does not go together with near")
        if "radius" in given and "near" not in given:
            raise Invalid.field("radius", "needs near")
        return self

    def viewport(self) -> Viewport:
        """Give it as the domain has it."""
        return replace(super().viewport(), zoom=self.zoom)


@dataclass(frozen=True)
class MapController:
    """The API of the map."""

    viewports: Viewports
    neighbours: Neighbours
    cursors: Cursors

    def show(self, query: MapQuery, caller: Caller) -> Reply[FeatureCollection]:
        """Answer what lies in a rectangle and a window of time: announcements newest first, or clusters of them."""
        if query.near is not None:
            return self._near(query, query.near, caller)
        below = query.below(self.cursors)
        view = self._view(query, below)
        measure_query()
        page = Page(view.markers, view.below)
        features = [*map(ClusterFeature.of, view.clusters), *map(Feature.of, view.markers)]
        counted = view.counted and CountedWindow(datetime=str(view.counted), delay_seconds=view.delay)
        collection = FeatureCollection(
            numberReturned=len(features),
            numberMatched=None if counted else count_if_known(page, below),
            links=self._links(query, page, f"{caller.origin}{PATH}"),
            counted=counted,
            features=features,
        )
        return Reply(collection, cache=_cache(view))

    def _near(self, query: MapQuery, point: Point, caller: Caller) -> Reply[FeatureCollection]:
        found = self.neighbours.near(point, query.radius, query.viewport(), query.limit)
        measure_query()
        shown = {"near": f"{point.latitude!r},{point.longitude!r}", "radius": repr(query.radius)}
        collection = FeatureCollection(
            numberReturned=len(found),
            links=query.links(Page(()), f"{caller.origin}{PATH}", self.cursors, **shown, limit=str(query.limit)),
            features=[Feature.of(each.marker, each.distance) for each in found],
        )
        return Reply(collection, cache=MARKERS)

    def _view(self, query: MapQuery, below: str | None) -> View:
        if query.zoom is not None and below is None:
            return self.viewports.view(query.viewport(), query.zoom, query.limit)
        page = self.viewports.page(query.viewport(), query.limit, below)
        return View(page.markers, below=page.below)

    def _links(self, query: MapQuery, page: Page, address: str) -> list[Link]:
        shown = {"limit": str(query.limit)} | ({} if query.zoom is None else {"zoom": str(query.zoom)})
        return query.links(page, address, self.cursors, **shown)


def _cache(view: View) -> str:
    if view.counted is None:
        return MARKERS
    return WIDE_CLUSTERS if view.delay == SLOW else CLUSTERS
