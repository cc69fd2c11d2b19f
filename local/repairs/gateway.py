# ruff: noqa: SLF001 (a repair reaches inside by its nature; the pin of ministack keeps the inside as it is)
"""Repairs of ministack's REST APIs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ministack.services import apigateway_v1 as gateway

type Query = Mapping[str, str | list[str]]
OF_ONE_API = 2  # parts of the path /restapis/<id>


def import_rest_apis_with_their_body() -> None:
    """ImportRestApi and PutRestApi ignore the OpenAPI document, so a deployed API had no route at all."""
    unrepaired = gateway.handle_request

    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query: Query) -> Any:
        parts = path.strip("/").split("/")
        if method == "POST" and parts == ["restapis"] and _first(query.get("mode")) == "import":
            return _import(json.loads(body))
        if method == "PUT" and len(parts) == OF_ONE_API and parts[0] == "restapis" and parts[1] in gateway._rest_apis:
            return _replace(parts[1], json.loads(body))
        return await unrepaired(method, path, headers, body, query)

    gateway.handle_request = handle_request


def _first(value: str | list[str] | None) -> str | None:
    return value[0] if isinstance(value, list) and value else value if isinstance(value, str) else None


def _import(document: dict[str, Any]) -> Any:
    api = gateway._import_rest_api(document)
    _complete(api, document)
    return gateway._get_rest_api(api)


def _replace(api: str, document: dict[str, Any]) -> Any:
    root = next(resource for resource in gateway._resources[api].values() if resource["path"] == "/")
    gateway._resources[api] = {root["id"]: {**root, "resourceMethods": {}}}
    schemes = gateway._import_security_schemes(api, document)
    for path, operations in document["paths"].items():
        gateway._import_path_item(api, path, operations, schemes, document.get("security"))
    _complete(api, document)
    return gateway._get_rest_api(api)


def _complete(api: str, document: dict[str, Any]) -> None:
    """Add what ministack's own import, made for CloudFormation, leaves out."""
    keep_binary_types(api, document)
    answer_preflights(api, document)


def keep_binary_types(api: str, document: dict[str, Any]) -> None:
    """Without its binary media types an API takes every body for text, and spoils pictures."""
    gateway._rest_apis[api]["binaryMediaTypes"] = document.get("x-amazon-apigateway-binary-media-types") or []


def answer_preflights(api: str, document: dict[str, Any]) -> None:
    """The mock integrations of CORS preflights are imported without their answers, so browsers are refused."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            integration = operation.get("x-amazon-apigateway-integration") or {}
            if str(integration.get("type")).lower() == "mock":
                _answer_preflight(api, path, method.upper(), operation, integration)


def _answer_preflight(api: str, path: str, method: str, operation: dict[str, Any], mock: dict[str, Any]) -> None:
    resource = next(found for found in gateway._resources[api].values() if found["path"] == path)
    resource["resourceMethods"][method]["methodIntegration"]["requestTemplates"] = mock.get("requestTemplates") or {}
    for status, response in (operation.get("responses") or {}).items():
        headers = {f"method.response.header.{name}": True for name in response.get("headers") or {}}
        gateway._put_method_response(api, resource["id"], method, status, {"responseParameters": headers})
    for pattern, response in (mock.get("responses") or {}).items():
        selection = {**response, "selectionPattern": "" if pattern == "default" else pattern}
        gateway._put_integration_response(api, resource["id"], method, response["statusCode"], selection)


def take_an_empty_compression_size_as_none() -> None:
    """Chalice switches compression off with "", which ministack keeps, and cannot show again."""
    unrepaired = gateway._update_rest_api

    def update_rest_api(api: str, change: dict[str, Any]) -> Any:
        operations = [
            {**operation, "op": "remove"} if _switches_compression_off(operation) else operation
            for operation in change.get("patchOperations", [])
        ]
        return unrepaired(api, {**change, "patchOperations": operations})

    gateway._update_rest_api = update_rest_api


def _switches_compression_off(operation: Mapping[str, str]) -> bool:
    return operation.get("path") == "/minimumCompressionSize" and operation.get("value") == ""


def weigh_only_the_first_accepted_type() -> None:
    """API Gateway decides by the first type in Accept whether it decodes a binary answer; ministack took the list."""
    unrepaired = gateway._media_type_matches

    def media_type_matches(media_type: str | None, binary_types: list[str]) -> bool:
        return bool(unrepaired((media_type or "").split(",")[0], binary_types))

    gateway._media_type_matches = media_type_matches


def show_the_host_that_the_client_asked() -> None:
    """The API builds links from Host, by which ministack routes: the front door hands the client's on beside it."""
    unrepaired = gateway._build_lambda_event_v1

    def build_event(*arguments: Any, **options: Any) -> dict[str, Any]:
        event: dict[str, Any] = unrepaired(*arguments, **options)
        host = event["headers"].pop("x-forwarded-host", None)
        event["multiValueHeaders"].pop("x-forwarded-host", None)
        if host:
            event["headers"]["host"], event["multiValueHeaders"]["host"] = host, [host]
        return event

    gateway._build_lambda_event_v1 = build_event
