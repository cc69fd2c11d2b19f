"""What a user may choose for the local cloud: the only place in local/ that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.failures import CannotRun

PROJECT = Path(__file__).resolve().parents[1]
HIGHEST_PORT = 65535
EVERY_INTERFACE = ("0.0.0.0", "::")  # noqa: S104 (only when the user asks for it)
PASSED_TO_FUNCTIONS = (
    "PUBLIC_URL", "MAP_TILES_URL", "MAP_TILES_ATTRIBUTION", "LANGUAGE_OF_PAGES",
    "ANNOUNCEMENTS_AN_HOUR", "MESSAGES_AN_HOUR", "PICTURES_A_DAY", "REPORTS_AN_HOUR",
)  # fmt: skip


@dataclass(frozen=True)
class Options:
    """Where this copy of Homeward serves, and where it keeps its state."""

    host: str
    port: int
    state_dir: Path
    functions: Mapping[str, str]  # settings of the application that its functions get as they are
    viewer: str = ""  # where visitors are, as the CDN would guess it: latitude,longitude

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Options:
        """PORT, HOST and STATE_DIR, with their defaults; raises CannotRun for a port that is none."""
        return cls(
            host=environment.get("HOST") or "127.0.0.1",
            port=_port(environment.get("PORT") or "8000"),
            state_dir=(PROJECT / (environment.get("STATE_DIR") or ".local")).absolute(),
            functions={name: environment[name] for name in PASSED_TO_FUNCTIONS if environment.get(name)},
            viewer=environment.get("VIEWER_LOCATION") or "",
        )

    @property
    def address(self) -> str:
        """What a browser on this machine opens."""
        host = "127.0.0.1" if self.host in EVERY_INTERFACE else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    raise CannotRun(f"PORT={text} is not a port: give a number from 1 to 65535.")
