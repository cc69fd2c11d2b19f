"""The table of states, cell by cell."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest

from tests.api.steps import (
    WITHDRAWN,
    Owned,
    announce,
    assert_problem,
    nothing_written,
    on_map,
    reunite,
    sweep,
    withdraw,
)
from tests.conftest import Homestead
from tests.http import Answer

LIFETIME = timedelta(days=90)
RESTORABLE = timedelta(days=90)
GOOD_NEWS = timedelta(days=14)

type Act = Callable[[Homestead, Owned], Answer]
type Bring = Callable[[Homestead, Owned], None]


def _stay(homestead: Homestead, owned: Owned) -> None:
    pass


def _sweep_today(homestead: Homestead) -> None:
    """Sweep as if the last sweep had been yesterday."""
    yesterday = homestead.clock.now - timedelta(days=1)
    homestead.table.put_item(Item={"pk": "W#sweep", "sk": "W", "day": yesterday.date().isoformat()})
    sweep()


def _expire(homestead: Homestead, owned: Owned) -> None:
    homestead.clock.move(LIFETIME)


def _expire_swept(homestead: Homestead, owned: Owned) -> None:
    _expire(homestead, owned)
    _sweep_today(homestead)


def _expire_reunited(homestead: Homestead, owned: Owned) -> None:
    reunite(homestead, owned)
    homestead.clock.move(GOOD_NEWS)


def _erase(homestead: Homestead, owned: Owned) -> None:
    homestead.clock.move(LIFETIME + RESTORABLE)


def _erase_swept(homestead: Homestead, owned: Owned) -> None:
    _expire_swept(homestead, owned)
    homestead.clock.move(RESTORABLE)
    _sweep_today(homestead)


BRING: dict[str, Bring] = {
    "active": _stay,
    "reunited": reunite,
    "expired": _expire,
    "expired and swept": _expire_swept,
    "reunited and expired": _expire_reunited,
    "withdrawn": withdraw,
    "erased": _erase,
    "erased and swept": _erase_swept,
}
ACTS: dict[str, Act] = {
    "public GET": lambda homestead, owned: homestead.client.get(owned.path),
    "GET with token": lambda homestead, owned: homestead.client.get(owned.path, token=owned.token),
    "PATCH": lambda homestead, owned: homestead.client.patch(owned.path, {"title": "New"}, token=owned.token),
    "pictures": lambda homestead, owned: homestead.client.post(f"{owned.path}/pictures", {}, token=owned.token),
    "renew": lambda homestead, owned: homestead.client.post(f"{owned.path}/renew", token=owned.token),
    "reunited": lambda homestead, owned: homestead.client.post(f"{owned.path}/reunited", token=owned.token),
    "DELETE": lambda homestead, owned: homestead.client.delete(owned.path, token=owned.token),
}
ON_MAP = [200, 200, 200, 201, 200, 200, 204]
REUNITED = [200, 200, 409, 409, 200, 200, 204]
EXPIRED = [410, 200, 409, 409, 200, 409, 204]
GONE = [410, 410, 410, 410, 410, 410, 204]
TABLE = {
    "active": ON_MAP,
    "reunited": REUNITED,
    "expired": EXPIRED,
    "expired and swept": EXPIRED,
    "reunited and expired": EXPIRED,
    "withdrawn": GONE,
    "erased": GONE,
    "erased and swept": GONE,
}
CELLS = [(state, act, status) for state, row in TABLE.items() for act, status in zip(ACTS, row, strict=True)]


@pytest.mark.parametrize(("state", "act", "status"), CELLS, ids=[f"{state}: {act}" for state, act, _ in CELLS])
def test_each_state_allows_what_the_table_says(homestead: Homestead, state: str, act: str, status: int) -> None:
    owned = announce(homestead)
    BRING[state](homestead, owned)
    with nothing_written(homestead) if status >= 400 else nullcontext():
        answer = ACTS[act](homestead, owned)
    assert answer.status == status, answer.body
    if status >= 400:
        assert_problem(answer, status)
    if act == "renew" and status == 200:
        assert answer.json["status"] == "active"
        assert on_map(homestead) == [owned.id]


@pytest.mark.parametrize("state", ["expired", "expired and swept", "reunited and expired"])
def test_of_an_expired_one_only_title_and_kind_are_told(homestead: Homestead, state: str) -> None:
    owned = announce(homestead)
    BRING[state](homestead, owned)
    told = homestead.client.get(owned.path).json
    assert {told.pop(name) for name in ("type", "title", "detail", "instance")}
    assert told == {"status": 410, "state": "expired", "kind": "found", "announcement_title": "Brown dog"}
    assert on_map(homestead) == []


@pytest.mark.parametrize("state", ["withdrawn", "erased", "erased and swept"])
def test_of_a_withdrawn_one_nothing_is_told_to_anybody(homestead: Homestead, state: str) -> None:
    owned = announce(homestead)
    BRING[state](homestead, owned)
    for token in (None, owned.token):
        told: dict[str, Any] = homestead.client.get(owned.path, token=token).json
        assert told.keys() == {"type", "title", "status", "detail", "instance", "state"}
        assert told | WITHDRAWN == told
    assert on_map(homestead) == []


def test_a_reunited_one_stays_on_the_map_for_two_weeks_with_its_badge(homestead: Homestead) -> None:
    owned = announce(homestead)
    reunite(homestead, owned)
    [feature] = homestead.client.get("/api/announcements").json["features"]
    assert feature["properties"]["status"] == "reunited"
    homestead.clock.move(GOOD_NEWS - timedelta(seconds=1))
    assert on_map(homestead) == [owned.id]
    homestead.clock.move(timedelta(seconds=1))
    assert on_map(homestead) == []


def test_good_news_twice_does_not_stay_longer(homestead: Homestead) -> None:
    owned = announce(homestead)
    reunite(homestead, owned)
    homestead.clock.move(timedelta(days=10))
    with nothing_written(homestead):
        reunite(homestead, owned)


def test_a_renewal_counts_a_whole_lifetime_from_now(homestead: Homestead) -> None:
    owned = announce(homestead)
    homestead.clock.move(timedelta(days=30))
    renewed = homestead.client.post(f"{owned.path}/renew", token=owned.token).json
    assert renewed["expires_at"] == "2027-03-20T12:00:00Z"
    assert renewed["published_at"] == "2026-11-20T12:00:00Z"


def test_an_announcement_leaves_the_map_in_the_second_it_expires(homestead: Homestead) -> None:
    owned = announce(homestead)
    homestead.clock.move(LIFETIME - timedelta(seconds=1))
    assert on_map(homestead) == [owned.id]
    homestead.clock.move(timedelta(seconds=1))
    assert on_map(homestead) == []


def test_an_announcement_can_be_brought_back_until_the_ninetieth_day(homestead: Homestead) -> None:
    owned = announce(homestead)
    homestead.clock.move(LIFETIME + RESTORABLE - timedelta(seconds=1))
    sweep()
    assert homestead.client.post(f"{owned.path}/renew", token=owned.token).status == 200
    assert homestead.client.get(owned.path, token=owned.token).json["contact"]["name"] == "Maria Finder"


def test_a_tombstone_is_kept_for_a_month(homestead: Homestead) -> None:
    owned = announce(homestead)
    withdraw(homestead, owned)
    tombstone = homestead.table.get_item(Key={"pk": f"R#{owned.id}", "sk": "R"})["Item"]
    assert int(tombstone["ttl"]) == int((homestead.clock.now + timedelta(days=30)).timestamp())
