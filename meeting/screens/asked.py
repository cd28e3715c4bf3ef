"""One question as a card shows it, the answers to it, and how questions fill pages."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.flags import CONTRIBUTION
from meeting.model import Answer, How, Meeting
from meeting.procedure import FieldSpec, FieldType
from meeting.screens.frame import Look, agency_choices, people_choices
from meeting.screens.hiding import masked
from meeting.steps.floor import questions_for

MAX_INPUTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One question as it is shown: its answer so far and what is wrong with it."""

    id: str
    label: str
    type: FieldType
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    error: str = ""
    allow_unknown: bool = False
    from_default: bool = False
    lines: bool = True  # a text may run over several: a name, an address or a time does not


def facts_of(specs: tuple[FieldSpec, ...], answer: Answer | None) -> tuple[tuple[str, str], ...]:
    """Return (label, answer) of what was answered, in the form's order; text written up later comes last."""
    if answer is None:
        return ()
    given = answer.answers
    shown = [(f.label, given[f.key]) for f in specs if given.get(f.key)]
    if given.get("written_up"):
        shown.append(("Written up", given["written_up"]))
    return tuple(shown)


def told_before(look: Look, places: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (seat and question, answer) of what was told at a turn at these places, `STEP.field` (SAN-10.10)."""
    made = []
    for place in places:
        step_id, _, key = place.partition(".")
        step = look.procedure.step(step_id)
        for seat in look.meeting.seats.values():
            given = look.meeting.answer(step_id, CONTRIBUTION, seat.id)
            asked = questions_for(look.meeting, look.procedure, step, seat)
            label = next((f.label for f in asked if f.key == key), "")
            if given is not None and given.how is not How.PREPARED and given.answers.get(key):
                made.append((f"{seat.label}: {label}", masked(look, given.answers[key])))
    return tuple(made)


def paged(asked: tuple[FieldSpec, ...], *, times: int = 2) -> tuple[tuple[FieldSpec, ...], ...]:
    """Return the questions in pages of at most six inputs, of which a date and time takes so many.

    Those with a later page of their own come last.
    """
    asked = tuple(sorted(asked, key=lambda spec: spec.page))
    pages: list[list[FieldSpec]] = [[]]
    number, room = asked[0].page if asked else 1, MAX_INPUTS
    for spec in asked:
        size = times if spec.type is FieldType.DATETIME else 1
        if pages[-1] and (size > room or spec.page != number):
            pages.append([])
            room = MAX_INPUTS
        number, room = spec.page, room - size
        pages[-1].append(spec)
    return tuple(tuple(p) for p in pages)


def page_shown(look: Look, pages: tuple[tuple[FieldSpec, ...], ...], *, prefix: str = "") -> int:
    """Return the page that the address names; where the form comes back with faults, the first that has one."""
    given = look.args.get("page", "1")
    named = max(1, min(int(given) if given.isdecimal() else 1, len(pages)))
    faulty = [n for n, page in enumerate(pages, start=1) if any(f"{prefix}{f.key}" in look.errors for f in page)]
    return named if not faulty else faulty[0]


def field_view(look: Look, spec: FieldSpec, value: str, *, prefix: str = "answers.") -> FieldView:
    """Return one question for a card."""
    errors = look.errors
    return FieldView(
        id=f"{prefix}{spec.key}",
        label=spec.label,
        type=spec.type,
        required=spec.required and not spec.may_wait,
        choices=_choices(look.meeting, spec),
        value=value,
        error=errors.get(spec.key, "") or errors.get(f"{prefix}{spec.key}", ""),
        allow_unknown=spec.allow_unknown,
        from_default=not spec.src,
    )


def _choices(meeting: Meeting, spec: FieldSpec) -> tuple[tuple[str, str], ...]:
    match spec.type:
        case FieldType.PERSON:
            return people_choices(meeting)
        case FieldType.AGENCY:
            return agency_choices(meeting)
        case FieldType.CHILDREN:
            unsure = (("not known", "Not known"),) if spec.allow_unknown else ()
            return (*((c.name, c.name) for c in meeting.in_scope()), *unsure)
        case FieldType.YES_NO:
            unsure = (("not known", "Not known"),) if spec.allow_unknown else ()
            return (("yes", "Yes"), ("no", "No"), *unsure)
        case _:
            extra = (("not known", "Not known"),) if spec.allow_unknown and spec.choices else ()
            return (*((c, c[:1].upper() + c[1:]) for c in spec.choices), *extra)
