"""Rules for the parameters that a stage is deployed with, and for the marks on its stacks."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from infrastructure.policies.rules import Finding

MARKS = ("application", "stage")
LOOPBACK = ("localhost", "127.0.0.1")


def parameter_findings(stage: str, region: str, parameters: Mapping[str, str]) -> Iterator[Finding]:
    """Refuse what would take a protection away that the templates have."""
    over_tls, site = parameters.get("OverTls", "true"), urlsplit(parameters.get("SiteOrigin", ""))
    if parameters.get("Stage", stage) != stage:
        yield Finding("stack-is-of-its-stage", parameters["Stage"])
    if stage != "local" and over_tls != "true":
        yield Finding("only-a-laptop-does-without-tls", over_tls)
    if stage != "local" and site.hostname in LOOPBACK:
        yield Finding("only-a-laptop-is-at-loopback", site.netloc)
    if parameters.get("BackupBucket", "").endswith(f"-{region}") and stage != "local":
        yield Finding("backup-is-in-another-region", parameters["BackupBucket"])
    if parameters.get("WithFirewall") == "false" and parameters.get("Firewall"):
        yield Finding("firewall-is-used", parameters["Firewall"])


def mark_findings(stack: str, tags: Mapping[str, str]) -> Iterator[Finding]:
    """Refuse a stack whose resources could not be told from others on a bill."""
    for name in MARKS:
        if not tags.get(name):
            yield Finding("resources-are-marked", f"{stack} {name}")
