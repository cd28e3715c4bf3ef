"""The form of one action: what the record demands of it, filled with what is known, its time chosen by one press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.flags import outside
from meeting.model import Action, ActionState, Meeting, Origin, SeatId
from meeting.procedure import ActionsData, FieldSpec, FieldType, Part, Step, SuggestedAction
from meeting.running.agenda import child_or_meeting
from meeting.screens.actions import named
from meeting.screens.asked import MAX_INPUTS, FieldView, field_view, page_shown
from meeting.screens.frame import Choice, Frame, Look, frame_for, people_choices
from meeting.screens.step import prefilled
from meeting.steps import fields
from meeting.steps.action_list import was_sent_away
from meeting.steps.actions import DUE_KEYS, OWNER_KEYS, actions_data, asked_for, ways
from meeting.steps.asked import taggable
from meeting.steps.captions import caption
from meeting.steps.suggestions import recorded_ends, suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionForm:
    """One page of an action's form; `quick` are times that one press chooses."""

    frame: Frame
    title: str
    fields: tuple[FieldView, ...]
    page: int
    pages: int
    quick: tuple[Choice, ...]
    covers: tuple[Choice, ...] = ()  # for whom it may hold, asked on the last page
    covered: tuple[str, ...] = ()
    ways: tuple[Choice, ...] = ()  # other ways to satisfy what is demanded
    people_typed: bool = False
    states: tuple[Choice, ...] = ()  # of an action that stands on the list
    warnings: tuple[tuple[str, str, str], ...] = ()
    default_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which action a form is about: none yet, one on the list, or one that the record demands."""

    step: Step
    data: ActionsData
    part: Part | None = None
    clock: str | None = None
    label: str = ""
    subjects: tuple[str, ...] = ()
    action: Action | None = None
    specs: tuple[FieldSpec, ...] = ()
    origin: Origin | None = None  # the demand, if it is one
    agency: str = ""  # whose people it is for
    suggested: SuggestedAction | None = None  # which of the procedure's suggestions was pressed


def wanted(look: Look) -> Wanted:
    """Return what the address of a form means; raises Refused where a procedure has no actions step."""
    step, data = actions_data(look.procedure)
    demand, args = look.args.get("origin", ""), look.args
    subjects = tuple(args["subjects"].split("|")) if "subjects" in args else ()
    number = args.get("number", "")
    action = next((a for a in look.meeting.actions if str(a.number) == number), None)
    basis = Wanted(step=step, data=data, subjects=subjects, specs=data.fields)
    if action is not None:
        own = tuple(f for f in data.fields if f.key in ("what", "owner", "due"))
        return replace(basis, action=action, specs=own, subjects=action.subjects, label=f"Action {action.number}")
    asked = next((a for a in asked_for(look.meeting, look.procedure) if a.origin.key == demand), None)
    if asked is None:
        offered = suggestion(look.procedure, args.get("suggested", ""))
        return replace(basis, label=offered.label, agency=offered.agency or "", suggested=offered) if offered else basis
    if asked.part is None:
        return replace(basis, origin=asked.origin, clock=asked.clock, label=asked.label)
    way = next((w for w in ways(asked.part) if w.id == args.get("way")), None)
    label = f"{asked.label}: {way.label}" if way else asked.label
    clock = None if way else asked.clock
    return replace(
        basis,
        origin=asked.origin,
        part=asked.part,
        clock=clock,
        label=label,
        specs=way.fields if way else asked.part.fields,
        agency=asked.part.owner_agency,
    )


def offered_due(look: Look, want: Wanted) -> datetime | None:
    """Return the recorded time (aware) by which a suggested action is due, unless none is known or it has passed."""
    ends = recorded_ends(look.meeting, want.suggested, want.subjects)
    return min((at for at in ends if at > look.now), default=None)


def action_form(
    look: Look, values: Mapping[str, str], *, quick: tuple[Choice, ...], clock_due: datetime | None, by_default: bool
) -> ActionForm:
    """Return a page of the form. `clock_due` is the end of the demand's own clock; `by_default` says whose it is."""
    want = wanted(look)
    known = {**_known(look, want, clock_due), **values}
    about = child_or_meeting(look.meeting, want.subjects[0] if want.subjects else "")
    asked = fields.active(want.specs, known, outside(look.meeting, look.procedure, about))
    covers = covers_of(look, want)
    pages = action_pages(asked, covers=bool(covers), states=want.action is not None)
    page = page_shown(look, pages)
    shown = tuple(_owned(look, want, field_view(look, f, known.get(f.key, ""))) for f in pages[page - 1])
    chosen = look.typed.get("covers")
    return ActionForm(
        frame=frame_for(look, want.step),
        title=_title(look, want),
        fields=shown,
        page=page,
        pages=len(pages),
        quick=quick,
        covers=covers if page == len(pages) else (),
        covered=tuple(chosen.split(",")) if chosen is not None else want.subjects,
        ways=tuple((w.id, w.label) for w in ways(want.part) if look.args.get("way") != w.id) if want.part else (),
        people_typed=bool(look.args.get("people")),
        states=_states(want.action),
        warnings=look.warnings,
        default_due=by_default and clock_due is not None,
    )


def _owned(look: Look, want: Wanted, view: FieldView) -> FieldView:
    """Offer as owner of an action that is for one agency the people of that agency."""
    people = people_choices(look.meeting, want.agency) if want.agency and view.type is FieldType.PERSON else ()
    return replace(view, choices=people) if people else view


def action_pages(asked: tuple[FieldSpec, ...], *, covers: bool, states: bool) -> tuple[tuple[FieldSpec, ...], ...]:
    """Return an action's questions in pages of six inputs: a due time takes three, other times two."""
    pages: list[list[FieldSpec]] = [[]]
    room = MAX_INPUTS
    for spec in asked:
        size = input_count(spec)
        if size > room:
            pages.append([])
            room = MAX_INPUTS
        pages[-1].append(spec)
        room -= size
    if covers + states > room:
        pages.append([])
    return tuple(tuple(p) for p in pages)


def input_count(spec: FieldSpec) -> int:
    """Return how many inputs a question of an action takes."""
    if spec.type is not FieldType.DATETIME:
        return 1
    return 3 if is_due(spec.key) else 2


def is_due(key: str) -> bool:
    """Tell whether a time lies ahead, so that it can be chosen by one press."""
    return key in DUE_KEYS


def _known(look: Look, want: Wanted, clock_due: datetime | None) -> dict[str, str]:
    """Return what the form knows before anybody has written: the demand's own words, its clock, what stands already."""
    if want.action is not None:
        stands = want.action
        owner = "" if was_sent_away(look.meeting, stands.owner) else stands.owner  # somebody else is to be chosen
        return {"what": stands.what, "owner": owner, "due": stands.due.isoformat()}
    subject = want.subjects[0] if want.subjects else ""
    known = prefilled(look, want.step, want.part, subject) if want.part is not None else {}
    if want.label and want.part is None:
        known["what"] = want.label
    if clock_due is not None:
        known["due"] = clock_due.isoformat()
    return known


def _title(look: Look, want: Wanted) -> str:
    names = ", ".join(n for n in (named(look, s) for s in want.subjects if s) if n)
    title = want.label or "Add an action"
    return caption(title, names if want.action is None else "")


def covers_of(look: Look, want: Wanted) -> tuple[Choice, ...]:
    """Return for whom one action may hold, where that is a question."""
    if want.action is not None:
        return ()
    if look.args.get("origin"):
        several = len(want.subjects) > 1
        return tuple((s, named(look, s)) for s in want.subjects) if several else ()
    whom = taggable(look.meeting, look.procedure)
    return whom if len(whom) > 1 else ()


def _states(action: Action | None) -> tuple[Choice, ...]:
    if action is None:
        return ()
    words = {ActionState.OPEN: "Open", ActionState.ACCEPTED: "Accepted by its owner", ActionState.DONE: "Done"}
    words |= {ActionState.NOT_POSSIBLE: "Not possible", ActionState.WITHDRAWN: "Withdrawn"}
    return tuple((s.value, label) for s, label in words.items())


def seat_named(meeting: Meeting, name: str) -> SeatId | None:
    """Return the seat of somebody who is here or invited under this name."""
    wanted_name = name.strip().lower()
    for person in meeting.people.values():
        if person.name.strip().lower() == wanted_name and person.seat in meeting.seats:
            return person.seat
    return next((s.id for s in meeting.seats.values() if s.name.strip().lower() == wanted_name and s.name), None)


def owner_of(answers: Mapping[str, str]) -> str:
    """Return the named person among an action's answers."""
    return next((answers[k] for k in OWNER_KEYS if answers.get(k)), "")
