"""Announcements around a town, some with pictures, so that the page has something to show."""

import csv
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from PIL import Image

LATITUDE, LONGITUDE = 50.0614, 19.9366
SPREAD, MIDDLE = 0.08, 0.004  # degrees to each side, of all and of those with a picture
COUNT, PICTURES = 600, 12
VIEW = f"/?at={LATITUDE},{LONGITUDE},15"
KINDS = ("lost", "found", "sighting")
SPECIES = ("dog", "cat", "bird", "rabbit")
COLUMNS = ("external_id", "kind", "species", "event_at", "latitude", "longitude", "title", "text", "picture")
SECONDS = 60
ROOT = Path(__file__).parents[2]


def fill(url: str, state: Path, folder: Path) -> str:
    """Import them; returns the id of one in the middle that has a picture."""
    table = folder / "town.csv"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *_rows(folder)])
    options = ["--url", url, "--state", str(state), "--quiet"]
    subprocess.run([sys.executable, "-m", "tools.importer", str(table), *options], cwd=ROOT, check=True)
    return _pictured(url)


def _rows(folder: Path) -> Iterator[tuple[object, ...]]:
    chance = random.Random(5)  # noqa: S311 (the same town every time)
    for number in range(COUNT):
        spread = MIDDLE if number < PICTURES else SPREAD
        moment = datetime.now(UTC) - timedelta(hours=chance.uniform(1, 500))
        place = (LATITUDE + chance.uniform(-spread, spread), LONGITUDE + chance.uniform(-spread, spread))
        picture = _picture(folder / f"{number}.jpg") if number < PICTURES else ""
        words = ("Animal with a red collar", "Very shy. It may hide under cars. " * 4)
        what = (chance.choice(KINDS), chance.choice(SPECIES), moment.isoformat(timespec="seconds"))
        yield (f"T{number}", *what, *place, *words, picture)


def _picture(path: Path) -> str:
    bands = [Image.effect_noise((20, 15), deviation) for deviation in (50, 80, 110)]
    Image.merge("RGB", bands).resize((1600, 1200), Image.Resampling.BICUBIC).save(path, "JPEG", quality=85)
    return path.name


def _pictured(url: str) -> str:
    box = f"{LONGITUDE - MIDDLE},{LATITUDE - MIDDLE},{LONGITUDE + MIDDLE},{LATITUDE + MIDDLE}"
    answer = requests.get(f"{url}/api/announcements?bbox={box}&limit=100", timeout=SECONDS).json()
    return next(str(each["id"]) for each in answer["features"] if each["properties"]["thumbnail"])
