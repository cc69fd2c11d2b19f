"""Queries that need several pages of 1 MB lose nothing."""

from dataclasses import replace

import pytest

from chalicelib.connectors.announcements import AnnouncementTable
from chalicelib.connectors.items import due_to_item, marker_key
from chalicelib.connectors.markers import MarkerTable
from chalicelib.connectors.table import Table, key
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.geography import Rectangle
from chalicelib.domain.kinds import Kind
from chalicelib.domain.markers import WORLD, Marker, Viewport
from chalicelib.domain.moments import iso
from chalicelib.services.changes import Change
from chalicelib.services.expiry import Due
from chalicelib.services.paging import Pages, shard_of
from tests.builders import HOUR, NOON, announcement, identifier
from tests.conftest import Clock
from tests.connectors.trouble import Trouble
from tests.household import all_pages

HALF_A_MEGABYTE = "x" * 350_000
STREETS = Rectangle(19.93, 50.05, 19.95, 50.07)
TOWN = Rectangle(19.85, 50.0, 20.05, 50.1)
COUNTRY = Rectangle(18.0, 49.0, 22.0, 52.0)
ONE_SHARD = [number for number in range(60) if shard_of(identifier(number)) == 3]


def _keep_heavy(table: Table, count: int = 5) -> list[Announcement]:
    """Announce at one spot, in one shard of a month, with markers of which only two fit into an answer."""
    assert len(ONE_SHARD) >= count
    made = [
        announcement(id=identifier(number), event_at=NOON - (index % 3) * HOUR, kind=list(Kind)[index % 2])
        for index, number in enumerate(ONE_SHARD[:count])
    ]
    AnnouncementTable(table).commit([Change.of(None, each, NOON) for each in made])
    for each in made:
        found = Marker.of(each)
        assert found
        table._aws.dynamodb.update_item(
            TableName=table.name,
            Key=key(*marker_key(found)),
            UpdateExpression="SET weight = :weight",
            ExpressionAttributeValues={":weight": {"S": HALF_A_MEGABYTE}},
        )
    return sorted(made, key=lambda each: (each.event_at, each.id), reverse=True)


@pytest.mark.parametrize("view", [STREETS, TOWN, COUNTRY, WORLD], ids=["streets", "town", "country", "world"])
@pytest.mark.parametrize("limit", [2, 100])
def test_a_view_over_more_than_a_megabyte_is_complete(table: Table, view: Rectangle, limit: int) -> None:
    made = _keep_heavy(table)
    viewports = Pages(MarkerTable(table), Clock())
    found = list(all_pages(viewports, Viewport(view), limit))
    assert [marker.announcement_id for marker in found] == [each.id for each in made]


def test_a_view_that_wants_few_of_many_megabytes_finds_them(table: Table) -> None:
    made = _keep_heavy(table)
    wanted = Viewport(STREETS, kinds=frozenset({Kind.FOUND}))
    found = list(all_pages(Pages(MarkerTable(table), Clock()), wanted, 100))
    assert [marker.announcement_id for marker in found] == [each.id for each in made if each.kind is Kind.FOUND]


def test_one_answer_over_the_limit_takes_several_queries(table: Table) -> None:
    _keep_heavy(table)
    own = Table(type(table._aws)(table._aws._session), table.name)
    trouble = Trouble(own._aws.dynamodb)
    items = own.query(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"C#{announcement().public_place.cell(6)}"}},
    )
    assert len(list(items)) == 5
    assert trouble.calls.count("Query") == 3


def test_notes_of_more_than_a_megabyte_are_all_read(table: Table) -> None:
    store = AnnouncementTable(table)
    notes = [Due.at(NOON, identifier(number)) for number in range(12)]
    for note in notes:
        table.put(due_to_item(note, 4) | {"weight": HALF_A_MEGABYTE})
    assert set(store.due(NOON.date(), iso(NOON))) == set(notes)


def test_a_batch_of_the_longest_announcements_is_read_whole(table: Table) -> None:
    store = AnnouncementTable(table)
    made = [announcement(id=identifier(number), text="ż" * 4000) for number in range(25)]
    store.commit([Change.of(None, each, NOON) for each in made])
    assert store.get_many([each.id for each in made]) == {each.id: replace(each) for each in made}
