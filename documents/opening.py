"""The opening words and who heard them, introductions, and the confirmation of the right meeting."""

from __future__ import annotations

from collections.abc import Mapping

from documents.answers import HOW_HEADER, cells, facts, how_told
from documents.model import Block, Fact, Fields, Lines, Paragraph, Table, Tone, trimmed
from documents.sayings import DEFAULT, listed, without_hint
from documents.source import Source
from meeting.door.relationships import asked_again, slot_of
from meeting.ids import spoken
from meeting.model import Person, Slot, Standing
from meeting.procedure import RollCallData, StatementData, Step
from meeting.screens.statement import spoken_lines
from meeting.steps.roll_call import INTRODUCTION


def statement(source: Source, step: Step, data: StatementData) -> tuple[Block, ...]:
    """Return the words that were given, and who acknowledged them, pressed or heard aloud (SAN-3.1)."""
    blocks: list[Block] = []
    if data.text:
        tone = Tone.VERBATIM if data.verbatim else Tone.PLAIN
        blocks += [Paragraph(text=text, tone=tone) for text in data.text]
    lines = spoken_lines(source.meeting, source.procedure, data)
    if lines:
        blocks.append(Lines(items=lines, caption="Points of the opening" if data.text else ""))
    if data.acknowledge and source.visited(step.id):
        blocks += _acknowledged(source, step)
    return tuple(blocks)


def _seated(source: Source) -> list[Person]:
    people = source.meeting.people.values()
    return [p for p in people if p.standing is Standing.SEATED and (p.present or p.stays)]


def _acknowledged(source: Source, step: Step) -> list[Block]:
    found: dict[str, list[str]] = {"Acknowledged by a press": [], "Heard aloud": [], "Not acknowledged": []}
    for person in _seated(source):
        heard = step.id in person.heard
        done = "Heard aloud" if heard else "Acknowledged by a press"
        found[done if step.id in person.acknowledged else "Not acknowledged"].append(person.name)
    return _grouped(found, "Who acknowledged this")


def _grouped(found: Mapping[str, list[str]], caption: str) -> list[Block]:
    """Return names under what is true of them; a heading without names is left out."""
    told = tuple(Fact(label=label, value=listed(names)) for label, names in found.items() if names)
    return [Fields(facts=told, caption=caption)] if told else []


def roll_call(source: Source, step: Step, data: RollCallData) -> tuple[Block, ...]:
    """Return each introduction with how it was recorded; blanks and defaults are named."""
    specs = data.introduction.fields
    rows = []
    for person in source.meeting.people.values():
        slot = Slot(step=step.id, part=INTRODUCTION, subject=person.id)
        answer = source.meeting.answers.get(slot)
        if answer is None and not (person.standing is Standing.SEATED and source.visited(step.id) and person.stays):
            continue
        known = {without_hint(s.label) for s in specs}
        extra = [f"{f.label}: {f.value}" for f in facts(source, specs, slot) if f.label not in known]
        how = how_told(source, answer) if answer else "did not introduce themselves"
        rows.append((person.name, *cells(source, specs, slot), "; ".join([how, *extra]) if how else listed(extra)))
    blocks: list[Block] = []
    if rows:
        rows, headers = _named(rows, ("Person", *(without_hint(f.label) for f in specs), HOW_HEADER))
        optional = (HOW_HEADER, *(without_hint(f.label) for f in specs if not f.required))
        blocks.append(trimmed(Table(headers=headers, rows=tuple(rows), caption="Introductions"), *optional))
    blocks += _relationships(source)
    defaults = [f.label for f in specs if not f.src] if step.src else []
    defaults += [] if data.quorum.src else [f"least attendance ({listed([spoken(a) for a in data.quorum.agencies])})"]
    if defaults:
        blocks.append(Paragraph(text=f"{listed(defaults)}: {DEFAULT}.", tone=Tone.ASIDE))
    return tuple(blocks)


def _named(rows: list[tuple[str, ...]], headers: tuple[str, ...]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return the table without its first column where another says the same name in every row."""
    same = [n for n in range(1, len(headers)) if all(row[n].strip() == row[0].strip() for row in rows)]
    if not same:
        return rows, headers
    order = (same[0], *(n for n in range(1, len(headers)) if n != same[0]))
    return [tuple(row[n] for n in order) for row in rows], tuple(headers[n] for n in order)


def _relationships(source: Source) -> list[Block]:
    """Return what was said of one child only, after everybody knew whom the meeting is about (SAN-4.1d)."""
    step, specs = asked_again(source.procedure)
    rows = [
        (person.name, source.shown(child.name), *cells(source, specs, slot))
        for person in source.meeting.people.values()
        for child in source.children()
        if (slot := slot_of(step, person.id, child.id)) in source.meeting.answers
    ]
    headers = ("Person", "Child", *(without_hint(f.label) for f in specs))
    return [Table(headers=headers, rows=tuple(rows), caption="Relationship to each child")] if rows else []


def right_meeting(source: Source) -> tuple[Block, ...]:
    """Return who confirmed that this is their meeting, who was heard to, and who said that it is not."""
    pressed, aloud, wrong = "Confirmed by a press", "Heard aloud", "Said that it is not theirs"
    found: dict[str, list[str]] = {pressed: [], aloud: [], wrong: []}
    for person in source.meeting.people.values():
        if person.right_meeting is not None:
            heard = person.right_meeting_heard
            found[(aloud if heard else pressed) if person.right_meeting else wrong].append(person.name)
    return tuple(_grouped(found, "In the right meeting"))
