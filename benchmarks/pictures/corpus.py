"""What becomes of real and hostile files, each in its own process, beside what each must become."""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from PIL import Image, ImageChops, ImageStat

from benchmarks.pictures.stacks import HOMEWARD, PILLOW, PYVIPS, ROOT, cost
from benchmarks.results import Figure

NEAR = 8.0  # levels of 255, the mean over a picture of 32 pixels: further off is another colour or a turned picture


@dataclass(frozen=True)
class Expected:
    """A file and what it must become: ok, refuse or either."""

    name: str
    outcome: str


def expectations(originals: Path) -> list[Expected]:
    """Read the table beside the files."""
    with (originals / "ORIGIN.txt").open() as table:
        rows = [row for row in csv.reader(table, delimiter="\t") if not row[0].startswith("#")]
    return [Expected(row[0], row[2]) for row in rows]


def figures(originals: Path) -> Iterator[Figure]:
    """Run the report over both folders, and look at what was made of the good pictures."""
    expected = expectations(originals)
    for part, most in (("good", "all but the BMP"), ("bad", "all")):
        told = {f"{part}/{each['file']}": each for each in _report(originals / part)}
        wrong = [each.name for each in expected if each.name in told and not _fits(each, told[each.name])]
        wrong += [name for name, each in told.items() if each["outcome"] == "died"]
        for name in wrong:
            print(f"  not as its column says: {name}: {told[name]['outcome']}, {told[name]['reason']}")
        yield Figure(f"{part}: as its column says", "files", [len(told) - len(wrong)], f"{most} of {len(told)}")
        yield Figure(f"{part}: slowest", "ms", [max(each["ms"] or 0 for each in told.values())], "under 2,000")
        yield Figure(f"{part}: most memory", "MB", [max(each["peak_mb"] or 0 for each in told.values())], "under 600")
    yield from _looks(originals, [each.name for each in expected])


def _report(folder: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tools.pictures_report", str(folder.resolve())]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    return [json.loads(line) for line in run.stdout.splitlines()]


def _fits(expected: Expected, told: dict[str, Any]) -> bool:
    wanted = {"ok": ("ready",), "refuse": ("refused",), "either": ("ready", "refused")}[expected.outcome]
    return told["outcome"] in wanted and (told["outcome"] == "ready" or bool(told["reason"]))


def _looks(originals: Path, names: Iterable[str]) -> Iterator[Figure]:
    """Compare size and colours with pyvips, or with plain Pillow where that reads no HEIC; look for metadata."""
    sizes = colours = good = rendered = with_metadata = 0
    for name in names:
        with tempfile.TemporaryDirectory() as mine, tempfile.TemporaryDirectory() as theirs:
            ours = cost(HOMEWARD, originals / name, Path(mine))
            if ours is None:
                continue
            rendered += 1
            with_metadata += any(_has_metadata(path.read_bytes()) for path in Path(mine).iterdir())
            if name.startswith("good/"):
                peer = cost(PYVIPS, originals / name, Path(theirs)) or cost(PILLOW, originals / name, Path(theirs))
                distance = _distance(Path(mine), Path(theirs))
                good += 1
                sizes += bool(peer and peer.size == ours.size)
                colours += distance <= NEAR
                if distance > NEAR:
                    print(f"  other colours than its peer: {name}: {distance:.1f} of 255")
    yield Figure("good: size as the peer's, upright", "files", [sizes], f"all {good} that are ready")
    goal = f"all {good} but CMYK without a profile"  # for which each program has another ink of its own
    yield Figure("good: colours within 8 of 255 of the peer's", "files", [colours], goal)
    yield Figure("files of which a rendition has metadata", "files", [with_metadata], f"none of {rendered}")


def _distance(mine: Path, theirs: Path) -> float:
    one, other = (_small(folder) for folder in (mine, theirs))
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def _small(folder: Path) -> Image.Image:
    with Image.open(BytesIO((folder / "640.webp").read_bytes())) as image:
        return image.convert("RGB").resize((32, 32), Image.Resampling.BOX)


def _has_metadata(file: bytes) -> bool:
    """Look for anything but pixels: a WebP of more than one chunk, a JPEG with more than the JFIF header."""
    if file[:4] == b"RIFF":
        return file[12:16] != b"VP8 " or len(file) != 20 + int.from_bytes(file[16:20], "little")
    with Image.open(BytesIO(file)) as jpeg:
        return {name for name, _ in cast("Any", jpeg).applist} != {"APP0"}
