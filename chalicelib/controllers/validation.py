"""Pydantic's findings in our words."""

from typing import Any

from pydantic import ValidationError

from chalicelib.domain.errors import FieldError

_LENGTHS = {
    "too_long": "must have at most {max_length} characters",
    "too_short": "must not be empty",
}


def field_errors(error: ValidationError) -> list[FieldError]:
    """Name each field at fault by its path; what was sent is not repeated."""
    return [
        FieldError(".".join(str(part) for part in found["loc"]) or "body", _message(found))
        for found in error.errors(include_url=False)
    ]


def _message(found: Any) -> str:
    """Say what is wrong; pydantic calls the characters of a text items where one of our validators came first."""
    if isinstance(found["input"], str) and found["type"] in _LENGTHS:
        return _LENGTHS[found["type"]].format(**found["ctx"])
    return str(found["msg"]).removeprefix("Value error, ")
