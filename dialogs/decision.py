"""Deciding: the chair's form page by page, nothing lost between them; and saying that one sees it differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cards.decision import form_card, step_card
from cards.kit import Card
from dialogs.asking import Ask, Form, Reply, Show, read_form, ticket, verb, view
from dialogs.carrying import carried
from dialogs.doors import chair_only, content
from dialogs.drafts import draft_of, place_of, with_page
from dialogs.reading import answers_from
from meeting.flags import JOINT, outside, set_by_needs
from meeting.model import NO_ANSWERS, Answers, How
from meeting.procedure import FieldSpec, FieldType
from meeting.refusals import FieldErrors
from meeting.screens.decision import DecisionForm, decision_form, decision_screen, later_pages, undecided
from meeting.screens.frame import Look
from meeting.screens.step import taken_over
from meeting.steps import fields
from meeting.steps.agreement import agreement
from meeting.steps.decision import Decide, Dissent, decision_data, require_outcomes
from meeting.steps.wording import agency_names


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideForm(Form):
    subjects: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    agreement: str = ""
    differing: tuple[str, ...] = ()
    lead_criminal: str = ""
    lead_welfare: str = ""
    needs: Answers = NO_ANSWERS
    rationale: Answers = NO_ANSWERS
    step: str = ticket()
    at: str = ticket("{}")
    keep: str = ticket()
    aloud: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceForm(Form):
    step: str = ticket()
    subject: str = ticket()
    at: str = ticket("{}")


@verb("decision.open", form=PlaceForm)
async def open_form(ask: Ask[PlaceForm]) -> Reply:
    """Show the form for one child, to decide anew."""
    return Show(view="decision.form", args={"step": ask.form.step, "subject": ask.form.subject})


@verb("decision.back", form=PlaceForm)
async def back(ask: Ask[PlaceForm]) -> Reply:
    """Show the page before."""
    place = place_of(ask.form.at)
    page = max(1, int(place.get("page") or 1) - 1)
    return Show(view="decision.form", args={**place, "step": ask.form.step, "page": str(page)})


@verb("decision.save", form=DecideForm)
async def save(ask: Ask[DecideForm]) -> Reply:
    """Keep a page and show the next; with the last one record the decision for everybody it is for."""
    place = {**place_of(ask.form.at), "step": ask.form.step}
    look = replace(await ask.look(), args=place)
    raw = {**draft_of(place), **ask.inputs}
    form = read_form(DecideForm, ask.args, raw)
    page = int(place.get("page") or 1)
    pages = later_pages(look, look.procedure.step(form.step), form.outcomes)
    subjects = form.subjects or _subjects(look, form.step)
    values = _values(pages, raw)
    _check_page(look, form, pages[page - 2] if page > 1 else (), values)
    if page <= len(pages):
        along = carried(ask.args)
        draft = with_page(place, {k: v for k, v in ask.inputs.items() if k not in along})
        return Show(view="decision.form", args={**place, "page": str(page + 1), "draft": draft}, typed=along)
    await ask.do(_command(form, values, subjects))
    return Show(view="chairing.mine", done="decided")


@verb("decision.dissent", form=PlaceForm)
async def dissent(ask: Ask[PlaceForm]) -> Reply:
    """Say by name that one sees it differently; it holds nothing up."""
    await ask.do(Dissent(step=ask.form.step, subject=ask.form.subject))
    return Show(view="chairing.mine", done="dissent")


@view("decision.step")
@content
def draw_step(look: Look) -> Card:
    """What was decided for each child; the chair sees the form while a child is undecided."""
    step = look.procedure.step(look.args["step"])
    screen = decision_screen(look, step, None)
    form = _form(look) if screen.may_decide and screen.open else None
    return step_card(replace(screen, form=form))


@view("decision.form")
@chair_only
def draw_form(look: Look) -> Card:
    """One page of the chair's form."""
    return form_card(_form(look))


def _form(look: Look) -> DecisionForm:
    step = look.procedure.step(look.args["step"])
    known = taken_over(look.meeting, decision_data(look.procedure, step.id).rationale.prefill)
    raw = {**{f"rationale.{k}": v for k, v in known.items()}, **draft_of(look.args), **look.typed}
    chosen = tuple(v for v in raw.get("outcomes", "").split(",") if v)
    values = {**raw, **_values(later_pages(look, step, chosen), raw)}
    return decision_form(look, step, values)


def _subjects(look: Look, step: str) -> tuple[str, ...]:
    named = look.args.get("subject")
    return (named,) if named is not None else tuple(s for s, _ in undecided(look, look.procedure.step(step)))


def _check_page(
    look: Look, form: DecideForm, page: tuple[tuple[str, FieldSpec], ...], values: Mapping[str, str]
) -> None:
    """Raise for what cannot stand on this page, before anything more is asked; texts are the rules' own matter."""
    require_outcomes(look.meeting, look.procedure, form.step, form.outcomes)
    agreement(look.procedure, form.step, form.agreement, form.differing)
    asked = tuple(replace(spec, key=key) for key, spec in page if spec.type is not FieldType.TEXT)
    joint = set_by_needs(look.procedure, JOINT, {k.removeprefix("needs."): v for k, v in values.items()})
    asked = tuple(replace(s, required=joint) if s.key.startswith("lead_") else s for s in asked)
    try:
        fields.check(
            asked, values, outside(look.meeting, look.procedure), agencies=agency_names(look.meeting, look.procedure)
        )
    except FieldErrors as wrong:
        raise FieldErrors({k.removeprefix("needs."): v for k, v in wrong.errors.items()}) from None


def _values(pages: tuple[tuple[tuple[str, FieldSpec], ...], ...], raw: Mapping[str, str]) -> dict[str, str]:
    """Return what the inputs of the later pages mean, by input id."""
    specs = tuple(replace(spec, key=key) for page in pages for key, spec in page)
    return answers_from(specs, raw)


def _command(form: DecideForm, values: Mapping[str, str], subjects: tuple[str, ...]) -> Decide:
    def under(start: str) -> dict[str, str]:
        return {k.removeprefix(start): v for k, v in values.items() if k.startswith(start)}

    return Decide(
        step=form.step,
        subjects=subjects,
        outcomes=form.outcomes,
        needs=under("needs."),
        rationale=under("rationale."),
        how=How.SAID_ALOUD if form.aloud else How.TYPED,
        lead_criminal=form.lead_criminal,
        lead_welfare=form.lead_welfare,
        agreement=form.agreement,
        differing=form.differing,
        keep=bool(form.keep),
    )
