"""The API of messages to who announced."""

import hashlib
from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from chalicelib.controllers.announcement_models import IdempotencyHeaders, Website
from chalicelib.controllers.exchange import TokenHolder, Visitor
from chalicelib.controllers.models import Body, Line, Shown, ShownMoment, Text
from chalicelib.domain.messages import MAX_MESSAGE, MAX_REPLY_TO, Message
from chalicelib.services.access import Access
from chalicelib.services.messages import Messages

MessageText = Annotated[Text, StringConstraints(min_length=1, max_length=MAX_MESSAGE)]
ReplyTo = Annotated[Line, StringConstraints(max_length=MAX_REPLY_TO)]


class MessageIn(Body):
    """A message to who announced; `reply_to` says how they may answer."""

    text: MessageText
    reply_to: ReplyTo | None = None
    website: Website = ""


class SentMessage(Shown):
    """That a message was kept."""

    id: str
    sent_at: ShownMoment


class MessageOut(Shown):
    """A message, for the owner of the announcement."""

    id: str
    text: str
    reply_to: str | None
    sent_at: ShownMoment
    read_at: ShownMoment | None

    @classmethod
    def of(cls, message: Message) -> "MessageOut":
        """Show a message."""
        return cls(
            id=message.id,
            text=message.text,
            reply_to=message.reply_to,
            sent_at=message.sent_at,
            read_at=message.read_at,
        )


class MessageList(Shown):
    """The messages of an announcement, newest first."""

    messages: list[MessageOut]


@dataclass(frozen=True)
class MessageController:
    """The API of messages."""

    messages: Messages
    access: Access

    def send(self, announcement_id: str, body: MessageIn, headers: IdempotencyHeaders, visitor: Visitor) -> SentMessage:
        """Keep a message."""
        idempotency = headers.key_for(_hash(announcement_id, body))
        sent = self.messages.send(announcement_id, body.text, body.reply_to or None, visitor.sender, idempotency)
        return SentMessage(id=sent.id, sent_at=sent.sent_at)

    def show(self, announcement_id: str, caller: TokenHolder) -> MessageList:
        """Show all to the owner."""
        self.access.require_owner(announcement_id, caller.token)
        return MessageList(messages=[MessageOut.of(message) for message in self.messages.of(announcement_id)])

    def read(self, announcement_id: str, message_id: str, caller: TokenHolder) -> MessageOut:
        """Mark one as read by the owner."""
        self.access.require_owner(announcement_id, caller.token)
        return MessageOut.of(self.messages.read(announcement_id, message_id))


def _hash(announcement_id: str, body: MessageIn) -> str:
    """Name what was asked for: the same words to another announcement are another request."""
    text = body.model_dump_json(exclude={"website"})
    return hashlib.sha256(f"message/{announcement_id}/{text}".encode()).hexdigest()
