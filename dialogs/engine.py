"""One press, from the sealed ticket to the card that answers it; every refusal becomes a card that helps on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from cards.kit import Card, fitted, refreshed, sealed
from cards.sentences import sentence
from dialogs import asking, verbs
from dialogs.asking import SENT_FOR, Ask, Reply, Show, Tell, read_form
from dialogs.carrying import as_args, carried, unseen
from dialogs.links import Links
from dialogs.ports import Record, Ways
from dialogs.reviewing import to_review
from meeting.model import Meeting, MeetingId, PersonId
from meeting.procedure import Procedure
from meeting.refusals import FieldErrors, HeldBack, NotAllowed, Refused, Stale
from meeting.screens.frame import Args, Look
from procedures.offered import Offered
from procedures.pathways import Pathways

AUTOMATIC = frozenset({"chairing.open"})  # what a client may fetch by itself; it writes nothing
POSTED_AS = "posted_as"  # in a ticket that everybody's card carries: the key that its message became
MAX_INPUT = 8000  # characters; a longer one is no form's


class Forged(Exception):
    """A ticket that was not made here, or not for this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a button addresses: its meeting, whom its card was drawn for ("" for all), and its form's nonce."""

    meeting: MeetingId
    person: str
    nonce: str
    args: Args


class Tickets(Protocol):
    """Seals tickets, so that nobody can read or change them."""

    def seal(self, ticket: Ticket) -> str: ...

    def open(self, text: str) -> Ticket:
        """Return the ticket; raises Forged."""
        ...

    def nonce(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer to a press: a card for this person, or one sentence."""

    card: Card | None = None
    text: str = ""
    refused: bool = False
    linked: MeetingId | None = None  # the meeting that this press tied to its chat


class Engine:
    """Carries out presses; knows verbs, views, tickets and the record, and nothing of any channel."""

    def __init__(
        self,
        *,
        record: Record,
        tickets: Tickets,
        now: Callable[[], datetime],
        pathways: Pathways | None = None,
        procedures: Offered | None = None,
        links: Links | None = None,
        ways: Ways | None = None,
    ) -> None:
        self._record = record
        self._tickets = tickets
        self._now = now
        self.pathways = pathways or Pathways()
        self.procedures = procedures or Offered()
        self._ways = ways
        self._links = links if links is not None and links.public_url else None

    @property
    def calendars(self) -> bool:
        """Tell whether this deployment has a page that hands out calendar files."""
        return self._links is not None

    def meeting_of(self, data: Mapping[str, object]) -> MeetingId | None:
        """Return the meeting that a press is about, or None where its ticket is not genuine."""
        ticket = self._opened(data)
        return (ticket.meeting or None) if ticket is not None else None

    def posted_as(self, data: Mapping[str, object]) -> tuple[MeetingId, str] | None:
        """Return the meeting and the key of the message that everybody's card stands on; None for one's own card."""
        ticket = self._opened(data)
        key = ticket.args.get(POSTED_AS, "") if ticket is not None else ""
        return (ticket.meeting, key) if ticket is not None and key else None

    async def press(
        self, person: PersonId, verb: str, data: Mapping[str, object], *, automatic: bool = False
    ) -> Answered:
        """Carry out one press; nothing in `data` but the sealed ticket is trusted."""
        ticket = self._opened(data)
        if ticket is None or ticket.person not in ("", person):
            return Answered(text=sentence("not_your_card" if ticket else "forged"), refused=True)
        known = verbs.find(verb)
        if known is None or (automatic and verb not in AUTOMATIC):
            return Answered(text=sentence("unknown_verb"), refused=True)
        inputs = carried(ticket.args) | {k: str(v) for k, v in data.items() if k != "t" and v is not None}
        if any(len(v) > MAX_INPUT for v in inputs.values()):
            return Answered(text=sentence("too_long"), refused=True)
        ask: Ask[asking.Form] = Ask(
            person=person,
            meeting_id=ticket.meeting,
            form=read_form(known.form, ticket.args, inputs),
            args=ticket.args,
            inputs=inputs,
            now=self._now(),
            record=self._record,
            nonce=ticket.nonce if ticket.person else "",
            verb=verb,
            pathways=self.pathways,
            procedures=self.procedures,
            links=self._links,
            ways=self._ways,
        )
        return await self._answer(ask, known)

    def _opened(self, data: Mapping[str, object]) -> Ticket | None:
        """Return the ticket of a press, or None where it was not made here."""
        try:
            return self._tickets.open(str(data.get("t", "")))
        except Forged:
            return None

    async def _answer(self, ask: Ask[asking.Form], known: asking.Verb) -> Answered:
        try:
            reply: Reply = await known.handler(ask)
        except Refused as refusal:
            return await self._refused(ask, refusal)
        match reply:
            case Tell(text=text):
                return Answered(text=text)
            case Show(meeting=named, linked=linked):
                about = named or ask.meeting_id
                look = await self._look(await ask.read(about), ask.person, reply)
                card = self._drawn(look, reply.view, home=_home(ask.args), along=carried(ask.args))
                return Answered(card=card, linked=about if linked else None)

    async def _refused(self, ask: Ask[asking.Form], refusal: Refused) -> Answered:
        """Return the same form with what is wrong, or, where it is stale, what was typed."""
        at = json.loads(ask.args.get("at", "{}"))
        view = ask.args.get("view", "chairing.mine")
        if isinstance(refusal, Stale):
            view = "chairing.kept"
        elif isinstance(refusal, NotAllowed) and not ask.args.get("view"):
            return Answered(text=sentence(refusal.code, refusal.details), refused=True)
        again = Show(view=view, args=at, typed=ask.inputs)
        along = ask.inputs if isinstance(refusal, FieldErrors) else {}
        look = replace(await self._look(await ask.read(ask.meeting_id), ask.person, again), problem=refusal)
        card = self._drawn(look, view, home=_home(ask.args), along=along)
        return Answered(card=card, refused=not isinstance(refusal, HeldBack))

    async def arrived(self, person: PersonId, meeting_id: MeetingId) -> Answered:
        """Return the panel of somebody who tied a meeting to its chat, drawn once they have come through the door."""
        shown = Show(view="chairing.panel", done="convened")
        return Answered(card=await self.show(person, meeting_id, shown), linked=meeting_id)

    async def show(self, person: PersonId, meeting_id: MeetingId, show: Show) -> Card:
        """Return a view for somebody, sealed, as the meeting stands now."""
        return self._drawn(await self._look(await self._record.read(meeting_id), person, show), show.view)

    async def _look(self, read: tuple[Meeting, Procedure], person: PersonId, show: Show) -> Look:
        meeting, procedure = read
        look = Look(
            meeting=meeting,
            procedure=procedure,
            person=person,
            now=self._now(),
            args=show.args,
            typed=show.typed,
            done=show.done,
            calendar=self.calendars,
        )
        return replace(look, review=await to_review(self._record, look))

    def _drawn(self, look: Look, view: str, *, home: str = "", along: Iterable[str] = ()) -> Card:
        """Return a view for somebody, sealed; their own client fetches what the message is for (`home`) again.

        Of what was typed, the inputs named by `along` go along where the card shows another page.
        """
        card = asking.draw(view, look)
        address = look.meeting.people[look.person].address if look.person in look.meeting.people else ""
        if address:  # a re-fetch comes back to the page of a half-filled form
            own = home_of(view, look.args)
            back = own if look.args.get("draft") or not home else home
            card = refreshed(card, "chairing.open", {"home": back, SENT_FOR: home}, (address,))
        origin = {"view": view, "at": _plain(look.args), "home": home}
        held_over = unseen(card, {k: v for k, v in look.typed.items() if k in set(along)})
        return fitted(self.seal(card, look.meeting.id, look.person, {**origin, **as_args(held_over)}))

    def seal(self, card: Card, meeting_id: MeetingId, person: str, origin: Args) -> Card:
        """Return the card with tickets for this person ("" for a card that everybody sees)."""
        nonce = self._tickets.nonce()

        def ticket(own: Mapping[str, str]) -> str:
            made = Ticket(meeting=meeting_id, person=person, nonce=nonce, args={**origin, **own})
            return self._tickets.seal(made)

        return sealed(card, ticket)


def _home(args: Args) -> str:
    """Return what a message is for, whatever page of a form its client has fetched again."""
    return args.get(SENT_FOR, args.get("home", ""))


def home_of(view: str, args: Args) -> str:
    """Return what a message is for, as its buttons carry it: the view that a client's own refresh goes back to."""
    return _plain({"show": view, **args})


def _plain(args: Args) -> str:
    """Return an address as text: letters beyond ASCII as they are, for a ticket holds it once more."""
    return json.dumps(dict(args), ensure_ascii=False)


def admitted_addresses(meeting: Meeting) -> tuple[str, ...]:
    """Return where the clients of everybody with a seat are reached, for a shared card's refresh."""
    return tuple(p.address for p in meeting.admitted() if p.address)
