"""What somebody owes before they see content: acknowledging, introducing themselves, being in the right meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meeting.duties import DUTIES, duties
from meeting.model import PersonId, Standing, Status
from meeting.procedure import FieldSpec, RecordData, RollCallData, StatementData, Step, parts_of
from meeting.screens.asked import FieldView, facts_of, field_view, page_shown, paged
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.hiding import hidden
from meeting.screens.moves import heard_lets_on
from meeting.screens.statement import purpose_at, spoken_lines
from meeting.steps.roll_call import invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyScreen:
    """One duty: a statement to acknowledge, an introduction to give, or the child's details to recognise."""

    frame: Frame
    duty: str
    text: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()  # the procedure's, where the statement's own words do not say it
    verbatim: bool = False
    clock: str | None = None  # the clock whose date stands under the statement
    may_ask_to_share: bool = False
    fields: tuple[FieldView, ...] = ()
    warnings: tuple[tuple[str, str, str], ...] = ()
    children: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    heard_on: bool = False  # the press that hears all may go on as well
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitScreen:
    """Nothing to do or to see yet; why."""

    frame: Frame
    why: str  # not_admitted, removed, shut_out, wrong_meeting, observer, not_there; or the duty that is owed


def wait_screen(look: Look, why: str) -> WaitScreen:
    """Return the card of somebody whom the door has not let in, or has sent away."""
    person = look.meeting.people.get(look.person)
    if person is not None and person.standing is Standing.REMOVED:
        why = "removed" if person.shut_out is None else "shut_out"
    if person is not None and person.standing is Standing.OBSERVER:
        why = "observer"
    over = look.meeting.status in (Status.CLOSED, Status.CANCELLED)
    if over and person is not None and not person.stays and why in DUTIES:  # which nobody can do any more
        why = "not_there"
    return WaitScreen(frame=frame_for(look), why=why)


def duty_screen(look: Look, duty: str, step: Step) -> DutyScreen:
    """Return the form of one duty."""
    frame, heard_on = frame_for(look, step), heard_lets_on(look, step)
    match step.data:
        case StatementData() as data:
            return DutyScreen(
                frame=frame,
                duty=duty,
                text=data.text,
                lines=spoken_lines(look.meeting, look.procedure, data),
                purpose=purpose_at(look.procedure, step),
                verbatim=data.verbatim,
                clock=data.shows_date_of,
                may_ask_to_share=data.permission_to_share,
                heard_on=heard_on,
            )
        case RollCallData() as data:
            screen = introduction(look, DutyScreen(frame=frame, duty=duty), data.introduction.fields, look.person)
            return replace(screen, heard_on=heard_on)
        case _:
            said = (step.data.statement,) if isinstance(step.data, RecordData) and step.data.statement else ()
            return DutyScreen(frame=frame, duty=duty, text=said, children=_children(look, step), heard_on=heard_on)


def introduction_pages(specs: tuple[FieldSpec, ...]) -> tuple[tuple[FieldSpec, ...], ...]:
    """Return an introduction's questions in pages of six inputs; a time is one of today, and one input."""
    return paged(specs, times=1)


def introduction(look: Look, screen: DutyScreen, specs: tuple[FieldSpec, ...], who: PersonId) -> DutyScreen:
    """Return the screen with a page of somebody's introduction, filled with what invitation and sign-in know."""
    person = look.meeting.people[who]
    seat = look.meeting.seat_of(who)
    known = {"full_name": person.name, "name": person.name, "agency": seat.agency if seat else ""}
    known |= {"contact": person.email, **(invitation(seat, person) if seat else {})}
    known |= {"must_leave_at": seat.must_leave_at.isoformat() if seat and seat.must_leave_at else "", **look.typed}
    pages = introduction_pages(specs)
    page = page_shown(look, pages)
    return replace(
        screen,
        fields=tuple(field_view(look, f, known.get(f.key, "")) for f in pages[page - 1]),
        warnings=look.warnings,
        page=page,
        pages=len(pages),
    )


def _children(look: Look, step: Step) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    made = []
    for child in look.meeting.in_scope():
        if child.id in hidden(look):
            continue
        pairs: list[tuple[str, str]] = []
        for part in parts_of(step):
            if part.per == "child":
                pairs.extend(facts_of(part.fields, look.meeting.answer(step.id, part.id, child.id)))
        made.append((child.name, tuple(p for p in pairs if p[1] != child.name)))
    return tuple(made)


def owed(look: Look) -> tuple[str, Step] | None:
    """Return the first duty that somebody still owes, with its step."""
    person = look.meeting.people[look.person]
    for duty, step_id in duties(look.meeting, look.procedure, person):
        return duty, look.procedure.step(step_id)
    return None
