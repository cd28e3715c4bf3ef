"""Messages that a crash may have posted twice: the newest copy is the live one, an older one says so and is closed.

What Teams took before the crash has an id that nobody wrote down; it is known once somebody's client asks from there.
Both are kept (`storage.copies`): whoever restarts the service twice still finds the older copies.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import structlog

from bot.outside import for_teams
from bot.teams.connector import Connector
from bot.teams.failures import ConnectorFailure
from bot.teams.inbound import Chat
from dialogs.ports import Row
from meeting.model import MeetingId
from storage.copies import Copies, Copy

log = structlog.get_logger(__name__)
Posted = tuple[MeetingId, str]  # a key of a meeting


class Doubled:
    """What was sent again, and which older copies were met since; in memory, so that a press asks no database."""

    def __init__(self, connector: Connector, copies: Copies) -> None:
        self._connector, self._copies = connector, copies
        self._known: dict[Posted, Copy] | None = None
        self._reading = asyncio.Lock()

    async def sent_again(self, row: Row, message: str) -> None:
        """Remember which message a row became that may have been posted before; its stamp keeps it."""
        known = await self._all()
        before = known.get((row.meeting, row.key), Copy(meeting=row.meeting, key=row.key, newest=message))
        known[row.meeting, row.key] = replace(before, newest=message)

    async def met(self, posted: Posted, message: str) -> bool:
        """Tell whether a message is an older copy of what was sent again; Teams numbers messages by their time."""
        known = await self._all()
        copy = known.get(posted)
        if copy is None or not (copy.newest.isdecimal() and message.isdecimal() and int(message) < int(copy.newest)):
            return False
        if message not in copy.older:
            known[posted] = replace(copy, older=copy.older | {message})
            await self._copies.keep(known[posted])
        return True

    async def close(self, row: Row, chat: Chat, activity: Mapping[str, Any]) -> None:
        """Close the older copies of a message that is closed; until then somebody may be typing on one."""
        known, posted = await self._all(), (row.meeting, row.edits)
        closing = known[posted].older if posted in known else frozenset()
        if not closing:
            return
        for message in closing:
            try:
                await self._connector.update(chat, message, for_teams(activity))
            except ConnectorFailure as failure:
                log.info("doubled.not_closed", row=row.id, error=type(failure).__name__)
        known[posted] = replace(known[posted], older=known[posted].older - closing)
        await self._copies.keep(known[posted])

    def forget(self, gone: Collection[MeetingId]) -> None:
        """Let go of meetings that were erased; their rows are gone already."""
        known = self._known or {}
        for posted in [posted for posted in known if posted[0] in gone]:
            del known[posted]

    async def _all(self) -> dict[Posted, Copy]:
        """Return what is known, read once."""
        async with self._reading:
            if self._known is None:
                self._known = {(one.meeting, one.key): one for one in await self._copies.known()}
            return self._known
