"""A statement as one person sees it: its words, the date it promises, who has heard it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from meeting.flags import holds
from meeting.ids import spoken
from meeting.model import Meeting, Person
from meeting.procedure import Clock, Procedure, StatementData, Step
from meeting.running import agenda
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.moves import heard_lets_on
from meeting.screens.step import StepScreen, step_screen
from meeting.steps.statement import recording_on
from meeting.timing.clocks import within

_PLACE = re.compile(r"\{([a-z_0-9]+)\}")
DEFAULT = "default, not from this procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """One attendee, and whether the statement has reached them."""

    person: str
    name: str
    label: str
    state: str  # acknowledged, heard, not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementScreen:
    """A statement on the agenda, for those who have heard it and for whoever sees to it."""

    frame: Frame
    text: tuple[str, ...]
    lines: tuple[str, ...]
    purpose: tuple[str, ...]  # the procedure's, where the statement's own words do not say it
    clock: str | None
    hearers: tuple[Hearer, ...]  # empty where nobody acknowledges, or for those who only read
    acknowledged: bool
    may_ask_to_share: bool
    may_move: bool
    next_label: str
    parts: StepScreen | None
    heard_on: bool = False  # the press that hears all may go on as well
    recording: bool | None = None  # None: the statement does not speak of it


def statement_screen(look: Look, step: Step) -> StatementScreen:
    """Return a statement step."""
    data = step.data
    assert isinstance(data, StatementData)
    here = look.meeting.step == step.id
    following = agenda.following(look.meeting, look.procedure) if here else None
    asks = data.acknowledge and look.scribe
    person = look.meeting.people.get(look.person)
    return StatementScreen(
        frame=frame_for(look, step),
        text=data.text,
        lines=spoken_lines(look.meeting, look.procedure, data),
        purpose=purpose_at(look.procedure, step),
        clock=data.shows_date_of,
        hearers=tuple(_hearer(look.meeting, p, step.id) for p in look.meeting.attendees()) if asks else (),
        acknowledged=person is not None and step.id in person.acknowledged,
        may_ask_to_share=data.permission_to_share,
        may_move=here and look.chairs,
        next_label=following.label if following else "",
        parts=step_screen(look, step) if data.parts else None,
        heard_on=heard_lets_on(look, step),
        recording=recording_on(look.meeting) if speaks_of_recording(data) and look.scribe else None,
    )


def _hearer(meeting: Meeting, person: Person, step: str) -> Hearer:
    seat = meeting.seat_of(person.id)
    state = "heard" if step in person.heard else "acknowledged" if step in person.acknowledged else "not yet"
    return Hearer(person=person.id, name=person.name, label=seat.label if seat else "", state=state)


def speaks_of_recording(data: StatementData) -> bool:
    """Tell whether a statement says if Teams records the meeting."""
    return any("{recording}" in line.text for line in data.lines)


def purpose_at(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """Return the procedure's purpose at its first statement, unless the statement's own words say it (WOK-0.5)."""
    first = next(s for s in procedure.agenda if isinstance(s.data, StatementData))
    assert isinstance(first.data, StatementData)
    told = {one for line in first.data.lines for one in line.src}
    return () if step.id != first.id or told & set(procedure.purpose_src) else procedure.purpose


def spoken_lines(meeting: Meeting, procedure: Procedure, data: StatementData) -> tuple[str, ...]:
    """Return the statement's lines that hold now, with names and time limits in their places (WOK-1.3b, WOK-1.3c)."""
    said = (line.text for line in data.lines if holds(meeting, procedure, line.when))
    return tuple(_PLACE.sub(lambda found: _filled(meeting, procedure, found[1]), text) for text in said)


def _filled(meeting: Meeting, procedure: Procedure, name: str) -> str:
    if name == "note_taker":
        taker = meeting.people.get(meeting.note_taker) if meeting.note_taker else None
        return taker.name if taker else "somebody whom the chair will name"
    if name == "recording":
        return "on" if recording_on(meeting) else "off"
    clock = procedure.clock(name)
    return time_limit(clock) if clock else spoken(name)


def time_limit(clock: Clock) -> str:
    """Return a limit in words: "within 3 working days", "at once"; a default says that it is one."""
    return within(clock) if clock.src else f"{within(clock)} ({DEFAULT})"
