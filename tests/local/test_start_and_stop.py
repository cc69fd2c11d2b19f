"""Stopping, starting again, and two side by side."""

import shutil
import signal
from pathlib import Path

import pytest

from tests.local.running import RunningHomeward, descendants, until

LONGEST_STOP = 15.0  # seconds; an idle machine takes two


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's table of processes")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_process_and_a_start_finds_everything(homeward: RunningHomeward, how: signal.Signals) -> None:
    announcement = homeward.announce(title="Here before the stop")
    key = homeward.state.import_key.read_text()
    until(lambda: announcement["id"] in (homeward.state.cloud / "dynamodb.json").read_text())
    assert homeward.process
    started = descendants(homeward.process.pid)
    assert len(started) >= 2
    assert homeward.stop(how) < LONGEST_STOP
    until(lambda: not started & descendants(1))
    homeward.start()
    assert "unchanged" in "".join(homeward.said)
    assert homeward.ask("GET", f"/api/announcements/{announcement['id']}").json()["title"] == "Here before the stop"
    assert homeward.state.import_key.read_text() == key


def test_two_run_side_by_side(homeward: RunningHomeward, tmp_path: Path) -> None:
    shutil.copytree(
        homeward.state.application / ".chalice" / "deployments", tmp_path / "application/.chalice/deployments"
    )
    second = RunningHomeward(tmp_path)
    second.start()
    try:
        announcement = second.announce(title="Only in the second")
        assert second.ask("GET", f"/api/announcements/{announcement['id']}").status_code == 200
        assert homeward.ask("GET", f"/api/announcements/{announcement['id']}").status_code == 404
    finally:
        second.stop()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's table of processes")
@pytest.mark.parametrize("moment", ["the local cloud …", "the foundation", "chalice deploy"])
def test_a_stop_during_the_start_leaves_no_process(tmp_path: Path, moment: str) -> None:
    starting = RunningHomeward(tmp_path)
    starting.begin()
    starting.wait_for(moment)
    assert starting.process
    started = descendants(starting.process.pid)
    assert starting.stop() < LONGEST_STOP
    until(lambda: not started & descendants(1))
