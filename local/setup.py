"""Makes .venv and keeps it in step with requirements-dev.txt: `python -m local.setup`, before anything is installed."""

from __future__ import annotations

import fcntl
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from infrastructure.fingerprints import fingerprint
from local.failures import CannotRun
from local.progress import step, tell

PROJECT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements-dev.txt")


def bring_up_to_date(project: Path = PROJECT) -> None:
    """Make the environment or complete it, unless it is already what the requirements ask for; raises CannotRun."""
    environment = project / ".venv"
    stamp = environment / "made-of"
    with (project / "requirements-dev.txt").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = fingerprint(project, REQUIREMENTS)
        if stamp.exists() and stamp.read_text() == wanted and _runs(environment):
            return
        with step("the Python packages"):
            if not _runs(environment):
                _make(environment, project)
            _do([environment / "bin" / "python", *INSTALL], project, "The Python packages could not be installed.")
        stamp.write_text(wanted)


def _runs(environment: Path) -> bool:
    """Whether the environment's interpreter still starts, and is new enough: the one it came from may have gone."""
    probe: list[str | Path] = [environment / "bin" / "python", "-c", "import sys; sys.exit(sys.version_info < (3, 12))"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make(environment: Path, project: Path) -> None:
    version = ".".join(platform.python_version_tuple()[:2])
    failure = f"Python's venv module does not work: on Debian and Ubuntu, install python{version}-venv."
    _do([sys.executable, "-m", "venv", "--clear", environment], project, failure)


def _do(command: Sequence[str | Path], folder: Path, failure: str) -> None:
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise CannotRun("\n".join(filter(None, [done.stdout.strip(), failure])))


def main() -> int:
    """Set up; what is missing is told in one line, below what the tools said of it."""
    try:
        bring_up_to_date()
    except CannotRun as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
