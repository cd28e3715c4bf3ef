"""Who may do what: every command is allowed or refused here, once, whichever channel it came by."""

from __future__ import annotations

from collections.abc import Mapping

from meeting import (
    actions,
    admission,
    agreeing,
    chairing,
    convening,
    decision,
    delivery,
    guests,
    handover,
    questions,
    quorum,
    record,
    relationships,
    roll_call,
    safeguards,
    standing,
    statement,
    straight,
    turns,
    views,
)
from meeting.model import Status
from meeting.refusals import NotAllowed
from meeting.registry import Case
from meeting.standing import Rule

RULES: Mapping[type, Rule] = {
    convening.Convene: lambda _case, _command: None,
    convening.Cancel: standing.chair_or_system,
    convening.LinkChat: standing.chair_or_system,
    convening.AddSeat: standing.convener_or_chair,
    convening.Prepare: standing.preparer,
    delivery.NoteDelivery: standing.system,
    delivery.NoteFailure: standing.system,
    admission.Arrive: standing.system,
    admission.Leave: standing.system,
    admission.Admit: standing.scribe,
    admission.Remove: standing.scribe,
    admission.MarkPresent: standing.scribe,
    guests.AskCode: standing.system,
    guests.TryCode: standing.system,
    guests.NoteReading: standing.system,
    guests.AcceptStatement: standing.any_seat,
    statement.Acknowledge: standing.own_or_scribe,
    statement.SetRecording: standing.scribe,
    statement.AskToShare: standing.admitted,
    statement.AnswerToShare: standing.chair,
    relationships.SayRelationship: standing.content,
    roll_call.Introduce: standing.own_or_scribe,
    roll_call.HearIntroductions: standing.scribe,
    roll_call.RecordApologies: standing.scribe,
    quorum.Convert: standing.chair,
    quorum.Restore: standing.chair,
    record.Enter: standing.form,
    record.ConfirmPrepared: standing.form,
    record.SayNone: standing.form,
    record.RemoveRow: standing.form,
    record.RightMeeting: standing.own_or_scribe,
    record.WriteUp: standing.scribe,
    turns.SetOrder: standing.chair,
    turns.BeginTurn: standing.chair,
    turns.FinishTurn: standing.live_seat,
    turns.ReturnTurn: standing.chair,
    questions.AskQuestion: standing.content,
    questions.AnswerQuestion: standing.content,
    questions.NoQuestion: standing.content,
    views.GiveViews: standing.own_view_or_scribe,
    views.InviteAloud: standing.scribe,
    views.MarkSilent: standing.scribe,
    views.RevealViews: standing.chair,
    decision.Decide: standing.chair,
    decision.Dissent: standing.content,
    actions.Agree: standing.scribe,
    actions.Meet: standing.scribe,
    actions.Change: standing.owner_or_scribe,
    agreeing.Accept: standing.content,
    agreeing.ReadBack: standing.scribe,
    chairing.Start: standing.chair,
    chairing.MoveOn: standing.chair,
    chairing.MoveBack: standing.chair,
    chairing.Skip: standing.chair,
    straight.GoStraight: standing.chair,
    chairing.Hold: standing.chair,
    chairing.Resume: standing.chair,
    chairing.Adjourn: standing.chair,
    chairing.AskForm: standing.admitted,
    handover.TakeChair: standing.admitted,
    handover.HandChair: standing.chair,
    handover.NameNoteTaker: standing.chair,
    handover.HandForm: standing.chair,
    handover.RestrictChild: standing.chair,
    safeguards.RaiseUrgent: standing.any_seat,
    safeguards.RaiseChallenge: standing.content,
    safeguards.AnswerChallenge: standing.chair,
    safeguards.AddNote: standing.scribe,
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
    delivery.NoteDelivery,
    delivery.NoteFailure,
    admission.Leave,
    admission.Arrive,
    guests.AskCode,
    guests.TryCode,
    guests.NoteReading,
    guests.AcceptStatement,
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
