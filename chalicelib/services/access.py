"""Who may change what: the manage token of a guest, the key of a source."""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.errors import Forbidden, Invalid, Unauthenticated
from chalicelib.domain.identity import is_id
from chalicelib.services.changes import AnnouncementStore

_CLOSED = "This token does not open what it was sent for."
_MANAGE_TOKEN = re.compile("[A-Za-z0-9_-]{43}")  # 256 bits in base64 without padding
SOURCE_NAME = re.compile("[a-z0-9][a-z0-9-]{0,39}")
_KEY_MARK = "source"  # begins every source key, so that it is never taken for a manage token


class Secrets(Protocol):
    """The server's own secrets."""

    def manage_token_key(self) -> bytes:
        """Give the key that manage tokens are made with."""

    def cursor_key(self) -> bytes:
        """Give the key that signs cursors."""


class SourceKeys(Protocol):
    """The hashes of the sources' keys."""

    def key_hash(self, source: str) -> str | None:
        """Read the hash of a source's key, or None if there is no such source."""

    def put_key_hash(self, source: str, key_hash: str) -> None:
        """Write the hash of a source's key in place of any earlier one."""


@dataclass(frozen=True)
class Access:
    """Checks tokens and keys; a wrong one is refused in the same way whether or not the thing exists."""

    secrets: Secrets
    source_keys: SourceKeys
    store: AnnouncementStore

    def manage_token(self, announcement_id: str) -> str:
        """Make the secret that opens an announcement: always the same for the same id."""
        digest = hmac.digest(self.secrets.manage_token_key(), announcement_id.encode(), "sha256")
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    def require_owner(self, announcement_id: str, token: str | None) -> None:
        """Pass the manage token of this announcement or the key of the source that brought it.

        Raises Unauthenticated without a token and Forbidden for a wrong one.
        """
        token = _given(token)
        if not is_id(announcement_id):
            raise Forbidden(_CLOSED)
        if token.startswith(f"{_KEY_MARK}."):
            self._require_bringer(announcement_id, token)
        elif not _equal(token, self.manage_token(announcement_id)):
            raise Forbidden(_CLOSED)

    def is_trusted(self, token: str | None) -> bool:
        """Tell whether a token that opened something is a source's key, whose holder is known to the operators."""
        return (token or "").startswith(f"{_KEY_MARK}.")

    def require_somebody(self, token: str | None) -> None:
        """Pass what may be a token of anything, for what is not there and so belongs to nobody.

        A source's key is checked; a manage token can only be checked against its announcement, so that here its form
        has to do: it opens nothing but the answer that there is nothing.
        Raises Unauthenticated without a token and Forbidden for what cannot be one.
        """
        token = _given(token)
        if token.startswith(f"{_KEY_MARK}."):
            self.require_source(token.split(".")[1], token)
        elif not _MANAGE_TOKEN.fullmatch(token):
            raise Forbidden(_CLOSED)

    def require_source(self, source: str, token: str | None) -> None:
        """Pass the key of this source; raises Unauthenticated or Forbidden."""
        expected = self.source_keys.key_hash(source) if SOURCE_NAME.fullmatch(source) else None
        if not _equal(_hash(_given(token)), expected or ""):
            raise Forbidden(_CLOSED)

    def register_source(self, source: str) -> str:
        """Make a new key for a source, shown only here; an earlier one stops working."""
        if not SOURCE_NAME.fullmatch(source):
            raise Invalid.field("source", "must be 1 to 40 lower-case letters, digits and hyphens")
        key = f"{_KEY_MARK}.{source}.{secrets.token_urlsafe(32)}"
        self.source_keys.put_key_hash(source, _hash(key))
        return key

    def _require_bringer(self, announcement_id: str, key: str) -> None:
        source = key.split(".")[1]
        self.require_source(source, key)
        announcement = self.store.get(announcement_id)
        if announcement is None or announcement.origin is None or announcement.origin.source != source:
            raise Forbidden(_CLOSED)


def _given(token: str | None) -> str:
    if not token:
        raise Unauthenticated("Send the token as `Authorization: Bearer …`.")
    return token


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()  # no salt needed: the key is 256 random bits


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
