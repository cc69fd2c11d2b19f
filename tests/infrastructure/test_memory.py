"""What deploys remember, and the steps that count on it."""

import json
from pathlib import Path

import boto3
import pytest

from infrastructure import application, memory
from infrastructure.lock import Lock
from infrastructure.memory import Memory
from infrastructure.steps import Steps

NOTE = {"resources": [{"name": "rest_api", "resource_type": "rest_api", "rest_api_id": "a1"}], "schema_version": "2.0"}


@pytest.fixture
def remembered(session: boto3.Session, request: pytest.FixtureRequest) -> Memory:
    bucket = f"memory-{abs(hash(request.node.name))}"
    session.client("s3").create_bucket(Bucket=bucket)
    return Memory(session.client("s3"), bucket)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "deployed" / "dev.json"


def test_a_bucket_that_is_not_there_is_no_memory(session: boto3.Session) -> None:
    assert not Memory(session.client("s3"), "nowhere").is_there()


def test_a_note_is_brought_to_another_machine(remembered: Memory, note: Path, tmp_path: Path) -> None:
    note.parent.mkdir()
    note.write_text(json.dumps(NOTE))
    assert remembered.save_note(note)
    assert remembered.fetch_note(tmp_path / "other" / "dev.json")
    assert json.loads((tmp_path / "other" / "dev.json").read_text()) == NOTE


@pytest.mark.parametrize("text", ["", '{"resources": []}', '{"resources": [{"na'])
def test_an_empty_or_broken_note_never_replaces_one(remembered: Memory, note: Path, text: str) -> None:
    note.parent.mkdir()
    note.write_text(json.dumps(NOTE))
    remembered.save_note(note)
    note.write_text(text)
    assert not remembered.save_note(note)
    note.unlink()
    assert not remembered.save_note(note)
    assert remembered.fetch_note(note)
    assert json.loads(note.read_text()) == NOTE


def test_that_chalice_began_is_known_until_it_ended(remembered: Memory) -> None:
    assert not remembered.has_begun()
    remembered.begin("ann")
    assert remembered.has_begun()
    remembered.ended()
    assert not remembered.has_begun()


def test_nothing_is_saved_by_a_build_that_did_not_deploy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("infrastructure.packaging.WORKSHOP", tmp_path)
    monkeypatch.setattr("infrastructure.stages.target", lambda stage: pytest.fail("it asked for an account"))
    assert memory.main(["--stage", "dev"]) == 0
    assert capsys.readouterr().out == "everything is saved already: a deploy saves Chalice's note by itself\n"


@pytest.mark.parametrize(("text", "said"), [(json.dumps(NOTE), "note is saved"), ("", "before it noted anything")])
def test_what_a_deploy_could_not_save_any_more_is_saved_once(
    remembered: Memory,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    said: str,
) -> None:
    monkeypatch.setattr("infrastructure.packaging.WORKSHOP", tmp_path)
    monkeypatch.setattr("infrastructure.stages.target", lambda stage: stage)
    monkeypatch.setattr("infrastructure.memory.of", lambda stage: remembered)
    note = application.state_file(tmp_path / "dev", "dev")
    note.parent.mkdir(parents=True)
    note.write_text(text)
    memory.unsaved(tmp_path / "dev").touch()
    for words in (said, "everything is saved already"):
        assert memory.main(["--stage", "dev"]) == 0
        assert words in capsys.readouterr().out
    assert remembered.fetch_note(tmp_path / "found.json") is bool(text)


@pytest.fixture
def steps(remembered: Memory) -> Steps:
    return Steps(remembered, Lock(remembered.s3, remembered.bucket, ""))


def test_a_step_is_done_once_and_again_when_what_it_is_made_of_has_changed(steps: Steps) -> None:
    done: list[str] = []
    for made_of in ("a", "a", "b", "a"):
        steps.take("build", made_of, lambda made_of=made_of: done.append(made_of))  # type: ignore[misc]
    assert done == ["a", "b", "a"]


def test_a_step_whose_work_no_longer_stands_is_done_again(steps: Steps) -> None:
    assert [steps.take("build", "a", lambda: None, stands=stands) for stands in (True, True, False)] == [
        True,
        False,
        True,
    ]


def test_a_step_that_failed_is_where_it_stopped_and_is_done_by_the_next_run(steps: Steps) -> None:
    steps.take("build", "a", lambda: None)
    with pytest.raises(ZeroDivisionError):
        steps.take("build", "b", lambda: 1 // 0)
    assert steps.current == "build"
    assert Steps(steps.memory, steps.lock).take("build", "a", lambda: None), "what the failed one left is not what was"


def test_a_step_that_is_left_out_is_told_while_it_is_due_and_stays_due(
    steps: Steps, capsys: pytest.CaptureFixture[str]
) -> None:
    steps.take("stack", "a", lambda: None)
    capsys.readouterr()
    steps.leave("stack", "a")
    assert capsys.readouterr().out == ""
    for _ in range(2):
        steps.leave("stack", "b")
        assert capsys.readouterr().out == "- LEFT OUT: stack has changed, and a person has to deploy it\n"


def test_asked_to_do_it_again_every_step_is_done_once_more(steps: Steps) -> None:
    steps.take("build", "a", lambda: None)
    again = Steps(steps.memory, steps.lock, again=True)
    assert [again.take("build", "a", lambda: None) for _ in range(2)] == [True, False]
