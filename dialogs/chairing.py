"""Moving the meeting, and finding one's own part of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from cards.chairing import kept_card, panel_card, wait_card
from cards.kit import Card
from dialogs.asking import SENT_FOR, Ask, Form, Reply, Show, draw, ticket, verb, view
from dialogs.doors import unseated
from dialogs.inviting import convenes
from meeting.door.admission import barred
from meeting.door.quorum import Restore
from meeting.refusals import Stale
from meeting.running.chairing import AskForm, Hold, MoveBack, MoveOn, Resume, Start
from meeting.running.handover import TakeChair
from meeting.running.straight import GoStraight
from meeting.screens.board import panel_screen
from meeting.screens.duty import owed, wait_screen
from meeting.screens.frame import Look, frame_for
from meeting.steps.record import ConfirmPrepared
from meeting.telling.delivery import SendAgain

DUTY_VIEWS = {"acknowledge": "statement.duty", "introduce": "roll_call.duty", "right_meeting": "record.right_meeting"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveForm(Form):
    visit: str = ticket("0")
    confirm: str = ticket()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedForm(Form):
    form: str = ticket()


@verb("chairing.open", form=Form)
async def open_mine(ask: Ask[Form]) -> Reply:
    """Show what the message is for, as far as this person may see it."""
    home = json.loads(ask.args.get("home") or "{}")
    if home.get("draft") and home.get("step") not in (None, (await ask.look()).meeting.step):
        home = json.loads(ask.args.get(SENT_FOR) or "{}")  # the form has had its time
    return Show(view=home.pop("show", "chairing.mine"), args=home)


@verb("chairing.start", form=Form)
async def start(ask: Ask[Form]) -> Reply:
    """Open the meeting."""
    await ask.do(Start())
    return Show(view="chairing.panel", done="started")


@verb("chairing.next", form=MoveForm)
async def move_on(ask: Ask[MoveForm]) -> Reply:
    """Leave the step; what was prepared for it is confirmed with the same press."""
    if ask.form.visit == "0":  # before the first step: the start itself was held back
        await ask.do(Start(reason=ask.form.reason))
        return Show(view="chairing.panel", done="started")
    confirm = (ConfirmPrepared(step=ask.form.confirm),) if ask.form.confirm else ()
    await ask.do(*confirm, MoveOn(visit=int(ask.form.visit or 0), reason=ask.form.reason))
    return _after_move(ask)


@verb("chairing.back", form=MoveForm)
async def move_back(ask: Ask[MoveForm]) -> Reply:
    """Reopen the step before."""
    await ask.do(MoveBack(visit=int(ask.form.visit or 0)))
    return _after_move(ask)


@verb("chairing.straight", form=MoveForm)
async def go_straight(ask: Ask[MoveForm]) -> Reply:
    """Go to the agencies' turns, past what nobody has prepared, with one reason."""
    await ask.do(GoStraight(visit=int(ask.form.visit or 0), reason=ask.form.reason))
    return _after_move(ask)


def onward(visit: str) -> tuple[MoveOn, ...]:
    """Return the chair's move from the step of this visit, where a press brings one along."""
    return (MoveOn(visit=int(visit)),) if visit else ()


def after_hearing(visit: str, done: str) -> Show:
    """Return one's part again; where the press has moved on, what was recorded at the step that it left."""
    return (
        Show(view="chairing.mine", args={"visit": visit}, done="moved")
        if visit
        else Show(view="chairing.mine", done=done)
    )


def _after_move(ask: Ask[MoveForm]) -> Reply:
    """The panel stays the panel; a step's card shows what was recorded."""
    if ask.args.get("view") == "chairing.panel":
        return Show(view="chairing.panel", done="moved")
    return Show(view="chairing.mine", args={"visit": ask.form.visit}, done="moved")


@verb("chairing.hold", form=Form)
async def hold(ask: Ask[Form]) -> Reply:
    """Pause every prompt."""
    await ask.do(Hold())
    return Show(view="chairing.panel")


@verb("chairing.resume", form=Form)
async def resume(ask: Ask[Form]) -> Reply:
    """Go on."""
    await ask.do(Resume())
    return Show(view="chairing.panel")


@verb("chairing.restore", form=Form)
async def restore(ask: Ask[Form]) -> Reply:
    """Be a strategy meeting again."""
    await ask.do(Restore())
    return Show(view="chairing.panel")


@verb("chairing.take_chair", form=Form)
async def take_chair(ask: Ask[Form]) -> Reply:
    """Chair in the place of one who is silent."""
    await ask.do(TakeChair())
    return Show(view="chairing.panel")


@verb("chairing.send_again", form=Form)
async def send_again(ask: Ask[Form]) -> Reply:
    """Have everything tried again that could not be delivered."""
    await ask.do(SendAgain())
    return Show(view="chairing.panel", done="sent_again")


@verb("chairing.form", form=NamedForm)
async def ask_form(ask: Ask[NamedForm]) -> Reply:
    """Have a form posted: the board is redrawn too often to type on."""
    await ask.do(AskForm(form=ask.form.form))
    return Show(view="chairing.panel", done="posted")


@view("chairing.panel")
def draw_panel(look: Look) -> Card:
    """The panel of chair and note-taker; everybody else sees their own board.

    Whoever is to chair and has not come yet sees who is invited: before the meeting there is nothing else to steer.
    """
    if look.meeting.started is None and look.person not in look.meeting.people and convenes(look):
        return draw("invitations.table", look)
    shut = _shut(look)
    return shut or panel_card(panel_screen(look))


@view("chairing.mine")
def draw_mine(look: Look) -> Card:
    """Somebody's part of a step: what they still owe first, then the step; an old message shows what was recorded."""
    shut = _shut(look)
    if shut is not None:
        return shut
    if not look.meeting.step:
        return panel_card(panel_screen(look))
    visit = int(look.args.get("visit") or look.meeting.visit)
    here = visit >= look.meeting.visit
    duty = owed(look)
    if duty is not None and here:
        args = {**look.args, "step": duty[1].id}
        return draw(DUTY_VIEWS[duty[0]], replace(look, args=args))
    if barred(look.meeting, look.procedure, look.meeting.people[look.person]):
        return wait_card(wait_screen(look, "elsewhere"))
    step = look.procedure.step(look.meeting.visits[visit - 1].step)
    return draw(f"{step.kind}.step", replace(look, args={**look.args, "step": step.id}))


@view("chairing.doubled")
def draw_doubled(look: Look) -> Card:
    """The older copy of a message that an interruption doubled."""
    return wait_card(wait_screen(look, "doubled"))


@view("chairing.kept")
def draw_kept(look: Look) -> Card:
    """What was typed into a form that has gone stale."""
    texts = {k: v for k, v in look.typed.items() if len(v) > 1 and not _pressed(look, v)}
    return kept_card(frame_for(replace(look, problem=look.problem or Stale("stale"))), texts)


def _pressed(look: Look, value: str) -> bool:
    """Tell whether an input holds what was pressed, and not typed: nobody has to copy that."""
    ids = {*map(str, look.meeting.seats), *map(str, look.meeting.people), *map(str, look.meeting.children)}
    return value in ("true", "false", "yes", "no") or ids.issuperset(value.split(","))


def _shut(look: Look) -> Card | None:
    """Return the card of somebody who is not let in, or None."""
    why = unseated(look)
    return wait_card(wait_screen(look, why)) if why else None
