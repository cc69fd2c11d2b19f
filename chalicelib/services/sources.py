"""Announcements that trusted sources bring: added or updated, identical ones left alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.announcements import Announcement, Contents, Origin, check_event_time
from chalicelib.domain.errors import Busy, HomewardError, Invalid
from chalicelib.domain.identity import source_id
from chalicelib.domain.moments import EARLIEST, EventTime, days, to_second
from chalicelib.services.announcements import announced
from chalicelib.services.changes import AnnouncementStore, Change, Clock, Editor, WriteConflict

MAX_BATCH = 25  # three or four writes each stay within the 100 of a DynamoDB transaction


class Outcome(StrEnum):
    """What became of a source's announcement."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Delivery:
    """One announcement as a source sends it; `published_at` and `lives_days` default to now and the species' own."""

    origin: Origin
    contents: Contents
    event: EventTime
    published_at: datetime | None = None
    lives_days: int | None = None

    @property
    def announcement_id(self) -> str:
        """The id that this announcement has at every delivery."""
        return source_id(self.origin.source, self.origin.external_id)


@dataclass(frozen=True)
class Receipt:
    """The answer to one delivery: what became of it, or why it was refused."""

    delivery: Delivery
    outcome: Outcome
    announcement: Announcement | None = None
    error: HomewardError | None = None


@dataclass(frozen=True)
class Sources:
    """Takes what sources deliver."""

    store: AnnouncementStore
    editor: Editor
    clock: Clock

    def put(self, delivery: Delivery) -> Receipt:
        """Add or update one; raises what is wrong with it."""
        [receipt] = self.put_many([delivery])
        if receipt.error:
            raise receipt.error
        return receipt

    def put_many(self, deliveries: Sequence[Delivery]) -> list[Receipt]:
        """Add or update up to 25 in one transaction, or one by one when somebody else changes one of them."""
        now = to_second(self.clock())
        known = self.store.get_many(list({delivery.announcement_id for delivery in deliveries}))
        receipts = [_receive(delivery, known.get(delivery.announcement_id), now) for delivery in deliveries]
        receipts = _refuse_repeated(receipts)
        changes = [
            Change.of(known.get(receipt.announcement.id), receipt.announcement, now)
            for receipt in receipts
            if receipt.announcement and receipt.outcome in (Outcome.CREATED, Outcome.UPDATED)
        ]
        try:
            self.store.commit(changes)
            return receipts
        except WriteConflict:
            return [self._settle(receipt, now) for receipt in receipts]

    def _settle(self, receipt: Receipt, now: datetime) -> Receipt:
        if receipt.outcome in (Outcome.UNCHANGED, Outcome.REFUSED):
            return receipt
        try:
            return self._put_alone(receipt.delivery, now)
        except Busy:
            raise  # nothing is wrong with it: the whole batch is to be sent again
        except HomewardError as error:
            return Receipt(receipt.delivery, Outcome.REFUSED, error=error)

    def _put_alone(self, delivery: Delivery, now: datetime) -> Receipt:
        first = _receive(delivery, None, now)
        if first.announcement and self.store.get(delivery.announcement_id) is None:
            try:
                self.store.commit([Change.of(None, first.announcement, now)])
                return first
            except WriteConflict:
                pass  # somebody else was faster: it is an update now
        announcement = self.editor.change(delivery.announcement_id, lambda before: _updated(delivery, before, now))
        return Receipt(delivery, Outcome.UPDATED, announcement)


def _receive(delivery: Delivery, known: Announcement | None, now: datetime) -> Receipt:
    try:
        if known is None:
            return Receipt(delivery, Outcome.CREATED, _added(delivery, now))
        updated = _updated(delivery, known, now)
        return Receipt(delivery, Outcome.UNCHANGED if updated == known else Outcome.UPDATED, updated)
    except HomewardError as error:
        return Receipt(delivery, Outcome.REFUSED, error=error)


def _added(delivery: Delivery, now: datetime) -> Announcement:
    _check(delivery, now)
    added = replace(
        announced(delivery.announcement_id, delivery.contents, now),
        published_at=delivery.published_at or now,
        lives_days=delivery.lives_days,
        origin=delivery.origin,
    )
    return replace(added, expires_at=now + added.lifetime)


def _updated(delivery: Delivery, known: Announcement, now: datetime) -> Announcement:
    if known.origin == delivery.origin:
        known.require_present(now)
        return known
    _check(delivery, now)
    updated = known.changed(
        now,
        **delivery.contents,
        published_at=delivery.published_at or known.published_at,
        lives_days=delivery.lives_days,
        origin=delivery.origin,
    )
    return updated if updated.lifetime == known.lifetime else replace(updated, expires_at=now + updated.lifetime)


def _check(delivery: Delivery, now: datetime) -> None:
    check_event_time(delivery.event, now)
    if delivery.published_at and not EARLIEST <= delivery.published_at <= now + days(1):
        raise Invalid.field("published_at", "must be since 2000 and not in the future")


def _refuse_repeated(receipts: Sequence[Receipt]) -> list[Receipt]:
    """Let the first of each name stand: one transaction writes an item once."""
    repeated = Invalid.field("external_id", "stands twice in this batch")
    names = [receipt.delivery.origin.external_id for receipt in receipts]
    return [
        receipt if name not in names[:number] else Receipt(receipt.delivery, Outcome.REFUSED, error=repeated)
        for number, (name, receipt) in enumerate(zip(names, receipts, strict=True))
    ]
