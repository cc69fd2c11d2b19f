"""What .chalice/config.json says of every function that app.py declares, as Chalice itself reads it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from chalice.config import Config

from infrastructure import foundation
from infrastructure.permissions import FUNCTIONS, STAGES
from infrastructure.upkeep import UPKEEP
from tests.infrastructure.programs import run

PROJECT = Path(__file__).parents[2]
CONFIG = json.loads((PROJECT / ".chalice" / "config.json").read_text())
LIST_FUNCTIONS = """
import json
from app import app
triggers = [*app.event_sources, *app.pure_lambda_functions, *app.builtin_auth_handlers]
print(json.dumps([*(trigger.name for trigger in triggers), *(["api_handler"] if app.routes else [])]))
"""
MEMORY_AND_TIME = {
    "api_handler": (1024, 29),
    "make_renditions": (1769, 60),
    "refuse_failed_picture": (256, 30),
    "sweep_expired": (512, 300),
    "refresh_tiles": (1024, 60),
    "refresh_wide_tiles": (1024, 240),
    "mend_tiles": (1024, 900),
}


@pytest.fixture(scope="module")
def declared() -> set[str]:
    """The names that Chalice gives to what app.py declares; asked of another process, for app.py is the whole app."""
    names = dict.fromkeys(foundation.NAMES.values(), "homeward-it")
    environment = foundation.environment("it", names)
    asked = run(sys.executable, "-c", LIST_FUNCTIONS, folder=PROJECT, environment=environment)
    assert asked.returncode == 0, asked.stderr
    return set(json.loads(asked.stdout))


def chalices(stage: str, function: str) -> Any:
    """The configuration of a function in a stage."""
    defaults = {"autogen_policy": True, "api_gateway_stage": "other"}
    config = Config(chalice_stage=stage, config_from_disk=CONFIG, default_params=defaults)
    return config.scope(stage, function)


def test_every_function_has_its_permissions_and_its_size(declared: set[str]) -> None:
    assert declared == FUNCTIONS.keys() == CONFIG["lambda_functions"].keys() == MEMORY_AND_TIME.keys()


def test_the_stages_are_the_three_of_the_design() -> None:
    assert tuple(CONFIG["stages"]) == STAGES == ("local", "dev", "prod")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_its_memory_its_time_and_its_own_policy(function: str, stage: str) -> None:
    seen = chalices(stage, function)
    assert (seen.lambda_memory_size, seen.lambda_timeout) == MEMORY_AND_TIME[function]
    assert seen.autogen_policy is False
    assert (PROJECT / ".chalice" / seen.iam_policy_file).is_file()
    assert seen.iam_policy_file == f"policy-{stage}-{function}.json"


@pytest.mark.parametrize("stage", STAGES)
def test_what_somebody_waits_for_is_traced_and_what_runs_every_minute_is_not(stage: str) -> None:
    traced = {function: bool(chalices(stage, function).xray_enabled) for function in FUNCTIONS}
    assert {function for function, each in traced.items() if not each} == {"sweep_expired", "refresh_wide_tiles"}
    assert traced == {function: upkeep.traced for function, upkeep in UPKEEP.items()}


def test_no_library_is_packed_for_tracing() -> None:
    assert "xray" not in (PROJECT / "requirements.txt").read_text().lower()


LIMITS = ("ANNOUNCEMENTS_AN_HOUR", "MESSAGES_AN_HOUR", "PICTURES_A_DAY", "REPORTS_AN_HOUR")


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_knows_its_name_its_limits_and_no_secret(stage: str) -> None:
    limits = ("100000",) * 4 if stage == "local" else ("10", "30", "60", "10")
    assert chalices(stage, "api_handler").environment_variables == {
        "HOMEWARD_STAGE": stage,
        **dict(zip(LIMITS, limits, strict=True)),
    }


@pytest.mark.parametrize("stage", STAGES)
def test_the_rest_api_is_regional_compressed_and_named_api(stage: str) -> None:
    seen = chalices(stage, "api_handler")
    assert seen.api_gateway_stage == "api"
    assert seen.api_gateway_endpoint_type == "REGIONAL"  # the CDN stands before it
    assert seen.minimum_compression_size == 1024
