"""What happened while the service was away: Teams tells once who comes and repeats nothing, so the start asks."""

from __future__ import annotations

import structlog

from bot.arrivals import Arrivals
from bot.offers import Offers, chat_at
from dialogs.ports import Directory, Listed, Record

log = structlog.get_logger(__name__)


class CatchingUp:
    """Runs once at each start, beside the service; what fails is tried again at the next activity or start."""

    def __init__(self, *, record: Record, directory: Directory, arrivals: Arrivals, offers: Offers) -> None:
        self._record, self._directory, self._arrivals, self._offers = record, directory, arrivals, offers

    async def run(self) -> None:
        """Post what offers are owed, and let everybody to the door who came into a chat or its call meanwhile."""
        try:
            await self._offers.catch_up()
        except Exception:
            log.exception("catching_up.offers")
        try:
            meetings = await self._record.listed()
        except Exception:
            log.exception("catching_up.meetings")
            return
        for listed in meetings:
            try:
                await self._meeting(listed)
            except Exception:
                log.exception("catching_up.meeting", meeting=listed.id)

    async def _meeting(self, listed: Listed) -> None:
        way = await self._directory.find(listed.chat) if listed.chat else None
        if way is not None:
            await self._arrivals.missed(listed.id, chat_at(way))
