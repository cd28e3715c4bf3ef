"""Messages that a crash may have posted twice: the newest copy is the live one, an older one says so and is closed.

What Teams took before the crash has an id that nobody wrote down; it is known once somebody's client asks from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from bot.outside import for_teams
from bot.teams.connector import Connector
from bot.teams.failures import ConnectorFailure
from bot.teams.inbound import Chat
from dialogs.ports import Row
from meeting.model import MeetingId

log = structlog.get_logger(__name__)
Posted = tuple[MeetingId, str]  # a key of a meeting


class Doubled:
    """What this process has sent again, and which older copies it has met since."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._newest: dict[Posted, str] = {}
        self._older: dict[Posted, set[str]] = {}

    def sent_again(self, row: Row, message: str) -> None:
        """Remember which message a row became that may have been posted before."""
        self._newest[row.meeting, row.key] = message

    def met(self, posted: Posted, message: str) -> bool:
        """Tell whether a message is an older copy of what was sent again; Teams numbers messages by their time."""
        newest = self._newest.get(posted, "")
        older = newest.isdecimal() and message.isdecimal() and int(message) < int(newest)
        if older:
            self._older.setdefault(posted, set()).add(message)
        return older

    async def close(self, row: Row, chat: Chat, activity: Mapping[str, Any]) -> None:
        """Close the older copies of a message that is closed; until then somebody may be typing on one."""
        for message in self._older.pop((row.meeting, row.edits), ()):
            try:
                await self._connector.update(chat, message, for_teams(activity))
            except ConnectorFailure as failure:
                log.info("doubled.not_closed", row=row.id, error=type(failure).__name__)
