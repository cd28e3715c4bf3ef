"""The minutes line by line: amended and added to, and their versions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.kit import Card
from cards.minutes import minutes_card, pages_of
from cards.minutes_lines import lines_card
from cards.minutes_words import BOTH_KEPT, MARKS
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import scribes_only
from dialogs.issued import minutes_document
from dialogs.paging import PageForm, lines_of
from documents.minutes import versions_of
from documents.model import Section
from documents.places import Place, places_of
from meeting.after.minutes import AmendLine
from meeting.refusals import FieldErrors, Refused
from meeting.screens.frame import Look
from meeting.screens.minutes import minutes_screen
from meeting.screens.minuting import AmendableLine, lines_screen
from meeting.screens.small import asks, offers, small

_OWN = ("debts", "minutes", "afterwards", "addenda", "about")  # what the minutes say about themselves, and later
LINES = 10  # of a section on one card


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionForm(Form):
    mark: str = ticket()
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForm(Form):
    section: str = ticket()
    place: str = ticket()
    start: str = ticket("0")
    text: str = ""


@verb("minutes.sections", form=SectionForm)
async def open_sections(ask: Ask[SectionForm]) -> Reply:
    """Show the sections of the minutes."""
    return Show(view="minutes.sections", args={"mark": ask.form.mark})


@verb("minutes.section", form=SectionForm)
async def open_section(ask: Ask[SectionForm]) -> Reply:
    """Show the lines of a section."""
    if not ask.form.section:
        raise FieldErrors({"section": "required"})
    name = "minutes.marking" if ask.form.mark else "minutes.lines"
    return Show(view=name, args={"section": ask.form.section, "mark": ask.form.mark})


@verb("minutes.lines", form=LineForm)
async def open_lines(ask: Ask[LineForm]) -> Reply:
    """Show more lines of a section."""
    return Show(view="minutes.lines", args={"section": ask.form.section, "start": ask.form.start})


@verb("minutes.line", form=LineForm)
async def open_line(ask: Ask[LineForm]) -> Reply:
    """Show one line to amend, or, without one, a line to add."""
    args = {"section": ask.form.section, "place": ask.form.place, "start": ask.form.start}
    return Show(view="minutes.line", args=args)


@verb("minutes.amend", form=LineForm)
async def amend(ask: Ask[LineForm]) -> Reply:
    """Keep another text for a line: a new version."""
    look, form = await ask.look(), ask.form
    line = _line(look, form.section, form.place)
    command = AmendLine(
        section=form.section,
        after=form.text,
        part=line.part if line else "",
        label=line.label if line else "",
        place=form.place,
        before=line.text if line else "",
    )
    await ask.do(command)
    return Show(view="minutes.lines", args={"section": form.section, "start": form.start}, done="amended")


@verb("minutes.versions", form=PageForm)
async def open_versions(ask: Ask[PageForm]) -> Reply:
    """Show every version with what it changed."""
    return Show(view="minutes.versions", args={"page": ask.form.page})


@view("minutes.versions")
@scribes_only
def draw_versions(look: Look) -> Card:
    """One page of the versions, the newest first."""
    document = versions_of(look.meeting, look.procedure, look.now)
    pages = pages_of(lines_of(document))
    return minutes_card(minutes_screen(look, document.title, document.banner, pages), verb="minutes.versions")


@view("minutes.sections")
@scribes_only
def draw_sections(look: Look) -> Card:
    """Which section."""
    chosen = look.args.get("mark", "")
    offered = tuple((s.key, s.heading) for s in _sections(look))
    which = offers(look, "section", "Section of the minutes", offered)
    form = small(look, MARKS[chosen], "Show its lines", "minutes.section", which)
    return small_card(replace(form, args={"mark": chosen}))


@view("minutes.lines")
@scribes_only
def draw_lines(look: Look) -> Card:
    """The lines of a section, each to amend."""
    section, start = look.args.get("section", ""), int(look.args.get("start") or 0)
    found = places_in(look, section)
    lines = tuple(_shown(p) for p in found[start : start + LINES])
    return lines_card(lines_screen(look, section, heading_of(look, section), lines, start=start, count=len(found)))


@view("minutes.line")
@scribes_only
def draw_line(look: Look) -> Card:
    """One line with its text, or a blank one to add."""
    section, place = look.args.get("section", ""), look.args.get("place", "")
    line = _line(look, section, place)
    words = asks(look, "text", (line.label or "The line") if line else "The new line")
    if line and not words.value:
        words = replace(words, value=line.text)
    form = small(look, heading_of(look, section), "Save", "minutes.amend", words)
    args = {"section": section, "place": place if line else "", "start": look.args.get("start", "0")}
    return small_card(replace(form, args=args, note=BOTH_KEPT if line else ""))


def _shown(place: Place) -> AmendableLine:
    return AmendableLine(place=place.key, part=place.part, label=place.label, text=place.text)


def _sections(look: Look) -> tuple[Section, ...]:
    document = minutes_document(look.meeting, look.procedure, look.now)
    return tuple(s for s in document.sections if s.key not in _OWN)


def _section(look: Look, key: str) -> Section:
    found = next((s for s in _sections(look) if s.key == key), None)
    if found is None:
        raise Refused("no_such_step")
    return found


def heading_of(look: Look, key: str) -> str:
    """Return the heading of a section of the minutes; raises Refused."""
    return _section(look, key).heading


def places_in(look: Look, key: str) -> tuple[Place, ...]:
    """Return the lines of a section of the minutes; raises Refused."""
    return places_of(_section(look, key))


def _line(look: Look, section: str, place: str) -> Place | None:
    return next((p for p in places_in(look, section) if p.key == place), None) if place else None
