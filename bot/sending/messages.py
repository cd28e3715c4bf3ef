"""Rows of the outbox turned into Teams messages, at the moment they are sent: relevant still, and rendered fresh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.teams.failures import TryLater
from bot.teams.outbound import sentence, with_card
from cards import chairing as words
from cards.actions import list_card
from cards.form_titles import IN_CHAT
from cards.kit import Card, plain, refreshed
from dialogs.engine import POSTED_AS, Engine, admitted_addresses, home_of
from dialogs.forms import FORM_VIEWS
from dialogs.ports import Row
from meeting.before.passing import former_seat, is_former
from meeting.door.knocking import company, waited_for
from meeting.model import Meeting, Person, PersonId, Seat, SeatId, Standing
from meeting.procedure import Procedure
from meeting.running import agenda
from meeting.running.silence import SILENT, busy_until, still_silent
from meeting.screens.actions import list_screen
from meeting.screens.board import board_screen
from meeting.steps.captions import lead

CLOSED: Mapping[str, str] = {"call": "The meeting has begun", "round": "The turns are over"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One row with the meeting as it is when the row is sent."""

    row: Row
    meeting: Meeting
    procedure: Procedure
    now: datetime

    def people(self) -> tuple[Person, ...]:
        """Return whom the row is for, those in the meeting first: who sits on its seat, or the one whom it means."""
        if self.row.seat is None:
            return tuple(p for p in self.meeting.people.values() if p.id == self.row.person)
        if is_former(self.row.subject):
            return ()
        meant = self.meeting.people.get(PersonId(self.row.person))  # from another browser too
        here = (p for p in self.meeting.occupants(self.row.seat) if meant is None or p.name == meant.name)
        return tuple(sorted(here, key=lambda p: (not p.present, not p.stays)))

    def person(self) -> Person | None:
        """Return whom the row is for first of all."""
        return next(iter(self.people()), None)

    def seat(self) -> Seat | None:
        """Return the seat that the row goes to, one that was taken back too; or its person's."""
        person = self.person()
        seat = self.row.seat or (person.seat if person else None)
        found = self.meeting.seats.get(seat) or self.meeting.withdrawn.get(seat) if seat else None
        return former_seat(self.meeting, found, self.row.subject) if found else None


def board(at: Moment, engine: Engine) -> Mapping[str, Any]:
    """Return the shared board."""
    card = words.board_card(board_screen(at.meeting, at.procedure))
    return shared(at, engine, card, home_of("chairing.panel", {}), admitted_addresses(at.meeting))


def step(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the open step's message, unless it has been left."""
    meeting = at.meeting
    if at.row.subject != str(meeting.visit):
        return None
    step = agenda.current(meeting, at.procedure)
    ids = [s.id for s in agenda.steps(meeting, at.procedure)]
    place = f"Step {ids.index(step.id) + 1} of {len(ids)}: {step.label}" if step.id in ids else step.label
    home = home_of("chairing.mine", {"visit": at.row.subject})
    card = words.base_card(meeting.reference, place, {}, why=words.EACH)
    return shared(at, engine, card, home, admitted_addresses(meeting))


def turn(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the live turn's message, unless it has ended."""
    step, _, number = at.row.subject.partition(":")
    floor = at.meeting.floors.get(step)
    if floor is None or floor.live is None or str(floor.live.number) != number:
        return None
    seat = at.meeting.seats[floor.live.seat]
    people = tuple(p for p in at.meeting.occupants(seat.id) if p.present)
    scribes = _scribes(at.meeting)
    reached = tuple(dict.fromkeys(p.address for p in (*people, *scribes)))
    home = home_of("turns.turn", {"step": step, "turn": number})
    return base_message(at, engine, f"It is the turn of {seat.label}", home, reached, mention=people)


def form(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the form that somebody asked for."""
    person = at.person()
    if person is None or person.standing is not Standing.SEATED or person.by_telephone:
        return None
    if at.row.subject == "late":
        home = home_of("chairing.mine", {"visit": str(at.meeting.visit)})
        return base_message(
            at, engine, "You are in: where the meeting stands", home, (person.address,), mention=(person,)
        )
    name, _, subject = at.row.subject.partition(":")
    if name not in FORM_VIEWS:
        return None
    home = home_of(FORM_VIEWS[name], {"subject": subject} if subject else {})
    return base_message(at, engine, IN_CHAT[name], home, (person.address,), mention=(person,))


def question(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return a question, with those it is put to."""
    question = next((q for q in at.meeting.questions if q.id == at.row.subject), None)
    if question is None:
        return None
    label = at.meeting.seats[SeatId(question.to)].label if question.to in at.meeting.seats else question.to_label
    done = "" if question.open else ", answered"
    addressed = [p for p in at.meeting.attendees() if _addressed(at.meeting, p, question.to)] if question.open else []
    home = home_of("questions.question", {"id": question.id})
    line = f"Question {question.id[1:]} to {label}{done}"
    return base_message(at, engine, line, home, admitted_addresses(at.meeting), mention=addressed)


def _addressed(meeting: Meeting, person: Person, to: str) -> bool:
    seat = meeting.seat_of(person.id)
    return seat is not None and to in (seat.id, seat.agency)


def close(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the closed line of an old message; a door at which somebody waits still is not closed."""
    kind, _, rest = at.row.subject.partition(":")
    reference = at.meeting.reference
    if kind == "door" and waited_for(at.meeting, at.row.subject):
        return None
    if kind == "step" and rest.isdigit() and int(rest) <= len(at.meeting.visits):
        visit = at.meeting.visits[int(rest) - 1]
        state = "skipped" if visit.skipped else "done"
        card = words.closed_line(reference, f"{lead(at.procedure.step(visit.step).label)} {state}")
        home = home_of("chairing.mine", {"visit": rest})
        return shared(at, engine, card, home, admitted_addresses(at.meeting))
    if kind == "turn":
        step, _, number = rest.partition(":")
        card = words.closed_line(reference, f"Turn {number}: ended")
        return shared(at, engine, card, home_of("turns.turn", {"step": step, "turn": number}), ())
    if kind == "offer":
        home = home_of("chairing.panel", {})
        return base_message(
            at, engine, "This meeting is held in this chat", home, tuple(p.address for p in _scribes(at.meeting))
        )
    return with_card(words.closed_line(reference, CLOSED.get(kind, "Done")), reference)


def door(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the question at the door, unless it is answered; who came together shares it."""
    somebody = next((p for p in at.meeting.people.values() if p.id == at.row.subject), None)
    waiting = company(at.meeting, somebody) if somebody is not None else ()
    if not waiting:
        return None
    scribes = _scribes(at.meeting)
    home = home_of("admission.door", {"subject": at.row.subject})
    line = "Somebody is at the door" if len(waiting) == 1 else f"{len(waiting)} people are at the door"
    return base_message(at, engine, line, home, tuple(p.address for p in scribes), mention=scribes)


def personal(at: Moment, engine: Engine, line: str, home: str) -> Mapping[str, Any] | None:
    """Return a message for one person, whose own client fetches what it is about, wherever they are signed in."""
    reached = tuple(p.address for p in at.people())
    return base_message(at, engine, line, home, reached) if reached else None


def said(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return a sentence, for everybody or mentioning one person."""
    code, _, detail = at.row.subject.partition(":")
    if code == SILENT and not _missed(at):
        return None
    person = at.person()
    openly = person is not None and not at.row.private and not at.row.seat
    line = words.spoken("look" if openly and code in words.ASIDE else code, at.meeting.reference, detail)
    if person is None or at.row.private or at.row.seat:
        return sentence(line)
    name = plain(person.name)
    mention = {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": person.address, "name": name}}
    return {"type": "message", "text": f"<at>{name}</at> {line}", "entities": [mention], "summary": line}


def _missed(at: Moment) -> bool:
    """Tell whether the chair is missed still; raises TryLater while others are at work, who may need no chair."""
    if not still_silent(at.meeting, at.procedure, at.row.key):
        return False
    until = busy_until(at.meeting, at.procedure)
    if until is not None and until > at.now:
        raise TryLater((until - at.now).total_seconds())
    return True


def _scribes(meeting: Meeting) -> tuple[Person, ...]:
    both = (meeting.people.get(p) for p in dict.fromkeys((meeting.chair, meeting.note_taker)) if p is not None)
    return tuple(p for p in both if p is not None)


def base_message(
    at: Moment, engine: Engine, line: str, home: str, reached: Sequence[str], *, mention: Sequence[Person] = ()
) -> Mapping[str, Any]:
    """Return a message about one thing, that each listed person's client fetches its own view of."""
    named = [(p.address, p.name) for p in mention]
    card = words.base_card(at.meeting.reference, line, {}, people=named)
    return shared(at, engine, card, home, reached)


def action_list(at: Moment, engine: Engine) -> Mapping[str, Any]:
    """Return the list of actions: numbers, seats, times and states."""
    card = list_card(list_screen(at.meeting, at.procedure, at.now))
    return shared(at, engine, card, home_of("actions.list", {}), admitted_addresses(at.meeting))


def minutes(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the word that the draft minutes are ready."""
    return personal(at, engine, "The draft minutes are ready", home_of("minutes.read", {}))


def card_message(at: Moment, engine: Engine, card: Card, home: str) -> Mapping[str, Any]:
    """Return a card for one person's own chat, whoever they are: who presses is known by their sign-in."""
    return with_card(engine.seal(card, at.meeting.id, "", {"home": home}), f"{card['fallbackText']}")


def shared(at: Moment, engine: Engine, card: Card, home: str, reached: Sequence[str]) -> Mapping[str, Any]:
    """Return a card that everybody sees, with each listed client fetching its own view."""
    made = refreshed(card, "chairing.open", {}, reached)
    sealed = engine.seal(made, at.meeting.id, "", {"home": home, POSTED_AS: at.row.edits or at.row.key})
    return with_card(sealed, f"{card['fallbackText']}")


def marked_again(activity: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a message that says that it may be there twice, in the chat and in its notification."""
    summary = f"{activity['summary']}{words.AGAIN}"
    if "text" in activity:
        return {**activity, "text": f"{activity['text']}{words.AGAIN}", "summary": summary}
    attached = activity["attachments"][0]
    card = {**attached["content"], "body": [*attached["content"]["body"], words.sent_again()]}
    return {**activity, "attachments": [{**attached, "content": card}], "summary": summary}
