"""The deployed system, started once for all tests that need it."""

from collections.abc import Iterator

import pytest

from tests.local.running import RunningHomeward


@pytest.fixture(scope="session")
def homeward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHomeward]:
    """Everything for real: the local cloud, the application deployed on it by Chalice, the page, the front door."""
    running = RunningHomeward(tmp_path_factory.mktemp("homeward"))
    try:
        running.start()
        yield running
        running.stop()
    finally:
        if running.process and running.process.poll() is None:
            running.process.kill()
