"""Who may do what, and until when: every command is allowed or refused here, once, whichever channel it came by.

The table that a command stands in says when it may come; the rule beside it, from `standing` or `owning`, says of whom.
"""

from __future__ import annotations

from collections.abc import Mapping

from meeting import owning, standing
from meeting.after import (
    asking_again,
    case_system,
    correcting,
    distributing,
    escalating,
    follow_up,
    marking,
    minutes,
    reconvening,
    retention,
    shutting,
    succeeding,
    updates,
)
from meeting.before import amending, briefing, calling_off, convening, forwarding, invitations, reviewing
from meeting.door import admission, call, guests, quorum, relationships, telephone
from meeting.model import Status
from meeting.refusals import NotAllowed
from meeting.registry import Case
from meeting.running import chairing, handover, straight
from meeting.standing import Rule
from meeting.steps import (
    actions,
    agreeing,
    decision,
    questions,
    record,
    roll_call,
    safeguards,
    sharing,
    statement,
    turns,
    views,
)
from meeting.telling import delaying, delivery

#: What is done while the meeting runs, and waits while it is paused.
IN_SESSION: Mapping[type, Rule] = {
    turns.BeginTurn: standing.chair,
    turns.ReturnTurn: standing.chair,
    views.MarkSilent: standing.scribe,
    views.RevealViews: standing.chair,
    decision.Decide: standing.chair,
}

#: What may be done from the calling of a meeting to its end, in a pause too.
UNTIL_ITS_END: Mapping[type, Rule] = {
    convening.Convene: standing.anybody,
    calling_off.Cancel: standing.convener_or_system,
    convening.LinkChat: standing.convener_or_system,
    convening.AddSeat: standing.convener_or_system,
    amending.Amend: standing.convener_or_system,
    reviewing.ConfirmReviewed: owning.leads,
    convening.Prepare: owning.preparer,
    invitations.Invite: standing.convener_or_system,
    invitations.AnswerInvitation: owning.own_seat,
    forwarding.PassOn: standing.convener_or_system,
    forwarding.Forward: owning.own_seat,
    invitations.Move: standing.convener,
    invitations.WithdrawSeat: standing.convener,
    invitations.LeaveOut: standing.convener,
    briefing.ConfirmBriefing: owning.own_seat,
    admission.Admit: standing.scribe,
    admission.Remove: standing.scribe,
    admission.MarkPresent: standing.scribe,
    telephone.HearCaller: standing.scribe,
    statement.Acknowledge: owning.own_or_scribe,
    statement.SetRecording: standing.scribe,
    relationships.SayRelationship: standing.content,
    roll_call.Introduce: owning.own_or_scribe,
    roll_call.HearIntroductions: standing.scribe,
    roll_call.RecordApologies: standing.scribe,
    quorum.Convert: standing.chair,
    quorum.Restore: standing.chair,
    record.Enter: owning.form,
    record.ConfirmPrepared: owning.form,
    record.SayNone: owning.form,
    record.RemoveRow: owning.form,
    record.RightMeeting: owning.own_meeting_or_scribe,
    sharing.Allow: standing.content,
    turns.SetOrder: standing.chair,
    turns.FinishTurn: owning.live_seat,
    questions.AskQuestion: standing.content,
    questions.AnswerQuestion: standing.content,
    questions.NoQuestion: standing.content,
    views.GiveViews: owning.own_view_or_scribe,
    views.InviteAloud: standing.scribe,
    decision.Dissent: standing.content,
    actions.Agree: standing.scribe,
    agreeing.ReadBack: standing.scribe,
    chairing.Start: standing.chair,
    chairing.MoveOn: standing.chair,
    chairing.MoveBack: standing.chair,
    chairing.Skip: standing.chair,
    straight.GoStraight: standing.chair,
    call.NoteCall: standing.system,
    chairing.Hold: standing.chair,
    chairing.Resume: standing.chair,
    chairing.Adjourn: standing.chair,
    handover.TakeChair: standing.admitted,
    handover.HandChair: standing.chair,
    handover.NameNoteTaker: standing.chair,
    handover.HandForm: standing.chair,
    handover.RestrictChild: standing.chair,
    reconvening.CarryOver: standing.system,
}

#: What may also be done once it has closed or was called off.
AT_ANY_TIME: Mapping[type, Rule] = {
    delivery.NoteDelivery: standing.system,
    delivery.NoteFailure: standing.system,
    delaying.NoteDelay: standing.system,
    delaying.NoteUnneeded: standing.system,
    delivery.SendAgain: standing.convener,
    admission.Arrive: standing.system,
    admission.Leave: standing.system,
    guests.AskCode: standing.system,
    guests.TryCode: standing.system,
    guests.NoteReading: standing.system,
    guests.AcceptStatement: standing.any_seat,
    retention.HoldRecord: standing.system,
    retention.ReleaseRecord: standing.system,
    statement.AskToShare: standing.admitted,
    statement.AnswerToShare: standing.chair,
    record.WriteUp: standing.scribe,
    actions.Meet: standing.scribe,
    actions.Change: owning.owner_or_scribe,
    agreeing.Accept: standing.content,
    chairing.AskForm: standing.admitted,
    safeguards.RaiseUrgent: standing.any_seat,
    safeguards.RaiseChallenge: standing.content,
    safeguards.AnswerChallenge: standing.chair,
    safeguards.AddNote: standing.scribe,
    asking_again.AnswerAgain: standing.scribe,
    minutes.RecordNotes: standing.scribe,
    minutes.BeginCheck: standing.chair,
    minutes.AmendLine: owning.amender,
    minutes.Authorise: standing.chair,
    minutes.DelegateAuthority: owning.whose_chair,
    correcting.AskCorrection: standing.content,
    correcting.AnswerCorrection: standing.chair,
    case_system.SayCaseStatus: standing.convener_or_system,
    case_system.ConfirmTask: standing.scribe,
    case_system.ConfirmRecorded: standing.scribe,
    distributing.ChooseRecipients: standing.scribe,
    distributing.SendMinutes: owning.distributor,
    distributing.MarkSent: owning.distributor,
    distributing.SayReceived: standing.content,
    marking.MarkLines: standing.chair,
    follow_up.ReportAction: owning.own_action,
    follow_up.SettleAction: standing.chair,
    updates.PostUpdate: standing.chair,
    updates.AskUpdate: standing.admitted,
    escalating.Escalate: standing.content,
    escalating.MoveEscalation: owning.escalating,
    escalating.ResolveEscalation: owning.escalating,
    shutting.ShutSomebodyOut: standing.chair,
    succeeding.PassChairOn: standing.chair_or_system,
    reconvening.ReportDevelopment: standing.admitted,
    reconvening.LinkMeeting: standing.chair_or_system,
}

RULES: Mapping[type, Rule] = {**IN_SESSION, **UNTIL_ITS_END, **AT_ANY_TIME}


def require(case: Case, command: object) -> None:
    """Raise NotAllowed where this person may not do that, or not in this state of the meeting."""
    kind, status = type(command), case.meeting.status
    if status in (Status.CLOSED, Status.CANCELLED) and kind not in AT_ANY_TIME:
        raise NotAllowed("over")
    code = RULES[kind](case, command)
    if code is not None:
        raise NotAllowed(code)
    if status in (Status.ON_HOLD, Status.ADJOURNED) and kind in IN_SESSION:
        raise NotAllowed("paused")
