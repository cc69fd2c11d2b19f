"""The settings of a stage, and what is told of those that cannot be."""

import pytest

from chalicelib.config import Config
from tests.conftest import ENVIRONMENT

LIMITS = ("ANNOUNCEMENTS_AN_HOUR", "MESSAGES_AN_HOUR", "PICTURES_A_DAY", "REPORTS_AN_HOUR")
REQUIRED = {name: value for name, value in ENVIRONMENT.items() if name not in LIMITS}


def test_a_stage_that_says_nothing_has_the_limits_of_the_design() -> None:
    config = Config.from_environment(REQUIRED)
    assert dict(config.limits) == {"announcement": 10, "message": 30, "picture": 60, "report": 10}
    assert config.language == "en"


def test_a_stage_says_what_is_free_and_in_which_language_it_writes() -> None:
    said = dict(zip(LIMITS, "1234", strict=True)) | {"LANGUAGE_OF_PAGES": "pl"}
    config = Config.from_environment(REQUIRED | said)
    assert list(config.limits.values()) == [1, 2, 3, 4]
    assert config.language == "pl"


@pytest.mark.parametrize(
    ("name", "value"),
    [("MESSAGES_AN_HOUR", "many"), ("PICTURES_A_DAY", "-1"), ("REPORTS_AN_HOUR", "1.5"), ("LANGUAGE_OF_PAGES", "xx")],
)
def test_a_setting_that_cannot_be_is_told_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SystemExit, match=f"{name}={value}") as told:
        Config.from_environment(REQUIRED | {name: value})
    assert "\n" not in str(told.value)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(SystemExit, match="TILES_TABLE not set in the environment"):
        Config.from_environment({name: value for name, value in REQUIRED.items() if name != "TILES_TABLE"})
