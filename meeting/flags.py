"""Flags: what the answers and decisions so far make true, for the conditions that procedures write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from meeting.circumstances import is_said
from meeting.conditions import Condition
from meeting.model import How, Meeting, SeatId, Slot
from meeting.procedure import DecisionData, FieldSpec, Outcome, Procedure, RollCallData, Setter, TurnsData
from meeting.roles import speaks_for_agency
from meeting.steps import family
from meeting.steps.fields import Lookup, answered, lookup_with, says
from meeting.timing.clocks import lateness

CONVENING = "CONVENING"
MINUTES = "MINUTES"  # what the chair passed when authorising stands under this name
CONTRIBUTION = "contribution"
SUBJECT = "subject"  # beside what convening asks: "CONVENING.subject.type" is the id of whom the meeting is about
CHOSEN = "chosen"  # of an outcome: "STEP.outcome.chosen" is yes once it is decided
ADULT = "adult"  # of a row of the family: told by its own date of birth or relation
JOINT = "joint"  # with police: two leads are named
_NOTHING_TOLD = frozenset({How.PREPARED, How.NO_ANSWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """How conditions look a flag up that no field of their own form sets."""

    meeting: Meeting
    procedure: Procedure
    subject: str
    answers: Mapping[str, str] | None = None

    def __call__(self, name: str, value: str | None) -> bool:
        if name == ADULT and self.answers is not None:
            return not family.is_child(self.meeting, self.procedure, self.answers)
        return value is None and flag(self.meeting, self.procedure, name, self.subject)

    def of_row(self, answers: Mapping[str, str]) -> Lookup:
        """Return the lookup for a row with these answers: it also knows whether they describe an adult (SAN-5.4)."""
        return replace(self, answers=answers)


def outside(meeting: Meeting, procedure: Procedure, subject: str = "") -> Lookup:
    """Return how conditions about this subject (a child, or "" for the meeting) look a flag up."""
    return Outside(meeting=meeting, procedure=procedure, subject=subject)


def holds(
    meeting: Meeting,
    procedure: Procedure,
    condition: Condition | None,
    *,
    subject: str = "",
    answers: Mapping[str, str] | None = None,
    fields: tuple[FieldSpec, ...] = (),
) -> bool:
    """Tell whether a condition holds now; no condition always holds."""
    if condition is None:
        return True
    keys = {f.key for f in fields} | set(answers or {})
    return condition.holds(lookup_with(answers or {}, keys, outside(meeting, procedure, subject)))


def flag(meeting: Meeting, procedure: Procedure, name: str, subject: str = "") -> bool:
    """Tell whether a flag is set, for one child or (subject "") for the meeting or any of its children."""
    if name == "always" or is_said(meeting, name, subject):
        return True
    rule = _RULES.get(name)
    if rule is not None and rule(meeting, procedure, subject):
        return True
    return any(_set(meeting, procedure, s, subject) for s in _setters(procedure, name))


def _set(meeting: Meeting, procedure: Procedure, setter: Setter, subject: str) -> bool:
    """Tell whether an answer in the record sets a flag."""
    step, part, field = setter.place.split(".")
    for slot, answers in _slots(meeting, procedure, step, part):
        if subject and slot.subject in meeting.children and slot.subject != subject:
            continue
        if _fits(setter, answers.get(field, "")):
            return True
    return False


def _fits(setter: Setter, value: str) -> bool:
    if setter.equals is not None:
        return says(value, setter.equals)
    if setter.other_than is not None:
        return bool(value) and value != setter.other_than
    return answered(value) and value != "not known"


def set_by_needs(procedure: Procedure, name: str, needs: Mapping[str, str]) -> bool:
    """Tell whether what is about to be said with outcomes, by "outcome.field", sets a flag."""
    return any(_fits(s, needs.get(s.place.partition(".")[2], "")) for s in _setters(procedure, name))


def needs_that_set(procedure: Procedure, name: str) -> frozenset[str]:
    """Return the places, as "outcome.field", at which an answer may set a flag."""
    return frozenset(s.place.partition(".")[2] for s in _setters(procedure, name))


def _setters(procedure: Procedure, name: str) -> tuple[Setter, ...]:
    return next((f.set_by for f in procedure.flags if f.name == name), ())


def _slots(meeting: Meeting, procedure: Procedure, step: str, part: str) -> Iterator[tuple[Slot, Mapping[str, str]]]:
    """Yield the answers at a place; for a turns step `part` is an agency, for a decision an outcome."""
    turns = frozenset(s.id for s in procedure.agenda if isinstance(s.data, TurnsData))
    for slot, answer in meeting.answers.items():
        if step not in ("*", slot.step):
            continue
        if slot.step in turns and slot.part == CONTRIBUTION:
            seat = meeting.seats.get(SeatId(slot.subject))
            if seat is not None and part in (seat.agency, "default"):
                yield slot, answer.answers
        elif slot.part == part:
            yield slot, answer.answers
    if (step, part) == (CONVENING, SUBJECT):
        yield Slot(step=step, part=part), {"type": meeting.subject_type}
    yield from _decided(meeting, procedure, (o for o in outcomes_of(procedure, step) if o.id == part))


def outcomes_of(procedure: Procedure, step: str = "*") -> Iterator[Outcome]:
    """Yield what may be decided at a step, or at any."""
    for one in procedure.agenda:
        if isinstance(one.data, DecisionData) and step in ("*", one.id):
            yield from one.data.outcomes


def _decided(
    meeting: Meeting, procedure: Procedure, outcomes: Iterable[Outcome]
) -> Iterator[tuple[Slot, Mapping[str, str]]]:
    """Yield what was said with each decision for one of these; a professionals meeting has withdrawn some (SAN-1.4)."""
    for outcome in outcomes if meeting.decisions else ():
        if not holds(meeting, procedure, outcome.when):
            continue
        for decision in meeting.decisions.values():
            if outcome.id in decision.outcomes:
                said = {k.partition(".")[2]: v for k, v in decision.needs.items() if k.startswith(f"{outcome.id}.")}
                yield Slot(step="", part=outcome.id, subject=decision.subject), {CHOSEN: "yes", **said}


def _s47(meeting: Meeting, procedure: Procedure, subject: str, *, anew: bool = False) -> bool:
    """Tell whether a section 47 enquiry is decided on this subject, or any; with `anew`, one that did not run yet."""
    for outcome in (o for o in outcomes_of(procedure) if o.starts_s47):
        for slot, said in _decided(meeting, procedure, (outcome,)):
            mine = not subject or slot.subject in (subject, "")
            goes_on = outcome.continues_s47 is not None and holds(
                meeting, procedure, outcome.continues_s47, answers=said
            )
            if mine and not (anew and goes_on):
                return True
    return False


def _held_late(meeting: Meeting, procedure: Procedure, subject: str) -> bool:
    return bool(lateness(meeting, procedure, meeting.started))


def _information_missing(meeting: Meeting, procedure: Procedure, subject: str) -> bool:
    """Tell whether an agency that is needed or invited is absent, or left nothing where it had its turn (SAN-13.13a).

    What an absent agency handed in counts once it was read out at its turn.
    """
    told = contributed(meeting)
    here = meeting.took_part()
    asked = {s for step, f in meeting.floors.items() if step != meeting.step for s in f.order}
    here_to_tell = (s for s in meeting.seats.values() if speaks_for_agency(procedure, s))
    holding = [s for s in here_to_tell if s.id != meeting.chair_seat]
    silent = any(s.id not in told and (s.id not in here or s.id in asked) for s in holding if not s.deputy_of)
    agencies = {s.agency for s in meeting.seats.values() if s.id in here or s.id in told}
    core = (s.data.quorum.agencies for s in procedure.agenda if isinstance(s.data, RollCallData))
    return silent or any(agency not in agencies for group in core for agency in group)


def contributed(meeting: Meeting) -> frozenset[str]:
    """Return the seats that told something at their turn; what is only prepared is not told yet."""
    turns = ((s, a) for s, a in meeting.answers.items() if s.part == CONTRIBUTION)
    return frozenset(slot.subject for slot, answer in turns if answer.how not in _NOTHING_TOLD)


_RULES: dict[str, Callable[[Meeting, Procedure, str], bool]] = {
    "converted": lambda m, _p, _s: m.converted is not None,
    "s47": _s47,
    "s47_started": lambda m, p, s: _s47(m, p, s, anew=True),
    "held_late": _held_late,
    "information_missing": _information_missing,
    "unborn": lambda m, _p, s: any(c.unborn for c in m.children.values() if s in ("", c.id)),
}
