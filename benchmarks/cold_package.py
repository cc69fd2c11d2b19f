"""What compiled files, and a package less, do for a cold start: the processor's time to import the API of a package.

Whole fresh processes in turn, from packages that are unpacked and written to by nobody, as in Lambda; without boto3,
which the API does not import, and without what this environment has installed.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.cold_import import ENVIRONMENT
from benchmarks.results import Figure, Result
from infrastructure.compiling import compiled

RUNS = 17
ROOT = Path(__file__).parent.parent
UNUSED = "docutils"  # geohash2 asks for it and never imports it
STREAM = "arn:aws:dynamodb:eu-central-1:123456789012:table/t/stream/2026"


def measure() -> Result:
    """Package the application, and compare its kinds."""
    with tempfile.TemporaryDirectory() as folder:
        packages = _kinds(Path(folder))
        unpacked = {name: _unpacked(package) for name, package in packages.items()}
        runs: Mapping[str, list[float]] = {name: [] for name in packages}
        for turn in range(RUNS + 1):  # the first one warms the file system
            for name, place in unpacked.items():
                taken = _processor_ms(place)
                runs[name] += [taken] if turn else []
        times = [Figure(f"importing the API: {name}", "ms CPU", each) for name, each in runs.items()]
        sizes = [Figure(f"zipped: {name}", "MB", [each.stat().st_size / 1e6]) for name, each in packages.items()]
    return Result("cold-package", [*times, *sizes])


def _kinds(folder: Path) -> dict[str, Path]:
    plain = folder / "plain.zip"
    shutil.copyfile(_made(), plain)
    without = folder / "without.zip"
    with ZipFile(plain) as source, ZipFile(without, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if not entry.filename.startswith(UNUSED):
                target.writestr(entry, source.read(entry))
    return {
        "as Chalice makes it": plain,
        f"without {UNUSED}": without,
        "compiled": compiled(plain),
        f"compiled, without {UNUSED}": compiled(without),
    }


def _made() -> Path:
    """Package the application as a deploy does, and find what Chalice made before it was compiled."""
    subprocess.run([sys.executable, "-m", "infrastructure.packaging", "--stage", "dev"], cwd=ROOT, check=True)
    made = (ROOT / ".deploy" / "dev" / ".chalice" / "deployments").glob("*.zip")
    return max(_plain(made), key=lambda path: path.stat().st_mtime)


def _plain(packages: Iterator[Path]) -> list[Path]:
    return [path for path in packages if not path.name.endswith(".compiled.zip")]


def _unpacked(package: Path) -> Path:
    folder = package.with_suffix("")
    with ZipFile(package) as archive:
        archive.extractall(folder)
    return folder


def _processor_ms(folder: Path) -> float:
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "ANNOUNCEMENTS_STREAM": STREAM}
    program = f"import sys; sys.path.insert(0, {str(folder)!r}); import app"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-S", "-c", program], env=environment | ENVIRONMENT, cwd=folder, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
