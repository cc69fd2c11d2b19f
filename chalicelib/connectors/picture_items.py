"""How versions of pictures, and prints, are written as items, `…_to_item` and `…_from_item` side by side."""

from dataclasses import asdict
from datetime import UTC, datetime

from chalicelib.connectors.items import epoch, parsed, picture_key, plain
from chalicelib.connectors.table import Item
from chalicelib.domain.descriptions import Description
from chalicelib.domain.lookalikes import Print
from chalicelib.domain.moments import from_iso
from chalicelib.domain.pictures import PictureState
from chalicelib.domain.versions import Version

LISTED = "L#"  # the partition that names every picture, for those who compare it with the bucket


def version_name_key(picture_id: str, version: str) -> tuple[str, str]:
    """Name the item of a version of a picture, beside the picture's own."""
    return picture_key(picture_id)[0], f"V#{version}"


def version_key(version: Version) -> tuple[str, str]:
    """Name the item of a version that is at hand."""
    return version_name_key(version.picture_id, version.version)


def version_to_item(version: Version) -> Item:
    """Write a version of a picture."""
    pk, sk = version_key(version)
    return {"pk": pk, "sk": sk, **plain(asdict(version))}


def version_from_item(item: Item) -> Version:
    """Read what `version_to_item` wrote."""
    values = {name: item[name] for name in Version.__dataclass_fields__ if name in item}
    values |= parsed(item, ("uploaded_at", from_iso), ("state", PictureState))
    return Version(**values | {"description": Description(**item["description"])})


def print_key(found: Print) -> tuple[str, str]:
    """Name the item of a print."""
    return f"F#{found.region}", found.picture_id


def print_to_item(found: Print) -> Item:
    """Write a print in as few bytes as can be, for they are read by the thousand; the time to live is only a broom."""
    pk, sk = print_key(found)
    ttl = epoch(found.expires_at)
    return {"pk": pk, "sk": sk, "a": found.announcement_id, "f": found.fingerprint, "ttl": ttl}


def print_from_item(item: Item) -> Print:
    """Read what `print_to_item` wrote."""
    expires_at = datetime.fromtimestamp(item["ttl"], UTC)
    return Print(item["pk"].removeprefix("F#"), item["sk"], item["a"], item["f"], expires_at)
