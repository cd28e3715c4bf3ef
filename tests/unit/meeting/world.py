"""A table with invented people around it, and a play that answers whatever a procedure asks.

`Table` holds one meeting and its record. `walk_to` brings it to a step by answering everything on the way: with no
reason given anywhere, so a procedure that could not be completed honestly would fail every test that walks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from meeting.before.convening import Convene
from meeting.door.admission import Arrive, Leave
from meeting.flags import outside
from meeting.machine import decide, evolve, unwritten
from meeting.model import Assurance, Child, ChildId, Entry, How, MeetingId, PersonId, Seat, SeatId, Slot
from meeting.procedure import (
    ActionsData,
    DecisionData,
    FieldSpec,
    FieldType,
    Gate,
    Kind,
    Outcome,
    Part,
    Procedure,
    RecordData,
    RollCallData,
    StatementData,
    Step,
    ViewsData,
    parts_of,
)
from meeting.refusals import Refused
from meeting.running import agenda
from meeting.running.chairing import MoveOn, Start
from meeting.steps import fields
from meeting.steps.actions import Agree, Asked, Meet, unmet
from meeting.steps.agreeing import ReadBack
from meeting.steps.decision import Decide, offered
from meeting.steps.decision import subjects as decided
from meeting.steps.floor import next_speaker
from meeting.steps.questions import NoQuestion
from meeting.steps.record import NEW_ROW, Enter, RightMeeting, is_table
from meeting.steps.roll_call import Introduce, RecordApologies
from meeting.steps.statement import Acknowledge
from meeting.steps.turns import BeginTurn, FinishTurn, questions_for
from meeting.steps.views import GiveViews, Opinion, asked_of
from procedures.load import load

PROCEDURES = ("lcs", "san", "sty", "wmt", "wok")
NOON = datetime(2026, 12, 23, 12, tzinfo=UTC)
SYSTEM = PersonId("system")
EARLIER = (NOON - timedelta(hours=2)).isoformat()
LATER = (NOON + timedelta(hours=20)).isoformat()

CHAIR, NOTES, WORKER, POLICE, HEALTH, SCHOOL = (
    PersonId(name) for name in ("chair", "notes", "worker", "police", "health", "school")
)
DEPUTY, STRANGER = PersonId("deputy"), PersonId("stranger")
SEATS = {
    CHAIR: ("social_care", "team_manager", "Asha Bell"),
    NOTES: ("business_support", "note_taker", "Nor Adeyemi"),
    WORKER: ("social_care", "child_social_worker", "Wyn Cole"),
    POLICE: ("police", "police_representative", "Pat Doyle"),
    HEALTH: ("health", "health_practitioner", "Hana Eze"),
    SCHOOL: ("education", "school", "Sal Finch"),
    DEPUTY: ("social_care", "social_work_manager", "Dee Grant"),
}
ANNA, BEN = ChildId("c1"), ChildId("c2")
PEOPLE = (CHAIR, NOTES, WORKER, POLICE, HEALTH, SCHOOL)


@cache
def procedure_of(name: str) -> Any:
    """Return a shipped procedure, read once in a test run."""
    return load(name)


def seat(person: PersonId) -> SeatId:
    return SeatId(f"s-{person}")


def slot(step: str, part: str = "fields", subject: str = "") -> Slot:
    return Slot(step=step, part=part, subject=subject)


@dataclass
class Table:
    """One meeting, its record, and the time on the wall."""

    procedure: Any
    meeting: Any = field(default_factory=lambda: unwritten(MeetingId("m")))
    record: list[Entry] = field(default_factory=list)
    now: datetime = NOON

    def do(self, command: object, by: PersonId = CHAIR) -> tuple[object, ...]:
        """Decide a command and fold it in; returns the events."""
        entries = decide(self.meeting, command, by=by, procedure=self.procedure, now=self.now)
        for entry in entries:
            self.meeting = evolve(self.meeting, entry)
        self.record += entries
        return tuple(e.event for e in entries)

    def refused(self, command: object, by: PersonId = CHAIR, *, code: str | None = None) -> Any:
        """Return the refusal of a command; fails where it is accepted, or where anything has changed."""
        before = self.meeting
        with pytest.raises(Refused) as caught:
            self.do(command, by)
        assert self.meeting is before
        if code is not None:
            assert caught.value.code == code, (caught.value.code, caught.value.details)
        return caught.value

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    @property
    def step(self) -> Any:
        return agenda.current(self.meeting, self.procedure)

    def go_on(self, reason: str = "") -> tuple[object, ...]:
        return self.do(MoveOn(visit=self.meeting.visit, reason=reason))

    def held(self) -> Any:
        return self.refused(MoveOn(visit=self.meeting.visit))


def seat_of(person: PersonId) -> Seat:
    agency, role, name = SEATS[person]
    return Seat(
        id=seat(person),
        agency=agency,
        role=role,
        label=f"{agency}: {role}",
        name=name,
        email=f"{person}@example.org",
        deputy_of=seat(CHAIR) if person == DEPUTY else "",
    )


def convened(
    procedure: str | Procedure = "san",
    *,
    children: tuple[Child, ...] = (Child(id=ANNA, name="Anna Ash"),),
    seats: tuple[PersonId, ...] = PEOPLE,
    deputy: bool = False,
    **more: object,
) -> Table:
    """Return a table with a meeting called for today; every question about it is answered."""
    table = Table(procedure=procedure_of(procedure) if isinstance(procedure, str) else procedure)
    asked = table.procedure.convening.part.fields
    answers = {**filled(asked, table), **dict(more.pop("answers", {}))}  # type: ignore[call-overload]
    command = Convene(
        reference="TEST-1",
        procedure_hash="hash",
        answers=answers,
        children=children,
        seats=tuple(seat_of(p) for p in (*seats, *((DEPUTY,) if deputy else ()))),
        chair_seat=seat(CHAIR),
        note_taker_seat=seat(NOTES) if NOTES in seats else None,
        deputy_seat=seat(DEPUTY) if deputy else None,
        **{"starts": NOON, **more},  # type: ignore[arg-type]
    )
    table.do(command, CHAIR)
    return table


def arrive(table: Table, *people: PersonId, joined: bool = True, assurance: Assurance = Assurance.SIGNED_IN) -> None:
    for person in people:
        name = SEATS[person][2] if person in SEATS else "Sam Stranger"
        table.do(
            Arrive(
                person=person,
                name=name,
                tenant="t",
                assurance=assurance,
                address=f"a:{person}",
                email=f"{person}@example.org",
                joined=joined,
            ),
            SYSTEM,
        )


def leave(table: Table, person: PersonId) -> None:
    table.do(Leave(person=person), SYSTEM)


def started(procedure: str | Procedure = "san", *, here: tuple[PersonId, ...] = PEOPLE, **more: object) -> Table:
    """Return a table whose meeting has begun, with these people present."""
    table = convened(procedure, **more)  # type: ignore[arg-type]
    arrive(table, *here)
    table.do(Start())
    return table


def at(step: str, procedure: str | Procedure = "san", **more: object) -> Table:
    """Return a table whose meeting has come to this step, everything before answered."""
    table = started(procedure, **more)  # type: ignore[arg-type]
    walk_to(table, step)
    return table


def walk_to(table: Table, step: str) -> None:
    while table.meeting.step != step:
        complete(table)
        table.go_on()


def filled(specs: tuple[FieldSpec, ...], table: Table, subject: str = "", **given: str) -> dict[str, str]:
    """Return an answer to every question that these fields ask, with some of them given."""
    answers = dict(given)
    look = outside(table.meeting, table.procedure, subject)
    for _ in specs:
        for spec in fields.active(specs, answers, look):
            answers.setdefault(spec.key, an_answer(spec))
    return answers


def an_answer(spec: FieldSpec) -> str:
    match spec.type:
        case FieldType.CHOICE | FieldType.CHOICES:
            return spec.choices[0]
        case FieldType.YES_NO:
            return "no"
        case FieldType.TICK:
            return "true" if spec.required else "false"
        case FieldType.DATE:
            return "1990-02-03"  # the family that is made up has no other children
        case FieldType.DATETIME:
            return EARLIER if spec.past else LATER
        case FieldType.PERSON:
            return "Pat Doyle"
        case FieldType.CONTACT | FieldType.PHONE:
            return "01632 960 001"
        case FieldType.TEXT | FieldType.AGENCY | FieldType.CHILDREN:
            return f"About {spec.key}"


def introduction(table: Table, person: PersonId = SCHOOL, **given: str) -> dict[str, str]:
    step = agenda.first_of(table.procedure, Kind.ROLL_CALL)
    assert step is not None
    assert isinstance(step.data, RollCallData)
    name = SEATS[person][2] if person in SEATS else "Lee Late"
    known = {"full_name": name, "name": name, **given}
    keys = {f.key for f in step.data.introduction.fields}
    answers = filled(step.data.introduction.fields, table, **{k: v for k, v in known.items() if k in keys})
    return answers if "must_leave_at" in given else {k: v for k, v in answers.items() if k != "must_leave_at"}


def join_late(table: Table, person: PersonId) -> None:
    """Somebody invited comes into the running meeting and does what everybody did."""
    arrive(table, person)
    settle(table, person)


def settle(table: Table, person: PersonId) -> None:
    for step in agenda.reached(table.meeting, table.procedure):
        if isinstance(step.data, StatementData) and step.data.acknowledge:
            table.do(Acknowledge(step=step.id), person)
        if isinstance(step.data, RollCallData):
            table.do(Introduce(step=step.id, answers=introduction(table, person)), person)
        if step is agenda.identity_step(table.procedure):
            table.do(RightMeeting(right=True), person)


def complete(table: Table) -> None:
    """Answer everything that the open step asks."""
    step = table.step
    match step.data:
        case StatementData(acknowledge=acknowledge):
            if acknowledge:
                table.do(Acknowledge(step=step.id, all_present=True))
            fill_parts(table, step)
        case RollCallData():
            call_the_roll(table, step)
        case ViewsData():
            for person in table.meeting.attendees():
                give(table, person.id)
        case ActionsData():
            satisfy(table)
        case RecordData():
            if step is agenda.identity_step(table.procedure):
                table.do(RightMeeting(right=True, all_present=True))
            fill_parts(table, step)
        case _:
            _complete_rest(table, step)


def call_the_roll(table: Table, step: Step) -> None:
    """Everybody here introduces themselves; of everybody else nobody knows why they did not come."""
    for one in table.meeting.seats.values():
        if not table.meeting.occupants(one.id) and not one.apologies:
            table.do(RecordApologies(seat=one.id, reason="not known"))
    for person in table.meeting.attendees():
        if not person.introduced:
            table.do(Introduce(step=step.id, answers=introduction(table, person.id)), person.id)


def _complete_rest(table: Table, step: Step) -> None:
    match step.kind:
        case Kind.TURNS:
            speak(table)
        case Kind.QUESTIONS:
            for person in table.meeting.attendees():
                if person.right_meeting and person.introduced:
                    table.do(NoQuestion(step=step.id), person.id)
        case Kind.DECISION:
            for subject, _ in decided(table.meeting, table.procedure, step.id):
                if subject not in table.meeting.decisions:
                    choose(table, subject)
        case Kind.CLOSING:
            fill_parts(table, step)
        case _:
            pass


def fill_parts(table: Table, step: Step) -> None:
    for part in parts_of(step):
        place = (step.id, part.id)
        rows = table.meeting.rows.get(place, ())
        if is_table(part) and len(rows) < part.minimum and place not in table.meeting.none_rows:
            enter(table, step, part, NEW_ROW)
        for subject, _ in agenda.subjects(table.meeting, table.procedure, step, part):
            if not agenda.asked(table.meeting, table.procedure, part, subject):
                continue
            if agenda.gaps_of(table.meeting, table.procedure, step, part, subject):
                enter(table, step, part, subject)


def enter(
    table: Table, step: Step | str, part: Part | str, subject: str = "", by: PersonId = CHAIR, **given: str
) -> None:
    """Write a whole answer, what is not given made up."""
    step = table.procedure.step(step) if isinstance(step, str) else step
    part = agenda.part_of(step, part) if isinstance(part, str) else part
    by = NOTES if step.kept_to_owner and by == CHAIR else by
    about = agenda.child_or_meeting(table.meeting, subject)
    child = table.meeting.children.get(ChildId(subject))
    if child is not None and any(f.key == "name" for f in part.fields) and part.id == "fields":
        given.setdefault("name", child.name)
    answers = filled(part.fields, table, about, **given)
    table.do(Enter(slot=slot(step.id, part.id, subject), answers=answers), by)


def speak(table: Table, how: How = How.TYPED) -> None:
    """Let everybody on the floor have their turn."""
    step = table.step
    floor = table.meeting.floors[step.id]
    if floor.live is None and next_speaker(floor) is not None:
        table.do(BeginTurn(step=step.id))
    while (live := table.meeting.floors[step.id].live) is not None:
        finish(table, live.seat, how)


def finish(
    table: Table, speaker: SeatId, how: How = How.TYPED, by: PersonId = CHAIR, **given: str
) -> tuple[object, ...]:
    step = next(s for s in table.procedure.agenda if s.kind is Kind.TURNS)
    asked = questions_for(table.meeting, table.procedure, step, table.meeting.seats[speaker])
    answers = filled(asked, table, **given) if how is How.TYPED else given
    live = table.meeting.floors[step.id].live
    number = live.number if live else 0
    return table.do(FinishTurn(step=step.id, seat=speaker, turn=number, answers=answers, how=how), by)


def give(table: Table, person: PersonId, option: int = 0, *, by: PersonId | None = None) -> tuple[object, ...]:
    step = next(s for s in table.procedure.agenda if s.kind is Kind.VIEWS)
    assert isinstance(step.data, ViewsData)
    subjects = asked_of(table.meeting, table.procedure, step.id, table.meeting.people[person])
    opinions = tuple(
        Opinion(
            subject=subject,
            option=step.data.threshold.options[option] if step.data.threshold else "",
            scale=3 if step.data.scale else None,
            reason="What I heard",
        )
        for subject, _ in subjects
    )
    named = None if by is None else person
    return table.do(GiveViews(step=step.id, opinions=opinions, person=named), by or person)


def decision_for(table: Table, *outcomes: str, subjects: tuple[str, ...] = (ANNA,), **more: object) -> Decide:
    """Return a whole decision: what its outcomes need and why is made up."""
    step = next(s for s in table.procedure.agenda if s.kind is Kind.DECISION)
    may = {o.id: o for o in offered(table.meeting, table.procedure, step.id)}
    needs = {f"{o}.{k}": v for o in outcomes if o in may for k, v in filled(may[o].needs, table).items()}
    rationale = filled(parts_of(step)[0].fields, table)
    agreed = "all" if isinstance(step.data, DecisionData) and step.data.agreement is not Gate.NONE else ""
    more = {"agreement": agreed, **more}
    given = {"needs": needs, "rationale": rationale, "lead_criminal": "Pat Doyle", "lead_welfare": "Wyn Cole", **more}
    return Decide(step=step.id, subjects=subjects, outcomes=outcomes, **given)  # type: ignore[arg-type]


def starting(table: Table) -> Outcome:
    """Return the outcome that starts a section 47 enquiry, or the first there is."""
    step = next(s for s in table.procedure.agenda if s.kind is Kind.DECISION)
    may = offered(table.meeting, table.procedure, step.id)
    return next((o for o in may if o.starts_s47), may[0])


def choose(table: Table, subject: str, outcome: str = "") -> None:
    table.do(decision_for(table, outcome or starting(table).id, subjects=(subject,)))


def satisfy(table: Table) -> None:
    """Put everything on the action list that is demanded, and at least one action; read it back."""
    for asked in unmet(table.meeting, table.procedure):
        satisfy_one(table, asked)
    if not table.meeting.actions:
        table.do(action(table))
    table.do(ReadBack())


def satisfy_one(table: Table, asked: Asked) -> None:
    if asked.part is None:
        subjects = (asked.subject,) if asked.subject else ()
        table.do(action(table, asked.label, origin=asked.origin, subjects=subjects, keep=True))
        return
    answers = filled(asked.part.fields, table)
    table.do(Meet(step="ACTIONS", id=asked.origin.id, subjects=(asked.subject,), answers=answers, keep=True))


def action(table: Table, what: str = "Visit the home", **more: object) -> Agree:
    step = next(s for s in table.procedure.agenda if s.kind is Kind.ACTIONS)
    assert isinstance(step.data, ActionsData)
    extra = {k: v for k, v in filled(step.data.fields, table).items() if k not in ("what", "owner", "due")}
    given = {"owner": "Wyn Cole", "due": table.now + timedelta(hours=20), "extra": extra, **more}
    return Agree(what=what, **given)  # type: ignore[arg-type]
