"""What the local Teams remembers: people, chats, messages, and each person's own copy of each card."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
HOST_TENANT, HOST_DOMAIN = "605d4375-d112-4920-954d-41e97bd8df1b", "northmoor.example"


class PersonKind(StrEnum):
    """How Teams knows somebody: from the own tenant, as its guest, from another tenant, or not at all."""

    IN_TENANT = "in_tenant"
    GUEST = "guest"
    FEDERATED = "federated"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, kw_only=True, slots=True)
class BotAccount:
    """The registration of the bot: what it signs in with and how Teams shows it."""

    app_id: str = "fc865704-d823-4b47-a185-ebf57358af35"
    password: str = "a-secret-for-rehearsals-only"  # noqa: S105 - opens nothing but this local Teams
    name: str = "Chairside"

    @property
    def mri(self) -> str:
        return f"28:{self.app_id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """One person as Teams knows them; `personal_app` says whether the bot may write to them in 1:1."""

    name: str
    mri: str
    tenant: str
    kind: PersonKind = PersonKind.IN_TENANT
    aad_object_id: str | None = None
    email: str | None = None
    personal_app: bool = True
    sparse_roster: bool = False  # listed as Teams documents some members: objectId only, no name


@dataclass(kw_only=True, slots=True)
class Copy:
    """The card as one person holds it, with what they typed, unfolded and showed so far and did not send."""

    card: Json
    fetched_at: datetime
    typed: dict[str, str] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    shown: dict[str, bool] = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class Message:
    """One message of a chat; `card` is the base card, `copies` what single people hold instead of it."""

    id: str
    sender: str
    posted_at: datetime
    text: str = ""
    card: Json | None = None
    summary: str = ""
    version: int = 0
    deleted: bool = False
    copies: dict[str, Copy] = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class MeetingDetails:
    """The calendar side of a meeting chat and who is in the call now."""

    id: str
    organizer: str
    scheduled_start: datetime
    scheduled_end: datetime
    running: bool = False
    roles: dict[str, str] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class ChatRecord:
    """One conversation: a 1:1 with the bot, a group chat, or the chat of a meeting."""

    id: str
    title: str
    personal: bool = False
    members: list[str] = field(default_factory=list)
    bot_present: bool = False
    bot_blocked: bool = False
    messages: list[Message] = field(default_factory=list)
    meeting: MeetingDetails | None = None

    def find(self, message_id: str) -> Message | None:
        """The message with this id, deleted or not; None where there never was one."""
        return next((each for each in reversed(self.messages) if each.id == message_id), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """A short sentence shown over the chat and kept nowhere: an answer in words, or an error."""

    chat: str
    text: str
    at: datetime
    error: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Notification:
    """What a locked telephone would display."""

    chat: str
    message: str
    text: str
    at: datetime
    mentioned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """Something the bot did that Teams refuses or that this house forbids."""

    rule: str
    detail: str
    where: str


@dataclass(kw_only=True, slots=True)
class State:
    """Everything that outlives the process: no ports, no URLs, no sockets."""

    tenant: str = HOST_TENANT
    domain: str = HOST_DOMAIN  # of the tenant; guests stand in its directory under a name of this domain
    seed: str = "chairside"
    ids_given: int = 0
    last_activity_ms: int = 0
    key_generation: int = 0
    old_keys: list[int] = field(default_factory=list)
    people: dict[str, Identity] = field(default_factory=dict)
    chats: dict[str, ChatRecord] = field(default_factory=dict)
    app_tokens: dict[str, datetime] = field(default_factory=dict)
    notices: dict[str, list[Notice]] = field(default_factory=dict)
    notifications: dict[str, list[Notification]] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
