"""A warm function keeps its connections: ten invocations need one for each host."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import boto3
import pytest

from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.items import announcement_to_item, marker_to_item
from chalicelib.connectors.markers import MarkerTable
from chalicelib.connectors.table import Table, marshal
from chalicelib.controllers.exchange import Caller
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.markers import Viewport
from chalicelib.services.paging import MAX_PARALLEL_READS, Pages
from tests.builders import NOON, announcement, identifier, marker
from tests.conftest import ENVIRONMENT, Clock

INVOCATIONS = 10
ANSWERS: dict[str, Any] = {
    "GetItem": {"Item": marshal(announcement_to_item(announcement()))},
    "Query": {"Items": [marshal(marker_to_item(marker(), NOON))], "Count": 1, "ScannedCount": 1},
}


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # all queries of a view connect at the same moment


@dataclass
class Host:
    """A host that answers as DynamoDB and S3 do, and counts who connects and what they ask."""

    connections: int = 0
    requests: list[str] = field(default_factory=list)
    address: str = ""


def _serving(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            host.connections += 1

        def do_POST(self) -> None:
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            host.requests.append(operation)
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(200, json.dumps(ANSWERS[operation]).encode())

        def do_HEAD(self) -> None:
            host.requests.append("HeadObject")
            self._answer(404, b"")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name of http.server)
            """Keep quiet."""

    return Handler


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    host = Host()
    with _Server(("127.0.0.1", 0), _serving(host)) as server:
        host.address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("AWS_ENDPOINT_URL", host.address)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield host
        server.shutdown()


@pytest.fixture
def aws(host: Host) -> Iterator[Aws]:
    aws = Aws(boto3.Session())
    yield aws
    for client in (aws.dynamodb, aws.s3):
        client.close()


def test_ten_warm_invocations_use_one_connection_to_the_table(host: Host, aws: Aws) -> None:
    homeward = Homeward(Config.from_environment(ENVIRONMENT), aws, clock=Clock())
    for _invocation in range(INVOCATIONS):
        homeward.announcements.show(identifier(1), Caller(origin="", token=None))
    assert host.requests == ["GetItem"] * INVOCATIONS
    assert host.connections == 1


def test_ten_warm_invocations_use_one_connection_to_the_bucket(host: Host, aws: Aws) -> None:
    homeward = Homeward(Config.from_environment(ENVIRONMENT), aws, clock=Clock())
    for _invocation in range(INVOCATIONS):
        homeward.uploads.arrived({"Records": [{"s3": {"object": {"key": f"originals/{identifier(1)}"}}}]})
    assert host.requests == ["HeadObject"] * INVOCATIONS
    assert host.connections == 1


def test_ten_views_of_the_map_use_at_most_as_many_connections_as_queries_run_at_once(host: Host, aws: Aws) -> None:
    viewports = Pages(MarkerTable(Table(aws, "table")), Clock())
    view = Viewport(Rectangle(19.93, 50.05, 19.95, 50.07))
    queries = view.rectangle.cell_count(6)
    for _invocation in range(INVOCATIONS):
        viewports.page(view, 10)
    assert host.requests == ["Query"] * INVOCATIONS * queries
    assert host.connections <= queries <= MAX_PARALLEL_READS


def test_no_client_is_made_before_it_is_needed() -> None:
    aws = Aws(boto3.Session())
    homeward = Homeward(Config.from_environment(ENVIRONMENT), aws, clock=Clock())
    assert homeward.announcements
    assert not aws._clients


def test_many_threads_that_need_a_client_first_at_the_same_moment_share_one(host: Host, aws: Aws) -> None:
    with ThreadPoolExecutor(MAX_PARALLEL_READS) as threads:
        clients = list(threads.map(lambda _thread: aws.dynamodb, range(MAX_PARALLEL_READS)))
    assert len({id(client) for client in clients}) == 1
