"""The server's secrets: encrypted parameters, read when first needed and again after five minutes."""

import time
from base64 import b64decode
from collections.abc import Callable

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import faults

KEPT = 300.0  # seconds; a new key is in use everywhere after that
NAMES = ("manage-token-key", "cursor-key", "network-key", "origin-key")


class ParameterSecrets:
    """The connector of the parameters below one path."""

    def __init__(self, aws: Aws, path: str, seconds: Callable[[], float] = time.monotonic) -> None:
        """Make no call yet."""
        self._aws = aws
        self._path = path
        self._seconds = seconds
        self._read_at = 0.0
        self._values: dict[str, bytes] = {}

    def manage_token_key(self) -> bytes:
        """Give the key that manage tokens are made with."""
        return self._value("manage-token-key")

    def cursor_key(self) -> bytes:
        """Give the key that signs cursors."""
        return self._value("cursor-key")

    def network_key(self) -> bytes:
        """Give the key that networks are named with."""
        return self._value("network-key")

    def origin_key(self) -> bytes:
        """Give the key that the CDN shows."""
        return self._value("origin-key")

    def _value(self, name: str) -> bytes:
        if not self._values or self._seconds() - self._read_at > KEPT:
            self._values = self._read()
            self._read_at = self._seconds()
        return self._values[name]

    def _read(self) -> dict[str, bytes]:
        with faults():
            answer = self._aws.ssm.get_parameters(Names=[f"{self._path}/{name}" for name in NAMES], WithDecryption=True)
        return {
            parameter["Name"].rpartition("/")[2]: b64decode(parameter["Value"]) for parameter in answer["Parameters"]
        }
