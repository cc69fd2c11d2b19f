"""Answers asked for again by their tags, through the front door and the gateway of the deployed application."""

import pytest

from tests.local.running import RunningHomeward

PATHS = ["/api/config", "/api", "/api/announcements?bbox=1,1,2,2", "/api/collections/announcements/items?limit=1"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_is_still_the_same_is_not_sent_again(homeward: RunningHomeward, path: str, encoding: str) -> None:
    whole = homeward.ask("GET", path, headers={"Accept-Encoding": encoding})
    assert whole.status_code == 200
    named = {"Accept-Encoding": encoding, "If-None-Match": f'"other", {whole.headers["ETag"]}'}
    again = homeward.ask("GET", path, headers=named)
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control"):
        assert again.headers[name] == whole.headers[name]


def test_what_is_no_longer_the_same_is_sent(homeward: RunningHomeward) -> None:
    answer = homeward.ask("GET", "/api/config", headers={"If-None-Match": 'W/"other"'})
    assert (answer.status_code, answer.json()["stage"]) == (200, "local")


def test_what_a_bearer_asks_for_is_always_sent(homeward: RunningHomeward) -> None:
    announcement = homeward.announce()
    path, token = f"/api/announcements/{announcement['id']}", announcement["manage_token"]
    answer = homeward.ask("GET", path, token, headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in answer.headers
    assert answer.json()["place"]
