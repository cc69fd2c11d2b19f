"""The settings; the only place that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

REQUIRED = (
    "HOMEWARD_STAGE",
    "ANNOUNCEMENTS_TABLE",
    "ANNOUNCEMENTS_STREAM",
    "TILES_TABLE",
    "PICTURES_BUCKET",
    "FAILED_PICTURES_QUEUE",
    "SECRETS_PATH",
)
LANGUAGES = ("en", "pl")


@dataclass(frozen=True)
class Config:
    """What a deployed stage knows of its surroundings.

    `public_url` is the address of the page without a slash at the end; when it is empty, that of the request is
    taken.
    `backup_bucket` is where what the pictures bucket lets go is kept, if there is one.
    `upload_url` is set where pictures are posted to another address than the bucket's own; with a slash at its
    beginning it is a path below the public address.
    `language` is that of the pages which the API writes; what is limited is limited for each network.
    """

    stage: str
    announcements_table: str
    announcements_stream: str
    tiles_table: str
    pictures_bucket: str
    failed_pictures_queue: str
    secrets_path: str
    backup_bucket: str = ""
    public_url: str = ""
    upload_url: str = ""
    map_tiles_url: str = ""
    map_tiles_attribution: str = ""
    language: str = "en"
    announcements_an_hour: int = 10
    messages_an_hour: int = 30
    pictures_a_day: int = 60
    reports_an_hour: int = 10

    @property
    def limits(self) -> Mapping[str, int]:
        """How much is free for one network, by what it does: pictures in a day, all else in an hour."""
        return {
            "announcement": self.announcements_an_hour,
            "message": self.messages_an_hour,
            "picture": self.pictures_a_day,
            "report": self.reports_an_hour,
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Read all settings; ends the program with one line when required ones are missing."""
        missing = [name for name in REQUIRED if not environment.get(name)]
        if missing:
            _stop(
                f"{', '.join(missing)} not set in the environment; "
                "use `make run` or `make dev` on this machine, `make deploy STAGE=…` for the cloud"
            )
        return cls(
            stage=environment["HOMEWARD_STAGE"],
            announcements_table=environment["ANNOUNCEMENTS_TABLE"],
            announcements_stream=environment["ANNOUNCEMENTS_STREAM"],
            tiles_table=environment["TILES_TABLE"],
            pictures_bucket=environment["PICTURES_BUCKET"],
            failed_pictures_queue=environment["FAILED_PICTURES_QUEUE"],
            secrets_path=environment["SECRETS_PATH"],
            backup_bucket=environment.get("BACKUP_BUCKET", ""),
            public_url=environment.get("PUBLIC_URL", "").rstrip("/"),
            upload_url=environment.get("UPLOAD_URL", ""),
            map_tiles_url=environment.get("MAP_TILES_URL", ""),
            map_tiles_attribution=environment.get("MAP_TILES_ATTRIBUTION", ""),
            language=_choice(environment, "LANGUAGE_OF_PAGES", LANGUAGES),
            announcements_an_hour=_number(environment, "ANNOUNCEMENTS_AN_HOUR", cls.announcements_an_hour),
            messages_an_hour=_number(environment, "MESSAGES_AN_HOUR", cls.messages_an_hour),
            pictures_a_day=_number(environment, "PICTURES_A_DAY", cls.pictures_a_day),
            reports_an_hour=_number(environment, "REPORTS_AN_HOUR", cls.reports_an_hour),
        )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdigit()):
        _stop(f"{name}={text} is not a number")
    return int(text)


def _choice(environment: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = environment.get(name) or choices[0]
    if text not in choices:
        _stop(f"{name}={text} is none of {', '.join(choices)}")
    return text


def _stop(reason: str) -> NoReturn:
    raise SystemExit(f"Homeward: {reason}.")
