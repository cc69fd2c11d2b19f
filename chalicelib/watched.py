"""The edges at which requests and events come in: each gets a journal, and one line of the log in the end."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from chalice.app import Request, Response

from chalicelib import journal
from chalicelib.domain.errors import HomewardError
from chalicelib.journal import Journal, is_correlation_id
from chalicelib.logs import log, tell
from chalicelib.services.changes import WriteConflict

CORRELATION_HEADER = "X-Correlation-Id"
FOLLOWING = ("s3", "sqs", "dynamodb")  # events that come of requests
SCHEDULED = ("scheduled", "cloudwatch")


class FunctionFailed(Exception):
    """Something unforeseen; the log tells what and where."""


def answered(request: Request, route: str, answer: Callable[[], Response]) -> Response:
    """Answer a request under its id, and tell of it."""
    started = time.perf_counter()
    with journal.opened(Journal(_id_of(request))) as notes:
        response = answer()
        response.headers[CORRELATION_HEADER] = notes.correlation_id
        tell("answered", route=route, status=response.status_code, ms=_since(started))
    return response


def follow_event(event: Any, handle: Callable[[Any], Any]) -> Any:
    """Handle an event that comes of requests: Chalice's middleware."""
    return _handled(event, handle, may_follow=True)


def keep_schedule(event: Any, handle: Callable[[Any], Any]) -> Any:
    """Handle an event of a schedule: Chalice's middleware."""
    return _handled(event, handle, may_follow=False)


def _handled(event: Any, handle: Callable[[Any], Any], *, may_follow: bool) -> Any:
    """Handle it, and tell of it; an error that we did not foresee goes on without its words, for AWS logs those."""
    started = time.perf_counter()
    with journal.opened(Journal(_id_of_invocation(event.context), may_follow)):
        try:
            return handle(event)
        except (HomewardError, WriteConflict):
            log.exception("failed")
            raise
        except Exception as error:  # noqa: BLE001 (raised again, in other words)
            log.exception("failed")
            raise FunctionFailed(type(error).__name__) from None
        finally:
            tell("handled", event=type(event).__name__, ms=_since(started))


def _id_of(request: Request) -> str:
    """Take the id that came if it may be ours, or the gateway's."""
    given = str(request.headers.get(CORRELATION_HEADER.lower(), ""))
    named = str(request.context.get("requestId") or "")
    return next((each for each in (given, named) if is_correlation_id(each)), str(uuid4()))


def _id_of_invocation(context: Any) -> str:
    named = str(getattr(context, "aws_request_id", ""))
    return named if is_correlation_id(named) else str(uuid4())


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
