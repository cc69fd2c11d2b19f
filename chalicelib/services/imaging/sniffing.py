"""Which format a file has, told by its first bytes alone: names and content types are not to be believed."""

import re
from enum import StrEnum

from chalicelib.domain.errors import PictureRefused
from chalicelib.services.imaging.refusals import NOT_A_PICTURE


class PictureFormat(StrEnum):
    """The formats that are let in; the values are Pillow's names of them."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    GIF = "GIF"
    AVIF = "AVIF"
    HEIF = "HEIF"


_MAGIC = {
    PictureFormat.JPEG: re.compile(rb"\xff\xd8\xff"),
    PictureFormat.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    PictureFormat.GIF: re.compile(rb"GIF8[79]a"),
    PictureFormat.WEBP: re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL),
}
_AVIF_BRANDS = {b"avif", b"avis"}
_HEVC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_NEUTRAL_BRANDS = {b"mif1", b"msf1"}  # containers of either codec: the compatible brands tell which
_MAX_FTYP_BYTES = 256  # a file type box of 60 brands


def sniff(data: bytes) -> PictureFormat:
    """Tell the format; raises PictureRefused for anything else, SVG, TIFF, PSD, EPS, PDF and BMP included."""
    for picture_format, magic in _MAGIC.items():
        if magic.match(data):
            return picture_format
    return _container_format(data)


def _container_format(data: bytes) -> PictureFormat:
    """Tell AVIF from HEIF by the brands of an ISO base media file."""
    brands = _brands(data)
    if brands[0] in _AVIF_BRANDS or (brands[0] in _NEUTRAL_BRANDS and _AVIF_BRANDS.intersection(brands)):
        return PictureFormat.AVIF
    if brands[0] in _HEVC_BRANDS | _NEUTRAL_BRANDS:
        return PictureFormat.HEIF
    raise PictureRefused(NOT_A_PICTURE)


def _brands(data: bytes) -> list[bytes]:
    """List the major brand and then the compatible ones; the major one is empty where there is no ftyp box."""
    if data[4:8] != b"ftyp":
        return [b""]
    end = min(int.from_bytes(data[:4]), _MAX_FTYP_BYTES)
    return [data[8:12], *(data[start : start + 4] for start in range(16, end, 4))]
