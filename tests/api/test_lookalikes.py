"""Who is told that a photo may already be on the map, and what the camera noted."""

from datetime import timedelta
from typing import Any

from tests.api.steps import Owned, Slot, add_picture, announce, photo_file, picture_state, withdraw
from tests.conftest import Homestead


def _own(homestead: Homestead, owned: Owned, slot: Slot) -> dict[str, Any]:
    answer = homestead.client.get(slot.path, token=owned.token)
    assert answer.status == 200, answer.body
    assert answer.headers["cache-control"] == "no-store"
    shown: dict[str, Any] = answer.json
    return shown


def test_the_reporter_is_told_that_the_photo_is_on_the_map_already(homestead: Homestead) -> None:
    first, second = announce(homestead, kind="lost", title="My dog"), announce(homestead)
    add_picture(homestead, first, photo_file())
    slot = add_picture(homestead, second, photo_file(quality=40))
    thumbnail = homestead.client.get(first.path).json["pictures"][0]["renditions"]["160"]
    assert _own(homestead, second, slot)["similar"] == [
        {"announcement_id": first.id, "title": "My dog", "kind": "lost", "thumbnail": thumbnail, "distance_m": 0}
    ]


def test_nobody_else_is_told(homestead: Homestead) -> None:
    first, second = announce(homestead), announce(homestead)
    slots = [add_picture(homestead, each, photo_file()) for each in (first, second)]
    for slot in slots:
        assert "similar" not in picture_state(homestead, slot)
        assert "similar" not in str(homestead.client.get(second.path).json)


def test_another_photo_is_another_pet(homestead: Homestead) -> None:
    first, second = announce(homestead), announce(homestead)
    add_picture(homestead, first, photo_file())
    slot = add_picture(homestead, second, photo_file(seed=2))
    assert _own(homestead, second, slot)["similar"] == []


def test_what_is_withdrawn_or_expired_is_not_told_of(homestead: Homestead) -> None:
    first, second, third = announce(homestead), announce(homestead), announce(homestead, species="cat")
    for each in (first, second):
        add_picture(homestead, each, photo_file())
    slot = add_picture(homestead, third, photo_file())
    assert len(_own(homestead, third, slot)["similar"]) == 2
    withdraw(homestead, first)
    assert [each["announcement_id"] for each in _own(homestead, third, slot)["similar"]] == [second.id]
    homestead.clock.move(timedelta(days=90))
    assert _own(homestead, third, slot)["similar"] == []


def test_a_dropped_picture_is_found_no_more(homestead: Homestead) -> None:
    first, second = announce(homestead), announce(homestead)
    dropped = add_picture(homestead, first, photo_file())
    slot = add_picture(homestead, second, photo_file())
    homestead.client.patch(first.path, {"removed_pictures": [dropped.id]}, token=first.token)
    assert _own(homestead, second, slot)["similar"] == []
    assert not [
        item for item in homestead.table.scan()["Items"] if item["pk"].startswith("F#") and item["sk"] != slot.id
    ]
