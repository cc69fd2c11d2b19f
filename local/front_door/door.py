"""The front door itself: every path to its place, by the same table of routes as the CDN."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession, web

from infrastructure import headers as said
from infrastructure.routes import Target, route_of
from local.failures import CannotRun
from local.front_door import page, pictures
from local.front_door.forwarding import forward, new_session, request_headers, viewer_headers
from local.front_door.paths import asked_path, asked_query
from local.front_door.problems import not_found
from local.options import Options

UPLOADS = "/uploads"  # in the cloud the form goes to the bucket's own address
LARGEST_BODY = 10_000_000  # bytes, as API Gateway has it
LONGEST_FAREWELL = 1.0  # seconds that requests may go on for after a stop


@dataclass(frozen=True)
class Places:
    """Where the front door finds what it shows."""

    api: str  # the address before a path that begins with /api
    bucket: pictures.Bucket
    page: Path | str  # the folder of the built page, or the address of the server that builds it on the fly
    api_reads_host: bool = False  # `chalice local` does; ministack would route by it
    origin_key: str = ""  # tells the API that a request came through here
    viewer: str = ""  # where visitors are: latitude,longitude


class FrontDoor:
    """Answers every request at the one address."""

    def __init__(self, places: Places, session: ClientSession) -> None:
        self._places = places
        self._session = session

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Lead a request to its place."""
        path = asked_path(request.raw_path)
        if path is None:
            return not_found()
        if path == UPLOADS:
            return await pictures.upload(request, self._session, self._places.bucket)
        route = route_of(path)
        if route.target is Target.DOCUMENTS:
            return not_found()  # nobody here checks the signature of an address
        if route.target is Target.PICTURES:
            return await pictures.show(request, self._session, self._places.bucket, route.cache.header)
        if route.target is Target.API:
            return await self._api(request, path)
        return self._page(request, path)

    async def _api(self, request: web.Request, path: str) -> web.StreamResponse:
        url = self._places.api + path + asked_query(request.raw_path)
        headers = request_headers(request)
        headers.update(viewer_headers(request, self._places.origin_key, self._places.viewer))
        if self._places.api_reads_host:
            headers["Host"] = headers["X-Forwarded-Host"]
        added = said.of("ApiHeaders") if path.startswith("/api") else {}  # its pages bring their own
        return await forward(request, self._session, url, headers, LARGEST_BODY, added)

    def _page(self, request: web.Request, path: str) -> web.StreamResponse:
        if isinstance(self._places.page, str):
            raise web.HTTPTemporaryRedirect(self._places.page + request.raw_path)
        return page.serve(request, self._places.page, path)


def listen(options: Options) -> socket.socket:
    """Take the one address, so that whoever asks before all is ready waits for the answer; raises CannotRun."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise CannotRun(f"PORT={options.port} cannot be used on {options.host}: {error.strerror}.") from error
    return listener


@asynccontextmanager
async def opened(listener: socket.socket, places: Places) -> AsyncIterator[None]:
    """Serve on an address until the end of the block."""
    async with new_session() as session:
        app = web.Application(client_max_size=0)
        app.router.add_route("*", "/{path:.*}", FrontDoor(places, session).answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=LONGEST_FAREWELL)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            yield
        finally:
            await runner.cleanup()
