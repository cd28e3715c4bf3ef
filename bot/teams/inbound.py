"""What the channel hears and what it answers, in our own words; the SDK's types stay outside.

Names and content are left out of every `repr`, so that no log line or error message can hold them by accident.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

ChatKind = Literal["personal", "groupChat", "channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A person as Teams names them; every field but the id may be missing, and an anonymous one has no Entra id."""

    #: Identity for this bot (`29:…`).
    id: str
    aad_object_id: str | None = None
    name: str | None = field(default=None, repr=False)
    #: The person's own tenant where Teams tells it (rosters and participants do, presses and messages do not).
    tenant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    id: str
    kind: ChatKind
    #: The tenant that hosts the chat; a guest's or an external person's own tenant is another.
    tenant: str
    #: Where answers go; it can change, so the newest one seen is the one to keep.
    service_url: str
    meeting_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of a card was pressed, or (automatic) a client fetched its own view of a card."""

    sender: Sender
    chat: Chat
    verb: str
    #: Card data and inputs in one flat mapping, where an input can overwrite card data: nothing in it is trusted.
    data: Mapping[str, Any] = field(repr=False)
    automatic: bool
    #: The message that carries the card.
    message_id: str | None = None
    activity_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message to the bot; `value` is what an old client sends when it falls back from a button (Action.Submit)."""

    sender: Sender
    chat: Chat
    #: Without the mention of the bot, white space tidied, line breaks kept.
    text: str = field(repr=False)
    value: Mapping[str, Any] | None = field(default=None, repr=False)
    #: The message that carries the card, with a `value` only.
    message_id: str | None = None
    activity_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The bot was added to a chat. Teams tells it in two ways, so one act may arrive twice: greet once."""

    chat: Chat
    sender: Sender | None
    #: A new version of the app replaced an older one: nobody acted, nobody needs a greeting.
    upgrade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninstalled:
    """The bot was removed from a chat; it may arrive twice."""

    chat: Chat
    sender: Sender | None
    upgrade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersChanged:
    """People were added to or removed from the chat, which is not the same as being in the meeting."""

    chat: Chat
    added: tuple[Sender, ...]
    removed: tuple[Sender, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStarted:
    chat: Chat
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEnded:
    chat: Chat
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsJoined:
    """People came into the running meeting; one person with two devices comes twice."""

    chat: Chat
    people: tuple[Sender, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsLeft:
    chat: Chat
    people: tuple[Sender, ...]
    at: datetime


Happening = (
    Installed | Uninstalled | MembersChanged | MeetingStarted | MeetingEnded | ParticipantsJoined | ParticipantsLeft
)
Inbound = Press | Said | Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """This card takes the place of the pressed one, for this person on this client only."""

    card: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnswer:
    """A short notice that is not kept in the chat."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorAnswer:
    code: str
    message: str


Answer = CardAnswer | NoticeAnswer | ErrorAnswer


class ChannelHandler(Protocol):
    """Whoever does the work behind the channel. A press is answered in under 3 seconds; Teams repeats it after 15."""

    async def press(self, press: Press) -> Answer: ...

    async def said(self, said: Said) -> None: ...

    async def happened(self, event: Happening) -> None: ...
