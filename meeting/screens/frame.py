"""What every screen begins with: which meeting, which step, in which role; and what its buttons address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from meeting.before.naming import title_of
from meeting.ids import titled
from meeting.model import NO_ANSWERS, Meeting, PersonId, Standing, Status
from meeting.procedure import Procedure, Step
from meeting.refusals import FieldErrors, KeepOrChange, Obstacle, Refused
from meeting.running import agenda
from meeting.running.straight import turns_ahead

Args = Mapping[str, str]  # what a button addresses: sealed into its ticket, never read back from the card
NO_ARGS: Args = NO_ANSWERS
Choice = tuple[str, str]  # what is chosen, and how the list shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One person looking at one meeting: what a screen is built from."""

    meeting: Meeting
    procedure: Procedure
    person: PersonId
    now: datetime
    args: Args = NO_ARGS
    typed: Args = NO_ARGS  # what was typed into the form that comes back
    problem: Refused | None = None  # why it comes back
    done: str = ""  # a code for the line that confirms the last press
    calendar: bool = False  # this deployment has a page that hands out calendar files
    review: tuple[str, ...] = ()  # why whoever looks is asked to confirm that the procedure was reviewed

    @property
    def errors(self) -> Mapping[str, str]:
        """Return what is wrong with the form that comes back, by field."""
        return self.problem.errors if isinstance(self.problem, FieldErrors) else {}

    @property
    def warnings(self) -> tuple[tuple[str, str, str], ...]:
        """Return what deserves a second look in the form that comes back: (field key, code, what was found)."""
        return self.problem.warnings if isinstance(self.problem, KeepOrChange) else ()

    @property
    def scribe(self) -> bool:
        """Tell whether this is the chair or the note-taker."""
        return self.person in (self.meeting.chair, self.meeting.note_taker)

    @property
    def chairs(self) -> bool:
        """Tell whether this is the chair."""
        return self.person == self.meeting.chair


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The head of a card."""

    reference: str
    title: str
    step: str = ""
    step_label: str = ""
    number: int = 0
    count: int = 0
    guidance: str = ""
    from_default: bool = False
    role_label: str = ""
    chairs: bool = False
    scribe: bool = False
    paused: bool = False
    closed: bool = False
    visit: int = 0
    done: str = ""
    sentence: str = ""  # a refusal's code
    details: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    turns_ahead: str = ""  # the agencies' turns, which a chair who is held back may go straight to
    kept: Args = field(default_factory=dict)  # typed text that a stale form offers back


def frame_for(look: Look, step: Step | None = None) -> Frame:
    """Return the head of this person's card for a step, or for the meeting as a whole."""
    meeting, procedure = look.meeting, look.procedure
    all_steps = agenda.steps(meeting, procedure) if step is not None else ()
    number = next((i for i, s in enumerate(all_steps, start=1) if step is not None and s.id == step.id), 0)
    problem = look.problem
    return Frame(
        reference=meeting.reference,
        title=title_of(meeting, procedure),
        step=step.id if step else "",
        step_label=step.label if step else "",
        number=number,
        count=len(all_steps),
        guidance=step.guidance if step else "",
        from_default=bool(step) and not step.src if step else False,
        role_label=_role_label(look),
        chairs=look.chairs,
        scribe=look.scribe,
        paused=meeting.status in (Status.ON_HOLD, Status.ADJOURNED),
        closed=meeting.status in (Status.CLOSED, Status.CANCELLED),
        visit=meeting.visit,
        done=look.done,
        sentence=problem.code if problem else "",
        details=problem.details if problem else (),
        obstacles=tuple(getattr(problem, "obstacles", ())),
        turns_ahead=_turns_ahead(look),
    )


def guided_frame(look: Look, step: Step | None) -> Frame:
    """Return the head of a form that stands outside the steps, with the guidance of the one it belongs to (SAN-0.1)."""
    return replace(frame_for(look), guidance=step.guidance if step else "")


def _turns_ahead(look: Look) -> str:
    ahead = turns_ahead(look.meeting, look.procedure) if look.chairs and look.problem else None
    return ahead.label if ahead else ""


def _role_label(look: Look) -> str:
    if look.chairs:
        return look.procedure.words.chair_role
    if look.person == look.meeting.note_taker:
        return "Note-taker"
    seat = look.meeting.seat_of(look.person)
    return seat.label if seat else ""


def people_choices(meeting: Meeting, agency: str = "") -> tuple[tuple[str, str], ...]:
    """Return (name, what the list shows) of everybody invited or here, or of one agency: for fields naming a person.

    Whoever was sent away is not offered.
    """
    named: dict[str, str] = {}
    gone = {p.name for p in meeting.people.values() if p.standing is Standing.REMOVED}
    for person in meeting.admitted():
        seat = meeting.seat_of(person.id)
        if agency and (seat is None or seat.agency != agency):
            continue
        named[person.name] = f"{person.name} ({seat.label})" if seat else person.name
    for seat in meeting.seats.values():
        if seat.name and seat.name not in {*named, *gone} and agency in ("", seat.agency):
            named[seat.name] = f"{seat.name} ({seat.label})"
    return tuple(named.items())


def agency_choices(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Return (agency, label) of every agency that has a seat."""
    agencies = dict.fromkeys(s.agency for s in meeting.seats.values())
    return tuple((a, titled(a)) for a in agencies)
