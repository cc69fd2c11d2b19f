"""What sources deliver, as the API takes it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError
from pydantic.json_schema import WithJsonSchema

from chalicelib.controllers.announcement_models import AnnouncementFields, OwnAnnouncement, contents
from chalicelib.controllers.exchange import Caller, Reply
from chalicelib.controllers.models import Body, Moment, Shown
from chalicelib.controllers.validation import field_errors
from chalicelib.domain.announcements import Origin
from chalicelib.domain.errors import FieldError, HomewardError, Invalid
from chalicelib.services.access import Access
from chalicelib.services.changes import Clock
from chalicelib.services.sources import MAX_BATCH, Delivery, Outcome, Receipt, Sources

MAX_LIVES_DAYS = 730
ExternalId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,100}$")]


class SourceAnnouncement(AnnouncementFields):
    """An announcement as its source has it; `lives_days` counts from when it first arrives here or changes."""

    published_at: Moment | None = None
    lives_days: int | None = Field(default=None, ge=1, le=MAX_LIVES_DAYS)

    def delivery(self, source: str, external_id: str) -> Delivery:
        """Give it as the services have it."""
        fingerprint = hashlib.sha256(self.model_dump_json(exclude={"external_id"}).encode()).hexdigest()
        origin = Origin(source, external_id, fingerprint)
        return Delivery(origin, contents(self), self.event_at, self.published_at, self.lives_days)


class BatchAnnouncement(SourceAnnouncement):
    """One announcement of a batch."""

    external_id: ExternalId


class SourceBatch(Body):
    """Up to 25 announcements; each is accepted or refused on its own."""

    announcements: Annotated[
        list[Any],
        WithJsonSchema(
            {
                "type": "array",
                "items": {"$ref": "#/components/schemas/BatchAnnouncement"},
                "minItems": 1,
                "maxItems": MAX_BATCH,
            }
        ),
    ] = Field(min_length=1, max_length=MAX_BATCH)


class FieldErrorOut(Shown):
    """One field at fault."""

    field: str
    message: str


class BatchResult(Shown):
    """What became of one announcement of a batch."""

    external_id: str | None
    outcome: Outcome
    id: str | None = None
    errors: list[FieldErrorOut] = Field(default_factory=list)


class BatchResults(Shown):
    """What became of a batch, in its order."""

    results: list[BatchResult]


@dataclass(frozen=True)
class SourceController:
    """The API of sources."""

    sources: Sources
    access: Access
    clock: Clock

    def put(self, source: str, external_id: str, body: SourceAnnouncement, caller: Caller) -> Reply[OwnAnnouncement]:
        """Add or update one announcement of a source: 201 when it is new."""
        self.access.require_source(source, caller.token)
        try:
            TypeAdapter(ExternalId).validate_python(external_id)
        except ValidationError:
            raise Invalid.field("external_id", "must be 1 to 100 letters, digits, dots, hyphens, underscores") from None
        receipt = self.sources.put(body.delivery(source, external_id))
        assert receipt.announcement
        own = OwnAnnouncement.of(receipt.announcement, self.clock())
        return Reply(own, status=201 if receipt.outcome is Outcome.CREATED else 200)

    def put_many(self, source: str, body: SourceBatch, caller: Caller) -> Reply[BatchResults]:
        """Add or update a batch: 207 when some of it is refused."""
        self.access.require_source(source, caller.token)
        parsed = [_parse(source, item) for item in body.announcements]
        receipts = iter(self.sources.put_many([each for each in parsed if isinstance(each, Delivery)]))
        results = [_result(next(receipts)) if isinstance(each, Delivery) else each for each in parsed]
        refused = any(result.outcome is Outcome.REFUSED for result in results)
        return Reply(BatchResults(results=results), status=207 if refused else 200)


def _parse(source: str, item: Any) -> Delivery | BatchResult:
    try:
        announcement = BatchAnnouncement.model_validate_json(json.dumps(item))
        return announcement.delivery(source, announcement.external_id)
    except ValidationError as error:
        name = item.get("external_id") if isinstance(item, dict) else None
        return _refused(name if isinstance(name, str) else None, field_errors(error))


def _result(receipt: Receipt) -> BatchResult:
    name = receipt.delivery.origin.external_id
    match receipt.error:
        case None:
            return BatchResult(external_id=name, outcome=receipt.outcome, id=receipt.delivery.announcement_id)
        case Invalid() as invalid:
            return _refused(name, list(invalid.errors))
        case HomewardError() as error:
            return _refused(name, [FieldError("external_id", str(error))])


def _refused(name: str | None, errors: list[FieldError]) -> BatchResult:
    shown = [FieldErrorOut(field=error.field, message=error.message) for error in errors]
    return BatchResult(external_id=name, outcome=Outcome.REFUSED, errors=shown)
