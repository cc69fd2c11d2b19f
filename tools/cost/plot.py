"""The bills as a plot: what is paid, what is free, and what small servers would cost."""

from collections.abc import Sequence
from pathlib import Path

from tools.cost.bill import Bill
from tools.cost.prices import PriceList
from tools.cost.server import rent

COLOURS = ("#0b5a9c", "#b9d3ea", "#f0a868")
LEAST = 0.01  # USD, so that a bar on a logarithmic scale has a beginning


def draw(bills: Sequence[Bill], known: PriceList, path: Path) -> None:
    """Draw it; the same bills give the same file."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "homeward"
    from matplotlib import pyplot as plt

    drawing, axis = plt.subplots(figsize=(8, 3.6))
    kinds = {
        "to pay": [bill.to_pay for bill in bills],
        "at the list price": [bill.listed for bill in bills],
        "small servers with PostGIS": [rent(bill.place, known) for bill in bills],
    }
    for number, ((name, amounts), colour) in enumerate(zip(kinds.items(), COLOURS, strict=True)):
        places = [place - 0.27 * (number - 1) for place in range(len(bills))][::-1]
        bars = axis.barh(places, [max(each, LEAST) for each in amounts], height=0.25, color=colour, label=name)
        axis.bar_label(bars, [f" {each:,.2f}" for each in amounts], fontsize=8)
    axis.set_yticks(range(len(bills)), [bill.place.name for bill in bills][::-1])
    axis.set_xscale("log")
    axis.set_xlim(LEAST, 10 * max(bill.listed for bill in bills))
    axis.set_xlabel("USD a month")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(loc="lower center", bbox_to_anchor=(0.45, 1), ncols=3, fontsize=8, frameon=False)
    drawing.tight_layout()
    drawing.savefig(path, metadata={"Date": None})
    plt.close(drawing)
