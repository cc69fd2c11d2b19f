"""A stage that tests deploy with everything, and how to talk to it."""

import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from PIL import Image

from infrastructure import application, deploy, packaging
from infrastructure.application import Deployed
from infrastructure.stages import Choices, Target

PATIENCE = 60  # seconds; a picture takes one, a cold function another, a batch of a stream in AWS half a minute
ANNOUNCEMENT = {
    "kind": "found",
    "species": "dog",
    "title": "Brown dog",
    "event_at": "2026-11-20T18:30:00Z",
    "place": {"latitude": 50.0612, "longitude": 19.9387},
}
PAGE = {
    "index.html": '<!doctype html><title>Homeward</title><script type="module" src="/assets/app-1a2b3c.js"></script>',
    "assets/app-1a2b3c.js": "console.log('home')",
    "assets/style-4d5e6f.css": "body { margin: 0 }",
    "page.js": "import '/assets/app-1a2b3c.js'",
    "page.css": "@import '/assets/style-4d5e6f.css'",
    "sw.js": "self.addEventListener('fetch', () => {})",
    "manifest.webmanifest": "{}",
    "favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    ".vite/manifest.json": "{}",
}


def own_stage() -> str:
    """The stage that somebody with an account names, if one is named."""
    named = os.environ.get("STAGE", "")
    return named if named.startswith("it-") else ""


@contextmanager
def in_environment(address: str) -> Iterator[None]:
    """Lead to the local cloud and nowhere else; without an address, leave the shell's AWS as it is."""
    with pytest.MonkeyPatch.context() as environment:
        if address:
            for name in [name for name in os.environ if name.startswith("AWS_")]:
                environment.delenv(name)
            environment.setenv("AWS_ENDPOINT_URL", address)
            environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
            environment.setenv("NO_PROXY", "127.0.0.1")
        yield


def page(folder: Path, **changes: str) -> Path:
    """Write a small built page."""
    for key, text in {**PAGE, **changes}.items():
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_text(text)
    return folder


def until(seen: Callable[[], Any], patience: float = PATIENCE) -> Any:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := seen():
            return found
        time.sleep(0.1)
    pytest.fail("it did not happen")


def photo() -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", (800, 600), (120, 80, 40)).save(stored, "JPEG")
    return stored.getvalue()


@dataclass(frozen=True)
class Stage:
    """Where it is deployed; `endpoint` is the local cloud's address, nothing for AWS."""

    target: Target
    project: Path
    built: Path
    endpoint: str

    @classmethod
    def of(cls, name: str, session: boto3.Session, folder: Path, endpoint: str) -> "Stage":
        choices = Choices(backup_region="eu-west-1" if session.region_name != "eu-west-1" else "us-east-1")
        return cls(Target(name, session, choices), folder / name, page(folder / "page"), endpoint)

    def beside(self, name: str) -> "Stage":
        """Another stage in the same cloud, with the packages that this one has made already."""
        project = self.project.with_name(name)
        made = self.project / ".chalice" / "deployments"
        if made.exists():
            shutil.copytree(made, project / ".chalice" / "deployments", dirs_exist_ok=True)
        return replace(self, target=replace(self.target, stage=name, choices=Choices()), project=project)

    def deploy(self, source: Path = packaging.PROJECT, *, again: bool = False) -> Deployed:
        return deploy.deploy(self.target, source, self.project, lambda: self.built, again=again)

    @property
    def name(self) -> str:
        return self.target.stage

    @property
    def session(self) -> boto3.Session:
        return self.target.session

    @cached_property
    def deployed(self) -> Deployed:
        return application.deployed(self.project, self.name)

    @property
    def address(self) -> str:
        api = self.deployed
        return (
            f"{self.endpoint}/restapis/{api.rest_api_id}/api/_user_request_" if self.endpoint else api.rest_api_url[:-1]
        )

    def client(self, service: str, region: str | None = None) -> Any:
        return self.target.client(service, region)

    def ask(self, method: str, path: str, token: str = "", **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= options.pop("headers", {})
        return requests.request(method, self.address + path, headers=headers, timeout=PATIENCE, **options)

    def call(self, method: str, path: str, token: str = "", **options: Any) -> Any:
        """Call the API; every answer but a success fails."""
        answer = self.ask(method, path, token, **options)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    @cached_property
    def environment(self) -> dict[str, str]:
        name = self.deployed.functions["api_handler"]
        configuration = self.client("lambda").get_function_configuration(FunctionName=name)
        return dict(configuration["Environment"]["Variables"])

    def announce(self, **changes: Any) -> tuple[str, str]:
        """Make an announcement; returns its id and its manage token."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        made = self.call("POST", "/api/announcements", json=ANNOUNCEMENT | {"event_at": now} | changes)
        return made["id"], made["manage_token"]

    def add_picture(self, announcement: tuple[str, str]) -> tuple[str, dict[str, Any]]:
        """Ask for a place for a picture; returns its id and the form."""
        slot = self.call("POST", f"/api/announcements/{announcement[0]}/pictures", announcement[1], json={})
        return slot["id"], slot["upload"]

    def upload(self, form: dict[str, Any]) -> None:
        uploaded = requests.post(form["url"], form["fields"], files={"file": photo()}, timeout=PATIENCE)
        assert uploaded.ok, uploaded.text

    def settled(self, picture: str) -> Any:
        shown = self.call("GET", f"/api/pictures/{picture}")
        return None if shown["state"] == "waiting" else shown

    def versions(self) -> list[str]:
        """The keys of all versions in the bucket."""
        listed = self.client("s3").list_object_versions(Bucket=self.environment["PICTURES_BUCKET"])
        return [version["Key"] for version in [*listed.get("Versions", []), *listed.get("DeleteMarkers", [])]]

    def queue(self, name: str) -> str:
        return str(self.client("sqs").get_queue_url(QueueName=f"homeward-{self.name}-{name}")["QueueUrl"])

    def waiting(self, name: str) -> int:
        """How many messages wait in a queue, as its metric tells it."""
        asked = self.client("sqs").get_queue_attributes(
            QueueUrl=self.queue(name), AttributeNames=["ApproximateNumberOfMessages"]
        )
        return int(asked["Attributes"]["ApproximateNumberOfMessages"])
