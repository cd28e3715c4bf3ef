"""Sends one row of the outbox: stamped only after it was taken, tried again when it was not."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.mail.postman import MailPutOff
from bot.sending.deeds import DEEDS
from bot.sending.doubled import Doubled
from bot.sending.messages import Moment
from bot.sending.reaching import FINAL, TEAMS, Courier, Sent, Unreachable
from bot.sending.reminders import told_again
from bot.sending.rendering import has_message, message_for
from bot.teams.failures import LATER_SECONDS, ConnectorFailure, TryLater
from bot.teams.inbound import Chat
from dialogs.engine import Engine
from dialogs.ports import Directory, Outbox, Reachable, Record, Row
from dialogs.reconvening import call_agreed
from meeting import machine
from meeting.model import Entry, Meeting, PersonId
from meeting.procedure import Procedure
from meeting.refusals import Refused
from meeting.standing import SYSTEM
from meeting.telling.delaying import NoteDelay, NoteUnneeded
from meeting.telling.delivery import NoteDelivery, NoteFailure
from meeting.telling.notices import MAILTO, NoticeKind

log = structlog.get_logger(__name__)
MAX_ATTEMPTS = 12
FIRST_TRIES = 3  # of a letter, within half a minute
_LONGEST = 900.0


class Sender:
    """Sends a row and writes down how it ended: sent, put off, put aside or no longer needed."""

    def __init__(
        self,
        *,
        record: Record,
        outbox: Outbox,
        directory: Directory,
        engine: Engine,
        courier: Courier,
        doubled: Doubled,
        now: Callable[[], datetime],
    ) -> None:
        self._record, self._outbox, self._directory = record, outbox, directory
        self._engine, self._courier, self._doubled, self._now = engine, courier, doubled, now

    async def __call__(self, row: Row) -> None:
        """Send a row that was claimed; raises only where its end could not be written."""
        try:
            await self._send(row)
        except TryLater as later:
            await self._later(row, seconds=max(later.after, _backoff(row.attempts)), error=type(later).__name__)
        except MailPutOff as later:
            await self._put_off(row)
            await self._later(row, seconds=_backoff(row.attempts), error=type(later).__name__)
        except Unreachable as nowhere:
            await self._dead(row, str(nowhere))
        except FINAL as final:
            await self._dead(row, type(final).__name__)
        except ConnectorFailure as failure:
            await self._later(row, seconds=_backoff(row.attempts), error=type(failure).__name__)
        except Exception:
            log.exception("outbox.row_failed", row=row.id, kind=row.kind)
            await self._broken(row)

    async def _later(self, row: Row, *, seconds: float, error: str) -> None:
        """Give a row back: what stands in the way is the network's, a server's or an administrator's to mend."""
        await self._outbox.later(row, at=self._now() + timedelta(seconds=seconds), error=error)

    async def _put_off(self, row: Row) -> None:
        """Write down that a letter waits, once the first tries were in vain; a code is asked for anew."""
        if _to_one(row) and row.attempts >= FIRST_TRIES and has_message(row.kind):
            await self._note(row, NoteDelay(seat=row.seat, key=row.key, kind=row.kind.value, person=_person(row)))

    async def _broken(self, row: Row) -> None:
        """Give a row back that this program could not send, but not for ever."""
        if row.attempts >= MAX_ATTEMPTS:
            await self._dead(row, "error")
        else:
            await self._later(row, seconds=_backoff(row.attempts), error="error")

    async def _dead(self, row: Row, why: str) -> None:
        """Put a row aside; what was for one reader is written down first, so that the chair hears of it."""
        log.error("outbox.dead", row=row.id, kind=row.kind, error=why)
        if _to_one(row):
            failed = NoteFailure(seat=row.seat, key=row.key, kind=row.kind.value, why=why, person=_person(row))
            await self._note(row, failed)
        await self._outbox.dead(row, now=self._now(), error=why)

    async def _note(self, row: Row, command: object) -> None:
        def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
            return machine.decide(meeting, command, by=SYSTEM, procedure=procedure, now=self._now())

        await self._record.commit(row.meeting, decide, now=self._now())

    async def _send(self, row: Row) -> None:
        meeting, procedure = await self._record.read(row.meeting)
        if row.kind is NoticeKind.FURTHER:
            await call_agreed(self._record, meeting, procedure, now=self._now())
            await self._outbox.sent(row, now=self._now(), activity=None, chat="")
            return
        known = await self._outbox.message(row.meeting, row.edits) if row.edits else None
        at = Moment(row=row, meeting=meeting, procedure=procedure, now=self._now())
        if row.kind in DEEDS:
            await self._does(at)
            return
        sent = await self._goes(at, known)
        if sent is None:
            if any(one.key == row.key for one in meeting.delayed):
                await self._note(row, NoteUnneeded(key=row.key))
            await self._outbox.dropped(row, now=self._now(), why="no longer needed")
            return
        try:
            await self._stamp(at, sent)
        except Exception:  # it went out: only its lease may bring it back, marked as a repeat
            log.exception("outbox.stamp_failed", row=row.id, kind=row.kind)

    async def _goes(self, at: Moment, known: tuple[str, str] | None) -> Sent | None:
        """Send a row its way: to a seat, aside to one person, or into the meeting's chat; None where nobody needs it.

        What is said aside to somebody whom Teams does not reach alone is in the chat a mention that says nothing.
        """
        row = at.row
        if row.kind is not NoticeKind.ALERT or not row.private:
            alone = row.seat is not None or row.private
            return await (self._courier.deliver(at, known) if alone else self._to_chat(at, known))
        activity = message_for(at, self._engine)
        if activity is None:
            return None
        openly = replace(at, row=replace(row, private=False))
        return await self._courier.in_teams(at, known, activity) or await self._to_chat(openly, known)

    async def _stamp(self, at: Moment, sent: Sent) -> None:
        """Write down that a row went out, and when it comes again."""
        row = at.row
        if row.seat is not None or any(d.key == row.key for d in (*at.meeting.delayed, *at.meeting.deliveries)):
            await self._note(row, NoteDelivery(seat=row.seat, key=row.key, kind=row.kind.value, how=sent.how))
        if row.repeat and sent.activity:
            await self._doubled.sent_again(row, sent.activity)
        again = told_again((row, *row.also), at.meeting, at.procedure, at.now)
        await self._outbox.sent(row, now=self._now(), activity=sent.activity, chat=sent.chat, again=again)

    async def _does(self, at: Moment) -> None:
        """Do in the record what a row is for, unless nobody needs it any more."""
        row, command = at.row, DEEDS[at.row.kind](at)
        try:
            if command is not None:
                await self._note(row, command)
        except Refused:  # somebody else was first
            command = None
        if command is None:
            await self._outbox.dropped(row, now=self._now(), why="no longer needed")
        else:
            await self._outbox.sent(row, now=self._now(), activity=None, chat="")

    async def _to_chat(self, at: Moment, known: tuple[str, str] | None) -> Sent | None:
        """Post to the meeting's own chat, or edit what is there; None where nobody needs it any more."""
        activity = message_for(at, self._engine)
        if activity is None or (at.row.kind is NoticeKind.CLOSE and known is None):
            return None
        chat = _group_chat(await self._directory.find(at.meeting.chat))
        if chat is None:
            raise TryLater(LATER_SECONDS)
        posted = await self._courier.post(chat, known, activity, repeat=at.row.repeat)
        if at.row.kind is NoticeKind.CLOSE:
            await self._doubled.close(at.row, chat, activity)
        return Sent(how=TEAMS, activity=posted, chat=chat.id)


def _to_one(row: Row) -> bool:
    """Tell whether a row goes to one reader by their own chat or by letter: a seat, somebody alone, an address."""
    return row.seat is not None or row.person.startswith(MAILTO) or (row.private and bool(row.person))


def _person(row: Row) -> PersonId | None:
    """Return the person whom a row names; None where it goes to a seat or an address."""
    return None if not row.person or row.person.startswith(MAILTO) else PersonId(row.person)


def _group_chat(reachable: Reachable | None) -> Chat | None:
    if reachable is None:
        return None
    return Chat(id=reachable.address, kind="groupChat", tenant=reachable.tenant, service_url=reachable.service_url)


def _backoff(attempts: int) -> float:
    """Return seconds until the next try: doubling from 5, fully jittered, at most 15 minutes."""
    return random.uniform(1, min(_LONGEST, 5 * 2**attempts))  # noqa: S311  (spreads load, hides nothing)
