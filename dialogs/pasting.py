"""Preparing several lines of a table at once, as they are copied from elsewhere: looked at first, then kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cards.convening import prepare_card
from cards.kit import Card
from cards.pasting import paste_card
from cards.times import day_first, moment
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import admitted
from dialogs.reading import iso_date, local_to_utc
from meeting.before.convening import Prepare
from meeting.flags import outside
from meeting.model import Slot
from meeting.procedure import FieldSpec, FieldType, Part
from meeting.refusals import FieldErrors, said
from meeting.running import agenda
from meeting.screens.convening import prepare_screen
from meeting.screens.frame import Look, frame_for
from meeting.screens.pasting import Fault, PasteScreen, error_of, takes_lines
from meeting.steps import fields
from meeting.steps.record import NEW_ROW
from meeting.steps.wording import agency_names

_PARTS = re.compile(r" *[;\t|] *")
_YES, _NO = ("y", "yes", "true", "x"), ("n", "no", "false")
Row = dict[str, str]
MOST_LINES = 60  # of one press: each becomes an entry of the record


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm(Form):
    step: str = ticket()
    part: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteForm(Form):
    lines: str = ""
    step: str = ticket()
    part: str = ticket()
    seen: str = ticket()  # the mark of the words whose meaning was shown


@verb("pasting.open", form=TableForm)
async def open_table(ask: Ask[TableForm]) -> Reply:
    """Show the input for the lines of a table."""
    return Show(view="pasting.lines", args={"step": ask.form.step, "part": ask.form.part})


@verb("pasting.keep", form=PasteForm)
async def keep(ask: Ask[PasteForm]) -> Reply:
    """Keep the lines that were shown as they were understood; others, and those with a fault, are shown first."""
    form, look = ask.form, await ask.look()
    text = said(form.lines, "lines")
    if len(text) > fields.MAX_TEXT:
        raise FieldErrors({"lines": "too_long"})
    rows, faults = understood(look, agenda.part_of(look.procedure.step(form.step), form.part), text)
    if len(rows) > MOST_LINES:
        raise FieldErrors({"lines": "many_lines"})
    if faults or not rows or form.seen != _mark(text):
        return Show(view="pasting.lines", args={"step": form.step, "part": form.part}, typed={"lines": text})
    slot = Slot(step=form.step, part=form.part, subject=NEW_ROW)
    await ask.do(*(Prepare(slot=slot, answers=row, keep=True) for row in rows.values()))
    return Show(view="convening.prepare", done="saved")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def columns_of(part: Part) -> tuple[FieldSpec, ...]:
    """Return what a line says, in its order: every question of the table that is asked whatever else is answered."""
    return tuple(spec for spec in part.fields if spec.when is None)


def understood(look: Look, part: Part, text: str) -> tuple[Mapping[int, Row], tuple[Fault, ...]]:
    """Return each line's answers, and what is wrong with some; a first line with the questions themselves is none.

    Lines are counted as they were pasted, such a head and blank ones too: whoever mends one looks for it there.
    """
    specs = columns_of(part)
    rows, faults = {}, []
    written = [(n, one) for n, one in enumerate(text.splitlines(), start=1) if one.strip(" ;|\t")]
    for number, line in written:
        cells = _PARTS.split(line.strip(" \r"))
        if number == written[0][0] and cells[0].casefold() == specs[0].label.casefold():
            continue
        row = {f.key: _meant(f, cell) for f, cell in zip(specs, cells, strict=False) if cell}
        faults += [Fault(line=number, label=label, code=code) for label, code in _wrong(look, specs, row)]
        if any(cells[len(specs) :]):
            faults.append(Fault(line=number, label="", code=f"parts:{len(specs)}"))
        rows[number] = row
    return rows, tuple(faults)


def _meant(spec: FieldSpec, cell: str) -> str:
    """Return the answer that a cell means; what is none stays as it was typed, and is named."""
    plain = cell.casefold()
    match spec.type:
        case FieldType.DATE:
            return iso_date(cell)
        case FieldType.DATETIME if ":" in cell:
            day, _, clock = cell.rpartition(" ")
            return local_to_utc(day, clock)
        case FieldType.YES_NO | FieldType.TICK:
            yes, no = ("true", "") if spec.type is FieldType.TICK else ("yes", "no")
            return yes if plain in _YES else no if plain in _NO else plain
        case FieldType.CHOICE | FieldType.CHOICES:
            known = {c.casefold(): c for c in spec.choices}
            given = (one.strip() for one in (plain.split(",") if spec.type is FieldType.CHOICES else (plain,)))
            return known.get(plain) or ", ".join(known.get(one, one) for one in given)
        case _:
            return cell


def _shown(answer: str) -> str:
    """Return an answer as its writer checks it: a time on London's clock, a date as people type it."""
    at = fields.time_of(answer)
    return moment(at) if at is not None else day_first(answer)


def _wrong(look: Look, specs: tuple[FieldSpec, ...], row: Row) -> Iterator[tuple[str, str]]:
    """Yield (question, code) for each answer that cannot be kept; nothing is required before the meeting."""
    beyond, nobody = outside(look.meeting, look.procedure), agency_names(look.meeting, look.procedure)
    found: dict[str, str] = {}
    try:
        fields.check(specs, row, beyond, agencies=nobody, only=frozenset())
        fields.check_times(specs, row, look.now, look.procedure.working_days.zone)
    except FieldErrors as wrong:
        found = wrong.errors
    yield from ((f.label, found[f.key]) for f in specs if f.key in found)


@view("pasting.lines")
@admitted
def draw_lines(look: Look) -> Card:
    """The lines as they were typed, and what they would become; only for whoever prepares this table."""
    if not takes_lines(look):
        return prepare_card(prepare_screen(look))
    step = look.procedure.step(look.args["step"])
    part = agenda.part_of(step, look.args["part"])
    specs, text = columns_of(part), look.typed.get("lines", "").strip()
    rows, faults = understood(look, part, text)
    shown = {n: tuple((f.label, _shown(row[f.key])) for f in specs if row.get(f.key)) for n, row in rows.items()}
    screen = PasteScreen(
        frame=replace(frame_for(look), step_label=""),
        title=f"{step.label}: {part.label}",
        step=step.id,
        part=part.id,
        columns=tuple(f.label for f in specs),
        text=text,
        rows=shown,
        faults=faults,
        seen=_mark(text),
        error=error_of(look),
    )
    return paste_card(screen)
