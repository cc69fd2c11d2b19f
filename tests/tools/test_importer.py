import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Homestead
from tools.importer.__main__ import main
from tools.importer.delivery import Delivery, DeliveryFailed
from tools.importer.progress import Progress
from tools.importer.rows import Refusal, Row, Table, UnusableFile

HEADER = "external_id,kind,species,event_at,latitude,longitude,title"


@dataclass
class Gate:
    """A server on loopback before the application in this process; it can lose answers and be away."""

    homestead: Homestead
    lose_answers: int = 0
    refuse: int = 0
    calls: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        with self.lock:  # Chalice's test client is for one request at a time
            self.calls.append(f"{request.command} {request.path}")
            if self.refuse:
                self.refuse -= 1
                return self._answer(request, 503, b"{}")
            answer = self.homestead.client.send(request.command, request.path, body=body, headers=dict(request.headers))
            if self.lose_answers:
                self.lose_answers -= 1
                request.close_connection = True
                request.connection.shutdown(socket.SHUT_RDWR)
                return None
        return self._answer(request, answer.status, answer.body)

    def _answer(self, request: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        if status == 503:
            request.send_header("Retry-After", "0")
        request.end_headers()
        request.wfile.write(body)


@dataclass
class Site:
    url: str
    gate: Gate
    key: str


@pytest.fixture
def site(homestead: Homestead) -> Iterator[Site]:
    gate = Gate(homestead)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            gate.handle(self)

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", gate, homestead.homeward.access.register_source("import"))
    server.shutdown()
    server.server_close()
    thread.join()


def csv_file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "found.csv"
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def dog(number: int, day: str = "2026-11-19") -> str:
    return f'A{number},found,dog,{day},33.77,-118.17,"Dog, brown"'


def run(site: Site, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    state = folder / "state"
    monkeypatch.setenv("HOMEWARD_SOURCE_KEY", site.key)
    arguments = ["import", str(path), "--url", site.url, "--state", str(state), "--quiet", *more]
    monkeypatch.setattr("sys.argv", arguments)
    return main()


def on_map(site: Site) -> list[Any]:
    features: list[Any] = site.gate.homestead.client.get("/api/announcements", limit=1000).json["features"]
    return features


def test_all_rows_are_on_the_map_and_again_nothing_changes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path, *(dog(number) for number in range(60)))
    assert run(site, path, tmp_path, monkeypatch) == 0
    assert "60 of 60 rows are on the map, 0 refused" in capsys.readouterr().out
    first = on_map(site)
    assert len(first) == 60
    site.gate.homestead.clock.move(timedelta(days=3))
    assert run(site, path, tmp_path, monkeypatch) == 0
    assert on_map(site) == first


def test_refused_rows_are_reported_by_line_and_column_and_the_others_are_taken(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [dog(1), dog(2).replace("dog", "dragon"), dog(3).replace("33.77", "north"), dog(4).replace("33.77", "91")]
    assert run(site, csv_file(tmp_path, *rows, dog(5, "1999-01-01")), tmp_path, monkeypatch) == 1
    report = capsys.readouterr().err.splitlines()
    assert [line.rsplit(":", 1)[0] for line in report] == [
        "line 3: species",
        "line 4: latitude",
        "line 5: latitude",
        "line 6: event_at",
    ]
    assert len(on_map(site)) == 1


def test_a_row_whose_picture_is_missing_is_on_the_map_without_it(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path, f"{dog(1)},nowhere.jpg", header=f"{HEADER},picture")
    assert run(site, path, tmp_path, monkeypatch) == 1
    told = capsys.readouterr()
    assert "1 of 1 rows are on the map, 0 refused, 1 without their picture." in told.out
    assert told.err.startswith("line 2: picture: there is no file")
    assert len(on_map(site)) == 1


def test_until_today_moves_all_dates_by_whole_days(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = site.gate.homestead.clock.now = datetime.now(UTC)
    path = csv_file(tmp_path, dog(1, "2022-01-01"), dog(2, "2022-01-31"))
    assert run(site, path, tmp_path, monkeypatch, "--until", "today", "--lives", "700") == 0
    days = [date.fromisoformat(feature["properties"]["event_at"][:10]) for feature in on_map(site)]
    assert days[0] in {now.date(), datetime.now(UTC).date()}  # midnight may pass meanwhile
    assert days[0] - days[1] == timedelta(days=30)


def test_lost_answers_and_a_service_that_is_away_for_a_moment_lose_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.gate.lose_answers, site.gate.refuse = 2, 2
    path = csv_file(tmp_path, *(dog(number) for number in range(50)))
    assert run(site, path, tmp_path, monkeypatch) == 0
    assert len(on_map(site)) == 50


def test_an_interrupted_import_goes_on_with_the_same_shift_and_sends_only_what_is_left(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file(tmp_path, *(dog(number) for number in range(75)))
    settings = (site.url, "import", "today", None)
    earlier = Progress.of(tmp_path / "state" / "imports", path, *settings)
    with earlier.kept(timedelta(days=-1)):
        earlier.finish(0, [Refusal(2, "species", "is no species")])
    with earlier.path.open("a") as file:
        file.write('{"batch": 1, "ref')  # killed in the middle of a line
    assert run(site, path, tmp_path, monkeypatch, "--until", "today") == 1
    assert "74 of 75 rows are on the map, 1 refused" in capsys.readouterr().out
    features = on_map(site)
    assert len(features) == 50
    assert {feature["properties"]["event_at"][:10] for feature in features} == {"2026-11-18"}
    assert not earlier.path.exists()


def test_a_wrong_key_stops_the_import_in_one_line(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.key = "source.import.wrong"
    assert run(site, csv_file(tmp_path, dog(1)), tmp_path, monkeypatch) == 1
    assert "answers 403" in capsys.readouterr().err


def test_a_service_that_stays_away_is_said_after_some_tries(tmp_path: Path) -> None:
    waits: list[float] = []
    delivery = Delivery("http://127.0.0.1:9", "import", "key", pause=waits.append)
    with pytest.raises(DeliveryFailed, match="does not answer"):
        delivery.send([Row(2, {"external_id": "A1"})])
    assert len(waits) == 5


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"external_id,kind\n1,lost\n", "latitude"),
        (b"\xff\xfe\x00", "decode"),
        (b"", "missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match=complaint):
        Table(path).count()


def test_optional_columns_are_taken_and_empty_ones_left_out(tmp_path: Path) -> None:
    header = f"{HEADER},text,link,contact,published_at,picture"
    full = f"{dog(1)},By the river,https://example.org/1,shelter@example.org,2026-11-19,dog.jpg"
    bare = f"{dog(2)},,,,,"
    first, second = Table(csv_file(tmp_path, full, bare, header=header)).rows()
    assert first.announcement["contact"] == {"email": "shelter@example.org"}
    assert first.picture == tmp_path / "dog.jpg"
    assert json.loads(json.dumps(first.announcement))["published_at"] == "2026-11-19"
    assert set(second.announcement) == {"external_id", "kind", "species", "title", "event_at", "place"}
    assert second.picture is None


def test_a_row_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    [row] = Table(csv_file(tmp_path, f"{dog(1)},surplus")).rows()
    assert row.refusal == Refusal(2, "row", "has more cells than there are columns")
