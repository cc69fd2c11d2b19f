"""Chalice with our conventions: typed views, one table from errors to statuses, the OpenAPI document off the routes.

What a view returns is serialised by its type; what it raises becomes application/problem+json (RFC 9457).
"""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from http import HTTPStatus
from typing import Any

from chalice.app import Chalice, CORSConfig, Request, Response
from pydantic import BaseModel

from chalicelib import journal, logs
from chalicelib.controllers.exchange import HOUR, NO_STORE, PAGE_SECURITY, Reply
from chalicelib.controllers.models import JSON, Html
from chalicelib.controllers.ogc import FeaturesDocument
from chalicelib.domain import errors
from chalicelib.domain.pictures import PICTURE_TYPES
from chalicelib.endpoints import UNNAMED, Arguments, Endpoint, bearer
from chalicelib.entity_tags import entity_tag, names
from chalicelib.logs import log
from chalicelib.services.changes import WriteConflict
from chalicelib.watched import FOLLOWING, SCHEDULED, answered, follow_event, keep_schedule

PUBLIC = CORSConfig(allow_origin="*", max_age=600)
PROBLEM = "application/problem+json"

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
    errors.TooMany: (429, "Too many of these from one network"),
    errors.Busy: (503, "Too busy just now"),
    WriteConflict: (503, "Too busy just now"),
}
RETRY_AFTER = {503: "2"}  # seconds


class Api(Chalice):
    """The application: Chalice, whose routes are typed."""

    def __init__(self, name: str, stage: str, public_url: str = "") -> None:
        """Name the application and its stage; `public_url` takes the place of the request's own address in links."""
        super().__init__(name, configure_logs=False)
        logs.configure(stage)
        for kind in FOLLOWING:
            self.register_middleware(follow_event, kind)
        for kind in SCHEDULED:
            self.register_middleware(keep_schedule, kind)
        self.endpoints: list[Endpoint] = []
        self._public_url = public_url
        self.api.binary_types = [UNNAMED, *PICTURE_TYPES]  # of requests: what we answer is text

    def route(self, path: str, **options: Any) -> Callable[..., Any]:
        """Declare a route: `methods` with one method, or with GET and HEAD, and the `status` of its success (200).

        Reading is open to other people's pages, writing is not; our own pages are for people.
        """
        status = options.pop("status", 200)

        def register(view: Callable[..., Any]) -> Any:
            endpoints = [Endpoint(method, path, status, view) for method in options["methods"]]
            self.endpoints += endpoints
            cors = PUBLIC if endpoints[0].is_open else None
            declare = super(Api, self).route(path, content_types=["*/*"], cors=cors, **options)
            declare(self._dispatcher(endpoints[0]))
            return view

        return register

    def document(self) -> Reply[dict[str, Any]]:
        """Write the OpenAPI document off the routes."""
        from chalicelib.openapi import document

        return Reply(document(self.endpoints), cache=HOUR)

    def features_document(self) -> Reply[FeaturesDocument]:
        """Write the part of it that OGC API Features names, in OpenAPI 3.0."""
        from chalicelib.openapi30 import features_document

        return Reply(FeaturesDocument(features_document(self.endpoints)), cache=HOUR)

    def _dispatcher(self, endpoint: Endpoint) -> Callable[..., Response]:
        arguments = Arguments(endpoint, self._public_url)

        @wraps(endpoint.view)
        def dispatch(**path: str) -> Response:
            request = self.current_request
            assert request  # Chalice sets it before it calls a view
            route = f"{endpoint.method} {endpoint.path}"
            return answered(request, route, lambda: _answer(arguments, request, path))

        return dispatch


def _answer(arguments: Arguments, request: Request, path: dict[str, str]) -> Response:
    endpoint = arguments.endpoint
    try:
        answer = endpoint.view(**arguments.read(request, path))
        reply = answer if isinstance(answer, Reply) else Reply(answer)
        return _response(replace(reply, cache=NO_STORE) if bearer(request) else reply, endpoint, request)
    except Exception as error:  # noqa: BLE001 (whatever it is, it becomes an answer)
        return problem(error, endpoint.status_of_invalid)


def problem(error: Exception, status_of_invalid: int = 422) -> Response:
    """Make the answer to an error; one that we did not foresee is logged and says nothing of its cause."""
    for known, (status, title) in STATUSES.items():
        if isinstance(error, known):
            return _problem(status_of_invalid if known is errors.Invalid else status, title, error)
    log.error("unforeseen", exc_info=error)
    return _problem(500, "Something is broken here", None)


def _problem(status: int, title: str, error: Exception | None) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    body |= {"instance": f"urn:uuid:{named}"} if (named := journal.correlation_id()) else {}
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
    headers |= {"Retry-After": str(error.seconds)} if isinstance(error, errors.TooMany) else {}
    headers |= {"WWW-Authenticate": "Bearer"} if isinstance(error, errors.Unauthenticated) else {}
    return Response(json.dumps(body), status_code=status, headers=headers)


def _response(reply: Reply[Any], endpoint: Endpoint, request: Request) -> Response:
    status = reply.status or endpoint.status
    headers: dict[str, str | list[str]] = {"Cache-Control": reply.cache, "X-Content-Type-Options": "nosniff"}
    if reply.body is None:
        return Response("", status_code=204, headers=headers)
    body = _written(reply.body)
    if isinstance(reply.body, Html):
        headers |= PAGE_SECURITY
    if status in RETRY_AFTER:
        headers["Retry-After"] = RETRY_AFTER[status]
    if reply.may_be_kept and status == HTTPStatus.OK:
        headers["ETag"] = tag = entity_tag(_written(reply.body, reply.volatile) if reply.volatile else body)
        if names(str(request.headers.get("if-none-match", "")), tag):
            return Response("", status_code=304, headers=headers)
    headers["Content-Type"] = getattr(reply.body, "media_type", JSON)
    body = "" if request.method == "HEAD" else body
    return Response(body, status_code=status, headers=headers)


def _written(body: Any, but: frozenset[str] = frozenset()) -> str:
    if isinstance(body, Html):
        return body.root
    return body.model_dump_json(exclude=set(but)) if isinstance(body, BaseModel) else json.dumps(body)
