"""A client that is not sure whether its request arrived repeats it with the same key."""

from datetime import timedelta
from typing import Any

from tests.api.steps import (
    ANNOUNCEMENTS,
    UNKNOWN_ID,
    Owned,
    announce,
    assert_problem,
    body,
    nothing_written,
    on_map,
    withdraw,
)
from tests.conftest import Homestead
from tests.http import Answer

KEY = "0123456789abcdef"


def _post(homestead: Homestead, key: str = KEY, **changes: Any) -> Answer:
    return homestead.client.post(ANNOUNCEMENTS, body(**changes), headers={"Idempotency-Key": key})


def test_the_same_request_twice_is_one_announcement_with_one_token(homestead: Homestead) -> None:
    first = _post(homestead)
    with nothing_written(homestead):
        again = _post(homestead)
    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    assert on_map(homestead) == [first.json["id"]]


def test_the_same_content_written_otherwise_is_the_same_request(homestead: Homestead) -> None:
    first = _post(homestead)
    again = _post(homestead, title="  Brown dog ", about=None, event_at="2026-11-20T12:30:00+01:00")
    assert again.json["id"] == first.json["id"]


def test_a_key_that_came_with_another_body_is_refused(homestead: Homestead) -> None:
    _post(homestead)
    with nothing_written(homestead):
        assert_problem(_post(homestead, title="Another dog"), 422, "Idempotency-Key")


def test_other_keys_and_none_are_other_requests(homestead: Homestead) -> None:
    ids = {_post(homestead).json["id"], _post(homestead, "x" * 64).json["id"]}
    ids |= {announce(homestead).id, announce(homestead).id}
    assert len(ids) == 4


def test_a_key_is_kept_for_a_day(homestead: Homestead) -> None:
    first = _post(homestead)
    homestead.clock.move(timedelta(hours=24) - timedelta(seconds=1))
    assert _post(homestead).json["id"] == first.json["id"]
    homestead.clock.move(timedelta(seconds=1))
    later = _post(homestead)
    assert later.status == 201, later.body
    assert later.json["id"] != first.json["id"]
    assert _post(homestead).json["id"] == later.json["id"]


def test_a_key_of_a_refused_request_can_be_used_for_the_mended_one(homestead: Homestead) -> None:
    with nothing_written(homestead):
        assert_problem(_post(homestead, title=""), 422, "title")
    assert _post(homestead).status == 201


def test_a_key_whose_announcement_was_withdrawn_is_gone(homestead: Homestead) -> None:
    made = _post(homestead).json
    withdraw(homestead, Owned(made["id"], made["manage_token"], made))
    with nothing_written(homestead):
        assert_problem(_post(homestead), 410)


def test_the_same_key_after_a_change_answers_as_it_is_now(homestead: Homestead) -> None:
    made = _post(homestead).json
    homestead.client.patch(f"{ANNOUNCEMENTS}/{made['id']}", {"title": "Red dog"}, token=made["manage_token"])
    again = _post(homestead).json
    assert (again["id"], again["title"]) == (made["id"], "Red dog")


def test_a_key_is_no_way_into_other_things_of_the_table(homestead: Homestead) -> None:
    owned = announce(homestead)
    answer = _post(homestead, f"R#{owned.id}")
    assert answer.status == 201
    assert answer.json["id"] not in (owned.id, UNKNOWN_ID)
