"""The files of the built page, as the CDN serves them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from aiohttp import web

from chalicelib.controllers.exchange import PAGE_SECURITY
from infrastructure.routes import route_of
from local.front_door.problems import not_found, only


def serve(request: web.Request, folder: Path, path: str) -> web.StreamResponse:
    """Answer with the file at a path, or with index.html where the page itself knows what the path means."""
    if request.method not in ("GET", "HEAD"):
        return only("GET", "HEAD")
    file = _file(folder, unquote(path))
    if file is None:
        return not_found()
    cache = route_of(f"/{file.relative_to(folder.resolve())}").cache.header
    return web.FileResponse(file, headers=PAGE_SECURITY | ({"Cache-Control": cache} if cache else {}))


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
