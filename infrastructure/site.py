"""The page's files in their bucket: `python -m infrastructure.site --stage …` brings a built page there.

It needs the rights on that bucket and to invalidate, and nothing else; SITE_BUCKET and DISTRIBUTION name the two.
"""

import hashlib
import json
import mimetypes
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure import NotDeployed, lock, routes, stages
from infrastructure.lock import Lock

BUILT = Path(__file__).parent.parent / "frontend" / "dist"
LIST = "deploys/page.json"  # what the last deploy brought, beside the files themselves
KEPT = timedelta(days=1)  # a page that is open in a browser may still ask for the files it was built with
MOST_PATHS = 15  # one by one; more are invalidated by one pattern, which counts as one
ENTRY = "index.html"
TYPES = {  # what a machine's own table may not know, or know otherwise
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
}


class NoPage(NotDeployed):
    """There is nothing to bring."""


@dataclass(frozen=True)
class Listed:
    """What the bucket holds: digests of the present page's files, and since when others are not part of it."""

    files: Mapping[str, str] = field(default_factory=dict)
    old: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Brought:
    """What a deploy of the page did."""

    put: Sequence[str]
    removed: Sequence[str]
    invalidated: Sequence[str]

    def __str__(self) -> str:
        """Say it in a line."""
        forgotten = f", told the CDN to forget {' '.join(self.invalidated)}" if self.invalidated else ""
        return f"{len(self.put)} files put, {len(self.removed)} removed{forgotten}"


def files(built: Path) -> dict[str, Path]:
    """Find the files of a built page by their keys; raises NoPage."""
    found = {str(path.relative_to(built)): path for path in sorted(built.rglob("*")) if path.is_file()}
    shown = {key: path for key, path in found.items() if not key.startswith(".")}  # .vite has notes of the build's own
    if ENTRY not in shown:
        raise NoPage(f"{built} has no {ENTRY}: build the page first, `npm --prefix frontend run build`.")
    return shown


def headers(key: str) -> dict[str, str]:
    """Say what a file is and how long it may be kept, by the table of routes."""
    kind = TYPES.get(Path(key).suffix) or mimetypes.guess_type(key)[0] or "application/octet-stream"
    return {"ContentType": kind, "CacheControl": routes.route_of(f"/{key}").cache.header or "no-cache"}


def digest(path: Path, key: str) -> str:
    """Digest what is put under a key: the bytes, and how they are served."""
    return hashlib.sha256(path.read_bytes() + json.dumps(headers(key)).encode()).hexdigest()


@dataclass(frozen=True)
class Site:
    """The bucket of a stage's page, and the distribution in front of it, if there is one."""

    session: boto3.Session
    bucket: str
    distribution: str = ""

    @property
    def _s3(self) -> Any:
        return self.session.client("s3")

    def listed(self) -> Listed:
        """Read what the last deploy noted."""
        try:
            found = json.loads(self._s3.get_object(Bucket=self.bucket, Key=LIST)["Body"].read())
        except self._s3.exceptions.NoSuchKey:
            return Listed()
        return Listed(**found)

    def bring(self, built: Path, now: datetime) -> Brought:
        """Make the bucket hold the built page, and for a day what was there before; again is harmless.

        Files that never change come first, and the one that names them last: nobody gets a page without its parts.
        """
        found, known = files(built), self.listed()
        digests = {key: digest(path, key) for key, path in found.items()}
        there = set(self._keys())
        changed = sorted(
            (key for key in found if known.files.get(key) != digests[key] or key not in there), key=_entry_last
        )
        for key in changed:
            self._s3.put_object(Bucket=self.bucket, Key=key, Body=found[key].read_bytes(), **headers(key))
        told = self._forget([key for key in changed if not _is_for_ever(key)]) if known.files else []
        gone = {key for key in known.files if key not in found}
        old = {key: known.old.get(key, now.isoformat()) for key in (*known.old, *gone) if key not in found}
        removed = [key for key, since in old.items() if now - datetime.fromisoformat(since) >= KEPT]
        for key in removed:
            self._s3.delete_object(Bucket=self.bucket, Key=key)
        self._note(Listed(digests, {key: since for key, since in old.items() if key not in removed}))
        return Brought(changed, removed, told)

    def is_due(self, built: Path, now: datetime) -> bool:
        """Tell whether there is anything to bring or to remove."""
        known = self.listed()
        if any(now - datetime.fromisoformat(since) >= KEPT for since in known.old.values()):
            return True
        return known.files != {key: digest(path, key) for key, path in files(built).items()}

    def _keys(self) -> Iterator[str]:
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
            yield from (each["Key"] for each in page.get("Contents", []))

    def _forget(self, keys: list[str]) -> list[str]:
        """Have the CDN ask anew for what changed under the same name; what has its digest in its name never does."""
        paths = sorted({*(f"/{key}" for key in keys), *(["/"] if ENTRY in keys else [])})
        if not (paths and self.distribution):
            return []
        paths = paths if len(paths) <= MOST_PATHS else ["/*"]
        self.session.client("cloudfront").create_invalidation(
            DistributionId=self.distribution,
            InvalidationBatch={
                "Paths": {"Quantity": len(paths), "Items": paths},
                "CallerReference": f"page {datetime.now(UTC).isoformat()}",
            },
        )
        return paths

    def _note(self, listed: Listed) -> None:
        said = json.dumps({"files": dict(listed.files), "old": dict(listed.old)}, indent=1).encode()
        self._s3.put_object(
            Bucket=self.bucket, Key=LIST, Body=said, ContentType="application/json", CacheControl="no-store"
        )


def _is_for_ever(key: str) -> bool:
    return routes.route_of(f"/{key}").cache == routes.FOR_EVER


def _entry_last(key: str) -> tuple[bool, bool, str]:
    return key == ENTRY, not _is_for_ever(key), key


def lock_of(target: stages.Target, bucket: str) -> Lock:
    """Find the lock of a page's bucket, which names nobody: the CDN shows what is there."""
    return Lock(
        target.client("s3"), bucket, f"remove s3://{bucket}/{lock.KEY}", owner=lock.this_process("a build of the page")
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring a built page to a stage, and say in one line what went wrong."""
    stage = stages.stage_argument(arguments, "Bring the built page to its bucket, and have the CDN ask for it.")
    try:
        target = stages.target(stage)
        stages.introduce(target)
        bucket = os.environ.get("SITE_BUCKET") or target.bucket("site")
        site = Site(target.session, bucket, os.environ.get("DISTRIBUTION", ""))
        with lock_of(target, bucket).held():
            print(f"- page: {site.bring(BUILT, datetime.now(UTC))}")
    except (NotDeployed, BotoCoreError, ClientError) as error:
        print(f"not deployed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
