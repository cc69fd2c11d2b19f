"""What a picture looks like before it has arrived: a ThumbHash and one colour.

ThumbHash (https://evanw.github.io/thumbhash/) keeps a picture's first cosine terms: of its luminance, of yellow
against blue and of red against green.
Ours are opaque.
The reference sums every term over all pixels; here the rows are summed first and then the columns, which gives the
same in a small part of the time.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, floor, pi, sumprod
from typing import cast

from PIL import Image

HASHED_SIDE = 32  # pixels: the seven terms of a side need no more
COLOURED_SIDE = 64  # pixels
_PALETTE_SIZE = 16  # enough that fur and grass do not share a colour
_LUMINANCE_TERMS = 7  # along the longer side
_COLOUR_TERMS = 3
_DUST = 1e-9  # what rounding leaves of a term that is zero

type _Channel = list[float]
type _Pixels = Sequence[tuple[int, int, int]]


def thumbhash(image: Image.Image) -> str:
    """Hash an RGB image of at most 100 pixels a side; the text is the hash in base64."""
    return b64encode(_hash(*image.size, cast("_Pixels", image.get_flattened_data()))).decode()


def dominant_colour(image: Image.Image) -> str:
    """Find the colour that fills most of a small RGB image, as `#rrggbb`."""
    few = image.quantize(_PALETTE_SIZE, Image.Quantize.FASTOCTREE)
    _, index = max(cast("list[tuple[int, int]]", few.getcolors()))
    return "#" + bytes((few.getpalette() or [])[3 * index : 3 * index + 3]).hex()


@dataclass(frozen=True)
class _Spectrum:
    """The mean of a channel and its varying terms, row by row; `scale` is the size of the largest of them."""

    mean: float
    terms: _Channel
    scale: float

    @property
    def nibbles(self) -> list[int]:
        """The terms in fifteenths, from -scale to scale."""
        return [_rounded(15 * (0.5 + 0.5 / self.scale * term)) if self.scale else 0 for term in self.terms]


def _hash(width: int, height: int, pixels: _Pixels) -> bytes:
    longer = max(width, height)
    across, down = (max(1, _rounded(_LUMINANCE_TERMS * side / longer)) for side in (width, height))
    luminance, yellow_blue, red_green = _opponent_channels(pixels)
    spectra = (
        _spectrum(luminance, width, max(3, across), max(3, down)),
        _spectrum(yellow_blue, width, _COLOUR_TERMS, _COLOUR_TERMS),
        _spectrum(red_green, width, _COLOUR_TERMS, _COLOUR_TERMS),
    )
    shape = min(across, down) | (width > height) << 15  # the terms of the shorter side, and which side that is
    return _head(*spectra, shape) + _packed(spectra)


def _opponent_channels(pixels: _Pixels) -> tuple[_Channel, _Channel, _Channel]:
    """Split the colours as the eye does: the first from 0 to 1, the other two from -1 to 1."""
    return (
        [(red + green + blue) / 765 for red, green, blue in pixels],
        [((red + green) / 2 - blue) / 255 for red, green, blue in pixels],
        [(red - green) / 255 for red, green, _ in pixels],
    )


def _spectrum(channel: _Channel, width: int, across: int, down: int) -> _Spectrum:
    """Take the low corner of the cosine transform: `across` terms in its first row, fewer in each one below."""
    height = len(channel) // width
    rows = [channel[start : start + width] for start in range(0, len(channel), width)]
    sums = [[sumprod(row, wave) for row in rows] for wave in _waves(width, across)]
    mean, *terms = (
        sumprod(sums[column], wave) / (width * height)
        for number, wave in enumerate(_waves(height, down))
        for column in range(across)
        if column * down < across * (down - number)
    )
    scale = max(map(abs, terms))
    return _Spectrum(mean, terms, scale if scale > _DUST else 0)


def _waves(length: int, count: int) -> list[_Channel]:
    return [[cos(pi / length * number * (place + 0.5)) for place in range(length)] for number in range(count)]


def _head(luminance: _Spectrum, yellow_blue: _Spectrum, red_green: _Spectrum, shape: int) -> bytes:
    """Pack the means and the scales from the lowest bit up, and between them the shape."""
    head = (
        _rounded(63 * luminance.mean)
        | _rounded(31.5 + 31.5 * yellow_blue.mean) << 6
        | _rounded(31.5 + 31.5 * red_green.mean) << 12
        | _rounded(31 * luminance.scale) << 18
        | shape << 24
        | _rounded(63 * yellow_blue.scale) << 27
        | _rounded(63 * red_green.scale) << 33
    )
    return head.to_bytes(5, "little")


def _packed(spectra: Sequence[_Spectrum]) -> bytes:
    nibbles = [nibble for spectrum in spectra for nibble in spectrum.nibbles]
    nibbles += [0] * (len(nibbles) % 2)
    return bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))


def _rounded(value: float) -> int:
    """Round halves up, as the reference does."""
    return floor(value + 0.5)
