"""The function that comes by every five minutes."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.steps import (
    CONTACT,
    Remaining,
    add_picture,
    announce,
    fail,
    nothing_written,
    on_map,
    stored,
    sweep,
    withdraw,
)
from tests.conftest import Homestead

LIFETIME = timedelta(days=90)
RESTORABLE = timedelta(days=90)


def _whole(homestead: Homestead, announcement_id: str) -> dict[str, Any]:
    item: dict[str, Any] = homestead.table.get_item(Key={"pk": f"R#{announcement_id}", "sk": "R"})["Item"]
    return item


def _keys(homestead: Homestead, mark: str) -> list[str]:
    items = homestead.table.scan()["Items"]
    return [item["pk"] for item in items if item["pk"].startswith(mark) and "gone" not in item]


def test_what_has_expired_loses_its_marker_and_keeps_its_contents(homestead: Homestead) -> None:
    owned, cat = announce(homestead), announce(homestead, species="cat")
    homestead.clock.move(LIFETIME)
    sweep()
    assert _whole(homestead, owned.id)["status"] == "expired"
    assert _whole(homestead, owned.id)["contact"]["phone"] == CONTACT["phone"]
    assert len(_keys(homestead, "C#")) == 1
    assert on_map(homestead) == [cat.id]


def test_ninety_days_later_all_is_erased_but_the_id(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    homestead.clock.move(LIFETIME)
    sweep()
    homestead.clock.move(RESTORABLE)
    sweep()
    kept = str(stored(homestead))
    assert [word for word in (*CONTACT.values(), "Brown dog", "50.06", slot.id) if word in kept] == []
    assert _whole(homestead, owned.id)["status"] == "withdrawn"
    assert list(homestead.bucket.object_versions.all()) == []


def test_a_sweep_with_nothing_due_changes_no_announcement(homestead: Homestead) -> None:
    announce(homestead)
    sweep()
    with nothing_written(homestead):
        sweep()


def test_twice_is_the_same_as_once(homestead: Homestead) -> None:
    for _ in range(3):
        announce(homestead)
    homestead.clock.move(LIFETIME)
    sweep()
    with nothing_written(homestead):
        sweep()


def test_a_renewal_before_the_sweep_wins(homestead: Homestead) -> None:
    owned = announce(homestead)
    homestead.clock.move(LIFETIME)
    homestead.client.post(f"{owned.path}/renew", token=owned.token)
    sweep()
    assert on_map(homestead) == [owned.id]
    homestead.clock.move(LIFETIME)
    sweep()
    assert _whole(homestead, owned.id)["status"] == "expired"


def test_good_news_leaves_after_two_weeks(homestead: Homestead) -> None:
    owned = announce(homestead)
    homestead.client.post(f"{owned.path}/reunited", token=owned.token)
    homestead.clock.move(timedelta(days=14))
    sweep()
    assert _whole(homestead, owned.id)["status"] == "expired"


def test_a_sweep_stops_before_its_time_runs_out_and_the_next_goes_on(homestead: Homestead) -> None:
    for _ in range(5):
        announce(homestead)
    homestead.clock.move(LIFETIME)
    sweep(Remaining(timedelta(seconds=5)))
    assert len(_keys(homestead, "C#")) == 5
    sweep()
    assert _keys(homestead, "C#") == []


@pytest.mark.parametrize("days", [1, 40, 170])
def test_after_an_outage_it_catches_up(homestead: Homestead, days: int) -> None:
    sweep()
    ids = [announce(homestead, species="cat" if days > 89 else "dog").id]
    homestead.clock.move(timedelta(days=180 if days > 89 else 90) + timedelta(days=days))
    sweep()
    assert _keys(homestead, "C#") == []
    expected = "withdrawn" if days >= 90 else "expired"
    assert [_whole(homestead, each)["status"] for each in ids] == [expected]


def test_one_that_cannot_be_settled_holds_up_no_other_and_is_tried_again(homestead: Homestead) -> None:
    stuck, free = announce(homestead), announce(homestead)
    add_picture(homestead, stuck)
    homestead.clock.move(LIFETIME + RESTORABLE)
    stop = fail(homestead, "s3", "DeleteObjects", "SlowDown", 503)
    sweep()
    assert _whole(homestead, free.id)["status"] == "withdrawn"
    assert list(homestead.bucket.object_versions.all()) != []
    stop()
    sweep()
    assert list(homestead.bucket.object_versions.all()) == []


def test_notes_of_what_was_settled_do_not_pile_up(homestead: Homestead) -> None:
    sweep()
    owned = announce(homestead)
    withdraw(homestead, owned)
    homestead.clock.move(timedelta(days=400))
    sweep()
    assert _keys(homestead, "X#") == []
