"""A picture that its owner turned: the same original, shown another way up."""

from io import BytesIO

import pytest
from PIL import Image

from chalicelib.domain.fingerprints import Fingerprint
from chalicelib.domain.pictures import Rendition
from chalicelib.services.imaging import render

CORNERS = ("red", "lime", "blue", "white")  # clockwise from the top left


def _photo(orientation: int = 1) -> bytes:
    image = Image.new("RGB", (800, 600))
    for colour, box in zip(CORNERS, [(0, 0), (400, 0), (400, 300), (0, 300)], strict=True):
        image.paste(colour, (*box, box[0] + 400, box[1] + 300))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    image.save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def _corners(data: bytes) -> tuple[str, ...]:
    image = Image.open(BytesIO(data)).convert("RGB")
    width, height = image.size
    places = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]
    return tuple(_nearest(image.getpixel((int(x * width), int(y * height)))) for x, y in places)


def _nearest(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    names = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    return min(names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], pixel, strict=True)))


@pytest.mark.parametrize("turns", range(4))
def test_a_turn_moves_every_corner_clockwise(turns: int) -> None:
    rendered = render(_photo(), turns)
    moved = CORNERS[-turns:] + CORNERS[:-turns] if turns else CORNERS
    assert (rendered.width, rendered.height) == ((600, 800) if turns % 2 else (800, 600))
    assert {_corners(data) for data in (*rendered.renditions.values(), rendered.preview)} == {moved}
    assert Image.open(BytesIO(rendered.renditions[Rendition.THUMBNAIL])).size == (160, 160)


def test_a_turn_comes_after_the_one_that_the_camera_asked_for() -> None:
    by_camera = render(_photo(orientation=6))  # a quarter clockwise
    by_hand = render(_photo(), 1)
    assert by_camera.renditions == by_hand.renditions
    assert render(_photo(orientation=6), 3).renditions == render(_photo()).renditions


def test_a_turned_picture_has_the_fingerprint_of_what_is_shown() -> None:
    turned, by_camera = (Fingerprint.parse(each.fingerprint) for each in (render(_photo(), 1), render(_photo(6))))
    assert turned.distance(by_camera) == 0
