"""What is not a picture, is broken or is made to hurt is refused in words, and never in another way."""

from zlib import compress

import pillow_heif
import pytest
from PIL import GifImagePlugin, Image

from chalicelib.domain.errors import PictureRefused
from chalicelib.services.imaging import pipeline, render
from chalicelib.services.imaging.refusals import DAMAGED, NOT_A_PICTURE, TOO_HEAVY, TOO_INTRICATE, TOO_LONG
from chalicelib.services.imaging.sniffing import PictureFormat
from chalicelib.services.imaging.structure import MAX_PARTS, MAX_SCANS, PIXEL_LIMITS
from tests.services import picture_files as files
from tests.services.picture_files import (
    FORMATS,
    RED,
    corner_picture,
    field,
    is_close,
    outcome,
    plain_file,
    saved,
    shown,
    with_bytes,
)

PLAIN_FILES = {file_format: plain_file(file_format) for file_format in FORMATS}
JPEG, PNG, GIF = PLAIN_FILES["JPEG"], PLAIN_FILES["PNG"], PLAIN_FILES["GIF"]


def reason(data: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        render(data)
    return str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\xff\xd8",
        b"a cat, black and white, near the church",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE html><html></html>",
        b"%PDF-1.7\n",
        b"8BPS\0\x01" + bytes(100),
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\0\0\0\x18ftypmp42" + bytes(100),
        b"RIFF\x24\0\0\0WAVEfmt " + bytes(100),
        b" " + JPEG,
        *(saved(corner_picture(64, 48), file_format) for file_format in ("BMP", "TIFF", "ICO", "PPM", "JPEG2000")),
    ],
)
def test_what_is_no_picture_of_ours_is_refused(data: bytes) -> None:
    assert reason(data) == NOT_A_PICTURE


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_cut_picture_is_refused(file_format: str, part: float) -> None:
    data = plain_file(file_format, Image.effect_noise((200, 150), 90).convert("RGB"))
    assert reason(data[: int(len(data) * part)]) == DAMAGED


@pytest.mark.parametrize("part", [0.5, 0.9, 0.99])
@pytest.mark.parametrize("file_format", ["AVIF", "HEIF"])
def test_a_cut_picture_whose_last_box_says_that_it_goes_to_the_end_is_refused(file_format: str, part: float) -> None:
    data = plain_file(file_format, Image.effect_noise((200, 150), 90).convert("RGB"))
    size = data.index(b"mdat") - 4
    open_ended = data[:size] + bytes(4) + data[size + 4 :]
    assert outcome(open_ended)
    assert reason(open_ended[: int(len(data) * part)]) == DAMAGED


def test_pixels_with_a_wrong_checksum_are_refused() -> None:
    place = PNG.index(b"IDAT") + int.from_bytes(PNG[PNG.index(b"IDAT") - 4 :][:4]) + 5
    assert reason(with_bytes(PNG, [(place, PNG[place] ^ 1)])) == DAMAGED


@pytest.mark.parametrize(
    ("data", "megapixels"),
    [
        (files.png_of_size(40_000, 40_000), 50),
        (files.png_of_size(2**31 - 1, 2**31 - 1), 50),
        (files.png_of_size(7100, 7100), 50),
        (files.gif_of_size(65_535, 65_535), 25),
        (files.gif_of_size(5100, 5000), 25),
        (files.webp_of_size(16_383, 16_383), 30),
        (saved(Image.new("RGB", (5500, 5500)), "WEBP", lossless=True, method=0, quality=0), 30),
        (files.with_jpeg_size(JPEG, 12_000, 9200), 110),
        (files.with_jpeg_size(JPEG, 65_500, 65_500), 110),
        (files.with_jpeg_size(saved(field(RED), "JPEG", progressive=True), 9000, 7200), 64),
        (files.with_box_size(PLAIN_FILES["AVIF"], 8000, 8000), 60),
        (files.with_box_size(PLAIN_FILES["AVIF"], 17_000, 17_000), 60),  # more than libavif would open
        (files.with_box_size(PLAIN_FILES["HEIF"], 17_000, 17_000), 60),
    ],
)
def test_a_picture_of_too_many_pixels_is_refused_by_its_head(data: bytes, megapixels: int) -> None:
    assert reason(data) == f"This picture is too large: send one of at most {megapixels} megapixels."


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_has_its_limit(file_format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PIXEL_LIMITS, PictureFormat(file_format), 64 * 48 - 1)
    assert reason(PLAIN_FILES[file_format]).startswith("This picture is too large")
    monkeypatch.setitem(PIXEL_LIMITS, PictureFormat(file_format), 64 * 48)
    assert outcome(PLAIN_FILES[file_format])


@pytest.mark.parametrize("size", [(20_001, 2), (2, 20_001)])
def test_a_picture_that_is_too_long_is_refused(size: tuple[int, int]) -> None:
    assert reason(saved(Image.new("L", size), "PNG")) == TOO_LONG


def test_a_layered_jpeg_of_too_many_scans_is_refused() -> None:
    jpeg = saved(field(RED), "JPEG", progressive=True)
    scan, first_scans = jpeg[jpeg.rindex(b"\xff\xda") : -2], jpeg.count(b"\xff\xda")
    allowed = jpeg[:-2] + scan * (MAX_SCANS - first_scans) + b"\xff\xd9"
    assert is_close(shown(allowed), RED)
    assert reason(allowed[:-2] + scan + b"\xff\xd9") == TOO_INTRICATE
    assert reason(allowed[:-2] + b"\xff\x02" + scan + b"\xff\xd9") == TOO_INTRICATE


@pytest.mark.parametrize(
    "data",
    [
        JPEG[:2] + b"\xff\xfe\0\x02" * MAX_PARTS + JPEG[2:],
        files.with_segments(JPEG, (0xFE, b"")).replace(b"\xff\xfe\0\x02", b"\xff\xfe\0\x02" + bytes(MAX_PARTS)),
        JPEG[:2] + b"\xff" * MAX_PARTS + JPEG[2:],
        JPEG[:2] + b"\xff\xd0" * MAX_PARTS + JPEG[2:],
        files.with_segments(JPEG, *[(0xE1, b"Exif\0\0II*\0" + bytes(60_000))] * 30),
        PNG[:33] + files.png_chunk(b"teSt", b"") * MAX_PARTS + PNG[33:],
        GIF[:13] + b"!\xfe" + b"\x01a" * MAX_PARTS + b"\0" + GIF[13:],
        files.gif_of_size(8, 8).replace(b",", b"!\xf9\0" * (MAX_PARTS + 1) + b","),
        files.gif_of_size(8, 8).replace(b",", b"U" * (MAX_PARTS + 1) + b","),
        PLAIN_FILES["HEIF"] + b"\0\0\0\x08free" * MAX_PARTS,
        PLAIN_FILES["AVIF"] + b"\0\0\0\x08free" * MAX_PARTS,
    ],
)
def test_a_file_of_countless_parts_is_refused_before_it_is_decoded(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "decode", pytest.fail)
    assert reason(data) == TOO_INTRICATE


@pytest.mark.parametrize(
    ("name", "head"), [(b"zTXt", b"Comment\0\0"), (b"iCCP", b"profile\0\0"), (b"iTXt", b"Comment\0\1\0\0\0")]
)
def test_a_png_whose_texts_swell_when_they_are_unpacked_is_refused(name: bytes, head: bytes) -> None:
    chunk = files.png_chunk(name, head + compress(bytes(3_000_000)))
    assert reason(PNG[:33] + chunk + PNG[33:]) == TOO_INTRICATE


def test_a_jpeg_in_one_scan_is_not_searched_through() -> None:
    assert outcome(JPEG[:-2] + b"\xff\xfe\0\x02" * MAX_PARTS + JPEG[-2:])


def test_frames_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [field(RED), field(RED).rotate(90)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    monkeypatch.setattr(GifImagePlugin.GifImageFile, "n_frames", property(lambda _: pytest.fail("counted")))
    assert is_close(shown(data), RED)


def test_the_decoder_of_phone_pictures_is_one_without_known_holes() -> None:
    assert tuple(map(int, pillow_heif.__version__.split(".")[:2])) >= (1, 7)


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_lies_behind_a_picture_does_no_harm(file_format: str) -> None:
    if file_format in ("AVIF", "HEIF"):
        tail = b"\0\0\0\x10free12345678" + bytes(1000)
    else:
        tail = bytes(1000) + b"<script>alert(1)</script>"
    assert outcome(PLAIN_FILES[file_format] + tail)


@pytest.mark.parametrize(
    ("error", "words"), [(MemoryError(), TOO_HEAVY), (RecursionError(), DAMAGED), (KeyError(), DAMAGED)]
)
def test_whatever_a_decoder_raises_is_a_refusal(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "decode", fail)
    assert reason(JPEG) == words


def test_the_limits_of_others_who_use_pillow_are_left_alone() -> None:
    before = Image.MAX_IMAGE_PIXELS
    assert outcome(JPEG)
    assert not outcome(files.png_of_size(40_000, 40_000))
    assert before == Image.MAX_IMAGE_PIXELS
