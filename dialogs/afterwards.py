"""After the meeting: telling everybody, asking for an update, developments, escalation."""

from __future__ import annotations

from dataclasses import dataclass

from cards.afterwards import after_card
from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import admitted, chair_only, content
from meeting.after.escalating import Escalate, MoveEscalation, ResolveEscalation
from meeting.after.reconvening import ReportDevelopment
from meeting.after.updates import AskUpdate, PostUpdate
from meeting.refusals import FieldErrors, Refused
from meeting.screens import afterwards as screens
from meeting.screens.frame import Look

SHOWN = {
    "tell": "afterwards.tell_form",
    "ask": "afterwards.ask_form",
    "develop": "afterwards.develop_form",
    "stage": "afterwards.stage_form",
    "reconvene": "reconvening.form",
    "shut": "shutting.form",
    "succeed": "succeeding.form",
    "": "afterwards.card",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm(Form):
    show: str = ticket()
    escalation: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class TellForm(Form):
    text: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm(Form):
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengedForm(Form):
    challenge: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class StageForm(Form):
    escalation: str = ticket()
    text: str = ""
    ends: str = ""


@verb("afterwards.open", form=OpenForm)
async def open_one(ask: Ask[OpenForm]) -> Reply:
    """Show one of the forms, or everything that came after the meeting."""
    view_name = SHOWN.get(ask.form.show)
    if view_name is None:
        raise Refused("no_such_choice")
    return Show(view=view_name, args={"escalation": ask.form.escalation} if ask.form.escalation else {})


@verb("afterwards.tell", form=TellForm)
async def tell(ask: Ask[TellForm]) -> Reply:
    """Tell everybody who attended; requests that wait are answered by it."""
    await ask.do(PostUpdate(text=ask.form.text, decision=ask.form.kind == "decision"))
    return Show(view="afterwards.card", done="told_all")


@verb("afterwards.ask", form=TextForm)
async def ask_update(ask: Ask[TextForm]) -> Reply:
    """Ask what became of it."""
    await ask.do(AskUpdate(text=ask.form.text))
    return Show(view="afterwards.card", done="update_asked")


@verb("afterwards.develop", form=TextForm)
async def develop(ask: Ask[TextForm]) -> Reply:
    """Report what has changed since."""
    await ask.do(ReportDevelopment(text=ask.form.text))
    return Show(view="afterwards.card", done="developed")


@verb("afterwards.escalate", form=ChallengedForm)
async def escalate(ask: Ask[ChallengedForm]) -> Reply:
    """Take a challenge to the local protocol."""
    await ask.do(Escalate(challenge=ask.form.challenge))
    return Show(view="afterwards.card", done="escalated")


@verb("afterwards.stage", form=StageForm)
async def stage(ask: Ask[StageForm]) -> Reply:
    """End a stage with what it came to: on to the next, or resolved."""
    form = ask.form
    if form.ends not in ("next", "resolved"):
        raise FieldErrors({"ends": "required"})
    if form.ends == "resolved":
        await ask.do(ResolveEscalation(id=form.escalation, outcome=form.text))
    else:
        await ask.do(MoveEscalation(id=form.escalation, text=form.text))
    return Show(view="afterwards.card", done="saved")


@view("afterwards.card")
@content
def draw_card(look: Look) -> Card:
    """What came after the meeting."""
    return after_card(screens.after_screen(look))


@view("afterwards.tell_form")
@chair_only
def draw_tell(look: Look) -> Card:
    """The form in which the chair tells everybody."""
    return small_card(screens.update_form(look))


@view("afterwards.ask_form")
@admitted
def draw_ask(look: Look) -> Card:
    """The form in which somebody asks for an update."""
    return small_card(screens.ask_form(look))


@view("afterwards.develop_form")
@admitted
def draw_develop(look: Look) -> Card:
    """The form in which a development is reported."""
    return small_card(screens.development_form(look))


@view("afterwards.stage_form")
@content
def draw_stage(look: Look) -> Card:
    """The form that ends a stage of an escalation."""
    return small_card(screens.escalation_form(look))
