"""Which way a message would take, before it is sent: for whoever looks at what is about to go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.sending.reaching import EMAIL, TEAMS
from dialogs.places import is_web
from dialogs.ports import Directory
from meeting.before.mailboxes import refused_mailbox
from meeting.model import Assurance, Meeting, SeatId


class Foreseen:
    """Looks where people are met, as the courier does when it sends; nothing is opened, nothing sent."""

    def __init__(self, *, directory: Directory, mail: bool) -> None:
        self._directory = directory
        self._mail = mail

    async def ways(self, meeting: Meeting, seats: Iterable[SeatId]) -> Mapping[SeatId, str]:
        """Return for each seat "Teams", "e-mail", or the code of why neither would reach it."""
        return {seat: await self._way(meeting, seat) for seat in seats}

    async def _way(self, meeting: Meeting, seat: SeatId) -> str:
        here = meeting.occupants(seat)
        asked = meeting.seats[seat]
        for person in here:
            if person.assurance is Assurance.SIGNED_IN and await self._met(person.address, person.id):
                return TEAMS
        if not here and [one for one in (asked.aad, asked.email) if one and await self._directory.named(one)]:
            return TEAMS
        boxes = [box for box in (*(p.email for p in here), asked.email) if box]
        if not boxes or not self._mail:
            return "no_mail_server" if boxes else "no_address"
        return EMAIL if any(not refused_mailbox(meeting, asked.agency, box) for box in boxes) else "domain_not_allowed"

    async def _met(self, address: str, identity: str) -> bool:
        found = self._directory.named(identity) if is_web(address) else self._directory.find(address)
        return await found is not None
