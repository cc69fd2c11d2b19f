"""What the camera wrote is read for the owner and is in no output."""

from datetime import UTC, datetime

import pytest
from PIL import ExifTags
from PIL.TiffImagePlugin import IFDRational

from chalicelib.domain.geography import Point
from chalicelib.services.imaging import render
from tests.services import picture_files as files
from tests.services.icc_profiles import DISPLAY_P3, matrix_profile
from tests.services.picture_files import (
    RED,
    corner_picture,
    exif_data,
    field,
    is_close,
    pixel,
    rendition,
    saved,
)

EXIF, GPS = ExifTags.Base, ExifTags.GPS
POLISH_PARK: dict[int, object] = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (50.0, 3.0, 36.0),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (19.0, 56.0, 24.0),
}


def test_nothing_of_the_camera_is_in_any_output() -> None:
    exif = exif_data({EXIF.DateTimeOriginal: "2026:11:20 18:30:00"}, POLISH_PARK, Make="SECRET", Orientation=6)
    options = {"exif": exif, "xmp": b"<x:xmpmeta>SECRET</x:xmpmeta>", "icc_profile": matrix_profile(*DISPLAY_P3)}
    for file_format in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF"):
        picture = render(saved(corner_picture(), file_format, **options))
        assert all(b"SECRET" not in output for output in files.all_outputs(picture))
        assert_without_metadata(picture.preview, *picture.renditions.values())


def test_comments_and_what_is_hidden_behind_a_jpeg_are_gone() -> None:
    jpeg = files.with_segments(saved(field(RED), "JPEG"), (0xFE, b"<script>SECRET</script>"), (0xED, b"SECRET"))
    picture = render(jpeg + b"<html><script>SECRET</script></html>")
    assert all(b"SECRET" not in output for output in files.all_outputs(picture))
    assert_without_metadata(picture.preview, *picture.renditions.values())


def assert_without_metadata(preview: bytes, *webps: bytes) -> None:
    assert {name for name, _ in files.opened(preview).applist} == {"APP0"}  # type: ignore[attr-defined]  # a JPEG
    for webp in webps:
        assert webp[12:16] == b"VP8 "  # the simple format has pixels and nothing else
        assert len(webp) == 20 + int.from_bytes(webp[16:20], "little")
        assert not files.opened(webp).getexif()


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_time_and_place_are_read(file_format: str) -> None:
    tags = {EXIF.DateTimeOriginal: "2026:11:20 18:30:00", EXIF.OffsetTimeOriginal: "+01:00"}
    picture = render(saved(field(RED), file_format, exif=exif_data(tags, POLISH_PARK)))
    assert picture.taken_at == datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert picture.taken_place is not None
    assert (picture.taken_place.latitude, picture.taken_place.longitude) == pytest.approx((50.06, 19.94))


def test_south_and_west_are_negative() -> None:
    gps = POLISH_PARK | {GPS.GPSLatitudeRef: "S", GPS.GPSLongitudeRef: "W"}
    place = render(saved(field(RED), "JPEG", exif=exif_data(gps=gps))).taken_place
    assert place is not None
    assert (place.latitude, place.longitude) == pytest.approx((-50.06, -19.94))


@pytest.mark.parametrize("offset", ["", "      ", "+0100", "+99:99", "nonsense"])
def test_a_clock_without_a_usable_offset_is_taken_to_be_utc(offset: str) -> None:
    tags = {EXIF.DateTimeOriginal: "2026:11:20 18:30:00", EXIF.OffsetTimeOriginal: offset}
    taken_at = render(saved(field(RED), "JPEG", exif=exif_data(tags))).taken_at
    assert taken_at == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["0000:00:00 00:00:00", "    :  :     :  :  ", "1970:01:01 00:00:00", "2026"])
def test_a_time_that_cannot_be_is_none(written: str) -> None:
    data = saved(field(RED), "JPEG", exif=exif_data({EXIF.DateTimeOriginal: written}))
    assert render(data).taken_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {GPS.GPSLatitude: (91.0, 0.0, 0.0)},
        {GPS.GPSLongitude: (180.0, 0.0, 1.0)},
        {GPS.GPSLatitude: (IFDRational(0, 0), 0.0, 0.0)},
        {GPS.GPSLatitude: (50.0, 3.0)},
        {GPS.GPSLatitude: 50.0},
        {GPS.GPSLatitudeRef: "Q"},
        {GPS.GPSLatitudeRef: ""},
        {GPS.GPSLatitude: (0.0, 0.0, 0.0), GPS.GPSLongitude: (0.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_cannot_be_is_none_and_the_picture_is_shown(wrong: dict[int, object]) -> None:
    picture = render(saved(field(RED), "JPEG", exif=exif_data(gps=POLISH_PARK | wrong)))
    assert picture.taken_place is None
    assert is_close(pixel(rendition(picture)), RED)


def test_a_place_at_the_edge_of_the_world_is_a_place() -> None:
    gps = POLISH_PARK | {GPS.GPSLatitude: (90.0, 0.0, 0.0), GPS.GPSLongitude: (180.0, 0.0, 0.0)}
    assert render(saved(field(RED), "JPEG", exif=exif_data(gps=gps))).taken_place == Point(90, 180)
