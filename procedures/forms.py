"""Whether every form can be filled in: its pages, choices, conditions, and what each kind of step cannot do without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from meeting.conditions import ConditionError, parse_condition
from procedures.draft import Draft, Form, choices
from procedures.faults import Finding, did_you_mean
from procedures.parts import INPUTS_ON_A_PAGE
from procedures.spot import Spot

_NEEDED = {
    "roll_call": ("fields",),
    "turns": ("prompts", "order"),
    "views": ("instruments",),
    "decision": ("outcomes", "rationale"),
    "actions": ("fields",),
}
_ABSENCE_KEYS = frozenset({"agency", "person", "reason", "information_supplied", "information"})  # what the roll keeps
_ACTION_KEYS = ("what", "owner", "due")  # what the rules follow an action up by


def findings(draft: Draft) -> Iterator[Finding]:
    """Yield every fault of the forms."""
    for form in draft.forms():
        yield from _pages(form)
        for field in form.fields:
            yield from _choices(field)
            yield from _condition(field.at("when"), draft.flags, form.answers())
    for step in draft.steps:
        yield from _needed(step)
        yield from _conditions(draft, step)
    yield from _outside(draft)


def _pages(form: Form) -> Iterator[Finding]:
    if not form.paged:
        return
    counted = Counter(field.number("page", 1) for field in form.fields)
    counted[1] += len(form.beside)
    for page, inputs in sorted(counted.items()):
        if inputs > INPUTS_ON_A_PAGE:
            last = [field for field in form.fields if field.number("page", 1) == page][-1]
            yield Finding(
                place=last.place,
                wrong=f"page {page} of this form has {inputs} inputs; a card holds {INPUTS_ON_A_PAGE}",
                remedy=f"Give the later ones page: {page + 1}.",
            )


def _choices(field: Spot) -> Iterator[Finding]:
    given = field.texts("choices")
    kind = field.text("type") or ("choice" if given else "text")
    if kind in ("choice", "choices") and len(given) < 2:
        yield Finding(place=field.place, wrong="a choice with nothing to choose from", remedy="Give choices: [a, b].")
    if given and kind not in ("choice", "choices"):
        yield Finding(
            place=field.at("choices").place,
            wrong=f"a field of type {kind} has no choices",
            remedy="Remove the choices, or use type: choice or choices.",
        )
    for choice, times in Counter(given).items():
        if times > 1:
            yield Finding(place=field.at("choices").place, wrong=f"'{choice}' stands twice", remedy="Keep one.")
        if kind == "choices" and ", " in choice:
            yield Finding(
                place=field.at("choices").place,
                wrong=f"'{choice}' holds a comma; several answers are joined by commas",
                remedy="Write it without the comma.",
            )


def _condition(spot: Spot, flags: frozenset[str], answers: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Yield what a condition names that is neither a flag nor an answer beside it."""
    if not isinstance(spot.data, str):
        return
    try:
        terms = parse_condition(spot.data).terms()
    except ConditionError as error:
        yield Finding(
            place=spot.place,
            wrong=f"the condition cannot be read: {error}",
            remedy="Write flags, fields or field=choice, joined by 'and' and 'or'; each may begin with 'not'.",
        )
        return
    for term in terms:
        if term.name not in answers and (term.name not in flags or term.value is not None):
            known = answers if term.value is not None else {*flags, *answers}
            what = "field beside this one" if term.value is not None else "flag, and no field beside this one"
            yield Finding(
                place=spot.place,
                wrong=f"'{term.name}' is no {what}",
                remedy=did_you_mean(term.name, known, "There are"),
            )
        elif term.value is not None and answers[term.name] and term.value not in answers[term.name]:
            yield Finding(
                place=spot.place,
                wrong=f"'{term.value}' is no answer of '{term.name}'",
                remedy=did_you_mean(term.value, answers[term.name], "The answers are"),
            )


def _conditions(draft: Draft, step: Spot) -> Iterator[Finding]:
    """Yield faults of the conditions of a step that are not about one field."""
    plain = [step.at("when"), step.at("offers_urgent_when")]
    for name in ("lines", "minutes_lines", "checkpoints", "outcomes", "required_actions", "suggested_actions", "rows"):
        plain += [entry.at("when") for entry in step.entries(name)]
    plain += [gate.at("when") for action in step.entries("required_actions") for gate in action.entries("gate_when")]
    for spot in plain:
        yield from _condition(spot, draft.flags, {})
    for outcome in step.entries("outcomes"):
        said = {field.text("key"): choices(field) for field in outcome.entries("needs")}
        yield from _condition(outcome.at("continues_s47"), draft.flags, said)
    for row in step.entries("rows"):
        beside = {field.text("key"): choices(field) for field in row.entries("fields")}
        yield from _condition(row.at("in_scope_when"), draft.flags, beside)
        for needed in row.entries("needs_when"):
            yield from _condition(needed.at("when"), draft.flags, beside)


def _outside(draft: Draft) -> Iterator[Finding]:
    """Yield faults of the conditions outside the agenda."""
    spots = [seat.at("when") for seat in draft.whole.at("invitations").entries("suggested")]
    spots += [route.at("when") for route in draft.whole.at("minutes").entries("routes")]
    spots += [clock.at("when") for clock in draft.whole.entries("clocks")]
    for spot in spots:
        yield from _condition(spot, draft.flags, {})


def _needed(step: Spot) -> Iterator[Finding]:
    """Yield what a step of its kind cannot do without."""
    kind = step.text("kind")
    for key in _NEEDED.get(kind, ()):
        if not step.has(key):
            yield Finding(
                place=step.place,
                wrong=f"the key '{key}' is missing: no default step has the id {step.text('id')}",
                remedy=f"Add {key}, or use the default step's id.",
            )
    if kind == "record" and not any(step.has(key) for key in ("fields", "headings", "rows", "checkpoints")):
        yield Finding(place=step.place, wrong="this step asks for nothing", remedy="Add fields, rows or checkpoints.")
    if kind == "statement" and not any(step.has(key) for key in ("lines", "text", "fields")):
        yield Finding(place=step.place, wrong="this step says nothing", remedy="Add lines, or text word for word.")
    yield from _empty_parts(step)
    for field in step.entries("apologies"):
        if field.text("key") and field.text("key") not in _ABSENCE_KEYS:
            yield Finding(
                place=field.at("key").place,
                wrong=f"nothing keeps '{field.text('key')}' of an absence",
                remedy=f"Use one of {', '.join(sorted(_ABSENCE_KEYS))}; its label is yours.",
            )
    if kind == "actions" and step.has("fields"):
        keys = {field.text("key") for field in step.entries("fields")}
        for key in _ACTION_KEYS:
            if key not in keys:
                yield Finding(
                    place=step.at("fields").place,
                    wrong=f"an action is not asked for '{key}'",
                    remedy=f"Add a field with the key {key}; its label is yours.",
                )


def _empty_parts(step: Spot) -> Iterator[Finding]:
    """Yield checkpoints and rows that lack what they are about."""
    for checkpoint in step.entries("checkpoints"):
        if checkpoint.text("answer") == "fields" and not checkpoint.has("fields"):
            yield Finding(
                place=checkpoint.place, wrong="the answer is its fields, and there are none", remedy="Add fields."
            )
    for row in step.entries("rows"):
        if (row.text("per") == "purpose") != row.has("each"):
            yield Finding(
                place=row.place,
                wrong="per: purpose and each belong together",
                remedy="Give both: each says what every row is about.",
            )
