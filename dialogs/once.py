"""The record as one press sees it: a meeting is read once, and what the press wrote is what it shows."""

from __future__ import annotations

from datetime import datetime

from dialogs.ports import Committed, Decide, Listed, Receipt, Record
from meeting.model import Meeting, MeetingId
from meeting.procedure import Procedure


class ReadOnce:
    """A record for as long as one press lasts. Decisions are taken on the newest state all the same."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._known: dict[MeetingId, tuple[Meeting, Procedure]] = {}

    async def create(
        self, meeting_id: MeetingId, *, reference: str, procedure: Procedure, decide: Decide, now: datetime
    ) -> Committed:
        """As the record does."""
        return await self._record.create(meeting_id, reference=reference, procedure=procedure, decide=decide, now=now)

    async def commit(
        self, meeting_id: MeetingId, decide: Decide, *, now: datetime, receipt: Receipt | None = None
    ) -> Committed:
        """As the record does; whoever is refused reads again, for the meeting may have moved on."""
        self._known.pop(meeting_id, None)
        made = await self._record.commit(meeting_id, decide, now=now, receipt=receipt)
        self._known[meeting_id] = made.meeting, made.procedure
        return made

    async def read(self, meeting_id: MeetingId) -> tuple[Meeting, Procedure]:
        """Return the meeting as this press last saw or left it, else the newest; raises KeyError."""
        known = self._known.get(meeting_id)
        if known is None:
            known = self._known[meeting_id] = await self._record.read(meeting_id)
        return known

    async def in_chat(self, chat: str) -> tuple[Listed, ...]:
        """As the record does."""
        return await self._record.in_chat(chat)

    async def of_person(self, key: str) -> tuple[Listed, ...]:
        """As the record does."""
        return await self._record.of_person(key)

    async def listed(self) -> tuple[Listed, ...]:
        """As the record does."""
        return await self._record.listed()
