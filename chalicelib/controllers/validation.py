"""Pydantic's findings in our words."""

from pydantic import ValidationError

from chalicelib.domain.errors import FieldError


def field_errors(error: ValidationError) -> list[FieldError]:
    """Name each field at fault by its path; what was sent is not repeated."""
    return [
        FieldError(".".join(str(part) for part in found["loc"]) or "body", found["msg"].removeprefix("Value error, "))
        for found in error.errors(include_url=False, include_input=False, include_context=False)
    ]
