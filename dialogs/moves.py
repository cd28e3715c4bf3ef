"""The chair's small forms about the course of the meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import admitted, chair_only
from dialogs.dues import chosen_time, quick_dues, typed_time
from meeting.before.calling_off import Cancel
from meeting.door.quorum import Convert
from meeting.model import NO_ANSWERS, Answers
from meeting.refusals import FieldErrors
from meeting.running.chairing import Adjourn, Skip
from meeting.screens import moves as screens
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjournForm(Form):
    due: Answers = NO_ANSWERS
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertForm(Form):
    due: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonForm(Form):
    reason: str = ""
    visit: str = ticket("0")


@verb("moves.adjourn", form=AdjournForm)
async def adjourn(ask: Ask[AdjournForm]) -> Reply:
    """Stop until a stated time."""
    until = chosen_time(ask.form.due)
    if until is None:
        raise FieldErrors({"due": "required"})
    await ask.do(Adjourn(resume_at=until, reason=ask.form.reason))
    return Show(view="chairing.panel")


@verb("moves.convert", form=ConvertForm)
async def convert(ask: Ask[ConvertForm]) -> Reply:
    """Go on as a professionals meeting; say when the quorate discussion is held, if it is known."""
    due = chosen_time(ask.form.due)
    await ask.do(Convert(quorate_date=due.isoformat() if due else ""))
    return Show(view="chairing.panel")


@verb("moves.skip", form=ReasonForm)
async def skip(ask: Ask[ReasonForm]) -> Reply:
    """Pass the open step over, with a reason."""
    await ask.do(Skip(visit=int(ask.form.visit or 0), reason=ask.form.reason))
    return Show(view="chairing.panel", done="moved")


@verb("moves.cancel", form=ReasonForm)
async def cancel(ask: Ask[ReasonForm]) -> Reply:
    """Call the meeting off, with a reason."""
    await ask.do(Cancel(reason=ask.form.reason))
    return Show(view="chairing.panel", done="cancelled")


@view("moves.adjourn")
@chair_only
def draw_adjourn(look: Look) -> Card:
    """Until when, and why."""
    return small_card(screens.adjourn_form(_timed(look), quick_dues(look.procedure, look.now)))


@view("moves.convert")
@chair_only
def draw_convert(look: Look) -> Card:
    """What conversion means, and when the quorate discussion is held."""
    return small_card(screens.convert_form(_timed(look), quick_dues(look.procedure, look.now)))


@view("moves.skip")
@chair_only
def draw_skip(look: Look) -> Card:
    """Why the open step is passed over."""
    return small_card(screens.skip_form(look))


@view("moves.cancel")
@admitted
def draw_cancel(look: Look) -> Card:
    """Why the meeting is called off."""
    return small_card(screens.cancel_form(look))


def _timed(look: Look) -> Look:
    return replace(look, typed=typed_time(look.typed))
