"""Which of a picture's versions is the current one."""

from datetime import datetime, timedelta

from chalicelib.domain.versions import History, Version
from tests.builders import NOON, upload

SECOND = timedelta(seconds=1)


def _version(name: str, uploaded_at: datetime = NOON) -> Version:
    return Version.of("p", upload(version=name, uploaded_at=uploaded_at))


def _current(*versions: Version, newest: str | None, shown: str | None = None) -> str | None:
    current = History.of(versions, newest, shown).current
    return current.version if current else None


def test_a_picture_without_versions_has_no_current_one() -> None:
    assert _current(newest=None) is None
    assert _current(newest="v1") is None


def test_the_newest_by_s3_is_current_though_its_time_is_the_same() -> None:
    versions = [_version("v1"), _version("v2"), _version("v3")]
    for newest in ("v1", "v2", "v3"):
        assert _current(*versions, newest=newest) == newest
        assert History.of(versions, newest, None).versions[0].version == newest


def test_versions_are_told_newest_first() -> None:
    versions = [_version("v2", NOON + SECOND), _version("v1"), _version("v3", NOON + 2 * SECOND)]
    assert [each.version for each in History.of(versions, "v3", None).versions] == ["v3", "v2", "v1"]


def test_what_is_shown_stays_current_while_the_newest_is_refused() -> None:
    bad = _version("v2", NOON + SECOND).refused("It is not a picture.")
    history = History.of([_version("v1").rendered("d"), bad], "v2", "v1")
    assert history.current == _version("v1").rendered("d")
    assert history.newest_refusal == "It is not a picture."


def test_a_refused_one_is_current_where_there_is_no_other() -> None:
    bad = _version("v1").refused("It is not a picture.")
    assert _current(bad, newest="v1") == "v1"
    assert History.of([bad], "v1", None).newest_refusal is None


def test_where_s3_has_nothing_the_latest_that_is_known_is_current() -> None:
    assert _current(_version("v1"), _version("v2", NOON + SECOND), newest=None) == "v2"
