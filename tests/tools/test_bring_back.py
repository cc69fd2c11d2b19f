"""What is lost comes back from a copy of the table, whole, and nothing else is touched."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.connectors.announcements import AnnouncementTable
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.messages import MessageTable
from chalicelib.connectors.pictures import PictureTable
from chalicelib.connectors.sightings import SightingTable
from chalicelib.connectors.sources import SourceTable
from chalicelib.connectors.table import Item, Table, key, unmarshal
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import Busy
from chalicelib.domain.kinds import Kind
from chalicelib.domain.limits import Act, Use
from chalicelib.domain.messages import Message
from chalicelib.domain.pictures import PictureRecord
from chalicelib.domain.versions import Version
from chalicelib.services.changes import Change
from tests.builders import DAY, NOON, announcement, identifier, ready_picture, upload
from tests.connectors.conftest import new_table
from tests.connectors.trouble import Trouble, throttled
from tools.bring_back.way_back import ATTEMPTS, LONGEST_PAUSE, Outcome, WayBack

LATER = NOON + timedelta(hours=2)
FLEETING = ("U#", "K#")  # limits and idempotency keys, which are forgotten within a day anyway


@dataclass
class Loss:
    """A table, its copy of NOON, and the way from the one to the other two hours later."""

    aws: Aws
    table: Table
    copy: Table
    pauses: list[float] = field(default_factory=list)

    @property
    def store(self) -> AnnouncementTable:
        return AnnouncementTable(self.table)

    def announce(self, number: int, **changes: Any) -> Announcement:
        """Announce a dog with a picture in two versions and a message."""
        shown = ready_picture(id=identifier(500 + number))
        made = announcement(id=identifier(number), pictures=(shown,), **changes)
        versions = [Version.of(shown.id, upload(version=name)) for name in ("v1", "v2")]
        change = Change.of(None, made, NOON)
        self.store.commit([replace(change, records=[PictureRecord(shown, made.id), *versions])])
        message = Message(id=identifier(900), announcement_id=made.id, text="I saw it", sent_at=NOON)
        MessageTable(self.table).add_message(change.after, message, Use(f"n{number}", Act.MESSAGE, NOON, 3), None)
        return change.after

    def take_copy(self) -> None:
        for item in self.aws.dynamodb.scan(TableName=self.table.name)["Items"]:
            self.aws.dynamodb.put_item(TableName=self.copy.name, Item=item)

    def change(self, before: Announcement, after: Announcement) -> Announcement:
        change = Change.of(before, after, LATER)
        self.store.commit([change])
        return change.after

    def lose(self, *names: tuple[str, str]) -> None:
        for name in names:
            self.table.delete(*name)

    def bring_back(self) -> Counter[Outcome]:
        return WayBack(self.aws, self.copy, self.table, lambda: LATER, self.pauses.append).run(lambda _read: None)


def items(table: Table) -> dict[tuple[str, str], Item]:
    """All items, but for whose mark they bear and when their marker was written."""
    found = (unmarshal(item) for item in table._aws.dynamodb.scan(TableName=table.name)["Items"])
    changing = {"mark": None, "changed_at": None}
    return {(item["pk"], item["sk"]): item | {name: None for name in changing if name in item} for item in found}


def lasting(table: Table) -> dict[tuple[str, str], Item]:
    return {name: item for name, item in items(table).items() if not name[0].startswith(FLEETING)}


@pytest.fixture
def loss(cloud: boto3.Session) -> Loss:
    aws = Aws(cloud)
    return Loss(aws, new_table(aws), new_table(aws))


def test_a_table_that_lost_all_is_as_it_was(loss: Loss) -> None:
    for number in (1, 2):
        loss.announce(number)
    SourceTable(loss.table).put_key_hash("shelter", "hash")
    before = lasting(loss.table)
    assert {name[0][:2] for name in before} == {"R#", "C#", "P#", "F#", "L#", "X#", "S#", "M#"}
    loss.take_copy()
    loss.lose(*items(loss.table))
    assert loss.bring_back() == {Outcome.BACK: 4}
    assert lasting(loss.table) == before
    assert not [name for name in items(loss.table) if name[0].startswith(FLEETING)]


def test_what_was_done_is_seen_when_it_is_asked_for_again(loss: Loss) -> None:
    loss.announce(1)
    loss.take_copy()
    assert loss.bring_back() == {Outcome.THERE: 2}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_part_of_an_announcement_is_lost_comes_back(loss: Loss, data: st.DataObject) -> None:
    if not items(loss.copy):
        loss.announce(1)
        loss.take_copy()
    before = lasting(loss.table)
    lost = data.draw(st.sets(st.sampled_from(sorted(before)), min_size=1))
    loss.lose(*lost)
    done = loss.bring_back()
    assert lasting(loss.table) == before
    assert done[Outcome.THERE] < 2


def test_what_has_changed_since_is_left_as_it_is_even_where_a_part_of_it_is_gone(loss: Loss) -> None:
    before = loss.announce(1)
    loss.take_copy()
    after = loss.change(before, replace(before, title="Brown dog with a collar"))
    [marker] = [name for name in items(loss.table) if name[0].startswith("C#")]
    loss.lose(marker)
    assert loss.bring_back()[Outcome.CHANGED] == 1
    assert loss.store.get(before.id) == after
    assert marker not in items(loss.table)


def test_what_was_withdrawn_since_the_copy_or_before_it_does_not_come_back(loss: Loss) -> None:
    first, second = loss.announce(1), loss.announce(2)
    loss.change(first, first.withdrawn(NOON))
    loss.take_copy()
    loss.change(second, second.withdrawn(LATER))
    loss.lose(("R#" + first.id, "R"))
    assert loss.bring_back() == {Outcome.WITHDRAWN: 1, Outcome.CHANGED: 1, Outcome.THERE: 1}
    assert not [item for item in items(loss.table).values() if item["pk"].startswith("C#") and "gone" not in item]


def test_a_sighting_is_back_on_the_page_of_what_it_is_about_unless_it_was_withdrawn(loss: Loss) -> None:
    about = loss.announce(1)
    seen = [loss.announce(number, kind=Kind.SIGHTING, about=about.id) for number in (2, 3)]
    loss.take_copy()
    loss.change(seen[1], seen[1].withdrawn(LATER))
    loss.lose(*(name for name in items(loss.table) if name[0] == "R#" + about.id), ("R#" + seen[0].id, "R"))
    assert loss.bring_back() == {Outcome.BACK: 2, Outcome.CHANGED: 1, Outcome.THERE: 1}
    assert [each.announcement_id for each in SightingTable(loss.table).sightings(about.id, 9)] == [seen[0].id]


def test_what_expired_meanwhile_is_looked_at_by_the_sweep_at_once(loss: Loss) -> None:
    made = loss.announce(1, expires_at=NOON + timedelta(hours=1))
    loss.take_copy()
    loss.lose(*items(loss.table))
    loss.bring_back()
    [due] = loss.store.due(LATER.date(), "9")
    assert (due.announcement_id, due.due) == (made.id, "2026-11-20T14:00:00Z")


def test_somebody_who_writes_at_the_same_moment_is_not_overwritten(loss: Loss) -> None:
    made = loss.announce(1)
    loss.take_copy()
    [marker] = [name for name in items(loss.table) if name[0].startswith("C#")]
    loss.lose(marker)
    trouble = Trouble(loss.aws.dynamodb)

    def withdrawn_before(send: Any, _operation: str) -> Any:
        loss.change(made, made.withdrawn(LATER))
        return send()

    trouble.plan("TransactWriteItems", withdrawn_before)
    assert loss.bring_back()[Outcome.CHANGED] == 1
    assert "gone" in items(loss.table)[marker]
    assert loss.pauses == [1.0]


def test_a_table_that_is_throttled_is_asked_again_ever_more_slowly(loss: Loss) -> None:
    loss.announce(1)
    loss.take_copy()
    loss.lose(*(name for name in items(loss.table) if name[0] != "M#"))  # one thing to write, so nobody shares refusals
    trouble = Trouble(loss.aws.dynamodb)
    trouble.plan("Scan", *[throttled()] * 3)  # as often as the SDK asks
    trouble.plan("TransactWriteItems", *[throttled()] * 6)
    assert loss.bring_back()[Outcome.BACK] == 1
    assert loss.pauses == [1.0, 1.0, 2.0]


@pytest.fixture
def throttled_for_long(loss: Loss) -> Iterator[Trouble]:
    loss.announce(1)
    loss.announce(2)
    loss.take_copy()
    loss.lose(*items(loss.table))
    trouble = Trouble(loss.aws.dynamodb)
    trouble.plan_always("TransactWriteItems", throttled())
    yield trouble
    trouble.always.clear()


def test_what_was_broken_off_is_completed_by_the_next_run(loss: Loss, throttled_for_long: Trouble) -> None:
    with pytest.raises(Busy, match="run the same command again"):
        loss.bring_back()
    assert max(loss.pauses) == LONGEST_PAUSE
    assert len(loss.pauses) >= ATTEMPTS
    assert not lasting(loss.table)
    throttled_for_long.always.clear()
    assert loss.bring_back()[Outcome.BACK] == 3
    assert lasting(loss.table) == lasting(loss.copy)


def test_more_than_a_transaction_holds_comes_back_too_and_the_announcement_last(loss: Loss) -> None:
    made = loss.announce(1)
    messages = MessageTable(loss.table)
    for number in range(150):
        sent = Message(id=identifier(1000 + number), announcement_id=made.id, text="I saw it", sent_at=NOON + DAY)
        messages.add_message(made, sent, Use(f"n{number}", Act.MESSAGE, NOON, 3), None)
    loss.take_copy()
    before = lasting(loss.table)
    loss.lose(*items(loss.table))
    trouble = Trouble(loss.aws.dynamodb)
    dies: list[str] = []

    def fails(_send: Any, _operation: str) -> Any:
        dies.append(
            str(loss.aws.dynamodb.get_item(TableName=loss.table.name, Key=key(f"R#{made.id}", "R")).get("Item"))
        )
        raise KeyboardInterrupt

    trouble.plan("TransactWriteItems", lambda send, _operation: send(), lambda send, _operation: send(), fails)
    with pytest.raises(KeyboardInterrupt):
        loss.bring_back()
    assert dies == ["None"]
    assert 0 < len(lasting(loss.table)) < len(before)
    assert loss.bring_back()[Outcome.BACK] == 1
    assert lasting(loss.table) == before
    assert PictureTable(loss.table).picture(made.pictures[0].id)
