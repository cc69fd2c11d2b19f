"""`chalice local`, with what a long day at the desk needs: `python -m local.chalice_local PORT`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from chalice.cli import cli, reloader
from chalice.cli.filewatch.stat import StatFileWatcher, StatWorkerProcess
from chalice.local import ChaliceRequestHandler
from chalice.utils import OSUtils

WATCHED = ("app.py", "chalicelib", ".chalice")


def keep_connections_fast(handler: type[ChaliceRequestHandler]) -> None:
    """An answer in two unbuffered writes waits 44 ms for the client's acknowledgement on a kept-alive connection."""
    handler.wbufsize = -1
    handler.disable_nagle_algorithm = True


class ApplicationFiles(OSUtils):
    """The files of the application alone: not the page's packages, not the state, not compiled modules."""

    def walk(self, path: str, followlinks: bool = False) -> Iterator[tuple[str, list[str], list[str]]]:
        """Walk like os.walk over what Chalice loads."""
        yield path, [], [name for name in WATCHED if Path(path, name).is_file()]
        for name in WATCHED:
            for folder, folders, files in Path(path, name).walk(follow_symlinks=followlinks):
                yield str(folder), folders, [file for file in files if file.endswith((".py", ".json"))]


class ApplicationWatcher(StatWorkerProcess):
    """Restarts when a file of the application changes."""

    def _start_file_watcher(self, project_dir: str) -> None:
        StatFileWatcher(ApplicationFiles()).watch_for_file_changes(project_dir, self._on_file_change)


def main(port: str) -> None:
    """Serve on loopback, until ended; starts itself again when the application changes."""
    keep_connections_fast(ChaliceRequestHandler)
    reloader.get_best_worker_process = lambda: ApplicationWatcher
    sys.argv = [sys.executable, "-m", "local.chalice_local", port]  # what the reloader starts again
    cli.main(["local", "--stage", "local", "--host", "127.0.0.1", "--port", port], obj={})


if __name__ == "__main__":
    main(sys.argv[1])
