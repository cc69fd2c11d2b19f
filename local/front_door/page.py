"""The files of the built page, as the CDN serves them."""

from __future__ import annotations

import gzip
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from aiohttp import web

from chalicelib.controllers.exchange import PAGE_SECURITY
from infrastructure.routes import route_of
from local.front_door.problems import not_found, only

TEXTS = {  # what the CDN compresses on its way, by the end of its name
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


def serve(request: web.Request, folder: Path, path: str) -> web.StreamResponse:
    """Answer with the file at a path, or with index.html where the page itself knows what the path means."""
    if request.method not in ("GET", "HEAD"):
        return only("GET", "HEAD")
    file = _file(folder, unquote(path))
    if file is None:
        return not_found()
    cache = route_of(f"/{file.relative_to(folder.resolve())}").cache.header
    headers = PAGE_SECURITY | ({"Cache-Control": cache} if cache else {})
    if file.suffix in TEXTS and "gzip" in request.headers.get("Accept-Encoding", ""):
        return _compressed(request, file, headers)
    return web.FileResponse(file, headers=headers)


def _compressed(request: web.Request, file: Path, headers: dict[str, str]) -> web.Response:
    changed = file.stat().st_mtime_ns
    tag = f'"{changed:x}-gzip"'
    headers |= {"ETag": tag, "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == tag:
        return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers |= {"Content-Encoding": "gzip", "Content-Type": f"{TEXTS[file.suffix]}; charset=utf-8"}
    return web.Response(body=_gzipped(file, changed), headers=headers)


@lru_cache(maxsize=256)
def _gzipped(file: Path, _changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


def _file(folder: Path, path: str) -> Path | None:
    file = (folder / path.lstrip("/")).resolve()
    if not file.is_relative_to(folder.resolve()):
        return None
    if file.is_file():
        return file
    index = folder.resolve() / "index.html"
    return index if _is_a_view(path) and index.is_file() else None


def _is_a_view(path: str) -> bool:
    """A path without a file extension is one of the page's own views."""
    return "." not in path.rpartition("/")[2] and not path.startswith("/assets/")
