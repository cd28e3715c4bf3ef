"""The offer in a chat that the bot came into: posted once, whatever crashes, and closed when answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.arrivals import Arrivals, person_id, reachable
from bot.teams.connector import Connector
from bot.teams.failures import ConnectorFailure
from bot.teams.inbound import Chat, Press, Sender
from bot.teams.outbound import with_card
from dialogs.held import held_in, one_of, open_in
from dialogs.installing import OFFERS, Installing
from dialogs.ports import Installation, Installations, Reachable, Record
from meeting.telling.notices import NoticeKind, Send

log = structlog.get_logger(__name__)
OFFER = "offer"
_EDIT = Send(key=f"close:{OFFER}", kind=NoticeKind.CLOSE, subject=OFFER, edits=OFFER, again=True)


class Offers:
    """Greets each chat once; what it owes stands in the store, for Teams tells of an installation once."""

    def __init__(
        self,
        *,
        record: Record,
        installations: Installations,
        installing: Installing,
        arrivals: Arrivals,
        connector: Connector,
        now: Callable[[], datetime],
    ) -> None:
        self._record, self._installations, self._installing = record, installations, installing
        self._arrivals, self._connector, self._now = arrivals, connector, now
        self._greeting: set[str] = set()

    async def brought(self, chat: Chat, sender: Sender) -> None:
        """Greet a chat that the bot was brought into, unless that was done: Teams tells it in two ways."""
        private = chat.kind == "personal"
        installation = Installation(chat=reachable(chat)[0], by=sender.id, private=private)
        if await self._installations.note(installation):
            await self._greet(chat, sender)

    async def removed(self, chat: Chat) -> None:
        """Forget a chat that the bot was taken out of."""
        await self._installations.removed(chat.id)

    async def post(self, chat: Chat, sender: Sender) -> bool:
        """Offer the meetings that somebody has convened, or to start one now; tells whether Teams took it."""
        private = chat.kind == "personal"
        name, email = await self._arrivals.named(chat, sender)
        card = await self._installing.offer(person_id(sender), name=name, email=email, chat=chat.id, private=private)
        activity = with_card(card)
        try:
            message = await self._connector.send(chat, activity)
        except ConnectorFailure as failure:
            log.warning("offer.not_sent", error=type(failure).__name__)
            return False
        await self._installations.offered(chat.id, "" if private else message or "")
        return True

    async def pressed(self, press: Press) -> None:
        """Have an offer say which meeting is held, once its chat holds one; a late press of a stale one too."""
        if press.automatic or press.verb not in OFFERS or not press.message_id:
            return
        await self._close(press.chat.id, press.message_id)

    async def catch_up(self) -> None:
        """Make up for what a crash cut off: offers that were owed, and those that were answered and not closed."""
        for owed in await self._installations.owed():
            chat = chat_at(owed.chat, private=owed.private)
            sender = await self._arrivals.found(chat, owed.by)
            if sender is not None:
                await self._greet(chat, sender)
        for offer in await self._installations.open_offers():
            await self._close(offer.chat.address, offer.offer)

    async def _close(self, chat: str, message: str) -> None:
        held = await open_in(self._record, chat)
        if held is not None:
            await self._installations.answered(chat, message, meeting=held.id, edit=_EDIT, now=self._now())

    async def _greet(self, chat: Chat, sender: Sender) -> None:
        """Greet a chat that is still owed it: the start and Teams may bring the same chat at the same time."""
        if chat.id in self._greeting:
            return
        self._greeting.add(chat.id)
        try:
            if any(owed.chat.address == chat.id for owed in await self._installations.owed()):
                await self._greeted(chat, sender)
        finally:
            self._greeting.discard(chat.id)

    async def _greeted(self, chat: Chat, sender: Sender) -> None:
        if chat.kind == "personal":
            await self._arrivals.introduced(chat)
            meeting = await one_of(self._record, person_id(sender))
        else:
            meeting = await held_in(self._record, chat.id)
        if meeting is None:
            await self.post(chat, sender)
            return
        if chat.kind != "personal":
            await self._arrivals.everybody(meeting.id, chat)
        await self._installations.offered(chat.id, "")


def chat_at(way: Reachable, *, private: bool = False) -> Chat:
    """Return the chat that the directory knows."""
    return Chat(
        id=way.address,
        kind="personal" if private else "groupChat",
        tenant=way.tenant,
        service_url=way.service_url,
        meeting_id=way.call or None,
    )
