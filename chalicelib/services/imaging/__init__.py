"""The picture pipeline: bytes that a stranger sent become upright, bounded renditions without the camera's metadata.

Importing this package costs nothing: Pillow and pillow-heif are loaded when the first picture is rendered, so that
the functions that never see a picture do not pay for them, nor need them installed.
"""

from chalicelib.domain.pictures import RenderedPicture


def render(data: bytes, quarter_turns: int = 0) -> RenderedPicture:
    """Make everything that is shown of a picture; the same bytes and turns give the same result.

    `quarter_turns` is how often its owner turned the upright picture clockwise, 0 to 3.
    Raises PictureRefused, and nothing else, for bytes that do not give a picture.
    """
    from chalicelib.services.imaging import pipeline

    return pipeline.render(data, quarter_turns)
