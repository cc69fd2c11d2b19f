"""The stand-in for S3's replication: the local cloud copies objects, but CloudFormation in it drops the rules.

So the rules of the template are set by a call of its own; `repairs/objects.py` lets a copy keep its version's id, as in
AWS, for only by that id the application finds in the backup what the pictures bucket let go.
In AWS a copy comes within minutes, here at once; metrics and the replication's role count for nothing here.
"""

from __future__ import annotations

from typing import Any

import boto3

from infrastructure import foundation, templates


def start(session: boto3.Session, stage: str) -> None:
    """Set the rules that the foundation's template has; again is harmless."""
    found = foundation.outputs(session, stage)
    account = session.client("sts").get_caller_identity()["Account"]
    role = f"arn:aws:iam::{account}:role/homeward-{stage}-replication"  # which the local cloud does not take
    client: Any = session.client("s3")
    rules = [_as_called(rule, found["BackupBucket"]) for rule in _rules()]
    client.put_bucket_replication(
        Bucket=found["PicturesBucket"], ReplicationConfiguration={"Role": role, "Rules": rules}
    )


def _rules() -> list[dict[str, Any]]:
    """Read the rules of the template, as a stage with a backup has them."""
    resolved = templates.resolve(templates.load("foundation"), {"BackupBucket": "named"})
    rules: list[dict[str, Any]] = resolved["Resources"]["Pictures"]["Properties"]["ReplicationConfiguration"]["Rules"]
    return rules


def _as_called(rule: dict[str, Any], backup: str) -> dict[str, Any]:
    """Write a rule as the call spells it."""
    written = {"ID" if name == "Id" else name: value for name, value in rule.items()}
    destination = {name: value for name, value in rule["Destination"].items() if name != "Metrics"}
    return written | {"Destination": destination | {"Bucket": f"arn:aws:s3:::{backup}"}}
