"""Who may do what: every command is allowed or refused here, once, whichever channel it came by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from meeting import (
    actions,
    admission,
    agreeing,
    chairing,
    convening,
    decision,
    handover,
    questions,
    quorum,
    record,
    relationships,
    roll_call,
    safeguards,
    statement,
    turns,
    views,
)
from meeting.agenda import owner_matches
from meeting.model import ActionState, Meeting, PersonId, Standing, Status
from meeting.procedure import Kind
from meeting.refusals import NotAllowed
from meeting.registry import Case

SYSTEM = PersonId("system")
Rule = Callable[[Case, object], str | None]  # a refusal's code, or None


def _seated(case: Case) -> bool:
    person = case.meeting.people.get(case.by)
    return person is not None and person.standing is Standing.SEATED


def _chair(case: Case, command: object) -> str | None:
    return None if case.by == case.meeting.chair and _seated(case) else "chair_only"


def _chair_or_system(case: Case, command: object) -> str | None:
    return None if case.by == SYSTEM else _convener_or_chair(case, command)


def _convener_or_chair(case: Case, command: object) -> str | None:
    """Before somebody has taken the chair's seat, whoever was invited to it, or called the meeting, may act."""
    if case.meeting.chair is None and _calls(case.meeting, case.by):
        return None
    return _scribe(case, command)


def _calls(meeting: Meeting, by: PersonId) -> bool:
    called = meeting.answers.get(convening.FIELDS)
    seat = meeting.seats.get(meeting.chair_seat) if meeting.chair_seat else None
    return (called is not None and called.by == by) or (seat is not None and seat.aad == by != "")


def _scribe(case: Case, command: object) -> str | None:
    writes = case.by in (case.meeting.chair, case.meeting.note_taker) and _seated(case)
    return None if writes else "chair_or_note_taker"


def _admitted(case: Case, command: object) -> str | None:
    person = case.meeting.people.get(case.by)
    admitted = person is not None and person.standing is Standing.SEATED and person.right_meeting is not False
    return None if admitted else "not_admitted"


def _content(case: Case, command: object) -> str | None:
    """Somebody who may see content: the meeting has begun, and they are admitted, acknowledged, introduced."""
    person = case.meeting.people.get(case.by)
    if person is None:
        return "not_admitted"
    if case.meeting.started is None:
        return "not_started"
    return admission.barred(case.meeting, case.procedure, person)


def _own_or_scribe(case: Case, command: object) -> str | None:
    """For oneself; for others only chair and note-taker."""
    named = tuple(getattr(command, "people", ()) or ())
    person = getattr(command, "person", None)
    others = [p for p in (*named, *((person,) if person else ())) if p != case.by]
    if others or getattr(command, "all_present", False):
        return _scribe(case, command)
    return _admitted(case, command)


def _own_view_or_scribe(case: Case, command: object) -> str | None:
    if getattr(command, "person", None) not in (None, case.by):
        return _scribe(case, command)
    person = case.meeting.people.get(case.by)
    if person is not None and not person.present:
        return "not_here"
    return _content(case, command)


def _form(case: Case, command: object) -> str | None:
    """Chair, note-taker, the step's owner, or the seat it was handed to."""
    if _scribe(case, command) is None:
        return None
    slot = getattr(command, "slot", None)
    step = case.procedure.step(slot.step if slot is not None else command.step)  # type: ignore[attr-defined]
    seat = case.meeting.seat_of(case.by)
    owns = seat is not None and (case.meeting.handed_to.get(step.id) == seat.id or owner_matches(step.owner, seat.role))
    return _content(case, command) if owns else "not_your_form"


def _live_seat(case: Case, command: object) -> str | None:
    """The one whose turn it is; chair and note-taker on their behalf."""
    if _scribe(case, command) is None:
        return None
    seat = case.meeting.seat_of(case.by)
    if seat is None or seat.id != command.seat:  # type: ignore[attr-defined]
        return "not_your_turn"
    return _content(case, command)


def _preparer(case: Case, command: object) -> str | None:
    """One's own turn and nobody else's; the social worker, chair and note-taker also the steps' forms."""
    if case.by == SYSTEM:
        return None  # a convene file
    slot = command.slot  # type: ignore[attr-defined]
    seat = case.meeting.seat_of(case.by)
    if case.procedure.step(slot.step).kind is Kind.TURNS:
        return _admitted(case, command) if seat is not None and slot.subject == seat.id else "not_your_turn"
    return _form_before(case, command)


def _form_before(case: Case, command: object) -> str | None:
    """As `_form`, before anything has been acknowledged."""
    if _scribe(case, command) is None:
        return None
    slot = command.slot  # type: ignore[attr-defined]
    seat = case.meeting.seat_of(case.by)
    owns = seat is not None and (
        owner_matches(case.procedure.step(slot.step).owner, seat.role) or seat.role == "child_social_worker"
    )
    return None if owns else "not_your_form"


def _any_seat(case: Case, command: object) -> str | None:
    """Everybody with a seat, whatever they have not confirmed yet (STY-2.2)."""
    return None if _seated(case) else "not_admitted"


def _owner_or_scribe(case: Case, command: object) -> str | None:
    """Chair and note-taker; the owner says how far it is, and no more."""
    if _scribe(case, command) is None:
        return None
    seat = case.meeting.seat_of(case.by)
    number = command.number  # type: ignore[attr-defined]
    mine = seat is not None and any(a.number == number and a.owner_seat == seat.id for a in case.meeting.actions)
    rest = (getattr(command, name) for name in ("what", "owner", "owner_seat", "due"))
    if not mine or any(rest) or getattr(command, "state", None) in (None, ActionState.WITHDRAWN):
        return "chair_or_note_taker"
    return _admitted(case, command)


RULES: Mapping[type, Rule] = {
    convening.Convene: lambda _case, _command: None,
    convening.Cancel: _chair_or_system,
    convening.LinkChat: _chair_or_system,
    convening.AddSeat: _convener_or_chair,
    convening.Prepare: _preparer,
    admission.Arrive: lambda case, _c: None if case.by == SYSTEM else "system_only",
    admission.Leave: lambda case, _c: None if case.by == SYSTEM else "system_only",
    admission.Admit: _scribe,
    admission.Remove: _scribe,
    admission.MarkPresent: _scribe,
    statement.Acknowledge: _own_or_scribe,
    statement.SetRecording: _scribe,
    statement.AskToShare: _admitted,
    statement.AnswerToShare: _chair,
    relationships.SayRelationship: _content,
    roll_call.Introduce: _own_or_scribe,
    roll_call.HearIntroductions: _scribe,
    roll_call.RecordApologies: _scribe,
    quorum.Convert: _chair,
    quorum.Restore: _chair,
    record.Enter: _form,
    record.ConfirmPrepared: _form,
    record.SayNone: _form,
    record.RemoveRow: _form,
    record.RightMeeting: _own_or_scribe,
    record.WriteUp: _scribe,
    turns.SetOrder: _chair,
    turns.BeginTurn: _chair,
    turns.FinishTurn: _live_seat,
    turns.ReturnTurn: _chair,
    questions.AskQuestion: _content,
    questions.AnswerQuestion: _content,
    questions.NoQuestion: _content,
    views.GiveViews: _own_view_or_scribe,
    views.InviteAloud: _scribe,
    views.MarkSilent: _scribe,
    views.RevealViews: _chair,
    decision.Decide: _chair,
    decision.Dissent: _content,
    actions.Agree: _scribe,
    actions.Meet: _scribe,
    actions.Change: _owner_or_scribe,
    agreeing.Accept: _content,
    agreeing.ReadBack: _scribe,
    chairing.Start: _chair,
    chairing.MoveOn: _chair,
    chairing.MoveBack: _chair,
    chairing.Skip: _chair,
    chairing.Hold: _chair,
    chairing.Resume: _chair,
    chairing.Adjourn: _chair,
    chairing.AskForm: _admitted,
    handover.TakeChair: _admitted,
    handover.HandChair: _chair,
    handover.NameNoteTaker: _chair,
    handover.HandForm: _chair,
    handover.RestrictChild: _chair,
    safeguards.RaiseUrgent: _any_seat,
    safeguards.RaiseChallenge: _content,
    safeguards.AnswerChallenge: _chair,
    safeguards.AddNote: _scribe,
}


def require(case: Case, command: object) -> None:
    """Raise NotAllowed where this person may not do that, or where the meeting is over."""
    over = case.meeting.status in (Status.CLOSED, Status.CANCELLED)
    if over and not isinstance(command, AFTER_CLOSING):
        raise NotAllowed("over")
    code = RULES[type(command)](case, command)
    if code is not None:
        raise NotAllowed(code)


AFTER_CLOSING = (
    admission.Leave,
    admission.Arrive,
    chairing.AskForm,
    record.WriteUp,
    actions.Change,
    safeguards.RaiseUrgent,
    safeguards.RaiseChallenge,
    safeguards.AnswerChallenge,
    safeguards.AddNote,
    statement.AskToShare,
    statement.AnswerToShare,
)
