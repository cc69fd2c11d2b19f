"""The shapes that several resources share: strict in, complete out."""

import re
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    RootModel,
    StringConstraints,
)
from pydantic.json_schema import WithJsonSchema

from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Blur
from chalicelib.domain.moments import EventTime, iso, parse_timestamp

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI_30 = "application/vnd.oai.openapi+json;version=3.0"
NEGLIGIBLE = 1e-9  # degrees: a tenth of a millimetre
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_BREAK = re.compile(r"[\t\n\r]")
_ADDRESS = re.compile(r"[!-~]+")  # urlsplit would drop line breaks without a word
_MOMENT = {"type": "string", "format": "date-time"}


class Body(BaseModel):
    """A JSON body: unknown fields, strings for numbers, NaN and infinities are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, defer_build=True, frozen=True)


class Query(BaseModel):
    """The parameters of a query, which are always text; unknown ones are refused."""

    model_config = ConfigDict(
        extra="forbid", allow_inf_nan=False, defer_build=True, frozen=True, arbitrary_types_allowed=True
    )
    status_of_invalid: ClassVar[int] = 422


class Headers(BaseModel):
    """The headers that a route looks at, by their names as aliases; all others are ignored."""

    model_config = ConfigDict(extra="ignore", defer_build=True, frozen=True)


class Html(RootModel[str]):
    """A page for people, written already."""

    model_config = ConfigDict(defer_build=True, frozen=True)
    media_type: ClassVar[str] = "text/html; charset=utf-8"


class Shown(BaseModel):
    """An answer."""

    model_config = ConfigDict(defer_build=True, frozen=True)
    media_type: ClassVar[str] = JSON


def _no_controls(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("must not hold control characters")
    return text


def _one_line(text: str) -> str:
    if _BREAK.search(text):
        raise ValueError("must be a single line")
    return text


def _web_link(link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _ADDRESS.fullmatch(link):
        raise ValueError("must be an http or https address")
    return link


def _event_time(value: Any) -> EventTime:
    if not isinstance(value, str):
        raise ValueError("must be a date or a time with a zone, in ISO 8601")  # noqa: TRY004 (pydantic reports it)
    return EventTime.parse(value)


def _timestamp(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("must be a time with a zone, in ISO 8601")  # noqa: TRY004 (pydantic reports it)
    return EventTime.parse(value).at if len(value) == len("2026-11-20") else parse_timestamp(value)


def documented(**schema: Any) -> Any:
    """Say in the document what it would not learn from the type: constraints behind a validator are lost to it."""
    return Field(json_schema_extra=schema)


# Surrogates cannot be written as UTF-8; the parser of JSON refuses them already.
Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_no_controls)]
Line = Annotated[Text, AfterValidator(_one_line)]
EventMoment = Annotated[
    EventTime,
    BeforeValidator(_event_time),
    WithJsonSchema(
        {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}], "example": "2026-11-20T18:30:00Z"}
    ),
]
WebLink = Annotated[
    str, StringConstraints(max_length=2000), AfterValidator(_web_link), documented(pattern="^https?://[!-~]+$")
]
Moment = Annotated[datetime, BeforeValidator(_timestamp), WithJsonSchema(_MOMENT)]
ShownMoment = Annotated[datetime, PlainSerializer(iso, when_used="json"), WithJsonSchema(_MOMENT)]


def _settled(degrees: float) -> float:
    """Take what is next to nothing for 0: a table cannot keep every number so near to it."""
    return degrees if abs(degrees) > NEGLIGIBLE else 0.0


class PlaceIn(Body):
    """An exact place, and how much of it is hidden from everybody else."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    blur: Literal["street", "area"] = "street"

    def point(self) -> Point:
        """Give it as the domain has it."""
        return Point(_settled(self.latitude), _settled(self.longitude))


class PlainPlace(Shown):
    """A place in WGS 84 degrees of which nothing is hidden."""

    latitude: float
    longitude: float


class PlaceOut(Shown):
    """A place in WGS 84 degrees."""

    latitude: float
    longitude: float
    blur: Blur

    @classmethod
    def of(cls, point: Point, blur: Blur) -> "PlaceOut":
        """Show a point."""
        return cls(latitude=point.latitude, longitude=point.longitude, blur=blur)


class Link(Shown):
    """A link to a related answer, as OGC API Features has it."""

    rel: str
    href: str
    type: str = GEOJSON
