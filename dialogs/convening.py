"""Calling a meeting: from a file, all at once; the cards that ask the same stand in `dialogs/calling.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dialogs.beginning import fresh_reference
from dialogs.planning import (
    PlanRefused,
    answers,
    as_text,
    circumstances_of,
    moment_of,
    own_answers,
    reference_of,
    required,
    rows,
    slug,
    subject_type,
    text,
)
from meeting.after.case_system import SayCaseStatus
from meeting.before.amending import Amend, term_fields
from meeting.before.convening import Convene, Prepare
from meeting.before.invitations import Invite
from meeting.circumstances import CIRCUMSTANCES, OF_A_CHILD
from meeting.flags import CONTRIBUTION
from meeting.ids import titled
from meeting.model import Child, ChildId, Local, Seat, SeatId, Slot
from meeting.procedure import FieldSpec, Kind, Part, Per, Procedure, Step, TurnsData, parts_of
from meeting.refusals import Refused
from meeting.running import agenda
from meeting.steps.slots import NEW_ROW

__all__ = ["Plan", "PlanRefused", "plan_from"]

_OWN = ("id", "name", "unborn", "in_scope", "circumstances")
_SEAT = "write agency, role, label, name and email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a convene file asks for, as commands: the meeting first, then what was prepared for it."""

    reference: str
    convene: Convene
    prepared: tuple[Prepare, ...]
    terms: tuple[Amend, ...] = ()
    own: tuple[SayCaseStatus, ...] = ()
    invite: Invite  # with the reasons for whom a gate keeps back

    @property
    def commands(self) -> tuple[object, ...]:
        """Every command, in order."""
        return (self.convene, *self.own, *self.prepared, *self.terms)


def plan_from(data: Mapping[str, Any], procedure: Procedure, *, local: Local | None = None) -> Plan:
    """Return the commands that a convene file asks for; raises PlanRefused naming the key and the remedy."""
    reference = reference_of(data) or fresh_reference()
    seats = tuple(_seats(data))
    circumstances, children = _about(data)
    convene = Convene(
        reference=reference,
        procedure_hash="",
        answers=_convening(data, procedure),
        children=children,
        seats=seats,
        chair_seat=_seat_id(data, "chair", seats) or _missing_chair(seats),
        note_taker_seat=_seat_id(data, "note_taker", seats),
        deputy_seat=_seat_id(data, "deputy", seats),
        subject_type=subject_type(data, procedure),
        starts=moment_of(data, "starts"),
        place=text(data, "place"),
        reason=text(data, "reason"),
        start_now=bool(data.get("start_now")),
        circumstances=circumstances,
        local=local or Local(),
    )
    return Plan(
        reference=reference,
        convene=convene,
        terms=_terms(data, procedure),
        own=tuple(own_answers(data, procedure, children)),
        invite=Invite(reason=text(data, "outside_pathway"), before_consent=text(data, "before_consent")),
        prepared=(*_identity(data, procedure, children), *_prepared(data, procedure, children, seats)),
    )


def _about(data: Mapping[str, Any]) -> tuple[frozenset[str], tuple[Child, ...]]:
    """Return what is true of the case, and the children; what is true of an only child is true of all."""
    said, children = circumstances_of(data, CIRCUMSTANCES) or frozenset(), tuple(_children(data))
    if len(children) > 1:
        return said, children
    of_all = said.union(*(c.circumstances or () for c in children))
    return of_all, tuple(replace(c, circumstances=None) for c in children)


def _terms(data: Mapping[str, Any], procedure: Procedure) -> tuple[Amend, ...]:
    """Return the answers to what the invitations themselves ask (LCS-2.1)."""
    given = data.get("invitations") or {}
    return (Amend(terms=answers(given, term_fields(procedure), "invitations")),) if given else ()


def _seats(data: Mapping[str, Any]) -> Iterator[Seat]:
    taken: dict[str, object] = {}
    for where, entry in rows(data, "seats", _SEAT):
        agency = required(entry, "agency", where, "name it as the procedure does, as social_care or police")
        label = text(entry, "label", where) or titled(agency)
        seat = text(entry, "id", where) or slug(label, taken)
        if seat in taken:
            raise PlanRefused(f"{where}id: '{seat}' stands twice; give each seat an id of its own")
        taken[seat] = entry
        prefill = entry.get("prefill") or {}
        if not isinstance(prefill, Mapping):
            raise PlanRefused(f"{where}prefill: write a map of what the introduction asks")
        yield Seat(
            id=SeatId(seat),
            agency=agency,
            role=text(entry, "role", where) or agency,
            label=label,
            name=text(entry, "name", where),
            email=text(entry, "email", where),
            aad=text(entry, "aad", where),
            prefill={str(k): as_text(v) for k, v in prefill.items()},
            reason=text(entry, "reason", where),
            via=text(entry, "via", where),
            deputy_of=text(entry, "deputy_of", where),
            supplied=text(entry, "supplied", where),
        )


def _seat_id(data: Mapping[str, Any], key: str, seats: tuple[Seat, ...]) -> SeatId | None:
    named = text(data, key)
    if not named:
        return None
    found = next((s.id for s in seats if named in (s.id, s.name)), None)
    if found is None:
        raise PlanRefused(f"{key}: no seat '{named}'; use one of {', '.join(s.id for s in seats)}")
    return found


def _missing_chair(seats: tuple[Seat, ...]) -> SeatId:
    raise PlanRefused(f"chair: missing; name the seat that chairs, one of {', '.join(s.id for s in seats)}")


def _children(data: Mapping[str, Any]) -> Iterator[Child]:
    for number, (where, entry) in enumerate(rows(data, "children", "write a name for each child"), start=1):
        name = required(entry, "name", where, 'write the name, "unborn baby of …" or "not known"')
        child = text(entry, "id", where) or f"c{number}"
        scope = entry.get("in_scope", True) not in (False, "no", "false")
        own = circumstances_of(entry, OF_A_CHILD, where)
        yield Child(id=ChildId(child), name=name, in_scope=scope, unborn=bool(entry.get("unborn")), circumstances=own)


def _convening(data: Mapping[str, Any], procedure: Procedure) -> dict[str, str]:
    specs = tuple(f for f in procedure.convening.part.fields if f.key != "children")
    given = answers(data.get("answers") or {}, specs, "answers")
    starts = moment_of(data, "starts")
    if starts is not None and any(f.key == "when" for f in specs):
        given.setdefault("when", starts.isoformat())
    link = text(data, "join_link")
    return {**given, **({"join_link": link} if link else {})}


def _identity(data: Mapping[str, Any], procedure: Procedure, children: tuple[Child, ...]) -> Iterator[Prepare]:
    """Yield what the children's entries say beyond their names, for the step that asks who they are."""
    step = agenda.identity_step(procedure)
    part = next((p for p in parts_of(step) if p.per is Per.CHILD), None) if step else None
    for child, (where, entry) in zip(children, rows(data, "children", "write a name for each child"), strict=True):
        more = {k: v for k, v in entry.items() if k not in (*_OWN, *procedure.convening.per_child)}
        if not more:
            continue
        if step is None or part is None:
            raise PlanRefused(f"{where}{next(iter(more))}: this procedure asks nothing about a child here")
        known = {f.key for f in part.fields}
        basis = {"name": child.name} if "name" in known else {}
        basis |= {"unborn": "true"} if child.unborn and "unborn" in known else {}
        given = answers({**basis, **more}, part.fields, where.rstrip("."))
        yield Prepare(slot=Slot(step=step.id, part=part.id, subject=child.id), answers=given, keep=True)


def _prepared(
    data: Mapping[str, Any], procedure: Procedure, children: tuple[Child, ...], seats: tuple[Seat, ...]
) -> Iterator[Prepare]:
    given = data.get("prepared") or {}
    if not isinstance(given, Mapping):
        raise PlanRefused("prepared: write a map of STEP.part or STEP.part.subject")
    for key, value in given.items():
        where = f"prepared.{key}"
        step = _step(str(key), procedure, where)
        if isinstance(step.data, TurnsData):
            yield from _turn(str(key), value, step, seats, where)
            continue
        _, _, rest = str(key).partition(".")
        name, _, subject = rest.partition(".")
        part = _part(step, name, where)
        yield from _of_part(step, part, _subject(subject, part, children), value, where)


def _step(key: str, procedure: Procedure, where: str) -> Step:
    named = key.partition(".")[0]
    step = next((s for s in procedure.agenda if s.id == named), None)
    if step is None or step.kind not in (Kind.RECORD, Kind.STATEMENT, Kind.CLOSING, Kind.TURNS):
        raise PlanRefused(f"{where}: no step '{named}'; this procedure has {', '.join(s.id for s in procedure.agenda)}")
    return step


def _part(step: Step, name: str, where: str) -> Part:
    try:
        return agenda.part_of(step, name)
    except Refused:
        known = ", ".join(f"{step.id}.{p.id}" for p in parts_of(step))
        raise PlanRefused(f"{where}: no part '{name}'; use one of {known}") from None


def _subject(named: str, part: Part, children: tuple[Child, ...]) -> str:
    """Return the subject's id: a child may be named as it is called."""
    if part.per is Per.CHILD:
        return next((str(c.id) for c in children if named in (c.id, c.name)), named)
    return named


def _of_part(step: Step, part: Part, subject: str, value: object, where: str) -> Iterator[Prepare]:
    """Yield the commands for one slot, for the rows of a table, or for "none"."""
    if value == "none":
        yield Prepare(slot=Slot(step=step.id, part=part.id, subject=subject), answers={}, none=True)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, row in enumerate(value, start=1):
            yield _one(step, part, NEW_ROW, row, f"{where}[{number}]")
    else:
        yield _one(step, part, subject, value, where)


def _one(step: Step, part: Part, subject: str, value: object, where: str) -> Prepare:
    given = answers(value, part.fields, where)
    return Prepare(slot=Slot(step=step.id, part=part.id, subject=subject), answers=given, keep=True)


def _turn(key: str, value: object, step: Step, seats: tuple[Seat, ...], where: str) -> Iterator[Prepare]:
    """Yield what a seat prepared for its turn; the rules check it against what the seat is asked."""
    seat = key.partition(".")[2]
    if not any(s.id == seat for s in seats):
        raise PlanRefused(f"{where}: no seat '{seat}'; use one of {', '.join(s.id for s in seats)}")
    assert isinstance(step.data, TurnsData)
    asked: tuple[FieldSpec, ...] = tuple({f.key: f for p in step.data.prompts for f in p.fields}.values())
    slot = Slot(step=step.id, part=CONTRIBUTION, subject=seat)
    yield Prepare(slot=slot, answers=answers(value, asked, where), keep=True)
