"""Asks every function once, with an event that changes nothing: a deploy that cannot answer is not done.

It also starts each function, so that the first person does not wait for it.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3

from infrastructure import NotDeployed

ABSENT_ORIGINAL = "originals/aaaaaaaaaaaaaaaaaaaa"  # a picture's key of the right form that no picture has

SCHEDULED = {
    "version": "0",
    "id": "smoke",
    "source": "homeward.smoke",
    "account": "",
    "region": "",
    "time": "",
    "resources": [],
    "detail-type": "Smoke",
    "detail": {},
}

EVENTS: Mapping[str, Mapping[str, Any]] = {
    "api_handler": {
        "requestContext": {"resourcePath": "/api/health", "httpMethod": "GET"},
        "headers": {},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": None,
    },
    "make_renditions": {"Records": [{"s3": {"bucket": {"name": "smoke"}, "object": {"key": ABSENT_ORIGINAL}}}]},
    "refuse_failed_picture": {"Records": []},
    "sweep_expired": SCHEDULED,
    "refresh_tiles": {"Records": []},
    "refresh_wide_tiles": SCHEDULED,
    "mend_tiles": SCHEDULED | {"detail": {"smoke": True}},  # it answers at once: a whole mending takes minutes
}


class DoesNotAnswer(NotDeployed):
    """A function failed at an event that changes nothing; the text has its own words."""


def ask(session: boto3.Session, functions: Mapping[str, str]) -> None:
    """Ask the functions, given by their names in config.json and in Lambda, all at once; raises DoesNotAnswer."""
    client = session.client("lambda")
    with ThreadPoolExecutor(len(functions)) as workers:
        list(workers.map(lambda name: _ask(client, functions[name], EVENTS[name]), functions))


def _ask(client: Any, function: str, event: Mapping[str, Any]) -> None:
    answer = client.invoke(FunctionName=function, Payload=json.dumps(event).encode())
    said = answer["Payload"].read().decode()
    status = (json.loads(said) or {}).get("statusCode", 200)
    if answer.get("FunctionError") or status != 200:  # noqa: PLR2004 (HTTP's word for yes)
        raise DoesNotAnswer(f"{function} does not answer as it should: {said[:1000]}")
