"""What passes between the routes and the controllers besides bodies and queries."""

from dataclasses import dataclass

NO_STORE = "no-store"
SHORT = "public, max-age=0, s-maxage=1, stale-while-revalidate=5, stale-if-error=60"  # seconds; new pins show at once
PAGE = "public, max-age=0, s-maxage=5, stale-if-error=600"
HOUR = "public, max-age=3600"


@dataclass(frozen=True)
class Caller:
    """Who calls: the bearer token, if any, and the address under which we were called, without a slash at its end."""

    token: str | None
    origin: str


@dataclass(frozen=True)
class Reply[T]:
    """An answer that needs more than its body: another status than its route's, how long it may be cached, a type."""

    body: T
    status: int | None = None
    cache: str = NO_STORE
    media_type: str = "application/json"
