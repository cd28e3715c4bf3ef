"""Typed words: the few that chairs type while they talk, understood forgivingly. Words with content only in 1:1."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cards.chairing import base_card, quorum_text
from cards.frame import sentence
from cards.kit import Card, refreshed
from dialogs.across import Across
from dialogs.asking import Ask, Form, Show
from dialogs.engine import Engine, home_of
from dialogs.matching import match_seats
from dialogs.ports import Record
from meeting.model import How, Meeting, MeetingId, PersonId
from meeting.procedure import FieldType, Procedure
from meeting.refusals import HeldBack, Refused
from meeting.running import agenda
from meeting.running.chairing import Hold, MoveBack, MoveOn, Resume, Start
from meeting.screens.board import board_screen
from meeting.steps import turns
from meeting.steps.safeguards import AddNote
from procedures.notices import companions, known_by, notices

SAME: Mapping[str, str] = {
    "go on": "next",
    "continue": "next",
    "move on": "next",
    "go back": "back",
    "previous": "back",
    "pause": "hold",
    "wait": "hold",
    "unpause": "resume",
    "begin": "start",
    "who's here": "quorum",
    "who is here": "quorum",
    "who are we waiting for": "who",
    "who is next": "who",
    "?": "help",
    "commands": "help",
    "my part": "panel",
    "card": "panel",
    "draft": "minutes",
    "my actions": "actions",
    "action list": "list",
    "what is overdue": "overdue",
    "deadline": "deadlines",
    "clocks": "deadlines",
    "updates": "after",
    "after the meeting": "after",
    "new meeting": "convene",
    "call a meeting": "convene",
    "invite": "invitations",
}
SHARED = ("next", "back", "who", "quorum", "hold", "resume", "start", "help", "panel")
PRIVATE = ("minutes", "actions", "list", "overdue", "deadlines", "after", "invitations", "prepare", "convene")
_VIEWS: Mapping[str, str] = {
    "panel": "chairing.panel",
    "minutes": "minutes.read",
    "list": "actions.list",
    "deadlines": "follow_up.deadlines",
    "after": "afterwards.card",
    "invitations": "invitations.table",
    "prepare": "convening.prepare",
}
HELP = (
    "next · back · hold · resume · who (we wait for) · quorum · order police, health, school · help. "
    "Only in our 1:1 chat: convene · invitations · prepare · actions (yours, in all your meetings) · list (of one "
    "meeting) · deadlines · overdue · after (the meeting) · minutes · note TEXT · on behalf of AGENCY: TEXT."
)
PRIVATELY = "Please write that to me in our 1:1 chat: here everybody in the chat would see it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A word that was understood, with what came after it."""

    word: str
    rest: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the bot says back: a sentence, a card, or both."""

    text: str = ""
    card: Card | None = None


def understand(text: str) -> Heard | None:
    """Return the word that a line means, or None; small slips of spelling and polite words do not matter."""
    line = re.sub(r"\s+", " ", text).strip().rstrip("!.")
    lower = line.lower()
    behalf = re.match(r"on behalf of ([^:,]+?)\s*[:,]\s*(.+)|on behalf of (\w+) (.+)", line, re.IGNORECASE)
    if behalf:
        seat, rest, short, tail = behalf.groups()
        return Heard(word="on behalf", seat=seat or short, rest=rest or tail)
    for opening in ("order", "note"):
        if lower.startswith((f"{opening} ", f"{opening}:")):
            return Heard(word=opening, rest=line[len(opening) :].lstrip(" :"))
    lower = re.sub(r"\b(please|now|thanks|thank you|step)\b", "", lower).strip(" ,?")
    lower = SAME.get(lower, lower) if lower else SAME.get(text.strip(), "")
    close = difflib.get_close_matches(lower, (*SHARED, *PRIVATE, *SAME), n=1, cutoff=0.75)
    return Heard(word=SAME.get(close[0], close[0])) if close else None


def about_held(text: str) -> bool:
    """Tell whether a line asks about a meeting that was held, rather than about one that lies ahead."""
    heard = understand(text)
    return heard is not None and heard.word in (*PRIVATE, "note") and heard.word not in ("invitations", "prepare")


class Talk:
    """Answers typed words; whatever they do, they do through the same commands as the cards."""

    def __init__(self, *, engine: Engine, record: Record, now: Callable[[], datetime]) -> None:
        self._engine, self._record, self._now = engine, record, now
        self._across = Across(engine=engine, record=record, now=now)

    async def hear(self, person: PersonId, meeting_id: MeetingId, text: str, *, private: bool) -> Said:
        """Do what a line asks and say so; in the shared chat nothing confidential is said or taken."""
        heard = understand(text)
        if heard is None:
            return Said(text=sentence("not_understood"))
        if not private and heard.word in (*PRIVATE, "note", "on behalf"):
            return Said(text=PRIVATELY)
        try:
            if heard.word == "panel" and not private:
                return await self._panel(person, meeting_id)
            return await self._do(person, meeting_id, heard)
        except HeldBack as held:
            labels = "; ".join(o.label for o in held.obstacles[:4])
            said = f"Still missing: {labels}." if private else "Something is still missing: your card says what."
            return Said(text=said)
        except Refused as refused:
            return Said(text=sentence(refused.code, refused.details if private else ()))

    async def _panel(self, person: PersonId, meeting_id: MeetingId) -> Said:
        """Post one's own panel: the chat sees that it is there, its own client alone fetches what it says (SAN-3.1)."""
        meeting, _ = await self._record.read(meeting_id)
        known = meeting.people.get(person)
        card = refreshed(
            base_card(meeting.reference, "Panel", {}), "chairing.open", {}, (known.address,) if known else ()
        )
        return Said(card=self._engine.seal(card, meeting_id, "", {"home": home_of("chairing.panel", {})}))

    async def _do(self, person: PersonId, meeting_id: MeetingId, heard: Heard) -> Said:
        meeting, procedure = await self._record.read(meeting_id)
        simple = _SIMPLE.get(heard.word)
        if simple is not None:
            return simple(meeting, procedure, self._now())
        if heard.word in ("actions", "overdue"):
            across = self._across
            return Said(card=await (across.own(person) if heard.word == "actions" else across.overdue(person)))
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
        done = await ask.do(*commands)
        return Said(text=_confirmed(done.meeting, done.procedure, heard))


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
            return (turns.SetOrder(step=meeting.step, seats=match_seats(heard.rest, meeting)),)
        case _:
            return (_on_behalf(meeting, procedure, heard),)


def _on_behalf(meeting: Meeting, procedure: Procedure, heard: Heard) -> turns.FinishTurn:
    """Return the live turn, ended with what was said for that agency; raises Refused where it is not their turn."""
    floor = meeting.floors.get(meeting.step)
    seats = match_seats(heard.seat, meeting)
    if floor is None or floor.live is None or floor.live.seat not in seats:
        raise Refused("turn_over")
    seat = meeting.seats[floor.live.seat]
    asked = turns.questions_for(meeting, procedure, agenda.current(meeting, procedure), seat)
    first = next((f.key for f in asked if f.type is FieldType.TEXT), "information")
    return turns.FinishTurn(
        step=meeting.step, seat=seat.id, turn=floor.live.number, answers={first: heard.rest}, how=How.HEARD
    )


def _confirmed(meeting: Meeting, procedure: Procedure, heard: Heard) -> str:
    """Return a sentence without content on what was done."""
    if heard.word in ("note", "on behalf"):
        return f"{meeting.reference}: recorded."
    board = board_screen(meeting, procedure)
    if heard.word == "order":
        return f"{meeting.reference}: the order is {', '.join(board.order)}."
    if board.status == "running":
        return f"{meeting.reference}: step {board.number} of {board.count}, {board.step_label}."
    return f"{meeting.reference}: the meeting is {board.status}."


def _who(meeting: Meeting, procedure: Procedure, now: datetime) -> Said:
    waited = board_screen(meeting, procedure).waited_for
    return Said(text=f"{meeting.reference}: waiting for {', '.join(waited) if waited else 'the chair'}.")


def _quorum(meeting: Meeting, procedure: Procedure, now: datetime) -> Said:
    return Said(text=f"{meeting.reference}: quorum {quorum_text(board_screen(meeting, procedure).quorum)}.")


def _help(meeting: Meeting, procedure: Procedure, now: datetime) -> Said:
    """Return the words, and what the procedure is to be read with (CORE-2)."""
    lines = [HELP, f"Procedure: {', '.join(known_by(procedure))}."]
    lines += [str(line) for line in (*companions(procedure), *notices(procedure, today=now.date()))]
    return Said(text="\n\n".join(lines))


_SIMPLE: Mapping[str, Callable[[Meeting, Procedure, datetime], Said]] = {
    "who": _who,
    "quorum": _quorum,
    "help": _help,
}
