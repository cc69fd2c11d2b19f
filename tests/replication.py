"""S3's replication in moto's cloud, which has none: a copy of every version in the backup, under the same id."""

from typing import Any

from moto.s3.models import s3_backends

ACCOUNT = "123456789012"


def replicate(s3: Any, source: str, backup: str) -> None:
    """Copy what the backup lacks; only moto's own room lets us choose the id of a version."""
    kept = {(each["Key"], each["VersionId"]) for each in _versions(s3, backup)}
    for each in reversed(_versions(s3, source)):
        if each["Key"].startswith(("originals/", "renditions/")) and (each["Key"], each["VersionId"]) not in kept:
            named = {"Bucket": source, "Key": each["Key"], "VersionId": each["VersionId"]}
            s3.copy_object(Bucket=backup, Key=each["Key"], CopySource=named, StorageClass="ONEZONE_IA")
            s3_backends[ACCOUNT]["aws"].buckets[backup].keys[each["Key"]]._version_id = each["VersionId"]


def expire(s3: Any, bucket: str) -> None:
    """Do what the lifecycle does after six days: of each object only the newest version stays."""
    for each in _versions(s3, bucket):
        if not each["IsLatest"]:
            s3.delete_object(Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"])


def _versions(s3: Any, bucket: str) -> list[dict[str, Any]]:
    """Name all versions, newest first."""
    return list(s3.list_object_versions(Bucket=bucket).get("Versions", []))
