"""The real application, deployed as `make deploy` does it; the local cloud enforces the policies of its functions."""

import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from PIL import Image

from infrastructure import application, deploy, package_check, packaging, smoke
from infrastructure.application import Deployed
from infrastructure.deploy import Refused

STAGE = "dev"
PATIENCE = 30  # seconds; a picture takes one, a cold function another
ANNOUNCEMENT = {
    "kind": "found",
    "species": "dog",
    "title": "Brown dog",
    "event_at": "2026-11-20T18:30:00Z",
    "place": {"latitude": 50.0612, "longitude": 19.9387},
}


@dataclass(frozen=True)
class Stage:
    """What was deployed, and how to talk to it."""

    project: Path
    session: boto3.Session
    deployed: Deployed
    address: str

    def call(self, method: str, path: str, token: str = "", **options: Any) -> Any:
        """Call the API; every answer but a success fails."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = requests.request(method, self.address + path, headers=headers, timeout=PATIENCE, **options)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def environment(self) -> dict[str, str]:
        functions = self.session.client("lambda")
        configuration = functions.get_function_configuration(FunctionName=self.deployed.functions["api_handler"])
        return dict(configuration["Environment"]["Variables"])

    def announce(self) -> tuple[str, str]:
        """Make an announcement; returns its id and its manage token."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        made = self.call("POST", "/api/announcements", json=ANNOUNCEMENT | {"event_at": now})
        return made["id"], made["manage_token"]

    def add_picture(self, announcement: tuple[str, str]) -> tuple[str, dict[str, Any]]:
        """Ask for a place for a picture; returns its id and the form."""
        slot = self.call("POST", f"/api/announcements/{announcement[0]}/pictures", announcement[1], json={})
        return slot["id"], slot["upload"]

    def versions(self) -> list[str]:
        """The keys of all versions in the bucket."""
        listed = self.session.client("s3").list_object_versions(Bucket=self.environment()["PICTURES_BUCKET"])
        return [version["Key"] for version in [*listed.get("Versions", []), *listed.get("DeleteMarkers", [])]]


@pytest.fixture(scope="module")
def stage(session: boto3.Session, cloud_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    project = tmp_path_factory.mktemp("deploy") / STAGE
    deployed = deploy.deploy(STAGE, session, packaging.PROJECT, project)
    address = f"{cloud_address}/restapis/{deployed.rest_api_id}/api/_user_request_"
    yield Stage(project, session, deployed, address)
    for function in deployed.functions.values():
        session.client("lambda").delete_function(FunctionName=function)


def until(seen: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := seen():
            return found
        time.sleep(0.1)
    pytest.fail("it did not happen")


def photo() -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", (800, 600), (120, 80, 40)).save(stored, "JPEG")
    return stored.getvalue()


def test_the_package_has_nothing_built_here_and_nothing_that_lambda_has(stage: Stage) -> None:
    assert package_check.check([stage.project / "package", stage.project / ".chalice" / "deployments"]) == []


def test_the_functions_have_their_names_memory_and_time(stage: Stage) -> None:
    functions = stage.session.client("lambda")
    seen = {name: functions.get_function_configuration(FunctionName=name) for name in stage.deployed.functions.values()}
    assert {name: (each["MemorySize"], each["Timeout"]) for name, each in seen.items()} == {
        "homeward-dev": (1024, 29),
        "homeward-dev-make_renditions": (1769, 60),
        "homeward-dev-refuse_failed_picture": (256, 30),
        "homeward-dev-sweep_expired": (512, 300),
        "homeward-dev-refresh_tiles": (1024, 60),
        "homeward-dev-refresh_wide_tiles": (1024, 240),
        "homeward-dev-mend_tiles": (1024, 900),
    }
    assert len({each["Role"] for each in seen.values()}) == len(seen)


def test_a_report_with_its_picture_is_published_and_erased_within_the_policies(stage: Stage) -> None:
    announcement = stage.announce()
    picture, form = stage.add_picture(announcement)
    uploaded = requests.post(form["url"], form["fields"], files={"file": photo()}, timeout=PATIENCE)
    assert uploaded.ok, uploaded.text
    shown = until(lambda: settled(stage, picture))
    assert shown["state"] == "ready"
    assert [key for key in stage.versions() if picture in key]
    stage.call("DELETE", f"/api/announcements/{announcement[0]}", announcement[1])
    assert not [key for key in stage.versions() if picture in key]


def settled(stage: Stage, picture: str) -> Any:
    shown = stage.call("GET", f"/api/pictures/{picture}")
    return None if shown["state"] == "waiting" else shown


def test_the_map_is_read_within_the_policies(stage: Stage) -> None:
    identity, _ = stage.announce()
    found = stage.call("GET", "/api/announcements?bbox=19.9,50.0,20.0,50.1&zoom=14")
    assert identity in {feature["id"] for feature in found["features"]}


def test_a_picture_whose_function_died_is_refused_within_the_policies(stage: Stage) -> None:
    picture, _ = stage.add_picture(stage.announce())
    event = {"Records": [{"s3": {"object": {"key": f"originals/{picture}"}}}]}
    sqs = stage.session.client("sqs")
    queue = sqs.get_queue_url(QueueName=stage.environment()["FAILED_PICTURES_QUEUE"])["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"requestPayload": event}))
    assert until(lambda: settled(stage, picture))["state"] == "refused"


def test_a_report_is_counted_within_the_policies(stage: Stage) -> None:
    stage.announce()
    tiles = stage.environment()["TILES_TABLE"]
    assert until(lambda: stage.session.client("dynamodb").scan(TableName=tiles)["Items"])


@pytest.mark.parametrize("function", ["sweep_expired", "refresh_wide_tiles", "mend_tiles"])
def test_what_is_on_a_schedule_runs_within_its_policy(stage: Stage, function: str) -> None:
    name = stage.deployed.functions[function]
    event = json.dumps(smoke.SCHEDULED).encode()
    answer = stage.session.client("lambda").invoke(FunctionName=name, Payload=event)
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_a_second_deploy_makes_no_second_api(stage: Stage) -> None:
    assert deploy.deploy(STAGE, stage.session, packaging.PROJECT, stage.project) == stage.deployed
    assert len(stage.session.client("apigateway").get_rest_apis()["items"]) == 1


def test_a_deploy_from_a_folder_that_knows_nothing_of_the_last_is_refused(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is deployed already"):
        deploy.deploy(STAGE, stage.session, packaging.PROJECT, tmp_path)
    assert not application.state_file(tmp_path, STAGE).exists()
