"""The page's packages and its build, each made again only when what it is made from has changed."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from infrastructure.fingerprints import fingerprint
from local import processes
from local.failures import CannotRun
from local.options import PROJECT
from local.progress import step
from local.state import read_json

FRONTEND = PROJECT / "frontend"
SOURCES = (
    "src", "public", "scripts", "index.html", "package.json", "package-lock.json", "vite.config.ts",
    "tsconfig.json", "tsconfig.app.json", "tsconfig.node.json",
)  # fmt: skip
INSTALL = ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
BUILD = ("npm", "run", "--silent", "build")


async def build(frontend: Path = FRONTEND) -> Path:
    """The folder of the built page, brought up to date; raises CannotRun with npm's own words."""
    async with _claimed(frontend):
        await _install(frontend)
        sources = fingerprint(frontend, SOURCES)
        stamp = frontend / "node_modules" / ".homeward-built-from"
        built = frontend / "dist"
        if not (built / "index.html").exists() or not stamp.exists() or stamp.read_text() != sources:
            stamp.unlink(missing_ok=True)
            with step("the page: npm run build"):
                await _npm(BUILD, frontend, "The page could not be built.")
            stamp.write_text(sources)
    return built


async def install(frontend: Path = FRONTEND) -> None:
    """Bring the page's packages up to date."""
    async with _claimed(frontend):
        await _install(frontend)


@asynccontextmanager
async def _claimed(frontend: Path) -> AsyncIterator[None]:
    """Let one process at a time work in the folder: two local clouds may start side by side."""
    with (frontend / "package-lock.json").open("rb") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(0.2)
        yield


async def _install(frontend: Path) -> None:
    if not packages_are_those_of_the_lock(frontend):
        with step("the page's packages: npm ci"):
            await _npm(INSTALL, frontend, "The page's packages could not be installed.")


def packages_are_those_of_the_lock(frontend: Path) -> bool:
    """Whether npm noted, at the end of its last install, exactly the packages that package-lock.json asks for."""
    wanted: dict[str, Any] = read_json(frontend / "package-lock.json").get("packages", {})
    installed: dict[str, Any] = read_json(frontend / "node_modules" / ".package-lock.json").get("packages", {})
    needed = {name for name, package in wanted.items() if name and not _may_be_left_out(package)}
    return needed <= installed.keys() and all(wanted.get(name) == package for name, package in installed.items())


def _may_be_left_out(package: dict[str, Any]) -> bool:
    """An optional package is installed where it can be, one for another machine nowhere."""
    return any(package.get(mark) for mark in ("optional", "devOptional", "peer"))


async def _npm(command: tuple[str, ...], frontend: Path, failure: str) -> None:
    try:
        await processes.succeed(command, os.environ, frontend, failure)
    except FileNotFoundError as error:
        raise CannotRun("npm is missing: install Node.js 20.19 or newer, which brings it.") from error
