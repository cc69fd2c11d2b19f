"""The front door before an upstream of the test's own, over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, ClientTimeout, FormData, web
from yarl import URL

from infrastructure import headers
from infrastructure.routes import FOR_EVER
from local.failures import CannotRun
from local.front_door import door, forwarding, pictures
from local.front_door.paths import asked_path
from local.options import Options
from local.processes import free_port

KEY = {"AWS_ACCESS_KEY_ID": "LOCALKEY", "AWS_SECRET_ACCESS_KEY": "secret"}
PICTURE = "/renditions/qrxs34ike3/c00f9142-160.webp"
type Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Upstream:
    """What stands behind the door, and what it was asked."""

    answering: Answering
    asked: list[web.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        response = await self.answering(request)
        self.bodies.append(await request.read() if request.can_read_body else b"")
        return response


@dataclass
class Visitor:
    """A browser at the door."""

    session: ClientSession
    address: str

    async def ask(self, method: str, target: str, **options: object) -> ClientResponse:
        url = URL(self.address + target, encoded=True)
        answer = await self.session.request(method, url, allow_redirects=False, **options)  # type: ignore[arg-type]
        await answer.read()
        return answer


async def well(_: web.Request) -> web.StreamResponse:
    return web.Response(text="well", headers={"ETag": '"1"', "x-amz-version-id": "v"})


def built_page(folder: Path) -> Path:
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Homeward</title>")
    (folder / "assets" / "index-4f2a.js").write_text("1")
    (folder / "page.js").write_text('import("/assets/index-4f2a.js");')
    (folder / "page.css").write_text("body {}")
    (folder.parent / "secret.txt").write_text("secret")
    return folder


@asynccontextmanager
async def opened(upstream: Upstream, page: Path | str, **more: Any) -> AsyncIterator[Visitor]:
    runner = web.AppRunner(_application(upstream), shutdown_timeout=0.1)
    await runner.setup()
    behind, front = free_port(), Options("127.0.0.1", free_port(), Path(), {})
    await web.TCPSite(runner, "127.0.0.1", behind).start()
    base = f"http://127.0.0.1:{behind}"
    bucket = pictures.Bucket(f"{base}/bucket", KEY, "us-east-1")
    places = door.Places(f"{base}/rest/_user_request_", bucket, page, **more)
    with closing(door.listen(front)) as listener:
        async with door.opened(listener, places), ClientSession(timeout=ClientTimeout(total=10)) as session:
            yield Visitor(session, front.address)
    await runner.cleanup()


def _application(upstream: Upstream) -> web.Application:
    application = web.Application(client_max_size=0)
    application.router.add_route("*", "/{path:.*}", upstream.answer)
    return application


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return built_page(tmp_path / "dist")


def visit(
    page: Path | str, visiting: Callable[[Visitor, Upstream], Awaitable[None]], answering: Answering = well
) -> None:
    async def scenario() -> None:
        upstream = Upstream(answering)
        async with opened(upstream, page) as visitor:
            await visiting(visitor, upstream)

    asyncio.run(scenario())


def test_the_api_gets_method_query_headers_and_body_as_they_came(page: Path) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        headers = {"Authorization": "Bearer t", "X-Picture-Author": "Ada", "Host": "map.example.org:8000"}
        await visitor.ask("PATCH", "/api/announcements/a%20b?bbox=1%2C2&x=%C5%82", data=b"{}", headers=headers)
        asked = upstream.asked[0]
        assert asked.method == "PATCH"
        assert asked.raw_path == "/rest/_user_request_/api/announcements/a%20b?bbox=1%2C2&x=%C5%82"
        assert asked.headers["Authorization"] == "Bearer t"
        assert asked.headers["X-Picture-Author"] == "Ada"
        assert asked.headers["X-Forwarded-Host"] == "map.example.org:8000"
        assert upstream.bodies == [b"{}"]

    visit(page, visiting)


def test_what_only_the_front_door_may_say_is_not_taken_from_the_client(page: Path) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        lies = {
            "X-Forwarded-Host": "evil",
            "X-Forwarded-For": "6.6.6.6",
            "X-Amz-Target": "DynamoDB.Scan",
            "CloudFront-Viewer-Address": "6.6.6.6:1",
            "CloudFront-Viewer-Latitude": "1",
            "X-Origin-Key": "guessed",
            "TE": "trailers",
        }
        await visitor.ask("GET", "/api/health", headers=lies | {"Connection": "X-Private", "X-Private": "1"})
        headers = upstream.asked[0].headers
        assert headers["X-Forwarded-Host"] == visitor.address.removeprefix("http://")
        assert headers["X-Forwarded-For"] == "127.0.0.1"
        assert headers["Host"] != "evil"
        assert headers["CloudFront-Viewer-Address"].startswith("127.0.0.1:")
        unsaid = {"X-Amz-Target", "TE", "X-Private", "X-Origin-Key", "CloudFront-Viewer-Latitude"}
        assert not unsaid & headers.keys()

    visit(page, visiting)


def test_the_api_is_told_what_the_cdn_would_tell_it(page: Path) -> None:
    async def scenario() -> None:
        upstream = Upstream(well)
        async with opened(upstream, page, origin_key="secret", viewer="50.06,19.94") as visitor:
            await visitor.ask("GET", "/api/config")
        headers = upstream.asked[0].headers
        said = [headers[f"CloudFront-Viewer-{name}"] for name in ("Latitude", "Longitude")]
        assert (said, headers["X-Origin-Key"]) == (["50.06", "19.94"], "secret")

    asyncio.run(scenario())


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_api_writes_the_pages_of_announcements(page: Path, method: str) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        assert (await visitor.ask(method, "/a/qrxs34/poster")).status == 200
        assert (upstream.asked[0].method, upstream.asked[0].raw_path) == (
            method,
            "/rest/_user_request_/a/qrxs34/poster",
        )

    visit(page, visiting)


def test_an_api_that_reads_the_host_gets_that_of_the_client(page: Path) -> None:
    async def scenario() -> None:
        upstream = Upstream(well)
        async with opened(upstream, page, api_reads_host=True) as visitor:
            await visitor.ask("GET", "/api/health", headers={"Host": "map.example.org"})
        assert upstream.asked[0].headers["Host"] == "map.example.org"

    asyncio.run(scenario())


def test_answers_say_what_the_cdn_would_say(page: Path) -> None:
    async def visiting(visitor: Visitor, _upstream: Upstream) -> None:
        for target, policy in (("/api/health", "ApiHeaders"), (PICTURE, "PicturesHeaders")):
            answer = await visitor.ask("GET", target)
            assert headers.of(policy).items() <= dict(answer.headers).items()
        shown = await visitor.ask("GET", PICTURE, headers={"Origin": "https://other.example.org"})
        assert shown.headers["Access-Control-Allow-Origin"] == "*"

    visit(page, visiting)


def test_private_documents_are_shown_to_nobody(page: Path) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        assert (await visitor.ask("GET", "/documents/9f2c/4be1.pdf")).status == 404
        assert upstream.asked == []

    visit(page, visiting)


@pytest.mark.parametrize("name", ["page.js", "page.css"])
def test_the_stable_names_are_kept_for_a_minute_only(page: Path, name: str) -> None:
    (page / name).write_text("")

    async def visiting(visitor: Visitor, _upstream: Upstream) -> None:
        assert (await visitor.ask("GET", f"/{name}")).headers["Cache-Control"] == "public, max-age=60"

    visit(page, visiting)


def test_a_body_of_unknown_length_reaches_the_api_whole(page: Path) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two"

    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        await visitor.ask("POST", "/api/announcements", data=pieces())
        assert upstream.bodies == [b"one two"]
        assert upstream.asked[0].headers["Content-Length"] == "7"

    visit(page, visiting)


@pytest.mark.parametrize("known", [True, False])
def test_a_body_over_the_limit_is_refused(page: Path, known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LARGEST_BODY", 1000)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"x" * 100

    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        answer = await visitor.ask("POST", "/api/announcements", data=b"x" * 3000 if known else pieces())
        assert answer.status == 413
        assert answer.content_type == "application/problem+json"
        assert upstream.asked == []

    visit(page, visiting)


def test_answers_stream_piece_by_piece(page: Path) -> None:
    released = asyncio.Event()

    async def slowly(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first")
        await released.wait()
        await response.write(b"second")
        return response

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        async with visitor.session.get(visitor.address + "/api/announcements") as answer:
            assert await answer.content.readexactly(5) == b"first"
            released.set()
            assert await answer.content.read() == b"second"

    visit(page, visiting, slowly)


def test_an_answer_passes_with_its_status_and_its_headers(page: Path) -> None:
    async def answering(_: web.Request) -> web.StreamResponse:
        return web.json_response({"status": 410}, status=410, headers={"Cache-Control": "no-store", "Keep-Alive": "9"})

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("GET", "/api/announcements/x")
        assert answer.status == 410
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Keep-Alive" not in answer.headers

    visit(page, visiting, answering)


def test_an_answer_is_asked_for_again_by_its_tag(page: Path) -> None:
    """The connection is kept: were the 304 taken for one with a body, the second answer would be spoilt."""
    caching = {"ETag": 'W/"1"', "Cache-Control": "public, max-age=0"}

    async def answering(request: web.Request) -> web.StreamResponse:
        named = request.headers.get("If-None-Match") == 'W/"1", "2"'
        return web.Response(status=304, headers=caching) if named else web.Response(text="well", headers=caching)

    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        for target in ("/api", "/api/announcements?bbox=1,1,2,2"):
            again = await visitor.ask("GET", target, headers={"If-None-Match": 'W/"1", "2"'})
            assert (again.status, await again.read()) == (304, b"")
            whole = await visitor.ask("GET", target, headers={"If-None-Match": '"3"'})
            assert (whole.status, await whole.read()) == (200, b"well")
            for answer in (again, whole):
                assert {name: answer.headers[name] for name in caching} == caching
        assert upstream.asked[0].raw_path == "/rest/_user_request_/api"

    visit(page, visiting, answering)


@pytest.mark.parametrize(
    ("length", "accepted", "compressed"), [(2000, "gzip", True), (2000, "", False), (9, "gzip", False)]
)
def test_long_answers_are_compressed_as_api_gateway_does_it(
    page: Path, length: int, accepted: str, compressed: bool
) -> None:
    async def answering(_: web.Request) -> web.StreamResponse:
        return web.json_response("x" * length, headers={"ETag": 'W/"1"'})

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("GET", "/api/announcements", headers={"Accept-Encoding": accepted})
        assert (answer.headers.get("Content-Encoding") == "gzip") == compressed
        assert answer.headers["ETag"] == 'W/"1"'
        assert await answer.json() == "x" * length

    visit(page, visiting, answering)


def test_a_cloud_that_is_away_is_a_503_with_a_problem(page: Path) -> None:
    async def scenario() -> None:
        nowhere = f"http://127.0.0.1:{free_port()}"
        options = Options("127.0.0.1", free_port(), Path(), {})
        places = door.Places(nowhere, pictures.Bucket(nowhere, KEY, "us-east-1"), page)
        with closing(door.listen(options)) as listener:
            async with door.opened(listener, places), ClientSession() as session:
                visitor = Visitor(session, options.address)
                api, picture = await visitor.ask("GET", "/api/health"), await visitor.ask("GET", PICTURE)
                assert (api.status, picture.status) == (503, 502)
                assert api.content_type == picture.content_type == "application/problem+json"
                assert (await visitor.ask("GET", "/")).status == 200

    asyncio.run(scenario())


def test_a_cloud_that_breaks_off_is_a_502(page: Path) -> None:
    async def breaking_off(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("GET", "/api/health")
        assert answer.status == 502
        assert answer.headers["Cache-Control"] == "no-store"

    visit(page, visiting, breaking_off)


def test_a_cloud_that_does_not_answer_is_a_504(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "TIMEOUT", ClientTimeout(sock_read=0.2))

    async def silent(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        assert (await visitor.ask("GET", "/api/health")).status == 504

    visit(page, visiting, silent)


def form(**fields: str) -> FormData:
    data = FormData()
    for name, value in fields.items():
        data.add_field(name, value)
    data.add_field("file", b"JPEG", filename="cat.jpg", content_type="image/jpeg")
    return data


def test_a_form_goes_to_the_bucket_and_nowhere_else(page: Path) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        body = form(key="originals/a")()
        headers = {"Content-Type": body.content_type, "Content-Length": str(body.size), "Authorization": "AWS4 x"}
        answer = await visitor.ask("POST", "/uploads?delete", data=body, headers=headers)
        assert answer.status == 200
        asked = upstream.asked[0]
        assert (asked.method, asked.raw_path) == ("POST", "/bucket")
        assert "Authorization" not in asked.headers
        assert b"originals/a" in upstream.bodies[0]

    visit(page, visiting)


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 405),
        ("PUT", {"Content-Type": "multipart/form-data; boundary=x"}, 405),
        ("POST", {"Content-Type": "application/xml", "Content-Length": "0"}, 415),
        ("POST", {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "99000000"}, 413),
    ],
)
def test_what_is_no_form_is_refused(page: Path, method: str, headers: dict[str, str], status: int) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        reader, writer = await asyncio.open_connection(*visitor.address.removeprefix("http://").split(":"))
        lines = [
            f"{method} /uploads HTTP/1.1",
            "Host: x",
            "Connection: close",
            *(f"{k}: {v}" for k, v in headers.items()),
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        assert int((await reader.readline()).split()[1]) == status
        writer.close()
        assert upstream.asked == []

    visit(page, visiting)


def test_a_large_form_is_never_held_whole(page: Path) -> None:
    """The bucket reads nothing, so what the door took in by then is what it holds."""
    taken = 0
    enough = asyncio.Event()

    async def never_reading(request: web.Request) -> web.StreamResponse:
        request.protocol.pause_reading()
        await enough.wait()
        return web.Response(status=204)

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(400):
            yield b"x" * 100_000
            taken += 100_000

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "40000000"}
        sending = asyncio.ensure_future(visitor.ask("POST", "/uploads", data=pieces(), headers=headers))
        before = -1
        while before != taken or taken == 0:
            before = taken
            await asyncio.sleep(0.3)
        sending.cancel()
        enough.set()
        assert taken < 20_000_000

    visit(page, visiting, never_reading)


def test_a_picture_is_shown_for_ever(page: Path) -> None:
    async def answering(_: web.Request) -> web.StreamResponse:
        headers = {
            "Content-Type": "image/webp",
            "ETag": '"1"',
            "x-amz-version-id": "v",
            "Access-Control-Allow-Origin": "*",
        }
        return web.Response(body=b"WEBP", headers=headers)

    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        answer = await visitor.ask("GET", PICTURE + "?versionId=old", headers={"If-None-Match": '"2"', "Cookie": "a=b"})
        assert (answer.status, await answer.read()) == (200, b"WEBP")
        assert answer.content_type == "image/webp"
        assert answer.headers["Cache-Control"] == FOR_EVER.header
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "x-amz-version-id" not in answer.headers
        asked = upstream.asked[0]
        assert asked.raw_path == "/bucket" + PICTURE
        assert asked.headers["If-None-Match"] == '"2"'
        assert "Credential=LOCALKEY/" in asked.headers["Authorization"]
        assert "Cookie" not in asked.headers

    visit(page, visiting, answering)


@pytest.mark.parametrize(("there", "here"), [(403, 404), (404, 404), (500, 502), (503, 502), (304, 304), (206, 206)])
def test_what_the_bucket_answers_is_told_in_our_words(page: Path, there: int, here: int) -> None:
    async def answering(_: web.Request) -> web.StreamResponse:
        return web.Response(status=there)

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("GET", PICTURE)
        assert answer.status == here
        assert (answer.headers["Cache-Control"] == "no-store") == (here >= 400)

    visit(page, visiting, answering)


@pytest.mark.parametrize(
    "target",
    [
        "/renditions/",
        "/renditions/a",
        "/renditions/../originals/a.jpg",
        "/renditions/%2e%2e/originals/a.jpg",
        "/renditions/a/../../../other/a.jpg",
        "/renditions/a/b%2f..%2f..%2foriginals.jpg",
        "/api/../../../_ministack/reset",
        "/api/%2e%2e/%2E%2E/_ministack/reset",
        "/api/..%2f..%2f_aws/health",
        "/api/a%5c..%5cb",
        "/api/a%00b",
        "/renditions//a.webp",
        "/renditions/a/b.webp/c",
    ],
)
def test_no_path_leads_out_of_its_place(page: Path, target: str) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        answer = await visitor.ask("GET", target)
        assert answer.status == 404
        assert answer.headers["Cache-Control"] == "no-store"
        assert upstream.asked == []

    visit(page, visiting)


@pytest.mark.parametrize(
    "target", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/assets/../../secret.txt"]
)
def test_the_page_shows_only_its_own_files(page: Path, target: str) -> None:
    async def visiting(visitor: Visitor, _: Upstream) -> None:
        assert (await visitor.ask("GET", target)).status == 404

    visit(page, visiting)


def test_a_link_out_of_the_page_is_not_followed(page: Path) -> None:
    (page / "link.txt").symlink_to(page.parent / "secret.txt")

    async def visiting(visitor: Visitor, _: Upstream) -> None:
        assert (await visitor.ask("GET", "/link.txt")).status == 404

    visit(page, visiting)


@pytest.mark.parametrize("target", ["/_ministack/reset", "/_aws/sqs/messages", "/bucket/originals/a", "/restapis"])
def test_the_cloud_itself_is_not_reached(page: Path, target: str) -> None:
    async def visiting(visitor: Visitor, upstream: Upstream) -> None:
        assert (await visitor.ask("GET", target)).content_type == "text/html"
        assert (await visitor.ask("POST", target)).status == 405
        assert upstream.asked == []

    visit(page, visiting)


@pytest.mark.parametrize(
    ("target", "status", "kind", "cache"),
    [
        ("/", 200, "text/html", "no-cache"),
        ("/index.html", 200, "text/html", "no-cache"),
        ("/announcements/qrxs34", 200, "text/html", "no-cache"),
        ("/assets/index-4f2a.js", 200, "text/javascript", FOR_EVER.header),
        ("/page.js", 200, "text/javascript", "public, max-age=60"),
        ("/page.css", 200, "text/css", "public, max-age=60"),
        ("/assets/index-old.js", 404, "application/problem+json", "no-store"),
        ("/assets/gone", 404, "application/problem+json", "no-store"),
        ("/robots.txt", 404, "application/problem+json", "no-store"),
    ],
)
def test_the_page_is_kept_as_the_cdn_keeps_it(page: Path, target: str, status: int, kind: str, cache: str) -> None:
    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("GET", target)
        assert (answer.status, answer.content_type, answer.headers["Cache-Control"]) == (status, kind, cache)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert status != 200 or "default-src 'self'" in answer.headers["Content-Security-Policy"]

    visit(page, visiting)


def test_texts_of_the_page_are_compressed_as_the_cdn_does_it_and_asked_for_again_by_their_tag(page: Path) -> None:
    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("GET", "/", headers={"Accept-Encoding": "gzip"})
        assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
        assert await answer.text() == "<title>Homeward</title>"
        known = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}
        assert (await visitor.ask("GET", "/", headers=known)).status == 304
        plain = await visitor.ask("GET", "/", headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in plain.headers
        (page / "index.html").write_text("<title>Newer</title>")
        assert await (await visitor.ask("GET", "/", headers=known)).text() == "<title>Newer</title>"

    visit(page, visiting)


def test_the_page_only_reads(page: Path) -> None:
    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("POST", "/")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert (await visitor.ask("HEAD", "/")).status == 200

    visit(page, visiting)


def test_while_developing_the_page_is_elsewhere() -> None:
    async def visiting(visitor: Visitor, _: Upstream) -> None:
        answer = await visitor.ask("GET", "/view?x=1")
        assert (answer.status, answer.headers["Location"]) == (307, "http://127.0.0.1:5173/view?x=1")

    visit("http://127.0.0.1:5173", visiting)


def test_a_port_in_use_is_told_in_one_line() -> None:
    options = Options("127.0.0.1", free_port(), Path(), {})
    with closing(door.listen(options)), pytest.raises(CannotRun, match=f"PORT={options.port} cannot be used") as told:
        door.listen(options)
    assert "\n" not in str(told.value)
    door.listen(replace(options, host="127.0.0.1")).close()


def test_the_largest_picture_fits_into_a_form() -> None:
    assert pictures.LARGEST_FORM > 40_000_000


@pytest.mark.parametrize("target", ["http://elsewhere/api", "*", ""])
def test_a_target_that_is_no_path_leads_nowhere(target: str) -> None:
    assert asked_path(target) is None
