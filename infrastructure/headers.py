"""The headers that the CDN adds to answers, read off the `web` template for the front door on a laptop."""

from functools import cache
from typing import Any

from infrastructure import templates
from infrastructure.routes import Route, Target

POLICIES = {  # by what stands behind a route; announcements as HTML are pages too, though the API makes them
    Target.PAGE: "PageHeaders",
    Target.API: "ApiHeaders",
    Target.PICTURES: "PicturesHeaders",
    Target.DOCUMENTS: "ApiHeaders",
}
PAGES_OF_THE_API = "/a/*"
TO_EVERY_ORIGIN = "*"


def policy_of(route: Route) -> str:
    """Name the policy, by its logical id, that a route's answers get their headers from."""
    return "PageHeaders" if route.pattern == PAGES_OF_THE_API else POLICIES[route.target]


@cache
def of(policy: str) -> dict[str, str]:
    """Read a policy's headers, but for Strict-Transport-Security, which plain HTTP may not say.

    What the template leaves open, as the buckets in a content security policy, is left open here.
    """
    config = templates.load("web")["Resources"][policy]["Properties"]["ResponseHeadersPolicyConfig"]
    security, custom = config["SecurityHeadersConfig"], config.get("CustomHeadersConfig", {}).get("Items", [])
    content = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    return {
        "Content-Security-Policy": content if isinstance(content, str) else content["Fn::Sub"],
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        **{each["Header"]: each["Value"] for each in custom},
        **_cors(config.get("CorsConfig")),
    }


def _cors(config: dict[str, Any] | None) -> dict[str, str]:
    """What a simple request of another origin is answered; pictures need no other."""
    allowed = config["AccessControlAllowOrigins"]["Items"] if config else []
    return {"Access-Control-Allow-Origin": TO_EVERY_ORIGIN} if TO_EVERY_ORIGIN in allowed else {}
