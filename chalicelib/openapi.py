"""The OpenAPI 3.1 document, read off the routes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter

from chalicelib.controllers.exchange import Caller, SentPicture
from chalicelib.controllers.models import JSON, Body, Headers, Query
from chalicelib.controllers.sources import BatchAnnouncement
from chalicelib.domain.pictures import PICTURE_TYPES
from chalicelib.endpoints import UNNAMED, Endpoint

_REFERENCE = "#/components/schemas/{model}"
_PATH_PARAMETER = re.compile(r"{(\w+)}")
_PROBLEM = {
    "type": "object",
    "description": "A problem, as RFC 9457 has it, with the fields at fault",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "The request, as X-Correlation-Id has it"},
        "state": {"type": "string", "enum": ["expired", "hidden", "withdrawn"], "description": "Of what is gone"},
        "kind": {"type": "string", "description": "Of an expired announcement"},
        "announcement_title": {"type": "string", "description": "Of an expired announcement"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_INFO = {
    "title": "Homeward",
    "version": "1.0.0",
    "description": "A map of lost and found pets",
    "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
}


def document(endpoints: Sequence[Endpoint], bodies: Sequence[type[BaseModel]] = (BatchAnnouncement,)) -> dict[str, Any]:
    """Write the document of these routes; `bodies` are to be described beside those that routes take whole."""
    bodies = [*bodies, *(each[1] for each in (one.parameter_of(Body) for one in endpoints) if each)]
    answers = {f"{one.method} {one.path}": one.returns for one in endpoints if one.returns is not None}
    schemas, definitions = TypeAdapter.json_schemas(
        [
            *((body.__name__, "validation", TypeAdapter(body)) for body in bodies),
            *((name, "serialization", TypeAdapter(answer)) for name, answer in answers.items()),
        ],
        ref_template=_REFERENCE,
    )
    paths: dict[str, dict[str, Any]] = {}
    for one in endpoints:
        answer = schemas.get((f"{one.method} {one.path}", "serialization"))
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, answer)
    components = dict(sorted(definitions["$defs"].items())) | {"Problem": _PROBLEM}
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(endpoint: Endpoint, answer: Any) -> dict[str, Any]:
    body = endpoint.parameter_of(Body)
    operation: dict[str, Any] = {
        "operationId": f"{endpoint.view.__name__}{'_head' if endpoint.method == 'HEAD' else ''}",
        "summary": (endpoint.view.__doc__ or "").strip().splitlines()[0],
        "parameters": [*_path_parameters(endpoint), *_model_parameters(endpoint)],
        "responses": _responses(endpoint, answer),
    }
    if body:
        reference = {"$ref": _REFERENCE.format(model=body[1].__name__)}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference}}}
    if _takes_picture(endpoint):
        operation["requestBody"] = {"required": True, "content": dict.fromkeys((*PICTURE_TYPES, UNNAMED), _BINARY)}
    if endpoint.has(Caller):
        operation["security"] = [{"bearer": []}] if endpoint.needs_token else [{}, {"bearer": []}]
    return operation


def _takes_picture(endpoint: Endpoint) -> bool:
    return SentPicture in endpoint.parameters.values()


def _path_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PATH_PARAMETER.findall(endpoint.path)
    ]


def _model_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    found = []
    for place, kind in (("query", Query), ("header", Headers)):
        if parameter := endpoint.parameter_of(kind):
            schema = parameter[1].model_json_schema(mode="validation")
            required = schema.get("required", [])
            properties = schema["properties"].items()
            found += [_parameter(place, name, each, required=name in required) for name, each in properties]
    return found


def _parameter(place: str, name: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    described = {"description": schema["description"]} if "description" in schema else {}
    shown = {key: value for key, value in schema.items() if key not in ("title", "description", "default")}
    shown |= {"default": schema["default"]} if isinstance(schema.get("default"), int) else {}
    if "anyOf" in shown:  # a parameter is left out, never null
        [shown] = [each for each in shown["anyOf"] if each != {"type": "null"}]
    return {"name": name, "in": place, "required": required, **described, "schema": shown}


def _responses(endpoint: Endpoint, answer: Any) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done"}
    if answer is not None:
        success["content"] = {media_type: {"schema": answer} for media_type in _media_types(endpoint)}
    problem = {"content": {"application/problem+json": {"schema": {"$ref": _REFERENCE.format(model="Problem")}}}}
    problem = success if endpoint.is_read_by_people else problem
    problems = {status: {**problem, "description": text} for status, text in _problems(endpoint)}
    also = {"201": success} if endpoint.method == "PUT" and "{external_id}" in endpoint.path else {}
    also |= {"207": success} if endpoint.path.endswith("{source}/announcements") else {}
    also |= {"304": {"description": "Still what If-None-Match names"}} if endpoint.may_be_kept else {}
    return {str(endpoint.status): success, **also, **problems}


def _media_types(endpoint: Endpoint) -> list[str]:
    return [getattr(endpoint.returns, "media_type", JSON)]


def _problems(endpoint: Endpoint) -> Iterable[tuple[str, str]]:
    owned = endpoint.has(Caller) or endpoint.is_read_by_people
    if endpoint.parameter_of(Body):
        yield from (("400", "Not JSON"), ("413", "Too large"), ("415", "Not application/json"))
    if _takes_picture(endpoint):
        yield from (("400", "Empty"), ("413", "Too large"), ("415", "Not a picture"))
    if endpoint.needs_token:
        yield "401", "No token"
    if endpoint.has(Caller) and ("{" in endpoint.path or _takes_picture(endpoint)):
        yield "403", "A wrong token"
    if "{announcement_id}" in endpoint.path or (owned and "{" in endpoint.path) or _takes_picture(endpoint):
        yield from (("404", "Not found"), ("410", "Gone"))
    if endpoint.needs_token or endpoint.path.endswith("/messages"):
        yield "409", "Not possible in its state"
    if endpoint.parameter_of(Headers) and not _takes_picture(endpoint):
        yield "410", "The first answer to this key is gone"
    if any(endpoint.parameter_of(kind) for kind in (Body, Query, Headers)):
        yield str(endpoint.status_of_invalid), "Values that cannot be accepted"
    if endpoint.is_limited:
        yield "429", "Too many of these from one network"
    yield "503", "Too busy just now"
