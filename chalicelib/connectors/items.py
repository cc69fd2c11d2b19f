"""How domain objects are written as items, `…_to_item` and `…_from_item` side by side."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.connectors.table import Item
from chalicelib.domain.announcements import TOMBSTONE_LIFETIME, Announcement, Contact, Origin
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Blur, Kind, Species, Status
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import from_iso, iso, month_of
from chalicelib.domain.pictures import Picture, PictureRecord, PictureState
from chalicelib.domain.reports import NOT_REPORTED, Case, Reason, Report
from chalicelib.services.changes import Remembered
from chalicelib.services.expiry import Due
from chalicelib.services.paging import month_key, shard_of

_PICTURE_MOMENTS = ("form_expires_at", "uploaded_at")
GONE_LIFETIME = timedelta(hours=1)  # many times what tiles may be behind
CELL = 6  # characters of the marker's own partition, about 1 km


def whole_key(announcement_id: str) -> tuple[str, str]:
    """Name the item of a whole announcement."""
    return f"R#{announcement_id}", "R"


def announcement_to_item(announcement: Announcement) -> Item:
    """Write a whole announcement; only a tombstone has a time to live, and only when it has nothing left to erase."""
    pk, sk = whole_key(announcement.id)
    gone = announcement.status is Status.WITHDRAWN and not announcement.discarded
    return {
        "pk": pk,
        "sk": sk,
        **plain(asdict(announcement)),
        "pictures": [plain(asdict(picture)) for picture in announcement.pictures],
        "case": _case_to(announcement.case),
        "ttl": epoch(announcement.expires_at + TOMBSTONE_LIFETIME) if gone else None,
    }


def announcement_from_item(item: Item) -> Announcement:
    """Read what `announcement_to_item` wrote."""
    values = {name: item[name] for name in Announcement.__dataclass_fields__ if name in item}
    values |= parsed(item, ("event_at", from_iso), ("published_at", from_iso), ("expires_at", from_iso))
    values |= parsed(item, ("kind", Kind), ("species", Species), ("status", Status), ("blur", Blur))
    values |= {"place": Point(**item["place"]), "discarded": tuple(item["discarded"])}
    values |= {"pictures": tuple(_picture_from(picture) for picture in item["pictures"])}
    if "contact" in item:
        values["contact"] = Contact(**item["contact"])
    if "origin" in item:
        values["origin"] = Origin(**item["origin"])
    if "case" in item:
        values["case"] = _case_from(item["case"])
    return Announcement(**values)


def marker_key(marker: Marker) -> tuple[str, str]:
    """Name the item of a marker."""
    return f"C#{marker.place.cell(CELL)}", marker.position


def marker_to_item(marker: Marker, changed_at: datetime) -> Item:
    """Write a marker with the keys of all its indexes; its time to live is only a broom behind the sweep."""
    pk, sk = marker_key(marker)
    cell = pk.removeprefix("C#")
    return {
        "pk": pk,
        "sk": sk,
        **plain(asdict(marker)),
        "cell5": cell[:5],
        "cell2": cell[:2],
        "changed_at": iso(changed_at),
        "month": month_key(month_of(marker.event_at), shard_of(marker.announcement_id)),
        "ttl": epoch(marker.expires_at),
    }


def gone_to_item(marker: Marker, changed_at: datetime) -> Item:
    """Write, in the place of a marker, that it has gone: for readers whose tiles do not know it yet."""
    pk, sk = marker_key(marker)
    cell2, ttl = pk.removeprefix("C#")[:2], epoch(changed_at + GONE_LIFETIME)
    return {"pk": pk, "sk": sk, "gone": True, "cell2": cell2, "changed_at": iso(changed_at), "ttl": ttl}


def is_gone(item: Item) -> bool:
    """Tell whether `gone_to_item` wrote it."""
    return "gone" in item


def leaf_of(item: Item) -> str:
    """Name the cell of 5 characters in which a marker is, or was."""
    return str(item["pk"].removeprefix("C#")[:5])


def marker_from_item(item: Item) -> Marker:
    """Read what `marker_to_item` wrote."""
    values = {name: item[name] for name in Marker.__dataclass_fields__ if name in item}
    values |= parsed(item, ("event_at", from_iso), ("published_at", from_iso), ("expires_at", from_iso))
    values |= parsed(item, ("kind", Kind), ("species", Species), ("status", Status))
    return Marker(**values | {"place": Point(**item["place"])})


def picture_key(picture_id: str) -> tuple[str, str]:
    """Name the item of a picture."""
    return f"P#{picture_id}", "P"


def picture_record_to_item(record: PictureRecord) -> Item:
    """Write the record of a picture."""
    pk, sk = picture_key(record.picture.id)
    return {"pk": pk, "sk": sk, **plain(asdict(record))}


def picture_record_from_item(item: Item) -> PictureRecord:
    """Read what `picture_record_to_item` wrote."""
    return PictureRecord(
        _picture_from(item["picture"]),
        item["announcement_id"],
        taken_at=from_iso(item["taken_at"]) if "taken_at" in item else None,
        taken_place=Point(**item["taken_place"]) if "taken_place" in item else None,
    )


def remembered_key(key: str) -> tuple[str, str]:
    """Name the item of an idempotency key."""
    return f"K#{key}", "K"


def remembered_to_item(remembered: Remembered) -> Item:
    """Write what an idempotency key was used for."""
    pk, sk = remembered_key(remembered.key)
    ttl = epoch(remembered.forgotten_at)
    return {
        "pk": pk,
        "sk": sk,
        "body_hash": remembered.body_hash,
        "announcement_id": remembered.announcement_id,
        "message_id": remembered.message_id,
        "ttl": ttl,
    }


def remembered_from_item(item: Item) -> Remembered:
    """Read what `remembered_to_item` wrote."""
    forgotten_at = datetime.fromtimestamp(item["ttl"], UTC)
    made = item["announcement_id"], forgotten_at, item.get("message_id")
    return Remembered(item["pk"].removeprefix("K#"), item["body_hash"], *made)


def due_day(day: date, shard: int) -> str:
    """Name one shard of what is due on a day."""
    return f"X#{day.isoformat()}#{shard}"


def due_to_item(due: Due, shards: int) -> Item:
    """Write a note of what is due."""
    return {"pk": due_day(due.day, shard_of(due.announcement_id, shards)), "sk": f"{due.due}#{due.announcement_id}"}


def due_from_item(item: Item) -> Due:
    """Read what `due_to_item` wrote."""
    due, announcement_id = item["sk"].split("#")
    return Due(date.fromisoformat(item["pk"].split("#")[1]), due, announcement_id)


def _case_to(case: Case) -> dict[str, Any] | None:
    if case == NOT_REPORTED:
        return None
    return plain(asdict(case)) | {"reports": [plain(asdict(report)) for report in case.reports]}


def _case_from(values: dict[str, Any]) -> Case:
    reports = tuple(
        Report(**report | parsed(report, ("received_at", from_iso), ("reason", Reason))) for report in values["reports"]
    )
    return Case(values["hidden"], reports, tuple(values["judged"]), values["looked_at"])


def _picture_from(values: dict[str, Any]) -> Picture:
    moments: dict[str, Any] = {name: from_iso(values[name]) for name in _PICTURE_MOMENTS if name in values}
    return Picture(**values | moments | {"state": PictureState(values["state"])})


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Write moments as text and leave out what is None, at every depth."""
    return {name: _plain_value(value) for name, value in values.items() if value is not None}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    return plain(value) if isinstance(value, dict) else value


def parsed(item: Item, *fields: tuple[str, Any]) -> dict[str, Any]:
    """Read fields of an item, each in its own way."""
    return {name: read(item[name]) for name, read in fields}


def epoch(moment: datetime) -> int:
    """Write a moment as times to live are written."""
    return int(moment.timestamp())


def unused_before(now: datetime) -> dict[str, Any]:
    """Make the condition that an idempotency key is not remembered any more."""
    return {
        "ConditionExpression": "attribute_not_exists(pk) OR #ttl <= :now",
        "ExpressionAttributeNames": {"#ttl": "ttl"},
        "ExpressionAttributeValues": {":now": {"N": str(int(now.timestamp()))}},
    }
