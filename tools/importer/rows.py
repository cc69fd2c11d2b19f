"""The rows of a CSV file as the API takes announcements.

Besides the required columns there may be text, link, contact, published_at and picture.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

REQUIRED = ("external_id", "kind", "species", "event_at", "latitude", "longitude", "title")
COLUMNS = {"place.latitude": "latitude", "place.longitude": "longitude", "contact.email": "contact"}
COLUMNS |= {"contact.phone": "contact", "place": "latitude"}  # the API's fields that are named otherwise in the file
MOVED = ("event_at", "published_at")


class UnusableFile(Exception):
    """The file as a whole cannot be imported; the text says why in one line."""


@dataclass(frozen=True)
class Refusal:
    """One value that was refused: where it stands and why."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Say it as a line of the report."""
        return f"line {self.line}: {self.column}: {self.reason}"


@dataclass(frozen=True)
class Row:
    """One line of the file: the announcement as the API takes it, the path of its picture, or why it is refused."""

    line: int
    announcement: dict[str, Any]
    picture: Path | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Table:
    """A CSV file; it is read line by line, so its size does not matter."""

    path: Path
    shift: timedelta = timedelta()
    lives_days: int | None = None

    def rows(self) -> Iterator[Row]:
        """Read all rows; raises UnusableFile when required columns are missing or it is not UTF-8."""
        for line, cells in self._cells():
            yield self._row(line, cells)

    def newest_day(self) -> date:
        """Find the newest day of the event times; raises UnusableFile when there is none."""
        days = [day for _line, cells in self._cells() if (day := _day(cells.get("event_at") or ""))]
        if not days:
            raise UnusableFile(f"{self.path}: no row has a date in event_at")
        return max(days)

    def count(self) -> int:
        """Count the rows."""
        return sum(1 for _row in self._cells())

    def _cells(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file, restkey="too many cells", restval="")
                missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
                if missing:
                    raise UnusableFile(f"{self.path}: the columns {', '.join(missing)} are missing")
                for cells in reader:
                    yield reader.line_num, cells
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise UnusableFile(f"{self.path}: {error}") from None

    def _row(self, line: int, cells: Mapping[str, Any]) -> Row:
        try:
            announcement = self._announcement(cells)
        except _Unreadable as error:
            return Row(line, {}, refusal=Refusal(line, error.column, error.reason))
        return Row(line, announcement, self._picture(cells))

    def _announcement(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        if "too many cells" in cells:
            raise _Unreadable("row", "has more cells than there are columns")
        texts = {name: cells[name] for name in ("external_id", "kind", "species", "title")}
        given = {name: cells[name] for name in ("text", "link") if cells.get(name)}
        moved = {name: self._moved(name, cells[name]) for name in MOVED if cells.get(name)}
        place = {name: _number(name, cells[name]) for name in ("latitude", "longitude")}
        lives = {"lives_days": self.lives_days} if self.lives_days else {}
        return {"event_at": "", **texts, **given, **moved, **lives, "place": place, **_contact(cells.get("contact"))}

    def _moved(self, column: str, text: str) -> str:
        """Move a date by whole days and leave its time of day as it is."""
        if not self.shift:
            return text
        day = _day(text)
        if day is None:
            raise _Unreadable(column, "is not a date or time in ISO 8601")
        return f"{(day + self.shift).isoformat()}{text[10:]}"

    def _picture(self, cells: Mapping[str, Any]) -> Path | None:
        """Find the picture's path, which is relative to the file's folder."""
        return self.path.parent / cells["picture"] if cells.get("picture") else None


class _Unreadable(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column, self.reason = column, reason


def refusals(line: int, errors: list[dict[str, str]]) -> list[Refusal]:
    """Say in the file's words what the API found."""
    return [Refusal(line, COLUMNS.get(error["field"], error["field"]), error["message"]) for error in errors]


def today() -> date:
    """Tell the day, by UTC as all of the API."""
    return datetime.now(UTC).date()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(column: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise _Unreadable(column, "is not a number") from None
    if number - number != 0:  # NaN and infinities, which JSON cannot say
        raise _Unreadable(column, "is not a finite number")
    return number


def _contact(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    return {"contact": {"email": text} if "@" in text else {"phone": text}}
