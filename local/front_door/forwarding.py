"""Passing a request on and its answer back, both as streams: nothing is held in memory as a whole."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout, web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from infrastructure.routes import ORIGIN_KEY_HEADER
from local.front_door.problems import problem

HOP_BY_HOP = (
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection",
    "te", "trailer", "transfer-encoding", "upgrade", "expect",
)  # fmt: skip
COMPRESSED_FROM = 1024  # bytes, as .chalice/config.json tells API Gateway
OURS_TO_SAY = ("host", "forwarded", "via", "x-real-ip", ORIGIN_KEY_HEADER)
TIMEOUT = ClientTimeout(total=None, sock_connect=5, sock_read=60)  # seconds; a function may take 29 for its answer


class TooLarge(Exception):
    """A body turned out longer than what may pass."""


def new_session() -> ClientSession:
    """The client that asks the cloud; answers pass as they are, compressed ones too."""
    return ClientSession(timeout=TIMEOUT, auto_decompress=False, trust_env=False)


def request_headers(request: web.Request) -> CIMultiDict[str]:
    """The client's headers without those of the connection and those that only we may say."""
    dropped = {*HOP_BY_HOP, *OURS_TO_SAY, *_named(request.headers)}
    headers = _without(request.headers, dropped)
    for name in [name for name in headers if name.lower().startswith(("x-forwarded-", "x-amz-", "cloudfront-"))]:
        headers.popall(name, None)
    headers["X-Forwarded-Host"] = request.headers.get("Host", request.host)
    headers["X-Forwarded-For"] = request.remote or "127.0.0.1"
    headers["X-Forwarded-Proto"] = request.scheme
    return headers


def viewer_headers(request: web.Request, origin_key: str, viewer: str) -> dict[str, str]:
    """What the CDN says of a visitor, and what tells the API that the CDN says it."""
    headers = {ORIGIN_KEY_HEADER: origin_key} if origin_key else {}
    peer = request.transport.get_extra_info("peername") if request.transport else None
    if peer:
        headers["CloudFront-Viewer-Address"] = f"{peer[0]}:{peer[1]}"
    latitude, comma, longitude = viewer.partition(",")
    if comma:
        headers |= {"CloudFront-Viewer-Latitude": latitude, "CloudFront-Viewer-Longitude": longitude}
    return headers


def answer_headers(answer: ClientResponse) -> CIMultiDict[str]:
    """The cloud's headers without those of the connection."""
    return _without(answer.headers, {*HOP_BY_HOP, *_named(answer.headers)})


def _named(headers: CIMultiDictProxy[str]) -> list[str]:
    """Headers that Connection names belong to the connection as well."""
    return [name.strip().lower() for value in headers.getall("Connection", []) for name in value.split(",")]


def _without(headers: CIMultiDictProxy[str], dropped: Iterable[str]) -> CIMultiDict[str]:
    return CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in set(dropped))


async def body(request: web.Request, limit: int) -> AsyncIterator[bytes]:
    """The request's body piece by piece; raises TooLarge where it passes the limit in bytes."""
    length = 0
    async for piece in request.content.iter_any():
        length += len(piece)
        if length > limit:
            raise TooLarge
        yield piece


async def _sent(request: web.Request, limit: int) -> AsyncIterator[bytes] | bytes | None:
    """The body to pass on; one of unknown length is read first, for `chalice local` takes no other."""
    if not request.body_exists:
        return None
    pieces = body(request, limit)
    return pieces if request.content_length is not None else b"".join([piece async for piece in pieces])


async def forward(
    request: web.Request,
    session: ClientSession,
    url: str,
    headers: CIMultiDict[str],
    limit: int,
    added: Mapping[str, str] = MappingProxyType({}),
) -> web.StreamResponse:
    """Ask the cloud what the client asked, and stream its answer, with headers that the CDN would add."""
    if request.content_length is not None and request.content_length > limit:
        return _too_large(limit)
    try:
        data = await _sent(request, limit)
        async with session.request(
            request.method, URL(url, encoded=True), headers=headers, data=data, allow_redirects=False
        ) as answer:
            answered = answer_headers(answer)
            answered.update(added)
            pass_on = _compressed if _is_to_be_compressed(request, answer) else stream
            return await pass_on(request, answer, answered)
    except TooLarge:
        return _too_large(limit)
    except ClientConnectorError:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "The service is not there at the moment.", Retry_After="2")
    except TimeoutError:
        return problem(HTTPStatus.GATEWAY_TIMEOUT, "The service did not answer in time.")
    except (ClientError, ConnectionError):
        return problem(HTTPStatus.BAD_GATEWAY, "The service broke off its answer.")


def _is_to_be_compressed(request: web.Request, answer: ClientResponse) -> bool:
    """API Gateway compresses what is long enough; the local cloud's does not."""
    return (
        "gzip" in request.headers.get("Accept-Encoding", "")
        and request.method != "HEAD"
        and (answer.content_length or 0) >= COMPRESSED_FROM
        and answer.content_type.endswith(("json", "html"))
        and "Content-Encoding" not in answer.headers
    )


async def _compressed(_: web.Request, answer: ClientResponse, headers: CIMultiDict[str]) -> web.Response:
    headers.popall("Content-Length", None)
    headers["Content-Encoding"] = "gzip"
    return web.Response(status=answer.status, headers=headers, body=gzip.compress(await answer.read(), 6))


def _too_large(limit: int) -> web.Response:
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {limit:,} bytes may be sent here.")


async def stream(request: web.Request, answer: ClientResponse, headers: CIMultiDict[str]) -> web.StreamResponse:
    """Pass an answer on piece by piece; one that breaks off after its beginning ends the connection."""
    response = web.StreamResponse(status=answer.status, reason=answer.reason, headers=headers)
    await response.prepare(request)
    try:
        async for piece in answer.content.iter_any():
            await response.write(piece)
        await response.write_eof()
    except (ClientError, ConnectionError, TimeoutError):
        if request.transport:
            request.transport.abort()
    return response
