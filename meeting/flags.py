"""Flags: what the answers and decisions so far make true, for the conditions that procedures write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from meeting.circumstances import is_said
from meeting.conditions import Condition
from meeting.model import How, Meeting, SeatId, Slot
from meeting.procedure import DecisionData, FieldSpec, Procedure, RollCallData, Setter, TurnsData
from meeting.roles import speaks_for_agency
from meeting.steps import family
from meeting.steps.fields import Lookup, answered, lookup_with, says
from meeting.timing.clocks import lateness

CONVENING = "CONVENING"
MINUTES = "MINUTES"  # what the chair passed when authorising stands under this name
CONTRIBUTION = "contribution"
ADULT = "adult"  # of a row of the family: told by its own date of birth or relation
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
    known = next((f for f in procedure.flags if f.name == name), None)
    return known is not None and any(_set(meeting, procedure, s, subject) for s in known.set_by)


def _set(meeting: Meeting, procedure: Procedure, setter: Setter, subject: str) -> bool:
    """Tell whether an answer in the record sets a flag."""
    step, part, field = setter.place.split(".")
    for slot, answers in _slots(meeting, procedure, step, part):
        if subject and slot.subject in meeting.children and slot.subject != subject:
            continue
        value = answers.get(field, "")
        if setter.equals is not None and says(value, setter.equals):
            return True
        if setter.other_than is not None and value and value != setter.other_than:
            return True
        if setter.equals is None and setter.other_than is None and answered(value) and value != "not known":
            return True
    return False


def _slots(meeting: Meeting, procedure: Procedure, step: str, part: str) -> Iterator[tuple[Slot, Mapping[str, str]]]:
    """Yield the answers at a place; for a turns step `part` is an agency."""
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


def _decided(meeting: Meeting, procedure: Procedure, subject: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield (outcome id that starts section 47, its needs) of the decisions on this subject, or on any."""
    starts = {
        o.id
        for s in procedure.agenda
        if isinstance(s.data, DecisionData)
        for o in s.data.outcomes
        if o.starts_s47 and holds(meeting, procedure, o.when)  # a professionals meeting has withdrawn it
    }
    for decision in meeting.decisions.values():
        if subject and decision.subject not in (subject, ""):
            continue
        for outcome in decision.outcomes:
            if outcome in starts:
                needs = {k.partition(".")[2]: v for k, v in decision.needs.items() if k.startswith(f"{outcome}.")}
                yield outcome, needs


def _s47(meeting: Meeting, procedure: Procedure, subject: str) -> bool:
    return any(True for _ in _decided(meeting, procedure, subject))


def _s47_started(meeting: Meeting, procedure: Procedure, subject: str) -> bool:
    return any(n.get("start_continue") != "continue" for _, n in _decided(meeting, procedure, subject))


def _joint(meeting: Meeting, procedure: Procedure, subject: str) -> bool:
    return any(n.get("joint_single") == "joint" for _, n in _decided(meeting, procedure, subject))


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


def _police(meeting: Meeting, procedure: Procedure, subject: str) -> bool:
    """Tell whether the enquiry is joint, or a police investigation is an outcome."""
    mine = (d for d in meeting.decisions.values() if not subject or d.subject in (subject, ""))
    return _joint(meeting, procedure, subject) or any("police" in d.outcomes for d in mine)


_RULES: dict[str, Callable[[Meeting, Procedure, str], bool]] = {
    "converted": lambda m, _p, _s: m.converted is not None,
    "s47": _s47,
    "s47_started": _s47_started,
    "joint": _joint,
    "police_investigation": _police,
    "held_late": _held_late,
    "information_missing": _information_missing,
    "group_subject": lambda m, _p, _s: m.subject_type == "exposed_group",
    "context_subject": lambda m, _p, _s: m.subject_type == "context",
    "unborn": lambda m, _p, s: any(c.unborn for c in m.children.values() if s in ("", c.id)),
}
RULED = frozenset({*_RULES, ADULT})
