"""Answers that a cache may keep are asked for again by their tags."""

from datetime import timedelta

import pytest

from tests.api.steps import ANNOUNCEMENTS, add_picture, announce
from tests.conftest import Homestead

ITEMS = "/api/collections/announcements/items"
OTHER = 'W/"0123456789abcdef01234567"'


def _tag(homestead: Homestead, path: str = ANNOUNCEMENTS) -> str:
    return homestead.client.get(path).headers["etag"]


def _status(homestead: Homestead, if_none_match: str, path: str = ANNOUNCEMENTS) -> int:
    return homestead.client.get(path, headers={"If-None-Match": if_none_match}).status


def test_what_is_public_is_named_by_a_tag_that_compression_does_not_change(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    for path in ("/api/config", "/api/openapi.json", "/api", ANNOUNCEMENTS, ITEMS, owned.path, slot.path):
        tag = _tag(homestead, path)
        assert tag.startswith('W/"'), path
        assert tag == _tag(homestead, path)


def test_another_answer_has_another_tag(homestead: Homestead) -> None:
    announce(homestead)
    before = _tag(homestead)
    announce(homestead)
    assert _tag(homestead) != before
    assert _status(homestead, before) == 200


def test_what_is_still_the_same_is_not_sent_again(homestead: Homestead) -> None:
    owned = announce(homestead)
    for path in ("/api/config", "/api", ANNOUNCEMENTS, ITEMS, owned.path):
        whole = homestead.client.get(path)
        again = homestead.client.get(path, headers={"If-None-Match": whole.headers["etag"]})
        assert (again.status, again.body) == (304, b""), path
        for name in ("etag", "cache-control"):
            assert again.headers[name] == whole.headers[name], path


def test_a_tag_may_stand_in_a_list_strong_or_weak(homestead: Homestead) -> None:
    tag = _tag(homestead)
    strong = tag.removeprefix("W/")
    for named in (strong, f"{OTHER}, {tag}", f"{tag},{OTHER}", f'"a,b" , {strong}', "*", " * "):
        assert _status(homestead, named) == 304, named


@pytest.mark.parametrize("named", ["", OTHER, '""', "W/", '"', ",", "**", '"*"', "x" * 5000])
def test_what_does_not_name_the_tag_gets_the_answer(homestead: Homestead, named: str) -> None:
    assert _status(homestead, named) == 200


def test_a_part_of_a_tag_or_one_without_quotes_names_nothing(homestead: Homestead) -> None:
    opaque = _tag(homestead).removeprefix('W/"').removesuffix('"')
    for named in (opaque, f'"{opaque[:-1]}"', f'"{opaque}0"', f'w/"{opaque[1:]}"'):
        assert _status(homestead, named) == 200, named


def test_no_answer_to_a_bearer_is_named(homestead: Homestead) -> None:
    owned = announce(homestead)
    for path in (ANNOUNCEMENTS, owned.path, ITEMS):
        public = _tag(homestead, path)
        answer = homestead.client.get(path, token=owned.token, headers={"If-None-Match": f"{public}, *"})
        assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
        assert "etag" not in answer.headers


def test_what_no_cache_may_keep_has_no_tag(homestead: Homestead) -> None:
    anything = {"If-None-Match": "*"}
    answers = [
        homestead.client.get("/api/health", headers=anything),
        homestead.client.get(f"{ANNOUNCEMENTS}/x", headers=anything),
        homestead.client.get(ANNOUNCEMENTS, limit=0, headers=anything),
    ]
    assert [answer.status for answer in answers] == [200, 404, 422]
    assert not any("etag" in answer.headers for answer in answers)


def test_the_time_of_an_answer_does_not_make_it_another_one(homestead: Homestead) -> None:
    announce(homestead)
    before = homestead.client.get(ITEMS)
    homestead.clock.move(timedelta(minutes=1))
    after = homestead.client.get(ITEMS)
    assert after.json["timeStamp"] != before.json["timeStamp"]
    assert after.headers["etag"] == before.headers["etag"]
