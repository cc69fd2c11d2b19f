"""From a copy of the announcements table, as it was before a loss, into the table of a stage."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from itertools import batched
from typing import Any
from uuid import uuid4

from chalicelib.connectors.announcements import MAX_WRITES, AnnouncementTable
from chalicelib.connectors.aws import Aws
from chalicelib.connectors.items import announcement_from_item, picture_key, whole_key
from chalicelib.connectors.sightings import is_sighting
from chalicelib.connectors.table import Item, Table, faults, unmarshal
from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import Busy
from chalicelib.domain.kinds import Status
from chalicelib.services.changes import Change, Clock, Pause, WriteConflict

AT_ONCE = 8  # announcements, each some calls of a few milliseconds
TOGETHER = 100  # items that DynamoDB gives in one call
ATTEMPTS = 9  # with the pauses between them, four minutes: a table on demand has grown by then
LONGEST_PAUSE = 60.0  # seconds
LOOKED_AT: dict[str, Any] = {  # announcements, and what belongs to none: sources' keys, and months that have a marker
    "FilterExpression": "(begins_with(pk, :whole) AND sk = :itself) OR begins_with(pk, :source) OR pk = :months",
    "ExpressionAttributeValues": {
        ":whole": {"S": "R#"},
        ":itself": {"S": "R"},
        ":source": {"S": "S#"},
        ":months": {"S": "M#"},
    },
}

type Key = tuple[str, str]


class Outcome(Enum):
    """What became of an announcement of the copy, or of an item that belongs to none."""

    BACK = "brought back"
    COMPLETED = "completed, for a part was missing"
    THERE = "there already"
    CHANGED = "changed since the copy, and left as they are"
    WITHDRAWN = "withdrawn already in the copy, and left out"


@dataclass(frozen=True)
class WayBack:
    """Looks at everything in the copy; again is harmless, for only what is missing is written."""

    aws: Aws
    copy: Table
    table: Table
    clock: Clock
    pause: Pause = time.sleep

    def run(self, progress: Callable[[int], object]) -> Counter[Outcome]:
        """Bring back what is missing; `progress` hears how many more items of the copy were looked at. Raises Busy."""
        done: Counter[Outcome] = Counter()
        with ThreadPoolExecutor(AT_ONCE) as workers:
            for items, read in self._pages():
                for some in batched(items, TOGETHER):  # whoever breaks it off waits for no more than these
                    done.update(workers.map(self._bring_patiently, some))
                progress(read)
        return done

    def _pages(self) -> Iterator[tuple[list[Item], int]]:
        """Read the copy, and tell with each page how many items it was chosen from."""
        start: dict[str, Any] = {}
        while True:
            page = self._patiently(self._page, start)
            yield [unmarshal(item) for item in page["Items"]], page["ScannedCount"]
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def _page(self, start: dict[str, Any]) -> Any:
        with faults():
            return self.aws.dynamodb.scan(TableName=self.copy.name, ConsistentRead=True, **LOOKED_AT, **start)

    def _bring_patiently(self, item: Item) -> Outcome:
        return self._patiently(self._bring, item)

    def _patiently[Asked, Answer](self, ask: Callable[[Asked], Answer], about: Asked) -> Answer:
        """Ask again after a while when there is too much to do, or when somebody else wrote the same meanwhile."""
        for attempt in range(ATTEMPTS):
            try:
                return ask(about)
            except (Busy, WriteConflict):
                self.pause(min(LONGEST_PAUSE, 2.0**attempt))
        raise Busy("The table has had too much to do for minutes: run the same command again later.")

    def _bring(self, item: Item) -> Outcome:
        """Bring back one thing of the copy with all that belongs to it; raises Busy, WriteConflict."""
        if not item["pk"].startswith("R#"):
            return Outcome.BACK if self._put_missing([item]) else Outcome.THERE
        announcement = announcement_from_item(item)
        if announcement.status is Status.WITHDRAWN:
            return Outcome.WITHDRAWN
        found = self.table.get(*_key(item))
        if found and found["version"] != announcement.version:
            return Outcome.CHANGED
        written = self._put_missing(self._items(announcement), announcement)
        if not found:
            return Outcome.BACK
        return Outcome.COMPLETED if written else Outcome.THERE

    def _items(self, announcement: Announcement) -> Iterator[Item]:
        """Give all that belongs to an announcement, itself last: as long as it is missing, nothing counts as done."""
        itself = whole_key(announcement.id)
        beside = (each for each in self._partition(itself) if _key(each) != itself)
        yield from (each for each in beside if not is_sighting(each))  # its messages; a sighting brings its own
        for picture in announcement.pictures:
            yield from self._partition(picture_key(picture.id))
        now = self.clock()
        change = Change(None, announcement, now, [max(now, announcement.due_at)])  # the sweep looks into no past day
        derived = [write["Put"]["Item"] for write in AnnouncementTable(self.table).writes(change, uuid4().hex)]
        yield from (unmarshal(item) for item in reversed(derived))

    def _partition(self, key: Key) -> Iterator[Item]:
        return self.copy.query(KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": key[0]}})

    def _put_missing(self, items: Iterable[Item], owner: Announcement | None = None) -> int:
        """Write what is not there, as long as its owner is as the copy has it; tell how many items that were."""
        wanted = {_key(item): item for item in items}
        there = {_key(item) for some in batched(wanted, TOGETHER) for item in self.table.get_many(some)}
        missing = [item for key, item in wanted.items() if key not in there]
        for some in batched(missing, MAX_WRITES - 1):
            puts = [self.table.putting(item, ConditionExpression="attribute_not_exists(pk)") for item in some]
            self.table.transact([*self._guard(owner, {_key(item) for item in some}, there), *puts])
        return len(missing)

    def _guard(self, owner: Announcement | None, written: set[Key], there: set[Key]) -> Iterator[dict[str, Any]]:
        """Make the condition that nobody touched an announcement meanwhile, or what follows from it would be wrong."""
        key = whole_key(owner.id) if owner else None
        if owner is None or key is None or key in written:  # to write it is such a condition itself
            return
        absent = {"ConditionExpression": "attribute_not_exists(pk)"}
        same = {
            "ConditionExpression": "version = :version",
            "ExpressionAttributeValues": {":version": {"N": str(owner.version)}},
        }
        yield self.table.checking(*key, **(same if key in there else absent))


def _key(item: Item) -> Key:
    return item["pk"], item["sk"]
