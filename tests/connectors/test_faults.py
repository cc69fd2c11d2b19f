"""When AWS is throttled, away or late: what was done is a success, what was not done says whether to try later."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.connectors.aws import ATTEMPTS, POOL, Aws, client_config
from chalicelib.connectors.bucket import PictureBucket
from chalicelib.connectors.markers import MarkerTable
from chalicelib.connectors.secrets import ParameterSecrets
from chalicelib.connectors.table import Table
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import Busy
from chalicelib.domain.limits import Act, Use
from chalicelib.domain.markers import Viewport
from chalicelib.domain.messages import Message
from chalicelib.domain.moments import EventTime, Window
from chalicelib.domain.pictures import PictureRecord
from chalicelib.domain.versions import Version
from chalicelib.services.announcements import Announcements, IdempotencyKey
from chalicelib.services.changes import Change, Editor, WriteConflict
from chalicelib.services.limits import Limits, Networks
from chalicelib.services.messages import Messages
from chalicelib.services.paging import END, MAX_PARALLEL_READS, Index, Partition, Reading
from chalicelib.services.pictures import Eraser
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    SENDER,
    announcement,
    contents,
    identifier,
    picture,
    ready_picture,
    rendered,
    upload,
)
from tests.conftest import Clock
from tests.connectors.conftest import WholeTable, new_bucket, new_table
from tests.connectors.trouble import Plan, Trouble, answer, answer_in_xml, cancelled, throttled, unanswered, unreachable
from tests.fakes import FixedSecrets, MemoryBucket, MemoryCdn

WRITE = "TransactWriteItems"
PLANS_OF_TROUBLE = [
    throttled(),
    answer(400, "ThrottlingException"),
    answer(400, "RequestLimitExceeded"),
    answer(500, "InternalServerError"),
    answer(503, "ServiceUnavailable"),
    unreachable,
    unanswered,
]
NAMES_OF_TROUBLE = ["throughput", "throttled", "limit", "failing", "away", "unreachable", "silent"]


@pytest.fixture
def aws(shared_aws: Aws) -> Aws:
    """Give clients of this test's own."""
    return Aws(shared_aws._session)


@pytest.fixture
def table(aws: Aws) -> Table:
    return new_table(aws)


@pytest.fixture
def trouble(table: Table, aws: Aws) -> Trouble:
    return Trouble(aws.dynamodb)


@pytest.fixture
def store(table: Table) -> WholeTable:
    return WholeTable(table)


def _keep(store: WholeTable, each: Announcement | None = None) -> None:
    store.commit([Change.of(None, each or announcement(), NOON)])


def _editor(store: WholeTable) -> Editor:
    return Editor(store, Clock(), lambda _seconds: None)


def test_a_read_that_is_throttled_twice_succeeds(store: WholeTable, trouble: Trouble) -> None:
    _keep(store)
    trouble.plan("GetItem", throttled(), throttled())
    assert store.get(identifier(1)) == announcement()
    assert trouble.calls.count("GetItem") == 3


def test_a_write_that_is_throttled_twice_is_done_once(store: WholeTable, trouble: Trouble) -> None:
    trouble.plan(WRITE, throttled(), throttled())
    _keep(store)
    assert store.get(identifier(1)) == announcement()


@pytest.mark.parametrize("plan", PLANS_OF_TROUBLE, ids=NAMES_OF_TROUBLE)
def test_trouble_without_end_says_that_trying_later_helps(store: WholeTable, trouble: Trouble, plan: Plan) -> None:
    for operation in ("GetItem", "PutItem", "DeleteItem", "UpdateItem", "Query", "BatchGetItem", WRITE):
        trouble.plan_always(operation, plan)
    acts: list[Callable[[], object]] = [
        lambda: store.get(identifier(1)),
        lambda: store.get_many([identifier(1)]),
        lambda: list(store.due(NOON.date(), "~")),
        lambda: store.put_watermark(NOON.date()),
        lambda: store.forget_picture(identifier(1)),
        lambda: store.messages(identifier(1)),
        lambda: store.mark_read(identifier(1), identifier(2), NOON),
        lambda: store.count(Use("network", Act.MESSAGE, NOON, 3)),
        lambda: list(store.open_cases()),
    ]
    for act in acts:
        with pytest.raises(Busy):
            act()
    assert trouble.calls == [name for name in trouble.calls[::ATTEMPTS] for _try in range(ATTEMPTS)]


@pytest.mark.parametrize("plan", PLANS_OF_TROUBLE[:-1], ids=NAMES_OF_TROUBLE[:-1])
def test_a_write_in_trouble_without_end_says_that_trying_later_helps(
    store: WholeTable, trouble: Trouble, plan: Plan
) -> None:
    trouble.plan_always(WRITE, plan)
    with pytest.raises(Busy):
        _keep(store)
    assert store.get(identifier(1)) is None


@pytest.mark.parametrize("reason", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_of_which_one_write_is_throttled_says_that_trying_later_helps(
    store: WholeTable, trouble: Trouble, reason: str
) -> None:
    trouble.plan(WRITE, cancelled("None", reason, "ConditionalCheckFailed"))
    with pytest.raises(Busy):
        _keep(store)


@pytest.mark.parametrize("reason", ["TransactionConflict", "ConditionalCheckFailed"])
def test_a_transaction_that_meets_another_is_a_conflict(store: WholeTable, trouble: Trouble, reason: str) -> None:
    trouble.plan(WRITE, cancelled("None", reason, "None"))
    with pytest.raises(WriteConflict):
        _keep(store)


def test_a_change_that_meets_another_transaction_is_tried_again(store: WholeTable, trouble: Trouble) -> None:
    _keep(store)
    trouble.plan(WRITE, cancelled("TransactionConflict"), cancelled("TransactionConflict"))
    changed = _editor(store).change(identifier(1), lambda before: before.changed(NOON, title="Red dog"))
    assert store.get(identifier(1)) == changed
    assert (changed.title, changed.version) == ("Red dog", 2)


@pytest.mark.parametrize("reasons", [("TransactionConflict", "None"), ("None", "TransactionConflict")])
def test_a_version_that_is_noted_while_its_picture_is_written_is_not_lost(
    store: WholeTable, trouble: Trouble, reasons: tuple[str, ...]
) -> None:
    kept = announcement(pictures=(picture(),))
    store.commit([replace(Change.of(None, kept, NOON), records=[PictureRecord(picture(), kept.id)])])
    version = Version.of(picture().id, upload())
    trouble.plan(WRITE, cancelled(*reasons), cancelled(*reasons), cancelled(*reasons))
    store.note_version(version)
    assert store.versions(picture().id) == [version]
    trouble.plan(WRITE, cancelled(*reasons), cancelled(*reasons))
    store.settle_version(version.rendered("4be1"), only_waiting=True)
    assert store.versions(picture().id) == [version.rendered("4be1")]


def test_a_version_that_others_are_always_in_the_way_of_says_that_trying_later_helps(
    store: WholeTable, trouble: Trouble
) -> None:
    kept = announcement(pictures=(picture(),))
    store.commit([replace(Change.of(None, kept, NOON), records=[PictureRecord(picture(), kept.id)])])
    trouble.plan_always(WRITE, cancelled("TransactionConflict", "None"))
    with pytest.raises(Busy):
        store.note_version(Version.of(picture().id, upload()))


def test_changes_that_are_too_much_for_one_transaction_are_refused_together_and_taken_alone(store: WholeTable) -> None:
    pictures = [tuple(ready_picture(id=identifier(10 * each + one)) for one in range(10)) for each in range(1, 8)]
    kept = [announcement(id=identifier(each), pictures=some) for each, some in enumerate(pictures, 1)]
    changes = [Change.of(None, each, NOON) for each in kept]
    with pytest.raises(WriteConflict):
        store.commit(changes)
    assert store.get_many([each.id for each in kept]) == {}
    for change in changes:
        store.commit([change])
    assert len(store.get_many([each.id for each in kept])) == 7


def test_a_new_one_whose_answer_was_lost_is_a_success(store: WholeTable, trouble: Trouble) -> None:
    trouble.plan(WRITE, unanswered)
    _keep(store)
    assert trouble.calls.count(WRITE) == 2
    assert store.get(identifier(1)) == announcement()


def test_a_change_whose_answer_was_lost_is_a_success_and_done_once(store: WholeTable, trouble: Trouble) -> None:
    _keep(store)
    trouble.plan(WRITE, unanswered)
    edits: list[Announcement] = []

    def edit(before: Announcement) -> Announcement:
        edits.append(before)
        return before.changed(NOON, title=before.title + "!")

    changed = _editor(store).change(identifier(1), edit)
    assert (changed.title, changed.version) == ("Brown dog!", 2)
    assert store.get(identifier(1)) == changed
    assert len(edits) == 1


def test_an_announcement_whose_answer_was_lost_is_announced_once(store: WholeTable, trouble: Trouble) -> None:
    made = iter([identifier(1), identifier(2)])
    announcements = Announcements(
        store=store,
        editor=_editor(store),
        eraser=Eraser(MemoryBucket(), MemoryCdn(), store),
        messages=store,
        limits=Limits(store, Networks(FixedSecrets()), dict.fromkeys(Act, 1), Clock()),
        clock=Clock(),
        new_id=lambda: next(made),
    )
    key, event = IdempotencyKey("0123456789abcdef", "hash"), EventTime(NOON - HOUR)
    trouble.plan(WRITE, unanswered)
    first = announcements.create(contents(), event, SENDER, key)
    assert announcements.create(contents(), event, SENDER, key) == first
    assert (first.id, first.version) == (identifier(1), 1)
    assert store.get(identifier(2)) is None


def _messages(store: WholeTable) -> Messages:
    made = iter(identifier(number) for number in range(100, 200))
    limits = Limits(store, Networks(FixedSecrets()), dict.fromkeys(Act, 1), Clock())
    return Messages(store, store, _editor(store), limits, Clock(), lambda: next(made))


@pytest.mark.parametrize(
    "plans", [(unanswered,), (throttled(), throttled()), (cancelled("TransactionConflict", "None"),) * 3]
)
def test_a_message_in_passing_trouble_is_kept_and_counted_once(
    store: WholeTable, trouble: Trouble, plans: tuple[Plan, ...]
) -> None:
    _keep(store)
    messages, key = _messages(store), IdempotencyKey("0123456789abcdef", "hash")
    trouble.plan(WRITE, *plans)
    sent = messages.send(identifier(1), "I saw it", None, SENDER, key)
    assert messages.send(identifier(1), "I saw it", None, SENDER, key) == sent
    assert list(store.messages(identifier(1))) == [sent]
    use = messages.limits.use(Act.MESSAGE, SENDER)
    assert (store.message_count(identifier(1)), store.uses(use)) == (1, 1)


def test_messages_whose_erasure_is_cut_short_are_found_again(store: WholeTable, trouble: Trouble) -> None:
    _keep(store)
    use = Use("network", Act.MESSAGE, NOON, 3)
    for number in range(3):
        store.add_message(announcement(), Message(identifier(number), identifier(1), "I saw it", NOON), use, None)
    lost = [throttled()] * ATTEMPTS
    trouble.plan("DeleteItem", *lost, *lost)
    for _try in range(2):
        with pytest.raises(Busy):
            store.erase_messages(identifier(1))
    assert store.messages(identifier(1))
    store.erase_messages(identifier(1))
    assert (list(store.messages(identifier(1))), store.message_count(identifier(1))) == ([], 0)


def test_somebody_elses_write_is_not_taken_for_our_own(store: WholeTable, trouble: Trouble) -> None:
    _keep(store)
    trouble.plan(WRITE, unanswered)
    with pytest.raises(WriteConflict):
        _keep(store, announcement(title="Red dog"))
    assert store.get(identifier(1)) == announcement()


def test_keys_that_a_batch_left_unread_are_read_again(store: WholeTable, trouble: Trouble) -> None:
    made = [announcement(id=identifier(number)) for number in range(6)]
    store.commit([Change.of(None, each, NOON) for each in made])
    _leave_half_unread(trouble)
    assert store.get_many([each.id for each in made]) == {each.id: each for each in made}
    assert trouble.calls.count("BatchGetItem") > 2


def test_keys_that_a_batch_never_reads_say_that_trying_later_helps(store: WholeTable, trouble: Trouble) -> None:
    def read_nothing(parsed: dict[str, object], **_event: object) -> None:
        keys = [{"pk": {"S": f"R#{identifier(1)}"}, "sk": {"S": "R"}}]
        parsed |= {"Responses": {}, "UnprocessedKeys": {store._table.name: {"Keys": keys, "ConsistentRead": True}}}

    trouble.client.meta.events.register("after-call.dynamodb.BatchGetItem", read_nothing)
    with pytest.raises(Busy):
        store.get_many([identifier(1)])


def _leave_half_unread(trouble: Trouble) -> None:
    def leave(parsed: dict[str, dict[str, list[dict[str, object]]]], **_event: object) -> None:
        for name, items in parsed["Responses"].items():
            unread = [items.pop() for _half in range(len(items) // 2)]
            keys = [{"pk": item["pk"], "sk": item["sk"]} for item in unread]
            if keys:
                parsed["UnprocessedKeys"] = {name: {"Keys": keys, "ConsistentRead": True}}  # type: ignore[dict-item]

    trouble.client.meta.events.register("after-call.dynamodb.BatchGetItem", leave)


def test_one_reading_of_many_in_trouble_fails_the_view(table: Table, trouble: Trouble) -> None:
    readings = [Reading(Partition(Index.CELL6, f"u2{number:04}"), END, 9) for number in range(MAX_PARALLEL_READS)]
    trouble.plan("Query", *[throttled()] * 200)
    with pytest.raises(Busy):
        MarkerTable(table).read(readings, Viewport(), NOON)


def test_a_view_whose_readings_are_throttled_now_and_then_is_answered(
    store: WholeTable, table: Table, trouble: Trouble
) -> None:
    _keep(store)
    cells = [announcement().public_place.cell(6), "u2aaaa", "u2aaab"]
    trouble.plan("Query", throttled(), throttled())
    chunks = MarkerTable(table).read(
        [Reading(Partition(Index.CELL6, cell), END, 9) for cell in cells], Viewport(window=Window(NOON - DAY)), NOON
    )
    assert [len(chunk.markers) for chunk in chunks] == [1, 0, 0]


@pytest.mark.parametrize("code", ["SlowDown", "InternalError", "ServiceUnavailable"])
def test_a_bucket_in_trouble_says_that_trying_later_helps(aws: Aws, code: str) -> None:
    bucket = PictureBucket(aws, new_bucket(aws), None)
    version = aws.s3.put_object(Bucket=bucket._name, Key=f"originals/{identifier(1)}", Body=b"x")["VersionId"]
    trouble = Trouble(aws.s3)
    for operation in ("HeadObject", "GetObject", "PutObject", "ListObjectVersions"):
        trouble.plan_always(operation, answer_in_xml(503, code))
    acts: list[Callable[[], object]] = [
        lambda: bucket.newest(identifier(1)),
        lambda: bucket.read(identifier(1), version),
        lambda: bucket.put_renditions(identifier(1), "4be1", rendered()),
        lambda: bucket.erase(identifier(1)),
    ]
    for act in acts:
        with pytest.raises(Busy):
            act()


def test_a_bucket_out_of_reach_says_that_trying_later_helps(aws: Aws) -> None:
    bucket = PictureBucket(aws, new_bucket(aws), None)
    Trouble(aws.s3).plan_always("HeadObject", unreachable)
    with pytest.raises(Busy):
        bucket.newest(identifier(1))


def test_parameters_out_of_reach_say_that_trying_later_helps(aws: Aws) -> None:
    Trouble(aws.ssm).plan_always("GetParameters", answer(400, "ThrottlingException"))
    with pytest.raises(Busy):
        ParameterSecrets(aws, "/homeward/local").manage_token_key()


def test_there_are_as_many_connections_as_parallel_reads_and_all_tries_fit_in_the_gateways_time() -> None:
    config: Any = client_config()
    assert POOL >= MAX_PARALLEL_READS
    assert config.max_pool_connections == POOL
    assert (config.connect_timeout + config.read_timeout) * ATTEMPTS + sum(2**each for each in range(ATTEMPTS - 1)) < 29
