"""Answers that promise something: who follows up, by when, stands on the action list at once (SAN-6.1, WMT-3.8)."""

from __future__ import annotations

from datetime import datetime

from meeting.model import Answers, Demand, Origin
from meeting.procedure import FieldType, Part, Step
from meeting.registry import Case, Events, follows
from meeting.running import agenda
from meeting.steps.action_list import OVER, ActionAgreed, ActionChanged
from meeting.steps.record import Entered

_OWNER, _DUE = "_owner", "_due"


@follows(Entered)
def follow_on(case: Case, event: Entered) -> Events:
    """List what an answer promises, under the owner and the time that it names; a correction changes that action."""
    step = case.procedure.step(event.slot.step)
    part = agenda.part_of(step, event.slot.part)
    owner, due = _promise(part, event.answers)
    if not owner or not due:
        return ()
    origin = Origin(kind=Demand.PROMISE, id=f"{step.id}.{part.id}", subject=event.slot.subject)
    what = _what(case, step, part, event)
    when = datetime.fromisoformat(due)
    open_one = next((a for a in case.meeting.actions if a.origin == origin and a.state not in OVER), None)
    if open_one is not None:
        if (open_one.what, open_one.owner, open_one.due) == (what, owner, when):
            return ()
        seat, state, number = None, open_one.state, open_one.number
        return (ActionChanged(number=number, what=what, owner=owner, owner_seat=seat, due=when, state=state),)
    child = agenda.child_or_meeting(case.meeting, event.slot.subject)
    number = len(case.meeting.actions) + 1
    about = (child,) if child else ()
    agreed = ActionAgreed(
        number=number, what=what, owner=owner, owner_seat=None, due=when, subjects=about, origin=origin
    )
    return (agreed,)


def _promise(part: Part, answers: Answers) -> tuple[str, str]:
    """Return (owner, due) of the pair of fields `…_owner` and `…_due`, or blanks."""
    for spec in part.fields:
        stem = spec.key.removesuffix(_OWNER)
        if spec.type is FieldType.PERSON and stem != spec.key:
            return answers.get(spec.key, ""), answers.get(stem + _DUE, "")
    return "", ""


def _what(case: Case, step: Step, part: Part, event: Entered) -> str:
    """Return what is to be done: the part, what it is about, and the answer that promised it."""
    labels = dict(agenda.subjects(case.meeting, case.procedure, step, part))
    about = labels.get(event.slot.subject, "")
    answer = next((event.answers[f.key] for f in part.fields if f.choices and event.answers.get(f.key)), "")
    said = f": {answer}" if answer else ""
    return f"{part.label.removesuffix(' …')} {about}{said}" if about else f"{part.label}{said}"
