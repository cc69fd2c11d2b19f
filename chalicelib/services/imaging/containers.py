"""The boxes of AVIF and HEIF files (ISO/IEC 14496-12): what they say of the picture before a decoder sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from chalicelib.domain.errors import PictureRefused
from chalicelib.services.imaging.code_points import CodePoints
from chalicelib.services.imaging.refusals import DAMAGED

MAX_LOOKED_AT = 10_000  # boxes of a box, and links from items to properties: 60 megapixels in tiles have a thousand
PADDING = 63  # pixels at most: HEVC's blocks have sides of up to 64, and AV1 pads nothing
_FULL = 4  # bytes of version and flags at the start of some boxes
_LARGE_SIZE = 1  # where a size of 64 bits follows the type
_WIDE_INDEX_FLAG = 1


@dataclass(frozen=True)
class Box:
    """A box's place in the file: `start` and `end` enclose its content."""

    kind: bytes
    start: int
    end: int


_NOTHING = Box(b"", 0, 0)


@dataclass(frozen=True)
class Primary:
    """What is said of the item that is shown, where it is said: its size in pixels as it is coded, and its colours."""

    size: tuple[int, int] = (0, 0)
    colours: CodePoints | None = None

    @property
    def least_size(self) -> tuple[int, int]:
        """The size without what an encoder may have added to fill its blocks."""
        width, height = (max(0, side - PADDING) for side in self.size)
        return width, height


def top_boxes(data: bytes) -> Iterator[Box]:
    """Yield each top-level box; raises PictureRefused where one ends after the file.

    libheif would decode the half of a picture that was cut off.
    """
    for box in _boxes(data, 0, len(data)):
        if box.end > len(data):
            raise PictureRefused(DAMAGED)
        yield box


def primary_item(data: bytes) -> Primary:
    """Read what the container says of its primary item; what is missing or broken is left to the decoder."""
    meta = _inside(data, Box(b"", 0, len(data))).get(b"meta")
    if meta is None:
        return Primary()
    parts = _inside(data, meta, _FULL)
    properties = _inside(data, parts.get(b"iprp", _NOTHING))
    linked = _properties(data, properties, _primary_id(data, parts.get(b"pitm", _NOTHING)))
    sizes = [_size(data, box) for box in linked if box.kind == b"ispe"]
    colours = [_colours(data, box) for box in linked if data[box.start : box.start + 4] == b"nclx"]
    return Primary(max(sizes, default=(0, 0)), colours[0] if colours else None)


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        following = start + _box_bytes(data, start, end)
        yield Box(data[start + 4 : start + 8], start + _head_bytes(data, start), following)
        start = following


def _box_bytes(data: bytes, start: int, end: int) -> int:
    """Read the size of a box, at least that of its head: 0 stands for the rest of what it is in."""
    size = _number(data, start, 4)
    if size == _LARGE_SIZE:
        size = _number(data, start + 8, 8)
    return max(size, 8) if size else end - start


def _head_bytes(data: bytes, start: int) -> int:
    return 16 if _number(data, start, 4) == _LARGE_SIZE else 8


def _inside(data: bytes, outer: Box, head: int = 0) -> Mapping[bytes, Box]:
    """Find the boxes in a box, the first of each kind."""
    found: dict[bytes, Box] = {}
    for box in islice(_boxes(data, outer.start + head, min(outer.end, len(data))), MAX_LOOKED_AT):
        found.setdefault(box.kind, box)
    return found


def _number(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(data[start : start + length])


def _primary_id(data: bytes, box: Box) -> int:
    return _number(data, box.start + _FULL, 4 if _version(data, box) else 2)


def _version(data: bytes, box: Box) -> int:
    return _number(data, box.start, 1)


def _properties(data: bytes, properties: Mapping[bytes, Box], item: int) -> list[Box]:
    """List the property boxes that are linked to an item."""
    container, links = properties.get(b"ipco", _NOTHING), properties.get(b"ipma", _NOTHING)
    known = list(islice(_boxes(data, container.start, min(container.end, len(data))), MAX_LOOKED_AT))
    numbers = [number for owner, number in _links(data, links) if owner == item]
    return [known[number - 1] for number in numbers if 0 < number <= len(known)]


def _links(data: bytes, box: Box) -> Iterator[tuple[int, int]]:
    """Yield pairs of an item and the number of one of its properties, from 1."""
    id_bytes = 4 if _version(data, box) else 2
    index_bytes = 2 if _number(data, box.start + 3, 1) & _WIDE_INDEX_FLAG else 1
    position, seen = box.start + _FULL + 4, 0
    while position < min(box.end, len(data)) and seen < MAX_LOOKED_AT:
        item, count = _number(data, position, id_bytes), _number(data, position + id_bytes, 1)
        position += id_bytes + 1
        for _ in range(count):
            yield item, _number(data, position, index_bytes) & (0x7F if index_bytes == 1 else 0x7FFF)
            position += index_bytes
        seen += count + 1


def _size(data: bytes, box: Box) -> tuple[int, int]:
    return _number(data, box.start + _FULL, 4), _number(data, box.start + _FULL + 4, 4)


def _colours(data: bytes, box: Box) -> CodePoints:
    return CodePoints(_number(data, box.start + 4, 2), _number(data, box.start + 6, 2))
