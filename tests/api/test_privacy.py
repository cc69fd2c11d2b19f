"""What nobody but the owner may learn, looked for in every public answer of every route."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image

import app as application
from tests.api.steps import (
    ANNOUNCEMENTS,
    CONTACT,
    EXACT_PLACE,
    PUBLIC_PLACE,
    SECRET_MARK,
    UNKNOWN_ID,
    Owned,
    Slot,
    add_picture,
    announce,
    body,
    picture_file,
    request_picture,
    source_key,
    update_picture,
    withdraw,
)
from tests.conftest import Homestead
from tests.http import Answer

TAKEN_WHEN = "2019:08:07 06:05:04"  # by the camera's clock
TAKEN_AT = (50.075, 19.9225)  # where the camera was
SOURCES_PLACE = {"latitude": 50.071234, "longitude": 19.948765}
SOURCES_MARK = "a torn ear"
MESSAGE, REPLY_TO = "I saw it behind the mill", "+48 600 999 888"
REPORT = "They wanted to be paid first"
NUMBER = re.compile(r"-?\d+\.\d{3,}")
FORBIDDEN_NAMES = {
    "place", "contact", "secret_mark", "manage_token", "email", "phone", "taken_at", "taken_place", "fingerprint",
    "external_id", "discarded", "faded", "similar", "newest_refusal", "digest",
    "hidden", "case", "reports", "reporter", "messages", "reply_to", "read_at",
}  # fmt: skip


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    return float(whole), float(int(minutes)), round((minutes - int(minutes)) * 60, 3)


def _tagged() -> bytes:
    """Make a picture that knows where, when and by whom it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = CONTACT["name"]
    exif[ExifTags.Base.Model] = "Telltale 3000"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = TAKEN_WHEN
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", _degrees(TAKEN_AT[0])
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", _degrees(TAKEN_AT[1])
    exif[ExifTags.IFD.GPSInfo] = dict(place)
    return picture_file(exif=exif.tobytes(), comment=CONTACT["email"].encode())


def _replaced(homestead: Homestead, owned: Owned, slot: Slot) -> str:
    """Replace a picture, twice, so that it has an old version that nobody is told of; gives that one."""
    old = update_picture(homestead, owned, slot, picture_file("green"), name="old version of the dog.jpg")
    update_picture(homestead, owned, slot, _tagged(), name="dog.jpg")
    return old


class Town:
    """One of everything, with everything private in it."""

    def __init__(self, homestead: Homestead) -> None:
        self.homestead = homestead
        self.key = source_key(homestead)
        self.guests = announce(homestead)
        sent = body(place=SOURCES_PLACE, secret_mark=SOURCES_MARK, published_at="2026-11-01")
        brought = homestead.client.put("/api/sources/shelter/announcements/SH-17", sent, token=self.key).json
        self.sources = Owned(brought["id"], self.key, brought)
        self.withdrawn = announce(homestead)
        for owned in (self.guests, self.sources, self.withdrawn):
            message = {"text": MESSAGE, "reply_to": REPLY_TO}
            self.message_id = homestead.client.post(f"{owned.path}/messages", message).json["id"]
            assert homestead.client.post(f"{owned.path}/reports", {"reason": "scam", "text": REPORT}).status == 201
        self.pictures = [add_picture(homestead, each, _tagged()) for each in (self.guests, self.sources)]
        self.replaced = _replaced(homestead, self.guests, self.pictures[0])
        self.pictures += [request_picture(homestead, self.guests), add_picture(homestead, self.guests, b"no picture")]
        withdraw(homestead, self.withdrawn)

    @property
    def announcements(self) -> list[Owned]:
        return [self.guests, self.sources, self.withdrawn]

    @property
    def secrets(self) -> list[str]:
        """Give all texts that no public answer may hold."""
        tokens = [self.homestead.homeward.access.manage_token(each.id) for each in self.announcements]
        exact = [str(number) for place in (EXACT_PLACE, SOURCES_PLACE) for number in place.values()]
        camera = [*(str(number) for number in TAKEN_AT), "2019-08-07", "2019:08:07", "old version of"]
        words = [*CONTACT.values(), SECRET_MARK, SOURCES_MARK, MESSAGE, REPLY_TO, REPORT, "SH-17", "Telltale", self.key]
        return [*words, *tokens, *exact, *camera]

    @property
    def public_numbers(self) -> set[float]:
        """Give the degrees that everybody may know."""
        places = [PUBLIC_PLACE, self.sources.shown["public_place"]]
        return {place[name] for place in places for name in ("latitude", "longitude")}


def _addresses(town: Town, path: str) -> list[str]:
    """Fill in a route's path with everything there is, and with what is not there."""
    announcements = [each.id for each in town.announcements] + [UNKNOWN_ID]
    filled = {
        "{announcement_id}": announcements,
        "{picture_id}": [slot.id for slot in town.pictures] + [UNKNOWN_ID],
        "{source}": ["shelter", "nobody"],
        "{external_id}": ["SH-17"],
        "{version}": [town.replaced, "x"],
        "{message_id}": [town.message_id, UNKNOWN_ID],
    }
    paths = [path]
    for placeholder, values in filled.items():
        paths = [each.replace(placeholder, value) for each in paths for value in values]
    return list(dict.fromkeys(paths))


BODIES = [None, {}, {"title": "Mine"}, {"announcements": [{"external_id": "SH-17"}]}]


def _public_answers(town: Town) -> Iterator[tuple[str, Answer]]:
    """Call every route that there is without a token, and with one that is another's."""
    stranger = announce(town.homestead)
    withdraw(town.homestead, stranger)
    for endpoint in application.app.endpoints:
        for address in _addresses(town, endpoint.path):
            for token in (None, stranger.token):
                for content in BODIES if endpoint.method not in ("GET", "HEAD") else [None]:
                    answer = town.homestead.client.send(endpoint.method, address, content, token=token)
                    yield f"{endpoint.method} {address}", answer
    views = ["bbox=19,50,20,51", "bbox=19.9,50.0,20.0,50.1&limit=1", "kind=found&species=dog", "limit=1&zoom=3"]
    for view in views:
        yield view, town.homestead.client.send("GET", f"{ANNOUNCEMENTS}?{view}")


def _names(value: Any) -> Iterator[str]:
    match value:
        case dict():
            yield from value
            for each in value.values():
                yield from _names(each)
        case list():
            for each in value:
                yield from _names(each)


def _json_of(answer: Answer) -> bytes:
    """Give the JSON of an answer, of a page what it holds for its script."""
    if not answer.headers["content-type"].startswith("text/html"):
        return answer.body
    found = re.search(rb'<script type="application/json" id="announcement">(.*?)</script>', answer.body)
    return found[1] if found else b"{}"


def _assert_public(town: Town, called: str, answer: Answer) -> None:
    text = answer.body.decode() + str(answer.headers)
    assert [secret for secret in town.secrets if secret in text] == [], called
    if "openapi.json" in called or not answer.body:
        return
    found = json.loads(_json_of(answer))
    assert FORBIDDEN_NAMES & set(_names(found)) == set(), called
    numbers = {float(number) for number in NUMBER.findall(answer.body.decode())}
    assert numbers <= town.public_numbers, called


def test_only_the_owner_is_told_when_and_where_a_picture_was_taken(homestead: Homestead) -> None:
    owned, other = announce(homestead), announce(homestead)
    slot = add_picture(homestead, owned, _tagged())
    whole = homestead.client.get(slot.path, token=owned.token)
    assert whole.headers["cache-control"] == "no-store"
    assert whole.json["taken_at"] == "2019-08-07T06:05:04Z"
    place = whole.json["taken_place"]
    assert (place["latitude"], place["longitude"]) == pytest.approx(TAKEN_AT, abs=1e-6)
    for token in (None, other.token, "x"):
        told = homestead.client.get(slot.path, token=token).body.decode()
        assert [word for word in ("taken_at", "taken_place", "2019") if word in told] == []


def test_a_picture_without_a_date_or_a_place_has_none(homestead: Homestead) -> None:
    owned = announce(homestead)
    slot = add_picture(homestead, owned)
    whole = homestead.client.get(slot.path, token=owned.token).json
    assert (whole["taken_at"], whole["taken_place"]) == (None, None)


@pytest.mark.parametrize(
    ("days", "statuses"), [(0, {200, 401, 403, 404, 410, 422}), (90, {200, 410}), (180, {200, 410})]
)
def test_no_public_answer_of_any_route_tells_what_is_private(
    homestead: Homestead, days: int, statuses: set[int]
) -> None:
    town = Town(homestead)
    homestead.clock.move(timedelta(days=days))
    seen = set()
    for name, answer in _public_answers(town):
        _assert_public(town, name, answer)
        seen.add(answer.status)
    assert seen >= statuses


def test_the_owner_is_shown_what_the_contract_looks_for(homestead: Homestead) -> None:
    town = Town(homestead)
    whole = homestead.client.get(town.guests.path, token=town.guests.token).body.decode()
    assert [word for word in (*CONTACT.values(), SECRET_MARK, "50.061234", "19.938765") if word not in whole] == []


def test_the_markers_of_the_map_hold_nothing_private(homestead: Homestead) -> None:
    town = Town(homestead)
    markers = [item for item in homestead.table.scan()["Items"] if item["pk"].startswith("C#") and "gone" not in item]
    assert len(markers) == 2
    assert [secret for secret in town.secrets if secret in str(markers)] == []


def _renditions(homestead: Homestead, slot: Slot) -> list[bytes]:
    shown = homestead.client.get(slot.path).json
    addresses = [*shown["renditions"].values(), shown["preview"]]
    return [homestead.bucket.Object(each.removeprefix("/")).get()["Body"].read() for each in addresses]


def test_no_rendition_tells_where_when_or_by_whom_it_was_taken(homestead: Homestead) -> None:
    original = _tagged()
    assert Image.open(BytesIO(original)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    slot = add_picture(homestead, announce(homestead), original)
    files = _renditions(homestead, slot)
    assert len(files) == 4
    for file in files:
        picture = Image.open(BytesIO(file))
        assert not picture.getexif()
        assert {"exif", "xmp", "comment", "icc_profile"} & set(picture.info) == set()
        assert [each for each in (*CONTACT.values(), "Telltale") if each.encode() in file] == []
