"""The way of one picture from the bytes that were sent to everything that is shown of it."""

from io import BytesIO

from PIL import Image

from chalicelib.domain.errors import PictureRefused
from chalicelib.domain.pictures import RenderedPicture, Rendition
from chalicelib.services.imaging.colour import to_srgb_on_white
from chalicelib.services.imaging.decoding import decode, fitting, load_plugin
from chalicelib.services.imaging.fingerprinting import fingerprint
from chalicelib.services.imaging.placeholder import COLOURED_SIDE, HASHED_SIDE, dominant_colour, thumbhash
from chalicelib.services.imaging.refusals import DAMAGED, TOO_HEAVY, TOO_INTRICATE
from chalicelib.services.imaging.sniffing import PictureFormat, sniff
from chalicelib.services.imaging.structure import pixel_limit
from chalicelib.services.imaging.turning import turned, turned_size

QUALITY = 80  # of 100, for both formats
CASCADE_GAP = 1.25  # averages pixels before filtering: half the time, at 43 dB from filtering alone (WebP itself: 35)
WEBP_METHOD = 2  # of 6: half the time of the usual 4, for files a few per cent larger
_TOO_MUCH_TEXT = "MAX_TEXT"  # what Pillow names where a PNG's texts or profile swell to hundreds of megabytes


def render(data: bytes, quarter_turns: int = 0) -> RenderedPicture:
    """Make everything that is shown of a picture; raises PictureRefused, and nothing else."""
    try:
        return _render(data, quarter_turns)
    except PictureRefused:
        raise
    except MemoryError as error:
        raise PictureRefused(TOO_HEAVY) from error
    except Exception as error:  # decoders raise nearly anything for a broken file
        raise PictureRefused(TOO_INTRICATE if _TOO_MUCH_TEXT in str(error) else DAMAGED) from error


def _render(data: bytes, quarter_turns: int) -> RenderedPicture:
    picture_format = sniff(data)
    decoded = decode(data, picture_format, pixel_limit(data, picture_format), Rendition.FULL)
    upright = decoded.notes.upright(to_srgb_on_white(decoded.image, decoded.icc_profile))
    images = _cascade(turned(upright, quarter_turns))
    width, height = turned_size(decoded.notes.upright_size(decoded.size), quarter_turns)
    small = _shrunk(images[Rendition.CARD], COLOURED_SIDE)
    return RenderedPicture(
        width=width,
        height=height,
        renditions={rendition: _as_webp(image) for rendition, image in images.items()},
        preview=_as_jpeg(images[Rendition.FULL]),
        placeholder=thumbhash(_shrunk(small, HASHED_SIDE)),
        colour=dominant_colour(small),
        fingerprint=str(fingerprint(images[Rendition.CARD])),
        taken_at=decoded.notes.taken_at,
        taken_place=decoded.notes.taken_place,
    )


def _cascade(full: Image.Image) -> dict[Rendition, Image.Image]:
    """Make each size of the one above it, which is far less work than of the original."""
    card = _shrunk(full, Rendition.CARD)
    is_wide_enough = min(card.size) >= Rendition.THUMBNAIL
    thumbnail = _square(card if is_wide_enough else full, Rendition.THUMBNAIL)
    return {Rendition.FULL: full, Rendition.CARD: card, Rendition.THUMBNAIL: thumbnail}


def _shrunk(image: Image.Image, longest_side: int) -> Image.Image:
    return image.resize(fitting(image.size, longest_side), Image.Resampling.LANCZOS, reducing_gap=CASCADE_GAP)


def _square(image: Image.Image, side: int) -> Image.Image:
    """Cut the middle out and shrink it; a smaller one stays as it is."""
    shorter = min(image.size)
    left, top = (image.width - shorter) // 2, (image.height - shorter) // 2
    return _shrunk(image.crop((left, top, left + shorter, top + shorter)), side)


def _as_webp(image: Image.Image) -> bytes:
    load_plugin(PictureFormat.WEBP)
    return _saved(image, "WEBP", quality=QUALITY, method=WEBP_METHOD)


def _as_jpeg(image: Image.Image) -> bytes:
    return _saved(image, "JPEG", quality=QUALITY)


def _saved(image: Image.Image, file_format: str, **options: int) -> bytes:
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()
