"""What one person hears at once: an urgent action, an answer that the procedure warns of. No content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from meeting.before.amending import ConveningAmended
from meeting.before.convening import MeetingConvened
from meeting.door.right_meeting import RightMeetingAnswered
from meeting.model import Entry, Meeting, PersonId
from meeting.procedure import Procedure, RollCallData
from meeting.running.waiting import called
from meeting.steps import agreeing, record, roll_call, sharing
from meeting.steps.action_list import found
from meeting.telling.notices import Notice, NoticeKind, Send
from meeting.timing.deadlines import running


def alert(subject: str, person: str) -> Send:
    """Return a sentence without content that mentions one person."""
    return Send(key=f"alert:{subject}", kind=NoticeKind.ALERT, subject=subject, person=person, urgency=0)


def aside(subject: str, person: str) -> Send:
    """Return the same for one person's own chat: what it hints at is not for everybody in the meeting."""
    return replace(alert(subject, person), private=True)


def chair_passed(after: Meeting, person: PersonId, former: PersonId, number: int) -> Send:
    """Tell the former chair who chairs now, and so whom to ask for it back."""
    return replace(alert(f"chair:{called(after, after.people[person])}", former), key=f"alert:chair:{number}")


def urgent_action(after: Meeting, number: int) -> Iterator[Notice]:
    """Chair and owner hear of it at once; an owner who is not here, wherever they are reached (STY-2.2)."""
    if after.chair:
        yield alert(f"urgent:{number}", after.chair)
    action = found(after, number)
    owners = [p.id for p in after.attendees() if agreeing.owns(after, p.id, action)]
    for person in owners:
        if person != after.chair:
            yield alert(f"yours:{number}", person)
    if not owners and action.owner_seat is not None:
        key = f"alert:yours:{number}"
        yield Send(key=key, kind=NoticeKind.ALERT, subject=f"yours:{number}", seat=action.owner_seat, urgency=0)


def warned(after: Meeting, procedure: Procedure, person: PersonId) -> Iterator[Notice]:
    """The chair hears at once of another's answer at the roll call that the procedure warns of (STY-3.2)."""
    step = procedure.step(after.step) if after.step else None
    answer = after.answer(after.step, roll_call.INTRODUCTION, person)
    data = step.data if step else None
    if answer is None or not isinstance(data, RollCallData) or after.chair in (None, person):
        return
    if roll_call.warnings(data.introduction.fields, answer.answers):
        seat = after.seat_of(person)
        yield aside(f"warned:{seat.label if seat else 'somebody'}", after.chair)


def wrong_meeting(after: Meeting, entry: Entry) -> Iterator[Notice]:
    """The chair is asked at once to send away whoever says that this is not their meeting: they may hear it still."""
    if not isinstance(entry.event, RightMeetingAnswered) or entry.event.right:
        return
    for person in entry.event.people:
        seat = after.seat_of(person)
        if after.chair is not None and person != after.chair:
            label = seat.label if seat is not None else "Somebody"
            yield replace(aside(f"wrong:{label}", after.chair), key=f"alert:wrong:{entry.sequence}:{person}")


def asked_to_agree(after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Whoever sits for an agency hears that something waits for its agreement before it is shared (STY-4.4b)."""
    if not isinstance(entry.event, record.Entered):
        return
    slot = entry.event.slot
    waiting = sharing.open_in(after, procedure, procedure.step(slot.step))
    agencies = {part.agreed_by for part, at in waiting if at == slot}
    for person in after.attendees():
        seat = after.seat_of(person.id)
        if seat is not None and seat.agency in agencies:
            yield alert(f"allow:{entry.sequence}", person.id)


def acted_alone(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """The chair hears at once by when to meet, since one agency has acted alone (SAN-7.2), in a draft too.

    Whoever enters it and will chair sees the limit on the card that answers the press, and is not told once more.
    """
    seat = after.chair_seat
    if not isinstance(entry.event, MeetingConvened | ConveningAmended) or seat is None:
        return
    due = _to_be_held(after, procedure)
    known = before.chair_seat == seat and _to_be_held(before, procedure) == due
    if due is not None and not known and entry.by not in (after.chair, after.seats[seat].aad):
        subject = f"acted:{due.isoformat(timespec='minutes')}"
        yield Send(key=f"alert:{subject}:{seat}", kind=NoticeKind.ALERT, subject=subject, seat=seat, urgency=0)


def _to_be_held(meeting: Meeting, procedure: Procedure) -> datetime | None:
    """Return by when a meeting that has not begun is to be held because one agency acted alone."""
    clocks = {c.id for c in procedure.clocks if c.from_event == "immediate_action"}
    return min((d.due for d in running(meeting, procedure) if d.clock in clocks), default=None) if clocks else None
