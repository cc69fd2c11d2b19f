"""One picture through one stack in this process: `python -m benchmarks.pictures.worker STACK FILE [FOLDER]`.

The libraries are loaded first, then the clock starts; all threads count.
With a folder what was made is kept there.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

QUALITY, EFFORT = 80, 2
FULL, CARD, THUMBNAIL = 1600, 640, 160

type Outputs = Mapping[str, bytes]
type Made = tuple[tuple[int, int], Outputs]


def _homeward() -> Callable[[bytes], Made]:
    from PIL import Image

    from chalicelib.services.imaging.decoding import load_plugin
    from chalicelib.services.imaging.pipeline import render
    from chalicelib.services.imaging.sniffing import PictureFormat

    Image.preinit()
    for picture_format in PictureFormat:
        load_plugin(picture_format)

    def made(data: bytes) -> Made:
        picture = render(data)
        files = {f"{size.value}.webp": file for size, file in picture.renditions.items()}
        return (picture.width, picture.height), files | {"1600.jpg": picture.preview}

    return made


def _pyvips() -> Callable[[bytes], Made]:
    import pyvips

    pyvips.cache_set_max(0)

    def made(data: bytes) -> Made:
        size = pyvips.Image.new_from_buffer(data, "").autorot()
        options: dict[str, Any] = {"height": FULL, "size": "down"}
        if size.get_typeof("icc-profile-data"):
            options["output_profile"] = "srgb"
        full = pyvips.Image.thumbnail_buffer(data, FULL, **options)
        full = full.colourspace("srgb")
        full = (full.flatten(background=255) if full.hasalpha() else full).copy_memory()
        card = full.thumbnail_image(CARD, height=CARD, size="down").copy_memory()
        square = card.thumbnail_image(THUMBNAIL, height=THUMBNAIL, crop="centre")
        files = {
            f"{name}.webp": image.webpsave_buffer(Q=QUALITY, effort=EFFORT, keep="none")
            for name, image in ((FULL, full), (CARD, card), (THUMBNAIL, square))
        }
        return (size.width, size.height), files | {"1600.jpg": full.jpegsave_buffer(Q=QUALITY, keep="none")}

    return made


def _pillow() -> Callable[[bytes], Made]:
    """Do what comes to mind first: open, turn, convert, shrink each size from the whole, save."""
    import pillow_heif
    from PIL import Image, ImageCms, ImageOps

    pillow_heif.register_heif_opener()
    Image.init()

    def made(data: bytes) -> Made:
        image = Image.open(BytesIO(data))
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        if upright.mode.startswith("I"):
            upright = upright.point(lambda level: level / 257).convert("L")
        if upright.has_transparency_data:
            white = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(white, upright.convert("RGBA"))
        if profile and upright.mode in ("RGB", "CMYK"):
            srgb = ImageCms.createProfile("sRGB")
            upright = ImageCms.profileToProfile(upright, BytesIO(profile), srgb, outputMode="RGB") or upright
        upright = upright.convert("RGB")
        files: dict[str, bytes] = {}
        for side in (FULL, CARD):
            files |= saved(ImageOps.contain(upright, (side, side)) if max(upright.size) > side else upright, side)
        return upright.size, files | saved(ImageOps.fit(upright, (THUMBNAIL, THUMBNAIL)), THUMBNAIL)

    def saved(image: Any, side: int) -> dict[str, bytes]:
        image.info.clear()
        names = {f"{side}.webp": "WEBP"} | ({f"{side}.jpg": "JPEG"} if side == FULL else {})
        files = {name: BytesIO() for name in names}
        for name, file_format in names.items():
            image.save(files[name], file_format, quality=QUALITY)
        return {name: file.getvalue() for name, file in files.items()}

    return made


STACKS = {"homeward": _homeward, "pyvips": _pyvips, "pillow": _pillow}


def main(stack: str, file: str, folder: str | None = None) -> None:
    """Print the cost, the size and what was made, in one line of JSON."""
    made, data = STACKS[stack](), Path(file).read_bytes()
    started = time.process_time()
    size, outputs = made(data)
    ms = (time.process_time() - started) * 1000
    for name, content in outputs.items() if folder else ():
        (Path(str(folder)) / name).write_bytes(content)
    print(json.dumps({"ms": ms, "size": size, "bytes": sum(map(len, outputs.values()))}))


if __name__ == "__main__":
    main(*sys.argv[1:])
