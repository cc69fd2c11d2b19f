"""Keeps the tables of docs/benchmarks.md in step with the figures; the words around them are written by hand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HEAD = ("figure", "median", "unit", "goal", "lowest to highest", "runs")
OF_EVERY_MACHINE = ("processor", "cores", "system", "python")


def refresh(benchmark: str, rows: Iterable[Sequence[str]], machine: Mapping[str, str]) -> None:
    """Write the table above the plot of a benchmark anew, and the line below it; other benchmarks stay as they are."""
    table = re.compile(rf"(?:\|[^\n]*\n)*\n(!\[[^\n]*/{benchmark}[.]svg\)\n\n)[^\n]*\n")
    lines = [HEAD, ("---",) * len(HEAD), *rows]
    written = (
        "".join(f"| {' | '.join(cells)} |\n" for cells in lines).replace("| --- ", "|---").replace("--- |", "---|")
    )
    text = DOCUMENT.read_text()
    DOCUMENT.write_text(table.sub(lambda found: f"{written}\n{found[1]}{_measured_on(machine)}\n", text, count=1))


def _measured_on(machine: Mapping[str, str]) -> str:
    others = [f"{name} {version}" for name, version in machine.items() if name not in OF_EVERY_MACHINE]
    place = f"{machine['cores']} shared cores ({machine['processor']}), {machine['system']}, Python {machine['python']}"
    return f"Measured on {', '.join([place, *others])}."
