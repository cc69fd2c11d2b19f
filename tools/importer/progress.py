"""How far an import has come, so that it can go on after an interruption."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self, TextIO

from tools.importer.rows import Refusal


@dataclass
class Progress:
    """A file of lines that only grows: the settings, the batches that are done, and what was refused in them.

    The shift of dates is kept as well, so that an import that goes on after midnight moves all rows by the same days.
    """

    path: Path
    shift: timedelta | None = None
    done: set[int] = field(default_factory=set)
    refused: list[Refusal] = field(default_factory=list)
    _file: TextIO | None = None

    @classmethod
    def of(cls, folder: Path, table: Path, *settings: Any) -> Self:
        """Find the progress of one file's import with these settings: another content begins anew."""
        digest = hashlib.sha256(repr(settings).encode())
        with table.open("rb") as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                digest.update(chunk)
        progress = cls(folder / f"{table.stem}-{digest.hexdigest()[:12]}.progress")
        progress._load()
        return progress

    @contextmanager
    def kept(self, shift: timedelta) -> Iterator[timedelta]:
        """Keep the file open for notes; yields the shift that the import began with."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as self._file:
            if self.shift is None:
                self.shift = shift
                self._note({"shift_days": shift.days})
            yield self.shift

    def finish(self, batch: int, refused: list[Refusal]) -> None:
        """Note a batch that is done, with what was refused of it, in one line."""
        self.done.add(batch)
        self.refused += refused
        self._note({"batch": batch, "refused": [vars(each) for each in refused]})

    def complete(self) -> None:
        """Forget all: the next import of the same file begins anew."""
        self.path.unlink(missing_ok=True)

    def _note(self, line: dict[str, Any]) -> None:
        assert self._file
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()

    def _load(self) -> None:
        if not self.path.exists():
            return
        for text in self.path.read_text().splitlines():
            try:
                line = json.loads(text)
            except ValueError:
                continue  # the last line of a killed import; its batch is sent again
            if "shift_days" in line:
                self.shift = timedelta(days=line["shift_days"])
            else:
                self.done.add(line["batch"])
                self.refused += [Refusal(**each) for each in line["refused"]]
