"""Which lines of the minutes the family may have, and which are kept from whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.kit import Card
from cards.minutes_words import FROM_WHOM, MARKS, STAYS_WITHHELD, choosable
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import scribes_only
from dialogs.marking import LINES, heading_of, places_in
from dialogs.minuting import draw_panel
from documents.places import Place, fingerprint
from meeting.after.marking import MarkLines, keepable_from
from meeting.model import WITHHELD, Meeting
from meeting.procedure import FieldType
from meeting.refusals import FieldErrors
from meeting.screens.frame import Look
from meeting.screens.small import offers, small


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkForm(Form):
    mark: str = ticket()
    section: str = ticket()
    start: str = ticket("0")
    lines: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


@verb("minutes.mark", form=MarkForm)
async def mark(ask: Ask[MarkForm]) -> Reply:
    """Keep which of the lines shown are shared, or kept from whom; a line that is kept back stays as it was said."""
    look, form = await ask.look(), ask.form
    shown = _page(places_in(look, form.section), form.start)
    chosen = [p for p in shown if p.key in form.lines]
    if form.mark == WITHHELD:
        chosen = [p for p in chosen if (p.key, WITHHELD) not in look.meeting.minutes.marks]
        if chosen and not form.agencies:
            raise FieldErrors({"agencies": "required"})
    on = {p.key: form.agencies if form.mark == WITHHELD else (fingerprint(p.text),) for p in chosen}
    off = tuple(p.key for p in shown if p.key not in form.lines)
    await ask.do(MarkLines(mark=form.mark, on=on, off=off))
    more = int(form.start) + LINES
    if more < len(places_in(look, form.section)):
        args = {"section": form.section, "mark": form.mark, "start": str(more)}
        return Show(view="minutes.marking", args=args, done="saved")
    return Show(view="minutes.sections", args={"mark": form.mark}, done="saved")


@view("minutes.marking")
@scribes_only
def draw_marking(look: Look) -> Card:
    """The lines of a section, to be chosen."""
    chosen, section, start = look.args.get("mark", ""), look.args.get("section", ""), look.args.get("start") or "0"
    shown = _page(places_in(look, section), start)
    if not look.chairs or not shown:
        return draw_panel(look)
    titles = tuple((p.key, _title(look.meeting, p, chosen)) for p in shown)
    now = ", ".join(p.key for p in shown if _holds(look.meeting, p, chosen))
    lines = replace(offers(look, "lines", heading_of(look, section), titles, required=False), type=FieldType.CHOICES)
    fields, note = [replace(lines, value=now)], ""
    if chosen == WITHHELD:
        whom = offers(look, "agencies", FROM_WHOM, keepable_from(look.meeting), required=False)
        fields.append(replace(whom, type=FieldType.CHOICES))
        note = STAYS_WITHHELD
    form = small(look, MARKS[chosen], "Save", "minutes.mark", *fields)
    return small_card(replace(form, args={"mark": chosen, "section": section, "start": start}, note=note))


def _page(found: tuple[Place, ...], start: str) -> tuple[Place, ...]:
    return found[int(start) : int(start) + LINES]


def _holds(meeting: Meeting, place: Place, mark: str) -> bool:
    """Tell whether a line is marked, and, to be shared, says what it said when it was chosen."""
    kept = meeting.minutes.marks.get((place.key, mark))
    return kept is not None and (mark == WITHHELD or fingerprint(place.text) in kept)


def _title(meeting: Meeting, place: Place, mark: str) -> str:
    """Return a line with everything that goes with it: part, what stands above it, label, from whom it is kept."""
    above = [f"{text}:" for text in (place.part, place.caption) if text]
    said = " ".join(t for t in (*above, place.label, "-", place.text) if t)
    told = meeting.minutes.marks.get((place.key, WITHHELD), ())
    names = ", ".join(label for one, label in keepable_from(meeting) if one in told)
    return choosable(said, names, mark)
