"""Whether names lead anywhere: ids given twice, steps, clocks, fields and outcomes that do not exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from procedures.draft import EVENTS, Draft, forms_of, gate_holders
from procedures.faults import Finding, did_you_mean
from procedures.spot import Spot

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = frozenset({"note_taker", "recording"})
_LIKE = 0.83  # how alike two names are that one slip parts: educaton, polcie; not police and probation
_NAMES_AGENCIES = frozenset({"order", "for", "role", "roles", "agency", "agencies", "owner_agency"})


def findings(draft: Draft) -> Iterator[Finding]:
    """Yield every name that leads nowhere, or to two things."""
    yield from _twice(draft)
    for step in draft.steps:
        yield from _steps_named(draft, step)
        yield from _keys_named(draft, step)
        yield from _prefills(draft, step)
    for step in draft.of_kind("decision"):
        yield from _outcomes(draft, step)
    yield from _speakers(draft)
    yield from _clocks_named(draft)
    yield from _outside_agenda(draft)


def unknown(spot: Spot, known: Iterable[str], what: str) -> Iterator[Finding]:
    """Yield a word that is none of those known."""
    names = set(known)
    if isinstance(spot.data, str) and spot.data not in names:
        yield Finding(
            place=spot.place,
            wrong=f"'{spot.data}' is no {what}",
            remedy=did_you_mean(spot.data, names, "There are"),
        )


def _repeated(entries: Iterable[Spot], key: str, what: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.text(key)
        if name and name in seen:
            yield Finding(
                place=entry.at(key).place, wrong=f"{what} '{name}' is there twice", remedy="Give one of them another."
            )
        seen.add(name)


def _twice(draft: Draft) -> Iterator[Finding]:
    yield from _repeated(draft.steps, "id", "the step")
    for name, key in (("clocks", "id"), ("flags", "flag")):
        yield from _repeated(draft.own.entries(name), key, "the id")
    sections = (
        ("convening", "subject_types", "id"),
        ("invitations", "pathways", "id"),
        ("invitations", "suggested", "role"),
        ("minutes", "case_system_tasks", "id"),
    )
    for section, name, key in sections:
        yield from _repeated(draft.own.at(section).entries(name), key, "the id")
    for form in draft.forms():
        yield from _repeated(form.fields, "key", "the field")
    for step in draft.steps:
        parts = [*step.entries("rows"), *step.entries("checkpoints"), *step.entries("required_actions")]
        yield from _repeated(parts, "id", "the part")
        yield from _repeated(step.entries("outcomes"), "id", "the outcome")
        yield from _repeated(step.entries("suggested_actions"), "id", "the suggestion")
        yield from _repeated(step.entries("headings"), "key", "the heading")
        for part in parts:
            if part.text("id") in ("fields", "headings"):
                yield Finding(
                    place=part.at("id").place,
                    wrong=f"'{part.text('id')}' names the step's own fields",
                    remedy="Give the part another id.",
                )


def _steps_named(draft: Draft, step: Spot) -> Iterator[Finding]:
    for holder in gate_holders(step):
        yield from unknown(holder.at("gate_at"), draft.order, "step of this agenda")
    for spot in step.at("quorum").words("recheck_before"):
        yield from unknown(spot, draft.order, "step of this agenda")


def _keys_named(draft: Draft, step: Spot) -> Iterator[Finding]:
    keys = draft.keys_of(step)
    spots = [*step.words("ask_after_identity"), step.at("ask_again").at("field"), step.at("reconvenes_at")]
    spots += [spot for gate in step.entries("gates") for spot in gate.words("fields")]
    for spot in spots:
        yield from unknown(spot, keys, "field of this step")
    said = {f.text("key") for turns in draft.of_kind("turns") for form in forms_of(turns) for f in form.fields}
    headings = {heading.text("key") for heading in step.entries("headings")}
    for heading, spot in step.pairs("draft_from"):
        yield from unknown(Spot(data=heading, place=spot.place, places={}), headings, "heading of this step")
        yield from unknown(spot, said, "field of a turn")
    types = {one.text("id") for one in draft.whole.at("convening").entries("subject_types")}
    for spot in step.words("tags"):
        yield from unknown(spot, {"child", *types}, "subject type")
    actions = {action.text("id") for action in step.entries("required_actions")}
    for line in step.entries("minutes_lines"):
        for spot in line.words("of"):
            yield from unknown(spot, actions, "required action")


def _prefills(draft: Draft, step: Spot) -> Iterator[Finding]:
    for form in forms_of(step):
        keys = {field.text("key") for field in form.fields}
        for key, spot in form.owner.pairs("prefill"):
            yield from unknown(Spot(data=key, place=spot.place, places={}), keys, "field of this form")
            yield from _place_named(draft, spot)
        for spot in form.owner.words("shows"):
            yield from _place_named(draft, spot)
        for needed in form.owner.entries("needs_when"):
            yield from _place_named(draft, needed.at("first"))
    for offered in step.entries("suggested_actions"):
        if offered.text("due_from"):
            yield from _place_named(draft, offered.at("due_from"))


def _place_named(draft: Draft, spot: Spot) -> Iterator[Finding]:
    """Yield `STEP.field` where there is no such step or field."""
    step_id, _, key = str(spot.data).partition(".")
    step = draft.step(step_id)
    if step_id == "CONVENING":
        yield from unknown(Spot(data=key, place=spot.place, places={}), draft.convening, "field asked at convening")
    elif step is None:
        yield from unknown(Spot(data=step_id, place=spot.place, places={}), draft.order, "step of this agenda")
    else:
        where = f"field of {step_id}"
        yield from unknown(Spot(data=key, place=spot.place, places={}), draft.keys_of(step), where)


def _outcomes(draft: Draft, step: Spot) -> Iterator[Finding]:
    added = {str(o.get("id")) for o in draft.default.get("added_outcomes", ()) if isinstance(o, dict)}
    for spot in step.words("added_outcomes"):
        yield from unknown(spot, added, "outcome of the default")
    own = {outcome.text("id"): outcome for outcome in step.entries("outcomes")}
    everything = {*own, *step.texts("added_outcomes")}
    for outcome in own.values():
        for spot in outcome.words("excludes"):
            yield from unknown(spot, everything, "outcome of this step")
            other = own.get(str(spot.data))
            if spot.data == outcome.text("id"):
                yield Finding(place=spot.place, wrong="an outcome excludes itself", remedy="Remove it.")
            elif other is not None and outcome.text("id") not in other.texts("excludes"):
                yield Finding(
                    place=spot.place,
                    wrong=f"{outcome.text('id')} excludes {spot.data}, but not the other way round",
                    remedy=f"Add {outcome.text('id')} to the excludes of {spot.data}, or remove it here.",
                )


def _clocks_named(draft: Draft) -> Iterator[Finding]:
    spots = []
    for step in draft.steps:
        spots.append(step.at("shows_date_of"))
        spots += [outcome.at("creates_action").at("clock") for outcome in step.entries("outcomes")]
        spots += [action.at("clock") for action in step.entries("required_actions")]
        for line in step.entries("lines"):
            for name in _PLACEHOLDER.findall(line.text("text")):
                inner = Spot(data=name, place=line.at("text").place, places={})
                yield from unknown(inner, {*_PLACEHOLDERS, *draft.clocks}, "clock, note_taker or recording")
    for spot in spots:
        yield from unknown(spot, draft.clocks, "clock")
    own = draft.own.at("reminders")
    for name in ("before_hours", "before_working_days"):
        for key, spot in own.pairs(name):
            yield from unknown(Spot(data=key, place=spot.place, places={}), draft.clocks, "clock")
    for spot in own.words("statutory"):
        yield from unknown(spot, draft.clocks, "clock")


def _outside_agenda(draft: Draft) -> Iterator[Finding]:
    whole = draft.whole
    for spot in whole.at("steps_may_vary").words("fixed"):
        yield from unknown(spot, draft.order, "step of this agenda")
    for spot in whole.at("convening").words("per_child"):
        yield from unknown(spot, draft.convening, "field asked at convening")
    tasks = {task.text("id") for task in whole.at("minutes").entries("case_system_tasks")}
    for route in whole.at("minutes").entries("routes"):
        yield from unknown(route.at("after_task"), tasks, "case-system task")
        for spot in route.words("needs"):
            yield from unknown(spot, draft.convening, "field asked at convening")
    for clock in whole.entries("clocks"):
        yield from unknown(clock.at("from_event"), EVENTS, "event that starts a clock")
        yield from unknown(clock.at("until"), EVENTS, "event that stops a clock")
        bounds = clock.at("bounds")
        if clock.text("bounds"):
            step = Spot(data=clock.text("bounds").partition(".")[0], place=bounds.place, places={})
            yield from unknown(step, draft.order, "step of this agenda")


def _speakers(draft: Draft) -> Iterator[Finding]:
    """Yield the names in a speaking order that nothing else knows and that look like one that is known.

    An authority may hear an agency that no shipped file has; a slip of the pen would have it speak with the others.
    """
    named = Counter(_agencies_in(draft.whole.data)) + Counter(_agencies_in(draft.default))
    for step in draft.of_kind("turns"):
        for spot in step.words("order"):
            known = [name for name in named if name != spot.data]
            near = get_close_matches(str(spot.data), known, n=1, cutoff=_LIKE)
            if named[str(spot.data)] == 1 and near:
                wrong = f"'{spot.data}' is an agency that nothing else here names"
                yield Finding(place=spot.place, wrong=wrong, remedy=f"Did you mean '{near[0]}'?")


def _agencies_in(data: object, key: str = "") -> Iterator[str]:
    """Yield every word that stands where an agency, a role or an audience is named."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _agencies_in(value, str(name))
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _agencies_in(value, key)
    elif isinstance(data, str) and key in _NAMES_AGENCIES:
        yield data
