"""The CDN as it is written, by the table of routes; policies hold for it besides."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from chalicelib.endpoints import ORIGIN_KEY_HEADER
from infrastructure import templates
from infrastructure.routes import ROUTES, Route, Target
from local.front_door.page import _is_a_view
from tests.infrastructure.programs import run
from tests.infrastructure.sabotage import EVERYTHING

WEB = templates.load("web")
PLAIN = templates.resolve(WEB, {"Stage": "dev"})
WHOLE = templates.resolve(WEB, {"Stage": "prod", **EVERYTHING["web"]})
ORIGINS = {Target.PAGE: "page", Target.API: "api", Target.PICTURES: "pictures-anywhere", Target.DOCUMENTS: "pictures"}
EVERY_METHOD = {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
OPENAPI = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())


def config(template: dict[str, Any] = WHOLE) -> dict[str, Any]:
    found: dict[str, Any] = template["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    return found


def behaviors(template: dict[str, Any] = WHOLE) -> dict[str, dict[str, Any]]:
    """What is done with each pattern, in the CDN's order."""
    found = {each["PathPattern"]: each for each in config(template)["CacheBehaviors"]}
    return found | {"/*": config(template)["DefaultCacheBehavior"]}


def policy(reference: dict[str, str], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = WHOLE["Resources"][reference["Ref"]]["Properties"][kind]
    return found


def cache_of(pattern: str) -> dict[str, Any]:
    return policy(behaviors()[pattern]["CachePolicyId"], "CachePolicyConfig")


def asked_of(pattern: str) -> dict[str, Any]:
    return policy(behaviors()[pattern]["OriginRequestPolicyId"], "OriginRequestPolicyConfig")


def test_the_behaviors_are_the_routes_in_their_order() -> None:
    assert list(behaviors()) == [route.pattern for route in ROUTES]


def test_without_a_key_there_are_no_documents() -> None:
    assert set(behaviors()) - set(behaviors(PLAIN)) == {"/documents/*"}
    assert not [each for each in PLAIN["Resources"].values() if "Key" in each["Type"]]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_a_route_leads_to_its_target_and_is_kept_as_long_as_it_says(route: Route) -> None:
    cache = cache_of(route.pattern)
    assert behaviors()[route.pattern]["TargetOriginId"] == ORIGINS[route.target]
    assert (cache["MinTTL"], cache["DefaultTTL"], cache["MaxTTL"]) == (0, route.cache.default_ttl, route.cache.max_ttl)


def test_only_five_parameters_must_be_given() -> None:
    assert tuple(name for name, each in WEB["Parameters"].items() if "Default" not in each) == (
        "Stage", "SiteBucket", "PicturesBucket", "Region", "ApiDomain",
    )  # fmt: skip
    assert WEB["Parameters"]["ApiStage"]["Default"] == "api"


@pytest.mark.parametrize("pattern", ["/api", "/api/*"])
def test_the_api_is_asked_with_every_method_and_the_whole_query(pattern: str) -> None:
    assert set(behaviors()[pattern]["AllowedMethods"]) == EVERY_METHOD
    assert cache_of(pattern)["ParametersInCacheKeyAndForwardedToOrigin"]["QueryStringsConfig"] == {
        "QueryStringBehavior": "all"
    }
    assert asked_of(pattern)["QueryStringsConfig"] == {"QueryStringBehavior": "all"}


def test_answers_to_different_owners_are_kept_apart() -> None:
    key = cache_of("/api/*")["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["HeadersConfig"] == {"HeaderBehavior": "whitelist", "Headers": ["Authorization"]}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}


def test_the_api_is_told_every_header_that_it_reads() -> None:
    operations = [each for methods in OPENAPI["paths"].values() for each in methods.values()]
    read = {each["name"] for one in operations for each in one.get("parameters", []) if each["in"] == "header"}
    told = set(asked_of("/api/*")["HeadersConfig"]["Headers"]) | {"Authorization"}
    assert {name.lower() for name in read} <= {name.lower() for name in told}
    assert {"Accept", "Content-Type"} <= told


def test_no_more_headers_are_named_than_cloudfront_takes_and_never_the_host() -> None:
    for pattern in ("/api", "/api/*", "/api/config"):
        named = asked_of(pattern)["HeadersConfig"]["Headers"]
        assert len(named) <= 10
        assert "Host" not in named


def test_the_api_is_told_who_asks_and_for_the_settings_where_from() -> None:
    assert "CloudFront-Viewer-Address" in asked_of("/api/*")["HeadersConfig"]["Headers"]
    where = {"CloudFront-Viewer-Address", "CloudFront-Viewer-Latitude", "CloudFront-Viewer-Longitude"}
    assert where <= set(asked_of("/api/config")["HeadersConfig"]["Headers"])
    assert cache_of("/api/config")["MaxTTL"] == 0  # or one would be told where another is


def test_a_key_shows_the_api_that_it_is_the_cdn_who_asks() -> None:
    [api] = [each for each in config()["Origins"] if each["Id"] == "api"]
    assert api["OriginCustomHeaders"] == [
        {"HeaderName": {"Ref": "OriginKeyHeader"}, "HeaderValue": {"Ref": "OriginKey"}}
    ]
    assert WEB["Parameters"]["OriginKeyHeader"]["Default"].lower() == ORIGIN_KEY_HEADER
    assert WEB["Parameters"]["OriginKey"]["NoEcho"] is True


def test_the_api_has_as_long_as_it_takes() -> None:
    [api] = [each for each in config()["Origins"] if each["Id"] == "api"]
    assert api["CustomOriginConfig"]["OriginReadTimeout"] > 29
    assert api["OriginPath"] == {"Fn::Sub": "/${ApiStage}"}


def test_pictures_come_from_the_other_region_when_the_first_one_fails() -> None:
    [group] = config()["OriginGroups"]["Items"]
    assert [each["OriginId"] for each in group["Members"]["Items"]] == ["pictures", "pictures-backup"]
    assert group["FailoverCriteria"]["StatusCodes"]["Items"] == [500, 502, 503, 504]  # and nothing that was withdrawn
    assert "OriginGroups" not in config(PLAIN)
    assert behaviors(PLAIN)["/renditions/*"]["TargetOriginId"] == "pictures"


def test_what_the_cdn_shows_from_the_backup_is_replicated_there() -> None:
    foundation = templates.resolve(templates.load("foundation"), EVERYTHING["foundation"])
    rules = foundation["Resources"]["Pictures"]["Properties"]["ReplicationConfiguration"]["Rules"]
    assert {"Prefix": "renditions/"} in [rule["Filter"] for rule in rules]
    [statement] = [
        each
        for each in templates.resolve(templates.load("backup"), EVERYTHING["backup"])["Resources"]["BackupPolicy"][
            "Properties"
        ]["PolicyDocument"]["Statement"]
        if each["Effect"] == "Allow"
    ]
    assert not [resource for resource in statement["Resource"] if "originals" in str(resource)]


def test_everything_but_pictures_is_compressed() -> None:
    plain = {pattern for pattern, each in behaviors().items() if not each["Compress"]}
    assert plain == {"/renditions/*", "/documents/*"}
    for pattern in behaviors().keys() - plain - {"/api/config"}:
        key = cache_of(pattern)["ParametersInCacheKeyAndForwardedToOrigin"]
        assert key["EnableAcceptEncodingGzip"] is key["EnableAcceptEncodingBrotli"] is True


def test_it_speaks_http_3_and_ipv6_and_logs_where_a_bucket_is_named() -> None:
    assert (config()["HttpVersion"], config()["IPV6Enabled"]) == ("http2and3", True)
    assert config()["Logging"]["Bucket"] == {"Fn::Sub": "${LogsBucket}.s3.amazonaws.com"}
    assert "Logging" not in config(PLAIN)


def test_renditions_may_be_read_from_any_page_and_nothing_else_may() -> None:
    cors = {
        pattern: policy(each["ResponseHeadersPolicyId"], "ResponseHeadersPolicyConfig").get("CorsConfig")
        for pattern, each in behaviors().items()
    }
    assert {pattern for pattern, each in cors.items() if each} == {"/renditions/*"}
    assert cors["/renditions/*"]["AccessControlAllowOrigins"] == {"Items": ["*"]}  # type: ignore[index]


def test_the_page_may_upload_to_the_pictures_bucket_and_to_nobody_else() -> None:
    headers = policy(behaviors()["/*"]["ResponseHeadersPolicyId"], "ResponseHeadersPolicyConfig")
    content = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    [connected] = [each for each in content.split("; ") if each.startswith("connect-src")]
    assert connected.split()[1:] == [
        "'self'",
        "https://${PicturesBucket}.s3.${Region}.amazonaws.com",
    ]


def test_a_name_of_ones_own_is_led_here_over_both_protocols() -> None:
    records = {
        each["Properties"]["Type"] for each in WHOLE["Resources"].values() if each["Type"] == "AWS::Route53::RecordSet"
    }
    assert records == {"A", "AAAA"}
    assert config()["Aliases"] == [{"Ref": "Domain"}]
    assert config(PLAIN)["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}


def test_the_edge_is_watched_where_cloudfronts_metrics_are() -> None:
    alarm = PLAIN["Resources"]["EdgeFails"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/CloudFront", "5xxErrorRate")
    assert {"Name": "Region", "Value": "Global"} in alarm["Dimensions"]
    assert "us-east-1" in WEB["Description"]


PATHS = [
    "/",
    "/index.html",
    "/manage/9f2c",
    "/manage/9f2c/",
    "/favicon.svg",
    "/sw.js",
    "/a.b/c",
    "/a.b/c.d",
    "/x/.y",
    "/.well-known/z",
]


@pytest.mark.skipif(not shutil.which("node"), reason="no Node here to run the CDN's function")
def test_the_cdns_function_falls_back_as_the_front_door_does() -> None:
    code = WEB["Resources"]["Fallback"]["Properties"]["FunctionCode"]
    call = (
        f"{code}; console.log(JSON.stringify({json.dumps(PATHS)}.map(uri => handler({{request: {{uri: uri}}}}).uri)))"
    )
    led = json.loads(run("node", "-e", call).stdout)
    assert led == ["/index.html" if _is_a_view(path) else path for path in PATHS]
