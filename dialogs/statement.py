"""Hearing a statement: oneself, or noted by chair or note-taker for those who listened."""

from __future__ import annotations

from dataclasses import dataclass

from cards.kit import Card
from cards.statement import duty_card, statement_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.chairing import after_hearing, onward
from dialogs.doors import admitted
from dialogs.dues import promised
from meeting.model import PersonId
from meeting.screens.duty import duty_screen
from meeting.screens.frame import Look
from meeting.screens.statement import statement_screen
from meeting.steps.statement import Acknowledge, SetRecording


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardForm(Form):
    step: str = ticket()
    person: str = ticket()
    visit: str = ticket()  # the press goes on as well


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingForm(Form):
    on: str = ticket()


@verb("statement.acknowledge", form=HeardForm)
async def acknowledge(ask: Ask[HeardForm]) -> Reply:
    """Say that one has heard the statement."""
    await ask.do(Acknowledge(step=ask.form.step))
    return Show(view="chairing.mine", done="acknowledged")


@verb("statement.heard", form=HeardForm)
async def heard(ask: Ask[HeardForm]) -> Reply:
    """Note that somebody heard it."""
    await ask.do(Acknowledge(step=ask.form.step, people=(PersonId(ask.form.person),)))
    return Show(view="chairing.mine", done="heard")


@verb("statement.all_heard", form=HeardForm)
async def all_heard(ask: Ask[HeardForm]) -> Reply:
    """Note that everybody who is here heard it."""
    await ask.do(Acknowledge(step=ask.form.step, all_present=True), *onward(ask.form.visit))
    return after_hearing(ask.form.visit, "heard")


@verb("statement.recording", form=RecordingForm)
async def recording(ask: Ask[RecordingForm]) -> Reply:
    """Say whether Teams records the meeting."""
    await ask.do(SetRecording(on=ask.form.on == "yes"))
    return Show(view="chairing.mine", done="saved")


@view("statement.duty")
@admitted
def draw_duty(look: Look) -> Card:
    """The statement that somebody still has to hear."""
    screen = duty_screen(look, "acknowledge", look.procedure.step(look.args["step"]))
    return duty_card(screen, promised(look, screen.clock))


@view("statement.step")
@admitted
def draw_step(look: Look) -> Card:
    """The statement, and who has heard it."""
    screen = statement_screen(look, look.procedure.step(look.args["step"]))
    return statement_card(screen, promised(look, screen.clock))
