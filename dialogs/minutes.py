"""Writing up what was said aloud, and reading the draft minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cards.kit import Card
from cards.minutes import debts_card, minutes_card, pages_of
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import scribes_only
from documents.minutes import minutes_of
from documents.model import Block, Document, Fields, Lines, Paragraph, Picture, Redline, Section, Table
from meeting.record import WriteUp
from meeting.refusals import Refused
from meeting.screens.frame import Look
from meeting.screens.minutes import MinutesLine, debts_screen, minutes_screen, write_up_form
from meeting.working_days import end_of

_FROM_THE_END = ("meeting_end", "closing")


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtForm(Form):
    text: str = ""
    debt: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm(Form):
    page: str = ticket("1")


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
@scribes_only
def draw_minutes(look: Look) -> Card:
    """One page of the draft, as the record stands now."""
    document = _document(look)
    return minutes_card(minutes_screen(look, document.title, document.banner, pages_of(lines_of(document))))


def _document(look: Look) -> Document:
    ended = look.meeting.ended
    clocks = look.procedure.clocks if ended else ()
    days = look.procedure.working_days
    ends = {c.id: end_of(c, ended, days) for c in clocks if ended and c.from_event in _FROM_THE_END}
    if not look.meeting.reference:
        raise Refused("not_running")
    return minutes_of(look.meeting, look.procedure, look.now, deadlines=ends)


def lines_of(document: Document) -> Iterator[MinutesLine]:
    """Yield the document line by line, tables row by row."""
    for section in document.sections:
        yield MinutesLine(kind="heading", text=section.heading)
        yield from _inside(section)
        for part in section.parts:
            yield MinutesLine(kind="part", text=part.heading)
            yield from _inside(part)


def _inside(section: Section) -> Iterator[MinutesLine]:
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[MinutesLine]:
    match block:
        case Paragraph(text=text):
            yield MinutesLine(kind="text", text=text)
        case Fields(facts=facts, caption=caption, how=how):
            yield from _caption(caption)
            for fact in facts:
                mark = f" ({fact.how})" if fact.how else ""
                yield MinutesLine(kind="fact", label=fact.label, text=f"{fact.value}{mark}")
            yield from _caption(how)
        case Lines(items=items, caption=caption):
            yield from _caption(caption)
            yield from (MinutesLine(kind="text", text=f"• {item}") for item in items)
        case Table():
            yield from _table(block)
        case Picture(text=text, table=told):
            yield MinutesLine(kind="text", text=text)
            yield from _table(told)
        case Redline(caption=caption, before=before, after=after):
            yield from _caption(caption)
            yield MinutesLine(kind="fact", label="Before", text=before)
            yield MinutesLine(kind="fact", label="Now", text=after)


def _table(table: Table) -> Iterator[MinutesLine]:
    yield from _caption(table.caption)
    for row in table.rows:
        rest = "; ".join(f"{h}: {c}" for h, c in zip(table.headers[1:], row[1:], strict=True) if c)
        yield MinutesLine(kind="fact", label=row[0] or table.headers[0], text=rest)


def _caption(text: str) -> Iterator[MinutesLine]:
    if text:
        yield MinutesLine(kind="caption", text=text)
