"""Fingerprints of pictures: the same photo is found again, recompressed, resized, recoloured, mirrored or cropped.

The fingerprint is a difference hash of 128 bits: on a grid of greys, is each one darker than its neighbour to the
right (64 bits), and than the one below (64 bits)?
It finds the same photo, never the same animal.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

ACROSS = (9, 8)  # columns and rows of the greys that are compared with those to the right
DOWN = (8, 9)  # and with those below
BITS = 128
# Both were chosen with `make bench-pictures`, which measures what they find and how often they are wrong.
STRICT_DISTANCE = 10  # recompressed, resized, recoloured and mirrored copies; another photo once in a million
LOOSE_DISTANCE = 24  # and crops of 5 %, for moderators to look at; another photo once in some tens of thousands
LEAST_BITS = 8  # set or unset: with fewer it is a blank wall or a black night, which resemble each other all

_TEXT = re.compile(r"[0-9a-f]{64}")

type Greys = Sequence[Sequence[int]]  # rows


@dataclass(frozen=True)
class Fingerprint:
    """A picture's hash, and that of its mirror image."""

    upright: int
    mirrored: int

    @classmethod
    def of_greys(cls, across: Greys, down: Greys) -> Self:
        """Hash a picture that was shrunk to the two grids."""
        return cls(_hash(across, down), _hash(_mirrored(across), _mirrored(down)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 64 hexadecimal characters; raises ValueError."""
        if not _TEXT.fullmatch(text):
            raise ValueError(f"not a fingerprint: {text[:80]!r}")
        return cls(int(text[:32], 16), int(text[32:], 16))

    def __str__(self) -> str:
        """Write 64 hexadecimal characters: the picture's hash, then its mirror image's."""
        return f"{self.upright:032x}{self.mirrored:032x}"

    def distance(self, other: "Fingerprint") -> int:
        """Count the bits, of 128, that tell two pictures apart, mirrored or not, whichever is nearer.

        A blank picture is as far as can be from every other.
        """
        if self.is_blank or other.is_blank:
            return BITS
        return min((self.upright ^ known).bit_count() for known in (other.upright, other.mirrored))

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing in the picture that it could be known by."""
        return not LEAST_BITS <= self.upright.bit_count() <= BITS - LEAST_BITS


def _hash(across: Greys, down: Greys) -> int:
    bits = [left < right for row in across for left, right in pairwise(row)]
    bits += [above < below for pair in pairwise(down) for above, below in zip(*pair, strict=True)]
    return sum(bit << place for place, bit in enumerate(bits))


def _mirrored(greys: Greys) -> Greys:
    return [row[::-1] for row in greys]
