"""Where an answer stands: its place, what stood there before, and what is still to be written up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Answer, Change, Debt, How, Meeting, PersonId, Slot, Views
from meeting.procedure import Part, Per, Step
from meeting.refusals import FieldErrors, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.values import is_row, with_key, with_row, without_key

NEW_ROW = "row:new"
VIEW = "view"  # where the reason of somebody's view is owed
ANSWER = "answer"  # where what somebody answered to a question is owed
_OWING = frozenset({How.SAID_ALOUD, How.HEARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteUp:
    """Write what was said aloud into the record; the debt is closed."""

    debt: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtWrittenUp:
    debt: str
    text: str


def require_subject(case: Case, step: Step, part: Part, subject: str) -> None:
    """Raise Refused where a part is never asked about this subject."""
    if part.per in (Per.FREE, Per.OTHER_CHILD) and is_row(subject):
        return
    if part.per is Per.CHILD and subject in case.meeting.children:  # a child out of scope may still be corrected
        return
    if subject not in dict(agenda.subjects(case.meeting, case.procedure, step, part)):
        raise Refused("no_such_subject")


def placed(meeting: Meeting, slot: Slot) -> Slot:
    """Return the slot, with a number of its own for a new row."""
    if slot.subject != NEW_ROW:
        return slot
    taken = {s.subject for s in meeting.answers if s.step == slot.step and s.part == slot.part}
    taken |= {s.subject for s, _ in meeting.replaced if s.step == slot.step and s.part == slot.part}
    number = len(taken) + 1
    while f"row:{slot.part}-{number}" in taken:
        number += 1
    return replace(slot, subject=f"row:{slot.part}-{number}")


def put(meeting: Meeting, slot: Slot, answer: Answer, *, owed: str = "") -> Meeting:
    """Return the meeting with an answer in its slot; what stood there is kept, what was said aloud becomes a debt."""
    before = meeting.answers.get(slot)
    replaced = (*meeting.replaced, (slot, before)) if before is not None else meeting.replaced
    return replace(
        meeting,
        answers=with_key(meeting.answers, slot, answer),
        rows=with_row(meeting.rows, slot),
        none_rows=meeting.none_rows - {(slot.step, slot.part)},
        replaced=replaced,
        debts=_debts(meeting, slot, answer, owed, was_owed=before is not None and before.how in _OWING),
    )


def _debts(meeting: Meeting, slot: Slot, answer: Answer, owed: str, *, was_owed: bool) -> Mapping[str, Debt]:
    """Open a debt for what is owed now; one that was open for this slot is settled by the text, or stays the one."""
    debts = meeting.debts
    open_ones = [d for d in debts.values() if d.slot == slot and d.written_up is None] if was_owed else []
    if owed and not open_ones:
        debt = Debt(id=f"d{len(debts) + 1}", slot=slot, what=owed, opened=answer.at, seat=answer.seat)
        return with_key(debts, debt.id, debt)
    for debt in () if owed or answer.how in _OWING else open_ones:
        debts = with_key(debts, debt.id, replace(debt, written_up=answer.at))
    return debts


def take_out(meeting: Meeting, slot: Slot, at: datetime) -> Meeting:
    """Return the meeting without a row; the record keeps it. What was still to be written up in it goes with it."""
    place = (slot.step, slot.part)
    before = meeting.answers[slot]
    rows = tuple(r for r in meeting.rows.get(place, ()) if r != slot.subject)
    debts = meeting.debts
    for debt in [d for d in debts.values() if d.slot == slot and d.written_up is None]:
        debts = with_key(debts, debt.id, replace(debt, written_up=at))
    return replace(
        meeting,
        answers=without_key(meeting.answers, slot),
        replaced=(*meeting.replaced, (slot, before)),
        rows=with_key(meeting.rows, place, rows),
        debts=debts,
    )


@decides(WriteUp)
def write_up(case: Case, command: WriteUp) -> Events:
    """Close a debt with the text."""
    debt = case.meeting.debts.get(command.debt)
    if debt is None or debt.written_up is not None:
        raise Refused("no_such_debt")
    if not command.text.strip():
        raise FieldErrors({"text": "required"})
    return (DebtWrittenUp(debt=command.debt, text=command.text.strip()),)


@evolves(DebtWrittenUp)
def _written_up(meeting: Meeting, event: DebtWrittenUp, by: PersonId, at: datetime) -> Meeting:
    """Put the text where it was owed: into the slot, and into the question or decision that it belongs to."""
    debt = meeting.debts[event.debt]
    before = meeting.answers.get(debt.slot)
    text = {**(before.answers if before else {}), "written_up": event.text}
    seat = before.seat if before else debt.seat
    changed = put(meeting, debt.slot, Answer(answers=text, by=by, at=at, how=How.WRITTEN_UP, seat=seat))
    subject = debt.slot.subject
    if debt.slot.part == "rationale" and subject in changed.decisions:
        decision = replace(changed.decisions[subject], rationale=text)
        changed = replace(changed, decisions=with_key(changed.decisions, subject, decision))
    questions = tuple(
        replace(q, answer=event.text, answered_how=How.WRITTEN_UP)
        if debt.slot.part == ANSWER and q.id == subject
        else q
        for q in changed.questions
    )
    debts = with_key(changed.debts, debt.id, replace(debt, written_up=at))
    written = replace(changed, questions=questions, debts=debts, views=_reasons(changed, debt.slot, event.text))
    return _version(written, debt, event.text, by, at) if meeting.ended is not None else written


def _version(meeting: Meeting, debt: Debt, text: str, by: PersonId, at: datetime) -> Meeting:
    """Return the meeting with one more version of its minutes: what was owed, and what it became."""
    change = Change(
        version=meeting.minutes.version + 1,
        section=debt.slot.step,
        part="",
        label=debt.what,
        place="",
        before="",
        after=text,
        by=by,
        at=at,
        written_up=True,
    )
    return replace(meeting, minutes=meeting.minutes.with_change(change))


def _reasons(meeting: Meeting, slot: Slot, text: str) -> Mapping[str, Views]:
    """Return the rounds of views with a reason that was owed written into them."""
    views = meeting.views.get(slot.step)
    if slot.part != VIEW or views is None:
        return meeting.views
    given = tuple(
        replace(v, reason=text, how=How.WRITTEN_UP) if v.person == slot.subject and not v.reason else v
        for v in views.given
    )
    return with_key(meeting.views, slot.step, replace(views, given=given))
