"""What passes between the routes and the controllers besides bodies and queries."""

from dataclasses import dataclass

from chalicelib.domain.networks import Sender

NO_STORE = "no-store"
PAGE_SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob: https:; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # the makers of map tiles ask for the origin
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SHORT = "public, max-age=0, s-maxage=1, stale-while-revalidate=5, stale-if-error=60"  # seconds
MARKERS = "public, max-age=0, s-maxage=15, stale-while-revalidate=60, stale-if-error=600"
CLUSTERS = "public, max-age=30, s-maxage=60, stale-while-revalidate=300, stale-if-error=3600"
WIDE_CLUSTERS = "public, max-age=60, s-maxage=120, stale-while-revalidate=600, stale-if-error=3600"
PAGE = "public, max-age=0, s-maxage=5, stale-if-error=600"
HOUR = "public, max-age=3600"
MINUTE = "public, max-age=60"
OWN_HOUR = "private, max-age=3600"


@dataclass(frozen=True)
class Caller:
    """Who calls: the bearer token, if any, and the address under which we were called, without a slash at its end."""

    token: str | None
    origin: str


@dataclass(frozen=True)
class TokenHolder(Caller):
    """Who calls where nobody may without a token, not even to read."""


@dataclass(frozen=True)
class Visitor:
    """Anybody: the address under which we were called, where the request comes from, and where that may be.

    `latitude` and `longitude` are what the CDN guesses by the address, as it wrote them.
    """

    origin: str
    sender: Sender
    latitude: str = ""
    longitude: str = ""


@dataclass(frozen=True)
class SentPicture:
    """A picture in the body of a request, as the bytes it came in."""

    data: bytes


@dataclass(frozen=True)
class Reply[T]:
    """An answer that needs more than its body: another status than its route's, how long it may be kept.

    `volatile` names what differs in every answer, such as its time, and does not make it another one for caches.
    """

    body: T
    status: int | None = None
    cache: str = NO_STORE
    volatile: frozenset[str] = frozenset()

    @property
    def may_be_kept(self) -> bool:
        """Whether caches, or that of the browser alone, may keep it."""
        return self.cache != NO_STORE
