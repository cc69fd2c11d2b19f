"""What a view of the map shows: announcements, or clusters where they are many."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.clusters import Cluster, Counted, clustered
from chalicelib.domain.markers import Marker, Viewport
from chalicelib.domain.moments import Window
from chalicelib.domain.tiles import FINEST
from chalicelib.services.paging import Page, Pages
from chalicelib.services.surveys import Surveyor

GATHERED = 4  # level from which on announcements are gathered that the tiles do not hold
STREETS = 16  # zoom from which on announcements are never merged
PROMPT, SLOW = 60, 120  # seconds by which counts may be behind, of finer tiles and of the two widest
WIDE = 1  # level down to which tiles are slow


@dataclass(frozen=True)
class View:
    """What is shown; `counted` is the window of the clusters, which may be `delay` seconds behind.

    `below` is where the next page begins, None at the end.
    """

    markers: Sequence[Marker]
    clusters: Sequence[Cluster] = ()
    counted: Window | None = None
    delay: int = 0
    below: str | None = None


@dataclass(frozen=True)
class Viewports:
    """Answers what a view of the map asks for."""

    pages: Pages
    surveyor: Surveyor

    def page(self, viewport: Viewport, limit: int, below: str | None = None) -> Page:
        """Answer the newest `limit` markers of a viewport below a position, from the markers themselves."""
        return self.pages.page(viewport, limit, below)

    def view(self, viewport: Viewport, zoom: int, limit: int) -> View:
        """Answer all markers of a viewport if they are `limit` at most, otherwise clusters or, in streets, a page.

        In two or three rounds of reads: the tiles; their older counts where the window is long and they are many; what
        tiles do not hold.
        """
        survey = self.surveyor.survey(viewport, zoom)
        if survey.holds_all and len(markers := survey.newest(viewport)) <= limit:
            return View(markers)
        survey = self.surveyor.completed(survey)
        counted = [Counted.of(tile, viewport, survey.span) for tile in survey.tiles]
        is_gathered = survey.level >= GATHERED and sum(each.total for each in counted) <= limit
        if is_gathered and len(markers := self.surveyor.gathered(survey, counted, viewport)) <= limit:
            return View(markers)
        if survey.level == FINEST and zoom >= STREETS:
            page = self.page(viewport, limit)
            return View(page.markers, below=page.below)
        clusters, markers = clustered(counted, viewport, zoom, survey.span, limit)
        return View(markers, clusters, survey.span.window, SLOW if survey.level <= WIDE else PROMPT)
