"""Typed words: the few that chairs type while they talk, understood forgivingly. Words with content only in 1:1."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from cards.chairing import base_card, quorum_text
from cards.kit import Card, refreshed
from cards.sentences import sentence
from cards.short import together
from dialogs import words
from dialogs.across import Across
from dialogs.asking import Ask, Form, Show
from dialogs.engine import Engine, home_of
from dialogs.helping import help_for
from dialogs.matching import match_seats
from dialogs.ports import Record
from dialogs.words import HOW, Heard, suggestion, understand
from meeting.model import How, Meeting, MeetingId, PersonId, SeatId, StepId
from meeting.procedure import FieldType, Kind, Procedure
from meeting.refusals import FieldErrors, HeldBack, Refused
from meeting.running import agenda
from meeting.running.chairing import Hold, MoveBack, MoveOn, Resume, Start
from meeting.screens.board import board_screen
from meeting.steps import turns
from meeting.steps.safeguards import AddNote

_VIEWS: Mapping[str, str] = {
    "panel": "chairing.panel",
    "minutes": "minutes.read",
    "list": "actions.list",
    "deadlines": "follow_up.deadlines",
    "after": "afterwards.card",
    "invitations": "invitations.table",
    "prepare": "convening.prepare",
}
MOST_WORDS = 4  # of an agency's name, and of a line that is no more than a command


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the bot says back: a sentence or a card, and what is for the eyes of whoever wrote alone."""

    text: str = ""
    card: Card | None = None
    aside: str = ""  # for their 1:1 chat
    openly: str = ""  # in place of `text`, where they cannot be reached there


class Talk:
    """Answers typed words; whatever they do, they do through the same commands as the cards."""

    def __init__(self, *, engine: Engine, record: Record, now: Callable[[], datetime]) -> None:
        self._engine, self._record, self._now = engine, record, now
        self._across = Across(engine=engine, record=record, now=now)

    async def hear(self, person: PersonId, meeting_id: MeetingId, text: str, *, private: bool) -> Said:
        """Do what a line asks and say so; in the shared chat nothing confidential is said or taken."""
        heard = understand(text)
        if heard is None:
            return _not_understood(text, private=private)
        if not private and heard.word in words.CONTENT and heard.rest:
            return Said(text=words.NOT_TAKEN, aside=words.ASIDE, openly=words.PRIVATELY)
        if not private and heard.word in (*words.PRIVATE, *words.CONTENT):
            return Said(text=words.PRIVATELY)
        if heard.word in HOW and not heard.rest:
            return Said(text=HOW[heard.word])
        try:
            if heard.word == "panel" and not private:
                return await self._panel(person, meeting_id)
            return await self._do(person, meeting_id, heard)
        except HeldBack as held:
            labels = "; ".join(together(o.label for o in held.obstacles)[:4])
            said = f"Still missing: {labels}." if private else "Something is still missing: your card says what."
            return Said(text=said)
        except Refused as refused:
            return Said(text=sentence(refused.code, refused.details if private else ()))

    async def _panel(self, person: PersonId, meeting_id: MeetingId) -> Said:
        """Post one's own panel: the chat sees that it is there, its own client alone fetches what it says (SAN-3.1)."""
        meeting, _ = await self._record.read(meeting_id)
        known = meeting.people.get(person)
        card = refreshed(
            base_card(meeting.reference, "The panel you asked for", {}),
            "chairing.open",
            {},
            (known.address,) if known else (),
        )
        return Said(card=self._engine.seal(card, meeting_id, "", {"home": home_of("chairing.panel", {})}))

    async def _do(self, person: PersonId, meeting_id: MeetingId, heard: Heard) -> Said:
        meeting, procedure = await self._record.read(meeting_id)
        if heard.word == "help":
            return Said(text=await help_for(self._record, meeting, procedure, self._now()))
        simple = _SIMPLE.get(heard.word)
        if simple is not None:
            return simple(meeting, procedure, self._now())
        if heard.word in ("actions", "overdue", "report"):
            return Said(card=await self._everywhere(person, heard))
        view = _VIEWS.get(heard.word)
        if view is not None:
            return Said(card=await self._engine.show(person, meeting_id, Show(view=view)))
        commands = _commands(meeting, procedure, heard)
        ask: Ask[Form] = Ask(
            person=person,
            meeting_id=meeting_id,
            form=Form(),
            args={},
            inputs={},
            now=self._now(),
            record=self._record,
            nonce="",
            verb=heard.word,
        )
        try:
            done = await ask.do(*commands)
        except FieldErrors as missing:
            return await self._kept(ask, commands, missing)
        return Said(text=_confirmed(done.meeting, done.procedure, heard))

    async def _kept(self, ask: Ask[Form], commands: tuple[object, ...], missing: FieldErrors) -> Said:
        """Keep what was said for an agency whose form asks for more than words, and say what; the turn goes on."""
        match commands:
            case (turns.FinishTurn(only=None) as finish,):
                done = await ask.do(replace(finish, only=frozenset(finish.answers)))
                seat, step = done.meeting.seats[finish.seat], done.procedure.step(finish.step)
                asked = turns.questions_for(done.meeting, done.procedure, step, seat)
                labels = "; ".join(f.label for f in asked if f.key in missing.errors)
                return Said(text=f"{done.meeting.reference}: kept. The turn goes on: its form still asks: {labels}")
            case _:
                raise missing

    async def _everywhere(self, person: PersonId, heard: Heard) -> Card:
        if heard.word == "report":
            return await self._across.evidence(person, heard.rest)
        return await (self._across.own(person) if heard.word == "actions" else self._across.overdue(person))


def _commands(meeting: Meeting, procedure: Procedure, heard: Heard) -> tuple[object, ...]:
    match heard.word:
        case "next":
            return (MoveOn(visit=meeting.visit),)
        case "back":
            return (MoveBack(visit=meeting.visit),)
        case "hold":
            return (Hold(),)
        case "resume":
            return (Resume(),)
        case "start":
            return (Start(),)
        case "note":
            return (AddNote(text=heard.rest),)
        case "order":
            return (turns.SetOrder(step=_turns_step(meeting, procedure), seats=match_seats(heard.rest, meeting)),)
        case _:
            return (_on_behalf(meeting, procedure, heard.rest),)


def _turns_step(meeting: Meeting, procedure: Procedure) -> StepId:
    """Return the round that an order is for: the open one, else the next that lies ahead."""
    order = [s.id for s in procedure.agenda]
    at = order.index(meeting.step) if meeting.step in order else 0
    ahead = next((s for s in procedure.agenda[at:] if s.kind is Kind.TURNS), None)
    if ahead is None:
        raise Refused("no_turns_ahead")
    return ahead.id


def _on_behalf(meeting: Meeting, procedure: Procedure, said: str) -> turns.FinishTurn:
    """Return the live turn, ended with what was said for that agency; raises Refused where it is not their turn."""
    seats, text = _split(said, meeting)
    floor = meeting.floors.get(meeting.step)
    if floor is None or floor.live is None:
        raise Refused("nobody_speaks")
    seat = meeting.seats[floor.live.seat]
    if seat.id not in seats:
        raise Refused("another_speaks", seat.label)
    if not text:
        raise Refused("nothing_said")
    asked = turns.questions_for(meeting, procedure, agenda.current(meeting, procedure), seat)
    first = next((f.key for f in asked if f.type is FieldType.TEXT), "information")
    return turns.FinishTurn(
        step=meeting.step, seat=seat.id, turn=floor.live.number, answers={first: text}, how=How.HEARD
    )


def _split(said: str, meeting: Meeting) -> tuple[tuple[SeatId, ...], str]:
    """Return the seats that a line names first, and what follows; raises Refused for a name that is nobody's."""
    named, mark, text = (part.strip() for part in re.sub(",", ":", said, count=1).partition(":"))
    if mark and len(named.split()) <= MOST_WORDS:
        return match_seats(named, meeting), text
    parts = said.split()
    for size in range(min(MOST_WORDS, len(parts)), 0, -1):
        try:
            return match_seats(" ".join(parts[:size]), meeting), " ".join(parts[size:])
        except Refused:
            continue
    raise Refused("no_such_seat", parts[0])


def _confirmed(meeting: Meeting, procedure: Procedure, heard: Heard) -> str:
    """Return a sentence without content on what was done."""
    if heard.word in ("note", "on behalf"):
        return f"{meeting.reference}: recorded."
    board = board_screen(meeting, procedure)
    if heard.word == "order":
        floor = meeting.floors[_turns_step(meeting, procedure)]
        return f"{meeting.reference}: the order is {', '.join(meeting.seats[s].label for s in floor.order)}."
    if board.status == "running":
        return f"{meeting.reference}: step {board.number} of {board.count}, {board.step_label}."
    return f"{meeting.reference}: the meeting is {board.status}."


def _not_understood(text: str, *, private: bool) -> Said:
    """Return what is said to a line that means nothing here; whoever may have written content is told so alone."""
    near = suggestion(text)
    asked = f" Did you mean: {near}?" if near else ""
    line = sentence("not_understood") + asked
    if private or len(text.split()) <= MOST_WORDS:
        return Said(text=line)
    return Said(text=line, aside=words.ASIDE, openly=f"{line} {words.ELSEWHERE}")


def _who(meeting: Meeting, procedure: Procedure, now: datetime) -> Said:
    waited = board_screen(meeting, procedure).waited_for
    return Said(text=f"{meeting.reference}: waiting for {', '.join(waited) if waited else 'the chair'}.")


def _quorum(meeting: Meeting, procedure: Procedure, now: datetime) -> Said:
    return Said(text=f"{meeting.reference}: quorum {quorum_text(board_screen(meeting, procedure).quorum)}.")


def _thanked(meeting: Meeting, procedure: Procedure, now: datetime) -> Said:
    return Said(text=f"{meeting.reference}: gladly.")


_SIMPLE: Mapping[str, Callable[[Meeting, Procedure, datetime], Said]] = {
    "who": _who,
    "quorum": _quorum,
    "thanks": _thanked,
}
