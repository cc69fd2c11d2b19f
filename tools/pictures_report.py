"""What becomes of the pictures in a folder: `make pictures-report DIR=…`, one JSON line a file.

Every file has a process of its own with a limit of time and memory: whatever is in it, the run goes on to the next.
`ms` is the CPU time of the pipeline and of loading the image libraries, `peak_mb` the most memory of the process.
The exit status is 0 if every file was made ready or refused in words, 1 if one killed its process, 2 for no folder.
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS = 25.0
MEMORY_MB = 2048
MEGABYTE = 1 << 20
RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of what getrusage calls one


@dataclass(frozen=True)
class Report:
    """What became of one file: ready, refused with the reason that its sender is told, or died.

    The size is that of the upright picture in pixels.
    """

    file: str
    outcome: str
    reason: str | None = None
    width: int | None = None
    height: int | None = None
    ms: float | None = None
    peak_mb: float | None = None

    def line(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class Limits:
    """What one file may take."""

    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB


def reports(folder: Path, limits: Limits) -> Iterator[Report]:
    """Report on every file in a folder and the folders in it, in the order of their names."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield isolated(path, str(path.relative_to(folder)), limits)


def isolated(path: Path, name: str, limits: Limits) -> Report:
    """Report on one file from a process of its own."""
    command = [
        sys.executable,
        "-m",
        "tools.pictures_report",
        "--memory-mb",
        str(limits.memory_mb),
        "--one",
        str(path.resolve()),
    ]
    try:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=limits.seconds, check=False)
    except subprocess.TimeoutExpired:
        return Report(name, "died", f"It took longer than {limits.seconds:g} seconds.")
    if run.returncode:
        return Report(name, "died", _how_it_died(run))
    return Report(**json.loads(run.stdout) | {"file": name})


def _how_it_died(run: "subprocess.CompletedProcess[bytes]") -> str:
    if run.returncode < 0:
        return f"Its process was killed by {signal.Signals(-run.returncode).name}."
    said = run.stderr.decode(errors="replace").strip().splitlines()
    return f"Its process ended with {run.returncode}: {said[-1] if said else 'it said nothing'}"


def report_here(path: Path) -> Report:
    """Run the pipeline over one file in this process."""
    from chalicelib.domain.errors import PictureRefused
    from chalicelib.domain.pictures import MAX_PICTURE_BYTES
    from chalicelib.services.imaging import render

    started = time.process_time()
    try:
        if path.stat().st_size > MAX_PICTURE_BYTES:
            raise PictureRefused(f"It is larger than {MAX_PICTURE_BYTES // 1_000_000} MB.")
        picture = render(path.read_bytes())
    except PictureRefused as refusal:
        return Report(path.name, "refused", str(refusal), ms=_ms_since(started), peak_mb=_peak_mb())
    return Report(path.name, "ready", None, picture.width, picture.height, _ms_since(started), _peak_mb())


def _ms_since(started: float) -> float:
    return round((time.process_time() - started) * 1000, 1)


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / MEGABYTE, 1)


def _limit_memory(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))


def main(arguments: list[str] | None = None) -> int:
    """Report, and sum up on standard error; returns the exit status."""
    parser = argparse.ArgumentParser(prog="make pictures-report", description=__doc__)
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long one file may take")
    parser.add_argument("--memory-mb", type=int, default=MEMORY_MB, help="how much address space one file may take")
    parser.add_argument("--one", type=Path, help="report on this file in this very process")
    asked = parser.parse_args(arguments)
    if asked.one:
        _limit_memory(asked.memory_mb)
        print(report_here(asked.one).line())
        return 0
    if not asked.folder or not Path(asked.folder).is_dir():
        parser.error(f"there is no folder {asked.folder or 'given: say DIR=…'}")
    return _report_on(Path(asked.folder), Limits(asked.seconds, asked.memory_mb))


def _report_on(folder: Path, limits: Limits) -> int:
    outcomes: Counter[str] = Counter()
    slowest, largest = 0.0, 0.0
    for report in reports(folder, limits):
        print(report.line(), flush=True)
        outcomes[report.outcome] += 1
        slowest, largest = max(slowest, report.ms or 0), max(largest, report.peak_mb or 0)
    counts = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in ("ready", "refused", "died"))
    print(f"{outcomes.total()} files: {counts}; at most {slowest:.0f} ms and {largest:.0f} MB", file=sys.stderr)
    return 1 if outcomes["died"] else 0


if __name__ == "__main__":
    sys.exit(main())
