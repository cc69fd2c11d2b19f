"""Turns that a picture's owner asked for, because the camera wrote the wrong one."""

from PIL import Image

_CLOCKWISE = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


def turned(image: Image.Image, quarter_turns: int) -> Image.Image:
    """Turn an image clockwise, 0 to 3 times a quarter."""
    return image.transpose(_CLOCKWISE[quarter_turns]) if quarter_turns else image


def turned_size(size: tuple[int, int], quarter_turns: int) -> tuple[int, int]:
    """Turn a width and a height likewise."""
    return (size[1], size[0]) if quarter_turns % 2 else size
