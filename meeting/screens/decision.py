"""The decision: what was decided for each child, and the chair's form beside the views; nothing is preselected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from meeting.flags import JOINT, needs_that_set
from meeting.model import Decision, How, View
from meeting.procedure import FieldSpec, FieldType, Gate, Outcome, Step
from meeting.running import agenda
from meeting.screens.asked import MAX_INPUTS, FieldView, facts_of, field_view
from meeting.screens.frame import Choice, Frame, Look, frame_for, people_choices
from meeting.screens.hiding import masked, restricted
from meeting.steps.agreement import ALL, KEY, NOT_ALL
from meeting.steps.decision import RATIONALE, decision_data, offered, subjects

LEADS = (("lead_criminal", "Lead of the criminal investigation"), ("lead_welfare", "Lead of the section 47 enquiry"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided for one child, as one person sees it."""

    subject: str
    label: str
    outcomes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    owed: bool
    dissent: tuple[str, ...]
    may_differ: bool
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionScreen:
    """The step: what was decided, what is not yet; for the chair the first page of the form."""

    frame: Frame
    decided: tuple[Decided, ...]
    open: tuple[str, ...]  # for whom nothing is decided yet
    may_decide: bool
    may_move: bool
    next_label: str = ""
    form: DecisionForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    """One person's view, by seat: what they chose and why."""

    seat: str
    said: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """One page of the chair's form: outcomes, then what belongs to them, then why."""

    frame: Frame
    page: int
    pages: int
    views: tuple[tuple[str, tuple[ViewLine, ...]], ...] = ()
    children: tuple[Choice, ...] = ()
    chosen_children: str = ""
    outcomes: tuple[Choice, ...] = ()
    several: bool = False
    chosen: str = ""
    errors: Mapping[str, str] | None = None
    agreement: tuple[Choice, ...] = ()
    agreed: str = ""
    differing: tuple[Choice, ...] = ()
    differ: str = ""
    fields: tuple[FieldView, ...] = ()
    may_say_aloud: bool = False
    about: tuple[str, ...] = ()
    warnings: tuple[tuple[str, str, str], ...] = ()


def decision_screen(look: Look, step: Step, form: DecisionForm | None) -> DecisionScreen:
    """Return the step for one person; the chair decides, everybody else reads and may differ."""
    meeting, procedure = look.meeting, look.procedure
    here = meeting.step == step.id
    shown = [(s, label) for s, label in subjects(meeting, procedure, step.id) if s not in restricted(look)]
    following = agenda.following(meeting, procedure) if here else None
    frame = frame_for(look, step)
    return DecisionScreen(
        frame=frame,
        decided=tuple(_decided(look, step, meeting.decisions[s], n) for s, n in shown if s in meeting.decisions),
        open=tuple(label or "The meeting" for s, label in shown if s not in meeting.decisions),
        may_decide=look.chairs and not frame.closed,
        may_move=here and look.chairs,
        next_label=following.label if following else "",
        form=form,
    )


def undecided(look: Look, step: Step) -> tuple[Choice, ...]:
    """Return (subject, label) of whom nothing is decided for; all of them once everything is."""
    known = subjects(look.meeting, look.procedure, step.id)
    return tuple(k for k in known if k[0] not in look.meeting.decisions) or known


def _decided(look: Look, step: Step, made: Decision, label: str) -> Decided:
    known = {o.id: o for o in decision_data(look.procedure, step.id).outcomes}
    answer = look.meeting.answer(step.id, RATIONALE, made.subject)
    facts = [*_needs(known, made), *((label, getattr(made, key)) for key, label in LEADS if getattr(made, key))]
    facts += facts_of(decision_data(look.procedure, step.id).rationale.fields, answer)
    if made.rationale.get(KEY):
        facts.append(("Agreement", made.rationale[KEY]))
    mine = look.person in made.dissent
    return Decided(
        subject=made.subject,
        label=label,
        outcomes=tuple(known[o].label if o in known else o for o in made.outcomes),
        facts=tuple((name, masked(look, text)) for name, text in facts),
        owed=answer is not None and answer.how is How.SAID_ALOUD,
        dissent=tuple(look.meeting.people[p].name for p in made.dissent),
        may_differ=not mine and not look.chairs,
        differs=mine,
    )


def _needs(known: Mapping[str, Outcome], made: Decision) -> Iterator[tuple[str, str]]:
    for outcome in (known[o] for o in made.outcomes if o in known):
        for spec in outcome.needs:
            text = made.needs.get(f"{outcome.id}.{spec.key}", "")
            if text:
                yield spec.label, text


def decision_form(look: Look, step: Step, values: Mapping[str, str]) -> DecisionForm:
    """Return the page that the address names, or the first one with an error on it. `values` are keyed by input."""
    later = later_pages(look, step, tuple(v for v in values.get("outcomes", "").split(",") if v))
    errors = look.errors
    page = _page(look, later, errors)
    shown = later[page - 2] if page > 1 else ()
    about = undecided(look, step) if not look.args.get("subject") else ()
    labels = dict(subjects(look.meeting, look.procedure, step.id))
    picked = values.get("subjects", look.args.get("subject", ",".join(s for s, _ in about)))
    form = DecisionForm(
        frame=frame_for(look, step),
        page=page,
        pages=1 + len(later),
        chosen_children=picked,
        errors=errors,
        fields=tuple(_field(look, key, spec, values.get(key, "")) for key, spec in shown),
        may_say_aloud=page == 1 + len(later) and any(s.type is FieldType.TEXT for _, s in shown),
        about=tuple(labels[s] for s in picked.split(",") if labels.get(s)),
        warnings=look.warnings,
    )
    return form if page > 1 else _first(look, step, replace(form, children=about if len(about) > 1 else ()), values)


def _first(look: Look, step: Step, form: DecisionForm, values: Mapping[str, str]) -> DecisionForm:
    """Return the form with what its first page asks, beside the views."""
    data = decision_data(look.procedure, step.id)
    asks = data.agreement is not Gate.NONE
    return replace(
        form,
        views=tuple(revealed(look, step)),
        outcomes=tuple((o.id, _outcome(o, step)) for o in offered(look.meeting, look.procedure, step.id)),
        several=data.several,
        chosen=values.get("outcomes", ""),
        agreement=((ALL, "Agreed by all"), (NOT_ALL, "Not by all")) if asks else (),
        agreed=values.get("agreement", ""),
        differing=people_choices(look.meeting) if asks else (),
        differ=values.get("differing", ""),
    )


def _outcome(outcome: Outcome, step: Step) -> str:
    return outcome.label if outcome.src or not step.src else f"{outcome.label} (default, not from this procedure)"


def _field(look: Look, key: str, spec: FieldSpec, value: str) -> FieldView:
    start = key.removesuffix(spec.key)
    made = field_view(look, spec, value, prefix=start)
    return made if made.error else replace(made, error=look.errors.get(key.removeprefix("needs."), ""))


def _page(look: Look, later: tuple[tuple[tuple[str, FieldSpec], ...], ...], errors: Mapping[str, str]) -> int:
    if {"subjects", "outcomes", KEY, "differing"} & set(errors):
        return 1
    for number, page in enumerate(later, start=2):
        if any(key.removeprefix("needs.") in errors for key, _ in page):
            return number
    return min(int(look.args.get("page") or 1), 1 + len(later))


def later_pages(look: Look, step: Step, chosen: tuple[str, ...]) -> tuple[tuple[tuple[str, FieldSpec], ...], ...]:
    """Return (input id, question) of the pages after the first: what is chosen, then what is told; six inputs each."""
    data = decision_data(look.procedure, step.id)
    mine = [o for o in offered(look.meeting, look.procedure, step.id) if o.id in chosen]
    needs = [(f"needs.{o.id}.{f.key}", f) for o in mine for f in o.needs]
    picked = [n for n in needs if n[1].type is not FieldType.TEXT]
    if needs_that_set(look.procedure, JOINT) & {key.removeprefix("needs.") for key, _ in picked}:
        wanted = (data.lead_criminal, data.lead_welfare)
        leads = [(key, label) for (key, label), agency in zip(LEADS, wanted, strict=True) if agency]
        picked += [(k, FieldSpec(key=k, label=f"If joint: {_low(n)}", type=FieldType.PERSON)) for k, n in leads]
    told = [n for n in needs if n[1].type is FieldType.TEXT]
    told += [(f"rationale.{f.key}", f) for f in data.rationale.fields]
    if _size(picked) + _size(told) <= MAX_INPUTS:
        return (tuple(picked + told),)
    return (*_paged(picked), *_paged(told))


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]


def _size(asked: list[tuple[str, FieldSpec]]) -> int:
    return sum(2 if f.type is FieldType.DATETIME else 1 for _, f in asked)


def _paged(asked: list[tuple[str, FieldSpec]]) -> Iterator[tuple[tuple[str, FieldSpec], ...]]:
    page: list[tuple[str, FieldSpec]] = []
    for one in asked:
        if page and _size([*page, one]) > MAX_INPUTS:
            yield tuple(page)
            page = []
        page.append(one)
    if page:
        yield tuple(page)


def revealed(look: Look, decision: Step) -> Iterator[tuple[str, tuple[ViewLine, ...]]]:
    """Yield (child, views by seat) of what was shown to all and is not decided yet: no count, no verdict, no rank."""
    whom = {look.args["subject"]} if look.args.get("subject") else {s for s, _ in undecided(look, decision)}
    for step in look.procedure.agenda:
        views = look.meeting.views.get(step.id)
        given = views.given if views is not None and views.revealed is not None else ()
        for subject in dict.fromkeys(v.subject for v in given):
            child = look.meeting.child(subject)
            if subject not in restricted(look) and (child is None or subject in whom):
                lines = tuple(_view_line(look, v) for v in given if v.subject == subject)
                yield (child.name if child else ""), lines


def _view_line(look: Look, view: View) -> ViewLine:
    seat = look.meeting.seats.get(view.seat) if view.seat else None
    person = look.meeting.people.get(view.person)
    said = [view.option] if view.option else []
    said += [f"scale {view.scale}"] if view.scale is not None else []
    name = person.name if person else ""
    label = f"{seat.label} ({name})" if seat else name
    return ViewLine(seat=label, said=", ".join(said), reason=masked(look, view.reason))
