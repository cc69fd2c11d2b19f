"""For each policy over templates, what takes away the protection that it watches."""

from typing import Any

from hypothesis import strategies as st

from infrastructure.policies import data
from tests.infrastructure.sabotage import (
    NOT_TRUE,
    NOTHING,
    REMOVED,
    Draw,
    Weakening,
    add,
    lose_policy,
    put,
    spoil,
    wider,
)

TEN_LETTERS = st.text("abcdefghij", min_size=1, max_size=10)
DAY = 86_400  # seconds

BEHAVIOR = "Properties.DistributionConfig.CacheBehaviors.*"
DEFAULT = "Properties.DistributionConfig.DefaultCacheBehavior"
SECURITY = "Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig"
LIFECYCLE = "Properties.LifecycleConfiguration"
TRUST = "Properties.AssumeRolePolicyDocument.Statement.*"


def origin(number: int) -> str:
    return f"Properties.DistributionConfig.Origins.{number}"


def reached_by(*changes: Weakening) -> Weakening:
    """One of several ways."""

    def weaken(template: Any, subject: str, draw: Draw) -> str | None:
        chosen: Weakening = draw(st.sampled_from(changes))
        return chosen(template, subject, draw)

    return weaken


def the_cdns_statement(part: str, value: Any) -> Weakening:
    """What a policy allows is changed; one that allows nothing allows something then."""

    def weaken(template: Any, subject: str, _draw: Draw) -> None:
        statements = template["Resources"][subject]["Properties"]["PolicyDocument"]["Statement"]
        statements.append({"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": []})
        for statement in statements:
            if statement["Effect"] == "Allow":
                statement[part] = value

    return weaken


def no_queue_lets_go(template: Any, _subject: str, draw: Draw) -> None:
    nothing = draw(st.sampled_from([{}, {"maxReceiveCount": 0}, None]))
    for each in template["Resources"].values():
        if "RedrivePolicy" in each.get("Properties", {}):
            each["Properties"]["RedrivePolicy"] = nothing


def a_writable_behavior_with_another_cache(template: Any, subject: str, draw: Draw) -> None:
    behaviors = template["Resources"][subject]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    writable = [each for each in behaviors if "POST" in each["AllowedMethods"]]
    draw(st.sampled_from(writable))["CachePolicyId"] = {
        "Ref": draw(st.sampled_from(["KeptForEver", "KeptAMinute", "No"]))
    }


def documents_for_everybody(template: Any, subject: str, draw: Draw) -> None:
    behaviors = template["Resources"][subject]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    [documents] = [each for each in behaviors if each["PathPattern"] == "/documents/*"]
    spoil(documents, ["TrustedKeyGroups"], draw(st.sampled_from([REMOVED, [], None])), draw)


def lifecycle_without(part: str) -> Weakening:
    def weaken(template: Any, subject: str, _draw: Draw) -> None:
        for each in template["Resources"][subject]["Properties"]["LifecycleConfiguration"]["Rules"]:
            each.pop(part, None)

    return weaken


def approval_gone(template: Any, subject: str, _draw: Draw) -> None:
    stages = template["Resources"][subject]["Properties"]["Stages"]
    stages[:] = [stage for stage in stages if stage["Name"] != "Approval"]


def secret_told(template: Any, _subject: str, draw: Draw) -> None:
    name = draw(st.sampled_from(["DatabasePassword", "SigningKey", "ApiToken", "OriginSecret"]))
    hidden = draw(st.booleans())
    template.setdefault("Parameters", {})[name] = {"Type": "String", "NoEcho": hidden}
    if hidden:
        value = draw(
            st.sampled_from([{"Ref": name}, {"Fn::Sub": f"x-${{{name}}}"}, {"Fn::Join": ["", ["a", {"Ref": name}]]}])
        )
        template.setdefault("Outputs", {})["Told"] = {"Value": value}


def handed_to_anybody(template: Any, subject: str, _draw: Draw) -> None:
    statement = {"Effect": "Allow", "Action": ["iam:PassRole"], "Resource": "arn:aws:iam::1:role/x"}
    document = {"PolicyName": "hand", "PolicyDocument": {"Statement": [statement]}}
    template["Resources"][subject]["Properties"]["Policies"].append(document)


def strangers_key(template: Any, subject: str, draw: Draw) -> None:
    statements = template["Resources"][subject]["Properties"]["KeyPolicy"]["Statement"]
    [everybody] = [each for each in statements if each["Principal"] == {"AWS": "*"}]
    spoil(
        everybody,
        ["Condition", "StringEquals", draw(st.sampled_from(["kms:CallerAccount", "kms:ViaService"]))],
        REMOVED,
        draw,
    )


WEAKENINGS: dict[str, Weakening] = {
    "bucket-is-private": reached_by(
        put("Properties.PublicAccessBlockConfiguration", NOTHING),
        *(put(f"Properties.PublicAccessBlockConfiguration.{each}", NOT_TRUE) for each in data.BLOCKS),
    ),
    "bucket-has-no-access-lists": reached_by(
        put("Properties.OwnershipControls", NOTHING),
        put(
            "Properties.OwnershipControls.Rules.0.ObjectOwnership",
            st.sampled_from(["ObjectWriter", "BucketOwnerPreferred"]),
        ),
    ),
    "bucket-is-encrypted": reached_by(
        put("Properties.BucketEncryption", NOTHING),
        put("Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault", NOTHING),
    ),
    "bucket-is-versioned": reached_by(
        put("Properties.VersioningConfiguration", NOTHING),
        put("Properties.VersioningConfiguration.Status", st.sampled_from(["Suspended", "enabled", True])),
    ),
    "bucket-forgets": reached_by(
        put(LIFECYCLE, NOTHING),
        lifecycle_without("Status"),
        lifecycle_without("NoncurrentVersionExpiration"),
        lifecycle_without("AbortIncompleteMultipartUpload"),
    ),
    "bucket-is-written-to-from-our-page-only": put(
        "Properties.CorsConfiguration",
        st.sampled_from(["*", "https://*", "https://*.example.org"]).map(
            lambda origin: {"CorsRules": [{"AllowedOrigins": [origin], "AllowedMethods": ["POST"]}]}
        ),
    ),
    "answers-over-tls-only": lose_policy,
    "bucket-opens-to-our-cdn-only": reached_by(
        the_cdns_statement("Principal", "*"),
        the_cdns_statement("Principal", {"Service": "s3.amazonaws.com"}),
        the_cdns_statement("Condition", {}),
        the_cdns_statement("Condition", {"StringEquals": {"AWS:SourceAccount": {"Ref": "AWS::AccountId"}}}),
        the_cdns_statement("Action", ["s3:GetObject", "s3:PutObject"]),
    ),
    "table-recovers-to-a-moment": reached_by(
        put("Properties.PointInTimeRecoverySpecification", NOTHING),
        put("Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", NOT_TRUE),
    ),
    "table-costs-nothing-unused": put("Properties.BillingMode", st.sampled_from([REMOVED, "PROVISIONED"])),
    "data-outlives-its-stack": reached_by(
        put("DeletionPolicy", st.sampled_from([REMOVED, "Delete", "Snapshot"])),
        put("UpdateReplacePolicy", st.sampled_from([REMOVED, "Delete"])),
    ),
    "key-is-renewed": put("Properties.EnableKeyRotation", NOT_TRUE),
    "key-belongs-to-this-account": strangers_key,
    "queue-is-encrypted": put("Properties.SqsManagedSseEnabled", NOT_TRUE),
    "queue-outlasts-a-long-weekend": put(
        "Properties.MessageRetentionPeriod", st.sampled_from([REMOVED]) | st.integers(60, 4 * DAY - 1)
    ),
    "queue-lets-go-of-poison": no_queue_lets_go,
    "subscription-has-dead-letters": add("AWS::SNS::Subscription", Protocol="https", Endpoint="https://example.org"),
    "passwords-are-long": put(
        "Properties.Policies.PasswordPolicy.MinimumLength", st.integers(6, 11) | st.just(REMOVED)
    ),
    "sign-in-tells-nothing": put("Properties.PreventUserExistenceErrors", st.sampled_from([REMOVED, "LEGACY"])),
    "sign-in-sends-no-password": reached_by(
        put("Properties.ExplicitAuthFlows", st.sampled_from([["ALLOW_USER_PASSWORD_AUTH"], ["USER_PASSWORD_AUTH"]])),
        put("Properties.AllowedOAuthFlows", st.sampled_from([["implicit"], ["code", "implicit"]])),
        put("Properties.GenerateSecret", st.sampled_from([REMOVED, True])),
    ),
    "buckets-are-read-by-signed-requests": reached_by(
        put(f"{origin(0)}.OriginAccessControlId", NOTHING),
        put(f"{origin(1)}.OriginAccessControlId", NOTHING),
        put(f"{origin(2)}.OriginAccessControlId", TEN_LETTERS.map(lambda name: {"Ref": name})),
    ),
    "origins-are-asked-over-tls": reached_by(
        put(f"{origin(3)}.CustomOriginConfig.OriginProtocolPolicy", st.sampled_from(["http-only", "match-viewer"])),
        put(
            f"{origin(3)}.CustomOriginConfig.OriginSSLProtocols",
            st.sampled_from([REMOVED, ["TLSv1"], ["TLSv1.1", "TLSv1.2"]]),
        ),
    ),
    "viewers-are-sent-to-https": reached_by(
        put(f"{BEHAVIOR}.ViewerProtocolPolicy", st.sampled_from([REMOVED, "allow-all"])),
        put(f"{DEFAULT}.ViewerProtocolPolicy", st.sampled_from([REMOVED, "allow-all"])),
    ),
    "viewers-use-modern-tls": put(
        "Properties.DistributionConfig.ViewerCertificate.MinimumProtocolVersion",
        st.sampled_from([REMOVED, "SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"]),
    ),
    "errors-are-not-kept": reached_by(
        put("Properties.DistributionConfig.CustomErrorResponses", NOTHING),
        *(
            put(f"Properties.DistributionConfig.CustomErrorResponses.{number}.ErrorCachingMinTTL", st.integers(1, 300))
            for number in (1, 2, 6, 8, 9, 10)
        ),
        put("Properties.DistributionConfig.CustomErrorResponses.*.ResponsePagePath", st.just("/index.html")),
    ),
    "no-answer-is-kept-against-its-word": put(
        "Properties.CachePolicyConfig.MinTTL", st.integers(1, 300) | st.just(REMOVED)
    ),
    "what-owners-see-is-kept-apart": a_writable_behavior_with_another_cache,
    "documents-are-signed-for": documents_for_everybody,
    "only-the-page-falls-back": put(f"{BEHAVIOR}.FunctionAssociations", st.just([{"EventType": "viewer-request"}])),
    "answers-carry-security-headers": reached_by(
        put(f"{BEHAVIOR}.ResponseHeadersPolicyId", NOTHING),
        put(f"{DEFAULT}.ResponseHeadersPolicyId", TEN_LETTERS.map(lambda name: {"Ref": name})),
    ),
    "headers-are-strict": reached_by(
        put(f"{SECURITY}.StrictTransportSecurity", NOTHING),
        put(f"{SECURITY}.StrictTransportSecurity.AccessControlMaxAgeSec", st.integers(0, 31_535_999)),
        put(f"{SECURITY}.ContentTypeOptions", NOTHING),
        put(f"{SECURITY}.FrameOptions", NOTHING),
        put(f"{SECURITY}.ContentSecurityPolicy", NOTHING),
        put(
            f"{SECURITY}.ContentSecurityPolicy.ContentSecurityPolicy",
            st.sampled_from(
                [
                    "default-src 'self'",  # frames of anybody
                    "default-src *; frame-ancestors 'self'",
                    "default-src 'self'; script-src 'self' 'unsafe-inline'; frame-ancestors 'self'",
                    "img-src 'self'; frame-ancestors 'self'",
                ]
            ),
        ),
    ),
    "no-other-site-acts-for-our-visitors": put(
        "Properties.ResponseHeadersPolicyConfig.CorsConfig",
        st.sampled_from(
            [
                {"AccessControlAllowCredentials": True, "AccessControlAllowMethods": {"Items": ["GET"]}},
                {"AccessControlAllowCredentials": False, "AccessControlAllowMethods": {"Items": ["GET", "POST"]}},
                {"AccessControlAllowCredentials": False, "AccessControlAllowMethods": {"Items": ["ALL"]}},
            ]
        ),
    ),
    "role-actions-are-named": wider(["*", "s3:*", "s3:Get*", "dynamodb:?etItem"], ["arn:aws:s3:::one"]),
    "role-resources-are-named": wider(["s3:GetObject"], ["*"]),
    "role-is-handed-to-named-services": handed_to_anybody,
    "role-is-taken-on-by-few": reached_by(
        put(f"{TRUST}.Principal", st.sampled_from(["*", {"AWS": "*"}, {"AWS": "arn:aws:iam::123456789012:root"}])),
        put(f"{TRUST}.Condition", st.sampled_from([REMOVED, {}, {"StringEquals": {"aws:SourceAccount": "1"}}])),
        put(f"{TRUST}.Condition", st.just({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/aws-reserved/*"}})),
    ),
    "user-has-rights-by-a-group": reached_by(
        put("Properties.Groups", NOTHING),
        put("Properties.Policies", st.just([{"PolicyName": "own", "PolicyDocument": {"Statement": []}}])),
    ),
    "keys-are-made-by-hand": add("AWS::IAM::AccessKey", UserName="robot"),
    "alarm-says-what-to-do": put(
        "Properties.AlarmDescription", st.sampled_from([REMOVED, "", "Errors > 5", "Something is wrong " * 10])
    ),
    "alarm-tells-somebody": reached_by(
        put("Properties.AlarmActions", NOTHING),
        put("Properties.OKActions", NOTHING),
        put("Properties.AlarmActions.0", TEN_LETTERS.map(lambda name: {"Ref": name})),
    ),
    "alarm-knows-what-silence-means": put(
        "Properties.TreatMissingData", st.sampled_from([REMOVED, "missing", "ignore"])
    ),
    "log-is-let-go": put("Properties.RetentionInDays", st.sampled_from([REMOVED, 0, 365, 3653])),
    "function-is-in-no-network": put("Properties.VpcConfig", st.just({"VpcId": "vpc-1", "Subnets": ["subnet-1"]})),
    "build-is-a-plain-one": reached_by(
        put("Properties.Environment.PrivilegedMode", st.just(True)),
        put(
            "Properties.Environment.EnvironmentVariables.*.Name",
            st.sampled_from(["AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "DB_PASSWORD", "SIGNING_KEY"]),
        ),
    ),
    "production-waits-for-a-yes": approval_gone,
    "secrets-stay-hidden": secret_told,
}
