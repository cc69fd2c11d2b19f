"""Figures with the machine they were measured on: printed as a table, kept as JSON, drawn as a plot."""

import importlib.metadata
import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import document

FOLDER = Path(__file__).parent / "results"
PACKAGES = ("chalice", "boto3", "pydantic", "pillow", "ministack")
WHOLE = 1000  # from which on a figure has no decimals
WIDE = 50  # times from the shortest to the longest bar, from which on a plot is logarithmic


@dataclass(frozen=True)
class Figure:
    """The runs of one measurement in a unit, and the goal that it is held to, if there is one."""

    name: str
    unit: str
    runs: Sequence[float]
    goal: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        """The middle run, the one to quote on a noisy machine."""
        return statistics.median(self.runs)

    @property
    def spread(self) -> str:
        """The lowest and the highest run."""
        return f"{short(min(self.runs))} to {short(max(self.runs))}"


@dataclass(frozen=True)
class Result:
    """All figures of one benchmark."""

    benchmark: str
    figures: Sequence[Figure]
    versions: dict[str, str] = field(default_factory=dict)  # of what was measured besides

    def show(self) -> None:
        """Print a table."""
        print(f"\n{self.benchmark}")
        for figure in self.figures:
            spread = f"{figure.spread}, {len(figure.runs)} runs"
            goal = f"goal {figure.goal}" if figure.goal else ""
            print(f"  {figure.name:<56} {short(figure.median):>9} {figure.unit:<8} {goal:<20} ({spread}) {figure.note}")

    def keep(self) -> None:
        """Write the figures with the machine and the versions, and draw them."""
        FOLDER.mkdir(exist_ok=True)
        kept = {
            "benchmark": self.benchmark,
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine() | self.versions,
            "figures": [asdict(figure) | {"median": figure.median} for figure in self.figures],
        }
        (FOLDER / f"{self.benchmark}.json").write_text(json.dumps(kept, indent=2) + "\n")
        self._draw(FOLDER / f"{self.benchmark}.svg")
        document.refresh(self.benchmark, self._rows(), machine() | self.versions)

    def _rows(self) -> list[tuple[str, ...]]:
        return [
            (each.name, short(each.median), each.unit, each.goal, each.spread, str(len(each.runs)))
            for each in self.figures
        ]

    def _draw(self, path: Path) -> None:
        import matplotlib as mpl

        mpl.use("svg")
        mpl.rcParams["svg.hashsalt"] = "homeward"  # the same figures give the same file
        from matplotlib import pyplot as plt

        units = list(dict.fromkeys(figure.unit for figure in self.figures))
        counts = [sum(figure.unit == unit for figure in self.figures) for unit in units]
        drawing, axes = plt.subplots(
            len(units), 1, figsize=(8, 0.9 * len(units) + 0.45 * sum(counts)), height_ratios=counts, squeeze=False
        )
        for axis, unit in zip(axes[:, 0], units, strict=True):
            shown = [figure for figure in self.figures if figure.unit == unit][::-1]
            axis.barh(
                [figure.name for figure in shown], [figure.median for figure in shown], color="#0b5a9c", height=0.6
            )
            for place, figure in enumerate(shown):
                axis.plot(figure.runs, [place] * len(figure.runs), "|", color="#f0a868", markersize=9)
            if _is_wide([figure.median for figure in shown]):
                axis.set_xscale("log")
            else:
                axis.set_xlim(left=0)
            axis.set_xlabel(unit)
            axis.spines[["top", "right"]].set_visible(False)
        drawing.tight_layout()
        drawing.savefig(path, metadata={"Date": None})
        plt.close(drawing)


def short(value: float) -> str:
    """Write a number with three digits that count, or whole."""
    return f"{value:,.0f}" if abs(value) >= WHOLE else f"{value:.3g}"


def _is_wide(values: Sequence[float]) -> bool:
    """Tell whether bars of these lengths would hide the short ones."""
    return min(values) > 0 and max(values) / min(values) > WIDE


def machine() -> dict[str, str]:
    """Tell what was measured on."""
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
        "system": platform.system(),
        "python": platform.python_version(),
        **versions,
    }
