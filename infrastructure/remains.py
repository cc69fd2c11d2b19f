"""What CloudFormation cannot take away with a stack, or leaves on purpose: what people wrote, and keys made by hand."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from infrastructure import adoption, foundation, memory
from infrastructure.permissions import FUNCTIONS
from infrastructure.stages import Target

BUCKETS = ("pictures", "site", "logs", "releases")  # the last one holds the lock
TABLES = ("announcements", "tiles")
KEY_WAITS = 30  # days, the longest KMS offers: a restored table cannot be read without it
AT_ONCE = 1000  # objects that S3 deletes in one call
POOLS_A_PAGE = 60


@dataclass(frozen=True)
class Remains:
    """What is left of a stage when its stacks are gone."""

    target: Target

    def remove(self, kept_in: str) -> None:
        """Remove it, with the backup in the region `kept_in`; again is harmless."""
        self._tables()
        self._people()
        self._parameters()
        self._logs()
        self._buckets(kept_in)

    def _tables(self) -> None:
        tables = self.target.client("dynamodb")
        for name in TABLES:
            with suppress(tables.exceptions.ResourceNotFoundException):
                tables.delete_table(TableName=f"homeward-{self.target.stage}-{name}")

    def _people(self) -> None:
        cognito = self.target.client("cognito-idp")
        for page in cognito.get_paginator("list_user_pools").paginate(MaxResults=POOLS_A_PAGE):
            for pool in page["UserPools"]:
                if pool["Name"] == f"homeward-{self.target.stage}":
                    _without_domain(cognito, pool["Id"])
                    cognito.delete_user_pool(UserPoolId=pool["Id"])

    def _parameters(self) -> None:
        ssm, path = self.target.client("ssm"), foundation.secrets_path(self.target.stage)
        for page in ssm.get_paginator("get_parameters_by_path").paginate(Path=path):
            if names := [each["Name"] for each in page["Parameters"]]:
                ssm.delete_parameters(Names=names)

    def _logs(self) -> None:
        logs = self.target.client("logs")
        for function in FUNCTIONS:
            with suppress(logs.exceptions.ResourceNotFoundException):
                logs.delete_log_group(logGroupName=f"/aws/lambda/{adoption.function_name(self.target.stage, function)}")

    def _buckets(self, kept_in: str) -> None:
        if kept_in:
            _empty_and_delete(
                self.target.client("s3", kept_in),
                f"homeward-{self.target.stage}-backup-{self.target.account}-{kept_in}",
            )
        for purpose in BUCKETS:
            _empty_and_delete(self.target.client("s3"), self.target.bucket(purpose))


def schedule_deletion(kms: Any, key: str) -> None:
    """Have a key deleted after a while; it costs nothing from now on. One that is gone or waits already is left."""
    with suppress(kms.exceptions.NotFoundException, kms.exceptions.KMSInvalidStateException):
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=KEY_WAITS)


def delete_access_keys(iam: Any, user: str) -> None:
    """Delete the keys that were made for a user by hand: IAM deletes no user who has one. No user has none."""
    for key in list(_access_keys(iam, user)) if user else []:
        iam.delete_access_key(UserName=user, AccessKeyId=key)


def _access_keys(iam: Any, user: str) -> Iterator[str]:
    with suppress(iam.exceptions.NoSuchEntityException):
        for page in iam.get_paginator("list_access_keys").paginate(UserName=user):
            yield from (each["AccessKeyId"] for each in page["AccessKeyMetadata"])


def _without_domain(cognito: Any, pool: str) -> None:
    """Take away its sign-in address, without which a pool cannot be deleted."""
    if domain := cognito.describe_user_pool(UserPoolId=pool)["UserPool"].get("Domain"):
        cognito.delete_user_pool_domain(UserPoolId=pool, Domain=domain)


def _empty_and_delete(s3: Any, bucket: str) -> None:
    """Delete a bucket with every version of everything in it."""
    try:
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            every = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            objects = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in every]
            for start in range(0, len(objects), AT_ONCE):
                s3.delete_objects(Bucket=bucket, Delete={"Objects": objects[start : start + AT_ONCE], "Quiet": True})
        s3.delete_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] not in memory.MISSING:
            raise
