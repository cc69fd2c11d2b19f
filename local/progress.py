"""What a user sees while the local cloud starts: each step as it begins, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


def tell(line: str) -> None:
    """Show a line at once, also where the output is a file."""
    print(line, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Tell that a step begins, and when it has succeeded, how long it took."""
    tell(f"  {title} …")
    started = time.monotonic()
    yield
    tell(f"  {title}: {time.monotonic() - started:.1f} s")
