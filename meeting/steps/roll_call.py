"""Introductions and apologies; who is here, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.door.quorum import quorum_gap
from meeting.flags import outside
from meeting.ids import spoken
from meeting.model import NO_ANSWERS, Answer, Answers, How, Meeting, Person, PersonId, Seat, SeatId, Slot, StepId
from meeting.procedure import FieldSpec, Gate, Kind, Procedure, RollCallData, Step
from meeting.refusals import KeepOrChange, Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.running import agenda
from meeting.running.gates import AtStep, stands_at
from meeting.steps import fields
from meeting.steps.slots import put
from meeting.steps.wording import agency_names
from meeting.values import with_key

INTRODUCTION = "introduction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduce:
    """Say who one is; from chair or note-taker, record it as heard."""

    step: StepId
    answers: Answers
    person: PersonId | None = None  # None: the one who asks
    keep: bool = False  # a single-word name stands


@dataclass(frozen=True, slots=True, kw_only=True)
class HearIntroductions:
    """Everybody present who has not introduced themselves did so aloud; what the invitation knows is taken."""

    step: StepId
    people: tuple[PersonId, ...] = ()  # empty: all who remain


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordApologies:
    """A seat sends apologies; information handed in can be read out at its turn."""

    seat: SeatId
    reason: str
    information: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    person: PersonId
    slot: Slot
    answers: Answers
    heard: bool
    owed: str = ""  # what is to be written up


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologiesRecorded:
    seat: SeatId
    reason: str
    information: str


@decides(Introduce)
def introduce(case: Case, command: Introduce) -> Events:
    """Record an introduction; blank and malformed fields come back (SAN-4.1)."""
    data = roll_call_data(case, command.step)
    person = command.person or case.by
    heard = person != case.by
    answers = fields.check(
        data.introduction.fields,
        command.answers,
        outside(case.meeting, case.procedure),
        agencies=agency_names(case.meeting, case.procedure),
        only=frozenset() if heard else None,
    )
    name = next((answers[k] for k in ("full_name", "name") if k in answers), "")
    if name and " " not in name.strip() and not command.keep and "full_name" in answers:
        raise KeepOrChange((("full_name", "single_word", name),))
    return (_introduced(case, command.step, person, answers, heard=heard),)


@decides(HearIntroductions)
def hear_introductions(case: Case, command: HearIntroductions) -> Events:
    """Record as heard what the invitations know of those who have not pressed; gaps become debts."""
    roll_call_data(case, command.step)
    named = command.people or tuple(p.id for p in case.meeting.attendees() if not p.introduced)
    happened = []
    for person in named:
        if case.meeting.people[person].introduced:
            continue
        happened.append(_introduced(case, command.step, person, {}, heard=True))
    return tuple(happened)


def _known(meeting: Meeting, person: PersonId) -> dict[str, str]:
    """Return what the invitation and the door know of somebody."""
    seat = meeting.seat_of(person)
    name = meeting.people[person].name
    known = {"full_name": name, "name": name}
    if seat is None:
        return known
    told = invitation(seat, meeting.people[person])
    leaves = seat.must_leave_at.isoformat() if seat.must_leave_at else ""
    return {**known, "agency": seat.agency, "role": spoken(seat.role), "must_leave_at": leaves, **told}


def invitation(seat: Seat, person: Person) -> Answers:
    """Return what the invitation says of somebody; nothing, where they took the seat of somebody else (SAN-4.1a)."""
    same_name = bool(seat.name) and seat.name.casefold() == person.name.casefold()
    same_mail = bool(seat.email) and seat.email.lower() == person.email.lower()
    unnamed = not (seat.aad or seat.email or seat.name)
    if not (unnamed or same_name or same_mail or (seat.aad and seat.aad == person.id)):
        return NO_ANSWERS
    return {**({"contact": seat.email} if seat.email else {}), **seat.prefill}


def warnings(specs: tuple[FieldSpec, ...], answers: Answers) -> tuple[tuple[str, str], ...]:
    """Return (question, answer) of what the chair is warned of, with what that answer brought up (STY-3.2)."""
    found = [s for s in specs if s.warns and answers.get(s.key) == s.warns]
    brought = [s for s in specs if s.when is not None and answers.get(s.key)] if found else []
    return tuple((s.label, answers[s.key]) for s in (*found, *brought))


@decides(RecordApologies)
def record_apologies(case: Case, command: RecordApologies) -> Events:
    """Note who cannot come and why (SAN-4.2)."""
    if command.seat not in case.meeting.seats:
        raise Refused("no_such_seat")
    if not command.reason.strip():
        raise Refused("reason_needed")
    return (
        ApologiesRecorded(seat=command.seat, reason=command.reason.strip(), information=command.information.strip()),
    )


def roll_call_data(case: Case, step_id: StepId) -> RollCallData:
    """Return the roll call's data; raises Refused where the step is none."""
    data = case.procedure.step(step_id).data
    if not isinstance(data, RollCallData):
        raise Refused("wrong_step")
    return data


def _introduced(case: Case, step: StepId, person: PersonId, answers: Answers, *, heard: bool) -> Introduced:
    """Return the introduction; of one that was heard, what nobody wrote down is owed (SAN-4.1c)."""
    slot = Slot(step=step, part=INTRODUCTION, subject=person)
    if not heard:
        return Introduced(person=person, slot=slot, answers=answers, heard=False)
    asked = roll_call_data(case, step).introduction.fields
    known = {k: v for k, v in _known(case.meeting, person).items() if v and k in {f.key for f in asked}}
    answers = {**known, **answers}
    gaps = fields.missing(asked, answers, outside(case.meeting, case.procedure))
    return Introduced(person=person, slot=slot, answers=answers, heard=True, owed=", ".join(f.label for f in gaps))


@evolves(Introduced)
def _on_introduced(meeting: Meeting, event: Introduced, by: PersonId, at: datetime) -> Meeting:
    somebody = meeting.people[event.person]
    must_leave = event.answers.get("must_leave_at", "")
    how = How.HEARD if event.heard else How.TYPED
    answer = Answer(answers=event.answers, by=by, at=at, how=how, seat=somebody.seat)
    seats = meeting.seats
    if somebody.seat:
        leaving = datetime.fromisoformat(must_leave) if must_leave else None
        seats = with_key(seats, somebody.seat, replace(seats[somebody.seat], must_leave_at=leaving))
    name = event.answers.get("full_name") or event.answers.get("name") or somebody.name
    people = with_key(meeting.people, event.person, replace(somebody, introduced=True, name=name))
    return replace(put(meeting, event.slot, answer, owed=event.owed), people=people, seats=seats)


@evolves(ApologiesRecorded)
def _on_apologies(meeting: Meeting, event: ApologiesRecorded, by: PersonId, at: datetime) -> Meeting:
    seat = meeting.seats[event.seat]
    supplied = event.information or seat.supplied  # what came with the answer to the invitation stays
    changed = replace(seat, apologies=event.reason, supplied=supplied)
    return replace(meeting, seats=with_key(meeting.seats, seat.id, changed))


@stands_at(Kind.ROLL_CALL)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """Quorum holds the step (SAN-1.4); who has not introduced themselves can be recorded as heard."""
    data = step.data
    assert isinstance(data, RollCallData)
    for obstacle in quorum_gap(case.meeting, case.procedure):
        yield step.id, obstacle
        for later in data.quorum.recheck_before:
            yield later, obstacle
    for person in case.meeting.attendees():
        if not person.introduced:
            label = f"{person.name} (not introduced)"
            yield step.id, Obstacle(code="not_introduced", gate=step.gate, label=label, step=step.id)
    yield from _unexplained(case, step, data)


def _unexplained(case: Case, step: Step, data: RollCallData) -> Iterator[AtStep]:
    """Yield each invited seat that nobody came to, while the procedure asks why and nobody has said (LCS-4.4b)."""
    if data.apologies.gate is Gate.NONE or not any(f.key == "reason" for f in data.apologies.fields):
        return
    for seat in case.meeting.seats.values():
        came = any(p.stays for p in case.meeting.occupants(seat.id))
        if not came and not seat.apologies and not seat.deputy_of:
            label = f"Why {seat.label} is not here"
            yield (
                step.id,
                Obstacle(code="absence", gate=data.apologies.gate, label=label, step=step.id, subject=seat.id),
            )


#: What is asked of an absence, by its field's key; the words are the procedure's, or these.
_ASKED_OF_ABSENCE = {
    "agency": "Agency",
    "person": "Person",
    "reason": "Reason",
    "information_supplied": "Information supplied",
    "information": "Information sent, to be read out at their turn",
}


def absence_words(procedure: Procedure) -> dict[str, str]:
    """Return what each question about an absence is called, by its key (SAN-4.2, LCS-4.4a, LCS-4.4c, WOK-1.2)."""
    return _ASKED_OF_ABSENCE | {f.key: f.label for f in _of_absence(procedure)}


def asked_of_absence(procedure: Procedure) -> frozenset[str]:
    """Return the keys of what the procedure asks of an absence; all there are, where it says nothing."""
    return frozenset(f.key for f in _of_absence(procedure)) or frozenset(_ASKED_OF_ABSENCE)


def _of_absence(procedure: Procedure) -> tuple[FieldSpec, ...]:
    step = agenda.first_of(procedure, Kind.ROLL_CALL)
    return step.data.apologies.fields if step is not None and isinstance(step.data, RollCallData) else ()
