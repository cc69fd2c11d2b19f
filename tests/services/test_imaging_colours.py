"""Colours of any depth, space and transparency as a browser shows them."""

import pytest
from PIL import Image

from tests.services.icc_profiles import DISPLAY_P3, SRGB, grey_profile, matrix_profile
from tests.services.picture_files import BLACK, RED, WHITE, field, is_close, saved, shown


def test_palettes_and_single_bits_keep_their_colours() -> None:
    assert is_close(shown(saved(field(RED).quantize(4), "PNG")), RED)
    assert is_close(shown(saved(field(1, "1"), "PNG")), WHITE)
    assert is_close(shown(saved(field(0, "1"), "PNG")), BLACK)


@pytest.mark.parametrize("level", [0, 64, 128, 255])
def test_sixteen_bit_grey_is_not_clipped(level: int) -> None:
    image = Image.frombytes("I;16", (64, 48), (level * 257).to_bytes(2, "little") * (64 * 48))
    assert is_close(shown(saved(image, "PNG")), (level, level, level), tolerance=3)


@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_what_is_transparent_is_shown_on_white(file_format: str) -> None:
    assert is_close(shown(saved(field((255, 0, 0, 0), "RGBA"), file_format)), WHITE)
    assert is_close(shown(saved(field((255, 0, 0, 128), "RGBA"), file_format)), (255, 127, 127))


def test_grey_with_transparency_is_shown_on_white() -> None:
    assert is_close(shown(saved(field((0, 128), "LA"), "PNG")), (127, 127, 127))


def test_a_transparent_colour_is_shown_on_white() -> None:
    assert is_close(shown(saved(field(RED), "PNG", transparency=RED)), WHITE)
    assert is_close(shown(saved(field(7, "L"), "PNG", transparency=7)), WHITE)
    paletted = field(RED).quantize(4)
    for file_format in ("PNG", "GIF"):
        assert is_close(shown(saved(paletted, file_format, transparency=paletted.getpixel((0, 0)))), WHITE)


def test_cmyk_is_shown_in_its_colours() -> None:
    assert is_close(shown(saved(field((0, 255, 255, 0), "CMYK"), "JPEG")), RED)
    assert is_close(shown(saved(field((0, 0, 0, 255), "CMYK"), "JPEG")), BLACK)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_a_colour_profile_is_followed(file_format: str) -> None:
    swapped = matrix_profile(SRGB[1], SRGB[0], SRGB[2])
    assert is_close(shown(saved(field((220, 10, 10)), file_format, icc_profile=swapped)), (10, 220, 10), tolerance=20)


def test_the_wide_colours_of_a_phone_are_not_dull() -> None:
    profile = matrix_profile(*DISPLAY_P3)  # the colour below was worked out from the two matrices and curves
    assert is_close(shown(saved(field((200, 60, 60)), "PNG", icc_profile=profile)), (219, 37, 49), tolerance=3)


def test_a_profile_of_greys_is_followed_on_greys_only() -> None:
    linear = grey_profile(1.0)
    assert is_close(shown(saved(field(55, "L"), "PNG", icc_profile=linear)), (128, 128, 128), tolerance=4)
    assert is_close(shown(saved(field((55, 255), "LA"), "PNG", icc_profile=linear)), (128, 128, 128), tolerance=4)
    assert is_close(shown(saved(field(RED), "PNG", icc_profile=linear)), RED)


@pytest.mark.parametrize("profile", [b"garbage", bytes(4000), matrix_profile(*SRGB)[:200]])
def test_a_broken_profile_is_as_good_as_none(profile: bytes) -> None:
    for file_format in ("JPEG", "PNG", "WEBP"):
        assert is_close(shown(saved(field(RED), file_format, icc_profile=profile)), RED)
