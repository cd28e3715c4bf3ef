"""The action list, and how what the procedure requires of it was met."""

from __future__ import annotations

from collections.abc import Iterator

from cards.actions import state_words
from documents.answers import value
from documents.dates import plain_time
from documents.model import Block, Fact, Fields, Paragraph, Table, Tone, trimmed
from documents.sayings import DEFAULT, without_hint
from documents.source import Source
from meeting.ids import sentence, spoken
from meeting.model import Action, Demand, Origin
from meeting.procedure import ActionsData, FieldSpec, Part, Step, parts_of
from meeting.steps import action_list as listing
from meeting.steps import actions as rules
from meeting.steps.captions import caption

_SHOWN = {"what", "due", *listing.OWNER_KEYS, *listing.DUE_KEYS, *listing.TEXT_KEYS, "place"}
HEADERS = ("Number", "What", "Who", "By when", "For whom", "Why it is on the list", "Details", "State")


def actions(source: Source, step: Step, data: ActionsData) -> tuple[Block, ...]:
    """Return the list with owner, time and origin, then each requirement and how it was met."""
    blocks: list[Block] = []
    listed = tuple(a for a in source.meeting.actions if _for_reader(source, a))
    for heading, some in _by_type(data, listed):
        rows = tuple(_row(source, step, data, a) for a in some)
        blocks.append(trimmed(Table(headers=HEADERS, rows=rows, caption=heading), "Details", "For whom"))
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
        asked = (a for a in rules.unmet(source.meeting, source.procedure) if a.part is not None)
        gone = [a.label for a in asked if a.origin.id in line.of]
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
    whom = source.subjects(tuple(s for s in action.subjects if s)) or _everybody(source)
    return (
        str(action.number),
        action.what,
        f"{action.owner} ({seat})" if seat else action.owner,
        f"{due} ({DEFAULT})" if action.default_due else due,
        whom,
        _origin(source, data, action),
        _details(source, data, action),
        state_words(action.state, due if listing.past_due(action, source.meeting.ended or source.now) else ""),
    )


def _everybody(source: Source) -> str:
    """Return whom an action for nobody in particular is about: all children, or the one by name; "" for no child."""
    discussed = source.meeting.in_scope()
    return "all children discussed" if len(discussed) > 1 else source.subjects(tuple(c.id for c in discussed))


def _origin(source: Source, data: ActionsData, action: Action) -> str:
    if action.urgent:
        return f"urgent, raised by {source.name(action.by)} at {plain_time(action.at)}"
    return label_of(source, data, action.origin) if action.origin is not None else "agreed in the meeting"


def label_of(source: Source, data: ActionsData, origin: Origin) -> str:
    """Return what put an action on the list, in the procedure's own words where it has some."""
    match origin.kind:
        case Demand.REQUIRED:
            return next((p.label for p in data.required_actions if p.id == origin.id), spoken(origin.id))
        case Demand.OUTCOME:
            outcomes = (o for s in source.procedure.agenda for o in getattr(s.data, "outcomes", ()))
            return f"outcome: {next((o.label for o in outcomes if o.id == origin.id), spoken(origin.id))}"
        case Demand.CHECKPOINT | Demand.PROMISE:
            return f"answer to: {_question(source, origin)}"
        case Demand.URGENT:
            return "urgent"
        case Demand.CARRIED:
            return f"action {origin.subject} of {origin.id}, carried over"


def _question(source: Source, origin: Origin) -> str:
    """Return the question whose answer put an action on the list, with the purpose that it was about."""
    step_id, _, part_id = origin.id.rpartition(".")
    steps = (s for s in source.procedure.agenda if step_id in ("", s.id))
    for part in (p for s in steps for p in parts_of(s) if p.id == part_id):
        return caption(part.label, origin.subject if origin.subject in part.subjects else "")
    return spoken(part_id)


def _details(source: Source, data: ActionsData, action: Action) -> str:
    """Return what else was said with an action, label by label."""
    specs = _specs(data, _required(data, action.origin))
    found = []
    for key, text in action.extra.items():
        if text and key not in _SHOWN:
            spec = specs.get(key)
            found.append(
                f"{without_hint(spec.label)}: {value(source, spec, text)}"
                if spec
                else f"{sentence(spoken(key))}: {text}"
            )
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
    asked = {(a.origin, a.subject): (a.label, a.about) for a in rules.asked_for(source.meeting, source.procedure)}
    for origin, subject in source.meeting.met:
        if _required(data, origin) is not None and (origin, subject) not in asked:
            asked[origin, subject] = (label_of(source, data, origin), source.subject(subject))
    rows = []
    for (origin, subject), (label, about) in asked.items():
        if source.shows(subject):
            rows.append((label, about or "the meeting", *_met(source, data, origin, subject)))
    headers = ("Required", "For whom", "How it was met", "Details")
    table = Table(headers=headers, rows=tuple(rows), caption="What had to be on the list")
    return (trimmed(table, "Details"),) if rows else ()


def _required(data: ActionsData, origin: Origin | None) -> Part | None:
    if origin is None or origin.kind is not Demand.REQUIRED:
        return None
    return next((p for p in data.required_actions if p.id == origin.id), None)


def _answered(source: Source, data: ActionsData, origin: Origin, subject: str) -> tuple[str, ...]:
    """Return what was answered with an alternative, label by label."""
    given = source.meeting.met_with.get((origin, subject), {})
    specs = _specs(data, _required(data, origin))
    return tuple(
        f"{without_hint(specs[k].label)}: {value(source, specs[k], v)}" for k, v in given.items() if v and k in specs
    )


def _met(source: Source, data: ActionsData, origin: Origin, subject: str) -> tuple[str, str]:
    """Return how a demand was met for a subject, and what was answered with it."""
    how = source.meeting.met.get((origin, subject))
    if how is None:
        return "not met", ""
    numbers = [a.number for a in source.meeting.actions if a.origin == origin and subject in (a.subjects or ("",))]
    listed = "action " + ", ".join(str(n) for n in numbers) if numbers else ""
    part = _required(data, origin)
    chosen = next((a for a in rules.ways(part) if a.id == how), None) if part else None
    if chosen is not None:
        return chosen.label, "; ".join(filter(None, (*_answered(source, data, origin, subject), listed)))
    if part is not None and not listed:  # lines without an owner are no action, and stand here instead (STY-4.2a)
        return "recorded", "; ".join(_answered(source, data, origin, subject))
    return listed or sentence(how), ""
