"""Versions of a picture: everything that was ever sent under its one key, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.descriptions import NOTHING_SAID, Description
from chalicelib.domain.pictures import PictureState, Rendition, Upload, rendition_key

TURNS = 4  # quarters of a whole
MAX_VERSIONS = 100  # of a picture: nobody mends a photo as often, and each is kept in two buckets


@dataclass(frozen=True)
class Version:
    """One version: `version` and `uploaded_at` are S3's, `digest` names its renditions once it has any.

    `reason` says why it was refused.
    """

    picture_id: str
    version: str
    uploaded_at: datetime
    size: int
    content_type: str
    description: Description = NOTHING_SAID
    quarter_turns: int = 0
    state: PictureState = PictureState.WAITING
    reason: str | None = None
    digest: str | None = None

    @classmethod
    def of(cls, picture_id: str, upload: Upload) -> "Version":
        """Note what has arrived, before anybody has looked into it."""
        return cls(
            picture_id,
            upload.version,
            upload.uploaded_at,
            upload.size,
            upload.content_type,
            upload.description,
            upload.quarter_turns,
        )

    def rendered(self, digest: str) -> "Version":
        """Become what can be shown."""
        return replace(self, state=PictureState.READY, digest=digest, reason=None)

    def refused(self, reason: str) -> "Version":
        """Become what cannot be shown."""
        return replace(self, state=PictureState.REFUSED, reason=reason)

    @property
    def key(self) -> str | None:
        """Name the object that shows it, or None while there is none."""
        return rendition_key(self.picture_id, self.digest, Rendition.FULL) if self.digest else None


@dataclass(frozen=True)
class History:
    """All versions of a picture, newest first, and which of them is the current one, if there is any."""

    versions: Sequence[Version]
    current: Version | None

    @classmethod
    def of(cls, versions: Sequence[Version], newest: str | None, shown: str | None) -> "History":
        """Find the current one: the newest by S3's time, unless it was refused: then it is what is shown still.

        `newest` is the version that S3 gives when none is named: it alone knows the order within a second.
        """
        ordered = sorted(versions, key=lambda each: (each.uploaded_at, each.version == newest), reverse=True)
        named = {each.version: each for each in ordered}
        first = named.get(newest or "") or next(iter(ordered), None)
        still = named.get(shown or "")
        current = still if first and still and first.state is PictureState.REFUSED else first
        return cls(ordered, current)

    @property
    def newest_refusal(self) -> str | None:
        """Say why the newest was refused, while an earlier one is shown."""
        newest = next(iter(self.versions), None)
        return newest.reason if newest and newest != self.current else None

    def version(self, name: str) -> Version | None:
        """Find one by S3's id."""
        return next((each for each in self.versions if each.version == name), None)
