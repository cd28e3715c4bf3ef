"""The moments that start and stop a time limit: each a name, and when it came, by what it was about.

What is about the whole meeting stands under ""; else the key is a child, a challenge, a request, a seat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from meeting import flags
from meeting.after.case_system import tasks_done_at
from meeting.after.distributing import distributed_at
from meeting.model import Answer, Meeting, Slot
from meeting.procedure import Clock, Procedure
from meeting.steps.fields import time_of
from meeting.timing.clocks import convened
from meeting.timing.working_days import at_local

Times = Mapping[str, datetime]
Moment = Callable[[Meeting, Procedure], Times]
POLICE_PROTECTION, PROTECTED_FOR = "police protection", timedelta(hours=72)  # Children Act 1989, s46(6)
_ORDER = "order"  # the checkpoint that asks which order is in force, from when and until when
_PLANNED = "assessment_date"
_ENDS = "order_ends"  # the field that a legal status asks with it
_NOON = time(12, 0)


def touches(procedure: Procedure, slot: Slot, *versions: Answer | None) -> bool:
    """Tell whether an answer, as it was or as it is, may start, move or stop a time limit."""
    if slot.step == flags.CONVENING or slot.part == _ORDER:
        return True
    if any(key in answer.answers for answer in versions if answer is not None for key in (_PLANNED, _ENDS)):
        return True
    return any(_at(slot, place) for clock in procedure.clocks for place in _places(procedure, clock))


def _places(procedure: Procedure, clock: Clock) -> Iterator[str]:
    """Yield where the answers stand that set the flags under which a clock runs, as STEP.part."""
    terms = (term for one in (clock.when.alternatives if clock.when else ()) for term in one)
    named = {term.name for term in terms}
    for known in (f for f in procedure.flags if f.name in named):
        yield from (setter.place.rpartition(".")[0] for setter in known.set_by)


def _at(slot: Slot, place: str) -> bool:
    step, _, part = place.partition(".")
    return step in ("*", slot.step) and slot.part in (part, flags.CONTRIBUTION)


def _once(at: datetime | None) -> Times:
    return {"": at} if at is not None else {}


def _referral(meeting: Meeting, procedure: Procedure) -> Times:
    """Return when the referral came; of a date alone, its noon (STY-4.3b counts days)."""
    try:
        on = date.fromisoformat(meeting.convened.get("referral_date", ""))
    except ValueError:
        return _once(convened(meeting, "referral_date"))
    return _once(at_local(on, _NOON, procedure.working_days))


def _planned(meeting: Meeting, procedure: Procedure) -> Times:
    """Return the noon of each day on which an assessment is to decide the next steps (STY-4.3a)."""
    found = {}
    for slot, answer in meeting.answers.items():
        try:
            on = date.fromisoformat(answer.answers.get(_PLANNED, ""))
        except ValueError:
            continue
        found[slot.subject] = at_local(on, _NOON, procedure.working_days)
    return found


def _s47(meeting: Meeting, procedure: Procedure) -> Times:
    return {s: d.at for s, d in meeting.decisions.items() if flags.flag(meeting, procedure, "s47_started", s)}


def _orders(meeting: Meeting) -> Mapping[str, Mapping[str, str]]:
    """Return what is recorded of an order in force, by child."""
    found = {s.subject: a.answers for s, a in meeting.answers.items() if s.part == _ORDER}
    return {child: answers for child, answers in found.items() if answers.get("answer") == "yes"}


def _protected(meeting: Meeting, procedure: Procedure) -> Times:
    """Return when police protection was begun, unless it was entered to end before its 72 hours."""
    found = {}
    for child, answers in _orders(meeting).items():
        start, end = time_of(answers.get("start", "")), time_of(answers.get("end", ""))
        if answers.get("kind") == POLICE_PROTECTION and start and not (end and end < start + PROTECTED_FOR):
            found[child] = start
    return found


def _order_ends(meeting: Meeting, procedure: Procedure) -> Times:
    """Return the end that was entered for an order: the court's, which nobody computes."""
    told = {s.subject: time_of(a.answers.get(_ENDS, "")) for s, a in meeting.answers.items()}
    found = {child: end for child, end in told.items() if end is not None}
    for child, answers in _orders(meeting).items():
        end = time_of(answers.get("end", ""))
        if end and child not in _protected(meeting, procedure):
            found[child] = end
    return found


def _challenges(meeting: Meeting, procedure: Procedure) -> Times:
    """Return each challenge that was not settled in the meeting: from the closing, or from when it came later."""
    ended = meeting.ended
    if ended is None:
        return {}
    settled = {c.id for c in meeting.challenges if c.answered_at is not None and c.answered_at <= ended}
    return {c.id: max(c.at, ended) for c in meeting.challenges if c.id not in settled}


def _answered(meeting: Meeting, procedure: Procedure) -> Times:
    """Return when each challenge was answered; one that was escalated goes by its own stages from then on."""
    told = {e.challenge: e.at for e in meeting.escalations}
    return told | {c.id: c.answered_at for c in meeting.challenges if c.answered_at is not None}


def _decided_later(meeting: Meeting, procedure: Procedure) -> Times:
    return _once(next((u.at for u in meeting.updates if u.decision), None))


def _authorised(meeting: Meeting, procedure: Procedure) -> Times:
    """Return when the chair first authorised the minutes, where there is something to do after it."""
    words = [w for w in (*meeting.minutes.earlier, meeting.minutes.authorised) if w is not None]
    return _once(words[0].at) if words and procedure.minutes.tasks else {}


MOMENTS: dict[str, Moment] = {
    "concern_received": lambda m, _p: _once(convened(m, "concern_received")),
    "immediate_action": lambda m, _p: _once(convened(m, "acted_at")),
    "referral_received": _referral,
    "meeting_started": lambda m, _p: _once(m.started),
    "decision": lambda m, _p: {s: d.at for s, d in m.decisions.items()},
    "s47_started": _s47,
    "police_protection": _protected,
    "order_ends": _order_ends,
    "meeting_end": lambda m, _p: _once(m.ended),
    "closing": lambda m, _p: _once(m.ended),
    "challenge": _challenges,
    "challenge_answered": _answered,
    "update_request": lambda m, _p: {r.id: r.at for r in m.update_requests},
    "update_given": lambda m, _p: {r.id: r.answered for r in m.update_requests if r.answered is not None},
    "assessment_planned": _planned,
    "later_decision": _decided_later,
    "invitation_sent": lambda _m, _p: {},
    "invitation_answered": lambda _m, _p: {},
    "minutes_authorised": _authorised,
    "minutes_distributed": lambda m, _p: _once(distributed_at(m)),
    "recorded_on_case_system": lambda m, _p: _once(m.minutes.recorded.at if m.minutes.recorded else None),
    "case_system_tasks_done": lambda m, p: _once(tasks_done_at(m, p)),
}


def earliest(meeting: Meeting, procedure: Procedure, clock: Clock, subjects: Iterable[str] = ()) -> datetime | None:
    """Return since when a limit runs, for the first of these subjects or else of any; None before its event."""
    times = MOMENTS[clock.from_event](meeting, procedure)
    return min([times[s] for s in subjects if s in times] or times.values(), default=None)
