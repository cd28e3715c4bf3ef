"""Whether the answers that set flags are asked for; without them conditions never hold, and no enquiry is joint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from meeting.flags import CHOSEN, CONVENING, JOINT, SUBJECT
from procedures.draft import Draft, forms_of
from procedures.faults import Finding
from procedures.references import unknown
from procedures.resolve import setter
from procedures.spot import Spot

Asked = Mapping[str, Mapping[str, tuple[str, ...]]]  # part -> question -> its choices


def findings(draft: Draft) -> Iterator[Finding]:
    """Yield answers named in the procedure's own flags that no form asks for or offers, and leads of nothing joint."""
    for flag in draft.own.entries("flags"):
        for spot in flag.words("set_by"):
            yield from _setter(draft, spot)
    yield from _leads(draft)


def _setter(draft: Draft, spot: Spot) -> Iterator[Finding]:
    named = setter(str(spot.data))
    step, _, rest = named.place.partition(".")
    part, _, key = rest.partition(".")
    asked = _asked_at(draft, step)

    def word(data: str) -> Spot:
        return Spot(data=data, place=spot.place, places={})

    if step in ("*", "INVITATIONS"):
        return
    if asked is None:
        yield from unknown(word(step), draft.order, "step of this agenda")
    elif part not in asked:
        yield from unknown(word(part), asked, f"part of {step}")
    elif key not in asked[part]:
        yield from unknown(word(key), asked[part], f"question of {step}.{part}")
    elif (value := named.equals or named.other_than) and (offered := asked[part][key]):
        yield from unknown(word(value), offered, f"answer of {named.place}")


def _asked_at(draft: Draft, step_id: str) -> Asked | None:
    """Return what a step asks; None for no step of this agenda."""
    if step_id == CONVENING:
        types = draft.whole.at("convening").entries("subject_types")
        form = next(draft.forms())
        return {form.part: form.answers(), SUBJECT: {"type": tuple(one.text("id") for one in types)}}
    step = draft.step(step_id)
    if step is None:
        return None
    chosen = {one.text("id"): {CHOSEN: ("yes",)} for one in step.entries("outcomes")}
    asked: dict[str, Mapping[str, tuple[str, ...]]] = {
        form.part: {**form.answers(), **chosen.get(form.part, {})} for form in forms_of(step)
    }
    headings = {heading.text("key"): () for heading in step.entries("headings")}
    return {**asked, **({"headings": headings} if headings else {})}


def _leads(draft: Draft) -> Iterator[Finding]:
    """Yield two leads for a joint enquiry where no answer says that one is joint."""
    joint = [flag for flag in draft.whole.entries("flags") if flag.text("flag") == JOINT]
    places = {setter(one).place.partition(".")[2] for flag in joint for one in flag.texts("set_by")}
    for step in draft.own.entries("agenda"):
        needs = {f"{o.text('id')}.{f.text('key')}" for o in step.entries("outcomes") for f in o.entries("needs")}
        if step.has("leads_when_joint") and not needs & places:
            yield Finding(
                place=step.at("leads_when_joint").place,
                wrong="no answer says that an enquiry is joint: nobody would be asked for its leads",
                remedy=f"Add a flag joint, set_by: [{step.text('id')}.outcome.need = choice].",
            )
