"""The contracts of MessageStore, UseStore and CaseIndex."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.limits import Act, Use
from chalicelib.domain.messages import MAX_MESSAGES, Message
from chalicelib.domain.reports import Case, Reason, Report
from chalicelib.services.changes import Change, WriteConflict
from tests.builders import DAY, HOUR, MINUTE, NOON, announcement, identifier, remembered
from tests.connectors.conftest import Storage, Store

HERE = announcement()
USE = Use("network", Act.MESSAGE, NOON, 3)


def message(number: int = 100, **changes: Any) -> Message:
    values: dict[str, Any] = {"id": identifier(number), "announcement_id": HERE.id, "text": "I saw it", "sent_at": NOON}
    return Message(**values | changes)


@pytest.fixture
def box(storage: Storage) -> Store:
    storage.keep(HERE, announcement(id=identifier(2)))
    return storage.store


def add(box: Store, sent: Message, use: Use = USE, key: Any = None) -> None:
    box.add_message(HERE, sent, use, key)


@pytest.mark.parametrize(
    "sent",
    [
        message(),
        message(text="Żółw 🐢\n" * 300, reply_to="+48 600 100 200"),
        message(text="</script>", read_at=NOON + MINUTE),
    ],
)
def test_what_was_sent_is_read_back_whole(box: Store, sent: Message) -> None:
    add(box, sent)
    assert box.message(HERE.id, sent.id) == sent
    assert list(box.messages(HERE.id)) == [sent]
    assert (box.message_count(HERE.id), box.uses(USE)) == (1, 1)


def test_what_was_never_sent_is_not_there(box: Store) -> None:
    assert box.message(HERE.id, identifier(100)) is None
    assert list(box.messages(HERE.id)) == []
    assert (box.message_count(HERE.id), box.uses(USE)) == (0, 0)
    assert box.mark_read(HERE.id, identifier(100), NOON) is None
    assert list(box.messages(HERE.id)) == []
    box.erase_messages(HERE.id)


def test_messages_belong_to_their_announcement(box: Store) -> None:
    add(box, message())
    assert list(box.messages(identifier(2))) == []
    assert box.message(identifier(2), identifier(100)) is None
    box.erase_messages(identifier(2))
    assert box.message_count(HERE.id) == 1


def test_a_message_to_what_has_changed_is_refused(storage: Storage, box: Store) -> None:
    storage.change(HERE, HERE.withdrawn(NOON))
    with pytest.raises(WriteConflict):
        add(box, message())
    assert (list(box.messages(HERE.id)), box.message_count(HERE.id), box.uses(USE)) == ([], 0, 0)


def test_a_message_to_what_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(WriteConflict):
        add(store, message())
    assert list(store.messages(HERE.id)) == []


def test_the_same_message_is_not_written_twice(box: Store) -> None:
    add(box, message())
    with pytest.raises(WriteConflict):
        add(box, message(text="Another"))
    assert list(box.messages(HERE.id)) == [message()]


def test_a_full_use_lets_nothing_be_written(box: Store) -> None:
    for number in range(3):
        add(box, message(number))
    with pytest.raises(WriteConflict):
        add(box, message(3))
    assert (box.message_count(HERE.id), box.uses(USE)) == (3, 3)
    add(box, message(3), replace(USE, since=NOON + HOUR))
    assert box.message_count(HERE.id) == 4


def test_there_is_an_end_to_what_is_kept(box: Store) -> None:
    plenty = replace(USE, limit=MAX_MESSAGES + 1)
    for number in range(MAX_MESSAGES):
        add(box, message(number), plenty)
    with pytest.raises(WriteConflict):
        add(box, message(MAX_MESSAGES), plenty)
    assert box.message_count(HERE.id) == len(box.messages(HERE.id)) == MAX_MESSAGES
    box.erase_messages(HERE.id)
    assert (list(box.messages(HERE.id)), box.message_count(HERE.id)) == ([], 0)


def test_a_key_that_is_remembered_lets_nothing_else_be_written(box: Store) -> None:
    key = remembered(message_id=identifier(100))
    add(box, message(), key=key)
    assert box.remembered(key.key, NOON) == key
    with pytest.raises(WriteConflict):
        add(box, message(101), key=replace(key, message_id=identifier(101)))
    assert list(box.messages(HERE.id)) == [message()]
    later = replace(key, message_id=identifier(101), forgotten_at=NOON + 2 * DAY)
    add(box, message(101, sent_at=NOON + DAY), key=later)
    assert box.remembered(key.key, NOON + DAY) == later


def test_a_message_is_read_once(box: Store) -> None:
    add(box, message())
    first = box.mark_read(HERE.id, identifier(100), NOON + MINUTE)
    assert first == message(read_at=NOON + MINUTE)
    assert box.mark_read(HERE.id, identifier(100), NOON + HOUR) == first
    assert box.message(HERE.id, identifier(100)) == first


def test_uses_are_counted_up_to_their_limit(store: Store) -> None:
    for count in range(3):
        assert store.uses(USE) == count
        store.count(USE)
    with pytest.raises(WriteConflict):
        store.count(USE)
    assert store.uses(USE) == 3
    for other in (replace(USE, network="other"), replace(USE, act=Act.REPORT), replace(USE, since=NOON + HOUR)):
        assert store.uses(other) == 0


def test_what_was_counted_counts_when_the_limit_has_become_smaller(store: Store) -> None:
    store.count(USE)
    with pytest.raises(WriteConflict):
        store.count(replace(USE, limit=1))


def test_a_use_is_counted_with_its_announcement_or_not_at_all(storage: Storage) -> None:
    use = Use("network", Act.ANNOUNCEMENT, NOON, 1)
    storage.store.commit([replace(Change.of(None, HERE, NOON), use=use)])
    second = announcement(id=identifier(2))
    with pytest.raises(WriteConflict):
        storage.store.commit([replace(Change.of(None, second, NOON), use=use)])
    assert storage.store.get(second.id) is None
    with pytest.raises(WriteConflict):
        storage.store.commit([replace(Change.of(None, HERE, NOON), use=replace(use, network="other"))])
    assert (storage.store.uses(use), storage.store.uses(replace(use, network="other"))) == (1, 0)


def reported(number: int, minutes: int, **changes: Any) -> Case:
    made = Report(f"network {number}", Reason.NOT_A_PET, NOON + timedelta(minutes=minutes), **changes)
    return Case(reports=(made,))


@pytest.mark.parametrize(
    "case",
    [
        reported(1, 0),
        reported(1, 0, text="They wanted\nto be paid 🐢").closed(hidden=True),
        Case(hidden=True, reports=reported(1, 0, text="x").reports * 3, judged=("a", "b"), looked_at=True),
    ],
)
def test_a_case_is_read_back_whole(storage: Storage, case: Case) -> None:
    storage.keep(announcement(case=case))
    found = storage.store.get(identifier(1))
    assert found
    assert found.case == case


def test_open_cases_are_named_last_reported_first_as_long_as_they_are_open(storage: Storage) -> None:
    ages = {1: 5, 2: 9, 3: 0, 4: 7, 5: 7}
    made = {
        number: announcement(id=identifier(number), case=reported(number, minutes)) for number, minutes in ages.items()
    }
    storage.keep(announcement(id=identifier(6)), *made.values())
    assert list(storage.store.open_cases()) == [identifier(number) for number in (2, 5, 4, 1, 3)]
    again = made[3].case.with_report(reported(9, 20).reports[0])
    later = storage.change(made[3], replace(made[3], case=again))
    storage.change(made[2], made[2].judged(NOON, hidden=False))
    storage.change(made[4], made[4].withdrawn(NOON))
    assert list(storage.store.open_cases()) == [identifier(number) for number in (3, 5, 1)]
    storage.change(later, later.changed(NOON, title="Another"))
    assert list(storage.store.open_cases()) == [identifier(number) for number in (3, 5, 1)]
