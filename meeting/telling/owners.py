"""What owners of actions hear, and the chair of them: theirs now or no more, answered, or with nobody left to do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from meeting.after import follow_up, shutting
from meeting.after.asking_again import left_open
from meeting.before import calling_off
from meeting.model import Action, ActionState, Entry, Meeting, Status, Told
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from meeting.steps import closing
from meeting.steps.action_list import OVER, ActionAgreed, ActionChanged, found
from meeting.telling.notices import Notice, NoticeKind, Send
from meeting.telling.readers import Reader, chair_seat, owner

NOT_YOURS = "action_not_yours"
_TO_CHAIR = (Told.MORE_TIME, Told.NOT_POSSIBLE, Told.NOT_DONE, Told.HANDED_OVER, Told.DONE)
_TO_OWNER = (Told.GRANTED, Told.REFUSED, Told.REOPENED)
#: What an owner is told that somebody else said of their action: it is over, or there is something to read.
FOR_OWNER: Mapping[str, str] = {
    Told.DONE: "done_for_you",
    Told.NOT_POSSIBLE: "not_possible_for_you",
    Told.NOT_DONE: "said_for_you",
    Told.PROGRESS: "said_for_you",
    Told.MORE_TIME: "said_for_you",
}


def told_of_actions(before: Meeting, after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Yield what goes to owners and chair because of an entry about actions, or about who may be told of them."""
    match entry.event:
        case closing.MeetingClosed() | calling_off.MeetingCancelled():
            yield from _owners(after, entry)
        case ActionAgreed(number=number, urgent=urgent) if urgent or after.status is Status.CLOSED:
            yield from _own(after, found(after, number), entry)
        case ActionChanged(number=number) if after.status in (Status.CLOSED, Status.CANCELLED):
            yield from _changed(before, after, number, entry)
        case follow_up.ActionReported() as reported:
            yield from _reported(before, after, reported, entry)
            yield from _asked_again(after, reported, entry, procedure)
        case shutting.PersonShutOut():
            yield from _left_behind(before, after, entry)
        case _:
            return


def _owners(after: Meeting, entry: Entry) -> Iterator[Notice]:
    """Each owner gets what is theirs, also who was not there; the chair learns of each that reaches nobody."""
    for reader, mine in _by_reader(after).items():
        yield from _own(after, mine[0], entry) if reader != Reader() else _nobody(after, mine, entry)


def _by_reader(meeting: Meeting) -> dict[Reader, list[Action]]:
    """Return the open actions by whom their owners are reached at."""
    theirs: dict[Reader, list[Action]] = {}
    for action in meeting.actions:
        if action.state not in OVER:
            theirs.setdefault(owner(meeting, action), []).append(action)
    return theirs


def _changed(before: Meeting, after: Meeting, number: int, entry: Entry) -> Iterator[Notice]:
    """Another owner, another time, withdrawn or put back: who has it now hears so, and whoever has it no more."""
    was, now = found(before, number), found(after, number)
    open_then, open_now = was.state not in OVER, now.state not in OVER
    moved = owner(before, was) != owner(after, now)
    if open_then and ((open_now and moved) or now.state is ActionState.WITHDRAWN):
        yield from _not_yours(before, after, was, entry)
    elif open_then and now.state is not was.state:
        yield from _said_for(after, now, entry, now.state)
    if open_now and (moved or not open_then or was.due != now.due):
        yield from () if _by(after, entry, owner(after, now)) else _own(after, now, entry)


def _reported(before: Meeting, after: Meeting, reported: follow_up.ActionReported, entry: Entry) -> Iterator[Notice]:
    """What an owner says reaches the chair, the chair's answer the owner; a new owner gets what is theirs now."""
    action, word = found(after, reported.number), str(reported.told).replace(" ", "_")
    as_chair = reported.told in _TO_CHAIR and entry.by not in (after.chair, SYSTEM)  # who carries it over told them
    if as_chair:
        yield from told_chair(after, entry, f"action_{word}:{action.number}")
    if not as_chair or owner(after, action) != Reader(seat=chair_seat(after)):
        yield from _said_for(after, action, entry, reported.told)
    if reported.told in _TO_OWNER:
        yield from told(owner(after, action), entry, f"action_{word}:{action.number}")
    if reported.told is Told.HANDED_OVER:
        was = found(before, reported.number)
        if owner(before, was) != owner(after, action):
            yield from _not_yours(before, after, was, entry)
        yield from _own(after, action, entry)


def _said_for(after: Meeting, action: Action, entry: Entry, word: str) -> Iterator[Notice]:
    """An owner hears what somebody else said in their place."""
    code, reader = FOR_OWNER.get(word), owner(after, action)
    if code and entry.by != SYSTEM and not _by(after, entry, reader):
        yield from told(reader, entry, f"{code}:{action.number}")


def _not_yours(before: Meeting, after: Meeting, was: Action, entry: Entry) -> Iterator[Notice]:
    """Whoever had an action hears that they have it no more, unless they said so themselves or were sent away."""
    former = owner(before, was)
    if not _by(after, entry, former) and former == owner(after, was):
        yield from told(former, entry, f"{NOT_YOURS}:{was.number}")


def _by(meeting: Meeting, entry: Entry, reader: Reader) -> bool:
    """Tell whether an entry was caused by whoever a message would go to."""
    seat = meeting.seat_of(entry.by)
    return entry.by == reader.person if reader.person else seat is not None and seat.id == reader.seat


def _left_behind(before: Meeting, after: Meeting, entry: Entry) -> Iterator[Notice]:
    """What somebody still had to do goes to the rest of their seat, if any; the chair is asked to name who does it."""
    assert isinstance(entry.event, shutting.PersonShutOut)
    name = before.people[entry.event.person].name.strip().lower()
    for reader, mine in _by_reader(after).items():
        was = {a.number: owner(before, found(before, a.number)) for a in mine}
        lost = [a for a in mine if was[a.number].seat != reader.seat or a.owner.strip().lower() == name]
        lost = [a for a in lost if was[a.number] != reader]
        if lost and reader != Reader():
            yield from _own(after, lost[0], entry)
            yield from told_chair(after, entry, f"left_to_seat:{_listed(lost)}")
        elif lost:
            yield from _nobody(after, lost, entry)


def _nobody(after: Meeting, actions: list[Action], entry: Entry) -> Iterator[Notice]:
    yield from told_chair(after, entry, f"no_way:{_listed(actions)}")


def _listed(actions: list[Action]) -> str:
    return ", ".join(f"action {a.number}" for a in actions)


def _asked_again(
    after: Meeting, reported: follow_up.ActionReported, entry: Entry, procedure: Procedure
) -> Iterator[Notice]:
    """Once something about a child is done, what was left open about that child is asked again (SAN-12.3)."""
    action = found(after, reported.number)
    about = {s for s in action.subjects if s} or {""}
    if reported.told is Told.DONE and any(o.slot.subject in about for o in left_open(after, procedure)):
        yield from told_chair(after, entry, "asked_again")


def _own(after: Meeting, action: Action, entry: Entry) -> Iterator[Notice]:
    reader = owner(after, action)
    if reader == Reader():
        yield from _nobody(after, [action], entry)
        return
    yield Send(
        key=f"own:{entry.sequence}:{reader.key}",
        kind=NoticeKind.OWN_ACTIONS,
        subject=str(action.number) if action.urgent else "",
        seat=reader.seat,
        person=reader.person or "",
        private=reader.seat is None,
        urgency=0 if action.urgent else 3,
    )


def told_chair(after: Meeting, entry: Entry, subject: str) -> Iterator[Notice]:
    """Yield a sentence for whoever chairs; `subject` is its code, with a number or a reference."""
    seat = chair_seat(after)
    if seat is not None:
        yield from told(Reader(seat=seat), entry, subject)


def told(reader: Reader, entry: Entry, subject: str) -> Iterator[Notice]:
    """Yield a sentence for one reader; none where nobody may be told."""
    if reader == Reader():
        return
    yield Send(
        key=f"told:{entry.sequence}:{subject}:{reader.key}",
        kind=NoticeKind.ALERT,
        subject=subject,
        seat=reader.seat,
        person=reader.person or "",
        private=reader.seat is None,
        urgency=1,
    )
