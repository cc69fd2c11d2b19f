"""How work is done: by the clock, side by side, with the image libraries loaded when a picture comes."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.pictures import RenderedPicture
from chalicelib.journal import Metric, carried, measure
from chalicelib.services.expiry import BATCH, Due
from chalicelib.services.surveys import Job


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def settled_side_by_side(work: Callable[[Due], bool], dues: Iterable[Due]) -> Sequence[bool]:
    """Settle a batch at the same time."""
    with ThreadPoolExecutor(BATCH) as workers:
        return list(workers.map(carried(work), dues))


def side_by_side(jobs: Sequence[Job]) -> Sequence[Any]:
    """Do a few jobs at the same time, the first one here."""
    if len(jobs) == 1:
        return [jobs[0]()]
    with ThreadPoolExecutor(len(jobs) - 1) as workers:
        others = [workers.submit(carried(job)) for job in jobs[1:]]
        return [jobs[0](), *(other.result() for other in others)]


def render(data: bytes, quarter_turns: int) -> RenderedPicture:
    """Load the image libraries only where a picture is rendered."""
    from chalicelib.services import imaging

    started = time.perf_counter()
    rendered = imaging.render(data, quarter_turns)
    measure(Metric.PICTURE_TIME, round((time.perf_counter() - started) * 1000, 1))
    return rendered


def content_type(data: bytes) -> str:
    """Tell the type of a picture by its first bytes; raises PictureRefused."""
    from chalicelib.services.imaging.sniffing import sniff

    return f"image/{sniff(data).lower()}"
