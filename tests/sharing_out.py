"""How the tests are shared out where several processes run them."""

import pytest
from xdist.scheduler import LoadScopeScheduling

CLOUDS = {  # folders whose tests need a cloud, and whose: it takes too long to start to be there twice
    "tests/browser": "the map's",
    "tests/local": "the map's",
    "tests/infrastructure": "the stage's",
}


class ByCloud(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Gives file after file to whichever process is free, and the folders with one cloud to one process."""

    def _split_scope(self, nodeid: str) -> str:
        """Name what stays together with a test."""
        return _cloud(nodeid) or nodeid.partition("::")[0]


def longest_first(items: list[pytest.Item]) -> None:
    """Order tests so that none of the processes begins last what takes longest: the tests with a cloud."""
    items.sort(key=lambda item: not _cloud(item.nodeid))


def _cloud(nodeid: str) -> str | None:
    return CLOUDS.get("/".join(nodeid.split("/", 2)[:2]))
