"""What the benchmarks measured, as the bill needs it."""

import json
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"
COUNTS = (10_000, 100_000, 1_000_000)  # announcements on the map that the map's benchmarks have


@cache
def _medians(benchmark: str) -> Mapping[str, float]:
    figures = json.loads((RESULTS / f"{benchmark}.json").read_text())["figures"]
    return {figure["name"]: float(figure["median"]) for figure in figures}


def figure(benchmark: str, name: str) -> float:
    """Give a median."""
    return _medians(benchmark)[name]


def by_count(benchmark: str, name: str, live: float) -> float:
    """Give a median for so many announcements on the map, between the counts that were measured and not beyond."""
    known = [(count, figure(benchmark, f"{name}, {count:,}")) for count in COUNTS]
    at = min(max(live, COUNTS[0]), COUNTS[-1])
    for (low, before), (high, after) in pairwise(known):
        if at <= high:
            return before + (after - before) * log(at / low) / log(high / low)
    raise AssertionError(at)
