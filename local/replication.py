"""The stand-in for S3's replication: the local cloud copies objects, but CloudFormation in it drops the rule.

So the rule of the template is set by a call of its own; `repairs/objects.py` lets a copy keep its version's id, as in
AWS, for only by that id the application finds in the backup what the pictures bucket let go.
In AWS a copy comes within minutes, here at once; metrics and the replication's role count for nothing here.
"""

from __future__ import annotations

from typing import Any

import boto3

from infrastructure import foundation, templates


def start(session: boto3.Session, stage: str) -> None:
    """Set the rule that the foundation's template has; again is harmless."""
    found = foundation.outputs(session, stage)
    account = session.client("sts").get_caller_identity()["Account"]
    role = f"arn:aws:iam::{account}:role/homeward-{stage}-replication"  # which the local cloud does not take
    client: Any = session.client("s3")
    client.put_bucket_replication(
        Bucket=found["PicturesBucket"],
        ReplicationConfiguration={"Role": role, "Rules": [_rule(found["BackupBucket"])]},
    )


def _rule(backup: str) -> dict[str, Any]:
    properties = templates.load("foundation")["Resources"]["Pictures"]["Properties"]
    _condition, replication, _otherwise = properties["ReplicationConfiguration"]["Fn::If"]
    [rule] = replication["Rules"]
    written = {"ID" if name == "Id" else name: value for name, value in rule.items()}  # as the call spells it
    destination = {name: value for name, value in rule["Destination"].items() if name != "Metrics"}
    return written | {"Destination": destination | {"Bucket": f"arn:aws:s3:::{backup}"}}
