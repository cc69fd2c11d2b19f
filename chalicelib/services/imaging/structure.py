"""A look at how a file is put together, before any decoder sees it.

Pillow walks the segments, chunks and blocks of a file one by one in Python, and libjpeg goes over the whole picture
once for every scan: a small file made of millions of parts would hold either for minutes.
"""

import re
from collections.abc import Generator, Iterator
from zlib import crc32

from chalicelib.domain.errors import PictureRefused
from chalicelib.services.imaging.containers import top_boxes
from chalicelib.services.imaging.refusals import DAMAGED, TOO_INTRICATE
from chalicelib.services.imaging.sniffing import PictureFormat

MAX_PARTS = 100_000  # they take Pillow half a second; a real picture has a few thousand
MAX_SCANS = 60  # of a JPEG: the usual progressive one has 10

PIXEL_LIMITS = {
    PictureFormat.JPEG: 110_000_000,  # decoded at a fraction of its size
    PictureFormat.HEIF: 60_000_000,
    PictureFormat.AVIF: 60_000_000,
    PictureFormat.PNG: 50_000_000,
    PictureFormat.WEBP: 30_000_000,  # its decoder keeps three copies of the canvas
    PictureFormat.GIF: 25_000_000,
}
LAYERED_JPEG_LIMIT = 64_000_000  # pixels, where several scans make libjpeg keep all coefficients
MAX_SCANNED_PIXELS = 20 * LAYERED_JPEG_LIMIT  # in all scans of a JPEG: a second and a half

_MARKER = re.compile(rb"\xff[\x02-\xcf\xd8-\xfe]")  # all but fill bytes, restarts and stuffed zeros
_SCAN = re.compile(rb"\xff\xda")
_SEGMENTS = {*range(0xC0, 0xD0), *range(0xDA, 0xDE), *range(0xE0, 0xF0), 0xFE} - {0xC8}  # libjpeg knows no others
_COPIED_AGAIN = {b"Exif\0\0": 20, b"8BIM": 10_000}  # what a JPEG's head may hold of those that cost Pillow most
_STRAY_BYTE = 0
_START_OF_SCAN = 0xDA
_END_OF_IMAGE = 0xD9
_GIF_EXTENSION = 0x21
_GIF_PICTURE_OR_END = b",;"


def pixel_limit(data: bytes, picture_format: PictureFormat) -> int:
    """Tell how many pixels this file may have; raises PictureRefused for a file that no decoder should see."""
    if picture_format is PictureFormat.JPEG:
        return _jpeg_limit(data)
    for _ in _bounded(_parts(data, picture_format)):
        pass
    return PIXEL_LIMITS[picture_format]


def _jpeg_limit(data: bytes) -> int:
    scans = [place for marker, place in _bounded(_jpeg_segments(data)) if marker == _START_OF_SCAN]
    if not scans:
        raise PictureRefused(DAMAGED)
    if len(scans) > MAX_SCANS or any(data.count(block, 0, scans[0]) > most for block, most in _COPIED_AGAIN.items()):
        raise PictureRefused(TOO_INTRICATE)
    single, layered = PIXEL_LIMITS[PictureFormat.JPEG], min(LAYERED_JPEG_LIMIT, MAX_SCANNED_PIXELS // len(scans))
    return single if len(scans) == 1 else layered


def _bounded[Part](parts: Iterator[Part]) -> Iterator[Part]:
    for number, part in enumerate(parts):
        if number == MAX_PARTS:
            raise PictureRefused(TOO_INTRICATE)
        yield part


def _parts(data: bytes, picture_format: PictureFormat) -> Iterator[int]:
    match picture_format:
        case PictureFormat.PNG:
            return _png_chunks(data)
        case PictureFormat.GIF:
            return _gif_blocks(data)
        case PictureFormat.AVIF | PictureFormat.HEIF:
            return (box.start for box in top_boxes(data))
    return iter(())  # a WebP is walked in C


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the markers and their places up to the end of the first image, and each stray byte in the header.

    They are found as libjpeg meets them.
    What follows that image is not looked at: a phone's moving photo has a film there, in which every marker occurs.
    Nor is the picture's only scan, which is most of the file and holds no parts that Pillow would walk.
    Within the scans libjpeg may pass over what is no marker; in the header it gives up there.
    """
    position, in_header = 2, True
    while (found := _MARKER.search(data, position)) and (marker := data[found.end() - 1]) != _END_OF_IMAGE:
        if in_header:
            yield from ((_STRAY_BYTE, place) for place in range(position, found.start()))
        if in_header and marker not in _SEGMENTS:
            return
        yield marker, found.start()
        if in_header and marker == _START_OF_SCAN and not _SCAN.search(data, found.end()):
            return
        in_header = in_header and marker != _START_OF_SCAN
        position = found.end() + (_segment_bytes(data, found.end()) if marker in _SEGMENTS else 0)


def _segment_bytes(data: bytes, position: int) -> int:
    return max(2, int.from_bytes(data[position : position + 2]))


def _png_chunks(data: bytes) -> Iterator[int]:
    """Yield the position of each chunk up to the last; raises PictureRefused where one has a wrong checksum."""
    position, view = 8, memoryview(data)
    while data[position + 4 : position + 8] not in (b"", b"IEND"):
        yield position
        end = position + 8 + int.from_bytes(data[position : position + 4])
        if data[position + 4 : position + 8] == b"IDAT" and not _is_whole(view[position + 4 : end + 4]):
            raise PictureRefused(DAMAGED)
        position = end + 4


def _is_whole(chunk: memoryview) -> bool:
    """Compare a chunk with its checksum, which Pillow skips where the pixels are; a cut one is not whole either."""
    return crc32(chunk[:-4]) == int.from_bytes(chunk[-4:])


def _gif_blocks(data: bytes) -> Iterator[int]:
    """Yield the position of each block, and of each block's pieces, that comes before the first picture."""
    position = 13 + _gif_palette_bytes(data)
    while (introducer := data[position : position + 1]) and introducer not in _GIF_PICTURE_OR_END:
        yield position
        position += 1
        if introducer[0] == _GIF_EXTENSION:
            position = yield from _gif_extension(data, position + 1)


def _gif_extension(data: bytes, position: int) -> Generator[int, None, int]:
    """Yield the position of each piece of an extension; returns where it ends."""
    while (size := data[position : position + 1]) > b"\0":
        yield position
        position += 1 + size[0]
    return position + 1


def _gif_palette_bytes(data: bytes) -> int:
    flags = int.from_bytes(data[10:11])
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
