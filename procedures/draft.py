"""A procedure's data with its defaults, as the checks walk it: steps, forms, and the names that may be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from meeting.procedure import NOT_DECIDED
from meeting.timing.moments import MOMENTS
from procedures.merge import merged
from procedures.spot import Spot, places_of

#: What starts or stops a clock: the moments that the rules record.
EVENTS = frozenset(MOMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Questions that are asked together."""

    step: Spot | None  # None: before the agenda
    part: str
    fields: tuple[Spot, ...]
    owner: Spot  # what holds the fields
    beside: Mapping[str, tuple[str, ...]]  # further answers on the same form, and their choices
    paged: bool = True  # False: the pages are counted out when the procedure is resolved

    def answers(self) -> dict[str, tuple[str, ...]]:
        """Return the keys that a condition on this form may name, with their choices."""
        return {**{f.text("key"): choices(f) for f in self.fields}, **self.beside}


def choices(field: Spot) -> tuple[str, ...]:
    """Return what can be chosen in a field."""
    return ("yes", "no") if field.text("type") == "yes_no" else field.texts("choices")


class Draft:
    """One file's data over the defaults; malformed parts are passed over, the shape check names them."""

    def __init__(self, default: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        whole = merged(default, given)
        places = places_of(dict(given))
        own = given.get("agenda")
        for index, step in enumerate(whole["agenda"]):
            places[id(step)] = ("agenda", index) if own else ("agenda",)
        for section, data in whole.items():
            places.setdefault(id(data), (section,))
        self.whole = Spot(data=whole, place=(), places=places)
        self.default = default
        self.own = Spot(data=given, place=(), places=places)

    @cached_property
    def steps(self) -> tuple[Spot, ...]:
        """Return the agenda's steps in order."""
        return self.whole.entries("agenda")

    @cached_property
    def order(self) -> dict[str, int]:
        """Return each step's position; of two with one id, the first."""
        found: dict[str, int] = {}
        for index, step in enumerate(self.steps):
            found.setdefault(step.text("id"), index)
        return found

    def step(self, step_id: str) -> Spot | None:
        """Return the step of this id."""
        return self.steps[self.order[step_id]] if step_id in self.order else None

    def of_kind(self, *kinds: str) -> tuple[Spot, ...]:
        """Return the steps of these kinds."""
        return tuple(step for step in self.steps if step.text("kind") in kinds)

    @cached_property
    def flags(self) -> frozenset[str]:
        """Return the flags that a condition may name."""
        return frozenset(flag.text("flag") for flag in self.whole.entries("flags"))

    @cached_property
    def clocks(self) -> frozenset[str]:
        """Return the clocks' ids."""
        return frozenset(clock.text("id") for clock in self.whole.entries("clocks"))

    @cached_property
    def convening(self) -> tuple[str, ...]:
        """Return the keys asked when a meeting is called."""
        return tuple(f.text("key") for f in self.whole.at("convening").entries("fields"))

    def keys_of(self, step: Spot) -> frozenset[str]:
        """Return every field key that a step asks for."""
        own = {f.text("key") for form in forms_of(step) for f in form.fields}
        return frozenset(own | {h.text("key") for h in step.entries("headings")})

    def forms(self) -> Iterator[Form]:
        """Yield every form of the procedure."""
        for name in ("convening", "invitations"):
            section = self.whole.at(name)
            yield Form(
                step=None, part="fields", fields=section.entries("fields"), owner=section, beside={}, paged=False
            )
        for step in self.steps:
            yield from forms_of(step)


def forms_of(step: Spot) -> Iterator[Form]:
    """Yield the forms of one step."""
    yield _form(step, step, "fields")
    match step.text("kind"):
        case "roll_call":
            yield _form(step, step, "apologies", key="apologies")
        case "record":
            for row in step.entries("rows"):
                yield _form(step, row, row.text("id"))
            for checkpoint in step.entries("checkpoints"):
                yield _form(step, checkpoint, checkpoint.text("id"), beside=_checkpoint_answers(checkpoint))
        case "turns":
            yield from _turns(step)
        case "decision":
            yield _form(step, step.at("rationale"), "rationale")
            for outcome in step.entries("outcomes"):
                yield _form(step, outcome, outcome.text("id"), key="needs")
        case "actions":
            for action in step.entries("required_actions"):
                yield _form(step, action, action.text("id"))
                for other in action.entries("alternatives"):
                    yield _form(step, other, other.text("id"))


def _form(
    step: Spot, owner: Spot, part: str, *, key: str = "fields", beside: Mapping[str, tuple[str, ...]] | None = None
) -> Form:
    return Form(step=step, part=part, fields=owner.entries(key), owner=owner, beside=beside or {})


def _checkpoint_answers(checkpoint: Spot) -> dict[str, tuple[str, ...]]:
    answers = {"yes_no": ("yes", "no"), "yes_no_later": ("yes", "no", NOT_DECIDED)}
    kind = checkpoint.text("answer", "yes_no")
    beside = {"answer": answers[kind]} if kind in answers else {}
    return {**beside, "reason": ()} if checkpoint.text("reason") == "always" else beside


def _turns(step: Spot) -> Iterator[Form]:
    """Yield a turn's form for each audience: what every agency is asked, and its own sets."""
    sets = step.entries("prompts")
    everyone = [f for one in sets if one.text("for") == "default" for f in one.entries("fields")]
    for audience in dict.fromkeys(one.text("for") for one in sets):
        mine = [f for one in sets if one.text("for") == audience for f in one.entries("fields")]
        owner = next(one for one in sets if one.text("for") == audience)
        asked = mine if audience == "default" else [*everyone, *mine]
        yield Form(step=step, part=audience, fields=tuple(asked), owner=owner, beside={})


def gate_holders(step: Spot) -> tuple[Spot, ...]:
    """Return everything in a step that may name a later step for its gate."""
    named = [part for name in ("gates", "rows", "checkpoints") for part in step.entries(name)]
    asked = [field for form in forms_of(step) for field in form.fields]
    return (step, step.at("invited_gate"), *named, *asked)
