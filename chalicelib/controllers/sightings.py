"""The API of what was seen of an announced pet."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.controllers.exchange import NO_STORE, PAGE, Caller, Reply
from chalicelib.controllers.geojson import Feature, FeatureCollection
from chalicelib.services.access import Access
from chalicelib.services.announcements import Announcements
from chalicelib.services.sightings import Seen, Sightings


@dataclass(frozen=True)
class SightingController:
    """The API of what was seen of an announced pet."""

    announcements: Announcements
    sightings: Sightings
    access: Access

    def show(self, announcement_id: str, caller: Caller) -> Reply[FeatureCollection]:
        """Show the newest sightings that may be about an announcement: to its owner even when it is not on the map."""
        if caller.token:
            self.access.require_owner(announcement_id, caller.token)
            whole = self.announcements.show_whole(announcement_id)
            return Reply(collected(self.sightings.of(whole)), cache=NO_STORE)
        return Reply(collected(self.sightings.of(self.announcements.show(announcement_id))), cache=PAGE)


def collected(seen: Sequence[Seen]) -> FeatureCollection:
    """Write sightings as the map is written, with the distance from what they may be about."""
    features = [Feature.of(each.marker, each.metres) for each in seen]
    return FeatureCollection(numberReturned=len(features), links=[], features=features)
