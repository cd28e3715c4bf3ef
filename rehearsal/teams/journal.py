"""The journal: everything that happened in this Teams, in order, from which a transcript can be told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that happened; `chat` is a conversation id, empty where no chat is concerned."""

    at: datetime
    chat: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted(Entry):
    """The bot put a message into a chat; `text` is what somebody without a copy of their own reads."""

    message: str
    text: str
    summary: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edited(Entry):
    message: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Deleted(Entry):
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown(Entry):
    """A card of their own appeared on one person's screen."""

    person: str
    message: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed(Entry):
    person: str
    message: str
    title: str
    inputs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticed(Entry):
    """A short notice or an error was shown to one person."""

    person: str
    text: str
    error: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Notified(Entry):
    """One person's telephone displayed this."""

    person: str
    text: str
    mentioned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TypingLost(Entry):
    """A card was replaced under somebody's hands: what they had typed is gone."""

    person: str
    message: str
    inputs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said(Entry):
    person: str
    text: str
    message: str
    to_bot: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Installed(Entry):
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Uninstalled(Entry):
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Added(Entry):
    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed(Entry):
    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Started(Entry):
    """The meeting of this chat began."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended(Entry):
    """The meeting of this chat is over; the chat stays open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined(Entry):
    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Left(Entry):
    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Called(Entry):
    """The bot called the connector and was answered."""

    method: str
    path: str
    status: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered(Entry):
    """An activity reached the bot, which answered with this status; 0 where no answer came."""

    kind: str
    activity: str
    person: str
    status: int


Kind = TypeVar("Kind", bound=Entry)

KINDS: dict[str, type[Entry]] = {each.__name__: each for each in Entry.__subclasses__()}


class Journal:
    """Typed entries in the order in which they happened."""

    def __init__(self, entries: list[Entry] | None = None) -> None:
        self.entries: list[Entry] = entries or []
        self.listeners: list[Callable[[], None]] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def write(self, entry: Entry) -> None:
        self.entries.append(entry)
        for told in self.listeners:
            told()

    def of(self, kind: type[Kind], *, chat: str | None = None) -> list[Kind]:
        """All entries of this kind so far, of one chat if asked."""
        return [each for each in self.entries if isinstance(each, kind) and chat in (None, each.chat)]
