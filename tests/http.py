"""A client of the API in this process, through Chalice's own gateway."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from chalice.test import TestHTTPClient

REQUEST = "00000000-0000-4000-8000-000000000001"  # the same for all, so that refusals can be compared


@dataclass(frozen=True)
class Answer:
    """A status, headers with names in lower case, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Sends requests as the page does."""

    def __init__(self) -> None:
        from chalice.config import Config

        from app import app

        self._client = TestHTTPClient(app, Config.create(chalice_stage="local"))

    def send(
        self,
        method: str,
        path: str,
        json_body: Any = None,
        *,
        token: str | None = None,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        **query: Any,
    ) -> Answer:
        """Send a request with a query of what is left of the names."""
        address = f"{path}?{urlencode(query)}" if query else path
        given = {"Host": "homeward.test", "X-Forwarded-Proto": "https", "X-Correlation-Id": REQUEST}
        given |= {"Content-Type": "application/json"} if json_body is not None or body is not None else {}
        given |= {"Authorization": f"Bearer {token}"} if token else {}
        content = body if body is not None else b"" if json_body is None else json.dumps(json_body).encode()
        response = self._client.request(method, address, headers=given | (headers or {}), body=content)
        lowered = {name.lower(): str(value) for name, value in response.headers.items()}
        return Answer(response.status_code, lowered, response.body)

    def get(self, path: str, **options: Any) -> Answer:
        return self.send("GET", path, **options)

    def post(self, path: str, json_body: Any = None, **options: Any) -> Answer:
        return self.send("POST", path, json_body, **options)

    def put(self, path: str, json_body: Any = None, **options: Any) -> Answer:
        return self.send("PUT", path, json_body, **options)

    def patch(self, path: str, json_body: Any = None, **options: Any) -> Answer:
        return self.send("PATCH", path, json_body, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.send("DELETE", path, **options)
