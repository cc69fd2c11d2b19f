"""The API of announcements."""

import hashlib
from dataclasses import dataclass

from chalicelib.controllers.announcement_models import (
    AnnouncementIn,
    AnnouncementOut,
    AnnouncementPatch,
    IdempotencyHeaders,
    NewAnnouncement,
    OwnAnnouncement,
    contents,
)
from chalicelib.controllers.exchange import PAGE, Caller, Reply, Visitor
from chalicelib.domain.announcements import Announcement
from chalicelib.services.access import Access
from chalicelib.services.announcements import Announcements
from chalicelib.services.changes import Clock


@dataclass(frozen=True)
class AnnouncementController:
    """The API of announcements."""

    announcements: Announcements
    access: Access
    clock: Clock

    def create(self, body: AnnouncementIn, headers: IdempotencyHeaders, visitor: Visitor) -> NewAnnouncement:
        """Announce as a guest."""
        body_hash = hashlib.sha256(body.model_dump_json(exclude={"website"}).encode()).hexdigest()
        idempotency = headers.key_for(body_hash)
        announcement = self.announcements.create(contents(body), body.event_at, visitor.sender, idempotency)
        token = self.access.manage_token(announcement.id)
        return NewAnnouncement.of(announcement, self.clock(), manage_token=token)

    def show(self, announcement_id: str, caller: Caller) -> Reply[AnnouncementOut]:
        """Show an announcement: whole to the holder of its token."""
        if caller.token:
            self.access.require_owner(announcement_id, caller.token)
            return Reply(OwnAnnouncement.of(self.announcements.show_whole(announcement_id), self.clock()))
        return Reply(AnnouncementOut.of(self.announcements.show(announcement_id), self.clock()), cache=PAGE)

    def change(self, announcement_id: str, body: AnnouncementPatch, caller: Caller) -> OwnAnnouncement:
        """Change an announcement."""
        self.access.require_owner(announcement_id, caller.token)
        given = body.model_fields_set
        event = body.event_at if "event_at" in given else None
        pictures = (body.pictures, body.removed_pictures)
        return self._own(self.announcements.change(announcement_id, contents(body), event, *pictures))

    def renew(self, announcement_id: str, caller: Caller) -> OwnAnnouncement:
        """Put an announcement on the map for another lifetime."""
        self.access.require_owner(announcement_id, caller.token)
        return self._own(self.announcements.renew(announcement_id))

    def reunite(self, announcement_id: str, caller: Caller) -> OwnAnnouncement:
        """Mark an announcement as good news."""
        self.access.require_owner(announcement_id, caller.token)
        return self._own(self.announcements.reunite(announcement_id))

    def withdraw(self, announcement_id: str, caller: Caller) -> None:
        """Take an announcement off the map and erase it."""
        self.access.require_owner(announcement_id, caller.token)
        self.announcements.withdraw(announcement_id)

    def _own(self, announcement: Announcement) -> OwnAnnouncement:
        return OwnAnnouncement.of(announcement, self.clock())
