"""The same photo has the same fingerprint, or nearly; another one has not."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageEnhance, ImageOps

from chalicelib.domain.fingerprints import LOOSE_DISTANCE, STRICT_DISTANCE, Fingerprint
from chalicelib.services.imaging import render
from tests.services.picture_files import field, saved, turned_file


def scene(seed: int = 3) -> Image.Image:
    """Paint soft spots of light, which is what a photo is at the size that is hashed."""
    image = Image.new("L", (12, 9))
    image.putdata([(x * x * seed * 7 + y * y * 29 + x * y * seed * 11) % 200 + 25 for y in range(9) for x in range(12)])
    return image.resize((900, 675), Image.Resampling.BICUBIC).convert("RGB")


def fingerprint(image: Image.Image, file_format: str = "PNG", **options: int) -> Fingerprint:
    return Fingerprint.parse(render(saved(image, file_format, **options)).fingerprint)


def with_bars(image: Image.Image) -> Image.Image:
    return ImageOps.expand(image, (0, 150), "black")


ORIGINAL = fingerprint(scene())
CHANGES: list[Callable[[Image.Image], Image.Image]] = [
    lambda image: image.resize((400, 300)),
    lambda image: image.resize((2000, 1500)),
    lambda image: ImageEnhance.Brightness(image).enhance(0.8),
    lambda image: ImageEnhance.Brightness(image).enhance(1.1),
    lambda image: ImageEnhance.Contrast(image).enhance(0.8),
    lambda image: image.convert("L").convert("RGB"),
    ImageOps.mirror,
    with_bars,
    lambda image: ImageOps.mirror(with_bars(image)),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_is_found_at_the_strict_distance(change: Callable[[Image.Image], Image.Image]) -> None:
    assert ORIGINAL.distance(fingerprint(change(scene()))) <= STRICT_DISTANCE


@pytest.mark.parametrize(("file_format", "quality"), [("JPEG", 30), ("WEBP", 40), ("AVIF", 40), ("HEIF", 40)])
def test_a_recompressed_copy_is_found_at_the_strict_distance(file_format: str, quality: int) -> None:
    assert ORIGINAL.distance(fingerprint(scene(), file_format, quality=quality)) <= STRICT_DISTANCE


def test_a_picture_that_lost_a_twentieth_of_each_side_is_found_at_the_loose_distance() -> None:
    width, height = scene().size
    edges = (width // 40, height // 40, width - width // 40, height - height // 40)
    assert ORIGINAL.distance(fingerprint(scene().crop(edges))) <= LOOSE_DISTANCE


def test_another_photo_is_not_found() -> None:
    assert ORIGINAL.distance(fingerprint(scene(5))) > LOOSE_DISTANCE


def test_the_fingerprint_is_that_of_the_upright_picture() -> None:
    upright = Fingerprint.parse(render(turned_file(1, "PNG")).fingerprint)
    assert all(Fingerprint.parse(render(turned_file(turn, "PNG")).fingerprint) == upright for turn in range(2, 9))


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (90, 120, 60)])
def test_a_blank_picture_resembles_none(colour: tuple[int, int, int]) -> None:
    assert fingerprint(field(colour)).is_blank


def test_a_light_in_the_night_is_not_taken_for_a_picture_with_bars() -> None:
    night = Image.new("RGB", (900, 675))
    night.paste(scene().resize((90, 68)), (300, 300))
    assert fingerprint(night) != ORIGINAL
    assert ORIGINAL.distance(fingerprint(night)) > LOOSE_DISTANCE
