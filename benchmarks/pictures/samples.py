"""The large files, made from the real ones by a fixed recipe.

All come from two photos: a waterfall, rich in detail (1800 x 1200), and the colour profile of a phone's own HEIC.
JPEGs have quality 90 with 4:2:0, as phones write them.
"Resized" is enlarged with Lanczos; "tiled" is laid side by side, each neighbour mirrored, so that it has as much
detail as a sharp lens gives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

DETAILED = "good/r_Landscape_1.jpg"
WIDE_GAMUT = "good/d_IMG_2927.HEIC"
PHONE_12, PHONE_48, WEBP_30, PNG_50 = (4032, 3024), (8064, 6048), (6312, 4752), (8160, 6120)


@dataclass(frozen=True)
class Sample:
    """A file to make: what is in it, and how it is told in the figures."""

    name: str
    title: str
    make: Callable[[Path], bytes]


def samples() -> list[Sample]:
    """Name them all, the cheap ones first."""
    return [
        Sample("12.jpg", "12 MP JPEG", lambda folder: _jpeg(_resized(folder, PHONE_12))),
        Sample(
            "12-p3.jpg", "12 MP JPEG, Display P3", lambda folder: _jpeg(_resized(folder, PHONE_12), _profile(folder))
        ),
        Sample("12-tiled.jpg", "12 MP JPEG, tiled", lambda folder: _jpeg(_tiled(folder, PHONE_12))),
        Sample(
            "12-layers.jpg",
            "12 MP JPEG, progressive",
            lambda folder: _jpeg(_resized(folder, PHONE_12), progressive=True),
        ),
        Sample("48.jpg", "48 MP JPEG, tiled", lambda folder: _jpeg(_tiled(folder, PHONE_48))),
        Sample("phone.heic", "12 MP HEIC of a phone", lambda folder: (folder / WIDE_GAMUT).read_bytes()),
        Sample(
            "30.webp", "30 MP WebP, tiled", lambda folder: _saved(_tiled(folder, WEBP_30), "WEBP", quality=80, method=0)
        ),
        Sample("50.png", "50 MP PNG, tiled", lambda folder: _saved(_tiled(folder, PNG_50), "PNG", compress_level=1)),
        Sample(
            "48.avif", "48 MP AVIF, tiled", lambda folder: _saved(_tiled(folder, PHONE_48), "AVIF", quality=60, speed=9)
        ),
        Sample("48.heic", "48 MP HEIC, tiled", lambda folder: _heic(_tiled(folder, PHONE_48))),
    ]


def made(sample: Sample, originals: Path, folder: Path) -> Path:
    """Write a sample's file."""
    path = folder / sample.name
    path.write_bytes(sample.make(originals))
    return path


@cache
def _detailed(folder: Path) -> Image.Image:
    with Image.open(folder / DETAILED) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def _resized(folder: Path, size: tuple[int, int]) -> Image.Image:
    return _detailed(folder).resize(size, Image.Resampling.LANCZOS)


def _tiled(folder: Path, size: tuple[int, int]) -> Image.Image:
    tile, whole = _detailed(folder), Image.new("RGB", size)
    for row, top in enumerate(range(0, size[1], tile.height)):
        for column, left in enumerate(range(0, size[0], tile.width)):
            turned = ImageOps.mirror(tile) if column % 2 else tile
            whole.paste(ImageOps.flip(turned) if row % 2 else turned, (left, top))
    return whole


@cache
def _profile(folder: Path) -> bytes:
    import pillow_heif

    return bytes(pillow_heif.open_heif(folder / WIDE_GAMUT).info["icc_profile"])


def _jpeg(image: Image.Image, icc_profile: bytes | None = None, *, progressive: bool = False) -> bytes:
    return _saved(image, "JPEG", quality=90, icc_profile=icc_profile, progressive=progressive)


def _heic(image: Image.Image) -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    return _saved(image, "HEIF", quality=60)


def _saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    image.info.clear()
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()
