"""Each step of the agenda as a section of its own: what was said, by whom, and what was left open."""

from __future__ import annotations

import re

from documents import action_list, decided, opening, rounds
from documents.answers import all_confirmed, form, subjects, table
from documents.genogram import genogram
from documents.model import Block, Lines, Paragraph, Section, Tone
from documents.sayings import DEFAULT, NOT_REACHED, listed
from documents.source import Source
from meeting.flags import holds
from meeting.ids import sentence
from meeting.procedure import (
    ActionsData,
    ClosingData,
    DecisionData,
    Gate,
    Line,
    Part,
    Per,
    QuestionsData,
    RecordData,
    RollCallData,
    StatementData,
    Step,
    TurnsData,
    ViewsData,
    parts_of,
)
from meeting.running import agenda
from meeting.steps import family
from meeting.steps.captions import caption
from meeting.steps.record import is_table

ALL_CONFIRMED = "Prepared before the meeting and confirmed in it."
_WORD = re.compile(r"\w+")
Inside = tuple[tuple[Block, ...], tuple[Section, ...]]  # blocks of a section, and its parts


def section_of(source: Source, step: Step) -> Section | None:
    """Return the section of one step, or nothing where the step has no place in this meeting."""
    blocks, parts = _inside(source, step)
    visited = source.visited(step.id)
    if not visited and not blocks and not parts:
        if not agenda.applies(source.meeting, source.procedure, step):
            return _withdrawn(source, step)
        blocks = (Paragraph(text=NOT_REACHED, tone=Tone.ASIDE),)
    ahead: list[Block] = []
    if not step.src:
        ahead.append(Paragraph(text=f"This step: {DEFAULT}.", tone=Tone.ASIDE))
    if (blocks or parts) and isinstance(step.data, RecordData | StatementData) and all_confirmed(source, step):
        ahead.append(Paragraph(text=ALL_CONFIRMED, tone=Tone.ASIDE))
    if any(visit.skipped for visit in source.meeting.visits if visit.step == step.id):
        ahead.append(Paragraph(text="The chair passed this step over, with a reason.", tone=Tone.NOTICE))
    if visited and not blocks and not parts and isinstance(step.data, ClosingData) and source.meeting.ended:
        blocks = (Paragraph(text=f"The meeting was closed at {source.at(source.meeting.ended)}."),)
    if visited and not blocks and not parts:
        blocks = (Paragraph(text="Nothing was recorded in this step.", tone=Tone.ASIDE),)
    return Section(heading=step.label, blocks=(*ahead, *blocks), parts=parts, key=step.id)


def _withdrawn(source: Source, step: Step) -> Section | None:
    """Say that a professionals meeting has no such step; a step that nobody needed is left out."""
    if source.meeting.converted is None or step.when is None:
        return None
    text = "Withdrawn: the meeting was recorded as a professionals meeting."
    return Section(heading=step.label, blocks=(Paragraph(text=text, tone=Tone.ASIDE),), key=step.id)


def _inside(source: Source, step: Step) -> Inside:
    match step.data:
        case StatementData() as data:
            return opening.statement(source, step, data) + _forms(source, step), _by_child(source, step)
        case RollCallData() as data:
            return opening.roll_call(source, step, data), ()
        case RecordData() as data:
            return _record(source, step, data), _by_child(source, step)
        case TurnsData() as data:
            return rounds.turns(source, step, data)
        case QuestionsData():
            return rounds.questions(source), ()
        case ViewsData() as data:
            return rounds.views(source, step, data)
        case DecisionData() as data:
            return decided.decision(source, step, data)
        case ActionsData() as data:
            said = tuple(line for line in data.minutes_lines if not line.of)
            return _lines(source, said) + action_list.actions(source, step, data), ()
        case ClosingData():
            return _forms(source, step), _by_child(source, step)


def _record(source: Source, step: Step, data: RecordData) -> tuple[Block, ...]:
    said = _statement(source, data)
    ahead: tuple[Block, ...] = (Paragraph(text=said),) if said else ()
    right = opening.right_meeting(source) if data.right_meeting is not Gate.NONE else ()
    drawn: tuple[Block, ...] = ()
    if data.draws_genogram and (any(family.members(source.meeting)) or source.visited(step.id)):
        drawn = (genogram(source),)
    return _lines(source, data.minutes_lines) + ahead + right + _forms(source, step) + drawn


def _statement(source: Source, data: RecordData) -> str:
    """Return what a step opens with; a sentence that ends in a colon goes on with who is discussed (LCS-4.0)."""
    if not data.statement.endswith(":"):
        return data.statement
    about = listed([c.name or "Child without a name" for c in source.children()])
    return f"{data.statement} {about}." if about else ""


def _lines(source: Source, lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """Return the procedure's own lines for the minutes whose condition holds (SAN-8.6)."""
    kept = (line for line in lines if holds(source.meeting, source.procedure, line.when))
    return tuple(Paragraph(text=f"{line.text}.", tone=Tone.NOTICE) for line in kept)


def _forms(source: Source, step: Step) -> tuple[Block, ...]:
    """Return every part of a step that is not asked child by child."""
    blocks: list[Block] = []
    for part in parts_of(step):
        if is_table(part):
            blocks += table(source, step, part)
        elif part.per is not Per.CHILD:
            for subject, label in subjects(source, step, part):
                if source.shows(subject):
                    blocks += form(source, step, part, subject, _caption(step, part, label))
    return tuple(blocks)


def _caption(step: Step, part: Part, label: str) -> str:
    """Return what stands above a form: its question, and whom it is about; nothing where the heading says it."""
    if label:
        return caption(part.label, label)
    said = part.label == step.label or any(f.label == part.label for f in part.fields[:1])
    return "" if said else part.label


def _by_child(source: Source, step: Step) -> tuple[Section, ...]:
    """Return what was recorded about each child, under that child's name only."""
    asked = tuple(p for p in parts_of(step) if p.per is Per.CHILD and not is_table(p))
    tables = tuple(p for p in parts_of(step) if p.of_children)
    ids = dict.fromkeys(s for part in asked for s, _ in subjects(source, step, part) if source.shows(s))
    ids |= dict.fromkeys(c.id for c in source.children() if tables)
    sections = []
    for child in ids:
        blocks: list[Block] = []
        for part in asked:
            said = (
                _caption(step, part, "") if part.checkpoint or len(asked) > 1 else ""
            )  # else the child's name says it
            blocks += form(source, step, part, child, said)
        for part in tables:
            blocks += table(source, step, part, child)
        if blocks:
            sections.append(Section(heading=source.subject(child) or "Every child", blocks=tuple(blocks)))
    if isinstance(step.data, RecordData) and step.data.draws_genogram and len(source.children()) > 1:
        sections += _networks(source)
    return tuple(sections)


def _networks(source: Source) -> list[Section]:
    """Return, for each child, the people whose relation names that child, or names no child at all (SAN-5.3)."""
    children = tuple(c for c in source.children() if c.name.strip())
    sections = []
    for child in children:
        items = []
        for row, member in family.members(source.meeting):
            relation = member.get("relation", "").casefold()
            named = [c for c in children if _first(c.name) in _WORD.findall(relation)]
            if source.shows(row) and row != child.id and (child in named or not named):
                other = ", significant other" if member.get("significant_other") == "yes" else ""
                items.append(f"{member.get('name', '')} ({member.get('relation', '')}{other})")
        if items:
            heading = sentence(f"network of {child.name}")
            sections.append(Section(heading=heading, blocks=(Lines(items=tuple(items)),)))
    return sections


def _first(name: str) -> str:
    return next(iter(_WORD.findall(name.casefold())), "")
