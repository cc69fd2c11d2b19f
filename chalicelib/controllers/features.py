"""The map as OGC API Features (Part 1) has it, for QGIS, GDAL and other people's maps.

The standard decides what differs here from the map's own API: parameters that are not known or cannot be accepted are
answered with 400 (`query-param-unknown`, `query-param-invalid`), and a limit above the greatest one means that one.
"""

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, field_validator

from chalicelib.controllers.exchange import HOUR, MARKERS, PAGE, Caller, Reply
from chalicelib.controllers.models import JSON, OPENAPI_30, Link, Query
from chalicelib.controllers.ogc import Collection, Collections, Conformance, Item, Items, LandingPage, LinkedItem
from chalicelib.controllers.selections import Selection, count_if_known
from chalicelib.domain.markers import Marker
from chalicelib.journal import measure_query
from chalicelib.services.announcements import Announcements
from chalicelib.services.changes import Clock
from chalicelib.services.cursors import Cursors
from chalicelib.services.paging import Page
from chalicelib.services.viewports import Viewports

ROOT = "/api"
COLLECTION = f"{ROOT}/collections/announcements"
ITEMS = f"{COLLECTION}/items"
DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_EMPTY_PAGES = 20  # skipped in one answer: some seconds of reading at most
_HEIGHTS = re.compile(r"^([^,]*,[^,]*),[-+.\deE]+(,[^,]*,[^,]*),[-+.\deE]+$")
_DAY_OF_GDAL = re.compile(r"(?<=-\d\d)T(?=/|$)")


class OgcQuery(Query):
    """What every address takes: clients may ask for JSON, which they get anyway."""

    status_of_invalid: ClassVar[int] = 400

    f: Literal["json"] | None = None


class ItemsQuery(Selection, OgcQuery):
    """Which announcements are asked for."""

    limit: Annotated[int, AfterValidator(lambda limit: min(limit, MAX_LIMIT))] = Field(
        default=DEFAULT_LIMIT, ge=1, json_schema_extra={"x-clamped-to": MAX_LIMIT}
    )

    @field_validator("bbox", mode="before")
    @classmethod
    def _without_heights(cls, text: str) -> str:
        """Take the two heights, which a box may have, out of it: announcements lie on the ground, at any height."""
        return _HEIGHTS.sub(r"\1\2", text)

    @field_validator("datetime", mode="before")
    @classmethod
    def _with_midnights(cls, text: str) -> str:
        """Read `2026-11-20T`, as GDAL writes a day that it compares with, for the midnight that it means."""
        return _DAY_OF_GDAL.sub("T00:00:00Z", text)


@dataclass(frozen=True)
class FeatureController:
    """The map as OGC API Features."""

    viewports: Viewports
    cursors: Cursors
    announcements: Announcements
    clock: Clock

    def landing_page(self, caller: Caller) -> Reply[LandingPage]:
        """Tell where everything is."""
        root = f"{caller.origin}{ROOT}"
        links = [
            Link(rel="self", href=root, type=JSON),
            Link(rel="service-desc", href=f"{root}/openapi-3.0.json", type=OPENAPI_30),
            Link(rel="service-desc", href=f"{root}/openapi.json", type=JSON),
            Link(rel="conformance", href=f"{root}/conformance", type=JSON),
            Link(rel="data", href=f"{root}/collections", type=JSON),
        ]
        return Reply(LandingPage(links=links), cache=HOUR)

    def conformance(self) -> Reply[Conformance]:
        """Tell what of the standard is kept."""
        return Reply(Conformance(), cache=HOUR)

    def collections(self, caller: Caller) -> Reply[Collections]:
        """Describe the only collection there is."""
        own = Link(rel="self", href=f"{caller.origin}{ROOT}/collections", type=JSON)
        return Reply(Collections(links=[own], collections=[_collection(caller)]), cache=HOUR)

    def collection(self, caller: Caller) -> Reply[Collection]:
        """Describe the collection of announcements."""
        return Reply(_collection(caller), cache=HOUR)

    def items(self, query: ItemsQuery, caller: Caller) -> Reply[Items]:
        """Answer a page of announcements, newest first."""
        below = query.below(self.cursors)
        page = self._page(query, below)
        measure_query()
        links = query.links(page, f"{caller.origin}{ITEMS}", self.cursors, limit=str(query.limit))
        items = Items(
            timeStamp=self.clock(),
            numberReturned=len(page.markers),
            numberMatched=count_if_known(page, below),
            links=[*links, _to_collection(caller)],
            features=[Item.of(marker, caller.origin) for marker in page.markers],
        )
        return Reply(items, cache=MARKERS, volatile=frozenset({"timeStamp"}))

    def _page(self, query: ItemsQuery, below: str | None) -> Page:
        """Read on until there is something or the end is reached: GDAL and QGIS take an empty page for the end."""
        viewport = query.viewport()
        page = self.viewports.page(viewport, query.limit, below)
        for _empty in range(MAX_EMPTY_PAGES):
            if page.markers or page.below is None:
                break
            page = self.viewports.page(viewport, query.limit, page.below)
        return page

    def item(self, announcement_id: str, caller: Caller) -> Reply[LinkedItem]:
        """Answer one announcement; raises NotFound or Gone."""
        marker = Marker.of(self.announcements.show(announcement_id))
        assert marker  # what may be shown is on the map
        own = Link(rel="self", href=f"{caller.origin}{ITEMS}/{announcement_id}")
        return Reply(LinkedItem.of(marker, caller.origin, links=[own, _to_collection(caller)]), cache=PAGE)


def _to_collection(caller: Caller) -> Link:
    return Link(rel="collection", href=f"{caller.origin}{COLLECTION}", type=JSON)


def _collection(caller: Caller) -> Collection:
    address = f"{caller.origin}{COLLECTION}"
    return Collection(links=[Link(rel="self", href=address, type=JSON), Link(rel="items", href=f"{address}/items")])
