"""The list of all pictures in the announcements table, `L#`, and how far its comparison with the bucket came, `W#`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from chalicelib.connectors.items import picture_key, picture_record_from_item
from chalicelib.connectors.picture_items import LISTED, version_from_item, version_name_key
from chalicelib.connectors.table import Table
from chalicelib.domain.pictures import PictureRecord
from chalicelib.domain.stock import Progress, Stage
from chalicelib.domain.versions import Version

_PROGRESS = ("W#stock", "W")
_END = "~"  # comes after every id


class PictureInventory:
    """The connector of what is compared with the buckets."""

    def __init__(self, table: Table) -> None:
        """Share the table with other connectors."""
        self._table = table

    def listed(self, after: str, last: str | None) -> Iterator[str]:
        """Name the pictures after one, up to and with another or the end, in their order."""
        if after == last:
            return
        bounds = {":pk": {"S": LISTED}, ":after": {"S": f"{after}!"}, ":last": {"S": last or _END}}
        items = self._table.query(
            KeyConditionExpression="pk = :pk AND sk BETWEEN :after AND :last", ExpressionAttributeValues=bounds
        )
        yield from (str(item["sk"]) for item in items)

    def list_picture(self, picture_id: str) -> None:
        """Put a picture on the list."""
        self._table.put({"pk": LISTED, "sk": picture_id})

    def records_of(self, picture_ids: Sequence[str]) -> Mapping[str, PictureRecord]:
        """Read up to 100 records, as last written."""
        items = self._table.get_many([picture_key(each) for each in picture_ids])
        return {found.picture.id: found for found in map(picture_record_from_item, items)}

    def known_versions(self, names: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Version]:
        """Read up to 100 versions, by picture and version."""
        items = self._table.get_many([version_name_key(*name) for name in names])
        return {(found.picture_id, found.version): found for found in map(version_from_item, items)}

    def progress(self) -> Progress | None:
        """Read how far the comparison came."""
        item = self._table.get(*_PROGRESS)
        if item is None:
            return None
        return Progress(date.fromisoformat(item["day"]), Stage(item["stage"]), item["picture_id"], item["version"])

    def put_progress(self, progress: Progress) -> None:
        """Write it."""
        pk, sk = _PROGRESS
        day, stage = progress.day.isoformat(), progress.stage.value
        place = {"picture_id": progress.picture_id, "version": progress.version}
        self._table.put({"pk": pk, "sk": sk, "day": day, "stage": stage, **place})
