"""Lighthouse's four scores for a phone."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.page import town
from benchmarks.page.chromium import program
from benchmarks.results import Figure

HERE = Path(__file__).parent
INSTALL = ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts")
COMMAND = ("node", "node_modules/lighthouse/cli/index.js")
FLAGS = ("--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu")
GOALS = {"performance": "at least 95", "accessibility": "100", "best-practices": "100", "seo": "100"}
RUNS = 5
SECONDS = 180


def install() -> None:
    """Bring Lighthouse; raises CalledProcessError."""
    subprocess.run(INSTALL, cwd=HERE, check=True)


def version() -> str:
    """Tell which Lighthouse it is."""
    return str(json.loads((HERE / "node_modules" / "lighthouse" / "package.json").read_text())["version"])


def figures(url: str, announcement: str) -> Iterator[Figure]:
    """Look at the map and at an announcement."""
    for name, path in (("map", town.VIEW), ("announcement", f"/a/{announcement}")):
        reports = [_report(url + path) for _run in range(RUNS)]
        for category, goal in GOALS.items():
            scores = [100 * report["categories"][category]["score"] for report in reports]
            yield Figure(
                f"{name}: {category.replace('-', ' ')}", "points", scores, goal, _faults(reports[-1], category)
            )


def _report(address: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "report.json"  # a pipe may lose the end of it
        subprocess.run(
            [*COMMAND, address, *FLAGS, f"--output-path={place}"],
            cwd=HERE,
            env=os.environ | {"CHROME_PATH": program()},
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        report: dict[str, Any] = json.loads(place.read_text())
        return report


def _faults(report: dict[str, Any], category: str) -> str:
    """Name what costs points."""
    audits = [each["id"] for each in report["categories"][category]["auditRefs"] if each["weight"]]
    return ", ".join(each for each in audits if report["audits"][each]["score"] not in (None, 1))
