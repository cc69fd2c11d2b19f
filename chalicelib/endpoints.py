"""Endpoints: routes whose views say by their types what they take and give.

A parameter is text from the path, a `Body`, a `SentPicture`, a `Query`, `Headers`, the `Caller` or a `Visitor`.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Any, get_args, get_origin

from chalice.app import Request
from pydantic import BaseModel, ValidationError

from chalicelib.controllers.exchange import Caller, Reply, SentPicture, TokenHolder, Visitor
from chalicelib.controllers.models import Body, Headers, Html, Query
from chalicelib.controllers.validation import field_errors
from chalicelib.domain import errors
from chalicelib.domain.networks import Sender
from chalicelib.domain.pictures import MAX_SENT_BYTES, PICTURE_TYPES

MAX_BODY = 1_000_000  # bytes of a JSON body
READS = ("GET", "HEAD")
ORIGIN_KEY_HEADER = "x-origin-key"  # shown by our CDN alone
UNNAMED = "application/octet-stream"  # bytes of which the client does not know more
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
_PATH_WORD = re.compile(r"[A-Za-z0-9._~-]{1,100}")


@dataclass(frozen=True)
class Endpoint:
    """A route with its view, as the OpenAPI document and the dispatcher read it."""

    method: str
    path: str
    status: int
    view: Callable[..., Any]

    @cached_property
    def parameters(self) -> dict[str, type]:
        """The view's parameters and their types."""
        return {name: each.annotation for name, each in inspect.signature(self.view).parameters.items()}

    def parameter_of[Kind: BaseModel](self, kind: type[Kind]) -> tuple[str, type[Kind]] | None:
        """Find the parameter of a kind, such as `Body`."""
        return next(((name, each) for name, each in self.parameters.items() if _is_a(each, kind)), None)

    @cached_property
    def needs_token(self) -> bool:
        """Whether it is for somebody's eyes, or changes what somebody owns."""
        return TokenHolder in self.parameters.values() or (self.method not in READS and self.has(Caller))

    def has(self, kind: type) -> bool:
        """Tell whether one of its parameters is of a kind."""
        return any(_is_a(each, kind) for each in self.parameters.values())

    @property
    def is_limited(self) -> bool:
        """Whether a network may do it only so often."""
        return self.method not in READS and self.has(Visitor)

    @cached_property
    def may_be_kept(self) -> bool:
        """Whether a cache may keep its answers and ask for them again by their tags."""
        return self.method in READS and get_origin(inspect.signature(self.view).return_annotation) is Reply

    @cached_property
    def is_open(self) -> bool:
        """Whether other people's pages may read it."""
        return self.method in READS and not self.is_read_by_people

    @cached_property
    def is_read_by_people(self) -> bool:
        """Whether it answers in HTML, refusals too."""
        return self.returns is Html

    @cached_property
    def status_of_invalid(self) -> int:
        """The status that tells of parameters which cannot be accepted."""
        query = self.parameter_of(Query)
        return query[1].status_of_invalid if query else Query.status_of_invalid

    @cached_property
    def returns(self) -> Any:
        """The model of the answer, or None where there is no body."""
        annotation = inspect.signature(self.view).return_annotation
        return get_args(annotation)[0] if get_origin(annotation) is Reply else annotation


@dataclass(frozen=True)
class Arguments:
    """Makes a view's arguments from a request."""

    endpoint: Endpoint
    public_url: str

    def read(self, request: Request, path: dict[str, str]) -> dict[str, Any]:
        """Read all; raises the errors of a request that is no good: first of all, when a token is needed."""
        if self.endpoint.needs_token and not bearer(request):
            raise errors.Unauthenticated("Send the token as `Authorization: Bearer …`.")
        return {name: self._read(name, kind, request, path) for name, kind in self.endpoint.parameters.items()}

    def _read(self, name: str, kind: type, request: Request, path: dict[str, str]) -> Any:
        if _is_a(kind, Caller | Visitor):
            return self._who(kind, request)
        if kind is SentPicture:
            return _picture(request)
        if _is_a(kind, Body):
            return _body(request, kind)
        if _is_a(kind, Query):
            return _validated(kind, _parameters(request))
        if _is_a(kind, Headers):
            return _validated(kind, _named_headers(request, kind))
        is_checked = self.endpoint.needs_token or self.endpoint.is_read_by_people
        if not is_checked and not _PATH_WORD.fullmatch(path[name]):
            raise errors.NotFound("There is nothing at this address.")
        return path[name]

    def _who(self, kind: type[Caller | Visitor], request: Request) -> Caller | Visitor:
        origin = self.public_url or _origin(request)
        return kind(bearer(request), origin) if issubclass(kind, Caller) else _visitor(request, origin)


def _is_a(kind: Any, base: type | UnionType) -> bool:
    return inspect.isclass(kind) and issubclass(kind, base)


def bearer(request: Request) -> str | None:
    """Read the token of `Authorization: Bearer …`, or None."""
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _visitor(request: Request, origin: str) -> Visitor:
    def said(name: str) -> str:
        return str(request.headers.get(name, ""))

    source_ip = str((request.context.get("identity") or {}).get("sourceIp") or "")
    sender = Sender(source_ip, said("cloudfront-viewer-address"), said(ORIGIN_KEY_HEADER))
    return Visitor(origin, sender, said("cloudfront-viewer-latitude"), said("cloudfront-viewer-longitude"))


def _origin(request: Request) -> str:
    host = str(request.headers.get("host", ""))
    scheme = "https" if request.headers.get("x-forwarded-proto") == "https" else "http"
    return f"{scheme}://{host}" if _HOST.fullmatch(host) else ""


def _media_type(request: Request) -> str:
    return str(request.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _picture(request: Request) -> SentPicture:
    """Read the bytes; of another type than these the gateway would have made text, and spoiled them."""
    if _media_type(request) not in (*PICTURE_TYPES, UNNAMED):
        raise errors.UnsupportedMediaType(f"The Content-Type must be one of {', '.join(PICTURE_TYPES)}.")
    raw: Any = request.raw_body
    if len(raw) > MAX_SENT_BYTES:
        raise errors.TooLarge(f"The picture must not be over {MAX_SENT_BYTES:,} bytes: ask for a form for it.")
    if not raw:
        raise errors.Malformed("The body is empty.")
    return SentPicture(raw)


def _body(request: Request, model: type[BaseModel]) -> BaseModel:
    media_type = _media_type(request)
    if media_type != "application/json":
        raise errors.UnsupportedMediaType("The Content-Type must be application/json.")
    raw = request.raw_body
    if len(raw) > MAX_BODY:
        raise errors.TooLarge(f"The body must not be over {MAX_BODY:,} bytes.")
    if not raw.strip():
        raise errors.Malformed("The body is empty.")
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        if any(found["type"] == "json_invalid" for found in error.errors()):
            raise errors.Malformed("The body is not JSON.") from None
        raise errors.Invalid(field_errors(error)) from None


def _validated(model: type[BaseModel], values: dict[str, Any]) -> BaseModel:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise errors.Invalid(field_errors(error)) from None


def _parameters(request: Request) -> dict[str, str]:
    """Read the query; a parameter given twice is one list."""
    given = request.query_params
    return {name: ",".join(given.getlist(name)) for name in given} if given else {}


def _named_headers(request: Request, model: type[BaseModel]) -> dict[str, str]:
    names = [field.alias or name for name, field in model.model_fields.items()]
    return {name: str(request.headers[name.lower()]) for name in names if name.lower() in request.headers}
