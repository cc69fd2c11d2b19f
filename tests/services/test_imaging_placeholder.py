"""ThumbHash against the reference implementation, and the dominant colour."""

from base64 import b64decode

import pytest
from PIL import Image

from chalicelib.services.imaging import render
from chalicelib.services.imaging.placeholder import dominant_colour, thumbhash
from tests.services.picture_files import BLUE, RED, corner_picture, field, saved

HASHES_OF_THE_REFERENCE = [  # rgbaToThumbHash of the npm package thumbhash 0.1.1 for `pattern`, opaque
    ((32, 24), "3QcGDYZEYoJQZnhweEd3grygA9Xq"),
    ((24, 32), "3QcGDQgyUlF2CHY3eHQ3Z9qjEJb3"),
    ((32, 32), "3RcGDwZEUnJhVmhghzeIN3dzpg0LUJgP"),
    ((32, 31), "3QcGD4ZEUnJQZmhwhyeIN3dztgw6UJkP"),
    ((32, 6), "mDcKIZZUdJaAiHeIi5aP9Vg="),
    ((5, 32), "GKgJIQphcCmJhHZ0+5YJSdg="),
    ((32, 1), "jbgeKa53doeIiAiIVoiAhgg="),
    ((3, 2), "xQYKDYKHeAiHiHiHiIiHgKBlCKqI"),
]


def pattern(width: int, height: int) -> Image.Image:
    places = ((x, y) for y in range(height) for x in range(width))
    colours = [((x * x * 5 + y * 3) % 256, (y * y * 7 + x) % 256, (x * y * 3 + 40) % 256) for x, y in places]
    return Image.frombytes("RGB", (width, height), bytes(level for colour in colours for level in colour))


@pytest.mark.parametrize(("size", "expected"), HASHES_OF_THE_REFERENCE)
def test_the_placeholder_is_what_the_reference_makes(size: tuple[int, int], expected: str) -> None:
    assert thumbhash(pattern(*size)) == expected


def test_an_even_picture_has_an_even_placeholder() -> None:
    assert thumbhash(Image.new("RGB", (32, 24), (93, 93, 93))) == thumbhash(Image.new("RGB", (32, 24), (93, 93, 93)))
    assert set(b64decode(thumbhash(Image.new("RGB", (32, 24), (93, 93, 93))))[5:]) == {0}


def test_the_placeholder_of_a_picture_is_short() -> None:
    assert 16 <= len(b64decode(render(saved(corner_picture(), "JPEG")).placeholder)) <= 25


def test_the_dominant_colour_is_that_of_most_pixels() -> None:
    image = field(BLUE)
    image.paste(RED, (0, 0, 40, 48))
    assert dominant_colour(image) == "#ff0000"
    assert dominant_colour(field((1, 2, 3))) == "#010203"
