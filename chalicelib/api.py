"""Chalice with our conventions: typed views, one table from errors to statuses, the OpenAPI document off the routes.

A view's parameters say where they come from by their types: text from the path, a `Body`, a `Query`, `Headers`, and
the `Caller`.
What it returns is serialised by its type; what it raises becomes application/problem+json (RFC 9457).
"""

import inspect
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, get_args, get_origin

from chalice.app import Chalice, CORSConfig, Request, Response
from pydantic import BaseModel, ValidationError

from chalicelib.controllers.exchange import HOUR, NO_STORE, Caller, Reply
from chalicelib.controllers.models import Body, Headers, Query
from chalicelib.controllers.validation import field_errors
from chalicelib.domain import errors
from chalicelib.services.changes import WriteConflict

log = logging.getLogger("homeward")

MAX_BODY = 1_000_000  # bytes of a JSON body
PUBLIC = CORSConfig(allow_origin="*", max_age=600)
PROBLEM = "application/problem+json"
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
_PATH_WORD = re.compile(r"[A-Za-z0-9._~-]{1,100}")

STATUSES: dict[type[Exception], tuple[int, str]] = {
    errors.Malformed: (400, "The request cannot be read"),
    errors.Unauthenticated: (401, "A token is needed"),
    errors.Forbidden: (403, "This token does not open it"),
    errors.NotFound: (404, "Not found"),
    errors.Conflict: (409, "Not possible in its state"),
    errors.Gone: (410, "Gone"),
    errors.TooLarge: (413, "Too large"),
    errors.UnsupportedMediaType: (415, "Not a type that is taken here"),
    errors.Invalid: (422, "Values that cannot be accepted"),
    errors.Busy: (503, "Too busy just now"),
    WriteConflict: (503, "Too busy just now"),
}
RETRY_AFTER = {503: "2"}  # seconds


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

    def parameter_of(self, kind: type) -> tuple[str, type[BaseModel]] | None:
        """Find the parameter of a kind, such as `Body`."""
        return next(((name, each) for name, each in self.parameters.items() if _is_a(each, kind)), None)

    @cached_property
    def needs_token(self) -> bool:
        """Whether it changes what somebody owns."""
        return self.method != "GET" and Caller in self.parameters.values()

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
        if self.endpoint.needs_token and not _bearer(request):
            raise errors.Unauthenticated("Send the token as `Authorization: Bearer …`.")
        return {name: self._read(name, kind, request, path) for name, kind in self.endpoint.parameters.items()}

    def _read(self, name: str, kind: type, request: Request, path: dict[str, str]) -> Any:
        if kind is Caller:
            return Caller(_bearer(request), self.public_url or _origin(request))
        if _is_a(kind, Body):
            return _body(request, kind)
        if _is_a(kind, Query):
            return _validated(kind, _parameters(request))
        if _is_a(kind, Headers):
            return _validated(kind, _named_headers(request, kind))
        if not self.endpoint.needs_token and not _PATH_WORD.fullmatch(path[name]):
            raise errors.NotFound("There is nothing at this address.")
        return path[name]


class Api(Chalice):
    """The application: Chalice, whose routes are typed."""

    def __init__(self, name: str, public_url: str = "") -> None:
        """Name the application; `public_url` takes the place of the request's own address in links."""
        super().__init__(name)
        self.endpoints: list[Endpoint] = []
        self._public_url = public_url

    def route(self, path: str, **options: Any) -> Callable[..., Any]:
        """Declare a route: `methods` with one method, and the `status` of its success (200).

        Reading is open to other people's pages, writing is not.
        """
        [method] = options["methods"]
        status = options.pop("status", 200)

        def register(view: Callable[..., Any]) -> Any:
            endpoint = Endpoint(method, path, status, view)
            self.endpoints.append(endpoint)
            cors = PUBLIC if method == "GET" else None
            declare = super(Api, self).route(path, content_types=["*/*"], cors=cors, **options)
            declare(self._dispatcher(endpoint))
            return view

        return register

    def document(self) -> Reply[dict[str, Any]]:
        """Write the OpenAPI document off the routes."""
        from chalicelib.openapi import document

        return Reply(document(self.endpoints), cache=HOUR)

    def _dispatcher(self, endpoint: Endpoint) -> Callable[..., Response]:
        arguments = Arguments(endpoint, self._public_url)

        @wraps(endpoint.view)
        def dispatch(**path: str) -> Response:
            assert self.current_request  # Chalice sets it before it calls a view
            try:
                answer = endpoint.view(**arguments.read(self.current_request, path))
                reply = answer if isinstance(answer, Reply) else Reply(answer)
                return _response(replace(reply, cache=NO_STORE) if _bearer(self.current_request) else reply, endpoint)
            except Exception as error:  # noqa: BLE001 (whatever it is, it becomes an answer)
                return problem(error)

        return dispatch


def problem(error: Exception) -> Response:
    """Make the answer to an error; one that we did not foresee is logged and says nothing of its cause."""
    for known, (status, title) in STATUSES.items():
        if isinstance(error, known):
            return _problem(status, title, error)
    log.error("unforeseen", exc_info=error)
    return _problem(500, "Something is broken here", None)


def _problem(status: int, title: str, error: Exception | None) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    match error:
        case errors.Invalid():
            body |= {"detail": str(error), "errors": [vars(each) for each in error.errors]}
        case errors.Malformed():
            body |= {"detail": str(error), "errors": [{"field": error.field or "body", "message": str(error)}]}
        case errors.Gone():
            body |= {"detail": str(error), **error.details}
        case errors.HomewardError():
            body |= {"detail": str(error)}
    headers: dict[str, str | list[str]] = {"Content-Type": PROBLEM, "Cache-Control": NO_STORE}
    headers |= {"Retry-After": RETRY_AFTER[status]} if status in RETRY_AFTER else {}
    headers |= {"WWW-Authenticate": "Bearer"} if isinstance(error, errors.Unauthenticated) else {}
    return Response(json.dumps(body), status_code=status, headers=headers)


def _response(reply: Reply[Any], endpoint: Endpoint) -> Response:
    status = reply.status or endpoint.status
    headers: dict[str, str | list[str]] = {"Cache-Control": reply.cache, "X-Content-Type-Options": "nosniff"}
    if reply.body is None:
        return Response("", status_code=204, headers=headers)
    body = reply.body.model_dump_json() if isinstance(reply.body, BaseModel) else json.dumps(reply.body)
    return Response(body, status_code=status, headers=headers | {"Content-Type": reply.media_type})


def _is_a(kind: Any, base: type) -> bool:
    return inspect.isclass(kind) and issubclass(kind, base)


def _bearer(request: Request) -> str | None:
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _origin(request: Request) -> str:
    host = str(request.headers.get("host", ""))
    scheme = "https" if request.headers.get("x-forwarded-proto") == "https" else "http"
    return f"{scheme}://{host}" if _HOST.fullmatch(host) else ""


def _body(request: Request, model: type[BaseModel]) -> BaseModel:
    media_type = str(request.headers.get("content-type", "")).partition(";")[0].strip().lower()
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
