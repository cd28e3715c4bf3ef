"""What the service does with what Teams sends: presses to the engine, words to the talk, comings to the door."""

from __future__ import annotations

from typing import Any

import structlog

from bot.arrivals import Arrivals, person_id, reachable
from bot.offers import Offers
from bot.sending.doubled import Doubled
from bot.teams.connector import Connector
from bot.teams.failures import ConnectorFailure
from bot.teams.inbound import (
    Answer,
    CardAnswer,
    Chat,
    ErrorAnswer,
    Happening,
    Installed,
    MeetingEnded,
    MeetingStarted,
    MembersChanged,
    NoticeAnswer,
    ParticipantsJoined,
    ParticipantsLeft,
    Press,
    Said,
    Sender,
    Uninstalled,
)
from bot.teams.outbound import sentence, with_card
from dialogs.asking import Show
from dialogs.engine import Answered, Engine
from dialogs.held import held_in, one_of
from dialogs.ports import Directory, Listed, Reachable, Record
from dialogs.talk import Said as SaidBack
from dialogs.talk import Talk
from dialogs.words import HELP, understand

DOUBLED = Show(view="chairing.doubled")
log = structlog.get_logger(__name__)
SEEN = 4096  # addresses whose newest way is in memory, so that most activities ask no database


class Handler:
    """One for the process; knows which meeting a chat holds and who is speaking."""

    def __init__(  # noqa: PLR0913  (whoever hears everything hands it on to many)
        self,
        *,
        record: Record,
        directory: Directory,
        engine: Engine,
        talk: Talk,
        arrivals: Arrivals,
        offers: Offers,
        connector: Connector,
        doubled: Doubled,
    ) -> None:
        self._record, self._directory, self._engine, self._talk = record, directory, engine, talk
        self._arrivals, self._offers, self._connector, self._doubled = arrivals, offers, connector, doubled
        self._seen: dict[str, Reachable] = {}

    async def press(self, press: Press) -> Answer:
        """Carry out a press; the person is whom Teams' token says, whatever the card carries."""
        await self._remember(press.chat, press.sender)
        meeting = self._engine.meeting_of(press.data)
        if meeting is not None and not press.automatic:
            await self._arrivals.known(meeting, press.chat, press.sender)
        posted = self._engine.posted_as(press.data)
        if posted is not None and await self._doubled.met(posted, press.message_id or ""):
            return CardAnswer(card=await self._engine.show(person_id(press.sender), posted[0], DOUBLED))
        answered = await self._engine.press(person_id(press.sender), press.verb, press.data, automatic=press.automatic)
        if answered.linked is not None:
            await self._arrivals.everybody(answered.linked, press.chat)
            answered = await self._engine.arrived(person_id(press.sender), answered.linked)
        await self._offers.pressed(press)
        return _answer(answered)

    async def said(self, said: Said) -> None:
        """Answer typed words; what an old client sends in place of a press is a press."""
        await self._remember(said.chat, said.sender)
        if said.value is not None:
            await self._reply(said.chat, SaidBack(text="Please use a current version of Teams to press buttons."))
            return
        person = person_id(said.sender)
        heard = understand(said.text)
        if heard is not None and heard.word == "convene" and said.chat.kind == "personal":
            await self._offers.post(said.chat, said.sender)
            return
        if said.chat.kind == "personal" and heard is not None:
            await self._arrivals.invited(said.chat, said.sender)
        meeting = await self._meeting(said.chat, said.sender, said.text)
        if meeting is None:
            if heard is not None and heard.word == "help":
                await self._reply(said.chat, SaidBack(text=HELP))
            await self._offers.post(said.chat, said.sender)
            return
        if said.chat.kind != "personal":
            await self._arrivals.known(meeting.id, said.chat, said.sender)
        answer = await self._talk.hear(person, meeting.id, said.text, private=said.chat.kind == "personal")
        await self._reply(said.chat, await self._aside(said.chat, said.sender, answer))

    async def _aside(self, chat: Chat, sender: Sender, said: SaidBack) -> SaidBack:
        """Tell somebody alone what is theirs alone; returns what the chat is told then, or where that fails."""
        if not said.aside:
            return said
        known = await self._directory.find(sender.id)
        try:
            own = known.personal_chat if known is not None else ""
            own = own or await self._connector.create_personal_chat(sender.id, chat.tenant, chat.service_url)
            alone = Chat(id=own, kind="personal", tenant=chat.tenant, service_url=chat.service_url)
            await self._connector.send(alone, _activity(SaidBack(text=said.aside)))
        except ConnectorFailure as failure:
            log.info("aside.not_sent", error=type(failure).__name__)
            return SaidBack(text=said.openly)
        return said

    async def happened(self, event: Happening) -> None:
        """Take note of a coming, a going, an installation."""
        await self._remember(event.chat, None)
        match event:
            case Installed(chat=chat, sender=sender, upgrade=False) if sender is not None:
                await self._offers.brought(chat, sender)
            case MembersChanged(chat=chat, added=added) if added:
                await self._come(chat, added, joined=False)
            case ParticipantsJoined(chat=chat, people=people):
                await self._come(chat, people, joined=True)
            case ParticipantsLeft(chat=chat, people=people):
                await self._go(chat, people)
            case MembersChanged(chat=chat, removed=removed):
                await self._go(chat, removed)
            case Uninstalled(chat=chat):
                await self._offers.removed(chat)
            case MeetingStarted(chat=chat):
                await self._call(chat, began=True)
            case MeetingEnded(chat=chat):
                await self._call(chat, began=False)
            case Installed():
                return

    async def _come(self, chat: Chat, people: tuple[Sender, ...], *, joined: bool) -> None:
        meeting = await held_in(self._record, chat.id)
        if meeting is not None:
            await self._arrivals.some(meeting.id, chat, people, joined=joined)

    async def _call(self, chat: Chat, *, began: bool) -> None:
        """Open the door when the call begins; the chair is asked to start, or at its end how to go on."""
        meeting = await held_in(self._record, chat.id)
        if meeting is None:
            return
        if began:
            await self._arrivals.everybody(meeting.id, chat)
        await self._arrivals.call(meeting.id, began=began)

    async def _go(self, chat: Chat, people: tuple[Sender, ...]) -> None:
        meeting = await held_in(self._record, chat.id)
        if meeting is not None:
            await self._arrivals.left(meeting.id, people)

    async def _meeting(self, chat: Chat, sender: Sender, text: str = "") -> Listed | None:
        """Return the meeting of a chat; in 1:1 the one that runs, else as the word asks: ahead, or held."""
        if chat.kind != "personal":
            return await held_in(self._record, chat.id)
        return await one_of(self._record, person_id(sender), text)

    async def _remember(self, chat: Chat, sender: Sender | None) -> None:
        for way in reachable(chat, sender):
            before = self._seen.get(way.address)
            known = before is not None and before.service_url == way.service_url and way.call in ("", before.call)
            if known and not way.personal_chat:
                continue
            if before != way:
                identity = sender.aad_object_id if sender is not None and sender.id == way.address else None
                await self._directory.recognise(way, (identity,) if identity else ())
                self._seen[way.address] = way
                if len(self._seen) > SEEN:
                    del self._seen[next(iter(self._seen))]

    async def _reply(self, chat: Chat, said: SaidBack) -> None:
        try:
            await self._connector.send(chat, _activity(said))
        except ConnectorFailure as failure:
            log.warning("reply.not_sent", error=type(failure).__name__)


def _activity(said: SaidBack) -> dict[str, Any]:
    if said.card is not None:
        return with_card(said.card)
    return sentence(said.text, summary="Chairside")


def _answer(answered: Answered) -> Answer:
    if answered.card is not None:
        return CardAnswer(card=answered.card)
    return ErrorAnswer(code="Refused", message=answered.text) if answered.refused else NoticeAnswer(text=answered.text)
