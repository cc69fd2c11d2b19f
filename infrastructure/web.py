"""What stands before the application: the certificate and the firewall, the CDN, and what only a real cloud has."""

from collections.abc import Mapping

from infrastructure import foundation
from infrastructure.stack import Stack
from infrastructure.stages import EDGE_REGION, Target

API_STAGE = "api"  # as .chalice/config.json has it


def backup(target: Target) -> Stack:
    """Keep the pictures in another region: the chosen one, or where they are kept already."""
    known = cdn(target).outputs()
    region = target.choices.backup_region or backup_region(target, ground(target, None, {}).outputs())
    return Stack(target, "backup", {"Distribution": known.get("Distribution", "")}, region)


def backup_region(target: Target, found: Mapping[str, str]) -> str:
    """Tell where the foundation keeps the pictures a second time, which the bucket's name says; nothing if nowhere."""
    bucket = found.get("BackupBucket", "")
    return bucket.partition(f"-{target.account}-")[2] if bucket else ""


def edge(target: Target) -> Stack:
    """Make the certificate of the domain and the firewall, where CloudFront looks for them."""
    chosen = target.choices
    given = {"Domain": chosen.domain, "HostedZone": chosen.hosted_zone, "WithFirewall": _yes(chosen.firewall)}
    return Stack(target, "edge", given, EDGE_REGION)


def ground(target: Target, backup_bucket: str | None, site: Mapping[str, str]) -> Stack:
    """Make what holds data; `site` is what the CDN tells, nothing before there is one."""
    chosen = target.choices
    given = {
        "SiteOrigin": site.get("Address", f"https://{chosen.domain}" if chosen.domain else ""),
        "Distribution": site.get("Distribution", ""),
        "AlarmEmail": chosen.alarm_email,
        "OwnEncryption": _yes(chosen.own_key),
    }
    kept = {} if backup_bucket is None else {"BackupBucket": backup_bucket}
    return Stack(target, "foundation", given | kept)


def cloud_only(target: Target, found: Mapping[str, str]) -> Stack:
    """Make what the local cloud does not know."""
    told = {name: found[name] for name in ("EventBusArn", "AlarmsTopicArn", "PicturesBucket")}
    chosen = {"MonthlyBudget": str(target.choices.monthly_budget), "Collector": target.choices.collector}
    return Stack(target, "cloud-only", told | chosen)


def cdn(
    target: Target,
    found: Mapping[str, str] | None = None,
    api: str = "",
    edge: Mapping[str, str] | None = None,
    origin_key: str = "",
    documents_key: str = "",
) -> Stack:
    """Make the CDN in front of the page, the API and the pictures."""
    chosen, found, edge = target.choices, found or {}, edge or {}
    given = {
        "SiteBucket": found.get("SiteBucket", ""),
        "PicturesBucket": found.get("PicturesBucket", ""),
        "BackupBucket": found.get("BackupBucket", ""),
        "LogsBucket": found.get("LogsBucket", ""),
        "Region": target.region,
        "BackupRegion": backup_region(target, found),
        "ApiDomain": f"{api}.execute-api.{target.region}.amazonaws.com",
        "ApiStage": API_STAGE,
        "OriginKey": origin_key,
        "Domain": chosen.domain if edge.get("Certificate") else "",
        "Certificate": edge.get("Certificate", ""),
        "HostedZone": chosen.hosted_zone,
        "Firewall": edge.get("Firewall", ""),
        "DocumentsPublicKey": documents_key,
        "AlarmEmail": chosen.alarm_email,
    }
    return Stack(target, "web", given, EDGE_REGION)


def origin_key(target: Target) -> str:
    """Read what the CDN shows to the API, so that it may believe what the CDN says of people."""
    name = f"{foundation.secrets_path(target.stage)}/{foundation.ORIGIN_KEY}"
    found = target.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]
    return str(found["Value"])


def pipeline(target: Target, found: Mapping[str, str], site: Mapping[str, str]) -> Stack:
    """Make push-to-deploy."""
    chosen = target.choices
    given = {
        "Source": chosen.source,
        "Repository": chosen.repository,
        "Branch": chosen.branch,
        "Connection": chosen.connection,
        "ReleasesBucket": found["ReleasesBucket"],
        "SiteBucket": found["SiteBucket"],
        "Distribution": site.get("Distribution", ""),
        "AlarmsTopicArn": found.get("AlarmsTopicArn", ""),
    }
    return Stack(target, "pipeline", given)


def _yes(chosen: bool) -> str:
    return "true" if chosen else "false"
