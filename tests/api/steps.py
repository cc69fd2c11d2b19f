"""What the tests of the API do again and again."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from random import Random
from typing import Any

import requests
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from chalice.test import TestEventsClient
from PIL import Image

import app as application
from tests.conftest import ENVIRONMENT, Homestead
from tests.http import Answer
from tests.replication import expire, replicate

ANNOUNCEMENTS = "/api/announcements"
EXACT_PLACE = {"latitude": 50.061234, "longitude": 19.938765}
PUBLIC_PLACE = {"latitude": 50.06126, "longitude": 19.93813, "blur": "street"}
CONTACT = {"name": "Maria Finder", "email": "finder@example.org", "phone": "+48 600 700 800"}
SECRET_MARK = "one white toe"
BODY = {
    "kind": "found",
    "species": "dog",
    "title": "Brown dog",
    "text": "By the park",
    "event_at": "2026-11-20T11:30:00Z",
    "place": EXACT_PLACE,
    "contact": CONTACT,
    "secret_mark": SECRET_MARK,
    "link": "https://example.org/dog",
}
EVENTS = TestEventsClient(application.app)
UNKNOWN_ID = "a" * 20
WITHDRAWN = {"state": "withdrawn"}


def body(**changes: Any) -> dict[str, Any]:
    """Make the body of an announcement; None leaves a field out."""
    return {name: value for name, value in (BODY | changes).items() if value is not None}


@dataclass(frozen=True)
class Owned:
    """An announcement that was made, with its token and its first answer."""

    id: str
    token: str
    shown: dict[str, Any]

    @property
    def path(self) -> str:
        return f"{ANNOUNCEMENTS}/{self.id}"


def announce(homestead: Homestead, **changes: Any) -> Owned:
    answer = homestead.client.post(ANNOUNCEMENTS, body(**changes))
    assert answer.status == 201, answer.body
    return Owned(answer.json["id"], answer.json["manage_token"], answer.json)


def on_map(homestead: Homestead, **query: Any) -> list[str]:
    """Give the ids of a page of the map."""
    answer = homestead.client.get(ANNOUNCEMENTS, **query)
    assert answer.status == 200, answer.body
    return [feature["id"] for feature in answer.json["features"]]


def withdraw(homestead: Homestead, owned: Owned) -> None:
    assert homestead.client.delete(owned.path, token=owned.token).status == 204


def reunite(homestead: Homestead, owned: Owned) -> None:
    assert homestead.client.post(f"{owned.path}/reunited", token=owned.token).status == 200


def stored(homestead: Homestead) -> list[Any]:
    """Give all that is kept: the items of the table and the versions in the buckets.

    The months that may have markers are left out: they are noted before anything is written, which is harmless.
    """
    pages = homestead.session.client("dynamodb").get_paginator("scan").paginate(TableName=homestead.table.name)
    items = [item for page in pages for item in page["Items"] if item["pk"]["S"] != "M#"]
    buckets = homestead.bucket, homestead.backup
    versions = [(one.name, each.object_key, each.id) for one in buckets for each in one.object_versions.all()]
    return sorted(json.dumps(item, sort_keys=True) for item in items) + sorted(versions)


@contextmanager
def nothing_written(homestead: Homestead) -> Iterator[None]:
    before = stored(homestead)
    yield
    assert stored(homestead) == before


def assert_problem(answer: Answer, status: int, *fields: str) -> None:
    """Hold an answer to the shape of problems, and to naming these fields at fault."""
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert problem["detail"]
    assert b"Traceback" not in answer.body
    assert [error["field"] for error in problem.get("errors", [])] == list(fields), problem
    assert all(error["message"] for error in problem.get("errors", []))


def source_key(homestead: Homestead, source: str = "shelter") -> str:
    return homestead.homeward.access.register_source(source)


@dataclass(frozen=True)
class Slot:
    """A place for a picture that an announcement has."""

    id: str
    url: str
    fields: dict[str, str]

    @property
    def path(self) -> str:
        return f"/api/pictures/{self.id}"

    @property
    def policy(self) -> list[Any]:
        """What the bucket will ask of the form."""
        conditions: list[Any] = json.loads(b64decode(self.fields["policy"]))["conditions"]
        return conditions


def request_picture(homestead: Homestead, owned: Owned, **wish: Any) -> Slot:
    answer = homestead.client.post(f"{owned.path}/pictures", wish, token=owned.token)
    assert answer.status == 201, answer.body
    return Slot(answer.json["id"], answer.json["upload"]["url"], answer.json["upload"]["fields"])


def post_form(slot: Slot, data: bytes) -> None:
    """Upload as a browser does: the fields, then the file."""
    answer = requests.post(slot.url, data=slot.fields, files={"file": ("dog.jpg", data)}, timeout=5)
    assert answer.status_code == 204, answer.text


def tell_of_upload(slot: Slot, version: str | None = None) -> None:
    """Call the function that the bucket's notification calls."""
    event = EVENTS.generate_s3_event(ENVIRONMENT["PICTURES_BUCKET"], f"originals/{slot.id}")
    event["Records"][0]["s3"]["object"] |= {"versionId": version} if version else {}
    application.make_renditions(event, None)


def add_picture(homestead: Homestead, owned: Owned, data: bytes | None = None) -> Slot:
    """Go the whole way of a picture."""
    slot = request_picture(homestead, owned)
    post_form(slot, picture_file() if data is None else data)
    tell_of_upload(slot)
    return slot


def picture_file(colour: str = "red", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", **options)
    return file.getvalue()


def photo_file(seed: int = 1, **options: Any) -> bytes:
    """Make a picture with as much in it as a photo; the same seed makes the same one."""
    greys = Random(seed).randbytes(16 * 12)  # noqa: S311 (no secret)
    file = BytesIO()
    image = Image.frombytes("L", (16, 12), greys).resize((640, 480), Image.Resampling.BICUBIC)
    image.convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


def picture_state(homestead: Homestead, slot: Slot) -> dict[str, Any]:
    answer = homestead.client.get(slot.path)
    assert answer.status == 200, answer.body
    shown: dict[str, Any] = answer.json
    return shown


def picture_objects(homestead: Homestead, slot: Slot) -> list[str]:
    """Name all versions of all objects of a picture."""
    return [each.object_key for each in homestead.bucket.object_versions.all() if slot.id in each.object_key]


JPEG = {"Content-Type": "image/jpeg"}


def send_picture(homestead: Homestead, owned: Owned, data: bytes | None = None, **query: Any) -> Answer:
    """Send a picture in the body of a request."""
    content = picture_file() if data is None else data
    query = {"announcement": owned.id} | query
    return homestead.client.post("/api/pictures", body=content, token=owned.token, headers=JPEG, **query)


def sent_picture(homestead: Homestead, owned: Owned, data: bytes | None = None, **query: Any) -> tuple[Slot, str]:
    """Send a picture and let its event come; gives it and its version."""
    answer = send_picture(homestead, owned, data, **query)
    assert answer.status == 201, answer.body
    slot = Slot(answer.json["id"], "", {})
    tell_of_upload(slot, answer.json["version"])
    return slot, answer.json["version"]


def update_picture(homestead: Homestead, owned: Owned, slot: Slot, data: bytes, **query: Any) -> str:
    """Send the next version of a picture and let its event come; gives the version."""
    answer = homestead.client.put(slot.path, body=data, token=owned.token, headers=JPEG, **query)
    assert answer.status == 200, answer.body
    version: str = answer.json["version"]
    tell_of_upload(slot, version)
    return version


def replicate_pictures(homestead: Homestead) -> None:
    """Bring the backup up to date, as S3 does in the background."""
    replicate(homestead.session.client("s3"), homestead.bucket.name, homestead.backup.name)


def expire_versions(homestead: Homestead) -> None:
    """Let go all but the newest versions, as the bucket does after six days."""
    expire(homestead.session.client("s3"), homestead.bucket.name)


def versions_of(homestead: Homestead, slot: Slot, token: str | None = None) -> list[dict[str, Any]]:
    answer = homestead.client.get(f"{slot.path}/versions", token=token)
    assert answer.status == 200, answer.body
    told: list[dict[str, Any]] = answer.json["versions"]
    return told


def origin_key(homestead: Homestead) -> str:
    """Give what our own CDN shows."""
    return b64encode(homestead.homeward._secrets.origin_key()).decode()


def from_network(homestead: Homestead, number: int) -> dict[str, str]:
    """Give the headers of a request that came through our CDN from another network each."""
    return {"X-Origin-Key": origin_key(homestead), "CloudFront-Viewer-Address": f"198.51.{number}.7:46532"}


def write_to(homestead: Homestead, owned: Owned, text: str = "I saw your dog", **changes: Any) -> Answer:
    """Send a message."""
    headers = changes.pop("headers", None)
    return homestead.client.post(f"{owned.path}/messages", {"text": text} | changes, headers=headers)


def messages_of(homestead: Homestead, owned: Owned) -> list[dict[str, Any]]:
    answer = homestead.client.get(f"{owned.path}/messages", token=owned.token)
    assert answer.status == 200, answer.body
    told: list[dict[str, Any]] = answer.json["messages"]
    return told


def report(homestead: Homestead, owned: Owned, number: int, **changes: Any) -> Answer:
    """Report abuse from one of many networks."""
    content = {"reason": "scam", "text": "They wanted to be paid first"} | changes
    return homestead.client.post(f"{owned.path}/reports", content, headers=from_network(homestead, number))


def hide(homestead: Homestead, owned: Owned) -> None:
    """Report from as many networks as it takes."""
    for number in range(3):
        assert report(homestead, owned, number).status == 201


class Remaining:
    """Lambda's context with this much time left."""

    def __init__(self, left: timedelta = timedelta(minutes=5)) -> None:
        self.left = left

    def get_remaining_time_in_millis(self) -> int:
        return int(self.left.total_seconds() * 1000)


def sweep(context: Remaining | None = None) -> None:
    event = EVENTS.generate_cw_event("aws.events", "Scheduled Event", {}, [])
    application.sweep_expired(event, context or Remaining())


def fail(homestead: Homestead, service: str, operation: str, code: str, status: int = 400) -> Callable[[], None]:
    """Let an operation fail from now on as AWS would, after all retries; gives what ends that."""
    answer = AWSResponse("https://aws.test", status, HTTPHeaders(), None)
    parsed = {"Error": {"Code": code, "Message": "too fast"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    events = getattr(homestead.homeward.aws, service).meta.events
    name = f"before-call.{service}.{operation}"

    def refuse(**_call: Any) -> tuple[AWSResponse, dict[str, Any]]:
        return answer, parsed

    events.register_first(name, refuse)
    return partial(events.unregister, name, refuse)
