"""Entity tags (RFC 9110): what a cache shows to learn whether an answer is still the same."""

import hashlib
import re

TAG_BYTES = 12  # 96 bits: two answers at one address never meet by chance
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def entity_tag(body: str) -> str:
    """Name a body.

    Weak, for the gateway and the CDN may compress it on its way: the same answer, but other bytes.
    """
    return f'W/"{hashlib.blake2b(body.encode(), digest_size=TAG_BYTES).hexdigest()}"'


def names(if_none_match: str, tag: str) -> bool:
    """Tell whether an If-None-Match, a list of tags or `*`, names a tag; weak and strong ones compare alike."""
    return if_none_match.strip() == "*" or _opaque(tag)[0] in _opaque(if_none_match)


def _opaque(tags: str) -> list[str]:
    return _TAG.findall(tags)
