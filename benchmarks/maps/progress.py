"""What one sees while the benchmark runs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(title: str) -> Iterator[None]:
    """Tell that a step begins, and how long it took."""
    print(f"  {title} …", flush=True)
    started = time.monotonic()
    yield
    print(f"  {title}: {time.monotonic() - started:.1f} s", flush=True)
