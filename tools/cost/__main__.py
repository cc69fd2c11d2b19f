"""What Homeward costs in a month: `make cost`, or for a place of your own `make cost ARGS="--views 90000"`.

`--write` brings docs/cost.md up to date, and its plot where matplotlib is there.
"""

import argparse
import importlib.util
import re
from collections.abc import Sequence
from pathlib import Path

from tools.cost import plot
from tools.cost.bill import Bill, bill
from tools.cost.place import PLACES, TOWN, Place
from tools.cost.prices import price_list
from tools.cost.tables import written

DOCUMENT = Path(__file__).parents[2] / "docs" / "cost.md"
PLOT = DOCUMENT.with_suffix(".svg")
TABLES = re.compile(r"(<!-- what `make cost` prints -->\n).*(<!-- to here -->\n)", re.DOTALL)


def bills(places: Sequence[Place] = PLACES) -> list[Bill]:
    """Write the bills of some places."""
    known = price_list()
    return [bill(place, known) for place in places]


def refreshed(text: str) -> str:
    """Give a document with its tables as they are now."""
    return TABLES.sub(lambda found: f"{found[1]}{written(bills(), price_list())}{found[2]}", text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the bills of a town, a country and the world, or of one place that is described."""
    parser = argparse.ArgumentParser(prog="make cost", description=__doc__)
    parser.add_argument("--views", type=_count, help="looks at the map in a month, ten of them a visit")
    parser.add_argument("--announcements", type=_count, help="new ones in a month")
    parser.add_argument("--pictures", type=_count, help="new ones in a month")
    parser.add_argument("--write", action="store_true", help="bring docs/cost.md up to date")
    given = {name: value for name, value in vars(parser.parse_args(arguments)).items() if value is not None}
    if given.pop("write"):
        DOCUMENT.write_text(refreshed(DOCUMENT.read_text()))
        if importlib.util.find_spec("matplotlib"):
            plot.draw(bills(), price_list(), PLOT)
    places = [_own(**given)] if given else PLACES
    print(written(bills(places), price_list()), end="")
    return 0


def _own(**given: int) -> Place:
    """Make a place of what is given; what is not, is as in a town."""
    known = {name: getattr(TOWN, name) for name in ("views", "announcements", "pictures")}
    return Place("your place", **known | given)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of them")
    return int(text)


if __name__ == "__main__":
    raise SystemExit(main())
