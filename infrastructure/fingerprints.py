"""Fingerprints of what something was made from, so that it is made again only when that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

NOT_A_SOURCE = {"__pycache__", "node_modules", "dist"}


def fingerprint(folder: Path, names: Iterable[str], *other: str) -> str:
    """Digest the named files and folders of a folder, those that are there, and other words that matter."""
    digest = hashlib.sha256("\0".join(other).encode())
    for name in names:
        for path in _files(folder / name):
            content = path.read_bytes()
            digest.update(f"\0{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir() and path.name not in NOT_A_SOURCE:
        for child in sorted(path.iterdir()):
            yield from _files(child)
