"""Which requests make a flush necessary."""

from typing import Any

import pytest

from local.flush import Flusher, written_service

SIGNED = b"AWS4-HMAC-SHA256 Credential=LOCALKEY/20261120/us-east-1/%s/aws4_request, SignedHeaders=host"


def request(method: str, service: bytes = b"", target: bytes = b"", **headers: bytes) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
    signed = [(b"authorization", SIGNED % service)] if service else []
    return {"type": "http", "method": method, "headers": [*signed, (b"x-amz-target", target), *named]}


@pytest.mark.parametrize(
    ("asked", "service"),
    [
        (request("POST", b"dynamodb", b"DynamoDB_20120810.PutItem"), "dynamodb"),
        (request("POST", b"dynamodb", b"DynamoDB_20120810.TransactWriteItems"), "dynamodb"),
        (request("POST", b"dynamodb", b"DynamoDB_20120810.Query"), None),
        (request("POST", b"ssm", b"AmazonSSM.GetParameters"), None),
        (request("PUT", b"s3"), "s3"),
        (request("GET", b"s3"), None),
        (request("POST", content_type=b"multipart/form-data; boundary=x"), "s3"),
        (request("POST", content_type=b"application/json"), None),
        ({"type": "websocket"}, None),
    ],
)
def test_only_writes_make_a_flush_necessary(asked: dict[str, Any], service: str | None) -> None:
    assert written_service(asked) == service


def test_a_stopped_flusher_does_not_start() -> None:
    flusher = Flusher()
    flusher.touch("dynamodb")
    flusher.stop()
    flusher.start()
    flusher.join(5)
    assert not flusher.is_alive()
