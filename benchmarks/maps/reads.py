"""What the engine's answers to views cost and how long they take."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.maps.geo import View as Asked
from benchmarks.maps.meter import Charge, Meter, Part, by_part, read_units
from chalicelib.services.viewports import View, Viewports

BUSIEST_READS = 3000  # units a second that DynamoDB serves from one partition


@dataclass(frozen=True)
class Read:
    """One view as it was answered, with what it cost."""

    asked: Asked
    answer: View
    charges: Sequence[Charge]

    @property
    def units(self) -> float:
        """Read units."""
        return read_units(self.charges)


@dataclass(frozen=True)
class Reads:
    """Views that were answered; means and quantiles are weighted as the views are."""

    reads: Sequence[Read]

    @classmethod
    def of(cls, viewports: Viewports, views: Iterable[Asked], meter: Meter) -> "Reads":
        """Answer views one after the other."""
        meter.taken()
        return cls([Read(asked, answered(viewports, asked), meter.taken()) for asked in views])

    @property
    def calls(self) -> float:
        """Requests per view."""
        return self._mean(lambda read: len(read.charges))

    @property
    def units(self) -> float:
        """Read units per view."""
        return self._mean(lambda read: read.units)

    @property
    def units_p95(self) -> float:
        """Read units that 95 % of views do not exceed."""
        return quantile([(read.units, read.asked.weight) for read in self.reads], 0.95)

    @property
    def busiest(self) -> tuple[Part, float]:
        """Find the key that views read most, and how many views a second it can serve."""
        shares: dict[Part, float] = {}
        for read in self.reads:
            for part, units in by_part(read.charges).items():
                shares[part] = shares.get(part, 0) + units * read.asked.weight / self._weight
        part = max(shares, key=lambda each: shares[each])
        return part, BUSIEST_READS / shares[part]

    def only(self, wanted: Callable[[Asked], bool]) -> "Reads":
        """Choose some."""
        return Reads([read for read in self.reads if wanted(read.asked)])

    @property
    def _weight(self) -> float:
        return sum(read.asked.weight for read in self.reads)

    def _mean(self, value: Callable[[Read], float]) -> float:
        return sum(value(read) * read.asked.weight for read in self.reads) / self._weight


def answered(viewports: Viewports, asked: Asked) -> View:
    """Ask for a view as the API does."""
    return viewports.view(asked.viewport, asked.zoom, asked.limit)


@dataclass(frozen=True)
class Times:
    """Milliseconds that each view took: of the wall's clock, and of our processor's."""

    asked: Sequence[Asked]
    wall: Sequence[float]
    processor: Sequence[float]

    @classmethod
    def of(cls, answer: Callable[[Asked], Any], views: Sequence[Asked]) -> "Times":
        """Time an answer to each view."""
        timed = [_timed(answer, asked) for asked in views]
        return cls(views, [wall for wall, _ in timed], [processor for _, processor in timed])

    @property
    def wall_median(self) -> float:
        """The middle of the views, by their weights."""
        return self._median(self.wall)

    @property
    def processor_median(self) -> float:
        """Likewise of our processor's time."""
        return self._median(self.processor)

    def _median(self, times: Sequence[float]) -> float:
        return quantile([(ms, asked.weight) for ms, asked in zip(times, self.asked, strict=True)], 0.5)


def _timed(answer: Callable[[Asked], Any], asked: Asked) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    answer(asked)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def quantile(weighted: Sequence[tuple[float, float]], share: float) -> float:
    """Find the value that a share of the weight does not exceed."""
    values, weights = np.array(sorted(weighted)).T
    reached = np.cumsum(weights) / weights.sum()
    return float(values[min(np.searchsorted(reached, share), len(values) - 1)])
