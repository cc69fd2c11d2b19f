"""What is otherwise on a laptop than in AWS, in one list: local/README.md tells it, tests hold it to be true and whole.

`make run` deploys the templates `backup` and `foundation` as they are and reads the same outputs.
"""

from __future__ import annotations

from dataclasses import dataclass

DEPLOYED = ("backup", "foundation")  # of infrastructure/templates


@dataclass(frozen=True)
class Difference:
    """One thing that is done in two ways."""

    what: str
    here: str
    in_aws: str


DIFFERENCES = (
    Difference(
        "the CDN", "the front door, by the same routes and with the same headers", "CloudFront, the template `web`"
    ),
    Difference(
        "answers kept for others",
        "none: only browsers keep any",
        "by the CDN, as the API says, also when the API fails",
    ),
    Difference("HTTPS", "plain HTTP/1.1, so no `Strict-Transport-Security`", "HTTP/2 and 3; HTTP is sent to HTTPS"),
    Difference("compression", "gzip, of the page's texts", "gzip and Brotli, of everything but pictures"),
    Difference(
        "where forms go",
        "`/uploads` of the one address",
        "the bucket's own address, which CORS and the page's policy name",
    ),
    Difference(
        "the other region",
        "another bucket in the same place, which has a copy at once",
        "another region, within minutes",
    ),
    Difference("private documents", "404", "the CDN shows them to a signed address"),
    Difference(
        "who asks, from where",
        "the address that the front door sees, `VIEWER_LOCATION`",
        "what CloudFront sees and guesses",
    ),
    Difference("other methods on files", "405", "403"),
    Difference("what is too old", "stays: items, versions, logs", "goes by its lifecycle or its time to live"),
    Difference("the way back", "`STATE_DIR` copied while nothing runs", "point-in-time recovery, deletion protection"),
    Difference("a key of our own", "nothing is encrypted", "everything is, and with a KMS key where it is asked for"),
    Difference("alarms", "made, and never ring", "tell the topic `homeward-<stage>-alarms`"),
    Difference(
        "the template `cloud-only`", "not deployed", "archive of events, traces, saved queries, budget, collectors"
    ),
    Difference(
        "the templates `edge`, `pipeline`", "not deployed", "where a domain, a firewall or push-to-deploy is wanted"
    ),
)

REFUSED = (  # types of resources that the local cloud's CloudFormation does not know; the foundation has none of them
    "AWS::Budgets::Budget",
    "AWS::CloudFront::KeyGroup",
    "AWS::CloudFront::PublicKey",
    "AWS::CodePipeline::Pipeline",
    "AWS::Events::Archive",
    "AWS::IAM::Group",
    "AWS::Logs::QueryDefinition",
    "AWS::XRay::Group",
)

DROPPED = (  # what it takes and forgets without a word: the tests look at these in the templates instead
    ("Announcements", "PointInTimeRecoverySpecification"),
    ("Announcements", "TimeToLiveSpecification"),
    ("Announcements", "SSESpecification"),
    ("Tiles", "SSESpecification"),
    ("Pictures", "LifecycleConfiguration"),
    ("Pictures", "ReplicationConfiguration"),  # set by a call of its own, see replication.py
    ("Site", "LifecycleConfiguration"),
    ("Logs", "LifecycleConfiguration"),
    ("Releases", "LifecycleConfiguration"),
)
