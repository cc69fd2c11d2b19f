# ruff: noqa: SLF001 (a repair reaches inside by its nature; the pin of ministack keeps the inside as it is)
"""Repairs of ministack's buckets."""

from __future__ import annotations

from typing import Any

from ministack.services import s3


def keep_the_ids_of_replicated_versions() -> None:
    """A replica got a version id of its own; in AWS it has its original's, by which a restore finds it.

    The replica is written first: its original takes over the id.
    """
    unrepaired = s3._record_object_version

    def record(bucket: str, key: str, prior: Any, written: dict[str, Any], data: Any) -> str | None:
        version: str | None = unrepaired(bucket, key, prior, written, data)
        if version is None or "_replica" not in written:
            return version
        _backup, replica, _account = written["_replica"]
        written["version_id"] = s3._object_versions[(bucket, key)][-1]["version_id"] = replica
        return str(replica)

    s3._record_object_version = record
