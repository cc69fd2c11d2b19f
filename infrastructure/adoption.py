"""Chalice's note, written from what is there: a deploy of Chalice's that was killed notes nothing of what it made.

Without the note, Chalice would make a second REST API under another address, and trip over its own event sources.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from infrastructure import memory
from infrastructure.permissions import FUNCTIONS

type Resource = dict[str, Any]
APP = "homeward"  # as .chalice/config.json has it
EVENT_SOURCES = {
    "sqs": ("sqs-event-source", "sqs_event"),
    "dynamodb": ("dynamodb-event-source", "dynamodb_event"),
}


def function_name(stage: str, function: str) -> str:
    """Name a function in Lambda: that of the REST API is named without a handler."""
    return f"{APP}-{stage}" if function == "api_handler" else f"{APP}-{stage}-{function}"


def adopt(session: boto3.Session, stage: str, note: Path) -> list[str]:
    """Add to Chalice's note what is there and not in it; returns the names of what was added."""
    known = memory.note_in(note) or {"resources": [], "schema_version": "2.0", "backend": "api"}
    names = {resource["name"] for resource in known["resources"]}
    found = [resource for resource in _Account(session, stage).resources() if resource["name"] not in names]
    if found:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps(known | {"resources": [*known["resources"], *found]}, indent=2))
    return [resource["name"] for resource in found]


@dataclass(frozen=True)
class _Account:
    """What a stage has in an account, as Chalice writes it down."""

    session: boto3.Session
    stage: str

    def resources(self) -> Iterator[Resource]:
        functions = list(self._functions())
        yield from functions
        for function in functions:
            yield from self._event_sources(function)
        yield from self._apis()

    def _functions(self) -> Iterator[Resource]:
        functions = self.session.client("lambda")
        for name in FUNCTIONS:
            try:
                found = functions.get_function_configuration(FunctionName=function_name(self.stage, name))
            except functions.exceptions.ResourceNotFoundException:
                continue
            role = {"role_arn": found["Role"], "role_name": found["Role"].rpartition("/")[2]}
            yield {"name": f"{name}_role", "resource_type": "iam_role", **role}
            yield {"name": name, "resource_type": "lambda_function", "lambda_arn": found["FunctionArn"]}

    def _event_sources(self, function: Resource) -> Iterator[Resource]:
        if function["resource_type"] != "lambda_function":
            return
        arn = function["lambda_arn"]
        pages = self.session.client("lambda").get_paginator("list_event_source_mappings").paginate(FunctionName=arn)
        for mapping in (each for page in pages for each in page["EventSourceMappings"]):
            source = mapping["EventSourceArn"]
            suffix, kind = EVENT_SOURCES[source.split(":")[2]]
            where = {"queue_arn": source, "queue": source.rpartition(":")[2]}
            described = where if kind == "sqs_event" else {"stream_arn": source}
            shared = {"event_uuid": mapping["UUID"], "lambda_arn": arn}
            yield {"name": f"{function['name']}-{suffix}", "resource_type": kind, **described, **shared}

    def _apis(self) -> Iterator[Resource]:
        """Find the stage's REST API by the function it calls: all stages' are named alike. The oldest one is it."""
        found = sorted(rest_apis(self.session, self.stage), key=lambda api: str(api["createdDate"]))
        for api in found[:1]:
            address = f"https://{api['id']}.execute-api.{self.session.region_name}.amazonaws.com/api/"
            yield {"name": "rest_api", "resource_type": "rest_api", "rest_api_id": api["id"], "rest_api_url": address}


def rest_apis(session: boto3.Session, stage: str) -> list[dict[str, Any]]:
    """List the REST APIs that call the stage's function; there should be one."""
    gateway = session.client("apigateway")
    called = f":function:{function_name(stage, 'api_handler')}/invocations"
    pages = gateway.get_paginator("get_rest_apis").paginate()
    named = [api for page in pages for api in page["items"] if api["name"] == APP]
    return [dict(api) for api in named if any(called in uri for uri in _called(gateway, api["id"]))]


def _called(gateway: Any, api: str) -> Iterator[str]:
    for page in gateway.get_paginator("get_resources").paginate(restApiId=api, embed=["methods"]):
        for resource in page["items"]:
            for method in resource.get("resourceMethods", {}).values():
                yield method.get("methodIntegration", {}).get("uri", "")
