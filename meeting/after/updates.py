"""Later decisions and news told to everybody who attended, and what attendees ask about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Meeting, PersonId, Update, UpdateRequest
from meeting.refusals import Refused, said
from meeting.registry import Case, Events, decides, evolves


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUpdate:
    """Tell everybody who attended; `decision` where it is what was to be decided later (STY-5.1e)."""

    text: str
    decision: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskUpdate:
    """Ask what became of it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted:
    id: str
    text: str
    decision: bool
    absent: bool = False  # who was in the meeting has it already: only those are told who sent information


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAsked:
    id: str
    text: str


def _require_ended(case: Case) -> None:
    """Raise Refused while the meeting runs: what is new is said there, and asked there."""
    if case.meeting.ended is None:
        raise Refused("not_closed")


@decides(PostUpdate)
def post_update(case: Case, command: PostUpdate) -> Events:
    """Keep what is told; it answers every request that waits."""
    _require_ended(case)
    number = len(case.meeting.updates) + 1
    return (UpdatePosted(id=f"u{number}", text=said(command.text), decision=command.decision),)


@decides(AskUpdate)
def ask_update(case: Case, command: AskUpdate) -> Events:
    """Keep the request; the chair is reminded until it is answered."""
    _require_ended(case)
    number = len(case.meeting.update_requests) + 1
    return (UpdateAsked(id=f"r{number}", text=command.text.strip()),)


@evolves(UpdatePosted)
def _posted(meeting: Meeting, event: UpdatePosted, by: PersonId, at: datetime) -> Meeting:
    update = Update(id=event.id, by=by, at=at, text=event.text, decision=event.decision)
    answered = tuple(r if r.answered else replace(r, answered=at) for r in meeting.update_requests)
    return replace(meeting, updates=(*meeting.updates, update), update_requests=answered)


@evolves(UpdateAsked)
def _asked(meeting: Meeting, event: UpdateAsked, by: PersonId, at: datetime) -> Meeting:
    request = UpdateRequest(id=event.id, by=by, at=at, text=event.text)
    return replace(meeting, update_requests=(*meeting.update_requests, request))
