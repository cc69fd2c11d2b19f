"""Colours as a browser shows them: 8 bits, sRGB, on white."""

from io import BytesIO

from PIL import Image, ImageChops, ImageCms

_MODES_OF_PROFILES = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}
_KEPT_MODES = {"L", "LA", "RGB", "RGBA", "CMYK"}
_SIXTEEN_TO_EIGHT_BITS = 1 / 257  # 65,535 becomes 255; Pillow's own conversion clips


def plain_mode(image: Image.Image) -> Image.Image:
    """Bring palettes, single bits, 16 bits and transparent colours to one of a few modes that can be resized."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    return _in_mode(image, _plain_mode_of(image))


def _plain_mode_of(image: Image.Image) -> str:
    if image.has_transparency_data:
        return "LA" if image.mode == "LA" else "RGBA"
    if image.mode == "1":
        return "L"
    return image.mode if image.mode in _KEPT_MODES else "RGB"


def to_srgb_on_white(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Make an opaque RGB image, without any information beside its pixels, of one in a plain mode."""
    opaque = _to_srgb(_in_mode(image, image.mode.removesuffix("A")), icc_profile)
    white = Image.new("RGB", image.size, "white")
    white.paste(opaque, mask=image.getchannel("A") if "A" in image.getbands() else None)
    return white


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)


def _to_srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Go through the profile; without one, or with one that is broken or of another kind, through none."""
    if icc_profile:
        try:
            return _through_profile(image, ImageCms.ImageCmsProfile(BytesIO(icc_profile)))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError, KeyError):
            pass
    return _in_mode(image, "RGB")


def _through_profile(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    converted = ImageCms.profileToProfile(
        _in_mode_of_profile(image, _MODES_OF_PROFILES[profile.profile.xcolor_space]),
        profile,
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if converted is None:
        raise ValueError("the profile gave no picture")
    return converted


def _in_mode_of_profile(image: Image.Image, mode: str) -> Image.Image:
    """Bring grey to RGB, and RGB that is all grey to grey; raises ValueError where the profile is of another kind."""
    if image.mode == mode:
        return image
    if (image.mode, mode) == ("L", "RGB") or ((image.mode, mode) == ("RGB", "L") and _is_grey(image)):
        return image.convert(mode)
    raise ValueError(f"a profile for {mode} on a picture in {image.mode}")


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    return not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(red, blue).getbbox())
