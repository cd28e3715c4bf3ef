"""One's own actions after they are agreed, the chair's answers to them, and the deadline panel."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.chairing import wait_card
from cards.follow_up import deadlines_card, own_card, report_card
from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, NumberForm, Reply, Show, SlotForm, ticket, verb, view
from dialogs.doors import admitted, chair_only, content
from dialogs.dues import chosen_time, quick_dues, typed_time
from dialogs.reading import answers_from
from meeting.after.asking_again import AnswerAgain
from meeting.after.follow_up import OWNERS, ReportAction, SettleAction
from meeting.model import NO_ANSWERS, Answers, Told
from meeting.refusals import FieldErrors
from meeting.screens.action_form import seat_named
from meeting.screens.deadlines import deadlines_screen
from meeting.screens.duty import wait_screen
from meeting.screens.follow_up import again_form, answers_screen, opened, own_screen, report_screen
from meeting.screens.frame import Look
from meeting.screens.small import asks, small


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForm(Form):
    number: str = ticket("0")
    told: str = ""
    text: str = ""
    due: Answers = NO_ANSWERS
    owner: str = ""
    keep: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleForm(Form):
    number: str = ticket("0")
    told: str = ticket()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionForm(SlotForm):
    value: str = ticket()
    said: str = ticket()  # "yes" from the form that asks what the answer opens
    answers: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm(Form):
    start: str = ticket("0")


@verb("follow_up.mine", form=NumberForm)
async def mine(ask: Ask[NumberForm]) -> Reply:
    """Show one's own actions."""
    return Show(view="follow_up.own")


@verb("follow_up.deadlines", form=PageForm)
async def panel(ask: Ask[PageForm]) -> Reply:
    """Show the deadline panel, from a line on."""
    return Show(view="follow_up.deadlines", args={"start": ask.form.start})


@verb("follow_up.waiting", form=NumberForm)
async def waiting(ask: Ask[NumberForm]) -> Reply:
    """Show what waits for the chair's answer."""
    return Show(view="follow_up.answers")


@verb("follow_up.open", form=NumberForm)
async def open_report(ask: Ask[NumberForm]) -> Reply:
    """Show the form in which an owner says how an action is."""
    return Show(view="follow_up.report", args={"number": ask.form.number})


@verb("follow_up.accept", form=NumberForm)
async def accept(ask: Ask[NumberForm]) -> Reply:
    """Take one's own action on."""
    await ask.do(ReportAction(number=int(ask.form.number), told=Told.ACCEPTED))
    return Show(view="follow_up.own", done="accepted")


@verb("follow_up.seen", form=NumberForm)
async def seen(ask: Ask[NumberForm]) -> Reply:
    """Say that a reminder was seen: the next comes when it is due, unless the law sets the time."""
    await ask.do(ReportAction(number=int(ask.form.number), told=Told.SEEN))
    return Show(view="follow_up.own", done="seen")


@verb("follow_up.report", form=ReportForm)
async def report(ask: Ask[ReportForm]) -> Reply:
    """Note what an owner says of an action."""
    form, look = ask.form, await ask.look()
    if form.told not in {told.value for told in OWNERS}:
        raise FieldErrors({"told": "required"})
    seat = seat_named(look.meeting, form.owner) if form.owner else None
    await ask.do(
        ReportAction(
            number=int(form.number),
            told=Told(form.told),
            text=form.text,
            until=chosen_time(form.due),
            owner=form.owner,
            owner_seat=seat,
            keep=bool(form.keep),
        )
    )
    return Show(view="follow_up.own", done="told_action")


@verb("follow_up.settle", form=SettleForm)
async def settle(ask: Ask[SettleForm]) -> Reply:
    """Grant or refuse more time, or close what is done."""
    form = ask.form
    await ask.do(SettleAction(number=int(form.number), told=Told(form.told), text=form.text))
    return Show(view="follow_up.answers", done="saved")


@verb("follow_up.answer", form=QuestionForm)
async def answer(ask: Ask[QuestionForm]) -> Reply:
    """Answer a question that was left open in the meeting; what that answer opens is asked first."""
    form, look = ask.form, await ask.look()
    asked = opened(look, form.slot, form.value)
    if asked and not form.said:
        args = {"step": form.step, "part": form.part, "subject": form.subject, "value": form.value}
        return Show(view="follow_up.again", args=args)
    await ask.do(AnswerAgain(slot=form.slot, value=form.value, more=answers_from(asked, form.answers)))
    return Show(view="follow_up.answers", done="saved")


@verb("follow_up.back", form=NumberForm)
async def back(ask: Ask[NumberForm]) -> Reply:
    """Show the form that sends an action back to its owner."""
    return Show(view="follow_up.send_back", args={"number": ask.form.number})


@view("follow_up.own")
@admitted
def draw_own(look: Look) -> Card:
    """One's own actions, whatever one has not confirmed in the meeting: they are one's own."""
    return own_card(own_screen(look))


@view("follow_up.report")
@admitted
def draw_report(look: Look) -> Card:
    """The form of one action; of somebody else's nothing is shown."""
    looked = replace(look, typed=typed_time(look.typed))
    screen = report_screen(looked, quick_dues(look.procedure, look.now))
    return report_card(screen) if screen else wait_card(wait_screen(look, "not_your_action"))


@view("follow_up.answers")
@chair_only
def draw_answers(look: Look) -> Card:
    """What waits for the chair."""
    return own_card(answers_screen(look))


@view("follow_up.again")
@chair_only
def draw_again(look: Look) -> Card:
    """What an answer to an open question asks besides."""
    return small_card(again_form(look))


@view("follow_up.send_back")
@chair_only
def draw_send_back(look: Look) -> Card:
    """The form that sends an action back to its owner, with the reason."""
    number = look.args.get("number", "")
    form = small(look, f"Action {number}", "Send it back", "follow_up.settle", asks(look, "text", "Why"))
    return small_card(replace(form, args={"number": number, "told": Told.REOPENED.value}))


@view("follow_up.deadlines")
@content
def draw_deadlines(look: Look) -> Card:
    """Every limit and due time, with where it is written."""
    return deadlines_card(deadlines_screen(look))
