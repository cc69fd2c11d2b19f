"""The stand-in for replication, on a cloud of its own: what S3 does between two regions, on one machine."""

from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infrastructure import backup, foundation
from local import cloud, replication
from local.state import State
from tests.local.clouds import client, with_cloud

STAGE = "local"
ORIGINAL = "originals/aaaaaaaaaaaaaaaaaaaa"


def _session(running: cloud.Cloud, monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", running.endpoint)
    key = running.key
    return boto3.Session(key["AWS_ACCESS_KEY_ID"], key["AWS_SECRET_ACCESS_KEY"], region_name=cloud.REGION)


def _deploy(session: boto3.Session) -> tuple[str, str]:
    """Make both buckets as a deployment does; gives their names."""
    kept = backup.deploy(session, STAGE, cloud.REGION)
    environment = foundation.deploy(session, STAGE, kept)
    replication.start(session, STAGE)
    assert environment["BACKUP_BUCKET"] == kept
    return environment["PICTURES_BUCKET"], kept


def _versions(s3: Any, bucket: str) -> list[tuple[str, str]]:
    listed = s3.list_object_versions(Bucket=bucket).get("Versions", [])
    return sorted((each["Key"], each["VersionId"]) for each in listed)


def test_every_version_of_an_original_is_in_the_backup_under_its_own_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def doing(running: cloud.Cloud) -> None:
        pictures, kept = _deploy(_session(running, monkeypatch))
        s3 = client(running, "s3")
        first = s3.put_object(Bucket=pictures, Key=ORIGINAL, Body=b"1", Metadata={"quarter-turns": "1"})["VersionId"]
        s3.put_object(Bucket=pictures, Key=ORIGINAL, Body=b"2")
        named = {"Bucket": pictures, "Key": ORIGINAL, "VersionId": first}
        s3.copy_object(Bucket=pictures, Key=ORIGINAL, CopySource=named)
        s3.put_object(Bucket=pictures, Key="renditions/a/b.webp", Body=b"3")
        s3.put_object(Bucket=pictures, Key="collected/shelter/c.csv", Body=b"4")
        assert _versions(s3, kept) == [each for each in _versions(s3, pictures) if each[0] != "collected/shelter/c.csv"]
        assert len(_versions(s3, kept)) == 4
        replica = s3.head_object(Bucket=kept, Key=ORIGINAL, VersionId=first)
        assert (replica["Metadata"], replica["StorageClass"]) == ({"quarter-turns": "1"}, "ONEZONE_IA")

    with_cloud(State(tmp_path), doing)


def test_a_deletion_does_not_reach_the_backup_from_which_a_version_is_copied_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def doing(running: cloud.Cloud) -> None:
        pictures, kept = _deploy(_session(running, monkeypatch))
        s3 = client(running, "s3")
        first = s3.put_object(Bucket=pictures, Key=ORIGINAL, Body=b"1")["VersionId"]
        s3.put_object(Bucket=pictures, Key=ORIGINAL, Body=b"2")
        s3.delete_object(Bucket=pictures, Key=ORIGINAL, VersionId=first)
        with pytest.raises(ClientError):
            s3.head_object(Bucket=pictures, Key=ORIGINAL, VersionId=first)
        named = {"Bucket": kept, "Key": ORIGINAL, "VersionId": first}
        back = s3.copy_object(Bucket=pictures, Key=ORIGINAL, CopySource=named)["VersionId"]
        assert s3.get_object(Bucket=pictures, Key=ORIGINAL, VersionId=back)["Body"].read() == b"1"
        assert len(_versions(s3, kept)) == 3

    with_cloud(State(tmp_path), doing)


def test_both_buckets_outlast_a_restart_and_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before: list[tuple[str, str]] = []

    async def writing(running: cloud.Cloud) -> None:
        pictures, kept = _deploy(_session(running, monkeypatch))
        s3 = client(running, "s3")
        for body in (b"1", b"2"):
            s3.put_object(Bucket=pictures, Key=ORIGINAL, Body=body)
        before.extend(_versions(s3, kept))

    async def reading(running: cloud.Cloud) -> None:
        pictures, kept = _deploy(_session(running, monkeypatch))
        s3 = client(running, "s3")
        assert _versions(s3, kept) == _versions(s3, pictures) == before
        s3.put_object(Bucket=pictures, Key=ORIGINAL, Body=b"3")
        assert _versions(s3, kept) == _versions(s3, pictures)
        assert len(_versions(s3, kept)) == 3

    with_cloud(State(tmp_path), writing)
    with_cloud(State(tmp_path), reading)
