"""The application as Chalice deployed it on the local cloud, through the front door; the events are deployed too."""

import io
import re
import stat
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from chalicelib.domain.moments import days
from local.options import PROJECT
from tests.local.running import RunningHomeward, command, environment, until

LARGEST = 40_000_000  # bytes of a picture
MEMORY = 200_000  # KiB that the front door's process may ever have held
BREAK_DEADLINE = 120.0  # seconds within which a picture whose function died is refused


def photo(colour: str = "red", width: int = 800, height: int = 600) -> bytes:
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill=colour)
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()


def test_a_report_with_a_picture_is_on_the_map(homeward: RunningHomeward) -> None:
    announcement = homeward.announce(title="A dog with a red half")
    picture, answer = homeward.upload(announcement, photo())
    assert answer.status_code == 204
    ready = homeward.settled(picture)
    assert ready["state"] == "ready"
    thumbnail = homeward.ask("GET", ready["renditions"]["160"])
    assert thumbnail.headers["Content-Type"] == "image/webp"
    assert thumbnail.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    shown = Image.open(io.BytesIO(thumbnail.content)).convert("RGB")
    red, white = shown.getpixel((10, 60)), shown.getpixel((shown.width - 10, 60))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[0] > 200
    assert max(red[1:]) < 60
    assert min(white) > 200

    def on_the_map() -> dict[str, Any] | None:
        found = homeward.ask("GET", "/api/announcements?bbox=19.8,50,20.1,50.2&zoom=14").json()["features"]
        mine = [feature["properties"] for feature in found if feature.get("id") == announcement["id"]]
        return mine[0] if mine and mine[0]["thumbnail"] else None

    assert until(on_the_map)["thumbnail"] == ready["renditions"]["160"]


def test_a_form_with_another_key_or_a_forged_signature_is_refused(homeward: RunningHomeward) -> None:
    announcement = homeward.announce()
    path = f"/api/announcements/{announcement['id']}/pictures"
    fields = homeward.ask("POST", path, announcement["manage_token"], json={}).json()["upload"]["fields"]
    file = {"file": ("pet.jpg", photo(), "image/jpeg")}
    forged = [
        fields | {"key": "renditions/a/b-160.webp"},
        fields | {"x-amz-signature": "0" * 64},
        {"key": "originals/a"},
    ]
    assert [homeward.ask("POST", "/uploads", data=form, files=file).status_code for form in forged] == [403, 403, 403]


def peak_memory(process: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's account of memory")
def test_the_largest_upload_passes_as_a_stream(homeward: RunningHomeward) -> None:
    picture, answer = homeward.upload(homeward.announce(), b"\xff\xd8\xff\xe0" + bytes(LARGEST - 4))
    assert answer.status_code == 204
    assert homeward.settled(picture)["state"] == "refused"
    _, answer = homeward.upload(homeward.announce(), bytes(LARGEST + 1))
    assert answer.status_code == 400
    assert "EntityTooLarge" in answer.text
    assert homeward.process
    assert peak_memory(homeward.process.pid) < MEMORY


@pytest.fixture
def dying_function(homeward: RunningHomeward) -> Iterator[str]:
    """The picture function with a handler that is not there."""
    functions = homeward.client("lambda")
    name = homeward.deployment.functions["make_renditions"]
    handler = functions.get_function_configuration(FunctionName=name)["Handler"]
    functions.update_function_configuration(FunctionName=name, Handler="app.not_there")
    yield name
    functions.update_function_configuration(FunctionName=name, Handler=handler)


def test_a_picture_whose_function_dies_is_refused_with_a_reason(homeward: RunningHomeward, dying_function: str) -> None:
    started = time.monotonic()
    picture, answer = homeward.upload(homeward.announce(), photo())
    assert answer.status_code == 204
    refused = homeward.settled(picture)
    assert refused["state"] == "refused"
    assert refused["reason"]
    assert time.monotonic() - started < BREAK_DEADLINE


def test_the_sweep_is_on_its_schedule_and_runs(homeward: RunningHomeward) -> None:
    name = homeward.deployment.functions["sweep_expired"]
    events = homeward.client("events")
    [rule] = [rule for rule in events.list_rules()["Rules"] if name in rule["Name"]]
    assert (rule["ScheduleExpression"], rule["State"]) == ("rate(1 minute)", "ENABLED")
    assert events.list_targets_by_rule(Rule=rule["Name"])["Targets"][0]["Arn"].endswith(f":{name}")
    homeward.sweep()


def test_a_report_is_counted_in_the_tile_of_its_place_and_no_longer_when_it_is_withdrawn(
    homeward: RunningHomeward,
) -> None:
    announcement = homeward.announce(place={"latitude": -33.4, "longitude": 151.3})
    [marker] = [item for item in homeward.items_of(announcement["id"]) if item["pk"]["S"].startswith("C#")]
    key = {"pk": {"S": f"T#{marker['pk']['S'][2:7]}"}, "sk": {"S": "H"}}
    tiles = homeward.deployment.environment["TILES_TABLE"]

    def counted() -> Any:
        return homeward.client("dynamodb").get_item(TableName=tiles, Key=key).get("Item")

    first = until(counted)
    homeward.ask("DELETE", f"/api/announcements/{announcement['id']}", announcement["manage_token"])
    until(lambda: counted()["counts"] != first["counts"])


def test_what_has_expired_leaves_the_map_and_later_its_picture_is_erased(homeward: RunningHomeward) -> None:
    place = {"latitude": 51.5, "longitude": 17.5}
    announcement = homeward.announce(place=place, contact={"email": "owner@example.org"})
    picture, _answer = homeward.upload(announcement, photo())
    rendition = homeward.settled(picture)["renditions"]["160"]
    homeward.age(announcement["id"], days(90) + timedelta(hours=4))
    homeward.sweep()
    assert homeward.ask("GET", f"/api/announcements/{announcement['id']}").status_code == 410
    assert homeward.ask("GET", "/api/announcements?bbox=17.4,51.4,17.6,51.6").json()["features"] == []
    [whole] = homeward.items_of(announcement["id"])
    assert whole["status"] == {"S": "expired"}
    assert homeward.ask("GET", rendition).status_code == 200  # it may still be renewed
    homeward.age(announcement["id"], days(90))
    homeward.sweep()
    assert homeward.ask("GET", rendition).status_code == 404
    [tombstone] = homeward.items_of(announcement["id"])
    assert tombstone["title"] == {"S": ""}
    assert "contact" not in tombstone


def test_each_function_runs_as_its_own_role_and_the_role_counts(homeward: RunningHomeward) -> None:
    functions = homeward.client("lambda")
    names = homeward.deployment.functions.values()
    roles = {functions.get_function_configuration(FunctionName=name)["Role"] for name in names}
    assert len(roles) == len(names) == 7
    anonymous = homeward.ask("GET", f"/{homeward.deployment.bucket}/renditions/a/b.webp")
    assert anonymous.headers["Content-Type"].startswith(("text/html", "application/problem+json"))


def test_the_api_builds_its_links_from_the_host_that_the_client_asked(homeward: RunningHomeward) -> None:
    answer = homeward.ask("GET", "/api/announcements?bbox=1,1,2,2&zoom=3", headers={"Host": "pets.example.org:81"})
    assert answer.json()["links"][0]["href"].startswith("http://pets.example.org:81/api/announcements?")


def test_a_preflight_is_answered(homeward: RunningHomeward) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = homeward.ask("OPTIONS", "/api/announcements", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_page_is_served_at_the_same_address(homeward: RunningHomeward) -> None:
    page = homeward.ask("GET", "/")
    assert page.headers["Cache-Control"] == "no-cache"
    script = re.search(r'"(/assets/[^"]+\.js)"', page.text)
    assert script
    assert homeward.ask("GET", script[1]).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert homeward.ask("GET", "/some/view").text == page.text


def test_the_key_of_the_import_opens_its_source_and_is_the_owners_alone(homeward: RunningHomeward) -> None:
    path = homeward.state.import_key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    brought = {"kind": "found", "species": "cat", "title": "Grey cat", "event_at": "2024-05-01T10:00:00Z"}
    brought |= {"place": {"latitude": 33.8, "longitude": -118.2}}  # type: ignore[dict-item]
    answer = homeward.ask("PUT", "/api/sources/import/announcements/A1", path.read_text(), json=brought)
    assert answer.status_code in (200, 201), answer.text


def test_what_the_functions_print_is_shown(homeward: RunningHomeward, tmp_path: Path) -> None:
    name = homeward.deployment.functions["make_renditions"]
    homeward.client("lambda").invoke(FunctionName=name, Payload=b'{"Records": "none"}')
    shown = tmp_path / "shown"
    with shown.open("w") as file:
        logs = subprocess.Popen(
            command("logs", "make_renditions"),
            cwd=PROJECT,
            env=environment(homeward.port, homeward.state_dir),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: re.search(r"^\d\d:\d\d:\d\d make_renditions  .*Error", shown.read_text(), re.MULTILINE))
    finally:
        logs.terminate()
        logs.wait()
    assert "REPORT" not in shown.read_text()


def refused(*arguments: str, **changes: str) -> str:
    """What a start that cannot be tells."""
    done = subprocess.run(
        command(*arguments),
        cwd=PROJECT,
        env=environment(8000, Path()) | changes,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_what_is_in_the_way_of_a_start_is_told_in_one_line(homeward: RunningHomeward, tmp_path: Path) -> None:
    port = str(homeward.port)
    free = str(RunningHomeward(tmp_path).port)
    (tmp_path / "file").touch()
    assert f"PORT={port} cannot be used" in refused("run", PORT=port, STATE_DIR=str(tmp_path / "other"))
    assert "PORT=http is not a port" in refused("run", PORT="http")
    assert "Another Homeward runs on STATE_DIR=" in refused("run", PORT=free, STATE_DIR=str(homeward.state_dir))
    assert "cannot be written" in refused("run", PORT=free, STATE_DIR=str(tmp_path / "file" / "state"))
    assert "No local cloud runs" in refused("logs", PORT=free, STATE_DIR=str(tmp_path))
    assert "FUNCTION=nobody is not deployed" in refused("logs", "nobody", STATE_DIR=str(homeward.state_dir))
