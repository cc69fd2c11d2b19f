"""`python -m local` and `run`, `dev`, `cloud`, `door STAGE`, `logs [FUNCTION]`, `packages`, `page`, `exec COMMAND`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NoReturn

from local.failures import CannotRun
from local.options import Options
from local.state import State

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

type Server = Callable[[Options], Awaitable[None]]


def main(arguments: list[str]) -> int:
    """Do what is asked; what is in the way is told in one line, with exit status 1."""
    try:
        if server := _server(arguments):
            serve_until_stopped(server)
            return 0
        match arguments:
            case ["logs", *function]:
                from local.logs import follow

                follow(Options.from_environment(), next(filter(None, function), None))
            case ["packages"]:
                from local.page import install

                asyncio.run(install())
            case ["page"]:
                from local.page import build

                asyncio.run(build())
            case ["exec", *command] if command:
                execute(command, Options.from_environment())
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _server(arguments: list[str]) -> Server | None:
    """Find what serves until it is stopped, if that is asked for."""
    match arguments:
        case ["run"]:
            from local.run import run

            return run
        case ["dev"]:
            from local.dev import develop

            return develop
        case ["cloud"]:
            from local.trial import serve

            return serve
        case ["door", stage]:
            from local.trial import show

            return partial(show, stage=stage)
    return None


def execute(command: list[str], options: Options) -> NoReturn:
    """Become another program, with the running local cloud in its environment."""
    from local.cloud import connected

    os.execvpe(command[0], command, connected(State(options.state_dir)))


def serve_until_stopped(server: Server) -> None:
    """Run a server until it ends or a signal stops it; it stops everything that it started."""
    asyncio.run(_serve(server, Options.from_environment()))


async def _serve(server: Server, options: Options) -> None:
    serving = asyncio.ensure_future(server(options))
    stopping: list[int] = []
    for number in STOPS:
        asyncio.get_running_loop().add_signal_handler(number, _stop_once, serving, stopping, number)
    try:
        await serving
    except asyncio.CancelledError:
        if not stopping:
            raise


def _stop_once(serving: asyncio.Future[None], stopping: list[int], number: int) -> None:
    """Cancel at the first signal only: a second one would break off the stopping itself."""
    if not stopping:
        serving.cancel()
    stopping.append(number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
