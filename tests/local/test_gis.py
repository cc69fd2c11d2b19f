"""The map opened by GDAL through the front door; where there is no gdal-bin that is said loudly."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.local.running import RunningHomeward

AT_ONCE = 25  # announcements in one delivery
PAGES = ["10", "1000"]  # items on a page: of Debian's GDAL when it is not told otherwise, and the most there are


@pytest.fixture(scope="module")
def place(homeward: RunningHomeward) -> str:
    """Bring more than two of GDAL's pages; gives where it finds the map."""
    if shutil.which("ogrinfo") is None:
        pytest.skip("NO OGRINFO: the map was not opened by GDAL; install gdal-bin")
    now = datetime.now(UTC)
    brought = [_brought(number, now - timedelta(hours=1 + number)) for number in range(AT_ONCE)]
    key = homeward.state.import_key.read_text()
    answer = homeward.ask("PUT", "/api/sources/import/announcements", key, json={"announcements": brought})
    assert answer.status_code == 200, answer.text
    return f"OAPIF:{homeward.url}/api"


def _brought(number: int, event: datetime) -> dict[str, Any]:
    return {
        "external_id": f"gis-{number}",
        "kind": "lost" if number % 2 else "found",
        "species": "cat",
        "title": f"Cat {number}",
        "event_at": event.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "place": {"latitude": 60 + number / 50, "longitude": 178 + number / 10 - 360 * (number > 20)},
    }


def _on_the_map(homeward: RunningHomeward, **query: str) -> dict[str, Any]:
    """What the map's own API shows, by id."""
    return {feature["id"]: feature for page in _pages(homeward, **query) for feature in page["features"]}


def _pages(homeward: RunningHomeward, **query: str) -> Iterator[Any]:
    answer = homeward.ask("GET", "/api/announcements", params={"limit": "7"} | query)
    while True:
        assert answer.status_code == 200, answer.text
        yield answer.json()
        following = [urlsplit(link["href"]) for link in answer.json()["links"] if link["rel"] == "next"]
        if not following:
            return
        answer = homeward.ask("GET", f"{following[0].path}?{following[0].query}")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _converted(place: str, folder: Path, *arguments: str) -> dict[str, Any]:
    """What GDAL makes of the map as a file, by id."""
    file = folder / "map.geojson"
    file.unlink(missing_ok=True)
    _run("ogr2ogr", "-f", "GeoJSON", *arguments, str(file), place)
    return {feature["properties"]["id"]: feature for feature in json.loads(file.read_text())["features"]}


@pytest.mark.parametrize("page", PAGES)
def test_gdal_counts_all_that_is_on_the_map(homeward: RunningHomeward, place: str, page: str) -> None:
    told = _run("ogrinfo", "-ro", "-so", "-al", "-oo", f"PAGE_SIZE={page}", place)
    assert f"Feature Count: {len(_on_the_map(homeward))}\n" in told
    for field in ("kind: String", "event_at: DateTime", "page: String", "Geometry: Point"):
        assert field in told


@pytest.mark.parametrize("page", PAGES)
def test_gdal_reads_every_announcement_where_it_is(
    homeward: RunningHomeward, place: str, page: str, tmp_path: Path
) -> None:
    shown = _on_the_map(homeward)
    assert len(shown) > 2 * 10
    read = _converted(place, tmp_path, "-oo", f"PAGE_SIZE={page}")
    assert {name: feature["geometry"] for name, feature in read.items()} == {
        name: feature["geometry"] for name, feature in shown.items()
    }
    for name, feature in read.items():
        assert feature["properties"]["title"] == shown[name]["properties"]["title"]
        assert feature["properties"]["page"] == f"{homeward.url}/a/{name}"


def test_gdal_lets_the_server_choose(homeward: RunningHomeward, place: str, tmp_path: Path) -> None:
    lost = _on_the_map(homeward, kind="lost", species="cat")
    assert len(lost) >= AT_ONCE // 2
    assert set(_converted(place, tmp_path, "-where", "kind='lost' AND species='cat'")) == set(lost)
    box = _on_the_map(homeward, bbox="178.05,60.05,179.55,60.35")
    assert len(box) > 1
    assert set(_converted(place, tmp_path, "-spat", "178.05", "60.05", "179.55", "60.35")) == set(box)
    today = datetime.now(UTC).strftime("%Y/%m/%d")
    since = _on_the_map(homeward, datetime=f"{today.replace('/', '-')}T00:00:00Z/..")
    assert set(_converted(place, tmp_path, "-where", f"event_at >= '{today}'")) == set(since)
