"""What good pictures become: their sizes, upright and of every format."""

import subprocess
import sys

import pytest
from PIL import Image

from chalicelib.domain.pictures import Rendition
from chalicelib.services.imaging import render
from tests.services import picture_files as files
from tests.services.picture_files import (
    BLUE,
    FORMATS,
    GREEN,
    RED,
    UPRIGHT_CORNERS,
    are_close,
    corner_picture,
    corners,
    exif_data,
    field,
    is_close,
    pixel,
    plain_file,
    rendition,
    saved,
    shown,
    turned_file,
)


def test_a_large_picture_is_shown_in_three_sizes_and_a_preview() -> None:
    picture = render(saved(corner_picture(2400, 1800), "JPEG"))
    assert (picture.width, picture.height) == (2400, 1800)
    assert [rendition(picture, size).size for size in Rendition] == [(160, 160), (640, 480), (1600, 1200)]
    assert [rendition(picture, size).format for size in Rendition] == ["WEBP", "WEBP", "WEBP"]
    preview = files.opened(picture.preview)
    assert (preview.size, preview.format) == ((1600, 1200), "JPEG")
    for image in (*(rendition(picture, size) for size in Rendition), preview):
        assert are_close(corners(image), UPRIGHT_CORNERS)


def test_a_small_picture_is_not_enlarged() -> None:
    picture = render(saved(corner_picture(100, 70), "PNG"))
    assert [rendition(picture, size).size for size in Rendition] == [(70, 70), (100, 70), (100, 70)]
    assert files.opened(picture.preview).size == (100, 70)


def test_a_picture_of_one_pixel_is_a_picture() -> None:
    picture = render(saved(Image.new("RGB", (1, 1), RED), "PNG"))
    assert {rendition(picture, size).size for size in Rendition} == {(1, 1)}
    assert picture.colour == "#ff0000"


@pytest.mark.parametrize("size", [(20_000, 1), (1, 20_000), (5000, 3)])
def test_a_thread_of_a_picture_is_a_picture(size: tuple[int, int]) -> None:
    picture = render(saved(Image.new("L", size, 128), "PNG"))
    assert max(rendition(picture).size) == 1600


def test_a_wide_picture_still_has_a_full_thumbnail() -> None:
    picture = render(saved(corner_picture(3000, 300), "JPEG"))
    assert rendition(picture, Rendition.CARD).size == (640, 64)
    assert rendition(picture, Rendition.THUMBNAIL).size == (160, 160)


def test_the_thumbnail_is_cut_from_the_middle() -> None:
    image = Image.new("RGB", (900, 300), RED)
    image.paste(GREEN, (300, 0, 600, 300))
    thumbnail = rendition(render(saved(image, "PNG")), Rendition.THUMBNAIL)
    assert are_close([pixel(thumbnail, 0.05), pixel(thumbnail), pixel(thumbnail, 0.95)], [GREEN] * 3)


@pytest.mark.parametrize("size", [(3203, 2405), (6401, 4807), (13_001, 1777)])
def test_a_jpeg_decoded_at_a_fraction_keeps_its_size_and_shape(size: tuple[int, int]) -> None:
    picture = render(saved(corner_picture(*size), "JPEG"))
    assert (picture.width, picture.height) == size
    full = rendition(picture)
    assert full.size == (1600, round(1600 * size[1] / size[0]))
    assert are_close(corners(full), UPRIGHT_CORNERS)


def test_the_same_bytes_give_the_same_result() -> None:
    data = turned_file(6, "JPEG")
    assert render(data) == render(data)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_a_picture_is_upright_however_the_camera_was_held(file_format: str, orientation: int) -> None:
    picture = render(turned_file(orientation, file_format))
    assert (picture.width, picture.height) == (400, 300)
    for size in Rendition:
        assert are_close(corners(rendition(picture, size)), UPRIGHT_CORNERS), size


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_changes_nothing(orientation: int) -> None:
    data = saved(corner_picture(), "JPEG", exif=exif_data(Orientation=orientation))
    assert are_close(corners(rendition(render(data))), UPRIGHT_CORNERS)


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_is_read(file_format: str) -> None:
    picture = render(plain_file(file_format, corner_picture()))
    assert (picture.width, picture.height) == (400, 300)
    assert are_close(corners(rendition(picture)), UPRIGHT_CORNERS)


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 0}, {"restart_marker_rows": 1}])
def test_every_kind_of_jpeg_is_read(options: dict[str, int]) -> None:
    data = saved(corner_picture(), "JPEG", **options)
    assert are_close(corners(rendition(render(data))), UPRIGHT_CORNERS)


def test_a_grey_jpeg_is_read() -> None:
    assert is_close(shown(saved(field(100, "L"), "JPEG")), (100, 100, 100))


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_shows_its_first_frame(file_format: str) -> None:
    others = [field(BLUE), field(GREEN)]
    data = saved(field(RED), file_format, save_all=True, append_images=others, duration=100)
    assert is_close(shown(data), RED)


def test_the_first_picture_of_several_in_a_jpeg_is_shown() -> None:
    data = saved(corner_picture(3600, 2700), "MPO", save_all=True, append_images=[field(BLUE)])
    picture = render(data)
    assert (picture.width, picture.height) == (3600, 2700)
    assert are_close(corners(rendition(picture)), UPRIGHT_CORNERS)


def test_a_film_after_the_picture_of_a_moving_photo_does_no_harm() -> None:
    assert is_close(shown(saved(field(RED), "JPEG") + b"\xff\xda\0\x02" * 1000), RED)


def test_importing_the_pipeline_needs_no_image_library() -> None:
    program = "import sys; sys.modules['PIL'] = sys.modules['pillow_heif'] = None; import chalicelib.services.imaging"
    subprocess.run([sys.executable, "-c", program], check=True)
