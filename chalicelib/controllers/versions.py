"""Versions of pictures, as the API takes and tells them."""

from dataclasses import dataclass

from pydantic import Field

from chalicelib.controllers.descriptions import NewPictureQuery, PictureHeaders, PictureQuery
from chalicelib.controllers.exchange import SHORT, Caller, Reply, SentPicture, Visitor
from chalicelib.controllers.models import Body, Shown, ShownMoment
from chalicelib.controllers.pictures import Allowance, PictureRequest, PictureSlot
from chalicelib.domain.errors import NotFound
from chalicelib.domain.versions import TURNS, Version
from chalicelib.services.access import Access
from chalicelib.services.changes import Clock
from chalicelib.services.pictures import Pictures
from chalicelib.services.versions import Versions


class NewVersion(Shown):
    """A version that was made; `url` tells how far its picture is."""

    id: str
    version: str
    url: str

    @classmethod
    def of(cls, version: Version) -> "NewVersion":
        """Show a version that nobody has looked into yet."""
        return cls(id=version.picture_id, version=version.version, url=f"/api/pictures/{version.picture_id}")


class VersionOut(Shown):
    """A version; `url` is its largest rendition, null as long as there is none."""

    id: str
    version: str
    name: str | None
    author: str | None
    category: str | None
    caption: str | None
    uploaded_at: ShownMoment
    content_type: str
    size: int
    current: bool
    url: str | None

    @classmethod
    def of(cls, version: Version, *, current: bool) -> "VersionOut":
        """Show a version."""
        said = version.description
        return cls(
            id=version.picture_id,
            version=version.version,
            name=said.name,
            author=said.author,
            category=said.category,
            caption=said.caption,
            uploaded_at=version.uploaded_at,
            content_type=version.content_type,
            size=version.size,
            current=current,
            url=f"/{version.key}" if version.key else None,
        )


class VersionList(Shown):
    """The versions of a picture, newest first."""

    versions: list[VersionOut]


class Rotation(Body):
    """How far a picture is to be turned, clockwise."""

    quarter_turns: int = Field(ge=1, lt=TURNS)


@dataclass(frozen=True)
class VersionController:
    """The API of the versions of pictures."""

    versions: Versions
    pictures: Pictures
    access: Access
    allowance: Allowance
    clock: Clock

    def add(
        self,
        query: NewPictureQuery,
        headers: PictureHeaders,
        picture: SentPicture,
        caller: Caller,
        visitor: Visitor,
    ) -> NewVersion:
        """Take one more picture for an announcement."""
        self.access.require_owner(query.announcement, caller.token)
        use, description = self.allowance.use(caller, visitor), headers.description(query.name)
        return NewVersion.of(self.versions.add(query.announcement, picture.data, description, use))

    def update(
        self,
        picture_id: str,
        query: PictureQuery,
        headers: PictureHeaders,
        picture: SentPicture,
        caller: Caller,
        visitor: Visitor,
    ) -> NewVersion:
        """Take the next version of a picture."""
        self._require_owner(picture_id, caller)
        use, description = self.allowance.use(caller, visitor), headers.description(query.name)
        return NewVersion.of(self.versions.update(picture_id, picture.data, description, use))

    def request(self, picture_id: str, body: PictureRequest, caller: Caller, visitor: Visitor) -> Reply[PictureSlot]:
        """Give a form for the next version of a picture."""
        self._require_owner(picture_id, caller)
        use = self.allowance.use(caller, visitor)
        form = self.versions.form(picture_id, body.content_type, body.description(), use)
        return Reply(PictureSlot.of(picture_id, form, caller.origin), status=201)

    def show(self, picture_id: str, caller: Caller) -> Reply[VersionList]:
        """Tell of all versions to the owner, of the current one to everybody.

        What was replaced may have been replaced because it showed too much.
        """
        _record, announcement = self.pictures.show(picture_id)
        if caller.token:
            self.access.require_owner(announcement.id, caller.token)
            announcement.require_present(self.clock())
            return Reply(self._list(picture_id, whole=True))
        announcement.require_public(self.clock())
        return Reply(self._list(picture_id, whole=False), cache=SHORT)

    def restore(self, picture_id: str, version: str, caller: Caller) -> NewVersion:
        """Make an earlier version the newest once more."""
        self._require_owner(picture_id, caller)
        return NewVersion.of(self.versions.restore(picture_id, version))

    def rotate(self, picture_id: str, body: Rotation, caller: Caller) -> NewVersion:
        """Turn a picture."""
        self._require_owner(picture_id, caller)
        return NewVersion.of(self.versions.rotate(picture_id, body.quarter_turns))

    def _list(self, picture_id: str, *, whole: bool) -> VersionList:
        history = self.versions.history(picture_id)
        told = [(each, each == history.current) for each in history.versions]
        return VersionList(versions=[VersionOut.of(each, current=now) for each, now in told if whole or now])

    def _require_owner(self, picture_id: str, caller: Caller) -> None:
        """Pass who may change the picture's announcement; raises NotFound only for what may be somebody's token."""
        try:
            _record, announcement = self.pictures.show(picture_id)
        except NotFound:
            self.access.require_somebody(caller.token)
            raise
        self.access.require_owner(announcement.id, caller.token)
