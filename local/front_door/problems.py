"""Answers that say what went wrong: problem+json (RFC 9457), never kept by a cache."""

from http import HTTPStatus

from aiohttp import web


def problem(status: HTTPStatus, detail: str, **headers: str) -> web.Response:
    """Answer with a problem; underscores in the headers' names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response(
        {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail},
        status=status,
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **named},
        content_type="application/problem+json",
    )


def not_found() -> web.Response:
    """Nothing is here."""
    return problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")


def only(*methods: str) -> web.Response:
    """Something is here, but not for this method."""
    allowed = ", ".join(methods)
    return problem(HTTPStatus.METHOD_NOT_ALLOWED, f"Only {allowed} is possible here.", Allow=allowed)
