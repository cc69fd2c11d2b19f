"""What a listing of a bucket finds, and how far somebody came who reads one that is long."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum


class Stage(IntEnum):
    """What is listed, in this order; a stage is over when its listing is."""

    ORIGINALS = 1
    BACKUP = 2
    RENDITIONS = 3
    RENDITIONS_OF_BACKUP = 4
    DONE = 5


@dataclass(frozen=True)
class Progress:
    """How far the comparison of a day came: after a picture's version, or after a picture where none is named."""

    day: date
    stage: Stage = Stage.ORIGINALS
    picture_id: str = ""
    version: str = ""

    def after(self, place: tuple[str, str] | None) -> "Progress":
        """Go on after a place of the listing, or with the next stage where it ended."""
        if place is None:
            return Progress(self.day, Stage(self.stage + 1))
        return replace(self, picture_id=place[0], version=place[1])


@dataclass(frozen=True)
class Found:
    """A version of an object; `is_deletion` where somebody removed it by hand and only a mark of that is there."""

    picture_id: str
    version: str = ""
    uploaded_at: datetime | None = None
    is_newest: bool = True
    is_deletion: bool = False


@dataclass(frozen=True)
class StockPage:
    """A page of a listing in the order of the pictures' ids, and where to go on, None at its end."""

    found: Sequence[Found]
    next: tuple[str, str] | None
