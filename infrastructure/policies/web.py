"""Rules for the CDN."""

from collections.abc import Iterator, Mapping
from typing import Any

from infrastructure.policies.rules import Stack, at, many, rule

DISTRIBUTION, CACHE = "AWS::CloudFront::Distribution", "AWS::CloudFront::CachePolicy"
HEADERS, ACCESS = "AWS::CloudFront::ResponseHeadersPolicy", "AWS::CloudFront::OriginAccessControl"
YEAR = 31_536_000  # seconds
FAULTS = {403, 404, 500, 502, 503, 504}  # that CloudFront would keep for ten seconds if nobody said otherwise
READING = {"GET", "HEAD", "OPTIONS"}


def _config(distribution: str, stack: Stack, name: str) -> Any:
    return stack.at(distribution, "DistributionConfig", name)


def behaviors(distribution: str, stack: Stack) -> Iterator[Mapping[str, Any]]:
    """List what a distribution does with each path, the rest last."""
    yield from _config(distribution, stack, "CacheBehaviors") or []
    yield _config(distribution, stack, "DefaultCacheBehavior") or {}


@rule(DISTRIBUTION)
def buckets_are_read_by_signed_requests(distribution: str, stack: Stack) -> bool:
    """A bucket can stay closed to everybody but this distribution."""
    origins = [each for each in _config(distribution, stack, "Origins") if "CustomOriginConfig" not in each]
    return all(_signs(each.get("OriginAccessControlId"), stack) for each in origins)


def _signs(reference: Any, stack: Stack) -> bool:
    name = at(reference, "Ref")
    config = stack.at(name, "OriginAccessControlConfig") if name in stack.of(ACCESS) else {}
    return bool(at(config, "SigningBehavior") == "always" and at(config, "SigningProtocol") == "sigv4")


@rule(DISTRIBUTION)
def origins_are_asked_over_tls(distribution: str, stack: Stack) -> bool:
    """Nothing between the CDN and the API can be read on the way."""
    asked = [
        each["CustomOriginConfig"] for each in _config(distribution, stack, "Origins") if "CustomOriginConfig" in each
    ]
    return all(
        each.get("OriginProtocolPolicy") == "https-only" and each.get("OriginSSLProtocols") == ["TLSv1.2"]
        for each in asked
    )


@rule(DISTRIBUTION)
def viewers_are_sent_to_https(distribution: str, stack: Stack) -> bool:
    """Nobody reports a pet in the clear."""
    return all(
        each.get("ViewerProtocolPolicy") in ("redirect-to-https", "https-only")
        for each in behaviors(distribution, stack)
    )


@rule(DISTRIBUTION)
def viewers_use_modern_tls(distribution: str, stack: Stack) -> bool:
    """With a name of our own it is ours to say; with CloudFront's it is CloudFront's."""
    certificate = _config(distribution, stack, "ViewerCertificate")
    own = not at(certificate, "CloudFrontDefaultCertificate")
    return not own or str(at(certificate, "MinimumProtocolVersion")).startswith(("TLSv1.2_", "TLSv1.3"))


@rule(DISTRIBUTION)
def errors_are_not_kept(distribution: str, stack: Stack) -> bool:
    """The next viewer asks again, and no page stands in for an error."""
    said = _config(distribution, stack, "CustomErrorResponses") or []
    short = {each["ErrorCode"] for each in said if each.get("ErrorCachingMinTTL") == 0}
    return short >= FAULTS and not any("ResponsePagePath" in each for each in said)


@rule(CACHE)
def no_answer_is_kept_against_its_word(policy: str, stack: Stack) -> bool:
    """What says no-store is not kept for a second."""
    return bool(stack.at(policy, "CachePolicyConfig", "MinTTL") == 0)


@rule(DISTRIBUTION)
def what_owners_see_is_kept_apart(distribution: str, stack: Stack) -> bool:
    """Where something can be written, there are tokens, and an answer to one is nobody else's."""
    writable = [each for each in behaviors(distribution, stack) if not set(each.get("AllowedMethods", [])) <= READING]
    return all(_keeps_apart(at(each, "CachePolicyId", "Ref"), stack) for each in writable)


def _keeps_apart(policy: Any, stack: Stack) -> bool:
    if policy not in stack.of(CACHE):
        return False
    config = stack.at(policy, "CachePolicyConfig")
    key = at(config, "ParametersInCacheKeyAndForwardedToOrigin", "HeadersConfig", "Headers") or []
    return "Authorization" in key or at(config, "MaxTTL") == 0


@rule(DISTRIBUTION)
def documents_are_signed_for(distribution: str, stack: Stack) -> bool:
    """A private document is shown to those who have a signed address."""
    private = [each for each in behaviors(distribution, stack) if "/documents" in str(each.get("PathPattern"))]
    return all(many(each.get("TrustedKeyGroups")) for each in private)


@rule(DISTRIBUTION)
def only_the_page_falls_back(distribution: str, stack: Stack) -> bool:
    """What is not there is not there; only a view of the page has no file of its own."""
    return not any(each.get("FunctionAssociations") for each in _config(distribution, stack, "CacheBehaviors") or [])


@rule(DISTRIBUTION)
def answers_carry_security_headers(distribution: str, stack: Stack) -> bool:
    """Every answer says what a browser may do with it."""
    named = [at(each, "ResponseHeadersPolicyId", "Ref") for each in behaviors(distribution, stack)]
    return all(name in stack.of(HEADERS) for name in named)


@rule(HEADERS)
def headers_are_strict(policy: str, stack: Stack) -> bool:
    """HTTPS for a year, no guessing of types, no framing by others, and a policy for content."""
    config = stack.at(policy, "ResponseHeadersPolicyConfig", "SecurityHeadersConfig")
    content = at(config, "ContentSecurityPolicy", "ContentSecurityPolicy")
    return (
        (at(config, "StrictTransportSecurity", "AccessControlMaxAgeSec") or 0) >= YEAR
        and at(config, "ContentTypeOptions", "Override") is True
        and at(config, "FrameOptions", "FrameOption") in ("DENY", "SAMEORIGIN")
        and content_is_ours(str(at(content, "Fn::Sub") or content))
    )


def content_is_ours(policy: str) -> bool:
    """Tell whether a content security policy lets no script of others in."""
    said = {name: sources for name, _, sources in (each.strip().partition(" ") for each in policy.split(";"))}
    scripts = said.get("script-src", said.get("default-src", "*"))
    return scripts.strip() in ("'self'", "'none'") and "frame-ancestors" in said


@rule(HEADERS)
def no_other_site_acts_for_our_visitors(policy: str, stack: Stack) -> bool:
    """Who lets everybody read lets nobody come with credentials, and nobody write."""
    cors = stack.at(policy, "ResponseHeadersPolicyConfig", "CorsConfig")
    methods = set(many(at(cors, "AccessControlAllowMethods", "Items")))
    return cors is None or (at(cors, "AccessControlAllowCredentials") is False and methods <= READING)
