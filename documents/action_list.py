"""The action list, and how what the procedure requires of it was met."""

from __future__ import annotations

from collections.abc import Iterator

from documents.answers import value
from documents.dates import plain_time
from documents.model import Block, Fact, Fields, Paragraph, Table, Tone, trimmed
from documents.sayings import DEFAULT, sentence, spoken
from documents.source import Source
from meeting.model import Action
from meeting.procedure import ActionsData, FieldSpec, Part, Step
from meeting.steps import action_list as listing
from meeting.steps import actions as rules

_SHOWN = {"what", "due", *listing.OWNER_KEYS, *listing.DUE_KEYS, *listing.TEXT_KEYS, "place"}
HEADERS = ("Number", "What", "Who", "By when", "For whom", "Why it is on the list", "Details", "State")


def actions(source: Source, step: Step, data: ActionsData) -> tuple[Block, ...]:
    """Return the list with owner, time and origin, then each requirement and how it was met."""
    blocks: list[Block] = []
    listed = tuple(a for a in source.meeting.actions if _for_reader(source, a))
    for caption, some in _by_type(data, listed):
        rows = tuple(_row(source, step, data, a) for a in some)
        blocks.append(trimmed(Table(headers=HEADERS, rows=rows, caption=caption), "Details"))
    if not listed and source.visited(step.id):
        blocks.append(Paragraph(text="No action is recorded.", tone=Tone.NOTICE))
    read = source.meeting.read_back
    if read:
        words = f"The list was read back when it held {read} action{'' if read == 1 else 's'}."
        blocks.append(Paragraph(text=words))
    return (*blocks, *_counted(source, data), *_requirements(source, data))


def _by_type(data: ActionsData, listed: tuple[Action, ...]) -> Iterator[tuple[str, tuple[Action, ...]]]:
    """Yield the actions with a caption, those of each type that the procedure tells apart together (WOK-0.6)."""
    types = next((f.choices for f in data.fields if f.key == "type"), ())
    for kind in (*types, ""):
        some = tuple(a for a in listed if _type(a, types) == kind)
        if some:
            yield f"Actions: {kind}" if kind else "Actions", some


def _type(action: Action, types: tuple[str, ...]) -> str:
    """Return which type an action is of; what was raised as urgent is of the first, where it was not said."""
    said = action.extra.get("type", "")
    return said if said in types else types[0] if types and action.urgent else ""


def _counted(source: Source, data: ActionsData) -> tuple[Block, ...]:
    """Return the procedure's own lines that say whether some of its demands are met together (WMT-3.7L)."""
    found = []
    for line in (x for x in data.minutes_lines if x.of):
        asked = (a for a in rules.asked_for(source.meeting, source.procedure) if a.id in line.of)
        gone = [a.label for a in asked if (a.id, a.subject) not in source.meeting.met]
        reasons = dict.fromkeys(
            o.reason for o in source.meeting.overrides if any(m.startswith(tuple(gone)) for m in o.missing)
        )
        why = "; ".join((*dict.fromkeys(gone), *reasons))
        found.append(Fact(label=line.text, value=f"not met ({why})" if gone else "met"))
    return (Fields(facts=tuple(found)),) if found else ()


def _for_reader(source: Source, action: Action) -> bool:
    """Tell whether an action is about somebody whom the reader may see, or about nobody in particular."""
    return not action.subjects or any(source.shows(s) for s in action.subjects)


def _row(source: Source, step: Step, data: ActionsData, action: Action) -> tuple[str, ...]:
    due = plain_time(action.due)
    seat = source.seat(action.owner_seat)
    whom = source.subjects(tuple(s for s in action.subjects if s)) or "everyone discussed"
    return (
        str(action.number),
        action.what,
        f"{action.owner} ({seat})" if seat else action.owner,
        f"{due} ({DEFAULT})" if action.default_due else due,
        whom,
        _origin(source, data, action),
        _details(source, data, action),
        str(action.state),
    )


def _origin(source: Source, data: ActionsData, action: Action) -> str:
    if action.urgent:
        return f"urgent, raised by {source.name(action.by)} at {plain_time(action.at)}"
    return label_of(source, data, action.origin) if action.origin else "agreed in the meeting"


def label_of(source: Source, data: ActionsData, origin: str) -> str:
    """Return what demanded an action: a requirement, an outcome or a checkpoint."""
    kind, _, name = origin.rpartition(":")
    for part in data.required_actions:
        if not kind and part.id == name:
            return part.label
    for step in source.procedure.agenda:
        for outcome in getattr(step.data, "outcomes", ()) if kind == "outcome" else ():
            if outcome.id == name:
                return f"outcome: {outcome.label}"
        for part in getattr(step.data, "parts", ()) if kind == "checkpoint" else ():
            if part.id == name:
                return f"answer to: {part.label}"
    return spoken(name)


def _details(source: Source, data: ActionsData, action: Action) -> str:
    """Return what else was said with an action, label by label."""
    part = next((p for p in data.required_actions if p.id == action.origin), None)
    specs = _specs(data, part)
    found = []
    for key, text in action.extra.items():
        if text and key not in _SHOWN:
            spec = specs.get(key)
            found.append(f"{spec.label}: {value(source, spec, text)}" if spec else f"{sentence(spoken(key))}: {text}")
    if action.kept:
        found.append(f"Wording kept: {', '.join(action.kept)}")
    return "; ".join(found)


def _specs(data: ActionsData, part: Part | None) -> dict[str, FieldSpec]:
    specs = {f.key: f for f in data.fields}
    if part is not None:
        specs |= {f.key: f for a in rules.ways(part) for f in a.fields} | {f.key: f for f in part.fields}
    return specs


def _requirements(source: Source, data: ActionsData) -> tuple[Block, ...]:
    """Return each demand of the record: met by an action, by another accepted answer, or not met."""
    asked = {(a.id, a.subject): (a.label, a.about) for a in rules.asked_for(source.meeting, source.procedure)}
    for key, subject in source.meeting.met:
        if _required(data, key) is not None and (key, subject) not in asked:
            asked[key, subject] = (label_of(source, data, key), source.subject(subject))
    rows = []
    for (key, subject), (label, about) in asked.items():
        if source.shows(subject):
            told, details = _met(source, data, key, subject)
            rows.append((label, about or "the meeting", told, details))
    headers = ("Required", "For whom", "How it was met", "Details")
    table = Table(headers=headers, rows=tuple(rows), caption="What had to be on the list")
    return (trimmed(table, "Details"),) if rows else ()


def _required(data: ActionsData, key: str) -> Part | None:
    return next((p for p in data.required_actions if p.id == key), None)


def _answered(source: Source, data: ActionsData, key: str, subject: str) -> tuple[str, ...]:
    """Return what was answered with an alternative, label by label."""
    given = source.meeting.met_with.get((key, subject), {})
    specs = _specs(data, _required(data, key))
    return tuple(f"{specs[k].label}: {value(source, specs[k], v)}" for k, v in given.items() if v and k in specs)


def _met(source: Source, data: ActionsData, key: str, subject: str) -> tuple[str, str]:
    """Return how a demand was met for a subject, and what was answered with it."""
    how = source.meeting.met.get((key, subject))
    if how is None:
        return "not met", ""
    numbers = [a.number for a in source.meeting.actions if a.origin == key and subject in (a.subjects or ("",))]
    listed = "action " + ", ".join(str(n) for n in numbers) if numbers else ""
    part = _required(data, key)
    chosen = next((a for a in rules.ways(part) if a.id == how), None) if part else None
    if chosen is not None:
        return chosen.label, "; ".join(filter(None, (*_answered(source, data, key, subject), listed)))
    if part is not None and not listed:  # lines without an owner are no action, and stand here instead (STY-4.2a)
        return "recorded", "; ".join(_answered(source, data, key, subject))
    return listed or sentence(how), ""
