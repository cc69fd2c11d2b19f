"""Import a CSV file of announcements: `make import FILE=found.csv ARGS="--until today --lives 365"`.

It shows its progress, goes on where it stopped when it is run again, and reports every refused row; the exit status
is 1 if there is any.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from itertools import batched, islice
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tools.importer.delivery import Delivery, DeliveryFailed
from tools.importer.progress import Progress
from tools.importer.rows import Refusal, Row, Table, UnusableFile, today

BATCH = 25  # announcements of one request, by the API's limit
WORKERS = 6  # requests at the same time
MAX_LIVES_DAYS = 730


def main() -> int:
    """Import, and tell in one line what stands in the way if it cannot be done."""
    arguments = _arguments()
    try:
        return _run(arguments)
    except (UnusableFile, DeliveryFailed) as error:
        print(f"\n{error}", file=sys.stderr)
        if isinstance(error, DeliveryFailed):
            print("Run the same command again to go on from here.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped; run the same command again to go on from here.", file=sys.stderr)
    return 1


def _run(arguments: argparse.Namespace) -> int:
    table = Table(arguments.file, lives_days=arguments.lives)
    total = table.count()
    settings = (arguments.url, arguments.source, arguments.until, arguments.lives)
    progress = Progress.of(arguments.state / "imports", arguments.file, *settings)
    delivery = Delivery(arguments.url.rstrip("/"), arguments.source, _key(arguments))
    shift = today() - table.newest_day() if arguments.until else timedelta()
    done = min(len(progress.done) * BATCH, total)
    with (
        progress.kept(shift) as shift,
        tqdm(total=total, unit=" rows", initial=done, disable=arguments.quiet) as bar,
    ):
        _deliver(Table(arguments.file, shift, arguments.lives), delivery, progress, bar)
    return _report(progress, total)


def _deliver(table: Table, delivery: Delivery, progress: Progress, bar: "tqdm[Any]") -> None:
    """Send all batches that are not done, a few at a time; only those under way are in memory."""
    waiting = ((number, rows) for number, rows in _numbered(table) if number not in progress.done)
    under_way: dict[Future[list[Refusal]], tuple[int, int]] = {}
    with ThreadPoolExecutor(WORKERS) as workers:
        try:
            while True:
                for number, rows in islice(waiting, 2 * WORKERS - len(under_way)):
                    under_way[workers.submit(delivery.send, rows)] = (number, len(rows))
                if not under_way:
                    return
                finished, _rest = wait(under_way, return_when=FIRST_COMPLETED)
                for future in finished:
                    number, count = under_way.pop(future)
                    progress.finish(number, future.result())
                    bar.update(count)
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise


def _numbered(table: Table) -> Iterator[tuple[int, tuple[Row, ...]]]:
    return enumerate(batched(table.rows(), BATCH))


def _report(progress: Progress, total: int) -> int:
    refused = {refusal.line for refusal in progress.refused if refusal.column != "picture"}
    bare = {refusal.line for refusal in progress.refused} - refused
    for refusal in sorted(progress.refused, key=lambda refusal: refusal.line):
        print(refusal, file=sys.stderr)
    pictures = f", {len(bare)} without their picture" if bare else ""
    print(f"{total - len(refused)} of {total} rows are on the map, {len(refused)} refused{pictures}.")
    progress.complete()
    return 1 if progress.refused else 0


def _key(arguments: argparse.Namespace) -> str:
    """Find the source's key: in the environment, or where the local cloud keeps that of `import`."""
    if key := os.environ.get("HOMEWARD_SOURCE_KEY"):
        return key
    path = arguments.state / "import-key"
    if not path.exists():
        raise UnusableFile(f"No key: set HOMEWARD_SOURCE_KEY, or start `make run`, which keeps one in {path}")
    return str(path.read_text().strip())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make import", description=__doc__)
    state = Path(os.environ.get("STATE_DIR") or ".local")
    parser.add_argument("file", type=Path)
    parser.add_argument("--url", default=f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")
    parser.add_argument("--source", default="import", help="the source's name (import)")
    parser.add_argument("--until", choices=["today"], help="move all dates by whole days so that the newest is today")
    parser.add_argument(
        "--lives", type=_lives, metavar="DAYS", help=f"how long they live from now, 1 to {MAX_LIVES_DAYS}"
    )
    parser.add_argument("--state", type=Path, default=state, help="the folder of progress and key (.local)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser.parse_args()


def _lives(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_LIVES_DAYS:
        raise argparse.ArgumentTypeError(f"must be 1 to {MAX_LIVES_DAYS} days")
    return int(text)


if __name__ == "__main__":
    raise SystemExit(main())
