"""Colours that a file tells by numbers instead of a profile."""

import pytest

from chalicelib.services.imaging.code_points import CodePoints
from tests.services.icc_profiles import SRGB, matrix_profile
from tests.services.picture_files import Colour, field, is_close, png_chunk, saved, shown

BT_709, BT_2020, CINEMA_P3, DISPLAY_P3 = 1, 9, 11, 12
LINEAR, SRGB_CURVE, PQ, HLG = 8, 13, 16, 18
FUR: Colour = (150, 110, 90)
# what FUR is in sRGB, worked out from the primaries and the curve of sRGB
SHOWN = {BT_2020: (171, 104, 86), DISPLAY_P3: (157, 108, 86), BT_709: FUR}


def with_code_points(file_format: str, colour: Colour, primaries: int, transfer: int, **options: object) -> bytes:
    """Write an AVIF, HEIF or PNG that tells its colours by numbers."""
    data = saved(field(colour), file_format, **options)
    if file_format == "PNG":
        return data[:33] + png_chunk(b"cICP", bytes([primaries, transfer, 0, 1])) + data[33:]
    before, after = data.split(b"nclx")
    return before + b"nclx" + primaries.to_bytes(2) + transfer.to_bytes(2) + after[4:]


@pytest.mark.parametrize("primaries", SHOWN)
@pytest.mark.parametrize("file_format", ["AVIF", "HEIF", "PNG"])
def test_wide_colours_told_by_numbers_are_not_dull(file_format: str, primaries: int) -> None:
    seen = shown(with_code_points(file_format, FUR, primaries, SRGB_CURVE))
    assert is_close(seen, SHOWN[primaries], tolerance=4)


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize("file_format", ["AVIF", "HEIF", "PNG"])
def test_high_dynamic_range_is_not_grey_and_keeps_its_order(file_format: str, transfer: int) -> None:
    paper = {PQ: 148, HLG: 191}[transfer]  # what white paper has in these curves, of 255
    dark, white, gleam = (
        shown(with_code_points(file_format, (level,) * 3, BT_2020, transfer))[1] for level in (60, paper, 255)
    )
    assert dark < 80
    assert white == pytest.approx(231, abs=4)
    assert gleam >= 253


def test_numbers_give_way_to_a_profile() -> None:
    swapped = matrix_profile(SRGB[1], SRGB[0], SRGB[2])
    data = with_code_points("PNG", (220, 10, 10), BT_2020, SRGB_CURVE, icc_profile=swapped)
    assert is_close(shown(data), (10, 220, 10), tolerance=20)


@pytest.mark.parametrize("transfer", [0, 1, 2, 6, SRGB_CURVE, 14, 255])
@pytest.mark.parametrize("primaries", [0, BT_709, 2, 5, 6, 22, 65_535])
def test_what_is_near_srgb_or_unknown_is_shown_as_it_stands(primaries: int, transfer: int) -> None:
    assert CodePoints(primaries, transfer).profile() is None


@pytest.mark.parametrize("points", [(BT_709, LINEAR), (CINEMA_P3, SRGB_CURVE), (DISPLAY_P3, 1), (BT_2020, 14)])
def test_greys_stay_grey(points: tuple[int, int]) -> None:
    red, green, blue = shown(with_code_points("PNG", (128, 128, 128), *points))
    assert max(red, green, blue) - min(red, green, blue) <= 2
    assert green == pytest.approx(188 if points[1] == LINEAR else 128, abs=3)
