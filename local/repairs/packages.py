"""The repair of how ministack unpacks functions."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ministack.core import lambda_runtime


class KeptUnpacked(zipfile.ZipFile):
    """A package that is unpacked once, into a folder that all who run it share, for nobody may write there."""

    def extractall(self, path: Any = None, *_: Any) -> None:
        """Lead from an empty folder to the unpacked package."""
        assert self.filename
        folder = Path(path)
        folder.rmdir()
        folder.symlink_to(self._unpacked(Path(self.filename)), target_is_directory=True)

    def _unpacked(self, package: Path) -> Path:
        """Unpack beside the place, so that the place holds all of it or is not there."""
        place = Path(tempfile.gettempdir(), f"package-{hashlib.sha256(package.read_bytes()).hexdigest()}")
        if not place.exists():
            with tempfile.TemporaryDirectory(prefix="unpacking-") as folder:
                super().extractall(whole := Path(folder, "whole"))
                with suppress(OSError):  # another thread was faster
                    whole.rename(place)
        return place


def unpack_each_package_once() -> None:
    """Every start of a process unpacked the whole package anew: more work than the start itself.

    Lambda has it at hand by the time a process starts, and nobody may write where it is.
    """
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": KeptUnpacked})
