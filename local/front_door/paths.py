"""Which paths may go on to the cloud behind the front door, and which lead to no place of ours."""

import re
from urllib.parse import unquote

_PICTURE = re.compile(r"/renditions/[A-Za-z0-9_-]+/[A-Za-z0-9_-]+\.[a-z0-9]+")
_NEVER = re.compile(r"[\x00-\x1f\x7f\\]")


def asked_path(target: str) -> str | None:
    """The path of a request's target, still encoded as it came; None for one that could lead out of its place."""
    path = target.partition("?")[0]
    decoded = unquote(path)
    climbs = any(segment in (".", "..") for segment in decoded.split("/"))
    return None if climbs or not path.startswith("/") or _NEVER.search(decoded) else path


def asked_query(target: str) -> str:
    """The query of a request's target as it came, with its question mark, or nothing."""
    _, mark, query = target.partition("?")
    return mark + query


def is_picture(path: str) -> bool:
    """Whether a path names a rendition, exactly as the application names them."""
    return _PICTURE.fullmatch(path) is not None
