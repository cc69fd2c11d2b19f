"""Reports of abuse: three networks hide an announcement until an operator has looked."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.steps import (
    ANNOUNCEMENTS,
    UNKNOWN_ID,
    Owned,
    add_picture,
    announce,
    assert_problem,
    body,
    fail,
    from_network,
    hide,
    nothing_written,
    on_map,
    report,
    source_key,
    stored,
    withdraw,
)
from tests.conftest import Homestead
from tools.moderation import reports


def test_three_networks_hide_it_from_everybody_but_its_owner(homestead: Homestead) -> None:
    owned = announce(homestead, title="Brown dog")
    slot = add_picture(homestead, owned)
    for number in range(2):
        answer = report(homestead, owned, number)
        assert (answer.status, answer.json) == (201, {"received_at": "2026-11-20T12:00:00Z"})
        assert on_map(homestead) == [owned.id]
    report(homestead, owned, 2)
    assert on_map(homestead) == on_map(homestead, bbox="19,50,20,51", zoom=14) == []
    assert on_map(homestead, near="50.06,19.94") == []
    answer = homestead.client.get(owned.path)
    assert_problem(answer, 410)
    assert answer.json["state"] == "hidden"
    assert set(answer.json) == {"type", "title", "status", "detail", "instance", "state"}
    assert "Brown dog" not in answer.body.decode()
    for path in (slot.path, f"{slot.path}/versions", f"/api/collections/announcements/items/{owned.id}"):
        assert homestead.client.get(path).status == 410
    page = homestead.client.get(f"/a/{owned.id}")
    assert (page.status, page.headers["content-type"]) == (410, "text/html; charset=utf-8")
    assert b"Brown dog" not in page.body
    whole = homestead.client.get(owned.path, token=owned.token)
    assert (whole.status, whole.json["hidden"], whole.json["title"]) == (200, True, "Brown dog")


def test_one_network_counts_once_even_tomorrow(homestead: Homestead) -> None:
    owned = announce(homestead)
    report(homestead, owned, 1)
    for _day in range(4):
        homestead.clock.move(timedelta(days=1))
        assert report(homestead, owned, 1, reason="spam").status == 201
    assert on_map(homestead) == [owned.id]


def test_networks_of_one_announcement_are_not_found_again_at_another(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    for each in (owned, other):
        report(homestead, each, 1)
    kept = [homestead.homeward._store.get(each.id) for each in (owned, other)]
    reporters = {each.case.reports[0].reporter for each in kept if each}
    assert len(reporters) == 2
    assert "198.51" not in str(stored(homestead))


def test_what_a_source_brought_is_hidden_too_and_stays_so(homestead: Homestead) -> None:
    key = source_key(homestead)
    path = "/api/sources/shelter/announcements/A-1"
    sent = homestead.client.put(path, body(), token=key)
    owned = Owned(sent.json["id"], key, sent.json)
    hide(homestead, owned)
    again = homestead.client.put(path, body(title="Another title"), token=key)
    assert (again.status, again.json["hidden"]) == (200, True)
    assert on_map(homestead) == []


def test_an_operator_lists_restores_and_hides(homestead: Homestead) -> None:
    first, second = announce(homestead, title="First"), announce(homestead, title="Second\u202e")
    moderation = homestead.homeward.moderation
    assert list(reports(moderation)) == ["Nothing is reported."]
    hide(homestead, first)
    homestead.clock.move(timedelta(minutes=1))
    report(homestead, second, 1, reason="spam", text=None)
    lines = list(reports(moderation))
    assert lines[0] == f"{second.id}  found dog: Second "
    assert lines[1] == "    2026-11-20T12:01:00Z  spam: -"
    assert lines[2] == f"{first.id} (hidden)  found dog: First"
    assert lines[3:] == ["    2026-11-20T12:00:00Z  scam: They wanted to be paid first"] * 3
    moderation.judge(first.id, hidden=False)
    moderation.judge(second.id, hidden=True)
    assert list(reports(moderation)) == ["Nothing is reported."]
    assert on_map(homestead) == [first.id]
    hide(homestead, first)  # by the same networks
    assert on_map(homestead) == [first.id]
    assert homestead.client.get(second.path).json["state"] == "hidden"
    for number in range(10, 13):
        report(homestead, first, number)
    assert on_map(homestead) == []


def test_what_is_withdrawn_takes_its_reports_along(homestead: Homestead) -> None:
    owned = announce(homestead)
    report(homestead, owned, 1, text="behind the mill")
    withdraw(homestead, owned)
    assert "behind the mill" not in str(stored(homestead))
    assert [item for item in homestead.table.scan()["Items"] if item["pk"].startswith("A#")] == []


def test_a_hidden_one_can_be_changed_and_withdrawn_by_its_owner(homestead: Homestead) -> None:
    owned = announce(homestead)
    hide(homestead, owned)
    changed = homestead.client.patch(owned.path, {"title": "Mended"}, token=owned.token)
    assert (changed.status, changed.json["hidden"]) == (200, True)
    assert on_map(homestead) == []
    withdraw(homestead, owned)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "reason"),
        ({"reason": "boring"}, "reason"),
        ({"reason": None}, "reason"),
        ({"reason": "spam", "text": "x" * 1001}, "text"),
        ({"reason": "spam", "text": "\x00"}, "text"),
        ({"reason": "spam", "website": "x"}, "website"),
    ],
)
def test_a_report_that_cannot_be_taken_is_refused_by_its_field(
    homestead: Homestead, content: dict[str, Any], field: str
) -> None:
    owned = announce(homestead)
    with nothing_written(homestead):
        assert_problem(homestead.client.post(f"{owned.path}/reports", content), 422, field)


def test_what_is_not_public_cannot_be_reported(homestead: Homestead) -> None:
    hidden, withdrawn = announce(homestead), announce(homestead)
    hide(homestead, hidden)
    withdraw(homestead, withdrawn)
    with nothing_written(homestead):
        assert_problem(report(homestead, hidden, 9), 410)
        assert_problem(report(homestead, withdrawn, 9), 410)
        assert_problem(report(homestead, Owned(UNKNOWN_ID, "", {}), 9), 404)


def test_a_throttled_table_loses_no_report(homestead: Homestead) -> None:
    owned = announce(homestead)
    mended = fail(homestead, "dynamodb", "TransactWriteItems", "ThrottlingException")
    with nothing_written(homestead):
        assert_problem(report(homestead, owned, 1), 503)
    mended()
    hide(homestead, owned)
    assert on_map(homestead) == []


def test_who_says_that_they_come_from_elsewhere_counts_once(homestead: Homestead) -> None:
    owned = announce(homestead)
    for number in range(5):
        lies = from_network(homestead, number) | {"X-Forwarded-For": f"203.0.{number}.1"}
        for key in ("", "AAAA", "\u00e9"):
            headers = lies | {"X-Origin-Key": key}
            assert homestead.client.post(f"{owned.path}/reports", {"reason": "scam"}, headers=headers).status == 201
    assert homestead.client.get(ANNOUNCEMENTS).json["numberMatched"] == 1
