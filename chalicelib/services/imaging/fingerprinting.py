"""The greys of a picture that its fingerprint is made of."""

from typing import cast

from PIL import Image

from chalicelib.domain.fingerprints import ACROSS, DOWN, Fingerprint, Greys

BLACK = 20  # of 255: what recompression leaves of a black bar
LEAST_LEFT = 0.5  # of each side: what is darker than that around its middle is a picture of the night


def fingerprint(image: Image.Image) -> Fingerprint:
    """Hash an upright picture, without the black bars of a film or a screenshot around it."""
    grey = _without_bars(image.convert("L"))
    return Fingerprint.of_greys(_greys(grey, ACROSS), _greys(grey, DOWN))


def _without_bars(grey: Image.Image) -> Image.Image:
    box = grey.point(lambda level: level > BLACK and 255).getbbox()
    if box is None:
        return grey
    left, upper, right, lower = box
    is_film = right - left >= LEAST_LEFT * grey.width and lower - upper >= LEAST_LEFT * grey.height
    return grey.crop(box) if is_film else grey


def _greys(grey: Image.Image, size: tuple[int, int]) -> Greys:
    levels = cast("tuple[int, ...]", grey.resize(size, Image.Resampling.LANCZOS).get_flattened_data())
    return [levels[start : start + size[0]] for start in range(0, len(levels), size[0])]
