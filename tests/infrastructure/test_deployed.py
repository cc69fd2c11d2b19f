"""The real application, deployed as `make deploy` does it; the local cloud enforces the policies of its functions."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from infrastructure import adoption, memory, package_check, smoke
from infrastructure.stages import Refused
from infrastructure.upkeep import UPKEEP
from tests.infrastructure.stage import Stage, until


def test_the_package_has_nothing_built_here_and_nothing_that_lambda_has(stage: Stage) -> None:
    assert package_check.check([stage.project / "package", stage.project / ".chalice" / "deployments"]) == []


def test_the_functions_have_their_names_memory_and_time(stage: Stage) -> None:
    functions = stage.client("lambda")
    seen = {name: functions.get_function_configuration(FunctionName=name) for name in stage.deployed.functions.values()}
    assert {name: (each["MemorySize"], each["Timeout"]) for name, each in seen.items()} == {
        f"homeward-{stage.name}": (1024, 29),
        f"homeward-{stage.name}-make_renditions": (1769, 60),
        f"homeward-{stage.name}-refuse_failed_picture": (256, 30),
        f"homeward-{stage.name}-sweep_expired": (512, 300),
        f"homeward-{stage.name}-refresh_tiles": (1024, 60),
        f"homeward-{stage.name}-refresh_wide_tiles": (1024, 240),
        f"homeward-{stage.name}-mend_tiles": (1024, 900),
    }
    assert len({each["Role"] for each in seen.values()}) == len(seen)


def test_a_function_is_traced_if_somebody_waits_for_it_and_not_if_it_runs_every_minute(stage: Stage) -> None:
    functions = stage.client("lambda")
    known = {
        each: functions.get_function_configuration(FunctionName=each) for each in stage.deployed.functions.values()
    }
    modes = {name: each["TracingConfig"]["Mode"] for name, each in known.items()}
    wanted = {stage.deployed.functions[name]: upkeep.traced for name, upkeep in UPKEEP.items()}
    assert modes == {name: "Active" if traced else "PassThrough" for name, traced in wanted.items()}


def test_a_report_with_its_picture_is_published_and_erased_within_the_policies(stage: Stage) -> None:
    announcement = stage.announce()
    picture, form = stage.add_picture(announcement)
    stage.upload(form)
    shown = until(lambda: stage.settled(picture))
    assert shown["state"] == "ready"
    assert [key for key in stage.versions() if picture in key]
    stage.call("DELETE", f"/api/announcements/{announcement[0]}", announcement[1])
    assert not [key for key in stage.versions() if picture in key]


def test_the_map_is_read_within_the_policies(stage: Stage) -> None:
    identity, _ = stage.announce()
    found = stage.call("GET", "/api/announcements?bbox=19.9,50.0,20.0,50.1&zoom=14")
    assert identity in {feature["id"] for feature in found["features"]}


def test_a_picture_whose_function_died_is_refused_within_the_policies(stage: Stage) -> None:
    picture, _ = stage.add_picture(stage.announce())
    event = {"Records": [{"s3": {"object": {"key": f"originals/{picture}"}}}]}
    sqs = stage.client("sqs")
    queue = sqs.get_queue_url(QueueName=stage.environment["FAILED_PICTURES_QUEUE"])["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"requestPayload": event}))
    assert until(lambda: stage.settled(picture))["state"] == "refused"


def test_a_report_is_counted_within_the_policies(stage: Stage) -> None:
    stage.announce()
    tiles = stage.environment["TILES_TABLE"]
    assert until(lambda: stage.client("dynamodb").scan(TableName=tiles)["Items"])


@pytest.mark.parametrize("function", ["sweep_expired", "refresh_wide_tiles", "mend_tiles"])
def test_what_is_on_a_schedule_runs_within_its_policy(stage: Stage, function: str) -> None:
    name = stage.deployed.functions[function]
    event = json.dumps(smoke.SCHEDULED).encode()
    answer = stage.client("lambda").invoke(FunctionName=name, Payload=event)
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_a_second_deploy_does_nothing_says_so_and_makes_no_second_api(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stage.deploy() == stage.deployed
    assert "nothing had changed: nothing was done" in capsys.readouterr().out
    assert len(adoption.rest_apis(stage.session, stage.name)) == 1


def test_a_deploy_elsewhere_knows_what_this_one_did(stage: Stage, tmp_path: Path) -> None:
    elsewhere = replace(stage, project=tmp_path / "elsewhere")
    assert elsewhere.deploy() == stage.deployed


def test_a_deploy_whose_memory_is_lost_is_refused_and_goes_on_when_it_is_back(stage: Stage, tmp_path: Path) -> None:
    remembered, s3 = memory.of(stage.target), stage.client("s3")
    lost = s3.delete_object(Bucket=remembered.bucket, Key=memory.NOTE)
    with pytest.raises(Refused, match="is deployed already, but Chalice's note of it is neither in s3://"):
        replace(stage, project=tmp_path / "elsewhere").deploy()
    s3.delete_object(Bucket=remembered.bucket, Key=memory.NOTE, VersionId=lost["VersionId"])
    assert replace(stage, project=tmp_path / "elsewhere").deploy() == stage.deployed
