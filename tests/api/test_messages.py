"""Messages to who announced: sent without an account, read by the owner alone, gone with the announcement."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.messages import MAX_MESSAGES
from tests.api.steps import (
    UNKNOWN_ID,
    Owned,
    announce,
    assert_problem,
    body,
    fail,
    hide,
    messages_of,
    nothing_written,
    reunite,
    source_key,
    stored,
    sweep,
    withdraw,
    write_to,
)
from tests.conftest import Homestead

KEY = {"Idempotency-Key": "0123456789abcdef"}


def test_a_message_is_told_to_the_owner_and_marked_as_read(homestead: Homestead) -> None:
    owned = announce(homestead)
    sent = write_to(homestead, owned, "  I saw it\nbehind the mill ", reply_to="+48 600 999 888")
    assert (sent.status, sent.json["sent_at"]) == (201, "2026-11-20T12:00:00Z")
    assert sent.headers["cache-control"] == "no-store"
    assert set(sent.json) == {"id", "sent_at"}
    told = {
        "id": sent.json["id"],
        "text": "I saw it\nbehind the mill",
        "reply_to": "+48 600 999 888",
        "sent_at": "2026-11-20T12:00:00Z",
        "read_at": None,
    }
    assert messages_of(homestead, owned) == [told]
    homestead.clock.move(timedelta(minutes=5))
    path = f"{owned.path}/messages/{sent.json['id']}/read"
    read = homestead.client.post(path, token=owned.token)
    assert (read.status, read.json) == (200, told | {"read_at": "2026-11-20T12:05:00Z"})
    homestead.clock.move(timedelta(minutes=5))
    assert homestead.client.post(path, token=owned.token).json == read.json
    assert messages_of(homestead, owned) == [read.json]


def test_messages_are_told_newest_first(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    for text in ("first", "second", "third"):
        write_to(homestead, owned, text)
        homestead.clock.move(timedelta(seconds=1))
    write_to(homestead, other, "elsewhere")
    assert [each["text"] for each in messages_of(homestead, owned)] == ["third", "second", "first"]


def test_only_the_owner_reads_messages(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    sent = write_to(homestead, owned).json["id"]
    reading = f"{owned.path}/messages/{sent}/read"
    with nothing_written(homestead):
        for token, status in ((None, 401), ("x", 403), (other.token, 403)):
            assert_problem(homestead.client.get(f"{owned.path}/messages", token=token), status)
            assert_problem(homestead.client.post(reading, token=token), status)
        for path in (f"{other.path}/messages/{sent}/read", f"{other.path}/messages/x/read"):
            assert_problem(homestead.client.post(path, token=other.token), 404)


def test_the_key_of_a_source_reads_the_messages_to_its_announcements(homestead: Homestead) -> None:
    key = source_key(homestead)
    sent = homestead.client.put("/api/sources/shelter/announcements/A-1", body(), token=key)
    owned = Owned(sent.json["id"], key, sent.json)
    assert write_to(homestead, owned).status == 201
    assert len(messages_of(homestead, owned)) == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "bell \x07"}, "text"),
        ({"text": "hi", "reply_to": "x" * 201}, "reply_to"),
        ({"text": "hi", "reply_to": "a\nb"}, "reply_to"),
        ({"text": "hi", "website": "https://spam.example"}, "website"),
        ({"text": "hi", "website": None}, "website"),
        ({"text": "hi", "about": "x"}, "about"),
    ],
)
def test_a_message_that_cannot_be_taken_is_refused_by_its_field(
    homestead: Homestead, content: dict[str, Any], field: str
) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        assert_problem(homestead.client.post(f"{owned.path}/messages", content), 422, field)


@pytest.mark.parametrize(
    "text", ["x" * 2000, "🐢" * 2000, "<script>alert(1)</script>", "\u202eRTL", "a\tb\n\nc", "'\""]
)
def test_any_text_comes_back_as_it_was_sent(homestead: Homestead, text: str) -> None:
    owned = announce(homestead)
    assert write_to(homestead, owned, text).status == 201
    assert [each["text"] for each in messages_of(homestead, owned)] == [text]


def test_an_empty_way_to_answer_is_none(homestead: Homestead) -> None:
    owned = announce(homestead)
    write_to(homestead, owned, reply_to="", website="")
    assert messages_of(homestead, owned)[0]["reply_to"] is None


def test_nobody_can_be_written_to_who_is_not_there(homestead: Homestead) -> None:
    nobody = Owned(UNKNOWN_ID, "", {})
    with nothing_written(homestead):
        assert_problem(write_to(homestead, nobody), 404)
        assert_problem(homestead.client.post("/api/announcements/x y/messages", {"text": "hi"}), 404)


def test_who_is_reunited_can_be_written_to(homestead: Homestead) -> None:
    owned = announce(homestead)
    reunite(homestead, owned)
    assert write_to(homestead, owned).status == 201


def test_what_is_hidden_or_expired_takes_no_messages_and_its_owner_reads_those_there_are(homestead: Homestead) -> None:
    hidden, expired = announce(homestead), announce(homestead)
    for owned in (hidden, expired):
        write_to(homestead, owned)
    hide(homestead, hidden)
    answer = write_to(homestead, hidden)
    assert_problem(answer, 410)
    assert answer.json["state"] == "hidden"
    assert len(messages_of(homestead, hidden)) == 1
    homestead.clock.move(timedelta(days=91))
    assert write_to(homestead, expired).json["state"] == "expired"
    assert len(messages_of(homestead, expired)) == 1


def test_a_withdrawn_one_takes_its_messages_along(homestead: Homestead) -> None:
    owned = announce(homestead)
    for _count in range(3):
        write_to(homestead, owned, "behind the mill")
    withdraw(homestead, owned)
    assert "behind the mill" not in str(stored(homestead))
    assert [item["sk"] for item in homestead.table.scan()["Items"] if item["pk"] == f"R#{owned.id}"] == ["R"]
    assert_problem(write_to(homestead, owned), 410)
    assert_problem(homestead.client.get(f"{owned.path}/messages", token=owned.token), 410)


def test_a_withdrawal_that_is_cut_short_is_finished_by_the_sweep(homestead: Homestead) -> None:
    owned = announce(homestead)
    write_to(homestead, owned, "behind the mill")
    mended = fail(homestead, "dynamodb", "DeleteItem", "ProvisionedThroughputExceededException")
    assert_problem(homestead.client.delete(owned.path, token=owned.token), 503)
    mended()
    assert "behind the mill" in str(stored(homestead))
    assert_problem(homestead.client.get(f"{owned.path}/messages", token=owned.token), 410)
    sweep()
    assert "behind the mill" not in str(stored(homestead))


def test_what_was_never_renewed_is_erased_with_its_messages(homestead: Homestead) -> None:
    owned = announce(homestead)
    write_to(homestead, owned, "behind the mill")
    for _part in range(2):
        homestead.clock.move(timedelta(days=90, seconds=1))
        sweep()
    assert "behind the mill" not in str(stored(homestead))
    assert_problem(homestead.client.get(owned.path), 410)


def test_there_is_an_end_to_what_is_kept(homestead: Homestead) -> None:
    owned = announce(homestead)
    write_to(homestead, owned)
    homestead.table.update_item(
        Key={"pk": f"R#{owned.id}", "sk": "B"},
        UpdateExpression="SET messages = :count",
        ExpressionAttributeValues={":count": MAX_MESSAGES - 1},
    )
    assert write_to(homestead, owned).status == 201
    with nothing_written(homestead):
        answer = write_to(homestead, owned)
    assert_problem(answer, 409)
    assert str(MAX_MESSAGES) in answer.json["detail"]


def test_the_same_request_twice_is_one_message(homestead: Homestead) -> None:
    owned = announce(homestead)
    first = write_to(homestead, owned, headers=KEY)
    with nothing_written(homestead):
        again = write_to(homestead, owned, headers=KEY)
    assert (again.status, again.json) == (201, first.json)
    homestead.clock.move(timedelta(days=1))
    assert write_to(homestead, owned, headers=KEY).json["id"] != first.json["id"]


def test_a_key_that_came_with_anything_else_is_refused(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    write_to(homestead, owned, headers=KEY)
    with nothing_written(homestead):
        assert_problem(write_to(homestead, owned, "another", headers=KEY), 422, "Idempotency-Key")
        assert_problem(write_to(homestead, other, headers=KEY), 422, "Idempotency-Key")
        assert_problem(homestead.client.post("/api/announcements", body(), headers=KEY), 422, "Idempotency-Key")


def test_a_key_whose_announcement_was_withdrawn_is_gone(homestead: Homestead) -> None:
    owned = announce(homestead)
    write_to(homestead, owned, headers=KEY)
    withdraw(homestead, owned)
    with nothing_written(homestead):
        assert_problem(write_to(homestead, owned, headers=KEY), 410)


@pytest.mark.parametrize("operation", ["GetItem", "TransactWriteItems"])
def test_a_throttled_table_says_when_to_try_again_and_the_same_key_makes_one(
    homestead: Homestead, operation: str
) -> None:
    owned = announce(homestead)
    mended = fail(homestead, "dynamodb", operation, "ProvisionedThroughputExceededException")
    with nothing_written(homestead):
        answer = write_to(homestead, owned, headers=KEY)
    assert_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    mended()
    assert write_to(homestead, owned, headers=KEY).status == 201
    assert len(messages_of(homestead, owned)) == 1
