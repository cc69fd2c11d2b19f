"""From bytes to pixels, no larger in memory than they need to be."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import AvifImagePlugin, GifImagePlugin, Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from chalicelib.domain.errors import PictureRefused
from chalicelib.services.imaging.camera import CameraNotes, read_camera_notes
from chalicelib.services.imaging.colour import plain_mode
from chalicelib.services.imaging.refusals import TOO_LONG, too_many_pixels
from chalicelib.services.imaging.sniffing import PictureFormat

MAX_SIDE = 20_000  # pixels
_GAP = 2.0  # reduce by whole numbers to twice the wanted size, then filter: cannot be told from filtering it all

# naming the plugins registers them, which spares Pillow from importing its other forty to find ours
_PLUGINS = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)


@dataclass(frozen=True)
class Decoded:
    """A picture as it is stored, perhaps lying on its side: `size` is the original's, `image` is bounded."""

    image: Image.Image
    size: tuple[int, int]
    notes: CameraNotes
    icc_profile: bytes | None


def decode(data: bytes, picture_format: PictureFormat, pixel_limit: int, longest_side: int) -> Decoded:
    """Decode the first frame and shrink it to a longest side.

    Raises PictureRefused for a picture over the limits, and whatever the decoders raise for a broken one.
    """
    if picture_format is PictureFormat.HEIF:
        _register_heif()
    with _pillow_on_guard(pixel_limit), Image.open(BytesIO(data), formats=(picture_format,)) as source:
        check_size(source.size, pixel_limit)
        return _decode(source, longest_side)


def _decode(source: ImageFile.ImageFile, longest_side: int) -> Decoded:
    """Load an opened file, a JPEG at the smallest fraction that is not below the wanted size."""
    size, drafted = source.size, source.draft(None, fitting(source.size, longest_side))
    source.load()
    size, box = (size, drafted[1]) if drafted else (source.size, None)
    notes, icc_profile = read_camera_notes(source), source.info.get("icc_profile")
    image = plain_mode(source).resize(fitting(size, longest_side), Image.Resampling.LANCZOS, box, _GAP)
    return Decoded(image, size, notes, icc_profile)


def fitting(size: tuple[int, int], longest_side: int) -> tuple[int, int]:
    """Shrink a width and a height to a longest side, never below one pixel, and never enlarge them."""
    longest = max(size)
    if longest <= longest_side:
        return size
    width, height = (max(1, round(side * longest_side / longest)) for side in size)
    return width, height


def check_size(size: tuple[int, int], pixel_limit: int) -> None:
    """Raise PictureRefused for a picture with too many pixels in all or on a side."""
    if max(size) > MAX_SIDE:
        raise PictureRefused(TOO_LONG)
    if size[0] * size[1] > pixel_limit:
        raise PictureRefused(too_many_pixels(pixel_limit))


@contextmanager
def _pillow_on_guard(pixel_limit: int) -> Iterator[None]:
    """Hold Pillow to a limit of pixels even before its plugins tell a size, and keep its other warnings quiet."""
    usual_limit = Image.MAX_IMAGE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = pixel_limit
        try:
            yield
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise PictureRefused(too_many_pixels(pixel_limit)) from error
        finally:
            Image.MAX_IMAGE_PIXELS = usual_limit


@cache
def _register_heif() -> None:
    """Teach Pillow to read HEIF, the picture itself only: what else is in the file is as much code to be attacked."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
