"""What was seen of an announced pet, as everybody and as its owner reads it."""

import json
from typing import Any

import pytest

from chalicelib.services.sightings import MOST
from tests.api.steps import (
    ANNOUNCEMENTS,
    CONTACT,
    EXACT_PLACE,
    SECRET_MARK,
    UNKNOWN_ID,
    Owned,
    add_picture,
    announce,
    assert_problem,
    picture_file,
    withdraw,
)
from tests.api.test_pages import Page, look
from tests.builders import DAY, LIFETIME, MINUTE
from tests.conftest import NOON, Homestead

NEAR = {"latitude": 50.064012, "longitude": 19.938821}  # 300 m to the north


def lost(homestead: Homestead) -> Owned:
    return announce(homestead, kind="lost", title="Burek")


def see(homestead: Homestead, whom: Owned, **changes: Any) -> Owned:
    return announce(homestead, **{"kind": "sighting", "about": whom.id, "title": "Dog seen", "place": NEAR} | changes)


def seen(homestead: Homestead, whom: Owned, token: str | None = None) -> list[str]:
    answer = homestead.client.get(f"{whom.path}/sightings", token=token)
    assert answer.status == 200, answer.body
    return [feature["id"] for feature in answer.json["features"]]


def test_a_sighting_is_told_with_its_distance_and_its_picture(homestead: Homestead) -> None:
    burek = lost(homestead)
    sighting = see(homestead, burek)
    add_picture(homestead, sighting, picture_file())
    answer = homestead.client.get(f"{burek.path}/sightings")
    assert (answer.status, answer.json["numberReturned"]) == (200, 1)
    assert answer.headers["content-type"] == "application/geo+json"
    [feature] = answer.json["features"]
    public = sighting.shown["public_place"]
    assert feature["geometry"]["coordinates"] == [public["longitude"], public["latitude"]]
    assert feature["properties"]["distance"] == 321  # metres between the public places
    assert feature["properties"]["thumbnail"].startswith("/renditions/")


def test_nothing_private_is_told(homestead: Homestead) -> None:
    burek = lost(homestead)
    see(homestead, burek)
    told = [homestead.client.get(path).body.decode() for path in (f"{burek.path}/sightings", f"/a/{burek.id}")]
    private = [*map(str, NEAR.values()), *map(str, EXACT_PLACE.values()), *CONTACT.values(), SECRET_MARK]
    assert [word for word in private for text in told if word in text] == []


def test_the_newest_twenty_are_told_newest_first(homestead: Homestead) -> None:
    burek = lost(homestead)
    made = [see(homestead, burek, event_at=(NOON - n * MINUTE).isoformat()).id for n in range(MOST + 1)]
    assert seen(homestead, burek) == made[:MOST]


def test_what_leaves_the_map_leaves_the_page(homestead: Homestead) -> None:
    burek = lost(homestead)
    gone, hidden, moved, stays = [see(homestead, burek) for _ in range(4)]
    withdraw(homestead, gone)
    homestead.homeward.moderation.judge(hidden.id, hidden=True)
    homestead.client.patch(moved.path, {"about": None}, token=moved.token)
    assert seen(homestead, burek) == [stays.id]
    homestead.client.post(f"{burek.path}/renew", token=burek.token)
    homestead.clock.move(LIFETIME)  # and nobody has swept
    assert seen(homestead, burek, burek.token) == []


def test_a_sighting_about_what_is_not_there_is_kept_all_the_same(homestead: Homestead) -> None:
    burek = lost(homestead)
    withdraw(homestead, burek)
    for about in (burek.id, UNKNOWN_ID):
        sighting = announce(homestead, kind="sighting", about=about)
        assert homestead.client.get(sighting.path).json["about"] == about
    assert_problem(homestead.client.get(f"{burek.path}/sightings"), 410)
    assert_problem(homestead.client.get(f"{ANNOUNCEMENTS}/{UNKNOWN_ID}/sightings"), 404)


def test_the_owner_reads_on_when_everybody_else_may_not(homestead: Homestead) -> None:
    burek = lost(homestead)
    homestead.clock.move(80 * DAY)
    sighting = see(homestead, burek, event_at="2027-02-08T11:00:00Z")
    homestead.clock.move(20 * DAY)
    assert_problem(homestead.client.get(f"{burek.path}/sightings"), 410)
    answer = homestead.client.get(f"{burek.path}/sightings", token=burek.token)
    assert [feature["id"] for feature in answer.json["features"]] == [sighting.id]
    assert answer.headers["cache-control"] == "no-store"
    assert_problem(homestead.client.get(f"{burek.path}/sightings", token=sighting.token), 403)


@pytest.mark.parametrize("title", ["Dog seen", "</script><b>\u202e🐢"])
def test_the_page_lists_them_without_a_script_and_for_it(homestead: Homestead, title: str) -> None:
    burek = lost(homestead)
    sighting = see(homestead, burek, title=title)
    page = look(homestead, f"/a/{burek.id}")
    assert page.texts["h2"] == "Seen since then"
    assert page.texts["li"] == ", 300 m away: "
    assert title in page.texts["a"]
    assert {"href": f"/a/{sighting.id}"} in page.all("a")
    written = page.texts["script"].removeprefix(json.dumps(page_data(homestead, burek), separators=(",", ":")))
    assert written != page.texts["script"]
    assert json.loads(written) == homestead.client.get(f"{burek.path}/sightings").json


def test_what_was_seen_at_the_same_place_is_not_measured(homestead: Homestead) -> None:
    burek = lost(homestead)
    see(homestead, burek, place=EXACT_PLACE)
    see(homestead, burek, place={"latitude": 50.1, "longitude": 19.94})
    assert look(homestead, f"/a/{burek.id}").texts["li"] in (
        ", near that place: , 4 km away: ",
        ", 4 km away: , near that place: ",
    )


def test_neither_the_poster_nor_a_page_of_what_nobody_saw_has_a_list(homestead: Homestead) -> None:
    burek, unseen = lost(homestead), lost(homestead)
    see(homestead, burek)
    pages: list[Page] = [look(homestead, path) for path in (f"/a/{burek.id}/poster", f"/a/{unseen.id}")]
    assert [page.all("li") for page in pages] == [[], []]


def page_data(homestead: Homestead, owned: Owned) -> Any:
    return homestead.client.get(owned.path).json
