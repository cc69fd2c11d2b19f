"""Cursors: where a page ended, signed and bound to the query that it belongs to."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from chalicelib.domain.errors import Invalid
from chalicelib.services.access import Secrets

SIGNATURE_BYTES = 16  # 128 bits are enough for what only saves us from reading nonsense


@dataclass(frozen=True)
class Cursors:
    """Writes and reads cursors."""

    secrets: Secrets

    def write(self, position: str, query: str) -> str:
        """Sign a position for a query."""
        return urlsafe_b64encode(self._signature(position, query) + position.encode()).rstrip(b"=").decode()

    def read(self, cursor: str, query: str) -> str:
        """Give back the position; raises Invalid naming `cursor` when it is not ours or belongs to another query."""
        try:
            data = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            signature, position = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:].decode()
        except ValueError:
            signature, position = b"", ""
        if not hmac.compare_digest(signature, self._signature(position, query)):
            raise Invalid.field("cursor", "does not belong to this query: begin again without it")
        return position

    def _signature(self, position: str, query: str) -> bytes:
        return hmac.digest(self.secrets.cursor_key(), f"{position}\n{query}".encode(), "sha256")[:SIGNATURE_BYTES]
