"""What a machine tries that has only read the OpenAPI document; the same tries at every run."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from chalice.config import Config
from chalice.local import ForbiddenError, LocalGateway
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import app as application
from chalicelib.domain.identity import source_id
from tests.api.steps import Owned, body, request_picture, source_key
from tests.conftest import Homestead

ANNOUNCEMENT_ID = source_id("shelter", "A-1")
UNSERIALIZED = ["image/avif", "image/heic", "image/heif"]  # which the tool does not know as pictures
EXAMPLES = 12  # tries of each route, besides those at the edges of what the document allows
REFUSALS = [400, 401, 403, 404, 405, 410, 413, 415, 422, 207]  # 207: a batch refuses each on its own
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    missing_required_header,
    ignored_auth,
]


def gateway(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Speak WSGI with Chalice's own gateway."""
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers |= {"content-type": environ["CONTENT_TYPE"]} if "CONTENT_TYPE" in environ else {}
    content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    local = LocalGateway(application.app, Config.create(chalice_stage="local"))
    address = f"{environ['REQUEST_URI'].partition('?')[0]}?{environ['QUERY_STRING']}"
    try:
        answer = local.handle_request(environ["REQUEST_METHOD"], address, headers, content)
    except ForbiddenError as error:
        answer = {"statusCode": error.CODE, "headers": error.headers, "body": (error.body or b"").decode()}
    start_response(f"{answer['statusCode']} -", [(name, str(value)) for name, value in answer["headers"].items()])
    return [(answer["body"] or "").encode()]


def _config(**parameters: str) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "seed": 20261120,
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
            "parameters": parameters,
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}},
        }
    )


def _schema(**parameters: str) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/openapi.json", gateway, config=_config(**parameters))


schemathesis.serializer.alias(UNSERIALIZED, "image/jpeg")
type Case = schemathesis.Case[Any]

ANYWHERE = _schema()
AT_HOME = _schema(announcement_id=ANNOUNCEMENT_ID, source="shelter")
bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def key(homestead: Homestead) -> str:
    """Give the key of a source whose announcement has a picture that waits."""
    key = source_key(homestead)
    sent = homestead.client.put("/api/sources/shelter/announcements/A-1", body(), token=key)
    assert sent.json["id"] == ANNOUNCEMENT_ID
    request_picture(homestead, Owned(ANNOUNCEMENT_ID, key, sent.json))
    return key


def test_the_document_is_valid() -> None:
    ANYWHERE.validate()


@ANYWHERE.parametrize()
@bounded
def test_no_stranger_gets_anything_but_what_the_document_says(case: Case, homestead: Homestead) -> None:
    case.call_and_validate(checks=CHECKS)


@AT_HOME.parametrize()
@bounded
def test_no_holder_of_a_key_gets_anything_but_what_the_document_says(case: Case, key: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)
