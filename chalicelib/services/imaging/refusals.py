"""Why a picture is refused, in one sentence for the person who sent it."""

NOT_A_PICTURE = "This file is not a picture that we can read: send a JPEG, PNG, WebP, GIF, AVIF or HEIC."
DAMAGED = "This picture is damaged or incomplete: send the original file again."
TOO_INTRICATE = "This file is built in a way that we cannot read safely: save the picture anew and send that."
TOO_LONG = "This picture is too wide or too tall: send one of at most 20,000 pixels on a side."
TOO_HEAVY = "This picture is too large for us to open: send a smaller copy of it."


def too_many_pixels(limit: int) -> str:
    """Name the limit, in pixels, that the picture is over."""
    return f"This picture is too large: send one of at most {limit // 1_000_000} megapixels."
