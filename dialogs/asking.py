"""Verbs and views: how a press becomes a command, and how what somebody may see becomes a card.

A verb is named `kind.act` and takes one typed form; a view is named `kind.screen`. Both register here; the engine
(`dialogs/engine.py`) finds them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

from cards.kit import Card
from dialogs.links import Links
from dialogs.ports import Committed, Receipt, Record, Ways
from meeting import machine
from meeting.model import Entry, Meeting, MeetingId, PersonId, Slot
from meeting.procedure import Procedure
from meeting.screens.frame import Args, Look
from procedures.offered import Offered
from procedures.pathways import Pathways

SENT_FOR = "sent_for"  # in a ticket: what its message is for; no form has a field of this name


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a press brings. Fields marked `ticket()` come from the sealed ticket, all others from the inputs."""


def ticket(default: str = "") -> Any:
    """Mark a form's field as sealed: the person who presses cannot have changed it."""
    return field(default=default, metadata={"ticket": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotForm(Form):
    """A press about one place in the record."""

    step: str = ticket()
    part: str = ticket()
    subject: str = ticket()

    @property
    def slot(self) -> Slot:
        """Return the place."""
        return Slot(step=self.step, part=self.part, subject=self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberForm(Form):
    """A press about one action."""

    number: str = ticket("0")


F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """The reply is a view, with a word on what was done."""

    view: str
    args: Mapping[str, str] = field(default_factory=dict)
    done: str = ""
    meeting: MeetingId | None = None  # another meeting than the press was about
    linked: bool = False  # the meeting is held in this chat from now on
    typed: Mapping[str, str] = field(default_factory=dict)  # what was typed so far, where a form is only redrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """The reply is one sentence."""

    text: str


Reply = Show | Tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Generic[F]):
    """One press of one person on one form."""

    person: PersonId
    meeting_id: MeetingId
    form: F
    args: Args
    inputs: Mapping[str, str]
    now: datetime
    record: Record
    nonce: str
    verb: str
    pathways: Pathways = field(default_factory=Pathways)
    procedures: Offered = field(default_factory=Offered)
    links: Links | None = None  # None: this deployment has no page
    ways: Ways | None = None  # None: nobody knows which way a message would take
    seen: dict[MeetingId, tuple[Meeting, Procedure]] = field(default_factory=dict)  # as this press last saw or left it

    async def read(self, meeting_id: MeetingId) -> tuple[Meeting, Procedure]:
        """Return a meeting as this press last saw or left it, else the newest; raises KeyError."""
        if meeting_id not in self.seen:
            self.seen[meeting_id] = await self.record.read(meeting_id)
        return self.seen[meeting_id]

    async def do(self, *commands: object) -> Committed:
        """Carry commands out as one durable change, under this form's nonce; raises Refused."""
        return await self.decide(lambda _meeting, _procedure: commands)

    async def decide(self, choose: Callable[[Meeting, Procedure], tuple[object, ...]]) -> Committed:
        """As `do`, with commands that depend on the newest state."""

        def entries(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
            chosen = choose(meeting, procedure)
            return machine.decide_all(meeting, chosen, by=self.person, procedure=procedure, now=self.now)

        receipt = Receipt(nonce=self.nonce, person=self.person, verb=self.verb) if self.nonce else None
        self.seen.pop(self.meeting_id, None)  # whoever is refused looks again, for the meeting may have moved on
        made = await self.record.commit(self.meeting_id, entries, now=self.now, receipt=receipt)
        self.seen[self.meeting_id] = made.meeting, made.procedure
        return made

    async def look(self) -> Look:
        """Return what this person looks at now."""
        meeting, procedure = await self.read(self.meeting_id)
        return Look(meeting=meeting, procedure=procedure, person=self.person, now=self.now, args=self.args)


Handler = Callable[[Ask[Any]], Awaitable[Reply]]
View = Callable[[Look], Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A thing that a person may do."""

    name: str
    form: type[Form]
    handler: Handler


_verbs: dict[str, Verb] = {}
_views: dict[str, View] = {}


def verb(
    name: str, *, form: type[F]
) -> Callable[[Callable[[Ask[F]], Awaitable[Reply]]], Callable[[Ask[F]], Awaitable[Reply]]]:
    """Register what happens when somebody presses a button of this verb."""

    def register(handler: Callable[[Ask[F]], Awaitable[Reply]]) -> Callable[[Ask[F]], Awaitable[Reply]]:
        assert name not in _verbs, name
        _verbs[name] = Verb(name=name, form=form, handler=handler)
        return handler

    return register


def view(name: str) -> Callable[[View], View]:
    """Register how a screen is drawn for somebody."""

    def register(draw: View) -> View:
        assert name not in _views, name
        _views[name] = draw
        return draw

    return register


def verbs() -> Mapping[str, Verb]:
    """Return every verb by its name."""
    return _verbs


def draw(name: str, look: Look) -> Card:
    """Return the card of a view; raises KeyError for an unknown one."""
    return _views[name](look)


def views() -> Mapping[str, View]:
    """Return every view by its name."""
    return _views


def read_form(form: type[F], args: Args, inputs: Mapping[str, str]) -> F:
    """Return the typed form of a press. Ticket fields come from `args`; a text input may be absent.

    `Answers` takes every input named `<field>.<key>`; lists come comma-separated as Teams sends them.
    """
    values: dict[str, Any] = {}
    for spec in fields(form):
        if spec.metadata.get("ticket"):
            values[spec.name] = args.get(spec.name, spec.default)
        elif str(spec.type) == "Answers":
            start = f"{spec.name}."
            values[spec.name] = {k.removeprefix(start): v for k, v in inputs.items() if k.startswith(start)}
        elif spec.name in inputs:
            values[spec.name] = _value(str(spec.type), inputs[spec.name])
    return form(**values)


def _value(kind: str, raw: str) -> Any:
    match kind:
        case "bool":
            return raw == "true"
        case "tuple[str, ...]":
            # Teams joins what was chosen by commas, and a name may hold one: pieces read as chosen once joined by ", ".
            return tuple(one for v in raw.split(",") if (one := v.strip()))
        case _:
            return raw.strip()
