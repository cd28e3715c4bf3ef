"""Reaching one seat or person: the channel is found when a message is sent, Teams first, e-mail where it must be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.mail.postman import MailRefused, Postman
from bot.outside import for_teams
from bot.sending.enclosing import Enclosing
from bot.sending.messages import Moment, marked_again
from bot.sending.rendering import has_letter, has_message, letter_for, message_for
from bot.teams.connector import Connector
from bot.teams.failures import ChatGone, MessageGone, PersonBlocked, Refused413, Rejected
from bot.teams.inbound import Chat
from dialogs.engine import Engine
from dialogs.links import Links
from dialogs.places import is_web
from dialogs.ports import Directory, Reachable
from meeting.before.mailboxes import refused_mailbox
from meeting.door.arriving import leads_to, sent_away
from meeting.model import Assurance, Person, Seat, Standing
from meeting.telling.delivery import ENCLOSED
from meeting.telling.notices import MAILTO

log = structlog.get_logger(__name__)
TEAMS, EMAIL = "Teams", "e-mail"
FINAL = (ChatGone, PersonBlocked, Refused413, Rejected)


class Unreachable(Exception):
    """Neither Teams nor e-mail reaches them; the message is a code for the chair and the administrator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of a message: by which way it went, and as what in which chat."""

    how: str
    activity: str | None = None
    chat: str = ""


class Courier:
    """Takes one row to the people of one seat."""

    def __init__(
        self,
        *,
        directory: Directory,
        connector: Connector,
        engine: Engine,
        postman: Postman,
        links: Links,
        enclosing: Enclosing,
    ) -> None:
        self._directory, self._connector, self._engine = directory, connector, engine
        self._postman, self._links, self._enclosing = postman, links, enclosing

    async def deliver(self, at: Moment, known: tuple[str, str] | None) -> Sent | None:
        """Send a row; None where nobody needs it any more. Raises Unreachable, TryLater or MailPutOff."""
        enclosed = await self._with_the_paper(at)
        if enclosed is not None:
            return enclosed
        if not has_message(at.row.kind):
            return await self._by_mail(at) if letter_for(at, self._links) is not None else None
        activity = message_for(at, self._engine)
        if activity is None:
            return None
        return await self.in_teams(at, known, activity) or await self._by_mail(at)

    async def in_teams(self, at: Moment, known: tuple[str, str] | None, activity: Mapping[str, Any]) -> Sent | None:
        """Send to the first of the row's people who has a chat of their own with the bot; None where nobody has."""
        async for way in self._ways(at):
            try:
                chat = await self._personal(way)
                posted = await self.post(chat, known, activity, repeat=at.row.repeat)
                return Sent(how=TEAMS, activity=posted, chat=chat.id)
            except FINAL as refused:
                log.info("reach.not_in_teams", row=at.row.id, error=type(refused).__name__)
        return None

    async def post(
        self, chat: Chat, known: tuple[str, str] | None, activity: Mapping[str, Any], *, repeat: bool
    ) -> str | None:
        """Edit the message that is there, or post one; a message that somebody deleted is posted again.

        What may have been posted before says so (`repeat`); an edit is there once, however often it is made.
        """
        activity = for_teams(marked_again(activity) if repeat and known is None else activity)
        if known is not None and known[1] and known[0] == chat.id:
            try:
                await self._connector.update(chat, known[1], activity)
            except MessageGone:
                return await self._connector.send(chat, activity)
            return known[1]
        return await self._connector.send(chat, activity)

    async def _ways(self, at: Moment) -> AsyncIterator[Reachable]:
        """Yield where the row's people may be met in Teams: who sits there first, then whom the seat was invited by."""
        met: set[str] = set()
        for person in _people(at):
            if person.assurance is not Assurance.SIGNED_IN:
                continue
            known_by = person.id if is_web(person.address) else ""  # who stayed away, and signed in to read
            found = await (self._directory.named(known_by) if known_by else self._directory.find(person.address))
            if found is not None:
                met.add(found.address)
                yield found
        for identity in _identities(at):
            found = await self._directory.named(identity)
            if found is not None and found.address not in met:
                met.add(found.address)
                yield found

    async def _personal(self, way: Reachable) -> Chat:
        """Return the 1:1 chat with somebody, opened where it is not known yet."""
        if not way.personal_chat:
            opened = await self._connector.create_personal_chat(way.address, way.tenant, way.service_url)
            way = replace(way, personal_chat=opened)
            await self._directory.remember(way)
        return Chat(id=way.personal_chat, kind="personal", tenant=way.tenant, service_url=way.service_url)

    async def _with_the_paper(self, at: Moment) -> Sent | None:
        """Send the minutes themselves to a mailbox that may have them; None where none may, or none takes them."""
        for agency, mailbox in _mailboxes(at):
            if not self._enclosing.may(at, mailbox) or refused_mailbox(at.meeting, agency, mailbox):
                continue
            letter = await self._enclosing.letter(at, self._links) if self._postman.working else None
            if letter is None:
                return None
            try:
                await self._postman.send(letter, mailbox, about=f"{at.meeting.id} {at.row.key} enclosed")
            except MailRefused:
                continue
            return Sent(how=ENCLOSED)
        return None

    async def _by_mail(self, at: Moment) -> Sent:
        if not has_letter(at.row.kind):
            raise Unreachable("teams_only")
        if not self._postman.working:
            raise Unreachable("no_mail_server")
        boxes = tuple(_mailboxes(at))
        if not boxes:
            raise Unreachable("no_address")
        why = ""
        for agency, mailbox in boxes:
            why = "" if _named_by_the_protocol(at) else refused_mailbox(at.meeting, agency, mailbox)
            if why:
                continue
            letter = letter_for(at, self._links)
            if letter is None:
                raise Unreachable("no_letter")
            about = f"{at.meeting.id} {at.row.key} {at.row.due.isoformat()}"
            try:
                await self._postman.send(letter, mailbox, about=about)
            except MailRefused:
                why = "address_refused"
                continue
            return Sent(how=EMAIL)
        raise Unreachable(why)


def _people(at: Moment) -> tuple[Person, ...]:
    """Return who sits on the row's seat, those in the meeting first; or the person it names; nobody removed."""
    return tuple(p for p in at.people() if p.standing is not Standing.REMOVED)


def _identities(at: Moment) -> Iterable[str]:
    """Yield the Entra id and the address that the seat was invited by; nothing where somebody else sits there."""
    seat = at.seat()
    if seat is not None and not at.row.person and not _people(at) and not sent_away(at.meeting, seat):
        yield from filter(None, (seat.aad, seat.email))


def _named_by_the_protocol(at: Moment) -> bool:
    """Tell whether a row goes to an address of the procedure's own: it is of no agency, and on no agency's list."""
    return at.row.person.startswith(MAILTO)


def _mailboxes(at: Moment) -> Iterable[tuple[str, str]]:
    """Yield (agency, mailbox) of the row's people: their own first, then the one that the seat was invited by."""
    if _named_by_the_protocol(at):
        yield "", at.row.person.removeprefix(MAILTO)
        return
    seat = at.seat()
    agency = seat.agency if seat else ""
    people = _people(at) if has_message(at.row.kind) else ()  # a proof goes to the invited address and nowhere else
    found = [p.email for p in people] + ([seat.email] if seat and _leads_to_them(at, seat) else [])
    yield from ((agency, box) for box in dict.fromkeys(filter(None, found)))


def _leads_to_them(at: Moment, seat: Seat) -> bool:
    """Tell whether the mailbox that a seat was invited by is of whom a row is for, or may be."""
    if sent_away(at.meeting, seat):
        return False
    return not at.row.person or any(leads_to(seat, p) for p in at.people())
