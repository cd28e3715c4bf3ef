"""Introducing oneself, being heard, and saying how one is related to each child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cards.introduction import duty_card, heard_card
from cards.kit import Card
from cards.roll_call import choose_card, relating_card, roll_call_card
from cards.times import LONDON
from dialogs.asking import Ask, Form, Reply, Show, draw, ticket, verb, view
from dialogs.carrying import carried
from dialogs.chairing import after_hearing, onward
from dialogs.doors import admitted, content, scribes_only
from dialogs.drafts import draft_of, place_of, with_page
from dialogs.reading import answers_from, by_question
from meeting.door.relationships import SayRelationship
from meeting.flags import outside
from meeting.model import NO_ANSWERS, Answers, ChildId, PersonId
from meeting.procedure import FieldType, Kind, Procedure, RollCallData, Step
from meeting.running import agenda
from meeting.screens.duty import duty_screen, introduction, introduction_pages
from meeting.screens.frame import Look
from meeting.screens.roll_call import relating_screen, roll_call_screen
from meeting.steps import fields
from meeting.steps.roll_call import HearIntroductions, Introduce
from meeting.steps.wording import agency_names


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionForm(Form):
    answers: Answers = NO_ANSWERS
    step: str = ticket()
    person: str = ticket()
    keep: str = ticket()
    at: str = ticket("{}")  # the page that the form stands on, with what earlier ones said


@dataclass(frozen=True, slots=True, kw_only=True)
class HearForm(Form):
    step: str = ticket()
    person: str = ticket()
    visit: str = ticket()  # the press goes on as well


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenForm(Form):
    person: str = ""
    step: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipForm(Form):
    answers: Answers = NO_ANSWERS
    page: str = ticket("1")


@verb("roll_call.introduce", form=IntroductionForm)
async def introduce(ask: Ask[IntroductionForm]) -> Reply:
    """Say who one is."""
    look = await ask.look()
    following = _next_page(ask, look, "roll_call.duty", required=True)
    if following is not None:
        return following
    answers = _answers(look, ask.form.step, _said(ask))
    await ask.do(Introduce(step=ask.form.step, answers=answers, keep=bool(ask.form.keep)))
    return Show(view="chairing.mine", done="saved")


@verb("roll_call.write", form=IntroductionForm)
async def write(ask: Ask[IntroductionForm]) -> Reply:
    """Write down an introduction that was heard; what is blank is owed."""
    look = await ask.look()
    following = _next_page(ask, look, "roll_call.written", required=False)
    if following is not None:
        return following
    answers = {k: v for k, v in _answers(look, ask.form.step, _said(ask)).items() if v}
    person = PersonId(ask.form.person)
    await ask.do(Introduce(step=ask.form.step, answers=answers, person=person, keep=bool(ask.form.keep)))
    return Show(view="chairing.mine", done="heard")


@verb("roll_call.heard", form=HearForm)
async def heard(ask: Ask[HearForm]) -> Reply:
    """Note that somebody introduced themselves aloud."""
    await ask.do(HearIntroductions(step=ask.form.step, people=(PersonId(ask.form.person),)))
    return Show(view="chairing.mine", done="heard")


@verb("roll_call.all_heard", form=HearForm)
async def all_heard(ask: Ask[HearForm]) -> Reply:
    """Note that everybody who remained introduced themselves aloud."""
    await ask.do(HearIntroductions(step=ask.form.step), *onward(ask.form.visit))
    return after_hearing(ask.form.visit, "heard")


@verb("roll_call.choose", form=HearForm)
async def choose(ask: Ask[HearForm]) -> Reply:
    """Show whose introduction may be written down."""
    return Show(view="roll_call.choose", args={"step": ask.form.step})


@verb("roll_call.open", form=ChosenForm)
async def open_person(ask: Ask[ChosenForm]) -> Reply:
    """Show somebody's introduction to chair or note-taker."""
    return Show(view="roll_call.written", args={"step": ask.form.step, "person": ask.form.person})


@verb("roll_call.step", form=HearForm)
async def back(ask: Ask[HearForm]) -> Reply:
    """Show one's own part again."""
    return Show(view="chairing.mine")


@verb("roll_call.relating", form=RelationshipForm)
async def relating(ask: Ask[RelationshipForm]) -> Reply:
    """Show how one is related to each child."""
    return Show(view="roll_call.relating")


@verb("roll_call.relationship", form=RelationshipForm)
async def relationship(ask: Ask[RelationshipForm]) -> Reply:
    """Record how one is related to each child on this page."""
    by_child: dict[str, dict[str, str]] = {}
    for name, value in ask.form.answers.items():
        key, _, child = name.partition(".")
        if value.strip():
            by_child.setdefault(child, {})[key] = value
    await ask.do(*(SayRelationship(child=ChildId(c), answers=a) for c, a in by_child.items()))
    page = int(ask.form.page or 1)
    if page < relating_screen(await ask.look()).pages:
        return Show(view="roll_call.relating", args={"page": str(page + 1)}, done="kept")
    return Show(view="chairing.mine", done="saved")


def _data(procedure: Procedure, step: str) -> RollCallData:
    data = procedure.step(step).data
    assert isinstance(data, RollCallData)
    return data


def _said(ask: Ask[IntroductionForm]) -> dict[str, str]:
    """Return what this page and the earlier ones say, by the question's key."""
    return {**by_question(draft_of(place_of(ask.form.at))), **ask.form.answers}


def _next_page(ask: Ask[IntroductionForm], look: Look, view: str, *, required: bool) -> Show | None:
    """Keep a page and return the next one, or None after the last; raises FieldErrors for what is wrong on this one."""
    place = place_of(ask.form.at)
    pages = introduction_pages(_data(look.procedure, ask.form.step).introduction.fields)
    page = int(place.get("page") or 1)
    if page >= len(pages):
        return None
    only = frozenset(f.key for f in pages[page - 1]) if required else frozenset[str]()
    answers = _answers(look, ask.form.step, _said(ask))
    whole = tuple(f for one in pages for f in one)
    fields.check(
        whole,
        answers,
        outside(look.meeting, look.procedure),
        agencies=agency_names(look.meeting, look.procedure),
        only=only,
    )
    along = carried(ask.args)
    draft = with_page(place, {k: v for k, v in ask.inputs.items() if k not in along})
    at = {"step": ask.form.step, "person": ask.form.person, "page": str(page + 1), "draft": draft}
    return Show(view=view, args=at, typed=along)


def _answers(look: Look, step: str, raw: Mapping[str, str]) -> dict[str, str]:
    """Return what an introduction's inputs mean; a time alone is one of today."""
    today = look.now.astimezone(LONDON).date().isoformat()
    specs = _data(look.procedure, step).introduction.fields
    times = {f.key for f in specs if f.type is FieldType.DATETIME}
    dated = {f"{key}.date": today for key in times if raw.get(f"{key}.time")}
    return answers_from(specs, {**dated, **raw})


def _typed(look: Look) -> Look:
    raw = by_question({**draft_of(look.args), **look.typed})
    return replace(look, typed=_answers(look, look.args["step"], raw))


@view("roll_call.duty")
@admitted
def draw_duty(look: Look) -> Card:
    """One's own introduction."""
    return duty_card(duty_screen(_typed(look), "introduce", look.procedure.step(look.args["step"])))


@view("roll_call.written")
@scribes_only
def draw_written(look: Look) -> Card:
    """Somebody's introduction, to be written down by whoever hears it."""
    typed, person = _typed(look), PersonId(look.args["person"])
    if person not in look.meeting.people:
        return draw("chairing.mine", replace(look, args={}))
    step = look.procedure.step(look.args["step"])
    asked = _data(look.procedure, step.id).introduction.fields
    screen = introduction(typed, duty_screen(typed, "introduce", step), asked, person)
    return heard_card(screen, person, look.meeting.people[person].name)


@view("roll_call.choose")
@scribes_only
def draw_choice(look: Look) -> Card:
    """Whose introduction is written down."""
    return choose_card(roll_call_screen(look, _step(look)))


@view("roll_call.step")
@admitted
def draw_step(look: Look) -> Card:
    """Who is here and who is not."""
    return roll_call_card(roll_call_screen(look, _step(look)))


def _step(look: Look) -> Step:
    found = agenda.first_of(look.procedure, Kind.ROLL_CALL)
    assert found is not None
    return look.procedure.step(look.args["step"]) if look.args.get("step") else found


@view("roll_call.relating")
@content
def draw_relating(look: Look) -> Card:
    """How one is related to each child."""
    return relating_card(relating_screen(look))
