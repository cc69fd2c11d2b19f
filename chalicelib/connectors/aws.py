"""How AWS is called: one configuration, and clients that are made when first used."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

POOL = 24  # connections a host: as many as queries run at the same time
CONNECT_TIMEOUT = 2.0  # seconds; within a region a connection takes milliseconds
READ_TIMEOUT = 6.0  # seconds
# With "auto", forms name the host of all regions: it redirects while a bucket is new, which browsers do not follow.
REGIONAL_HOST = {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
ATTEMPTS = 3  # with their timeouts and pauses they fit in the 29 s that the gateway waits


class Aws:
    """The clients of one session, each made once and shared by all threads."""

    def __init__(self, session: boto3.Session | None = None) -> None:
        """Use a given session, or the environment's."""
        self._session = session
        self._clients: dict[str, Any] = {}
        self._lock = threading.Lock()

    @property
    def dynamodb(self) -> DynamoDBClient:
        """The client of the tables."""
        client: DynamoDBClient = self._client("dynamodb")
        return client

    @property
    def s3(self) -> S3Client:
        """The client of the bucket; version 4 signatures are the only ones that every region takes."""
        client: S3Client = self._client("s3", signature_version="s3v4", s3=REGIONAL_HOST)
        return client

    @property
    def ssm(self) -> Any:
        """The client of the parameters."""
        return self._client("ssm")

    @property
    def cloudfront(self) -> Any:
        """The client of the CDN."""
        return self._client("cloudfront")

    def _client(self, service: str, **options: Any) -> Any:
        """Make a client once, even when many threads need it first at the same moment."""
        with self._lock:
            if service not in self._clients:
                self._clients[service] = self._new_client(service, **options)
            return self._clients[service]

    def _new_client(self, service: str, **options: Any) -> Any:
        import boto3

        session = self._session or boto3.Session()
        return session.client(service, config=client_config(**options))  # type: ignore[call-overload]


def client_config(**options: Any) -> Config:
    """Build the one configuration: kept-alive connections, short timeouts, a few retries, a pool for all readers."""
    from botocore.config import Config

    return Config(
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        tcp_keepalive=True,
        max_pool_connections=POOL,
        **options,
    )
