"""Identifiers: short enough for a poster, random enough that none is guessed."""

import hashlib
import re
import secrets
from base64 import b32encode

ID_PATTERN = "[a-z2-7]{20}"  # 100 bits in base32, lower case, no look-alikes of 0 and 1
_ID = re.compile(ID_PATTERN)
_ID_LENGTH = 20
_ID_BYTES = 13


def is_id(text: str) -> bool:
    """Tell whether this could be one of ours; what is not may be too long even to be looked for."""
    return _ID.fullmatch(text) is not None


def new_id() -> str:
    """Draw a random identifier."""
    return _readable(secrets.token_bytes(_ID_BYTES))


def source_id(source: str, external_id: str) -> str:
    """Derive the identifier of a source's announcement, the same at every import."""
    return _readable(hashlib.sha256(f"{source}/{external_id}".encode()).digest())


def _readable(data: bytes) -> str:
    return b32encode(data).decode().lower()[:_ID_LENGTH]
