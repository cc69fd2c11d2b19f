"""What fingerprints find of copies, and how often another photo would be taken for one.

Whole photos are few: for the tail of the distances each is cut into 4 x 4 pieces as well, and pieces of different
photos are compared.
The tail is continued as an exponential through the distances that one pair in a hundred and one in a thousand
undercuts; the true one falls faster, so that this is more than there will be.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import combinations
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

from benchmarks.results import Figure
from chalicelib.domain.fingerprints import LOOSE_DISTANCE, STRICT_DISTANCE, Fingerprint
from chalicelib.domain.pictures import Rendition
from chalicelib.services.imaging import render
from chalicelib.services.imaging.fingerprinting import fingerprint

PHOTOS = (  # the distinct ones
    "d_IMG_2927.HEIC", "e_DSCN0010.jpg", "e_IMG_5195.HEIC", "e_jolla.jpg", "h_arrow.heic", "l_example.avif",
    "p_hopper_orientation_6.webp", "p_icc_profile_big.jpg", "p_rot1mir1.avif", "r_Landscape_1.jpg",
    "r_Portrait_6.jpg", "s_Channel_digital_image_CMYK_color.jpg", "v_avif-orientation-6.avif", "v_sample-xyb.jpg",
    "s_sdr_cosmos12920_cicp1-13-6_yuv444_full_qp10.avif",
)  # fmt: skip
PIECES = 4  # of a side
CROWD = 10_000  # photos of the same region

type Change = Callable[[Image.Image], Image.Image]


def figures(originals: Path) -> Iterator[Figure]:
    """Measure copies and strangers."""
    photos = [_shown(originals / "good" / name) for name in PHOTOS]
    for title, changes in COPIES.items():
        yield _found(f"{title}, found at {STRICT_DISTANCE}", photos, changes, STRICT_DISTANCE, "100")
    yield _found(f"cropped by 5 %, found at {LOOSE_DISTANCE}", photos, CROPS, LOOSE_DISTANCE, "at least 99")
    whole, pieces = _distances([[photo] for photo in photos]), _distances([_pieces(photo) for photo in photos])
    yield Figure("nearest pair of different photos", "bits", [whole[0]], note=f"{len(whole):,} pairs")
    yield Figure("nearest pair of pieces of different photos", "bits", [pieces[0]], note=f"{len(pieces):,} pairs")
    for title, distance, goal in (
        ("false alarms to a reporter", STRICT_DISTANCE, "at most 0.02"),
        ("false hints to a moderator", LOOSE_DISTANCE, ""),
    ):
        yield Figure(f"{title}, per photo among {CROWD:,}", "photos", [CROWD * _tail(pieces, distance)], goal)


def _shown(path: Path) -> Image.Image:
    return _opened(render(path.read_bytes()).renditions[Rendition.FULL])


def _opened(file: bytes) -> Image.Image:
    with Image.open(BytesIO(file)) as image:
        return image.convert("RGB")


def _hash(photo: Image.Image) -> Fingerprint:
    return fingerprint(ImageOps.contain(photo, (640, 640)) if max(photo.size) > Rendition.CARD else photo)


def _found(title: str, photos: list[Image.Image], changes: list[Change], distance: int, goal: str) -> Figure:
    distances = [_hash(photo).distance(_hash(change(photo))) for photo in photos for change in changes]
    found = sum(each <= distance for each in distances)
    return Figure(
        title, "%", [100 * found / len(distances)], goal, f"{len(distances)} copies, at most {max(distances)}"
    )


def _saved(file_format: str, quality: int) -> Change:
    def change(photo: Image.Image) -> Image.Image:
        file = BytesIO()
        photo.save(file, file_format, quality=quality)
        return _opened(file.getvalue())

    return change


def _resized(part: float) -> Change:
    return lambda photo: photo.resize((round(photo.width * part), round(photo.height * part)))


def _brightened(by: float) -> Change:
    return lambda photo: ImageEnhance.Brightness(photo).enhance(by)


def _cut(left: float, upper: float, right: float, lower: float) -> Change:
    """Cut parts of the width and the height off each edge."""

    def change(photo: Image.Image) -> Image.Image:
        width, height = photo.size
        return photo.crop(
            (round(left * width), round(upper * height), round(width - right * width), round(height - lower * height))
        )

    return change


COPIES: dict[str, list[Change]] = {
    "recompressed (JPEG 40 and 70, WebP 40)": [_saved("JPEG", 40), _saved("JPEG", 70), _saved("WEBP", 40)],
    "resized to 20, 50 and 130 %": [_resized(0.2), _resized(0.5), _resized(1.3)],
    "brightness -30 to +20 %": [_brightened(by) for by in (0.7, 0.8, 0.9, 1.1, 1.2)],
    "recoloured (grey, gaudy, more contrast)": [
        lambda photo: ImageEnhance.Color(photo).enhance(0),
        lambda photo: ImageEnhance.Color(photo).enhance(1.5),
        lambda photo: ImageEnhance.Contrast(photo).enhance(1.2),
    ],
    "mirrored, with black bars": [
        ImageOps.mirror,
        lambda photo: ImageOps.expand(photo, (0, photo.height // 6), "black"),
    ],
}
CROPS = [_cut(0.025, 0.025, 0.025, 0.025), *(_cut(*(0.05 * (edge == cut) for edge in range(4))) for cut in range(4))]


def _pieces(photo: Image.Image) -> list[Image.Image]:
    width, height = photo.width // PIECES, photo.height // PIECES
    corners = [(column * width, row * height) for row in range(PIECES) for column in range(PIECES)]
    return [photo.crop((left, upper, left + width, upper + height)) for left, upper in corners]


def _distances(groups: list[list[Image.Image]]) -> list[int]:
    """Compare what comes from different photos; the nearest first."""
    hashes = [[_hash(image) for image in group] for group in groups]
    return sorted(one.distance(two) for mine, theirs in combinations(hashes, 2) for one in mine for two in theirs)


def _tail(distances: list[int], distance: int) -> float:
    """Estimate which part of pairs is at most so far apart."""
    hundredth, thousandth = (distances[len(distances) // part] for part in (100, 1000))
    return float(10 ** (-3 - (thousandth - distance) / max(1, hundredth - thousandth)))
