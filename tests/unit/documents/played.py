"""Meetings for these tests, played through the rules themselves: every answer is a command that names its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from meeting import machine
from meeting.before import convening
from meeting.door import admission
from meeting.flags import outside
from meeting.model import (
    Assurance,
    Child,
    ChildId,
    Meeting,
    MeetingId,
    PersonId,
    Seat,
    SeatId,
    Slot,
    Status,
)
from meeting.procedure import FieldSpec, FieldType, Kind, Part, Per, Procedure, Step, ViewsData, parts_of
from meeting.refusals import HeldBack
from meeting.running import agenda, chairing
from meeting.standing import SYSTEM
from meeting.steps import actions, decision, fields, questions, record, roll_call, safeguards, statement, turns, views
from procedures.load import load

BEGIN = datetime(2026, 12, 23, 14, 5, tzinfo=UTC)
Says = Callable[[str], str]  # where a text stands -> the text

CHAIR, NOTES, POLICE, HEALTH, WORKER = (PersonId(p) for p in ("p-chair", "p-notes", "p-police", "p-health", "p-worker"))

TABLE = (
    ("chair", "social_care", "manager", "Chair", "Morgan Vale"),
    ("notes", "social_care", "note_taker", "Note-taker", "Sam Penn"),
    ("police", "police", "police_representative", "Police", "Alex Stone"),
    ("health", "health", "health_practitioner", "Health visitor", "Robin Marsh"),
    ("worker", "social_care", "child_social_worker", "Social worker", "Jo Hale"),
    ("school", "education", "school_or_nursery", "School", "Pat Reed"),
    ("housing", "housing", "other", "Housing", "Kim Lowe"),
    ("gp", "health", "gp", "GP", "Dr Ash Poole"),
    ("midwife", "health", "midwife", "Midwife", "Lou Birch"),
    ("nursery", "education", "school_or_nursery", "Nursery", "Fran Dale"),
    ("probation", "probation", "other", "Probation", "Lee Ford"),
    ("youth", "youth_justice", "other", "Youth justice", "Max Heath"),
)
TWO = (Child(id=ChildId("c1"), name="Ada Brook"), Child(id=ChildId("c2"), name="Ben Brook"))


def as_it_stands(where: str) -> str:
    """Return a text that names its own place, so that a test can find it again."""
    return f"Text of {where}"


@dataclass(kw_only=True)
class Play:
    """A meeting that is being played; `do` sends one command and folds what it brings."""

    procedure: Procedure
    meeting: Meeting
    now: datetime = BEGIN
    says: Says = as_it_stands
    told: list[str] = field(default_factory=list)  # every text that somebody entered

    def do(self, by: PersonId, command: object, *, minutes: float = 0) -> Play:
        """Send a command some minutes later; raises Refused."""
        self.now += timedelta(minutes=minutes)
        for entry in machine.decide(self.meeting, command, by=by, procedure=self.procedure, now=self.now):
            self.meeting = machine.evolve(self.meeting, entry)
        return self

    def says_at(self, where: str) -> str:
        """Return a text for a place, and remember it."""
        text = self.says(where)
        self.told.append(text)
        return text

    def arrive(self, person: str, name: str, email: str = "", assurance: Assurance = Assurance.SIGNED_IN) -> Play:
        """Let somebody come into the call."""
        address = email or f"{person}@example.org"
        came = admission.Arrive(
            person=PersonId(person),
            name=name,
            tenant="t",
            assurance=assurance,
            address=address,
            email=address,
            joined=True,
        )
        return self.do(SYSTEM, came)

    @property
    def step(self) -> Step:
        """Return the open step."""
        return agenda.current(self.meeting, self.procedure)

    def on(self, reason: str = "The information will follow tomorrow") -> Play:
        """Move to the next step; where a gate holds that a reason passes, give the reason."""
        try:
            return self.do(CHAIR, chairing.MoveOn(visit=self.meeting.visit), minutes=1)
        except HeldBack:
            return self.do(CHAIR, chairing.MoveOn(visit=self.meeting.visit, reason=reason), minutes=1)

    def fill(self, specs: tuple[FieldSpec, ...], where: str, subject: str = "", **fixed: str) -> dict[str, str]:
        """Return an answer to every question that is asked; those fixed stand as they are."""
        known = {f.key for f in specs}
        given = {key: text for key, text in fixed.items() if key in known}
        look = outside(self.meeting, self.procedure, subject if subject in self.meeting.children else "")
        for _ in range(4):
            for spec in fields.active(specs, given, look):
                if spec.key not in given:
                    given[spec.key] = self.value(spec, f"{where}.{spec.key}")
        return given

    def value(self, spec: FieldSpec, where: str) -> str:
        """Return a valid answer to one question."""
        day = self.now + timedelta(hours=4)
        match spec.type:
            case FieldType.TEXT | FieldType.CHILDREN:
                return self.says_at(where)
            case FieldType.CHOICE:
                return spec.choices[0]
            case FieldType.CHOICES:
                return ", ".join(spec.choices[:2])
            case FieldType.YES_NO:
                return "yes"
            case FieldType.TICK:
                return "true" if spec.required else ""
            case FieldType.DATE:
                return "2015-03-04"
            case FieldType.DATETIME:
                return day.isoformat()
            case FieldType.PERSON:
                return "Jo Hale"
            case FieldType.AGENCY:
                return "police"
            case FieldType.PHONE:
                return "01632 960001"
            case FieldType.CONTACT:
                return "jo@example.org"


def convened(
    procedure: str | Procedure = "san",
    *,
    seats: int = 5,
    children: tuple[Child, ...] = TWO,
    says: Says = as_it_stands,
    answers: Mapping[str, str] | None = None,
) -> Play:
    """Return a meeting that is called, with so many seats, and nobody in it."""
    rules = load(procedure) if isinstance(procedure, str) else procedure
    play = Play(procedure=rules, meeting=machine.unwritten(MeetingId("m1")), says=says)
    table = tuple(
        Seat(
            id=SeatId(i), agency=agency, role=role, label=label, name=name, email=f"{i}@example.org", reason="involved"
        )
        for i, agency, role, label, name in TABLE[:seats]
    )
    asked = tuple(f for f in rules.convening.part.fields if f.key != "children")
    fixed = {
        "concern_received": (BEGIN - timedelta(hours=3)).isoformat(),
        "immediate_action": "no",
        "referrer": "A neighbour",
        **(answers or {}),
    }
    given = play.fill(asked, "CONVENING", **fixed)
    command = convening.Convene(
        reference="SM-2026-0042",
        procedure_hash="0f1e2d3c4b5a69788796",
        answers=given,
        children=children,
        seats=table,
        chair_seat=SeatId("chair"),
        note_taker_seat=SeatId("notes"),
        deputy_seat=SeatId("worker"),
        starts=BEGIN,
        place="Teams",
    )
    return play.do(PersonId("convener"), command)


def gathered(play: Play, *, without: tuple[str, ...] = ()) -> Play:
    """Let everybody come who is not left out, and start."""
    for seat in tuple(play.meeting.seats.values()):
        if seat.id not in without:
            play.arrive(f"p-{seat.id}", seat.name, seat.email)
    return play.do(CHAIR, chairing.Start(), minutes=2)


def acted(play: Play) -> Play:
    """Do what the open step asks for, whatever its kind; nothing is left blank."""
    step = play.step
    doing: dict[Kind, Callable[[Play, Step], None]] = {
        Kind.STATEMENT: _statement,
        Kind.ROLL_CALL: _roll_call,
        Kind.RECORD: _forms,
        Kind.TURNS: _turns,
        Kind.QUESTIONS: lambda _p, _s: None,
        Kind.VIEWS: _views,
        Kind.DECISION: _decide,
        Kind.ACTIONS: _actions,
        Kind.CLOSING: _forms,
    }
    doing[step.kind](play, step)
    return play


def whole(play: Play, *, until: str = "") -> Play:
    """Play on to the end of the meeting, or until a step is open and done."""
    while play.meeting.status is Status.RUNNING:
        acted(play)
        if until and play.step.id == until:
            return play
        play.on()
    return play


def _statement(play: Play, step: Step) -> None:
    play.do(CHAIR, statement.Acknowledge(step=step.id))
    play.do(NOTES, statement.Acknowledge(step=step.id, all_present=True))
    _forms(play, step)


def _roll_call(play: Play, step: Step) -> None:
    part = parts_of(step)[0]
    given = play.fill(part.fields, step.id, full_name="Morgan Vale", name="Morgan Vale", must_leave_at="")
    play.do(CHAIR, roll_call.Introduce(step=step.id, answers=given))
    play.do(NOTES, roll_call.HearIntroductions(step=step.id))


def _forms(play: Play, step: Step) -> None:
    if step is agenda.identity_step(play.procedure):
        play.do(CHAIR, record.RightMeeting(right=True, all_present=True))
    for _ in range(3):  # an answer can bring up another question
        for part in parts_of(step):
            _part(play, step, part)


def _part(play: Play, step: Step, part: Part) -> None:
    if part.per is Per.FREE:
        if not play.meeting.rows.get((step.id, part.id)):
            for number in (1, 2):
                enter(play, step.id, part, record.NEW_ROW, f"{step.id}.{part.id}.{number}")
        return
    for subject, _ in agenda.subjects(play.meeting, play.procedure, step, part):
        slot = Slot(step=step.id, part=part.id, subject=subject)
        if slot not in play.meeting.answers and agenda.asked(play.meeting, play.procedure, part, subject):
            enter(play, step.id, part, subject, f"{step.id}.{part.id}.{subject}")


def enter(play: Play, step: str, part: Part, subject: str, where: str, **given: str) -> None:
    """Answer one part about one subject; `given` replaces what would be answered."""
    if subject in play.meeting.children:
        child = play.meeting.children[ChildId(subject)]
        given = {"name": child.name, **({"unborn": "true"} if child.unborn else {}), **given}
    answers = play.fill(part.fields, where, subject, **given)
    play.do(NOTES, record.Enter(slot=Slot(step=step, part=part.id, subject=subject), answers=answers, keep=True))


def _turns(play: Play, step: Step) -> None:
    play.do(CHAIR, turns.BeginTurn(step=step.id))
    while (floor := play.meeting.floors[step.id]).live is not None:
        seat = play.meeting.seats[floor.live.seat]
        asked = turns.questions_for(play.meeting, play.procedure, step, seat)
        given = play.fill(asked, f"{step.id}.{seat.id}")
        ends = turns.FinishTurn(step=step.id, seat=seat.id, turn=floor.live.number, answers=given, keep=True)
        play.do(PersonId(f"p-{seat.id}"), ends, minutes=3)


def _views(play: Play, step: Step) -> None:
    data = step.data
    assert isinstance(data, ViewsData)
    for number, person in enumerate(play.meeting.attendees()):
        opinions = tuple(
            views.Opinion(
                subject=subject,
                option=data.threshold.options[number % 2] if data.threshold else "",
                scale=number % 11 if data.scale else None,
                reason=play.says_at(f"{step.id}.{person.id}.{subject}"),
            )
            for subject, _ in views.asked_of(play.meeting, play.procedure, step.id, person)
        )
        play.do(person.id, views.GiveViews(step=step.id, opinions=opinions, keep=True))


def _decide(play: Play, step: Step) -> None:
    for subject, _ in decision.subjects(play.meeting, play.procedure, step.id):
        outcome = next(o for o in decision.offered(play.meeting, play.procedure, step.id))
        starts = next((o for o in decision.offered(play.meeting, play.procedure, step.id) if o.starts_s47), outcome)
        needs = {f"{starts.id}.{k}": v for k, v in play.fill(starts.needs, f"{step.id}.{subject}").items()}
        command = decision.Decide(
            step=step.id,
            subjects=(subject,),
            outcomes=(starts.id,),
            needs=needs,
            rationale=play.fill(parts_of(step)[0].fields, f"{step.id}.rationale.{subject}", subject),
            lead_criminal="Alex Stone",
            lead_welfare="Jo Hale",
            agreement="all",
            keep=True,
        )
        play.do(CHAIR, command, minutes=1)


def _actions(play: Play, step: Step) -> None:
    for asked in actions.unmet(play.meeting, play.procedure):
        if (asked.origin, asked.subject) in play.meeting.met:
            continue
        if asked.part is None:
            agreed = actions.Agree(
                what=play.says_at(f"{step.id}.{asked.origin.id}.{asked.subject}"),
                owner="Jo Hale",
                owner_seat=SeatId("worker") if SeatId("worker") in play.meeting.seats else None,
                due=play.now + timedelta(hours=5),
                subjects=(asked.subject,),
                origin=asked.origin,
                keep=True,
            )
            play.do(NOTES, agreed)
            continue
        before = len(play.told), len(play.meeting.actions)
        given = play.fill(asked.part.fields, f"{step.id}.{asked.origin.id}.{asked.subject}", asked.subject)
        met = actions.Meet(step=step.id, id=asked.origin.id, subjects=(asked.subject,), answers=given, keep=True)
        play.do(NOTES, met)
        if len(play.meeting.actions) == before[1]:  # a meeting does not keep what was said beside the list
            del play.told[before[0] :]
    extra = actions.Agree(
        what=play.says_at(f"{step.id}.agreed"),
        owner="Robin Marsh",
        due=play.now + timedelta(days=2),
        extra=play.fill(tuple(f for f in step.data.fields if f.key not in ("what", "owner", "due")), step.id),
        default_due=True,
        keep=True,
    )
    play.do(NOTES, extra)


def asked(play: Play, by: PersonId, to: str, text: str) -> Play:
    """Put a question."""
    return play.do(by, questions.AskQuestion(to=to, text=text, keep=True))


def urgent(play: Play, by: PersonId, what: str) -> Play:
    """Raise an urgent action."""
    return play.do(by, safeguards.RaiseUrgent(what=what, owner="", due=play.now + timedelta(hours=1)))
