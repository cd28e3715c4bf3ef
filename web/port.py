"""What the page needs from whoever serves it: one person's side of one meeting's chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from web.panel import Panel

Card = Mapping[str, Any]


class Phase(StrEnum):
    """Whether this person is in the meeting."""

    WAITING = "waiting"
    OPEN = "open"
    OVER = "over"


class AnswerKind(StrEnum):
    """What became of a press."""

    CARD = "card"  # the message shows another card now
    MESSAGE = "message"  # one sentence
    ERROR = "error"  # one sentence; nothing was changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as this person holds it; `mark` is the conversation's mark at which it last changed for them."""

    id: str
    at: datetime
    sender: str
    line: str
    mark: int
    card: Card | None = None
    private: bool = False  # it came to this person alone, not into the meeting's chat
    form: bool = False  # it was sent to ask this person for something
    board: bool = False  # it is the meeting's board, this person's panel: the page keeps it in sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What this person sees; `messages` and `gone` hold only what changed after the mark that was asked for."""

    epoch: str
    mark: int
    title: str
    who: str
    role: str = ""
    banner: str = ""
    fictional: bool = False
    phase: Phase = Phase.OPEN
    messages: tuple[Message, ...] = ()
    gone: tuple[str, ...] = ()
    panel: Panel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One press of a button: nothing in it is trusted; `data` holds the button's ticket and the inputs."""

    message: str
    verb: str
    title: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a press led to. A card is not in it: the message that shows it has a newer mark now."""

    kind: AnswerKind
    text: str = ""


class Unknown(LookupError):
    """There is no such message for this person, or it has no such button."""


class Conversation(Protocol):
    """One authenticated person in one meeting; made anew for each request, so it keeps nothing of its own."""

    @property
    def speaks(self) -> bool:
        """Tell whether this person may write to the bot."""

    async def look(self, *, after: int = 0) -> Look:
        """Return what this person sees, with those messages whose mark is greater than `after`."""

    async def changed(self, *, after: int) -> None:
        """Wait until something has a mark greater than `after`; may return early, and may be cancelled."""

    async def press(self, press: Press) -> Answer:
        """Carry out one press, as Teams would have; raises Unknown."""

    async def refresh(self, message: str) -> Answer:
        """Fetch this person's card of a message again; raises Unknown."""

    async def say(self, text: str) -> None:
        """Say something to the bot."""
