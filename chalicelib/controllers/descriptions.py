"""What is said of a picture, as the API takes it: in a query and headers beside the bytes, or in the body of a wish."""

from contextlib import suppress
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from chalicelib.controllers.models import Headers, Line, Query
from chalicelib.domain.descriptions import MAX_AUTHOR, MAX_CAPTION, MAX_CATEGORY, MAX_NAME, Description


def _one_file(name: str) -> str:
    if "/" in name or "\\" in name or name in (".", ".."):
        raise ValueError("must be the name of a file, without a folder")
    return name


def _decoded(value: Any) -> Any:
    """Read what a header cannot carry as it is: UTF-8, as percents or as the bytes that a server took for Latin-1."""
    if not isinstance(value, str):
        return value
    with suppress(UnicodeError):  # where it was read as what it is
        value = value.encode("latin-1").decode()
    return unquote(value)


FileName = Annotated[Line, StringConstraints(max_length=MAX_NAME), AfterValidator(_one_file)]
Author = Annotated[Line, StringConstraints(max_length=MAX_AUTHOR)]
Category = Annotated[Line, StringConstraints(max_length=MAX_CATEGORY)]
Caption = Annotated[Line, StringConstraints(max_length=MAX_CAPTION)]
_HINT = "UTF-8 is written with percents"


class PictureQuery(Query):
    """The name of the file that is sent."""

    name: FileName | None = None


class NewPictureQuery(PictureQuery):
    """The announcement that a picture is for."""

    announcement: str


class PictureHeaders(Headers):
    """What is said of the picture that is sent."""

    author: Annotated[Author, BeforeValidator(_decoded)] | None = Field(
        default=None, alias="X-Picture-Author", description=_HINT
    )
    category: Annotated[Category, BeforeValidator(_decoded)] | None = Field(
        default=None, alias="X-Picture-Category", description=_HINT
    )
    caption: Annotated[Caption, BeforeValidator(_decoded)] | None = Field(
        default=None, alias="X-Picture-Caption", description=_HINT
    )

    def description(self, name: str | None) -> Description:
        """Give it with the name of the file as the domain has it."""
        return Description(name or None, self.author or None, self.category or None, self.caption or None)
