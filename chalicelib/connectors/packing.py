"""Counts as few bytes: columns of numbers, slots as differences, each number's bytes apart, all of it deflated.

Apart because high bytes are nearly always zero, and a run of zeros deflates to nothing: about a byte a count remains.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Any

from chalicelib.domain.tiles import Counts

LEVEL = 9  # of zlib: written once, read often
WORD = 4  # bytes of a number


def pack_counts(counts: Counts) -> bytes:
    """Write counts: how many periods; the periods; how many slots each has; the slots' differences; the counts."""
    periods = sorted(counts)
    slots = [sorted(counts[period]) for period in periods]
    steps = (slot - before for each in slots for before, slot in zip([0, *each], each, strict=False))
    numbers = (counts[period][slot] for period, each in zip(periods, slots, strict=True) for slot in each)
    return _deflated([len(periods), *periods, *map(len, slots), *steps, *numbers])


def unpack_counts(data: bytes) -> Iterator[tuple[int, Iterator[tuple[int, int]]]]:
    """Read what `pack_counts` wrote: periods with their slots and counts, which need not be looked at."""
    numbers = _inflated(data)
    length = numbers[0]
    first = 1 + 2 * length
    middle = (len(numbers) + first) // 2
    ends = list(accumulate(numbers[1 + length : first], initial=0))
    for period, (begin, end) in zip(numbers[1 : 1 + length], pairwise(ends), strict=True):
        steps, counts = numbers[first + begin : first + end], numbers[middle + begin : middle + end]
        yield period, zip(accumulate(steps), counts, strict=True)


def pack(values: Any) -> bytes:
    """Write what JSON can hold."""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), LEVEL)


def unpack(data: bytes) -> Any:
    """Read what `pack` wrote."""
    return json.loads(zlib.decompress(data))


def _deflated(numbers: Iterable[int]) -> bytes:
    words = array("I", numbers)
    if sys.byteorder == "big":
        words.byteswap()
    data = words.tobytes()
    return zlib.compress(b"".join(data[plane::WORD] for plane in range(WORD)), LEVEL)


def _inflated(data: bytes) -> array[int]:
    planes = zlib.decompress(data)
    count = len(planes) // WORD
    mixed = bytearray(len(planes))
    for plane in range(WORD):
        mixed[plane::WORD] = planes[plane * count : (plane + 1) * count]
    words = array("I", bytes(mixed))
    if sys.byteorder == "big":
        words.byteswap()
    return words
