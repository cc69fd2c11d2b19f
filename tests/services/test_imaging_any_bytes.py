"""Any bytes at all: random ones, changed pictures and broken EXIF data."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.picture_files import FORMATS, RED, field, is_close, outcome, plain_file, saved, shown, with_bytes

PLAIN_FILES = {file_format: plain_file(file_format) for file_format in FORMATS}
MAGIC = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x40\0\0\0WEBPVP8X"]
MAGIC += [bytes(3) + b"\x18ftyp" + brand + bytes(4) + b"mif1" for brand in (b"avif", b"heic", b"mif1", b"msf1")]
FEW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(st.one_of(st.just(b""), st.sampled_from(MAGIC)), st.binary(max_size=400))
def test_random_bytes_are_refused_in_words(magic: bytes, rest: bytes) -> None:
    assert not outcome(magic + rest)


@pytest.mark.parametrize("file_format", FORMATS)
@settings(FEW, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_picture_with_changed_bytes_is_shown_or_refused_in_words(
    file_format: str, changes: list[tuple[int, int]]
) -> None:
    outcome(with_bytes(PLAIN_FILES[file_format], changes))


@pytest.mark.parametrize("file_format", FORMATS)
@settings(FEW, max_examples=30)
@given(st.integers(0, 2**20), st.integers(0, 2**20), st.binary(max_size=40))
def test_a_picture_with_a_part_replaced_is_shown_or_refused_in_words(
    file_format: str, one: int, other: int, put: bytes
) -> None:
    data = PLAIN_FILES[file_format]
    start, end = sorted((one % len(data), other % len(data)))
    outcome(data[:start] + put + data[end:])


def tiff(*entries: bytes) -> bytes:
    """Write EXIF data of twelve-byte entries as they stand."""
    return b"Exif\0\0II*\0\x08\0\0\0" + len(entries).to_bytes(2, "little") + b"".join(entries) + bytes(4)


BROKEN_EXIF = [
    b"Exif\0\0",
    b"Exif\0\0garbage garbage",
    tiff(b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0", b"\x25\x88\x04\0\x01\0\0\0\x08\0\0\0"),  # its parts are itself
    tiff(b"\x69\x87\x04\0\x01\0\0\0\xff\xff\xff\xff"),
    tiff(b"\x69\x87\x02\0\x04\0\0\0text"),
    tiff(b"\x12\x01\x03\0\xff\xff\xff\xff\x08\0\0\0"),
    tiff(b"\x12\x01\x05\0\x01\0\0\0\x08\0\0\0"),
    tiff(b"\x12\x01\x02\0\x04\0\0\0six\0"),
    tiff(*[b"\x12\x01\x03\0\x02\0\0\0\x06\0\x06\0"] * 200),
    b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + bytes(10),
]


@pytest.mark.parametrize("exif", BROKEN_EXIF)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_with_broken_exif_data_is_shown(file_format: str, exif: bytes) -> None:
    assert is_close(shown(saved(field(RED), file_format, exif=exif)), RED)


@FEW
@given(st.lists(st.binary(min_size=12, max_size=12), max_size=6))
def test_a_picture_with_any_exif_entries_is_shown(entries: list[bytes]) -> None:
    assert outcome(saved(field(RED), "JPEG", exif=tiff(*entries)))
