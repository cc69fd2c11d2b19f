"""Before the pictures of what is hidden: nobody sees them, and they are there again when it is restored."""

import logging
from dataclasses import dataclass

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.errors import NotFound
from chalicelib.domain.pictures import Picture, PictureState, renditions_prefix
from chalicelib.services.pictures import Cdn, PictureBucket

log = logging.getLogger("homeward")


@dataclass(frozen=True)
class Curtain:
    """Takes away what everybody may see of pictures; the originals, which nobody may, stay."""

    bucket: PictureBucket
    cdn: Cdn

    def draw(self, announcement: Announcement) -> None:
        """Bring the renditions into line with whether their announcement is hidden; again is harmless."""
        shown = [picture for picture in announcement.pictures if picture.state is PictureState.READY]
        for picture in shown:
            if announcement.case.hidden:
                self.bucket.erase_renditions(picture.id)
                self.cdn.forget(renditions_prefix(picture.id))
            elif announcement.case.looked_at and not self.bucket.is_shown(picture.id):
                self._show(picture)

    def _show(self, picture: Picture) -> None:
        """Wake the picture function: a copy of the version that was shown is an upload like any other."""
        try:
            self.bucket.copy(picture.id, picture.version or "")
        except NotFound:
            log.warning("nothing is left to show of picture %s", picture.id)
