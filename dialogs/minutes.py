"""Writing up what was said aloud, and reading the draft minutes."""

from __future__ import annotations

from dataclasses import dataclass

from cards.kit import Card
from cards.minutes import debts_card, minutes_card, pages_of
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import content, scribes_only
from dialogs.issued import minutes_document
from dialogs.minuting import draw_mine
from dialogs.paging import PageForm, lines_of
from meeting.refusals import Refused
from meeting.screens.frame import Look
from meeting.screens.minutes import debts_screen, minutes_screen, write_up_form
from meeting.steps.record import WriteUp


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtForm(Form):
    text: str = ""
    debt: str = ticket()


@verb("minutes.open", form=PageForm)
async def open_debts(ask: Ask[PageForm]) -> Reply:
    """Show what is still to be written up."""
    return Show(view="minutes.debts")


@verb("minutes.write", form=DebtForm)
async def write(ask: Ask[DebtForm]) -> Reply:
    """Show the form of one debt."""
    return Show(view="minutes.debt", args={"debt": ask.form.debt})


@verb("minutes.write_up", form=DebtForm)
async def write_up(ask: Ask[DebtForm]) -> Reply:
    """Write what was said into its place; the debt is closed."""
    await ask.do(WriteUp(debt=ask.form.debt, text=ask.form.text))
    return Show(view="minutes.debts", done="written_up")


@verb("minutes.page", form=PageForm)
async def turn_page(ask: Ask[PageForm]) -> Reply:
    """Show another page of the draft."""
    return Show(view="minutes.read", args={"page": ask.form.page})


@verb("minutes.read", form=PageForm)
async def read(ask: Ask[PageForm]) -> Reply:
    """Show the draft minutes from the beginning."""
    return Show(view="minutes.read")


@view("minutes.debts")
@scribes_only
def draw_debts(look: Look) -> Card:
    """What is still to be written up."""
    return debts_card(debts_screen(look))


@view("minutes.debt")
@scribes_only
def draw_debt(look: Look) -> Card:
    """The form of one debt; of one that is closed, the rest."""
    debt = look.meeting.debts.get(look.args.get("debt", ""))
    if debt is None or debt.written_up is not None:
        return debts_card(debts_screen(look))
    return small_card(write_up_form(look, debt))


@view("minutes.read")
@content
def draw_minutes(look: Look) -> Card:
    """One page of the minutes, whole, for chair and note-taker; everybody else sees what became of their copy."""
    if not look.scribe:
        return draw_mine(look)
    if not look.meeting.reference:
        raise Refused("not_running")
    document = minutes_document(look.meeting, look.procedure, look.now)
    return minutes_card(minutes_screen(look, document.title, document.banner, pages_of(lines_of(document))))
