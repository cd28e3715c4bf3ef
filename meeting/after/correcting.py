"""What somebody asks to be put right in minutes that went out, and the chair's answer: an addendum, or why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Correction, Meeting, PersonId
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCorrection:
    """Say what in the minutes is not right."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCorrection:
    """Answer a request: an accepted one becomes an addendum, which names whoever asked."""

    id: str
    accepted: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAsked:
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAnswered:
    id: str
    accepted: bool
    text: str


@decides(AskCorrection)
def ask_correction(case: Case, command: AskCorrection) -> Events:
    """Keep what somebody asks to be put right in minutes that they were sent."""
    if case.meeting.minutes.authorised is None:
        raise Refused("not_authorised_yet")
    if not command.text.strip():
        raise FieldErrors({"text": "required"})
    return (CorrectionAsked(id=f"co{len(case.meeting.minutes.corrections) + 1}", text=command.text.strip()),)


@decides(AnswerCorrection)
def answer_correction(case: Case, command: AnswerCorrection) -> Events:
    """Answer a request for a correction; both stand in the record, an accepted one in the minutes too."""
    if not any(c.id == command.id and c.answered is None for c in case.meeting.minutes.corrections):
        raise Refused("answered_already")
    if not command.text.strip():
        raise FieldErrors({"text": "required"})
    return (CorrectionAnswered(id=command.id, accepted=command.accepted, text=command.text.strip()),)


@evolves(CorrectionAsked)
def _asked(meeting: Meeting, event: CorrectionAsked, by: PersonId, at: datetime) -> Meeting:
    asked = Correction(id=event.id, by=by, at=at, text=event.text)
    return replace(meeting, minutes=replace(meeting.minutes, corrections=(*meeting.minutes.corrections, asked)))


@evolves(CorrectionAnswered)
def _answered(meeting: Meeting, event: CorrectionAnswered, by: PersonId, at: datetime) -> Meeting:
    answered = tuple(
        replace(c, answer=event.text, accepted=event.accepted, answered=at) if c.id == event.id else c
        for c in meeting.minutes.corrections
    )
    return replace(meeting, minutes=replace(meeting.minutes, corrections=answered))
