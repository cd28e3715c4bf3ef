"""Sends what the outbox holds: claimed under a lease, stamped only after Teams took it, tried again when it did not."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.messages import Moment, message_for
from bot.teams.connector import Connector
from bot.teams.failures import ChatGone, ConnectorFailure, MessageGone, PersonBlocked, Refused413, Rejected, TryLater
from bot.teams.inbound import Chat
from dialogs.engine import Engine
from dialogs.ports import Directory, Outbox, Reachable, Record, Row
from meeting.model import Meeting, MeetingId
from meeting.notices import NoticeKind

log = structlog.get_logger(__name__)
LEASE_SECONDS = 60.0
IN_FLIGHT = 10  # rows; what a crash can send twice
BOARD_EVERY = timedelta(seconds=3)
MAX_ATTEMPTS = 12
_LONGEST = 900.0


class Dispatcher:
    """One worker; `wake` makes it look at once, `rest` waits until nothing is due."""

    def __init__(
        self,
        *,
        record: Record,
        outbox: Outbox,
        directory: Directory,
        engine: Engine,
        connector: Connector,
        now: Callable[[], datetime],
    ) -> None:
        self._record, self._outbox, self._directory = record, outbox, directory
        self._engine, self._connector, self._now = engine, connector, now
        self._woken = asyncio.Event()
        self._resting = asyncio.Event()
        self._boards: dict[MeetingId, datetime] = {}
        self.last_round: datetime | None = None

    def wake(self) -> None:
        """Look at the outbox now."""
        self._resting.clear()
        self._woken.set()

    async def rest(self) -> None:
        """Wait until everything that was due has been sent or put off."""
        self.wake()
        await self._resting.wait()

    async def run(self) -> None:
        """Work until cancelled; whatever goes wrong in one round, the next one comes."""
        while True:
            self._woken.clear()
            try:
                while await self.round():
                    pass
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("outbox.round_failed")
                await asyncio.sleep(1)
                continue
            self.last_round = self._now()
            if not self._woken.is_set():
                self._resting.set()
                await self._woken.wait()

    async def round(self) -> int:
        """Send what is due, most urgent first; returns how many rows were taken up."""
        rows = await self._outbox.claim(now=self._now(), limit=IN_FLIGHT, lease_seconds=LEASE_SECONDS)
        await asyncio.gather(*(self._one(row) for row in rows))
        return len(rows)

    async def _one(self, row: Row) -> None:
        try:
            await self._send(row)
        except TryLater as later:
            await self._put_off(row, seconds=later.after, error="later")
        except (ChatGone, PersonBlocked, Refused413, Rejected) as final:
            log.error("outbox.dead", row=row.id, kind=row.kind, error=type(final).__name__)  # noqa: TRY400  # ids only
            await self._outbox.dead(row, now=self._now(), error=type(final).__name__)
        except ConnectorFailure as failure:
            await self._put_off(row, seconds=_backoff(row.attempts), error=type(failure).__name__)
        except Exception:
            log.exception("outbox.row_failed", row=row.id, kind=row.kind)
            await self._put_off(row, seconds=_backoff(row.attempts), error="error")

    async def _put_off(self, row: Row, *, seconds: float, error: str) -> None:
        if row.attempts >= MAX_ATTEMPTS:
            await self._outbox.dead(row, now=self._now(), error=error)
            return
        await self._outbox.later(row, at=self._now() + timedelta(seconds=seconds), error=error)

    async def _send(self, row: Row) -> None:
        meeting, procedure = await self._record.read(row.meeting)
        if row.kind is NoticeKind.BOARD and self._too_soon(row):
            await self._outbox.later(row, at=self._boards[row.meeting] + BOARD_EVERY, error="")
            return
        activity = message_for(Moment(row=row, meeting=meeting, procedure=procedure), self._engine)
        known = await self._outbox.message(row.meeting, row.edits) if row.edits else None
        if activity is None or (row.kind is NoticeKind.CLOSE and known is None):
            await self._outbox.dropped(row, now=self._now(), why="no longer needed")
            return
        chat = await self._chat(meeting, row)
        if chat is None:
            await self._outbox.later(row, at=self._now() + timedelta(seconds=30), error="no chat")
            return
        message = await self._deliver(chat, known, activity)
        if row.kind is NoticeKind.BOARD:
            self._boards[row.meeting] = self._now()
        await self._outbox.sent(row, now=self._now(), activity=message, chat=chat.id)

    def _too_soon(self, row: Row) -> bool:
        before = self._boards.get(row.meeting)
        return before is not None and self._now() - before < BOARD_EVERY

    async def _deliver(self, chat: Chat, known: tuple[str, str] | None, activity: Mapping[str, Any]) -> str | None:
        """Edit the message that is there, or post one; a message that somebody deleted is posted again."""
        if known is not None and known[1]:
            try:
                await self._connector.update(chat, known[1], activity)
            except MessageGone:
                return await self._connector.send(chat, activity)
            return known[1]
        return await self._connector.send(chat, activity)

    async def _chat(self, meeting: Meeting, row: Row) -> Chat | None:
        if not row.private:
            return _group_chat(await self._directory.find(meeting.chat))
        person = next((p for p in meeting.people.values() if p.id == row.person), None)
        reachable = await self._directory.find(person.address) if person else None
        if reachable is None:
            return None
        if not reachable.personal_chat:
            opened = await self._connector.create_personal_chat(
                reachable.address, reachable.tenant, reachable.service_url
            )
            reachable = Reachable(
                address=reachable.address,
                service_url=reachable.service_url,
                tenant=reachable.tenant,
                personal_chat=opened,
            )
            await self._directory.remember(reachable)
        return Chat(
            id=reachable.personal_chat, kind="personal", tenant=reachable.tenant, service_url=reachable.service_url
        )


def _group_chat(reachable: Reachable | None) -> Chat | None:
    if reachable is None:
        return None
    return Chat(id=reachable.address, kind="groupChat", tenant=reachable.tenant, service_url=reachable.service_url)


def _backoff(attempts: int) -> float:
    """Return seconds until the next try: doubling from 5, fully jittered, at most 15 minutes."""
    return random.uniform(1, min(_LONGEST, 5 * 2**attempts))  # noqa: S311  (spreads load, hides nothing)
