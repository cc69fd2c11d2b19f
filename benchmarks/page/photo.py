"""A photo of 12 MP as a phone takes it, made ready for sending on a slow phone."""

import io

from PIL import Image
from playwright.sync_api import Browser, FilePayload

from benchmarks.page.chromium import phone
from benchmarks.results import Figure
from benchmarks.served import phone_picture

RUNS = 5
LARGEST = 1_000_000  # bytes
ORIENTATION, MAKER = 0x0112, 0x010F
WATCH = """
window.photo = {};
document.addEventListener("change", () => photo.chosen = performance.now(), true);
const create = URL.createObjectURL;
URL.createObjectURL = blob => {
  if (blob.type === "image/jpeg" && photo.chosen) Object.assign(photo, {ready: performance.now(), blob});
  return create(blob);
};
"""
BYTES = "async () => Array.from(new Uint8Array(await photo.blob.arrayBuffer()))"


def figures(browser: Browser, url: str) -> Figure:
    """Choose it in the report; raises SystemExit where what is sent is too large or tells of the camera."""
    picture = _with_exif(phone_picture(None))
    runs = [_prepared(browser, url, picture) for _run in range(RUNS)]
    size = max(bytes_ for _seconds, bytes_ in runs)
    return Figure(
        "photo of 12 MP made ready",
        "s",
        [seconds for seconds, _bytes in runs],
        "at most 3",
        f"{len(picture) / 1e6:.1f} MB became {size / 1e6:.2f} MB, without EXIF",
    )


def _prepared(browser: Browser, url: str, picture: bytes) -> tuple[float, int]:
    with phone(browser, WATCH, line=False) as page:
        page.goto(f"{url}/report?kind=lost", wait_until="networkidle")
        page.locator("input[type=file]").first.set_input_files(
            FilePayload(name="photo.jpg", mimeType="image/jpeg", buffer=picture)
        )
        page.wait_for_function("() => photo.ready", timeout=60_000)
        seconds: float = page.evaluate("(photo.ready - photo.chosen) / 1000")
        made = bytes(page.evaluate(BYTES))
    if len(made) > LARGEST or b"Exif\0\0" in made:
        raise SystemExit("the photo that is sent is too large, or tells of the camera")
    return seconds, len(made)


def _with_exif(picture: bytes) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKER] = "Homeward"
    file = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(file, "JPEG", quality=90, exif=exif)
    return file.getvalue()
