"""When the storage is throttled or away, the answer says so, and when to try again."""

import pytest

from tests.api.steps import (
    ANNOUNCEMENTS,
    BODY,
    announce,
    assert_problem,
    body,
    fail,
    nothing_written,
    request_picture,
    source_key,
)
from tests.conftest import Homestead
from tests.http import REQUEST, Answer

THROTTLES = [
    ("ProvisionedThroughputExceededException", 400),
    ("ThrottlingException", 400),
    ("RequestLimitExceeded", 400),
    ("InternalServerError", 500),
    ("ServiceUnavailable", 503),
]
OPERATIONS = ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "TransactWriteItems"]


def _assert_busy(answer: Answer) -> None:
    assert_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(("code", "status"), THROTTLES)
def test_every_route_that_needs_the_table_says_when_to_try_again(homestead: Homestead, code: str, status: int) -> None:
    owned, key = announce(homestead), source_key(homestead)
    slot = request_picture(homestead, owned)
    for operation in OPERATIONS:
        fail(homestead, "dynamodb", operation, code, status)
    client, token = homestead.client, owned.token
    with nothing_written(homestead):
        _assert_busy(client.get(ANNOUNCEMENTS))
        _assert_busy(client.get(ANNOUNCEMENTS, bbox="19,50,20,51"))
        _assert_busy(client.post(ANNOUNCEMENTS, BODY))
        _assert_busy(client.post(ANNOUNCEMENTS, BODY, headers={"Idempotency-Key": "0123456789abcdef"}))
        _assert_busy(client.get(owned.path))
        _assert_busy(client.get(owned.path, token=token))
        _assert_busy(client.patch(owned.path, {"title": "New"}, token=token))
        _assert_busy(client.post(f"{owned.path}/renew", token=token))
        _assert_busy(client.post(f"{owned.path}/reunited", token=token))
        _assert_busy(client.post(f"{owned.path}/pictures", {}, token=token))
        _assert_busy(client.delete(owned.path, token=token))
        _assert_busy(client.post(f"{owned.path}/messages", {"text": "I saw it"}))
        _assert_busy(client.get(f"{owned.path}/messages", token=token))
        _assert_busy(client.post(f"{owned.path}/messages/x/read", token=token))
        _assert_busy(client.post(f"{owned.path}/reports", {"reason": "scam"}))
        _assert_busy(client.get(slot.path))
        _assert_busy(client.put("/api/sources/shelter/announcements/1", body(), token=key))
        _assert_busy(client.put("/api/sources/shelter/announcements", {"announcements": [{}]}, token=key))


def test_a_service_without_its_secrets_for_now_says_when_to_try_again(homestead: Homestead) -> None:
    fail(homestead, "ssm", "GetParameters", "ThrottlingException")
    _assert_busy(homestead.client.get(f"{ANNOUNCEMENTS}/{'a' * 20}", token="x"))


def test_an_error_that_nobody_foresaw_says_nothing_of_its_cause(homestead: Homestead) -> None:
    fail(homestead, "dynamodb", "Query", "AccessDeniedException")
    answer = homestead.client.get(ANNOUNCEMENTS)
    assert answer.status == 500
    assert answer.headers["content-type"] == "application/problem+json"
    said = {"type": "about:blank", "title": "Something is broken here", "status": 500}
    assert answer.json == said | {"instance": f"urn:uuid:{REQUEST}"}


def test_a_health_check_needs_no_storage(homestead: Homestead) -> None:
    for operation in OPERATIONS:
        fail(homestead, "dynamodb", operation, "ServiceUnavailable", 503)
    assert homestead.client.get("/api/health").json == {"status": "ok", "stage": "local"}


def test_a_write_that_was_done_but_whose_answer_was_lost_is_a_success(homestead: Homestead) -> None:
    events = homestead.homeward.aws.dynamodb.meta.events
    lost: list[str] = []

    def repeat(model: object, params: dict[str, object], **_call: object) -> None:
        """Do the write once before the one whose answer is seen, as a retry after a lost answer does."""
        if not lost:
            lost.append("answer")
            homestead.homeward.aws.dynamodb.transact_write_items(**written[-1])  # type: ignore[arg-type]

    written: list[dict[str, object]] = []
    events.register("provide-client-params.dynamodb.TransactWriteItems", lambda params, **_: written.append(params))
    events.register("before-call.dynamodb.TransactWriteItems", repeat)
    owned = announce(homestead)
    assert lost
    assert homestead.client.get(owned.path).status == 200
    assert homestead.client.get(ANNOUNCEMENTS).json["numberMatched"] == 1
