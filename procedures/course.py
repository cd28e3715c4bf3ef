"""Whether the agenda can be run: what comes before what, and whether every gate leaves a way on."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.conditions import ConditionError, parse_condition
from meeting.procedure import Kind
from procedures.draft import Draft, Form, choices, forms_of, gate_holders
from procedures.faults import Finding
from procedures.resolve import setter
from procedures.spot import Spot

_CONTENT = ("record", "turns", "questions", "views", "decision", "actions")
KINDS = frozenset(Kind)
_SEQUENCE = ("turns", "views", "decision", "actions")
_PRESSED = frozenset({"yes_no", "tick", "date", "datetime"})  # types that nobody can answer by speaking


def findings(draft: Draft) -> Iterator[Finding]:
    """Yield every fault of the agenda's course."""
    yield from _backbone(draft)
    yield from _before_content(draft)
    yield from _sequence(draft)
    yield from _later(draft)
    yield from _ways_on(draft)
    yield from _variation(draft)
    yield from _known_too_late(draft)


def right_meeting(draft: Draft) -> Spot | None:
    """Return the step at which everybody confirms that this is their meeting."""
    for step in draft.of_kind("record"):
        gate = step.at("right_meeting").text("gate")
        if gate and gate != "none":
            return step
    return None


def _backbone(draft: Draft) -> Iterator[Finding]:
    agenda = draft.whole.at("agenda").place
    misspelt = any(step.text("kind") not in KINDS for step in draft.steps)  # named already, and may be the one
    for kind, name in (("roll_call", "ROLLCALL"), ("decision", "DECISION"), ("actions", "ACTIONS")):
        found = draft.of_kind(kind)
        if not found and not misspelt:
            yield Finding(
                place=agenda,
                wrong=f"the agenda has no {kind} step",
                remedy=f"Add a step {{id: {name}, kind: {kind}}}; what it leaves out is taken from the default.",
            )
        if kind == "roll_call":
            for more in found[1:]:
                yield Finding(place=more.place, wrong="a second roll call", remedy="Keep one; late arrivals pass it.")
    closing = draft.of_kind("closing")
    if not closing or closing[-1].place != draft.steps[-1].place or len(closing) > 1:
        place = closing[0].place if closing else agenda
        wrong = "the closing step is not the last one" if closing else "the agenda has no closing step"
        yield Finding(place=place, wrong=wrong, remedy="End the agenda with one step of kind closing.")
    if right_meeting(draft) is None:
        yield Finding(
            place=agenda,
            wrong="no step confirms that everybody is in the right meeting",
            remedy="Give the step with the children's details the id IDENTITY, or right_meeting: {gate: hard}.",
        )


def _before_content(draft: Draft) -> Iterator[Finding]:
    """Yield content steps that come before admission's two companions (WMT-3.1b, LCS-4.2, SAN-5.1a, WOK-2.1)."""
    right = right_meeting(draft)
    roll = next(iter(draft.of_kind("roll_call")), None)
    for needed, name in ((roll, "the roll call"), (right, "the right-meeting confirmation")):
        if needed is None:
            continue
        for step in draft.of_kind(*_CONTENT):
            if step.place != needed.place and _index(draft, step) < _index(draft, needed):
                if right is not None and step.place == right.place:
                    continue  # the child's details may be given before the introductions (A15)
                yield Finding(
                    place=step.place,
                    wrong=f"{step.text('id')} would show content before {name}",
                    remedy=f"Move it after {needed.text('id')}.",
                )


def _sequence(draft: Draft) -> Iterator[Finding]:
    """Yield steps out of the order share, views, decision, actions; questions come after the turns (LCS-3.6)."""
    pairs = [(a, b) for at, a in enumerate(_SEQUENCE) for b in _SEQUENCE[at + 1 :]]
    for early, late in (*pairs, ("turns", "questions")):
        for first in draft.of_kind(early):
            for second in draft.of_kind(late):
                if _index(draft, second) < _index(draft, first):
                    yield Finding(
                        place=second.place,
                        wrong=f"{second.text('id')} ({late}) comes before {first.text('id')} ({early})",
                        remedy=f"Move it after {first.text('id')}.",
                    )


def _later(draft: Draft) -> Iterator[Finding]:
    """Yield gates that would act at a step that is not later than their own."""
    for step in draft.steps:
        for spot in _gates_at(step):
            yield from _not_later(draft, step, spot)
        for spot in step.at("quorum").words("recheck_before"):
            yield from _not_later(draft, step, spot)


def _gates_at(step: Spot) -> Iterator[Spot]:
    for holder in gate_holders(step):
        if holder.has("gate_at"):
            yield holder.at("gate_at")


def _not_later(draft: Draft, step: Spot, spot: Spot) -> Iterator[Finding]:
    target = spot.data
    if isinstance(target, str) and target in draft.order and draft.order[target] <= _index(draft, step):
        yield Finding(
            place=spot.place,
            wrong=f"the gate of {step.text('id')} would act at {target}, which is not later",
            remedy="Name a later step, or leave the key out: then it acts on leaving the step.",
        )


def _ways_on(draft: Draft) -> Iterator[Finding]:
    """Yield hard gates that nobody could get past."""
    for step in draft.steps:
        if step.text("kind") in ("statement", "record", "closing"):
            for form in forms_of(step):
                yield from _hard_form(step, form)
        if step.text("kind") == "actions":
            for action in step.entries("required_actions"):
                if action.text("gate") == "hard" and not (action.has("alternatives") or action.true("or_rationale")):
                    yield _no_way(action.at("gate"), "Add alternatives, or or_rationale: true, or use gate: override.")
        if step.text("kind") == "decision" and step.text("gate") == "hard" and not _may_stay_open(step):
            yield _no_way(step.at("outcomes"), "Add not_decided to added_outcomes.")
    for step in draft.of_kind("roll_call"):
        quorum = step.at("quorum")
        if quorum.text("gate") == "hard" and quorum.text("if_missing", "override") != "convert":
            yield _no_way(quorum.at("gate"), "Use if_missing: convert, or gate: override.")


def _may_stay_open(step: Spot) -> bool:
    return bool(step.texts("added_outcomes")) or any(
        not outcome.true("answers_threshold") for outcome in step.entries("outcomes")
    )


def _hard_form(step: Spot, form: Form) -> Iterator[Finding]:
    gated = {key: gate.text("gate") for gate in step.entries("gates") for key in gate.texts("fields")}
    gate = form.owner.text("gate") or step.text("gate", "override")
    table = form.owner.number("minimum", 0) and form.owner.text("per") != "purpose"
    if gate == "hard" and table and not form.owner.true("none_allowed"):
        yield _no_way(form.owner.at("minimum"), "Add none_allowed: true, or use gate: override.")
    if gate == "hard" and form.owner.text("question") and form.owner.text("answer", "yes_no") == "yes_no":
        yield _no_way(form.owner.at("answer"), "Use answer: yes_no_later, or gate: override.")
    for field in form.fields:
        firm = field.text("gate") or gated.get(field.text("key")) or gate
        kind = field.text("type") or ("choice" if choices(field) else "text")
        open_ended = field.true("allow_unknown") or not field.true("required", otherwise=True)
        if firm == "hard" and kind in _PRESSED and not open_ended:
            yield _no_way(field, "Add allow_unknown: true, or use gate: override.")


def _no_way(spot: Spot, remedy: str) -> Finding:
    return Finding(place=spot.place, wrong="a hard gate without a way on: nobody could go past it", remedy=remedy)


def _variation(draft: Draft) -> Iterator[Finding]:
    """Yield the right-meeting step where it could be skipped (WOK-0.3)."""
    vary, right = draft.whole.at("steps_may_vary"), right_meeting(draft)
    if right is not None and vary.text("gate") not in ("", "none") and right.text("id") not in vary.texts("fixed"):
        yield Finding(
            place=vary.place,
            wrong=f"{right.text('id')} could be skipped, and with it the right-meeting confirmation",
            remedy=f"Add {right.text('id')} to fixed.",
        )


def _known_too_late(draft: Draft) -> Iterator[Finding]:
    """Yield steps whose condition is answered only in them, or after them: they would vanish while they are open."""
    set_at = {flag.text("flag"): tuple(_setting_steps(flag)) for flag in draft.whole.entries("flags")}
    for step in draft.steps:
        try:
            terms = parse_condition(step.text("when")).terms() if step.has("when") else ()
        except ConditionError:
            continue  # told where conditions are read
        for term in terms:
            setters = set_at.get(term.name, ())
            if setters and all(draft.order.get(one, -1) >= _index(draft, step) for one in setters):
                yield Finding(
                    place=step.at("when").place,
                    wrong=f"'{term.name}' is known only once {setters[0]} has been answered",
                    remedy="Move this step after that one, or name another flag.",
                )


def _setting_steps(flag: Spot) -> Iterator[str]:
    """Yield the steps whose answers set a flag; * is none of the agenda's by name."""
    for spot in flag.words("set_by"):
        yield setter(str(spot.data)).place.partition(".")[0]


def _index(draft: Draft, step: Spot) -> int:
    return next(index for index, one in enumerate(draft.steps) if one.data is step.data)
