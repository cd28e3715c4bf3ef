"""Whom to tell, each alone, of what happens around actions and after the meeting: by the best way to their seat."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.after import escalating, reconvening, succeeding, updates
from meeting.after.reconvening import agreed
from meeting.before import calling_off
from meeting.model import Entry, Meeting, Status
from meeting.procedure import Procedure
from meeting.steps import closing
from meeting.telling.notices import MAILTO, Notice, NoticeKind, Send
from meeting.telling.owners import told, told_chair, told_of_actions
from meeting.telling.readers import Reader, attended, chair_seat, note_taker_seat


def later(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Yield what goes to single seats because of an entry."""
    yield from told_of_actions(before, after, entry, procedure)
    match entry.event:
        case closing.MeetingClosed() | calling_off.MeetingCancelled():
            yield from _over(after, procedure)
        case updates.UpdatePosted(id=update, absent=absent):
            yield from _everybody(after, entry, update, absent=absent)
        case updates.UpdateAsked():
            yield from told_chair(after, entry, "update_asked")
        case escalating.Escalated(id=escalation):
            yield from told_chair(after, entry, f"escalated:{escalation[1:]}")
            yield from _contacts(procedure, escalation)
        case reconvening.CarriedOver():
            yield from told_chair(after, entry, "carried")
        case escalating.EscalationMoved(id=escalation) | escalating.EscalationResolved(id=escalation):
            yield from _parties(after, entry, escalation)
        case succeeding.ChairPassedOn():
            yield from _taken_over(before, after, entry)
        case reconvening.DevelopmentReported():
            yield from told_chair(after, entry, "development")
        case _:
            return


def _taken_over(before: Meeting, after: Meeting, entry: Entry) -> Iterator[Notice]:
    """Who takes over learns what is theirs now; who held it, and who takes notes, learn that somebody else has it."""
    yield from told_chair(after, entry, "takes_over")
    others = dict.fromkeys((chair_seat(before), note_taker_seat(after)))
    for seat in others:
        if seat is not None and seat != chair_seat(after):
            yield from told(Reader(seat=seat), entry, "taken_over")


def _over(after: Meeting, procedure: Procedure) -> Iterator[Notice]:
    """A further meeting that was agreed on is called."""
    if after.status is Status.CLOSED and agreed(after, procedure) is not None:
        yield Send(key="further", kind=NoticeKind.FURTHER, urgency=2)


def _contacts(procedure: Procedure, escalation: str) -> Iterator[Notice]:
    """The protocol's contacts are told by e-mail that there is a disagreement, and nothing of what it is about."""
    for address in procedure.follow_up.escalation_contacts:
        key = f"escalation:{escalation}:{address}"
        yield Send(key=key, kind=NoticeKind.ESCALATION, subject=escalation, person=f"{MAILTO}{address}", private=True)


def _everybody(after: Meeting, entry: Entry, update: str, *, absent: bool) -> Iterator[Notice]:
    """Everybody who attended or sent information is told, once; `absent`: only the latter."""
    by = after.seat_of(entry.by)
    for seat in (*(() if absent else attended(after)), *closing.sent_information(after)):
        if by is None or seat != by.id:
            yield Send(key=f"update:{update}:{seat}", kind=NoticeKind.UPDATE, subject=update, seat=seat, urgency=3)


def _parties(after: Meeting, entry: Entry, escalation: str) -> Iterator[Notice]:
    """The chair and whoever escalated learn what the other did."""
    about = next(e for e in after.escalations if e.id == escalation)
    code = "escalation_resolved" if about.resolved else "escalation_moved"
    seat = after.seat_of(about.by)
    for one in dict.fromkeys((seat.id if seat else None, chair_seat(after))):
        by = after.seat_of(entry.by)
        if one is not None and (by is None or by.id != one):
            yield from told(Reader(seat=one), entry, f"{code}:{escalation[1:]}")
