"""The map where announcements are many: clusters, counted, dated, cacheable, and never more than asked for."""

from datetime import timedelta
from typing import Any

import pytest

import app as application
from tests.api.steps import ANNOUNCEMENTS, announce, assert_problem, withdraw
from tests.api.stream import follow, mend, metrics, records
from tests.conftest import Homestead

PLACES = [
    *[(50.06 + number / 1000, 19.94) for number in range(6)],  # Kraków
    *[(-16.85, longitude) for longitude in (179.99, -179.99)],  # Fiji
    (51.4779, -0.0014),
    (51.4779, 0.0014),  # Greenwich
]
KRAKOW = "19.8,50.0,20.1,50.1"


def _announce_all(homestead: Homestead) -> None:
    for number, (latitude, longitude) in enumerate(PLACES):
        kind = "lost" if number % 3 == 0 else "found"
        announce(homestead, kind=kind, place={"latitude": latitude, "longitude": longitude})


@pytest.fixture
def crowded(homestead: Homestead) -> Homestead:
    """Give a map on which everything has settled."""
    _announce_all(homestead)
    follow(homestead)
    homestead.clock.move(timedelta(minutes=30))
    return homestead


def _map(homestead: Homestead, **query: Any) -> dict[str, Any]:
    answer = homestead.client.get(ANNOUNCEMENTS, **query)
    assert answer.status == 200, answer.body
    shown: dict[str, Any] = answer.json
    return shown


def _counted_in(bounds: list[float]) -> int:
    west, south, east, north = bounds
    return sum(west < longitude <= east and south < latitude <= north for latitude, longitude in PLACES)


def test_the_world_is_clusters_with_their_bounds_and_counts(crowded: Homestead) -> None:
    shown = _map(crowded, zoom=2, limit=5)
    clusters = [each for each in shown["features"] if each["properties"].get("cluster")]
    assert clusters
    for cluster in clusters:
        assert cluster.keys() == {"type", "geometry", "properties"}
        properties = cluster["properties"]
        assert properties.keys() == {"cluster", "count", "kinds", "bounds", "thumbnail"}
        assert properties["count"] == _counted_in(properties["bounds"]) == sum(properties["kinds"].values())
        assert set(properties["kinds"]) <= {"lost", "found", "sighting"}
        west, south, east, north = properties["bounds"]
        longitude, latitude = cluster["geometry"]["coordinates"]
        assert west <= longitude <= east
        assert south <= latitude <= north
    singles = [each for each in shown["features"] if "cluster" not in each["properties"]]
    assert sum(each["properties"]["count"] for each in clusters) + len(singles) == len(PLACES)
    assert shown["numberReturned"] == len(shown["features"]) <= 5
    assert "numberMatched" not in shown


def test_clusters_say_what_they_counted_and_by_how_much_they_may_be_behind(crowded: Homestead) -> None:
    counted = _map(crowded, zoom=2, limit=2, datetime="2026-11-18T10:00:00Z/..")["counted"]
    assert counted["datetime"] == "2026-11-18T00:00:00Z/.."
    assert counted["delay_seconds"] > _map(crowded, zoom=9, limit=2, bbox=KRAKOW)["counted"]["delay_seconds"] == 60
    assert _map(crowded, zoom=2, limit=2)["counted"]["datetime"] == "../.."


def test_a_view_without_clusters_counts_nothing(crowded: Homestead) -> None:
    assert "counted" not in _map(crowded, zoom=2)
    assert _map(crowded, zoom=2)["numberMatched"] == len(PLACES)


@pytest.mark.parametrize(
    ("zoom", "limit", "bbox", "seconds"),
    [(2, 2, "-180,-90,180,90", 120), (9, 2, KRAKOW, 60), (2, 300, "-180,-90,180,90", 15), (17, 300, KRAKOW, 15)],
)
def test_caches_keep_clusters_longer_than_announcements(
    crowded: Homestead, zoom: int, limit: int, bbox: str, seconds: int
) -> None:
    answer = crowded.client.get(ANNOUNCEMENTS, zoom=zoom, limit=limit, bbox=bbox)
    parts = dict(part.partition("=")[::2] for part in answer.headers["cache-control"].split(", "))
    assert parts.keys() == {"public", "max-age", "s-maxage", "stale-while-revalidate", "stale-if-error"}
    assert int(parts["s-maxage"]) == seconds
    assert answer.headers["etag"]


def test_what_has_not_changed_is_not_sent_again(crowded: Homestead) -> None:
    first = crowded.client.get(ANNOUNCEMENTS, zoom=2, limit=2)
    again = crowded.client.get(ANNOUNCEMENTS, headers={"If-None-Match": first.headers["etag"]}, zoom=2, limit=2)
    assert (again.status, again.body) == (304, b"")
    other = crowded.client.get(ANNOUNCEMENTS, headers={"If-None-Match": first.headers["etag"]}, zoom=2, limit=1)
    assert other.status == 200


def test_filters_count_only_what_they_let_through(crowded: Homestead) -> None:
    shown = _map(crowded, zoom=9, limit=1, bbox=KRAKOW, kind="lost")
    assert [each["properties"]["kinds"] for each in shown["features"]] == [{"lost": 2}]
    assert _map(crowded, zoom=9, limit=1, bbox=KRAKOW, species="cat")["features"] == []


def test_the_whole_world_at_street_zoom_is_answered(crowded: Homestead) -> None:
    shown = _map(crowded, zoom=17, limit=2)
    assert 1 <= len(shown["features"]) <= 2
    assert "counted" in shown


def test_in_streets_pages_lead_on(crowded: Homestead) -> None:
    shown = _map(crowded, zoom=17, limit=4, bbox="19.93,50.055,19.95,50.07")
    assert len(shown["features"]) == 4
    [following] = [link["href"] for link in shown["links"] if link["rel"] == "next"]
    rest = crowded.client.get(following.removeprefix("https://homeward.test")).json
    assert len({each["id"] for each in shown["features"] + rest["features"]}) == 6


def test_a_new_announcement_is_in_the_next_view_of_its_street_and_in_clusters_when_they_follow(
    crowded: Homestead,
) -> None:
    new = announce(crowded, place={"latitude": 50.0655, "longitude": 19.9405}, event_at="2026-11-20T12:00:00Z")
    assert new.id in [each["id"] for each in _map(crowded, zoom=14, bbox=KRAKOW)["features"]]
    before = sum(each["properties"]["count"] for each in _map(crowded, zoom=9, limit=1, bbox=KRAKOW)["features"])
    follow(crowded)
    after = sum(each["properties"]["count"] for each in _map(crowded, zoom=9, limit=1, bbox=KRAKOW)["features"])
    assert (before, after) == (6, 7)


def test_what_is_withdrawn_leaves_the_street_at_once_and_the_clusters_when_they_follow(homestead: Homestead) -> None:
    owned = [announce(homestead) for _ in range(3)]
    follow(homestead)
    homestead.clock.move(timedelta(minutes=30))
    withdraw(homestead, owned[0])
    assert len(_map(homestead, zoom=14, bbox=KRAKOW)["features"]) == 2
    follow(homestead)
    [cluster] = _map(homestead, zoom=2, limit=1)["features"]
    assert cluster["properties"]["count"] == 2


def test_the_same_records_again_change_nothing(crowded: Homestead) -> None:
    before = crowded.tiles.scan()["Items"]
    follow(crowded)
    follow(crowded)
    assert sorted(crowded.tiles.scan()["Items"], key=repr) == sorted(before, key=repr)


def test_the_nights_find_nothing_to_mend_and_mend_what_is_lost(
    crowded: Homestead, capsys: pytest.CaptureFixture[str]
) -> None:
    mend()
    assert metrics(capsys.readouterr().out)["TilesMended"] == 0
    before = _map(crowded, zoom=2, limit=2)
    crowded.tiles.delete_item(Key={"pk": "T#u2y", "sk": "H"})
    mend()
    assert metrics(capsys.readouterr().out)["TilesMended"] == 1
    assert _map(crowded, zoom=2, limit=2) == before


def test_a_question_whether_mending_works_mends_nothing(crowded: Homestead, capsys: pytest.CaptureFixture[str]) -> None:
    crowded.tiles.delete_item(Key={"pk": "T#u2y", "sk": "H"})
    mend(smoke=True)
    assert "TilesMended" not in metrics(capsys.readouterr().out)
    assert "Item" not in crowded.tiles.get_item(Key={"pk": "T#u2y", "sk": "H"})


def test_how_long_the_first_record_waited_is_measured(homestead: Homestead, capsys: pytest.CaptureFixture[str]) -> None:
    announce(homestead)
    application.refresh_tiles({"Records": records(homestead)}, None)
    assert metrics(capsys.readouterr().out)["TileDelay"] == 2


def test_a_marker_that_cannot_be_read_is_told_by_its_number(homestead: Homestead) -> None:
    announce(homestead)
    announce(homestead, place={"latitude": -16.85, "longitude": 179.99})
    told = records(homestead)
    first = told[0]["dynamodb"]
    homestead.table.put_item(
        Item={"pk": first["Keys"]["pk"]["S"], "sk": first["Keys"]["sk"]["S"], "title": "nothing else"}
    )
    answer = application.refresh_tiles({"Records": told}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "100"}]}
    homestead.clock.move(timedelta(minutes=30))
    assert sum(1 for each in homestead.tiles.scan()["Items"] if each["pk"].startswith("T#")) == 4


BAD: list[tuple[str, dict[str, str]]] = [
    ("bbox", {"bbox": "0,51,1,50", "zoom": "3"}),
    ("bbox", {"bbox": "nan,0,1,1", "zoom": "3"}),
    ("zoom", {"zoom": "40"}),
    ("zoom", {"zoom": "-1"}),
    ("datetime", {"zoom": "3", "datetime": "2026-11-21/2026-11-20"}),
    ("kind", {"zoom": "3", "kind": "stolen"}),
    ("species", {"zoom": "3", "species": "dragon"}),
    ("limit", {"zoom": "3", "limit": "0"}),
    ("cursor", {"zoom": "3", "cursor": "x"}),
]


@pytest.mark.parametrize(("name", "query"), BAD)
def test_what_is_wrong_with_a_view_is_told_by_name(homestead: Homestead, name: str, query: dict[str, str]) -> None:
    assert_problem(homestead.client.get(ANNOUNCEMENTS, **query), 422, name)
