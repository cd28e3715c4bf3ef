"""What nobody's rank or step holds back: urgent action by anyone at any time, and a challenge by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Challenge, Demand, Meeting, Note, Origin, PersonId, SeatId
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.steps.actions import ActionAgreed


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseUrgent:
    """Something must happen now, whatever the agenda says (STY-2.2)."""

    what: str
    owner: str
    due: datetime
    owner_seat: SeatId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseChallenge:
    text: str
    ground: str = ""
    about: str = ""  # the decision challenged: one of `challengeable`, or nothing in particular


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChallenge:
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """A line for the minutes."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeRaised:
    id: str
    ground: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeAnswered:
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    text: str


@decides(RaiseUrgent)
def raise_urgent(case: Case, command: RaiseUrgent) -> Events:
    """Put an urgent action on the list at once; only its text is required, nothing else may hold it up."""
    if not command.what.strip():
        raise FieldErrors({"what": "required"})
    number = len(case.meeting.actions) + 1
    owner = command.owner.strip() or case.meeting.people[case.by].name
    due = command.due if command.due.tzinfo is not None else case.now
    return (
        ActionAgreed(
            number=number,
            what=command.what.strip(),
            owner=owner,
            owner_seat=command.owner_seat if command.owner_seat in case.meeting.seats else None,
            due=max(due, case.now),
            origin=Origin(kind=Demand.URGENT),
            urgent=True,
        ),
    )


@decides(RaiseChallenge)
def raise_challenge(case: Case, command: RaiseChallenge) -> Events:
    """Record a challenge under one's own name; where the procedure lists grounds, one of them is named."""
    grounds = case.procedure.challenge_grounds
    errors = {}
    if not command.text.strip():
        errors["text"] = "required"
    if grounds and command.ground not in grounds:
        errors["ground"] = "required"
    if errors:
        raise FieldErrors(errors)
    number = len(case.meeting.challenges) + 1
    raised = ChallengeRaised(
        id=f"ch{number}", ground=command.ground, text=command.text.strip(), about=command.about.strip()
    )
    return (raised,)


@decides(AnswerChallenge)
def answer_challenge(case: Case, command: AnswerChallenge) -> Events:
    """Answer a challenge; both stand in the minutes."""
    if not any(c.id == command.id and c.answered_at is None for c in case.meeting.challenges):
        raise Refused("answered_already")
    if not command.text.strip():
        raise FieldErrors({"text": "required"})
    return (ChallengeAnswered(id=command.id, text=command.text.strip()),)


@decides(AddNote)
def add_note(case: Case, command: AddNote) -> Events:
    """Keep a line for the minutes."""
    if not command.text.strip():
        raise FieldErrors({"text": "required"})
    return (NoteAdded(text=command.text.strip()),)


@evolves(ChallengeRaised)
def _raised(meeting: Meeting, event: ChallengeRaised, by: PersonId, at: datetime) -> Meeting:
    challenge = Challenge(id=event.id, by=by, ground=event.ground, text=event.text, at=at, about=event.about)
    return replace(meeting, challenges=(*meeting.challenges, challenge))


@evolves(ChallengeAnswered)
def _answered(meeting: Meeting, event: ChallengeAnswered, by: PersonId, at: datetime) -> Meeting:
    done = tuple(replace(c, answer=event.text, answered_at=at) if c.id == event.id else c for c in meeting.challenges)
    return replace(meeting, challenges=done)


@evolves(NoteAdded)
def _note_added(meeting: Meeting, event: NoteAdded, by: PersonId, at: datetime) -> Meeting:
    note = Note(at=at, text=event.text, step=meeting.step, by=by)
    return replace(meeting, notes=(*meeting.notes, note))
