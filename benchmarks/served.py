"""What a person and an operator wait for, on the local cloud that `make run` starts, with a state of its own."""

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from PIL import Image

from benchmarks.results import Figure, Result

ROOT = Path(__file__).parent.parent
START_SECONDS = 240
POSTS = 15
UPLOADS = 9
ROWS = 5_000  # of the made-up file, when none is given
# Runs a program and tells its most memory in KiB; a small parent, for a child begins with the memory of its parent.
WATCHED = """
import resource, subprocess, sys
subprocess.check_call(sys.argv[1:])
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
MEGAPIXELS_12 = (4032, 3024)  # what most phones send


def measure(table: Path | None, picture: Path | None) -> Result:
    """Start the local cloud, post, upload and import, and stop it."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / "state"
        with running(state) as url:
            posts = [_post_and_find(url) for _number in range(POSTS)]
            uploads = _uploads(url, phone_picture(picture))
            rate, memory = _import(url, state, table or _made_up(Path(folder)))
    return Result(
        "served",
        [
            Figure("posted, then in the next query's answer", "s", posts, note="post and query together"),
            Figure("upload of 12 MP finished, thumbnail served", "s", uploads, goal="median under 1.0"),
            Figure(
                "import in batches", "rows/s", [rate], goal="at least 150", note=table.name if table else f"{ROWS} rows"
            ),
            Figure("import, most memory", "MB", [memory]),
        ],
    )


@contextmanager
def running(state: Path) -> Iterator[str]:
    """Start Homeward with a state of its own, give its address, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "STATE_DIR": str(state)}
    process = subprocess.Popen([sys.executable, "-m", "local", "run"], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{url}/api/health", timeout=START_SECONDS).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise SystemExit("the local cloud did not start")


def found_dog(latitude: float) -> dict[str, object]:
    """Give an announcement of now."""
    return {
        "kind": "found",
        "species": "dog",
        "title": "Measured dog",
        "event_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "place": {"latitude": latitude, "longitude": 19.94},
    }


def _post_and_find(url: str) -> float:
    started = time.perf_counter()
    posted = requests.post(f"{url}/api/announcements", json=found_dog(50.06), timeout=30).json()
    found = requests.get(f"{url}/api/announcements?bbox=19.93,50.05,19.95,50.07", timeout=30).json()
    seconds = time.perf_counter() - started
    if posted["id"] not in [feature["id"] for feature in found["features"]]:
        raise SystemExit("a posted announcement was not in the next answer")
    return seconds


def _uploads(url: str, picture: bytes) -> list[float]:
    announcement = requests.post(f"{url}/api/announcements", json=found_dog(50.07), timeout=30).json()
    header = {"Authorization": f"Bearer {announcement['manage_token']}"}
    return [_upload(url, announcement["id"], header, picture) for _number in range(UPLOADS)]


def _upload(url: str, announcement_id: str, header: dict[str, str], picture: bytes) -> float:
    address = f"{url}/api/announcements/{announcement_id}/pictures"
    slot = requests.post(address, json={}, headers=header, timeout=30).json()
    requests.post(slot["upload"]["url"], data=slot["upload"]["fields"], files={"file": picture}, timeout=30)
    finished = time.perf_counter()
    while (state := requests.get(f"{url}/api/pictures/{slot['id']}", timeout=30).json())["state"] == "waiting":
        time.sleep(0.01)
    requests.get(url + state["renditions"]["160"], timeout=30).raise_for_status()
    return time.perf_counter() - finished


def phone_picture(path: Path | None) -> bytes:
    """Make a JPEG of 12 MP: a real picture resized, or coloured noise blurred to a phone's detail."""
    if path:
        with Image.open(path) as real:
            picture = real.convert("RGB").resize(MEGAPIXELS_12)
    else:
        bands = [Image.effect_noise((504, 378), 60) for _band in range(3)]
        picture = Image.merge("RGB", bands).resize(MEGAPIXELS_12, Image.Resampling.BICUBIC)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def _made_up(folder: Path) -> Path:
    path = folder / "made-up.csv"
    start = datetime(2022, 1, 1, tzinfo=UTC)
    lines = ["external_id,kind,species,event_at,latitude,longitude,title"]
    for number in range(ROWS):
        day = (start + timedelta(days=number % 365)).date()
        lines.append(f"M{number},found,dog,{day},{33.7 + number % 97 / 500},{-118.1 - number % 89 / 500},Dog {number}")
    path.write_text("\n".join(lines) + "\n")
    return path


def _import(url: str, state: Path, table: Path) -> tuple[float, float]:
    """Import a file; returns its rows a second, the start of the program included, and its most memory in MB."""
    command = [sys.executable, "-m", "tools.importer", str(table), "--url", url, "--state", str(state)]
    options = ["--until", "today", "--lives", "365", "--quiet"]
    started = time.perf_counter()
    watched = [sys.executable, "-c", WATCHED, *command, *options]
    said = subprocess.run(watched, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds = time.perf_counter() - started
    found = re.search(r"(\d+) of .*\npeak (\d+)", said)
    if not found:
        raise SystemExit("the import failed")
    return int(found[1]) / seconds, int(found[2]) / 1024
