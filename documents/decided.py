"""The chair's decision for each child: outcomes, what belongs to them, the rationale, the leads, and who differs."""

from __future__ import annotations

from documents.answers import facts, how_told, value
from documents.dates import plain_time
from documents.model import Block, Fact, Fields, Lines, Paragraph, Section, Tone
from documents.sayings import DEFAULT, listed, without_hint
from documents.source import Source
from meeting import flags
from meeting.model import Decision, Slot
from meeting.procedure import DecisionData, Outcome, Per, Step
from meeting.steps import agreement
from meeting.steps import decision as rules

Inside = tuple[tuple[Block, ...], tuple[Section, ...]]
LEADS = (("lead_criminal", "Lead for the criminal investigation"), ("lead_welfare", "Lead for the section 47 enquiry"))

AGREEMENT, RATIONALE = "Agreement", "Rationale"


def decision(source: Source, step: Step, data: DecisionData) -> Inside:
    """Return each child's decision under that child only; a child without one is named."""
    asked = {s for s, _ in rules.subjects(source.meeting, source.procedure, step.id)}
    subjects = dict.fromkeys([*(s for s in asked if s), *source.meeting.decisions])
    ordered = [str(c.id) for c in source.meeting.children.values() if c.id in subjects]
    blocks: tuple[Block, ...] = ()
    if "" in source.meeting.decisions:
        blocks = _decided(source, step, data, source.meeting.decisions[""])
    elif data.per is Per.MEETING and source.visited(step.id):
        blocks = (_undecided(),)
    sections = []
    for subject in ordered:
        if not source.shows(subject):
            continue
        made = source.meeting.decisions.get(subject)
        inside = _decided(source, step, data, made) if made else (_undecided(),) if source.visited(step.id) else ()
        if inside:
            sections.append(Section(heading=source.subject(subject), blocks=inside))
    return blocks, tuple(sections)


def _undecided() -> Paragraph:
    return Paragraph(text="No decision is recorded.", tone=Tone.NOTICE)


def _decided(source: Source, step: Step, data: DecisionData, made: Decision) -> tuple[Block, ...]:
    known = {o.id: o for o in data.outcomes}
    blocks: list[Block] = [Lines(items=tuple(_label(step, known, o) for o in made.outcomes), caption="Outcome")]
    needs = [f for o in made.outcomes for f in _needs(source, known.get(o), made)]
    needs += [Fact(label=label, value=getattr(made, key)) for key, label in LEADS if getattr(made, key)]
    if needs:
        blocks.append(Fields(facts=tuple(needs), caption="What belongs to the outcome"))
    slot = Slot(step=step.id, part=rules.RATIONALE, subject=made.subject)
    found = [f for f in facts(source, data.rationale.fields, slot) if f.label != AGREEMENT]
    answer = source.meeting.answers.get(slot)
    if found:
        caption = "" if [f.label for f in found] == [RATIONALE] else RATIONALE
        blocks.append(Fields(facts=tuple(found), caption=caption, how=how_told(source, answer) if answer else ""))
    agreed = made.rationale.get(agreement.KEY, "")
    said = [Fact(label=AGREEMENT, value=agreed)] if agreed else []
    by = Fact(label="Decided by", value=f"{source.name(made.by)}, {plain_time(made.at)}")
    dissent = listed([f"{_seated(source, p)}" for p in made.dissent])
    differs = [Fact(label="Differ from this decision", value=dissent)] if dissent else []
    return (*blocks, Fields(facts=(*_begun(source, made), by, *said, *differs)))


def _begun(source: Source, made: Decision) -> tuple[Fact, ...]:
    """Say that enquiries begin, where the decision starts them and does not continue others (WMT-3.6c)."""
    begun = flags.flag(source.meeting, source.procedure, "s47_started", made.subject)
    return (Fact(label="Section 47 enquiries", value="begin with this decision"),) if begun else ()


def _seated(source: Source, person: str) -> str:
    somebody = next((p for p in source.meeting.people.values() if p.id == person), None)
    label = source.seat(somebody.seat) if somebody else ""
    name = somebody.name if somebody else ""
    return f"{name} ({label})" if label else name


def _label(step: Step, known: dict[str, Outcome], outcome: str) -> str:
    made = known.get(outcome)
    if made is None:
        return outcome
    return made.label if made.src or not step.src else f"{made.label} ({DEFAULT})"


def _needs(source: Source, outcome: Outcome | None, made: Decision) -> list[Fact]:
    if outcome is None:
        return []
    given = ((spec, made.needs.get(f"{outcome.id}.{spec.key}", "")) for spec in outcome.needs)
    return [Fact(label=without_hint(spec.label), value=value(source, spec, text)) for spec, text in given if text]
