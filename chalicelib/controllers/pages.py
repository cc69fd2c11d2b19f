"""Announcements as pages, for crawlers, chat apps and whoever comes without a script."""

from dataclasses import dataclass

from chalicelib.controllers.announcement_models import AnnouncementOut
from chalicelib.controllers.exchange import MINUTE, NO_STORE, Reply, Visitor
from chalicelib.controllers.geojson import FeatureCollection
from chalicelib.controllers.models import Html
from chalicelib.controllers.page_template import announcement_page, notice_page
from chalicelib.controllers.page_words import WORDS, Words
from chalicelib.controllers.sightings import collected
from chalicelib.domain.errors import Busy, Gone, NotFound
from chalicelib.domain.identity import is_id
from chalicelib.services.announcements import Announcements
from chalicelib.services.changes import Clock
from chalicelib.services.sightings import Sightings


@dataclass(frozen=True)
class PageController:
    """Pages that are the same for everyone, whoever asks: caches may keep them."""

    announcements: Announcements
    sightings: Sightings
    language: str
    clock: Clock

    def show(self, announcement_id: str, visitor: Visitor) -> Reply[Html]:
        """Write the page of an announcement."""
        return self._answer(announcement_id, visitor, poster=False)

    def poster(self, announcement_id: str, visitor: Visitor) -> Reply[Html]:
        """Write its poster."""
        return self._answer(announcement_id, visitor, poster=True)

    def _answer(self, announcement_id: str, visitor: Visitor, *, poster: bool) -> Reply[Html]:
        words = WORDS[self.language]
        try:
            shown, seen = self._public(announcement_id)
        except NotFound:
            return _notice(404, words.missing, words, visitor)
        except Gone as gone:
            return _notice(410, _reason(gone, words), words, visitor)
        except Busy:
            return _notice(503, words.busy, words, visitor, cache=NO_STORE)
        return Reply(Html(announcement_page(shown, seen, words, visitor.origin, poster=poster)), cache=MINUTE)

    def _public(self, announcement_id: str) -> tuple[AnnouncementOut, FeatureCollection]:
        if not is_id(announcement_id):
            raise NotFound("There is no such announcement.")
        announcement = self.announcements.show(announcement_id)
        return AnnouncementOut.of(announcement, self.clock()), collected(self.sightings.of(announcement))


def _notice(status: int, notice: tuple[str, str], words: Words, visitor: Visitor, cache: str = MINUTE) -> Reply[Html]:
    return Reply(Html(notice_page(notice, words, visitor.origin, "/")), status=status, cache=cache)


def _reason(gone: Gone, words: Words) -> tuple[str, str]:
    """Say why it is not there; of an expired one its title may still be told."""
    state = gone.details.get("state")
    if state == "expired":
        title, text = words.expired
        return f"{title}: {gone.details['announcement_title']}", text
    return words.hidden if state == "hidden" else words.withdrawn
