"""Versions of pictures on the really deployed application: bytes through the gateway, the backup, what is delivered."""

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw

from chalicelib.domain.stock import Stage
from tests.local.running import RunningHomeward, until

IMMUTABLE = "public, max-age=31536000, immutable"


def photo(colour: str, file_format: str = "JPEG", **options: Any) -> bytes:
    image = Image.new("RGB", (800, 600), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 400, 600), fill=colour)
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def send(
    homeward: RunningHomeward, method: str, path: str, token: str, data: bytes, content_type: str = "image/jpeg"
) -> dict[str, Any]:
    headers = {"Content-Type": content_type, "X-Picture-Caption": "Na%20%C5%82%C4%85ce"}
    answer = homeward.ask(method, path, token, data=data, headers=headers)
    assert answer.status_code in (200, 201), answer.text
    sent: dict[str, Any] = answer.json()
    return sent


def shown(homeward: RunningHomeward, sent: dict[str, Any]) -> dict[str, Any]:
    """A picture as soon as this version of it is shown."""

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = homeward.ask("GET", f"/api/pictures/{sent['id']}").json()
        return found if found["version"] == sent["version"] and found["state"] == "ready" else None

    return until(look)


def versions(homeward: RunningHomeward, picture_id: str, bucket: str) -> list[dict[str, Any]]:
    s3 = homeward.client("s3")
    name = homeward.deployment.environment[bucket]
    listed: list[dict[str, Any]] = s3.list_object_versions(Bucket=name).get("Versions", [])
    return [each for each in listed if picture_id in each["Key"]]


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_bytes_in_the_body_pass_the_gateway_as_they_are(homeward: RunningHomeward, file_format: str) -> None:
    announcement = homeward.announce()
    data = photo("red", file_format) + bytes(range(256)) * 4
    path = f"/api/pictures?announcement={announcement['id']}&name=pies%20%C5%82.jpg"
    sent = send(homeward, "POST", path, announcement["manage_token"], data, f"image/{file_format.lower()}")
    bucket = homeward.deployment.bucket
    kept = homeward.client("s3").get_object(Bucket=bucket, Key=f"originals/{sent['id']}")["Body"].read()
    assert kept == data
    told = homeward.ask("GET", f"/api/pictures/{sent['id']}/versions", announcement["manage_token"]).json()
    [version] = told["versions"]
    assert (version["name"], version["caption"]) == ("pies ł.jpg", "Na łące")
    assert version["content_type"] == f"image/{file_format.lower()}"


def test_four_megabytes_pass_and_more_are_refused(homeward: RunningHomeward) -> None:
    announcement = homeward.announce()
    path, token = f"/api/pictures?announcement={announcement['id']}", announcement["manage_token"]
    largest = photo("red").ljust(4_000_000, b"\0")
    shown(homeward, send(homeward, "POST", path, token, largest))
    refused = homeward.ask("POST", path, token, data=largest + b"\0", headers={"Content-Type": "image/jpeg"})
    assert refused.status_code == 413


def test_renditions_are_delivered_for_ever_by_their_type_and_nothing_else(homeward: RunningHomeward) -> None:
    announcement = homeward.announce()
    path = f"/api/pictures?announcement={announcement['id']}"
    ready = shown(homeward, send(homeward, "POST", path, announcement["manage_token"], photo("red")))
    types = dict.fromkeys(ready["renditions"].values(), "image/webp") | {ready["preview"]: "image/jpeg"}
    assert len(types) == 4
    for address, content_type in types.items():
        answer = homeward.ask("GET", address)
        assert answer.headers["Content-Type"] == content_type
        assert answer.headers["Cache-Control"] == IMMUTABLE
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    originals = homeward.ask("GET", f"/originals/{ready['id']}")
    assert originals.headers["Content-Type"].startswith("text/html")


def test_a_turned_picture_is_turned(homeward: RunningHomeward) -> None:
    announcement = homeward.announce()
    token = announcement["manage_token"]
    sent = send(homeward, "POST", f"/api/pictures?announcement={announcement['id']}", token, photo("red"))
    shown(homeward, sent)
    turned = homeward.ask("POST", f"/api/pictures/{sent['id']}/rotate", token, json={"quarter_turns": 1})
    assert turned.status_code == 201, turned.text
    ready = shown(homeward, turned.json())
    assert (ready["width"], ready["height"]) == (600, 800)
    card = Image.open(io.BytesIO(homeward.ask("GET", ready["renditions"]["640"]).content)).convert("RGB")
    top, bottom = card.getpixel((240, 20)), card.getpixel((240, 620))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert max(top[1:]) < 60  # what was left is above
    assert min(bottom) > 200


def test_a_version_that_only_the_backup_has_comes_back_and_erasing_leaves_nothing(homeward: RunningHomeward) -> None:
    announcement = homeward.announce()
    token = announcement["manage_token"]
    path = f"/api/pictures?announcement={announcement['id']}"
    first = send(homeward, "POST", path, token, photo("red"))
    before = shown(homeward, first)
    picture_id = first["id"]
    shown(homeward, send(homeward, "PUT", f"/api/pictures/{picture_id}", token, photo("blue")))
    here = versions(homeward, picture_id, "PICTURES_BUCKET")
    kept = versions(homeward, picture_id, "BACKUP_BUCKET")
    assert {each["VersionId"] for each in kept} == {each["VersionId"] for each in here}
    originals = [each for each in here if "originals" in each["Key"]]
    [old] = [each for each in originals if not each["IsLatest"]]
    homeward.client("s3").delete_object(  # as the lifecycle does after six days
        Bucket=homeward.deployment.bucket, Key=old["Key"], VersionId=old["VersionId"]
    )
    answer = homeward.ask("POST", f"/api/pictures/{picture_id}/versions/{first['version']}/restore", token)
    assert answer.status_code == 201, answer.text
    restored = shown(homeward, answer.json())
    assert restored == before | {"version": answer.json()["version"]}
    assert len(versions(homeward, picture_id, "BACKUP_BUCKET")) == 3 + 12
    assert len(versions(homeward, picture_id, "PICTURES_BUCKET")) == 2 + 12
    assert homeward.ask("DELETE", f"/api/announcements/{announcement['id']}", token).status_code == 204
    left = [each for bucket in ("PICTURES_BUCKET", "BACKUP_BUCKET") for each in versions(homeward, picture_id, bucket)]
    assert left == []


def test_the_same_photo_is_found_again(homeward: RunningHomeward) -> None:
    image = Image.effect_noise((12, 9), 80).resize((800, 600), Image.Resampling.BICUBIC)
    ids = []
    for quality in (90, 40):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        announcement = homeward.announce(place={"latitude": -41.29, "longitude": 174.78})
        path, token = f"/api/pictures?announcement={announcement['id']}", announcement["manage_token"]
        sent = send(homeward, "POST", path, token, file.getvalue())
        shown(homeward, sent)
        ids.append((announcement["id"], sent["id"], token))
    (first, _picture, _token), (_second, picture_id, token) = ids
    [similar] = homeward.ask("GET", f"/api/pictures/{picture_id}", token).json()["similar"]
    assert (similar["announcement_id"], similar["distance_m"]) == (first, 0)


def test_the_sweep_may_do_what_the_comparison_asks_for(homeward: RunningHomeward) -> None:
    stray = "renditions/bbbbbbbbbbbbbbbbbbbb/4be1-160.webp"
    homeward.client("s3").put_object(Bucket=homeward.deployment.bucket, Key=stray, Body=b"x")
    homeward.client("dynamodb").delete_item(
        TableName=homeward.deployment.environment["ANNOUNCEMENTS_TABLE"],
        Key={"pk": {"S": "W#stock"}, "sk": {"S": "W"}},
    )
    homeward.sweep()  # the one of each minute may be at it, too
    until(lambda: progress(homeward)["stage"] == {"N": str(Stage.DONE)}, patience=90)
    assert versions(homeward, "bbbbbbbbbbbbbbbbbbbb", "PICTURES_BUCKET") == []


def progress(homeward: RunningHomeward) -> dict[str, Any]:
    """How far the comparison of the table with the buckets has come."""
    table = homeward.deployment.environment["ANNOUNCEMENTS_TABLE"]
    key = {"pk": {"S": "W#stock"}, "sk": {"S": "W"}}
    found: dict[str, Any] = homeward.client("dynamodb").get_item(TableName=table, Key=key)["Item"]
    return found
