"""Views as one person sees them: their own form, who has answered, and, once shown, what everybody said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting.model import How, Meeting, Person, PersonId, View, Views
from meeting.procedure import Per, Scale, Step, ViewsData
from meeting.running import agenda
from meeting.screens.asked import MAX_INPUTS
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.hiding import masked, restricted
from meeting.steps.view_round import asked_of, outstanding, said_of, through, views_data

ON_ONE_CARD = 14  # views shown together
ALL = "*"  # stands for every child, where one answer holds for all


@dataclass(frozen=True, slots=True, kw_only=True)
class OneView:
    """What one attendee said about one child."""

    label: str
    name: str
    option: str
    scale: int | None
    reason: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildViews:
    """What everybody said about one child; nothing is counted, no mean is drawn."""

    child: str
    views: tuple[OneView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One attendee, and how far their view has come; what it is stays sealed."""

    person: str
    label: str
    name: str
    state: str  # given, begun, invited, not invited, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsScreen:
    frame: Frame
    scale: Scale | None
    shown: bool
    children: tuple[ChildViews, ...]  # everybody's once shown, before that one's own
    asked: tuple[Asked, ...]  # for chair and note-taker
    silent: tuple[str, ...]
    silent_words: str
    may_give: bool
    given: bool
    may_move: bool
    next_label: str
    page: int = 1
    pages: int = 1  # one child a page where there is much to show


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewQuestion:
    """What is asked about one child, or about all of them alike."""

    subject: str
    child: str
    option: str = ""
    scale: str = ""
    reason: str = ""
    errors: tuple[tuple[str, str], ...] = ()  # (option, scale or reason; code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFormScreen:
    frame: Frame
    step: str
    person: str  # "" for one's own
    name: str
    options: tuple[str, ...]
    options_from_default: bool
    scale: Scale | None
    questions: tuple[ViewQuestion, ...]
    count: int  # children asked about
    same: bool
    page: int
    pages: int
    state: str = ""  # how far this person's view has come
    warnings: tuple[tuple[str, str, str], ...] = ()


def views_screen(look: Look, step: Step) -> ViewsScreen:
    """Return the round: sealed until it is shown (SAN-11.2)."""
    meeting = look.meeting
    data = views_data(look.procedure, step.id)
    views = meeting.views.get(step.id, Views())
    shown = views.revealed is not None
    person = meeting.people.get(look.person)
    here = meeting.step == step.id
    following = agenda.following(meeting, look.procedure) if here else None
    given = person is not None and through(meeting, views, person)
    attends = person is not None and person in meeting.attendees()
    children = tuple(_children(look, data, views, shown=shown))
    pages = len(children) if sum(len(c.views) for c in children) > ON_ONE_CARD else 1
    page = max(1, min(int(look.args.get("page") or 1), pages))
    return ViewsScreen(
        frame=frame_for(look, step),
        page=page,
        pages=pages,
        scale=data.scale,
        shown=shown,
        children=children[page - 1 : page] if pages > 1 else children,
        asked=tuple(_asked(meeting, step, views)) if look.scribe else (),
        silent=tuple(called(meeting, p) for p in sorted(views.silent)) if shown else (),
        silent_words=data.silent,
        may_give=attends and not (shown and given),
        given=given,
        may_move=here and look.chairs,
        next_label=following.label if following else "",
    )


def called(meeting: Meeting, person: PersonId) -> str:
    """Return "School – Pat Reed"."""
    seat = meeting.came_for(person)
    name = meeting.people[person].name
    return f"{seat.label} – {name}" if seat else name


def _children(look: Look, data: ViewsData, views: Views, *, shown: bool) -> Iterator[ChildViews]:
    away = restricted(look)
    names = (
        {"": ""}
        if data.per is Per.MEETING
        else {str(c.id): c.name for c in look.meeting.in_scope() if c.id not in away}
    )
    for subject, name in names.items():
        said = tuple(_one(look, v) for v in views.given if v.subject == subject and (shown or v.person == look.person))
        if said:
            yield ChildViews(child=name, views=said)


def _one(look: Look, view: View) -> OneView:
    seat = look.meeting.seats.get(view.seat) if view.seat else None
    return OneView(
        label=seat.label if seat else "",
        name=look.meeting.people[view.person].name,
        option=view.option,
        scale=view.scale,
        reason=masked(look, view.reason),
        how=view.how,
    )


def _asked(meeting: Meeting, step: Step, views: Views) -> Iterator[Asked]:
    waited = {p.id for p in outstanding(meeting, step.id)}
    for person in meeting.attendees():
        seat = meeting.seat_of(person.id)
        state = _state(views, person, waits=person.id in waited)
        yield Asked(person=person.id, label=seat.label if seat else "", name=person.name, state=state)


def _state(views: Views, person: Person, *, waits: bool) -> str:
    if person.id in views.silent:
        return "silent"
    if not waits:
        return "given"
    if said_of(views, person.id):
        return "begun"
    return "invited" if person.id in views.invited else "not invited"


def view_form_screen(look: Look, step: Step, person: Person) -> ViewFormScreen:
    """Return the form: one answer for all children, or the children in pages of at most six inputs."""
    data = views_data(look.procedure, step.id)
    asked = asked_of(look.meeting, look.procedure, step.id, person)
    same = len(asked) > 1 and look.args.get("each") != "yes"
    each = max(1, MAX_INPUTS // (1 + bool(data.threshold) + bool(data.scale)))
    pages = 1 if same else max(1, -(-len(asked) // each))
    given = look.args.get("page", "1")
    page = max(1, min(int(given) if given.isdecimal() else 1, pages))
    shown = ((ALL, ""),) if same else asked[(page - 1) * each : page * each]
    first = asked[0][0] if asked else ""
    views = look.meeting.views.get(step.id, Views())
    mine = {v.subject: v for v in views.given if v.person == person.id}
    return ViewFormScreen(
        frame=frame_for(look, step),
        step=step.id,
        person="" if person.id == look.person else person.id,
        name=called(look.meeting, person.id),
        options=data.threshold.options if data.threshold else (),
        options_from_default=bool(data.threshold and not data.threshold.src),
        scale=data.scale,
        questions=tuple(_question(look, s, name, mine.get(first if s == ALL else s), first) for s, name in shown),
        count=len(asked),
        same=same,
        page=page,
        pages=pages,
        state=_state(views, person, waits=person in outstanding(look.meeting, step.id)),
        warnings=look.warnings,
    )


def _question(look: Look, subject: str, name: str, before: View | None, first: str) -> ViewQuestion:
    """Return one question, filled with what was typed, else with what was answered before."""
    errors = look.errors
    place = first if subject == ALL else subject
    scale = "" if before is None or before.scale is None else str(before.scale)
    return ViewQuestion(
        subject=subject,
        child=name,
        option=look.typed.get(f"option.{subject}", before.option if before else ""),
        scale=look.typed.get(f"scale.{subject}", scale),
        reason=look.typed.get(f"reason.{subject}", before.reason if before else ""),
        errors=tuple(
            (kind, errors[f"{kind}.{place}"]) for kind in ("option", "scale", "reason") if f"{kind}.{place}" in errors
        ),
    )
