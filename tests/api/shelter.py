"""What a source named `shelter` does again and again."""

from typing import Any

from tests.api.steps import Owned, body
from tests.conftest import Homestead
from tests.http import Answer

SHELTER = "/api/sources/shelter/announcements"


def put(homestead: Homestead, key: str, external_id: str = "A-1", **changes: Any) -> Answer:
    return homestead.client.put(f"{SHELTER}/{external_id}", body(**changes), token=key)


def brought(homestead: Homestead, key: str, external_id: str = "A-1", **changes: Any) -> Owned:
    """Bring an announcement; its token is the source's key."""
    answer = put(homestead, key, external_id, **changes)
    assert answer.status in (200, 201), answer.body
    return Owned(answer.json["id"], key, answer.json)


def send(homestead: Homestead, key: str, *announcements: Any) -> Answer:
    return homestead.client.put(SHELTER, {"announcements": announcements}, token=key)


def named(external_id: str, **changes: Any) -> dict[str, Any]:
    return body(external_id=external_id, **changes)


def results(answer: Answer) -> list[tuple[str, str]]:
    return [(each["external_id"], each["outcome"]) for each in answer.json["results"]]
