"""One deploy at a time."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from infrastructure import lock
from infrastructure.lock import LEASE, Lock, Locked, Lost

ELSEWHERE = {"owner": "ann on laptop", "machine": "laptop", "process": 1}
HERE = {"owner": "bob on desk", "machine": "desk", "process": 1}


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def s3(session: boto3.Session) -> Iterator[Any]:
    client = session.client("s3")
    client.create_bucket(Bucket="locks")
    client.put_bucket_versioning(Bucket="locks", VersioningConfiguration={"Status": "Enabled"})
    yield client
    client.delete_object(Bucket="locks", Key=lock.KEY)


@pytest.fixture
def theirs(s3: Any) -> Lock:
    return Lock(s3, "locks", "run `make unlock STAGE=dev`", Clock(), ELSEWHERE)


@pytest.fixture
def ours(s3: Any) -> Lock:
    return Lock(s3, "locks", "run `make unlock STAGE=dev`", Clock(), HERE)


def test_a_second_deploy_is_told_who_deploys_since_when_and_what_to_do(theirs: Lock, ours: Lock) -> None:
    with theirs.held(), pytest.raises(Locked) as told, ours.held():
        pytest.fail("both hold it")
    for part in ("ann on laptop", "since 2026-11-20T12:00:00", "`make unlock STAGE=dev`", "at 2026-11-20T12:10:00"):
        assert part in str(told.value)


def test_after_the_first_the_second_may(theirs: Lock, ours: Lock) -> None:
    with theirs.held():
        pass
    with ours.held():
        assert ours.read()[0] is not None


def test_of_many_at_once_one_gets_it(s3: Any) -> None:
    locks = [Lock(s3, "locks", "", Clock(), ELSEWHERE | {"owner": str(number)}) for number in range(8)]
    got: list[Lock] = []

    def take(each: Lock) -> None:
        try:
            each.take()
        except Locked:
            return
        got.append(each)

    threads = [threading.Thread(target=take, args=[each]) for each in locks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    got[0].release()


def test_a_lock_whose_lease_has_ended_is_taken_over_and_its_owner_goes_no_further(theirs: Lock, ours: Lock) -> None:
    theirs.take()
    ours.clock = Clock(Clock().now + LEASE + timedelta(seconds=1))
    ours.take()
    theirs._renew()
    with pytest.raises(Lost):
        theirs.check()
    theirs.release()
    known, _ = ours.read()
    assert known
    assert known["owner"] == "bob on desk"
    ours.release()


def test_a_renewed_lease_is_not_over(theirs: Lock, ours: Lock) -> None:
    theirs.take()
    theirs.clock = Clock(Clock().now + LEASE)
    theirs._renew()
    theirs.check()
    ours.clock = Clock(Clock().now + LEASE + timedelta(seconds=1))
    with pytest.raises(Locked):
        ours.take()


def test_a_lock_of_a_process_that_is_gone_from_this_machine_is_taken_over_at_once(theirs: Lock, ours: Lock) -> None:
    gone = replace(theirs, owner=HERE | {"process": 2**22 + 1})  # above the highest there can be
    gone.take()
    ours.take()
    ours.release()


def test_it_can_be_removed_by_hand_which_tells_whose_it_was(theirs: Lock, ours: Lock) -> None:
    theirs.take()
    removed = ours.remove()
    assert removed
    assert removed["owner"] == "ann on laptop"
    assert ours.remove() is None
    ours.take()
    ours.release()


def test_unlocking_a_stage_without_a_lock_says_so(
    session: boto3.Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(boto3, "Session", lambda: session)
    assert lock.main(["--stage", "it-none"]) == 0
    assert capsys.readouterr().out == "there was no lock\n"
