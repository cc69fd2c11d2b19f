"""What people say of a picture they send; it travels in the object's metadata, so that neither is lost alone."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass

from chalicelib.domain.errors import Invalid

MAX_NAME = 200  # characters
MAX_AUTHOR = 100
MAX_CATEGORY = 50
MAX_CAPTION = 500
MAX_ENCODED = 1_900  # bytes: S3 keeps 2 KB of metadata with an object, names included


@dataclass(frozen=True)
class Description:
    """The name of the file, and what was written about it; as public as the picture."""

    name: str | None = None
    author: str | None = None
    category: str | None = None
    caption: str | None = None

    def encoded(self) -> str:
        """Write it in letters that every header can carry, nothing where there is nothing to say.

        Raises Invalid, naming the caption, for what is too long in bytes though not in characters.
        """
        said = {field: text for field, text in asdict(self).items() if text}
        if not said:
            return ""
        written = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        encoded = urlsafe_b64encode(written).decode()
        if len(encoded) > MAX_ENCODED:
            raise Invalid.field("X-Picture-Caption", "is too long together with the name, the author and the category")
        return encoded

    @classmethod
    def decoded(cls, text: str) -> "Description":
        """Read what `encoded` wrote; what was written by others is as good as nothing."""
        try:
            said = json.loads(urlsafe_b64decode(text.encode()))
            return cls(**{field: str(said[field]) for field in cls.__dataclass_fields__ if field in said})
        except (NotBase64, ValueError, TypeError):
            return NOTHING_SAID


NOTHING_SAID = Description()
