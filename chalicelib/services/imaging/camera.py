"""What the camera wrote into the file: how it was held, and privately when and where the picture was taken."""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PIL import ExifTags, Image

from chalicelib.domain.geography import Point

EARLIEST_YEAR = 1990  # before it no camera wrote EXIF: its clock was never set
_TIME_FORMAT = "%Y:%m:%d %H:%M:%S%z"
_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
_HEMISPHERES = {"N": 1, "S": -1, "E": 1, "W": -1}
_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class CameraNotes:
    """What could be read and believed; `transposition` is what makes the picture upright.

    `taken_at` is in UTC, or as good as the camera's clock where it names no offset, which is then taken to be UTC.
    """

    transposition: Image.Transpose | None = None
    taken_at: datetime | None = None
    taken_place: Point | None = None

    def upright(self, image: Image.Image) -> Image.Image:
        """Turn the image as the camera was held."""
        return image if self.transposition is None else image.transpose(self.transposition)

    def upright_size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Turn a width and a height likewise."""
        return (size[1], size[0]) if self.transposition in _SIDEWAYS else size


def read_camera_notes(image: Image.Image) -> CameraNotes:
    """Read the EXIF data of a loaded image; what is broken in it is as good as absent."""
    transposition = taken_at = taken_place = None
    # Pillow's parser raises nearly anything for broken EXIF data, anew at every access
    with contextlib.suppress(Exception):
        transposition = _TRANSPOSITIONS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    with contextlib.suppress(Exception):
        taken_at = _time(image.getexif().get_ifd(ExifTags.IFD.Exif))
    with contextlib.suppress(Exception):
        taken_place = _place(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    return CameraNotes(transposition, taken_at, taken_place)


def _time(tags: Mapping[int, Any]) -> datetime | None:
    written = _text(tags[ExifTags.Base.DateTimeOriginal]) + _offset(tags)
    taken_at = datetime.strptime(written, _TIME_FORMAT).astimezone(UTC)
    return taken_at if taken_at.year >= EARLIEST_YEAR else None


def _offset(tags: Mapping[int, Any]) -> str:
    offset = _text(tags.get(ExifTags.Base.OffsetTimeOriginal))
    return offset if _OFFSET.fullmatch(offset) else "+00:00"


def _text(value: object) -> str:
    return str(value).strip(" \0")


def _place(tags: Mapping[int, Any]) -> Point | None:
    """Read the position; raises Invalid for one that is out of range."""
    latitude = _degrees(tags[ExifTags.GPS.GPSLatitude], tags[ExifTags.GPS.GPSLatitudeRef])
    longitude = _degrees(tags[ExifTags.GPS.GPSLongitude], tags[ExifTags.GPS.GPSLongitudeRef])
    never_fixed = latitude == longitude == 0
    return None if never_fixed else Point(latitude, longitude)


def _degrees(parts: tuple[Any, Any, Any], hemisphere: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return _HEMISPHERES[_text(hemisphere)] * (degrees + minutes / 60 + seconds / 3600)
