"""Each picture in a fresh process of each stack."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
INSTALL = ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
HOMEWARD, SHARP, PYVIPS, PILLOW = "homeward", "sharp", "pyvips", "pillow"
STACKS = (HOMEWARD, SHARP, PYVIPS, PILLOW)
SECONDS = 120
# Tells a program's most memory; it is small itself, for a child's count begins with what its parent had.
WATCHED = """
import json, resource, subprocess, sys
said = json.loads(subprocess.check_output(sys.argv[1:]))
print(json.dumps(said | {"peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
"""


@dataclass(frozen=True)
class Cost:
    """What one picture took: CPU milliseconds, most memory in MB, bytes of all outputs; `size` is upright."""

    ms: float
    peak_mb: float
    bytes: int
    size: tuple[int, int] | None = None


def install() -> None:
    """Bring sharp; raises CalledProcessError."""
    subprocess.run(INSTALL, cwd=HERE, check=True)


def sharp_version() -> str:
    """Tell which sharp it is."""
    return str(json.loads((HERE / "node_modules" / "sharp" / "package.json").read_text())["version"])


def cost(stack: str, path: Path, folder: Path | None = None) -> Cost | None:
    """Render once, keeping what was made in a folder; None where the stack cannot read the file."""
    if stack == SHARP:
        command = ["node", str(HERE / "sharp.mjs"), str(path)]
    else:
        command = [
            sys.executable,
            "-m",
            "benchmarks.pictures.worker",
            stack,
            str(path),
            *([str(folder)] if folder else []),
        ]
    watched = [sys.executable, "-c", WATCHED, *command]
    try:
        run = subprocess.run(watched, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return Cost(**json.loads(run.stdout)) if run.returncode == 0 else None
