"""The pictures' bucket behind the front door: forms go in, renditions come out, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import ClientError, ClientResponse, ClientSession, web
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from multidict import CIMultiDict
from yarl import URL

from infrastructure import headers as said
from local.front_door.forwarding import forward, stream
from local.front_door.paths import is_picture
from local.front_door.problems import not_found, only, problem

LARGEST_FORM = 40_000_000 + 65_536  # bytes: the largest picture, and the fields before it
ASKED = ("If-None-Match", "If-Modified-Since", "Range")
SHOWN = ("Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "ETag", "Last-Modified")
WELL = (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)


@dataclass(frozen=True)
class Bucket:
    """Where the pictures are, and the key that opens them."""

    address: str
    key: Mapping[str, str]  # as AWS's environment variables
    region: str

    def signed(self, method: str, url: str, headers: Mapping[str, str]) -> dict[str, str]:
        """Sign a request without a body; these are its headers then."""
        credentials = Credentials(self.key["AWS_ACCESS_KEY_ID"], self.key["AWS_SECRET_ACCESS_KEY"])
        request = AWSRequest(method, url, headers=dict(headers))
        S3SigV4Auth(credentials, "s3", self.region).add_auth(request)
        return dict(request.headers)


async def upload(request: web.Request, session: ClientSession, bucket: Bucket) -> web.StreamResponse:
    """Pass a signed form on to the bucket, which checks it; its query and its other headers stay outside."""
    if request.method != "POST":
        return only("POST")
    if request.content_type != "multipart/form-data":
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the form as multipart/form-data.")
    if request.content_length is None:
        return problem(HTTPStatus.LENGTH_REQUIRED, "Say how long the form is.")
    headers = CIMultiDict({name: request.headers[name] for name in ("Content-Type", "Content-Length")})
    return await forward(request, session, bucket.address, headers, LARGEST_FORM)


async def show(request: web.Request, session: ClientSession, bucket: Bucket, cache: str | None) -> web.StreamResponse:
    """Show a rendition, by a signed request of our own."""
    if request.method not in ("GET", "HEAD"):
        return only("GET", "HEAD")
    if not is_picture(request.path):
        return not_found()
    asked = {name: request.headers[name] for name in ASKED if name in request.headers}
    url = bucket.address + request.path
    headers = bucket.signed(request.method, url, asked)
    try:
        async with session.request(request.method, URL(url, encoded=True), headers=headers) as answer:
            if answer.status not in WELL:
                return _missing(answer)
            return await stream(request, answer, _shown(answer, cache))
    except (ClientError, ConnectionError, TimeoutError):
        return problem(HTTPStatus.BAD_GATEWAY, "The pictures are not there at the moment.", Retry_After="2")


def _missing(answer: ClientResponse) -> web.Response:
    if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN):
        return not_found()
    return problem(HTTPStatus.BAD_GATEWAY, "The pictures are not there at the moment.", Retry_After="2")


def _shown(answer: ClientResponse, cache: str | None) -> CIMultiDict[str]:
    headers = CIMultiDict({name: answer.headers[name] for name in SHOWN if name in answer.headers})
    headers.update(said.of("PicturesHeaders"))
    if cache and answer.status != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        headers["Cache-Control"] = cache
    return headers
