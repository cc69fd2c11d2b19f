"""Run the benchmarks: `make bench`, `make bench ARGS="cold-import"`, `make bench ARGS="--table found.csv"`."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks import cold_answer, cold_import, cold_package, served
from benchmarks.results import Result

GEO = Path(__file__).parents[2] / "shared" / "geo"
PICTURES = Path(__file__).parents[2] / "shared" / "pictures"
COUNTS = (10_000, 100_000, 1_000_000)


def main() -> None:
    """Run what is asked for, or all; each is printed, kept and drawn."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--table", type=Path, help="a CSV to import instead of a made-up one")
    parser.add_argument("--picture", type=Path, help="a picture to make the 12 MP JPEG of")
    parser.add_argument("--geo", type=Path, default=GEO, help="the folder of the map's points and views")
    parser.add_argument("--points", type=int, nargs="+", default=COUNTS, help="announcements on the map, ascending")
    parser.add_argument("--pictures", type=Path, default=PICTURES, help="the folder of real and hostile pictures")
    benchmarks: dict[str, Callable[[argparse.Namespace], Iterable[Result]]] = {
        "cold-import": lambda _arguments: [cold_import.measure()],
        "cold-package": lambda _arguments: [cold_package.measure()],
        "cold-answer": lambda _arguments: [cold_answer.measure()],
        "served": lambda arguments: [served.measure(arguments.table, arguments.picture)],
        "map": _map,
        "pictures": _pictures,
        "page": _page,
    }
    parser.add_argument("names", nargs="*", help=f"of {', '.join(benchmarks)}")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - benchmarks.keys():
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    for name in arguments.names or benchmarks:
        for result in benchmarks[name](arguments):
            result.show()
            result.keep()


def _map(arguments: argparse.Namespace) -> Iterator[Result]:
    from benchmarks.maps import benchmark

    return benchmark.measure(arguments.geo, arguments.points)


def _pictures(arguments: argparse.Namespace) -> Iterator[Result]:
    from benchmarks.pictures import benchmark

    return benchmark.measure(arguments.pictures)


def _page(_arguments: argparse.Namespace) -> Iterator[Result]:
    from benchmarks.page import benchmark

    return benchmark.measure()


if __name__ == "__main__":
    main()
