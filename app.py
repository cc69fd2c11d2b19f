"""Homeward: every route and trigger, one line each."""

from typing import Any

from chalice.app import CloudWatchEvent, Cron, DynamoDBEvent, Rate, S3Event, SQSEvent

from chalicelib.api import Api
from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.controllers.announcement_models import (
    AnnouncementIn,
    AnnouncementOut,
    AnnouncementPatch,
    IdempotencyHeaders,
    NewAnnouncement,
    OwnAnnouncement,
)
from chalicelib.controllers.descriptions import NewPictureQuery, PictureHeaders, PictureQuery
from chalicelib.controllers.exchange import Caller, Reply, SentPicture, TokenHolder, Visitor
from chalicelib.controllers.features import ItemsQuery, OgcQuery
from chalicelib.controllers.geojson import FeatureCollection
from chalicelib.controllers.maps import MapQuery
from chalicelib.controllers.messages import MessageIn, MessageList, MessageOut, SentMessage
from chalicelib.controllers.models import Html
from chalicelib.controllers.ogc import (
    Collection,
    Collections,
    Conformance,
    FeaturesDocument,
    Items,
    LandingPage,
    LinkedItem,
)
from chalicelib.controllers.pictures import OwnPicture, PictureOut, PictureRequest, PictureSlot
from chalicelib.controllers.reports import ReceivedReport, ReportIn
from chalicelib.controllers.service import Health, PageConfig
from chalicelib.controllers.sources import BatchResults, SourceAnnouncement, SourceBatch
from chalicelib.controllers.versions import NewVersion, Rotation, VersionList
from chalicelib.domain.pictures import ORIGINALS

config = Config.from_environment()
app = Api("homeward", config.stage, config.public_url)
homeward = Homeward(config)


@app.route("/api/health", methods=["GET"])
def health() -> Health:
    """Tell that requests are answered."""
    return homeward.service.health()


@app.route("/api/config", methods=["GET"])
def page_config(visitor: Visitor) -> Reply[PageConfig]:
    """Tell the page what it needs to know, and roughly where its visitor is."""
    return homeward.service.page_config(visitor)


@app.route("/api/openapi.json", methods=["GET"])
def openapi() -> Reply[dict[str, Any]]:
    """Give this document."""
    return app.document()


@app.route("/api/openapi-3.0.json", methods=["GET"])
def features_openapi() -> Reply[FeaturesDocument]:
    """Give the part of it that OGC API Features names, in OpenAPI 3.0."""
    return app.features_document()


@app.route("/api", methods=["GET"])
def landing_page(_query: OgcQuery, caller: Caller) -> Reply[LandingPage]:
    """Tell clients of OGC API Features where everything is."""
    return homeward.features.landing_page(caller)


@app.route("/api/conformance", methods=["GET"])
def conformance(_query: OgcQuery) -> Reply[Conformance]:
    """Tell what of OGC API Features is kept."""
    return homeward.features.conformance()


@app.route("/api/collections", methods=["GET"])
def collections(_query: OgcQuery, caller: Caller) -> Reply[Collections]:
    """Describe the collections, of which there is one."""
    return homeward.features.collections(caller)


@app.route("/api/collections/announcements", methods=["GET"])
def collection(_query: OgcQuery, caller: Caller) -> Reply[Collection]:
    """Describe the collection of announcements."""
    return homeward.features.collection(caller)


@app.route("/api/collections/announcements/items", methods=["GET"])
def items(query: ItemsQuery, caller: Caller) -> Reply[Items]:
    """Answer a page of the announcements on the map, newest first."""
    return homeward.features.items(query, caller)


@app.route("/api/collections/announcements/items/{announcement_id}", methods=["GET"])
def item(announcement_id: str, _query: OgcQuery, caller: Caller) -> Reply[LinkedItem]:
    """Answer one announcement on the map."""
    return homeward.features.item(announcement_id, caller)


@app.route("/api/announcements", methods=["GET"])
def show_map(query: MapQuery, caller: Caller) -> Reply[FeatureCollection]:
    """Answer what lies in a rectangle and a window of time, newest first."""
    return homeward.map.show(query, caller)


@app.route("/api/announcements", methods=["POST"], status=201)
def create_announcement(body: AnnouncementIn, headers: IdempotencyHeaders, visitor: Visitor) -> NewAnnouncement:
    """Announce a lost, found or seen pet, without an account."""
    return homeward.announcements.create(body, headers, visitor)


@app.route("/api/announcements/{announcement_id}", methods=["GET"])
def show_announcement(announcement_id: str, caller: Caller) -> Reply[AnnouncementOut | OwnAnnouncement]:
    """Show an announcement, whole to the holder of its manage token."""
    return homeward.announcements.show(announcement_id, caller)


@app.route("/api/announcements/{announcement_id}", methods=["PATCH"])
def change_announcement(announcement_id: str, body: AnnouncementPatch, caller: Caller) -> OwnAnnouncement:
    """Change an announcement, order or remove its pictures."""
    return homeward.announcements.change(announcement_id, body, caller)


@app.route("/api/announcements/{announcement_id}", methods=["DELETE"], status=204)
def withdraw_announcement(announcement_id: str, caller: Caller) -> None:
    """Take an announcement off the map and erase it."""
    homeward.announcements.withdraw(announcement_id, caller)


@app.route("/api/announcements/{announcement_id}/renew", methods=["POST"])
def renew_announcement(announcement_id: str, caller: Caller) -> OwnAnnouncement:
    """Put an announcement on the map for another lifetime."""
    return homeward.announcements.renew(announcement_id, caller)


@app.route("/api/announcements/{announcement_id}/reunited", methods=["POST"])
def reunite_announcement(announcement_id: str, caller: Caller) -> OwnAnnouncement:
    """Mark an announcement as good news."""
    return homeward.announcements.reunite(announcement_id, caller)


@app.route("/api/announcements/{announcement_id}/sightings", methods=["GET"])
def show_sightings(announcement_id: str, caller: Caller) -> Reply[FeatureCollection]:
    """Show the newest 20 sightings that may be about an announcement, newest first, with their distance in metres."""
    return homeward.sightings.show(announcement_id, caller)


@app.route("/api/announcements/{announcement_id}/messages", methods=["POST"], status=201)
def send_message(announcement_id: str, body: MessageIn, headers: IdempotencyHeaders, visitor: Visitor) -> SentMessage:
    """Write to who announced, without an account."""
    return homeward.messages.send(announcement_id, body, headers, visitor)


@app.route("/api/announcements/{announcement_id}/messages", methods=["GET"])
def show_messages(announcement_id: str, caller: TokenHolder) -> MessageList:
    """Show the messages of an announcement to its owner, newest first."""
    return homeward.messages.show(announcement_id, caller)


@app.route("/api/announcements/{announcement_id}/messages/{message_id}/read", methods=["POST"])
def read_message(announcement_id: str, message_id: str, caller: TokenHolder) -> MessageOut:
    """Mark a message as read."""
    return homeward.messages.read(announcement_id, message_id, caller)


@app.route("/api/announcements/{announcement_id}/reports", methods=["POST"], status=201)
def report_announcement(announcement_id: str, body: ReportIn, visitor: Visitor) -> ReceivedReport:
    """Report abuse, without an account."""
    return homeward.reports.report(announcement_id, body, visitor)


@app.route("/api/announcements/{announcement_id}/pictures", methods=["POST"], status=201)
def request_picture(announcement_id: str, body: PictureRequest, caller: Caller, visitor: Visitor) -> Reply[PictureSlot]:
    """Give a place for one more picture, and the form to upload it with."""
    return homeward.pictures.request(announcement_id, body, caller, visitor)


@app.route("/api/pictures", methods=["POST"], status=201)
def add_picture(
    query: NewPictureQuery, headers: PictureHeaders, picture: SentPicture, caller: Caller, visitor: Visitor
) -> NewVersion:
    """Take one more picture, up to 4 MB in the body of the request."""
    return homeward.versions.add(query, headers, picture, caller, visitor)


@app.route("/api/pictures/{picture_id}", methods=["GET"])
def show_picture(picture_id: str, caller: Caller) -> Reply[PictureOut | OwnPicture]:
    """Tell the state of a picture, and its owner what the camera noted and who shows the same photo."""
    return homeward.pictures.show(picture_id, caller)


@app.route("/api/pictures/{picture_id}", methods=["PUT"])
def update_picture(
    picture_id: str,
    query: PictureQuery,
    headers: PictureHeaders,
    picture: SentPicture,
    caller: Caller,
    visitor: Visitor,
) -> NewVersion:
    """Take the next version of a picture, up to 4 MB in the body of the request."""
    return homeward.versions.update(picture_id, query, headers, picture, caller, visitor)


@app.route("/api/pictures/{picture_id}/upload", methods=["POST"], status=201)
def request_version(picture_id: str, body: PictureRequest, caller: Caller, visitor: Visitor) -> Reply[PictureSlot]:
    """Give a form to upload the next version of a picture with, up to 40 MB."""
    return homeward.versions.request(picture_id, body, caller, visitor)


@app.route("/api/pictures/{picture_id}/versions", methods=["GET"])
def show_versions(picture_id: str, caller: Caller) -> Reply[VersionList]:
    """Tell of the current version of a picture, and its owner of all."""
    return homeward.versions.show(picture_id, caller)


@app.route("/api/pictures/{picture_id}/versions/{version}/restore", methods=["POST"], status=201)
def restore_version(picture_id: str, version: str, caller: Caller) -> NewVersion:
    """Make an earlier version of a picture the newest once more."""
    return homeward.versions.restore(picture_id, version, caller)


@app.route("/api/pictures/{picture_id}/rotate", methods=["POST"], status=201)
def rotate_picture(picture_id: str, body: Rotation, caller: Caller) -> NewVersion:
    """Turn a picture clockwise, by quarters."""
    return homeward.versions.rotate(picture_id, body, caller)


@app.route("/api/sources/{source}/announcements", methods=["PUT"])
def put_announcements(source: str, body: SourceBatch, caller: Caller) -> Reply[BatchResults]:
    """Add or update up to 25 announcements of a source."""
    return homeward.sources.put_many(source, body, caller)


@app.route("/api/sources/{source}/announcements/{external_id}", methods=["PUT"])
def put_announcement(source: str, external_id: str, body: SourceAnnouncement, caller: Caller) -> Reply[OwnAnnouncement]:
    """Add or update one announcement of a source."""
    return homeward.sources.put(source, external_id, body, caller)


@app.route("/a/{announcement_id}", methods=["GET", "HEAD"])
def announcement_page(announcement_id: str, visitor: Visitor) -> Reply[Html]:
    """Show an announcement as a page, with its title and picture for chat apps."""
    return homeward.pages.show(announcement_id, visitor)


@app.route("/a/{announcement_id}/poster", methods=["GET", "HEAD"])
def poster_page(announcement_id: str, visitor: Visitor) -> Reply[Html]:
    """Show its poster."""
    return homeward.pages.poster(announcement_id, visitor)


@app.on_s3_event(config.pictures_bucket, events=["s3:ObjectCreated:*"], prefix=ORIGINALS)
def make_renditions(event: S3Event) -> None:
    """Make renditions of what was uploaded; again is harmless, for the newest version is looked at."""
    homeward.uploads.arrived(event.to_dict())


@app.on_sqs_message(config.failed_pictures_queue)
def refuse_failed_picture(event: SQSEvent) -> None:
    """Refuse the pictures whose function died; again is harmless, for a settled picture stays as it is."""
    for record in event:
        homeward.uploads.failed(record.body)


@app.schedule(Rate(1, Rate.MINUTES))
def sweep_expired(event: CloudWatchEvent) -> None:
    """Take off the map what has expired; again is harmless, for each announcement is looked at as it is now."""
    homeward.sweep.run(event.context)


@app.on_dynamodb_record(config.announcements_stream, batch_size=500, starting_position="TRIM_HORIZON")
def refresh_tiles(event: DynamoDBEvent) -> dict[str, Any]:
    """Bring tiles up to date with their markers; again is harmless, for what was touched is counted anew."""
    return homeward.tiles.touched(event.to_dict())


@app.schedule(Rate(1, Rate.MINUTES))
def refresh_wide_tiles(_event: CloudWatchEvent) -> None:
    """Bring the widest tiles up to date; again is harmless, for they are summed up anew."""
    homeward.tiles.follow()


@app.schedule(Cron(17, 3, "*", "*", "?", "*"))
def mend_tiles(event: CloudWatchEvent) -> None:
    """Compare all tiles with the markers every night; again is harmless, for only what is wrong is written."""
    homeward.tiles.mend(event.detail, event.context)
