"""What deploys of a stage remember from one to the next, in its releases bucket, which keeps every version of it.

`python -m infrastructure.memory --stage …` saves Chalice's note of a deploy in this folder that could not do so itself.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import NotDeployed, application, packaging, stages
from infrastructure.stages import Target

NOTE = "deploys/chalice.json"  # Chalice's own note of what it deployed: without it, it would make everything anew
DONE = "deploys/done.json"  # the steps that are done, each with the digest of what it was done from
BEGUN = "deploys/begun.json"  # there while Chalice deploys, and when it did not come to its end
MISSING = ("NoSuchKey", "NoSuchBucket", "404")


@dataclass(frozen=True)
class Memory:
    """The objects of one stage in its bucket."""

    s3: Any
    bucket: str

    def is_there(self) -> bool:
        """Tell whether the stage has the bucket at all."""
        try:
            self.s3.head_bucket(Bucket=self.bucket)
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return False
            raise
        return True

    def done(self) -> dict[str, str]:
        """Tell the steps that are done, and from what."""
        return self._read(DONE) or {}

    def did(self, step: str, digest: str) -> None:
        """Note a step as done, or with no digest as undone."""
        self._write(DONE, {**self.done(), step: digest})

    def begin(self, said: str) -> None:
        """Note that Chalice is about to deploy."""
        self._write(BEGUN, {"by": said})

    def has_begun(self) -> bool:
        """Tell whether an earlier deploy of Chalice's did not come to its end."""
        return self._read(BEGUN) is not None

    def ended(self) -> None:
        """Note that what Chalice noted is all there is."""
        self.s3.delete_object(Bucket=self.bucket, Key=BEGUN)

    def fetch_note(self, path: Path) -> bool:
        """Bring Chalice's note to where it looks for it; tell whether there is one."""
        note = self._read(NOTE)
        if note:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(note, indent=2))
        return bool(note)

    def save_note(self, path: Path) -> bool:
        """Keep Chalice's note, unless there is none or it says nothing; tell whether it was kept."""
        note = note_in(path)
        if note and note != self._read(NOTE):
            self._write(NOTE, note)
        return bool(note)

    def forget_note(self) -> None:
        """Forget what ran, when it is gone; its earlier versions stay in the bucket for a while."""
        for key in (NOTE, DONE, BEGUN):
            self.s3.delete_object(Bucket=self.bucket, Key=key)

    def _read(self, key: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return None
            raise
        return found

    def _write(self, key: str, value: dict[str, Any]) -> None:
        self.s3.put_object(
            Bucket=self.bucket, Key=key, Body=json.dumps(value, indent=2).encode(), ContentType="application/json"
        )


def note_in(path: Path) -> dict[str, Any]:
    """Read a note of Chalice's; nothing when it is not there, was cut off or names no resource."""
    try:
        note: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return note if note.get("resources") else {}


def unsaved(project: Path) -> Path:
    """Name the file that is there while a deploy from this folder has something to save."""
    return project / "unsaved"


def of(target: Target) -> Memory:
    """Find the memory of a stage."""
    return Memory(target.client("s3"), target.bucket("releases"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Save Chalice's note of this folder's last deploy."""
    stage = stages.stage_argument(arguments, "Save what Chalice noted of a stage's deploy.")
    project = packaging.WORKSHOP / stage
    if not unsaved(project).exists():
        print("everything is saved already: a deploy saves Chalice's note by itself")
        return 0
    try:
        saved = of(stages.target(stage)).save_note(application.state_file(project, stage))
    except (NotDeployed, BotoCoreError, ClientError) as error:
        print(f"not saved: {error}", file=sys.stderr)
        return 1
    unsaved(project).unlink()
    print("Chalice's note is saved" if saved else "Chalice was interrupted before it noted anything: nothing to save")
    return 0


if __name__ == "__main__":
    sys.exit(main())
