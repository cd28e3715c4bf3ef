"""Whom the meeting is about, as the record says: a name put right, another child brought into scope."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.flags import holds
from meeting.model import Answers, Child, ChildId, Meeting, PersonId, Slot
from meeting.procedure import Per
from meeting.registry import Case, Events, evolves
from meeting.running import agenda
from meeting.values import with_key, without_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildNamed:
    child: ChildId
    name: str
    unborn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildConsidered:
    """A child who is no subject of the meeting was looked at: in its scope from now on, or not (SAN-8.4)."""

    child: ChildId
    name: str
    in_scope: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildDropped:
    child: ChildId


def described(case: Case, slot: Slot, answers: Answers) -> Events:
    """Return what answers change of whom the meeting is about; nothing where it stands so already."""
    step = case.procedure.step(slot.step)
    part, child = agenda.part_of(step, slot.part), ChildId(slot.subject)
    known, brings = case.meeting.children.get(child), part.in_scope_when
    name = answers.get("name", "")
    if brings is not None and any(answers.get(term.name) for term in brings.terms()):
        scope = holds(case.meeting, case.procedure, brings, answers=answers, fields=part.fields)
        made = ChildConsidered(child=child, name=name, in_scope=scope)
        return () if known is not None and (known.name, known.in_scope) == (name, scope) else (made,)
    if known is None or part.per is not Per.CHILD or step is not agenda.identity_step(case.procedure):
        return ()
    named = ChildNamed(child=child, name=name or known.name, unborn=answers.get("unborn") == "true")
    return () if "name" not in answers or (known.name, known.unborn) == (named.name, named.unborn) else (named,)


def taken_back(case: Case, slot: Slot) -> Events:
    """Return what a line that was taken out changes: a child that it brought into scope goes with it."""
    part = agenda.part_of(case.procedure.step(slot.step), slot.part)
    child = ChildId(slot.subject)
    known = part.in_scope_when is not None and child in case.meeting.children
    return (ChildDropped(child=child),) if known else ()


@evolves(ChildNamed)
def _named(meeting: Meeting, event: ChildNamed, by: PersonId, at: datetime) -> Meeting:
    child = replace(meeting.children[event.child], name=event.name, unborn=event.unborn)
    return replace(meeting, children=with_key(meeting.children, child.id, child))


@evolves(ChildConsidered)
def _considered(meeting: Meeting, event: ChildConsidered, by: PersonId, at: datetime) -> Meeting:
    child = Child(id=event.child, name=event.name, in_scope=event.in_scope)
    return replace(meeting, children=with_key(meeting.children, child.id, child))


@evolves(ChildDropped)
def _dropped(meeting: Meeting, event: ChildDropped, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, children=without_key(meeting.children, event.child))
