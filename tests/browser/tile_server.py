"""A tile server on this machine, over TLS as pages may only read it; how it answers is for the test to say."""

from __future__ import annotations

import io
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image

GREEN = (120, 190, 120)
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])


@dataclass
class TileServer:
    """`status` is what it answers with; it answers nothing before `ready` is set."""

    port: int = 0
    status: HTTPStatus = HTTPStatus.OK
    ready: Event = field(default_factory=Event)
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What the page is told to read its tiles from."""
        return f"https://127.0.0.1:{self.port}/{{z}}/{{x}}/{{y}}.png"


@contextmanager
def serving(folder: Path) -> Iterator[TileServer]:
    """Serve green tiles; the certificate, which nobody has signed, comes into the folder."""
    tiles, tile = TileServer(), _tile()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tiles.asked.append(self.path)
            tiles.ready.wait()
            self.send_response(tiles.status)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            if tiles.status is HTTPStatus.OK:
                self.wfile.write(tile)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = _with_tls(folder).wrap_socket(server.socket, server_side=True)
    tiles.port = server.server_port
    tiles.ready.set()
    Thread(target=server.serve_forever, daemon=True).start()
    yield tiles
    tiles.ready.set()
    server.shutdown()
    server.server_close()


def _tile() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (256, 256), GREEN).save(file, "PNG")
    return file.getvalue()


def _with_tls(folder: Path) -> ssl.SSLContext:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    named = x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).public_key(key.public_key())
    dated = named.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    file = folder / "tiles.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
