"""What was lost comes back by the commands of docs/operations.md, carried out as they stand there.

The local cloud knows no past: where AWS restores a moment before the loss, here the copy is made before it.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from infrastructure.stages import Refused
from local import replication
from tests.infrastructure.conftest import PROJECT, ROOT_KEY
from tests.infrastructure.documented import carry_out, commands
from tests.infrastructure.stage import Stage, own_stage, until
from tools.bring_back.__main__ import way_back

MAKE = shutil.which("make") or "make"
pytestmark = pytest.mark.skipif(bool(own_stage()), reason="it removes what is in the tables")
PLACE = {"latitude": 51.1079, "longitude": 17.0385}  # where no other test announces
AROUND = "/api/announcements?bbox=17.0,51.07,17.08,51.15&zoom=16"
LEAF = {"pk": {"S": "T#u3h4e"}, "sk": {"S": "H"}}  # the tile of that place


@pytest.fixture(autouse=True)
def signed_in(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator's shell."""
    for name, value in {**ROOT_KEY, "AWS_DEFAULT_REGION": stage.target.region}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def table(stage: Stage) -> str:
    return stage.environment["ANNOUNCEMENTS_TABLE"]


@pytest.fixture
def restored(stage: Stage, table: str) -> Iterator[str]:
    name = f"{table}-restored"
    yield name
    tables = stage.client("dynamodb")
    if name in tables.list_tables()["TableNames"]:
        tables.delete_table(TableName=name)


def way(stage: Stage) -> list[list[str]]:
    return commands("A table", {"homeward-prod": f"homeward-{stage.name}", "STAGE=prod": f"STAGE={stage.name}"})


def shown(stage: Stage) -> int:
    """How many the map shows, as themselves or counted."""
    found = stage.call("GET", AROUND)["features"]
    return sum(feature["properties"].get("count", 1) for feature in found)


def tile(stage: Stage) -> Any:
    """What the tile counts there."""
    found = stage.client("dynamodb").get_item(TableName=stage.environment["TILES_TABLE"], Key=LEAF)
    return found.get("Item", {}).get("counts")


@pytest.fixture
def prompt(stage: Stage) -> Iterator[None]:
    """The stream without the half minute in which its batches gather."""
    functions, name = stage.client("lambda"), f"homeward-{stage.name}-refresh_tiles"
    [mapping] = functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=mapping["UUID"], MaximumBatchingWindowInSeconds=0)
    yield
    functions.update_event_source_mapping(UUID=mapping["UUID"], MaximumBatchingWindowInSeconds=30)


def lose(stage: Stage, table: str, identity: str, picture: str) -> int:
    """Delete by hand all that belongs to an announcement; tells how many items that were."""
    tables = stage.client("dynamodb")
    found = tables.scan(TableName=table)["Items"]
    keys = [{"pk": item["pk"], "sk": item["sk"]} for item in found if identity in str(item) or picture in str(item)]
    for key in keys:
        tables.delete_item(TableName=table, Key=key)
    return len(keys)


@pytest.mark.usefixtures("prompt")
def test_announcements_that_were_lost_are_on_the_map_again(
    stage: Stage, table: str, restored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stays = stage.announce(place=PLACE)
    without = until(lambda: tile(stage))
    identity = stage.announce(place=PLACE)
    picture, form = stage.add_picture(identity)
    stage.upload(form)
    before = until(lambda: stage.settled(picture))
    both, whole = shown(stage), until(lambda: tile(stage) != without and tile(stage))
    for words in (told := iter(way(stage))):
        carry_out(stage.session, words)
        if "wait" in words:
            break
    assert lose(stage, table, identity[0], picture) >= 7  # itself, its marker, a note, four items of its picture
    until(lambda: tile(stage) == without)
    assert shown(stage) == both - 1
    assert stage.ask("GET", f"/api/announcements/{identity[0]}").status_code == 404
    for words in told:
        assert carry_out(stage.session, words) != 1
    said = capsys.readouterr().out
    assert "\n1 brought back\n" in said
    assert re.search(r"\n[\d,]+ there already\n", said)
    until(lambda: tile(stage) == whole)
    assert shown(stage) == both
    assert stage.call("GET", f"/api/announcements/{identity[0]}", identity[1])["pictures"][0]["id"] == picture
    assert stage.settled(picture) == before
    assert restored not in stage.client("dynamodb").list_tables()["TableNames"]
    for each in (stays, identity):
        stage.call("DELETE", f"/api/announcements/{each[0]}", each[1])
    until(lambda: tile(stage) not in (whole, without))
    assert shown(stage) == both - 2


def test_the_sweep_is_held_and_goes_on(stage: Stage) -> None:
    hold, *_rest, go_on, _remove = way(stage)
    events, name = stage.client("events"), f"homeward-{stage.name}-sweep_expired"
    [rule] = events.list_rule_names_by_target(TargetArn=arn(stage, name))["RuleNames"]
    try:
        carry_out(stage.session, hold)
        assert events.describe_rule(Name=rule)["State"] == "DISABLED"
    finally:
        carry_out(stage.session, go_on)
    assert events.describe_rule(Name=rule)["State"] == "ENABLED"


def arn(stage: Stage, function: str) -> str:
    return str(stage.client("lambda").get_function_configuration(FunctionName=function)["FunctionArn"])


@pytest.mark.parametrize("copy", ["", "no-such-table", "the stage's own"])
def test_a_copy_that_is_none_is_refused(stage: Stage, table: str, copy: str) -> None:
    with pytest.raises(Refused, match="FROM="):
        way_back(stage.target, table if copy == "the stage's own" else copy)


def test_a_copy_from_before_the_last_withdrawals_that_are_known_is_refused(
    stage: Stage, table: str, restored: str
) -> None:
    def as_aws_tells_it(parsed: Any, **_: object) -> None:  # the local cloud does not, of a table that was restored
        parsed["Table"]["RestoreSummary"] = {"RestoreDateTime": datetime.now(UTC), "RestoreInProgress": False}

    stage.client("dynamodb").restore_table_to_point_in_time(SourceTableName=table, TargetTableName=restored)
    event = "after-call.dynamodb.DescribeTable"
    stage.session.events.register(event, as_aws_tells_it)
    try:
        way_back(stage.target, restored, lambda: datetime.now(UTC) + timedelta(days=29))
        with pytest.raises(Refused, match="would come back"):
            way_back(stage.target, restored, lambda: datetime.now(UTC) + timedelta(days=31))
    finally:
        stage.session.events.unregister(event, as_aws_tells_it)


@pytest.mark.parametrize(("given", "asked"), [(["STAGE=prod"], "prod"), ([], "local")])
def test_the_command_asks_for_the_stage_that_is_named_and_else_for_this_machine(given: list[str], asked: str) -> None:
    made = subprocess.run(
        [MAKE, "--dry-run", "bring-back", "FROM=a-copy", *given],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"-m tools.bring_back --stage '{asked}' --from 'a-copy'" in made.stdout


def photo(colour: str) -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(stored, "JPEG")
    return stored.getvalue()


@pytest.fixture
def twice(stage: Stage) -> Iterator[tuple[str, dict[str, Any]]]:
    """A picture that its owner has replaced, and how it was shown before."""
    replication.start(stage.session, stage.name)
    announcement = stage.announce()
    asked = {"data": photo("red"), "headers": {"Content-Type": "image/jpeg"}}
    picture = stage.call("POST", f"/api/pictures?announcement={announcement[0]}", announcement[1], **asked)["id"]
    first = until(lambda: stage.settled(picture))
    asked["data"] = photo("blue")
    second = stage.call("PUT", f"/api/pictures/{picture}", announcement[1], **asked)["version"]
    until(lambda: stage.settled(picture)["version"] == second)
    yield picture, first
    stage.call("DELETE", f"/api/announcements/{announcement[0]}", announcement[1])


def names_of(stage: Stage, picture: str, version: str) -> dict[str, str]:
    target = stage.target
    return {
        "homeward-prod": f"homeward-{stage.name}",
        "<account>": target.account,
        "<region>": target.region,
        "<backup region>": target.choices.backup_region,
        "<picture>": picture,
        "<version>": version,
    }


def remove(stage: Stage, prefix: str) -> None:
    """Remove every version by hand."""
    s3, bucket = stage.client("s3"), stage.environment["PICTURES_BUCKET"]
    for each in s3.list_object_versions(Bucket=bucket, Prefix=prefix).get("Versions", []):
        s3.delete_object(Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"])


@pytest.mark.parametrize("place", ["the bucket", "the backup"])
def test_an_older_version_is_copied_over_the_newest_and_shown_again(
    stage: Stage, twice: tuple[str, dict[str, Any]], place: str
) -> None:
    picture, first = twice
    told = commands("A picture", names_of(stage, picture, first["version"]))
    assert len(told) == 4
    listing, copying = told[:2] if place == "the bucket" else told[2:]
    s3, bucket = stage.client("s3"), stage.environment["PICTURES_BUCKET"]
    until(lambda: len(carry_out(stage.session, listing)["Versions"]) == 2)
    assert first["version"] in {each["VersionId"] for each in carry_out(stage.session, listing)["Versions"]}
    remove(stage, f"renditions/{picture}/")
    if place == "the backup":
        remove(stage, f"originals/{picture}")
    made = carry_out(stage.session, copying)["VersionId"]
    until(lambda: stage.settled(picture)["version"] == made)
    now = stage.settled(picture)
    assert now["renditions"] == first["renditions"]
    for url in now["renditions"].values():
        assert s3.head_object(
            Bucket=bucket, Key=url.partition("/renditions/")[1][1:] + url.partition("/renditions/")[2]
        )
