"""Which messages an entry causes: the rules behind `notices`. Ids and kinds only, never content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from meeting.after import follow_up, retention
from meeting.before import calling_off, convening, inviting
from meeting.door import admission, call, guests, knocking, quorum
from meeting.model import Entry, Meeting, PersonId, Status
from meeting.procedure import Procedure, RollCallData
from meeting.running import chairing, handover, silence
from meeting.steps import actions, closing, questions, record, roll_call, safeguards, statement, turns, views
from meeting.telling import about_minutes, adjourning, chasing, delaying, delivery, later, readers
from meeting.telling.alerts import (
    acted_alone,
    alert,
    aside,
    asked_to_agree,
    chair_passed,
    urgent_action,
    warned,
    wrong_meeting,
)
from meeting.telling.notices import Cancel, Notice, NoticeKind, Retry, Send, step_message

BOARD_EVERY = 3.0  # seconds: an edit makes every client fetch its card anew
_OUTSIDE = (guests.CodeAsked, guests.CodeTried, guests.StatementAccepted, guests.PaperRead)
_KEPT = (retention.RecordHeld, retention.RecordReleased)
_QUIET = (
    chairing.FormAsked,
    record.Entered,
    turns.PageKept,
    safeguards.NoteAdded,
    convening.Prepared,
    delivery.MessageDelivered,
    delivery.MessageUndelivered,
    delaying.MessageDelayed,
    delaying.DelayedUnneeded,
    *_OUTSIDE,
    *_KEPT,
)


def notices_for(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> tuple[Notice, ...]:
    """Return what has to be told because of an entry; with no chat only what goes to somebody alone."""
    around = (
        *inviting.told(before, after, entry.event),
        *call.told(after, entry.event),
        *asked_to_agree(after, entry, procedure),
        *wrong_meeting(after, entry),
        *acted_alone(before, after, entry, procedure),
        *delaying.told_of_delay(before, after, entry),
    )
    told = (*_told(before, after, entry, procedure), *around, *_board(after, entry))
    here = told if after.chat else tuple(n for n in told if not isinstance(n, Send) or n.seat or n.private)
    return (
        *here,
        *later.later(before, after, entry, procedure),
        *about_minutes.about_minutes(after, entry, procedure),
        *adjourning.told_of_adjourning(after, entry),
        *chasing.reminders(before, after, entry, procedure),
        *silence.silence(before, after, procedure),
    )


def _board(after: Meeting, entry: Entry) -> Iterator[Notice]:
    """The board is edited after anything that it shows: at once for a new step, where the chair's next stands.

    For anything else it rests three seconds after each edit.
    """
    if not isinstance(entry.event, _QUIET):
        rest = 0.0 if isinstance(entry.event, chairing.StepEntered) else BOARD_EVERY
        yield Send(key="board", kind=NoticeKind.BOARD, edits="board", again=True, every=rest, urgency=4)


def _told(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    match entry.event:
        case chairing.StepEntered():
            yield from _step(before, after)
        case chairing.MeetingResumed():
            yield from _prompts(after)
        case turns.TurnBegan(step=step, number=number):
            yield Send(key=f"turn:{step}:{number}", kind=NoticeKind.TURN, subject=f"{step}:{number}", urgency=1)
            if number > 1:
                yield Cancel(key=f"round:{after.visit}:{number - 1}")  # the turn that follows at once says as much
                yield _close(f"turn:{step}:{number - 1}")
        case turns.TurnFinished(step=step):
            floor = before.floors[step]
            if after.floors[step].live is None and floor.live is not None:
                yield _close(f"turn:{step}:{floor.live.number}")
                key = f"round:{after.visit}:{floor.live.number}"  # below the turns, where the chair looks
                yield Send(key=key, kind=NoticeKind.STEP, subject=str(after.visit), urgency=1)
        case turns.OrderAnnounced():
            yield step_message(after, again=True)
        case views.ViewsRevealed():
            yield step_message(after, again=True)
        case questions.QuestionAsked(id=question, during_turn=False):  # one asked in a turn waits for the questions
            yield Send(key=f"question:{question}", kind=NoticeKind.QUESTION, subject=question, urgency=2)
        case questions.QuestionAnswered(id=question):
            key = f"question:{question}"
            yield Send(key=key, kind=NoticeKind.QUESTION, subject=question, edits=key, again=True, urgency=2)
        case chairing.FormAsked(form=form, number=number):
            yield Send(key=f"form:{number}", kind=NoticeKind.FORM, subject=form, person=entry.by, urgency=1)
        case _:
            yield from _told_around(before, after, entry, procedure)


def _told_around(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    match entry.event:
        case admission.PersonArrived(person=person):
            yield from knocking.came(before, after, person)
        case admission.PersonAdmitted(person=person):
            yield from _admitted(before, after, person)
        case admission.PersonRemoved(person=person):
            yield from knocking.seen_to(before, after, person)
            yield from [step_message(after, again=True)] if after.step else []
        case quorum.MeetingConverted() | quorum.MeetingRestored() if after.step:
            yield step_message(after, again=True)
        case handover.FormHanded(step=step, seat=seat) if after.status is Status.RUNNING:
            if step == after.step:
                yield step_message(after, again=True)
            for holder in after.occupants(seat):
                yield alert(f"handed:{entry.sequence}", holder.id)
        case closing.MeetingClosed():
            yield from _closed(after)
        case calling_off.MeetingCancelled():
            yield Send(key="cancelled", kind=NoticeKind.SAID, subject="cancelled", urgency=1)
            yield from inviting.called_off(after)
        case convening.ChatLinked():
            yield Send(key="hello", kind=NoticeKind.SAID, subject="hello")
        case _:
            yield from _told_people(after, entry, procedure)


def _told_people(after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """What one person should know at once, and the list of actions once it is public."""
    match entry.event:
        case actions.ActionAgreed(urgent=urgent, number=number):
            if urgent:
                yield from urgent_action(after, number)
            if after.status is Status.CLOSED or urgent:
                yield _list()
        case actions.ActionChanged() | follow_up.ActionReported() if after.status is Status.CLOSED:
            yield _list()
        case roll_call.Introduced(person=person) if after.chair:
            yield from _leaving(after, procedure, person)
            yield from warned(after, procedure, person)
            yield from _others_follow(after, procedure, person)
        case safeguards.ChallengeRaised(id=challenge) if after.chair:
            yield aside(f"challenge:{challenge}", after.chair)
        case statement.PermissionAsked(id=request) if after.chair:
            yield aside(f"permission:{request}", after.chair)
        case guests.CodeAsked(seat=seat, number=number):
            key = f"code:{seat}:{number}"
            yield Send(key=key, kind=NoticeKind.CODE, subject=str(number), seat=seat, private=True, urgency=0)
        case delivery.MessageUndelivered(seat=seat) if (led := readers.chair_seat(after)) not in (None, seat):
            subject = f"undelivered:{delivery.reader(after, entry.event)}"
            key = f"alert:undelivered:{entry.sequence}"
            yield Send(key=key, kind=NoticeKind.ALERT, subject=subject, seat=led, urgency=1)
        case delivery.MessagesSentAgain(keys=keys):
            yield from (Retry(key=key) for key in keys)
        case handover.ChairChanged(before=former, person=person) if former is not None:
            yield chair_passed(after, person, former, entry.sequence)
        case _:
            return


def _leaving(after: Meeting, procedure: Procedure, person: PersonId) -> Iterator[Notice]:
    """Some minutes before somebody must leave, the chair is told to offer their turn and view early."""
    seat = after.seat_of(person)
    if seat is not None and seat.must_leave_at is not None and after.chair is not None:
        due = seat.must_leave_at - timedelta(minutes=procedure.presence.must_leave_offer_minutes)
        subject = f"leaving:{seat.label}"
        yield Send(key=f"leaving:{seat.id}", kind=NoticeKind.ALERT, subject=subject, person=after.chair, due=due)


def _others_follow(after: Meeting, procedure: Procedure, person: PersonId) -> Iterator[Notice]:
    """Everybody's part is fetched anew once the chair has introduced themself, where the others follow (WMT-3.2a)."""
    data = procedure.step(after.step).data if after.step else None
    if person == after.chair and isinstance(data, RollCallData) and data.chair_first:
        yield step_message(after, again=True)


def _closed(after: Meeting) -> Iterator[Notice]:
    """The last step's closed line, the list of actions, and the draft minutes for those who write them."""
    yield _close(f"step:{after.visit}")
    yield _list()
    for person in filter(None, (after.chair, after.note_taker)):
        yield Send(key=f"minutes:{person}", kind=NoticeKind.MINUTES, person=person, private=True)


def _admitted(before: Meeting, after: Meeting, person: PersonId) -> Iterator[Notice]:
    """Close the door's question; a late arrival gets a part of the open step by an edit of nothing else."""
    yield from knocking.seen_to(before, after, person)
    if after.step and after.status is Status.RUNNING:
        yield Send(key=f"late:{person}", kind=NoticeKind.FORM, subject="late", person=person, urgency=1)


def _step(before: Meeting, after: Meeting) -> Iterator[Notice]:
    """The new step's message, and the old one's closed line; once begun, nobody needs the card that began it."""
    if not before.visit:
        yield _close("call:begin")
    if before.visit:
        yield Cancel(key=f"step:{before.visit}")
        yield _close(f"step:{before.visit}")
        floor = before.floors.get(before.step)
        if floor is not None and floor.live is not None:
            yield _close(f"turn:{before.step}:{floor.live.number}")
        elif floor is not None:
            yield _close(f"round:{before.visit}:{floor.count}")
    yield step_message(after, again=False)


def _prompts(meeting: Meeting) -> Iterator[Notice]:
    """Everything that a hold kept back: the step's message, and the live turn's form."""
    yield step_message(meeting, again=True)
    floor = meeting.floors.get(meeting.step)
    if floor is not None and floor.live is not None:
        subject = f"{meeting.step}:{floor.live.number}"
        key = f"turn:{subject}"
        yield Send(key=key, kind=NoticeKind.TURN, subject=subject, edits=key, again=True, urgency=1)


def _close(key: str) -> Send:
    return Send(key=f"close:{key}", kind=NoticeKind.CLOSE, subject=key, edits=key, urgency=6)


def _list() -> Send:
    return Send(key="actions", kind=NoticeKind.ACTION_LIST, edits="actions", again=True, urgency=3)
