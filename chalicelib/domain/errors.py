"""What can go wrong, in the domain's words.

Each class is one kind of answer; `chalicelib.api` maps them to HTTP statuses in one table.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One value that cannot be accepted.

    `field` is the path in the body, the parameter's or the header's name, such as `place.latitude`.
    """

    field: str
    message: str


class HomewardError(Exception):
    """Base of everything that the domain refuses; its text may be shown to anybody."""


class Malformed(HomewardError):
    """The request cannot be parsed at all."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Invalid(HomewardError):
    """One or more values were understood and cannot be accepted."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = tuple(errors)

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        """Build the error of a single field."""
        return cls([FieldError(field, message)])


class Unauthenticated(HomewardError):
    """A write came without a token."""


class Forbidden(HomewardError):
    """The token does not open this, whether or not the thing exists."""


class NotFound(HomewardError):
    """There is no such thing, and as far as we know there never was."""


class Gone(HomewardError):
    """It was here and has left; `details` is what may still be told of it."""

    def __init__(self, message: str, **details: str) -> None:
        super().__init__(message)
        self.details = details


class Conflict(HomewardError):
    """The state does not allow this act, or somebody else changed the same thing in the meantime."""


class TooMany(HomewardError):
    """A network did this as often as it may; `seconds` is when it may again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class TooLarge(HomewardError):
    """The body is over its limit."""


class UnsupportedMediaType(HomewardError):
    """The body is not of a type that the route takes."""


class Busy(HomewardError):
    """A resource below is throttled or away; trying again later helps."""


class PictureRefused(HomewardError):
    """The bytes do not give a picture that can be shown; the text is the reason for the person who sent them."""
