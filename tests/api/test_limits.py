"""Limits in our own code: what one network may do in an hour or a day."""

from dataclasses import replace
from datetime import timedelta

import pytest

import app as application
from chalicelib.bootstrap import Homeward
from tests.api.steps import (
    ANNOUNCEMENTS,
    Owned,
    announce,
    assert_problem,
    body,
    fail,
    from_network,
    messages_of,
    nothing_written,
    on_map,
    picture_file,
    report,
    request_picture,
    send_picture,
    source_key,
    stored,
    write_to,
)
from tests.conftest import Homestead
from tests.http import Answer

KEY = {"Idempotency-Key": "0123456789abcdef"}


@pytest.fixture
def strict(homestead: Homestead, monkeypatch: pytest.MonkeyPatch) -> Homestead:
    """Give the application of a stage with small limits."""
    old = homestead.homeward
    config = replace(
        application.config, announcements_an_hour=2, messages_an_hour=2, pictures_a_day=2, reports_an_hour=2
    )
    homestead.homeward = Homeward(config, old.aws, clock=old.clock, pause=old.pause, settle_all=old.settle_all)
    monkeypatch.setattr(application, "homeward", homestead.homeward)
    return homestead


def _post(homestead: Homestead, **headers: str) -> Answer:
    return homestead.client.post(ANNOUNCEMENTS, body(), headers=headers)


def _assert_too_many(answer: Answer, seconds: int) -> None:
    assert_problem(answer, 429)
    assert answer.headers["retry-after"] == str(seconds)


def test_a_third_announcement_waits_for_the_next_hour(strict: Homestead) -> None:
    strict.clock.move(timedelta(minutes=20, milliseconds=1))
    for _count in range(2):
        announce(strict)
    with nothing_written(strict):
        _assert_too_many(_post(strict), 2400)
    strict.clock.move(timedelta(minutes=39))
    _assert_too_many(_post(strict), 60)
    strict.clock.move(timedelta(minutes=1))
    assert _post(strict).status == 201


def test_other_networks_are_not_held_up(strict: Homestead) -> None:
    for number in range(3):
        for _count in range(2):
            assert _post(strict, **from_network(strict, number)).status == 201
        assert _post(strict, **from_network(strict, number)).status == 429


def test_neighbours_in_one_network_share_its_limit(strict: Homestead) -> None:
    through = from_network(strict, 1)
    addresses = ("198.51.1.7:1", "198.51.1.200:2", "198.51.1.9:3")
    statuses = [_post(strict, **through | {"CloudFront-Viewer-Address": each}).status for each in addresses]
    assert statuses == [201, 201, 429]


def test_what_somebody_says_of_themselves_is_not_believed(strict: Homestead) -> None:
    lies = [
        {"X-Forwarded-For": "203.0.113.1"},
        {"CloudFront-Viewer-Address": "203.0.113.1:1"},
        {"CloudFront-Viewer-Address": "203.0.114.1:1", "X-Origin-Key": "A" * 44},
        {"Forwarded": "for=203.0.115.1", "X-Real-Ip": "203.0.115.1"},
    ]
    assert [_post(strict, **each).status for each in lies] == [201, 201, 429, 429]


def test_no_address_is_stored_or_logged(strict: Homestead, caplog: pytest.LogCaptureFixture) -> None:
    for _count in range(3):
        _post(strict, **from_network(strict, 77))
    owned = announce(strict)
    write_to(strict, owned, headers=from_network(strict, 77))
    report(strict, owned, 77)
    assert "198.51" not in str(stored(strict)) + caplog.text
    assert [item for item in strict.table.scan()["Items"] if item["pk"].startswith("U#") and "ttl" not in item] == []


def test_a_network_has_another_name_tomorrow(strict: Homestead) -> None:
    announce(strict)
    strict.clock.move(timedelta(days=1))
    announce(strict)
    assert len({item["pk"] for item in strict.table.scan()["Items"] if item["pk"].startswith("U#")}) == 2


def test_a_repeated_request_does_not_count_twice(strict: Homestead) -> None:
    first = _post(strict, **KEY)
    for _again in range(3):
        assert _post(strict, **KEY).json == first.json
    assert _post(strict).status == 201
    assert _post(strict).status == 429
    assert _post(strict, **KEY).json == first.json


def test_what_was_not_written_was_not_counted(strict: Homestead) -> None:
    mended = fail(strict, "dynamodb", "TransactWriteItems", "ProvisionedThroughputExceededException")
    for _try in range(3):
        with nothing_written(strict):
            assert_problem(_post(strict, **KEY), 503)
    mended()
    assert [_post(strict, **KEY).status, _post(strict).status, _post(strict).status] == [201, 201, 429]
    assert len(on_map(strict)) == 2


def test_what_was_refused_was_not_counted(strict: Homestead) -> None:
    for _try in range(3):
        assert_problem(strict.client.post(ANNOUNCEMENTS, body(title="")), 422, "title")
        assert_problem(strict.client.post(ANNOUNCEMENTS, body(website="x")), 422, "website")
        assert_problem(strict.client.post(ANNOUNCEMENTS, body(event_at="2031-01-01")), 422, "event_at")
    assert _post(strict).status == 201


def test_a_third_message_waits_for_the_next_hour(strict: Homestead) -> None:
    owned, other = announce(strict), announce(strict)
    assert write_to(strict, owned, headers=KEY).status == 201
    assert write_to(strict, other).status == 201
    with nothing_written(strict):
        _assert_too_many(write_to(strict, owned), 3600)
        assert write_to(strict, owned, headers=KEY).status == 201
    assert write_to(strict, owned, headers=from_network(strict, 1)).status == 201
    strict.clock.move(timedelta(hours=1))
    assert write_to(strict, owned).status == 201
    assert len(messages_of(strict, owned)) == 3


def test_a_third_picture_waits_for_the_next_day(strict: Homestead) -> None:
    owned = announce(strict)
    slot = request_picture(strict, owned)
    assert send_picture(strict, owned).status == 201
    ways = [
        ("POST", f"{owned.path}/pictures", {"json_body": {}}),
        ("POST", f"{slot.path}/upload", {"json_body": {}}),
        ("PUT", slot.path, {"body": picture_file(), "headers": {"Content-Type": "image/jpeg"}}),
    ]
    with nothing_written(strict):
        _assert_too_many(send_picture(strict, owned), 43200)
        for method, path, content in ways:
            answer = strict.client.send(method, path, token=owned.token, **content)  # type: ignore[arg-type]
            _assert_too_many(answer, 43200)
    strict.clock.move(timedelta(hours=12))
    assert send_picture(strict, owned).status == 201


def test_a_new_version_is_a_picture_too(strict: Homestead) -> None:
    owned = announce(strict)
    slot = request_picture(strict, owned)
    assert strict.client.post(f"{slot.path}/upload", {}, token=owned.token).status == 201
    _assert_too_many(strict.client.post(f"{slot.path}/upload", {}, token=owned.token), 43200)


def test_pictures_that_are_refused_are_not_counted(strict: Homestead) -> None:
    owned = announce(strict)
    for _try in range(3):
        assert send_picture(strict, owned, b"no picture").status == 415
        assert strict.client.post(f"{owned.path}/pictures", {}, token="x").status == 403
    assert send_picture(strict, owned).status == 201


def test_a_third_report_waits_for_the_next_hour(strict: Homestead) -> None:
    first, second = announce(strict), announce(strict)
    third = strict.client.post(ANNOUNCEMENTS, body(), headers=from_network(strict, 9)).json["id"]
    for owned in (first, first, second):
        assert report(strict, owned, 1).status == 201
    with nothing_written(strict):
        _assert_too_many(report(strict, Owned(third, "", {}), 1), 3600)
    assert report(strict, Owned(third, "", {}), 2).status == 201


def test_sources_are_not_limited(strict: Homestead) -> None:
    key = source_key(strict)
    path = "/api/sources/shelter/announcements"
    made = [strict.client.put(f"{path}/{number}", body(), token=key) for number in range(4)]
    assert [answer.status for answer in made] == [201] * 4
    owned = Owned(made[0].json["id"], key, made[0].json)
    assert [send_picture(strict, owned).status for _count in range(4)] == [201] * 4


def test_a_request_without_an_address_is_limited_with_all_others_like_it(strict: Homestead) -> None:
    through = from_network(strict, 1) | {"CloudFront-Viewer-Address": "?"}
    assert [_post(strict, **through).status for _count in range(3)] == [201, 201, 429]
