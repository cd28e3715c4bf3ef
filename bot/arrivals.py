"""Who comes and goes, as Teams tells it, put before the door; names come from the roster, never from a press."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

from bot.teams.connector import Connector
from bot.teams.failures import ConnectorFailure
from bot.teams.inbound import Chat, Sender
from bot.teams.roster import Member
from dialogs.ports import Directory, Reachable, Record
from meeting import machine
from meeting.door.admission import Arrive, Leave
from meeting.door.call import NoteCall
from meeting.model import Assurance, Entry, Meeting, MeetingId, PersonId, Status
from meeting.procedure import Procedure
from meeting.standing import SYSTEM

log = structlog.get_logger(__name__)


def person_id(sender: Sender) -> PersonId:
    """Return who somebody is for the record: their Entra id, or, where there is none, their address in this chat."""
    return PersonId(sender.aad_object_id or sender.id)


class Arrivals:
    """Brings arrivals and departures into the record."""

    def __init__(
        self, *, record: Record, directory: Directory, connector: Connector, now: Callable[[], datetime]
    ) -> None:
        self._record, self._directory, self._connector, self._now = record, directory, connector, now

    async def everybody(self, meeting_id: MeetingId, chat: Chat) -> None:
        """Let everybody in the chat arrive; nobody is taken to be in the call."""
        members = await self._roster(chat)
        await self._arrive(meeting_id, chat, [(m, False) for m in members])

    async def missed(self, meeting_id: MeetingId, chat: Chat) -> None:
        """Let those arrive who came while nobody listened; where they are in the call already, it has begun.

        Nobody is taken to have left: whom the chair sees in the room, Teams may not see in the call.
        """
        meeting, _ = await self._record.read(meeting_id)
        members = await self._roster(chat)
        away = [m for m in members if not (p := meeting.people.get(person_id(m.person))) or not p.present]
        inside = {m.person.id for m in away if await self._in_call(chat, m)}
        if inside and meeting.status is Status.PREPARING:
            await self.call(meeting_id, began=True)
        await self._arrive(meeting_id, chat, [(m, m.person.id in inside) for m in away])

    async def _in_call(self, chat: Chat, member: Member) -> bool:
        """Tell whether Teams knows somebody to be in the call of this chat."""
        if not chat.meeting_id:
            return False
        try:
            found = await self._connector.participant(
                chat, chat.meeting_id, member.person.aad_object_id or member.person.id
            )
        except ConnectorFailure as failure:
            log.warning("arrivals.no_participant", error=type(failure).__name__)
            return False
        return found.in_meeting

    async def found(self, chat: Chat, address: str) -> Sender | None:
        """Return the member of a chat with this address, by its roster."""
        return next((m.person for m in await self._roster(chat) if m.person.id == address), None)

    async def some(self, meeting_id: MeetingId, chat: Chat, people: Iterable[Sender], *, joined: bool) -> None:
        """Let these people arrive, in the call or only in the chat."""
        roster = {m.person.id: m for m in await self._roster(chat)}
        known = [(roster.get(s.id) or _unlisted(s), joined) for s in people]
        await self._arrive(meeting_id, chat, known)

    async def known(self, meeting_id: MeetingId, chat: Chat, sender: Sender) -> None:
        """Make sure that whoever presses or writes has arrived."""
        meeting, _ = await self._record.read(meeting_id)
        if person_id(sender) not in meeting.people:
            await self.some(meeting_id, chat, (sender,), joined=False)

    async def invited(self, chat: Chat, sender: Sender) -> None:
        """Let whoever writes in 1:1 take the seats that their mailbox was invited to, wherever they never came.

        Only so do they find there what is theirs to do; a press on a card that they were sent does the same.
        """
        found = next((m for m in await self._roster(chat) if m.person.id == sender.id), None)
        if found is None or found.anonymous or not found.email:
            return
        for listed in await self._record.of_person(found.email, but_not=person_id(sender)):
            await self._arrive(listed.id, chat, [(found, False)])

    async def named(self, chat: Chat, sender: Sender) -> tuple[str, str]:
        """Return somebody's name and address by the roster; Teams leaves both out where the bot is installed."""
        found = next((m for m in await self._roster(chat) if m.person.id == sender.id), None)
        name = sender.name or (found.person.name if found else None) or "Chair"
        return name, (found.email if found and not found.anonymous else None) or ""

    async def call(self, meeting_id: MeetingId, *, began: bool) -> None:
        """Note that the call began, or ended."""
        await self._system(meeting_id, [NoteCall(began=began)])

    async def left(self, meeting_id: MeetingId, people: Iterable[Sender]) -> None:
        """Note who left the call."""
        gone = [Leave(person=person_id(s)) for s in people]
        await self._system(meeting_id, gone)

    async def _roster(self, chat: Chat) -> tuple[Member, ...]:
        try:
            members = await self._connector.members(chat)
        except ConnectorFailure as failure:
            log.warning("arrivals.no_roster", error=type(failure).__name__)
            return ()
        for member in members:
            await self.recognise(chat, member)
        return members

    async def recognise(self, chat: Chat, member: Member) -> None:
        """Remember how somebody signed in is reached, and under which names, so that a seat finds them."""
        if member.anonymous:
            return
        found = Reachable(
            address=member.person.id,
            service_url=chat.service_url,
            tenant=member.person.tenant or chat.tenant,
            personal_chat=chat.id if chat.kind == "personal" else "",
        )
        await self._directory.recognise(found, filter(None, (member.person.aad_object_id, member.email)))

    async def introduced(self, chat: Chat) -> None:
        """Learn who is behind a 1:1 chat, so that their seats are reached there."""
        await self._roster(chat)

    async def _arrive(self, meeting_id: MeetingId, chat: Chat, members: Iterable[tuple[Member, bool]]) -> None:
        commands = [_arrival(member, chat, joined=joined) for member, joined in members]
        await self._system(meeting_id, commands)

    async def _system(self, meeting_id: MeetingId, commands: Iterable[object]) -> None:
        now = self._now()  # one moment: who comes together shares one message at the door

        def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
            return machine.decide_all(meeting, commands, by=SYSTEM, procedure=procedure, now=now)

        await self._record.commit(meeting_id, decide, now=now)


def _arrival(member: Member, chat: Chat, *, joined: bool) -> Arrive:
    sender = member.person
    return Arrive(
        person=person_id(sender),
        name=sender.name or "Unnamed guest",
        tenant=sender.tenant or chat.tenant,
        assurance=Assurance.ANONYMOUS if member.anonymous else Assurance.SIGNED_IN,
        address=sender.id,
        email=member.email or "",
        joined=joined,
    )


def _unlisted(sender: Sender) -> Member:
    return Member(person=sender, email=None, role=None if sender.aad_object_id else "anonymous")


def reachable(chat: Chat, sender: Sender | None = None) -> tuple[Reachable, ...]:
    """Return the ways to reach a chat, and the person who wrote, that an activity shows."""
    call = chat.meeting_id or ""
    ways = [Reachable(address=chat.id, service_url=chat.service_url, tenant=chat.tenant, call=call)]
    if sender is not None:
        private = chat.id if chat.kind == "personal" else ""
        ways.append(
            Reachable(address=sender.id, service_url=chat.service_url, tenant=chat.tenant, personal_chat=private)
        )
    return tuple(ways)
