"""Counts as few bytes: columns of numbers, slots as differences, each number's bytes apart, all of it deflated.

Apart because high bytes are nearly always zero, and a run of zeros deflates to nothing: about a byte a count remains.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Iterable
from itertools import accumulate, islice
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


def unpack_counts(data: bytes) -> Counts:
    """Read what `pack_counts` wrote."""
    numbers = _inflated(data)
    length = numbers[0]
    periods, lengths = numbers[1 : 1 + length], numbers[1 + length : 1 + 2 * length]
    steps = iter(numbers[1 + 2 * length : (len(numbers) + 1 + 2 * length) // 2])
    counts = iter(numbers[(len(numbers) + 1 + 2 * length) // 2 :])
    return {
        period: dict(zip(accumulate(islice(steps, many)), islice(counts, many), strict=True))
        for period, many in zip(periods, lengths, strict=True)
    }


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
