"""The whole benchmark of pictures, as the results that are printed, kept and drawn."""

import importlib.metadata
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pictures import corpus, cost, lookalikes, stacks
from benchmarks.results import Figure, Result

PACKAGE = Path(".deploy") / "dev" / "package" / "deployment.zip"


def measure(originals: Path) -> Iterator[Result]:
    """Measure with the real and the hostile files of a folder."""
    if not (originals / "ORIGIN.txt").exists():
        print(f"\nPictures are left out: there are none in {originals}; name their folder with --pictures.")
        return
    stacks.install()
    versions = {"sharp": stacks.sharp_version()}
    versions |= {name: importlib.metadata.version(name) for name in ("pyvips-binary", "pillow-heif")}
    costs = list(cost.figures(originals))
    yield Result("pictures-time", [each for each in costs if each.unit != "MB"], versions)
    yield Result("pictures-memory", [each for each in costs if each.unit == "MB"], versions)
    yield Result("pictures-files", list(corpus.figures(originals)), versions)
    yield Result("pictures-fingerprints", list(lookalikes.figures(originals)), versions)
    yield Result("pictures-package", [_package()], versions)


def _package() -> Figure:
    """Make the package for Lambda, and weigh it."""
    command = [sys.executable, "-m", "infrastructure.packaging", "--stage", "dev"]
    subprocess.run(command, cwd=stacks.ROOT, check=True)
    megabytes = (stacks.ROOT / PACKAGE).stat().st_size / 1e6
    return Figure("the deployed package, zipped", "MB", [megabytes], "at most 22")
