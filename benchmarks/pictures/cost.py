"""CPU time and memory of each stack for the large files."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pictures.samples import Sample, made, samples
from benchmarks.pictures.stacks import HOMEWARD, PILLOW, PYVIPS, SHARP, STACKS, Cost, cost
from benchmarks.results import Figure

RUNS = {HOMEWARD: 7, SHARP: 7, PYVIPS: 3, PILLOW: 3}
CPU_GOALS = {"12.jpg": "at most 200, and sharp's", "48.jpg": "at most 330"}
PEAK_GOALS = {"48.jpg": "at most 80"} | dict.fromkeys(("30.webp", "50.png", "48.avif", "48.heic"), "at most 600")


def figures(originals: Path) -> Iterator[Figure]:
    """Measure all, the stacks in turn so that they have the same machine."""
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples():
            yield from _of(sample, made(sample, originals, Path(folder)))


def _of(sample: Sample, path: Path) -> Iterator[Figure]:
    costs: dict[str, list[Cost]] = {stack: [] for stack in STACKS}
    for turn in range(max(RUNS.values())):
        for stack in STACKS:
            if turn < RUNS[stack] and (taken := cost(stack, path)):
                costs[stack].append(taken)
    for stack, runs in costs.items():
        if runs:
            yield _figure(sample, stack, "ms CPU", [run.ms for run in runs], CPU_GOALS)
            yield _figure(sample, stack, "MB", [run.peak_mb for run in runs], PEAK_GOALS)
        else:
            print(f"  {sample.title}: {stack} cannot read it")


def _figure(sample: Sample, stack: str, unit: str, runs: list[float], goals: dict[str, str]) -> Figure:
    ours = stack == HOMEWARD
    title = sample.title if ours else f"{sample.title}: {stack}"
    return Figure(title, unit, runs, goals.get(sample.name, "") if ours else "")
