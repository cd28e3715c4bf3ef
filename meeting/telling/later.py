"""Whom to tell, each alone, of what happens around actions and after the meeting: by the best way to their seat."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.after import escalating, follow_up, reconvening, succeeding, updates
from meeting.after.asking_again import left_open
from meeting.after.reconvening import agreed
from meeting.before import calling_off
from meeting.model import Action, Entry, Meeting, Status, Told
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from meeting.steps import closing
from meeting.steps.action_list import OVER, ActionAgreed, ActionChanged, found
from meeting.telling.chasing import Reader, attended, chair_seat, note_taker_seat, owner
from meeting.telling.notices import MAILTO, Notice, NoticeKind, Send

_TO_CHAIR = (Told.MORE_TIME, Told.NOT_POSSIBLE, Told.NOT_DONE, Told.HANDED_OVER, Told.DONE)
_TO_OWNER = (Told.GRANTED, Told.REFUSED, Told.REOPENED)


def later(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Yield what goes to single seats because of an entry."""
    match entry.event:
        case closing.MeetingClosed() | calling_off.MeetingCancelled():
            yield from _over(after, entry, procedure)
        case ActionAgreed(number=number, urgent=urgent) if urgent or after.status is Status.CLOSED:
            yield from _own(after, found(after, number), entry)
        case ActionChanged(number=number) if after.status is Status.CLOSED:
            yield from _given_away(before, after, number, entry)
        case follow_up.ActionReported() as reported:
            yield from _reported(after, reported, entry)
            yield from _asked_again(after, reported, entry, procedure)
        case updates.UpdatePosted(id=update, absent=absent):
            yield from _everybody(after, entry, update, absent=absent)
        case updates.UpdateAsked():
            yield from _chair(after, entry, "update_asked")
        case escalating.Escalated(id=escalation):
            yield from _chair(after, entry, f"escalated:{escalation[1:]}")
            yield from _contacts(procedure, escalation)
        case reconvening.CarriedOver():
            yield from _chair(after, entry, "carried")
        case escalating.EscalationMoved(id=escalation) | escalating.EscalationResolved(id=escalation):
            yield from _parties(after, entry, escalation)
        case succeeding.ChairPassedOn():
            yield from _taken_over(before, after, entry)
        case reconvening.DevelopmentReported():
            yield from _chair(after, entry, "development")
        case _:
            return


def _taken_over(before: Meeting, after: Meeting, entry: Entry) -> Iterator[Notice]:
    """Who takes over learns what is theirs now; who held it, and who takes notes, learn that somebody else has it."""
    yield from _chair(after, entry, "takes_over")
    others = dict.fromkeys((chair_seat(before), note_taker_seat(after)))
    for seat in others:
        if seat is not None and seat != chair_seat(after):
            yield from _to(Reader(seat=seat), entry, "taken_over")


def _over(after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Owners get what is theirs, however the meeting ended; a further one that it agreed on is called."""
    yield from _owners(after, entry)
    if after.status is Status.CLOSED and agreed(after, procedure) is not None:
        yield Send(key="further", kind=NoticeKind.FURTHER, urgency=2)


def _reported(after: Meeting, reported: follow_up.ActionReported, entry: Entry) -> Iterator[Notice]:
    """What an owner says reaches the chair, the chair's answer the owner; a new owner gets what is theirs now."""
    action, word = found(after, reported.number), str(reported.told).replace(" ", "_")
    if reported.told in _TO_CHAIR and entry.by not in (after.chair, SYSTEM):  # who carries it over told them before
        yield from _chair(after, entry, f"action_{word}:{action.number}")
    if reported.told in _TO_OWNER:
        yield from _to(owner(after, action), entry, f"action_{word}:{action.number}")
    if reported.told is Told.HANDED_OVER:
        yield from _own(after, action, entry)


def _asked_again(
    after: Meeting, reported: follow_up.ActionReported, entry: Entry, procedure: Procedure
) -> Iterator[Notice]:
    """Once something about a child is done, what was left open about that child is asked again (SAN-12.3)."""
    action = found(after, reported.number)
    about = {s for s in action.subjects if s} or {""}
    if reported.told is Told.DONE and any(o.slot.subject in about for o in left_open(after, procedure)):
        yield from _chair(after, entry, "asked_again")


def _contacts(procedure: Procedure, escalation: str) -> Iterator[Notice]:
    """The protocol's contacts are told by e-mail that there is a disagreement, and nothing of what it is about."""
    for address in procedure.follow_up.escalation_contacts:
        key = f"escalation:{escalation}:{address}"
        yield Send(key=key, kind=NoticeKind.ESCALATION, subject=escalation, person=f"{MAILTO}{address}", private=True)


def _owners(after: Meeting, entry: Entry) -> Iterator[Notice]:
    """Each owner gets what is theirs, also who was not there."""
    mine = {owner(after, action): action for action in after.actions if action.state not in OVER}
    for action in mine.values():
        yield from _own(after, action, entry)


def _given_away(before: Meeting, after: Meeting, number: int, entry: Entry) -> Iterator[Notice]:
    """A new owner, whom the chair named, gets what is theirs now."""
    action = found(after, number)
    if action.state not in OVER and owner(before, found(before, number)) != owner(after, action):
        yield from _own(after, action, entry)


def _own(after: Meeting, action: Action, entry: Entry) -> Iterator[Notice]:
    reader = owner(after, action)
    if reader == Reader():
        yield from _chair(after, entry, f"no_way:{action.number}")
        return
    yield Send(
        key=f"own:{entry.sequence}:{reader.seat or reader.person}",
        kind=NoticeKind.OWN_ACTIONS,
        subject=str(action.number) if action.urgent else "",
        seat=reader.seat,
        person=reader.person or "",
        private=reader.seat is None,
        urgency=0 if action.urgent else 3,
    )


def _everybody(after: Meeting, entry: Entry, update: str, *, absent: bool) -> Iterator[Notice]:
    """Everybody who attended or sent information is told, once; `absent`: only the latter."""
    by = after.seat_of(entry.by)
    for seat in (*(() if absent else attended(after)), *closing.sent_information(after)):
        if by is None or seat != by.id:
            yield Send(key=f"update:{update}:{seat}", kind=NoticeKind.UPDATE, subject=update, seat=seat, urgency=3)


def _parties(after: Meeting, entry: Entry, escalation: str) -> Iterator[Notice]:
    """The chair and whoever escalated learn what the other did."""
    told = next(e for e in after.escalations if e.id == escalation)
    code = "escalation_resolved" if told.resolved else "escalation_moved"
    seat = after.seat_of(told.by)
    for one in dict.fromkeys((seat.id if seat else None, chair_seat(after))):
        by = after.seat_of(entry.by)
        if one is not None and (by is None or by.id != one):
            yield from _to(Reader(seat=one), entry, f"{code}:{escalation[1:]}")


def _chair(after: Meeting, entry: Entry, subject: str) -> Iterator[Notice]:
    seat = chair_seat(after)
    if seat is not None:
        yield from _to(Reader(seat=seat), entry, subject)


def _to(reader: Reader, entry: Entry, subject: str) -> Iterator[Notice]:
    if reader == Reader():
        return
    yield Send(
        key=f"told:{entry.sequence}:{subject}:{reader.seat or reader.person}",
        kind=NoticeKind.ALERT,
        subject=subject,
        seat=reader.seat,
        person=reader.person or "",
        private=reader.seat is None,
        urgency=1,
    )
