"""Picture files for tests, made in memory: corner-coloured, tagged, profiled, cut and swollen ones."""

import re
import struct
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zlib import crc32

import pillow_heif
from PIL import ExifTags, Image

from chalicelib.domain.errors import PictureRefused
from chalicelib.domain.pictures import RenderedPicture, Rendition
from chalicelib.services.imaging import render

pillow_heif.register_heif_opener()

type Colour = tuple[int, int, int]
type Tags = Mapping[Any, object]

NO_TAGS: Tags = {}

RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 160, 0), (0, 0, 255), (255, 255, 0)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
UPRIGHT_CORNERS = [RED, GREEN, BLUE, YELLOW]  # from the upper left, row by row
FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF"]
TOLERANCE = 14  # levels of 255 that lossy formats may be off in the middle of an even field
_HOW_IT_IS_STORED = {  # by EXIF orientation: what undoes the turn that a viewer will make
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def corner_picture(width: int = 400, height: int = 300) -> Image.Image:
    """Paint each quarter in a colour of its own."""
    image = Image.new("RGB", (2, 2))
    image.putdata(UPRIGHT_CORNERS)
    return image.resize((width, height), Image.Resampling.NEAREST)


def field(colour: object, mode: str = "RGB") -> Image.Image:
    """Paint a small picture in one colour of its mode."""
    return Image.new(mode, (64, 48), colour)  # type: ignore[arg-type]  # any mode's colour


def saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def plain_file(file_format: str, image: Image.Image | None = None) -> bytes:
    return saved(image or corner_picture(64, 48), file_format)


def turned_file(orientation: int, file_format: str) -> bytes:
    """Store a 400 by 300 picture as a camera does that was held another way."""
    transposition = _HOW_IT_IS_STORED[orientation]
    image = corner_picture() if transposition is None else corner_picture().transpose(transposition)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return saved(image, file_format, exif=exif.tobytes())


def exif_data(tags: Tags = NO_TAGS, gps: Tags = NO_TAGS, **base: object) -> bytes:
    """Write EXIF data with `tags` in its Exif part and `gps` in its GPS part."""
    exif = Image.Exif()
    for name, value in base.items():
        exif[ExifTags.Base[name]] = value
    exif.get_ifd(ExifTags.IFD.Exif).update(tags)
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    return exif.tobytes()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def all_outputs(picture: RenderedPicture) -> list[bytes]:
    return [*picture.renditions.values(), picture.preview]


def rendition(picture: RenderedPicture, size: Rendition = Rendition.FULL) -> Image.Image:
    return opened(picture.renditions[size])


def pixel(image: Image.Image, across: float = 0.5, down: float = 0.5) -> Colour:
    """Pick a pixel by its place, from 0 to 1."""
    place = int(across * (image.width - 1)), int(down * (image.height - 1))
    red, green, blue = image.convert("RGB").getpixel(place)  # type: ignore[misc]  # RGB has three bands
    return int(red), int(green), int(blue)


def shown(data: bytes) -> Colour:
    """Render a file and pick the middle of what is shown."""
    return pixel(rendition(render(data)))


def corners(image: Image.Image) -> list[Colour]:
    """Pick a pixel in the middle of each quarter."""
    return [pixel(image, across, down) for down in (0.25, 0.75) for across in (0.25, 0.75)]


def is_close(seen: Colour, expected: Colour, tolerance: int = TOLERANCE) -> bool:
    return all(abs(one - other) <= tolerance for one, other in zip(seen, expected, strict=True))


def are_close(seen: list[Colour], expected: list[Colour]) -> bool:
    return len(seen) == len(expected) and all(map(is_close, seen, expected))


def with_segments(jpeg: bytes, *segments: tuple[int, bytes]) -> bytes:
    """Put segments (a marker's second byte, a payload) at the head of a JPEG."""
    head = b"".join(struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload for marker, payload in segments)
    return jpeg[:2] + head + jpeg[2:]


def with_jpeg_size(jpeg: bytes, width: int, height: int) -> bytes:
    """Say in the frame header that a JPEG is of another size."""
    start = max(jpeg.find(b"\xff\xc0"), jpeg.find(b"\xff\xc2"))
    return jpeg[: start + 5] + struct.pack(">HH", height, width) + jpeg[start + 9 :]


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def png_of_size(width: int, height: int) -> bytes:
    """Write the head of a PNG, and next to nothing after it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"x") + png_chunk(b"IEND", b"")


def gif_of_size(width: int, height: int) -> bytes:
    """Write the head of a GIF whose one picture fills the screen."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return b"GIF89a" + screen + b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00;"


def webp_of_size(width: int, height: int) -> bytes:
    """Write the head of an extended WebP."""
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + canvas


def with_box_size(data: bytes, width: int, height: int) -> bytes:
    """Say in every spatial extents box of an AVIF or HEIF that the picture is of another size."""
    first, *others = data.split(b"ispe" + bytes(4))
    return first + b"".join(b"ispe" + bytes(4) + struct.pack(">II", width, height) + part[8:] for part in others)


def outcome(data: bytes) -> bool:
    """Tell whether a picture came of it; anything but a refusal in words is an error."""
    words = ""
    try:
        return bool(render(data).preview)
    except PictureRefused as refused:
        words = str(refused)
    assert re.fullmatch(r"This [^.]+\.", words), words
    return False


def with_bytes(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for place, value in changes:
        changed[place % len(data)] = value
    return bytes(changed)
