"""Where a path leads: the one table for the CDN in the cloud and for the front door on a laptop."""

from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase

DAY, YEAR = 86_400, 31_536_000  # seconds
ORIGIN_KEY_HEADER = "x-origin-key"  # in which the CDN shows the API the parameter `origin-key`


class Target(Enum):
    """What stands behind the one address."""

    PAGE = "page"  # the files that the front end's build made; a path without a file is index.html
    API = "api"  # the REST API; the path is forwarded as it is
    PICTURES = "pictures"  # the pictures bucket; the path is the key
    DOCUMENTS = "documents"  # private ones in the same bucket, shown by the CDN to those who have a signed address


@dataclass(frozen=True)
class Cache:
    """How long an answer is kept.

    `header` is the Cache-Control that the answer is given; None leaves it to the API.
    `default_ttl` and `max_ttl` are the seconds for which the CDN keeps an answer that does not say, or that says more.
    The CDN's min_ttl is 0 everywhere: what says no-store is never kept.
    """

    header: str | None
    default_ttl: int
    max_ttl: int


THE_API_DECIDES = Cache(None, default_ttl=0, max_ttl=YEAR)
A_MINUTE = Cache(None, default_ttl=60, max_ttl=60)
A_MINUTE_EVERYWHERE = Cache("public, max-age=60", default_ttl=60, max_ttl=60)
NEVER = Cache(None, default_ttl=0, max_ttl=0)
ALWAYS_ASKED_FOR = Cache("no-cache", default_ttl=0, max_ttl=YEAR)
FOR_EVER = Cache("public, max-age=31536000, immutable", default_ttl=YEAR, max_ttl=YEAR)
FOR_EVER_BY_BROWSERS = Cache(FOR_EVER.header, default_ttl=DAY, max_ttl=DAY)  # what is erased fades at the CDN by itself


@dataclass(frozen=True)
class Route:
    """A pattern as CloudFront has it: `*` stands for any characters, slashes among them."""

    pattern: str
    target: Target
    cache: Cache

    def matches(self, path: str) -> bool:
        """Tell whether a path is one of these; upper case is not lower case."""
        return fnmatchcase(path, self.pattern)


ROUTES = (
    Route("/api/config", Target.API, NEVER),  # it tells people roughly where they are
    Route("/api", Target.API, THE_API_DECIDES),
    Route("/api/*", Target.API, THE_API_DECIDES),
    Route("/a/*", Target.API, A_MINUTE),
    Route("/renditions/*", Target.PICTURES, FOR_EVER_BY_BROWSERS),
    Route("/documents/*", Target.DOCUMENTS, NEVER),
    Route("/assets/*", Target.PAGE, FOR_EVER),
    Route("/page.js", Target.PAGE, A_MINUTE_EVERYWHERE),  # these two under stable names, for the pages of the API
    Route("/page.css", Target.PAGE, A_MINUTE_EVERYWHERE),
    Route("/*", Target.PAGE, ALWAYS_ASKED_FOR),
)


def route_of(path: str) -> Route:
    """Find the first route that matches a path, which begins with a slash and has no query."""
    return next(route for route in ROUTES if route.matches(path))
