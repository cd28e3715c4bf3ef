"""What each browser holds of a chat: kept in memory like a Teams client's screen, drawn anew after a restart."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.guests.rendered import Rendered, digest, groups, render
from bot.sending.messages import Moment
from cards.kit import Card
from dialogs.engine import Engine
from dialogs.places import Guest, place_of
from dialogs.ports import Outbox, Posted, Record
from meeting.model import MeetingId, PersonId
from meeting.telling.notices import NoticeKind
from web.panel import Panels
from web.port import Message

SENDER = "Chairside"
KEPT = 512  # screens in memory
SAID, TALK = "said:", 100  # how messages of one's own talk are called, and how many stay
GONE = 500  # messages that were taken away, and are remembered for pages that still show them


def _epoch() -> str:
    return secrets.token_hex(8)


@dataclass(slots=True, kw_only=True)
class Held:
    """One message on a screen."""

    message: Message
    revision: tuple[object, ...]
    digest: str
    refresh: dict[str, object] | None


@dataclass(slots=True, kw_only=True)
class Screen:
    """One person's screen of one meeting; whatever changes gets the next mark."""

    epoch: str = field(default_factory=_epoch)
    mark: int = 0
    held: dict[str, Held] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def next(self) -> int:
        """Return a mark that is greater than every mark before."""
        self.mark += 1
        return self.mark

    def put(self, key: str, rendered: Rendered, revision: tuple[object, ...], at: datetime, *, board: bool) -> None:
        """Show a message, unless it says what it said before."""
        known, seen = self.held.get(key), digest(rendered.card)
        refresh = dict(rendered.refresh) if rendered.refresh is not None else None
        if known is not None and (known.digest, known.message.line) == (seen, rendered.line):
            self.held[key] = replace(known, revision=revision)
            return
        message = Message(
            id=key,
            at=known.message.at if known else at,
            sender=SENDER,
            line=rendered.line,
            mark=self.next(),
            card=rendered.card,
            form=rendered.form,
            board=board,
        )
        self.held[key] = Held(message=message, revision=revision, digest=seen, refresh=refresh)
        self.gone.pop(key, None)

    def show(self, key: str, card: Card) -> None:
        """Show another card in a message: the answer to a press."""
        known = self.held[key]
        message = replace(known.message, card=card, mark=self.next())
        self.held[key] = replace(known, message=message, digest=digest(card))

    def say(self, line: str, card: Card | None, sender: str, at: datetime) -> None:
        """Show a line of this person's own talk with the bot."""
        for oldest in [key for key in self.held if key.startswith(SAID)][:-TALK]:
            self._take_away(oldest)
        mark = self.next()
        message = Message(id=f"{SAID}{mark}", at=at, sender=sender, line=line, mark=mark, card=card, private=True)
        self.held[message.id] = Held(message=message, revision=(), digest=digest(card), refresh=None)

    def keep_only(self, keys: frozenset[str]) -> None:
        """Take away what is no longer there; one's own talk stays."""
        for key in [k for k in self.held if k not in keys and not k.startswith(SAID)]:
            self._take_away(key)

    def _take_away(self, key: str) -> None:
        del self.held[key]
        self.gone[key] = self.next()
        if len(self.gone) > GONE:  # a page that is told another epoch asks for everything
            self.epoch = _epoch()
            self.gone.clear()


class Screens:
    """All screens of this process, and who waits for a change."""

    def __init__(self, *, record: Record, outbox: Outbox, engine: Engine, now: Callable[[], datetime]) -> None:
        self._record, self._outbox, self._engine, self._now = record, outbox, engine, now
        self._screens: OrderedDict[tuple[MeetingId, PersonId], Screen] = OrderedDict()
        self._changed = asyncio.Event()
        self.panels = Panels()

    def wake(self) -> None:
        """Something was committed: everybody who waits looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self) -> None:
        """Wait for the next commit."""
        await self._changed.wait()

    async def newest(self, guest: Guest) -> Guest:
        """Return where somebody stands after what was just done."""
        meeting, procedure = await self._record.read(guest.meeting.id)
        place = place_of(meeting, guest.session)
        return replace(guest, meeting=meeting, procedure=procedure, place=place)

    def of(self, meeting: MeetingId, person: PersonId) -> Screen:
        """Return somebody's screen, blank at first."""
        screen = self._screens.setdefault((meeting, person), Screen())
        self._screens.move_to_end((meeting, person))
        while len(self._screens) > KEPT:
            self._screens.popitem(last=False)
        return screen

    async def sync(self, meeting_id: MeetingId, person: PersonId) -> Screen:
        """Bring somebody's screen to what the outbox holds: every message's newest row, each drawn once."""
        screen = self.of(meeting_id, person)
        async with screen.lock:
            meeting, procedure = await self._record.read(meeting_id)
            shown = groups(await self._outbox.posted(meeting_id, now=self._now()), meeting, person)
            for key, posted in shown.items():
                board, revision = posted.row.kind is NoticeKind.BOARD, _revision(posted)
                known = screen.held.get(key)
                if known is not None and known.revision == revision and not board:
                    continue
                moment = Moment(row=posted.row, meeting=meeting, procedure=procedure, now=self._now())
                rendered = await render(moment, person, self._engine)
                if rendered is not None:
                    screen.put(key, rendered, revision, posted.at, board=board)
            screen.keep_only(frozenset(shown))
        return screen


def _revision(posted: Posted) -> tuple[object, ...]:
    """Return what is another when a row was asked for once more."""
    return (posted.row.key, posted.row.due, posted.sent_at)
