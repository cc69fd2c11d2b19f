"""Domain objects as items: what is written is read again, in DynamoDB's own form, and nothing private gets out."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.connectors.items import (
    announcement_from_item,
    announcement_to_item,
    due_from_item,
    due_to_item,
    marker_from_item,
    marker_to_item,
    picture_record_from_item,
    picture_record_to_item,
    remembered_from_item,
    remembered_to_item,
)
from chalicelib.connectors.table import Item, marshal, unmarshal
from chalicelib.domain.announcements import Announcement, Contact, Origin
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Blur, Kind, Species, Status
from chalicelib.domain.markers import Marker
from chalicelib.domain.pictures import Picture, PictureRecord, PictureState
from chalicelib.services.changes import Remembered
from chalicelib.services.expiry import Due
from tests.builders import KRAKOW, NOON, announcement, identifier, marker, ready_picture
from tests.strategies import points

IDS = st.integers(0, 10**9).map(identifier)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PLACES = points().map(lambda place: Point(round(place.latitude, 100), round(place.longitude, 100)))
MOMENTS = st.integers(-(10**9), 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds))
PICTURES = st.builds(
    Picture,
    id=IDS,
    form_expires_at=MOMENTS,
    state=st.sampled_from(PictureState),
    reason=st.none() | TEXTS,
    version=st.none() | TEXTS,
    uploaded_at=st.none() | MOMENTS,
    digest=st.none() | TEXTS,
    width=st.none() | st.integers(1, 20_000),
    height=st.none() | st.integers(1, 20_000),
    placeholder=st.none() | TEXTS,
    colour=st.none() | TEXTS,
    fingerprint=st.none() | st.just("0123456789abcdef" * 4),
)
ANNOUNCEMENTS = st.builds(
    Announcement,
    id=IDS,
    kind=st.sampled_from(Kind),
    species=st.sampled_from(Species),
    title=TEXTS,
    event_at=MOMENTS,
    place=PLACES,
    published_at=MOMENTS,
    expires_at=MOMENTS,
    text=TEXTS,
    blur=st.sampled_from(Blur),
    contact=st.none() | st.builds(Contact, st.none() | TEXTS, st.none() | TEXTS, st.none() | TEXTS),
    secret_mark=st.none() | TEXTS,
    link=st.none() | TEXTS,
    about=st.none() | IDS,
    status=st.sampled_from(Status),
    lives_days=st.none() | st.integers(1, 730),
    origin=st.none() | st.builds(Origin, TEXTS, TEXTS, TEXTS),
    pictures=st.lists(PICTURES, max_size=3).map(tuple),
    discarded=st.lists(IDS, max_size=3).map(tuple),
    faded=st.booleans(),
    version=st.integers(1, 10**6),
)


def _through_dynamodb(item: Item) -> Item:
    """Write numbers as DynamoDB gives them back: plain decimals without trailing zeros, at most 38 digits."""

    def plain(value: Any) -> Any:
        [(kind, content)] = value.items()
        if kind == "N":
            number = Decimal(content)
            assert len(number.as_tuple().digits) <= 38
            assert number == 0 or abs(number) >= Decimal("1e-130")  # or it would refuse the whole item
            return {"N": f"{number.normalize():f}" if number else "0"}
        if kind == "M":
            return {"M": {name: plain(inner) for name, inner in content.items()}}
        return {"L": [plain(inner) for inner in content]} if kind == "L" else value

    written = marshal(item)
    json.dumps(written)
    return unmarshal({name: plain(value) for name, value in written.items()})


@pytest.mark.parametrize("tiny", [5e-324, -1e-200, 9e-131])
def test_a_coordinate_too_small_for_the_table_is_written_as_zero(tiny: float) -> None:
    found = announcement_from_item(_through_dynamodb(announcement_to_item(announcement(place=Point(tiny, tiny)))))
    assert found.place == Point(0, 0)


@given(ANNOUNCEMENTS)
def test_any_announcement_is_read_as_it_was_written(each: Announcement) -> None:
    assert announcement_from_item(_through_dynamodb(announcement_to_item(each))) == each


@given(ANNOUNCEMENTS)
def test_any_marker_is_read_as_it_was_written(each: Announcement) -> None:
    found = Marker.of(each)
    if found:
        assert marker_from_item(_through_dynamodb(marker_to_item(found, NOON))) == found


@given(PICTURES, st.none() | MOMENTS, st.none() | PLACES)
def test_any_record_of_a_picture_is_read_as_it_was_written(
    picture: Picture, taken_at: datetime | None, taken_place: Point | None
) -> None:
    record = PictureRecord(picture, identifier(1), taken_at, taken_place)
    assert picture_record_from_item(_through_dynamodb(picture_record_to_item(record))) == record


@given(st.builds(Remembered, TEXTS, TEXTS, IDS, MOMENTS))
def test_any_idempotency_key_is_read_as_it_was_written(each: Remembered) -> None:
    assert remembered_from_item(_through_dynamodb(remembered_to_item(each))) == each


@given(st.builds(Due.at, MOMENTS, IDS), st.integers(1, 8))
def test_any_note_is_read_as_it_was_written(due: Due, shards: int) -> None:
    assert due_from_item(_through_dynamodb(due_to_item(due, shards))) == due


def test_no_private_field_of_an_announcement_is_in_its_markers_item() -> None:
    home = Point(50.061234567, 19.938712345)
    private = announcement(
        place=home, link="https://example.org/1", origin=Origin("shelter", "A-1", "fingerprint"), about=identifier(77)
    )
    written = json.dumps(marshal(marker_to_item(marker(**{name: getattr(private, name) for name in _FIELDS}), NOON)))
    for secret in (
        "finder@example.org",
        "+48",
        "a white toe",
        "By the park",
        "50.0612345",
        "19.9387123",
        "example.org",
    ):
        assert secret not in written
    assert "fingerprint" not in written


_FIELDS = ("place", "link", "origin", "about")


def test_a_marker_is_small_enough_for_the_map_to_stay_cheap() -> None:
    each = marker(pictures=(ready_picture(id=identifier(500), digest="0123456789abcdef"),))
    assert len(json.dumps(marker_to_item(each, NOON))) < 900


def test_only_a_tombstone_and_a_marker_are_removed_by_time_alone() -> None:
    assert marshal(announcement_to_item(announcement())).keys().isdisjoint({"ttl"})
    assert "ttl" in marshal(announcement_to_item(announcement().withdrawn(NOON)))
    assert marker_to_item(marker(), NOON)["ttl"] == int(marker().expires_at.timestamp())


def test_a_marker_lies_in_the_cell_of_its_public_place() -> None:
    item = marker_to_item(marker(), NOON)
    name = announcement().public_place.cell(6)
    assert (item["pk"], item["cell5"], item["cell2"]) == (f"C#{name}", name[:5], name[:2])
    assert item["place"] != {"latitude": KRAKOW.latitude, "longitude": KRAKOW.longitude}


@pytest.mark.parametrize("value", [object(), {1, 2}, NOON, Decimal(1)])
def test_what_has_no_form_in_the_table_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        marshal({"value": value})
