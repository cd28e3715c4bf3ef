"""The minutes' panel: how far they are, what they lack, what is to be done in the case system, who has their copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.after.case_system import of_team, tasks
from meeting.after.distributing import distributed_at, recipients
from meeting.after.preflight import checks, routes_of
from meeting.model import Meeting, SeatId, Sending
from meeting.procedure import Gate
from meeting.refusals import Obstacle
from meeting.screens.frame import Frame, Look, frame_for
from meeting.telling.delivery import ENCLOSED
from meeting.timing.deadlines import deadlines

CLOCK = "minutes_distributed"  # the event that ends the limit within which the minutes reach everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One task in the case system: what, for which child, and when it was confirmed."""

    task: str
    subject: str
    label: str
    begins_team: bool
    done: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One recipient and what became of their copy."""

    seat: SeatId
    label: str
    state: str
    at: datetime | None
    open: bool  # it has not gone, or it could not be delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """A correction that waits for the chair's answer."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPanel:
    frame: Frame
    version: int
    authorised: datetime | None
    authorised_by: str
    due: datetime | None
    default: bool
    distributed: datetime | None
    checks: tuple[Obstacle, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    copies: tuple[CopyLine, ...] = ()
    asked: tuple[CorrectionLine, ...] = ()
    recorded: str = ""
    case_system: str = ""
    scribe: bool = False
    chairs: bool = False
    may_authorise: bool = False
    may_delegate: bool = False
    notes_wanted: bool = False  # the note-taker has not said that the notes are written
    check_wanted: bool = False
    page: bool = False  # they can be had as files, on one's own page
    routed: bool = False  # a child's case status decides who sends the minutes


def panel_screen(look: Look) -> MinutesPanel:
    """Return how far the minutes are, for chair and note-taker, or for a team that sends them."""
    meeting, kept = look.meeting, look.meeting.minutes
    word = kept.authorised
    due = next((d for d in deadlines(meeting, look.procedure) if _limits(look, d.clock)), None)
    gated = look.procedure.minutes.check_before_recorded is not Gate.NONE
    by = meeting.people.get(word.by) if word else None
    return MinutesPanel(
        frame=replace(frame_for(look), step_label="", guidance=look.procedure.minutes.guidance),
        version=word.version if word else kept.version,
        authorised=word.at if word else None,
        authorised_by=by.name if by else "",
        due=due.due if due else None,
        default=due.default if due else False,
        distributed=distributed_at(meeting),
        checks=checks(meeting, look.procedure) if look.scribe and word is None else (),
        tasks=tuple(_tasks(look)) if look.scribe and word is not None else (),
        copies=tuple(copy_line(meeting, s) for s in recipients(meeting)) if word is not None else (),
        asked=tuple(_asked(look)) if look.chairs else (),
        recorded=kept.recorded.detail if kept.recorded else "",
        case_system=look.procedure.words.case_system if look.procedure.minutes.recorded_on_case_system else "",
        scribe=look.scribe,
        chairs=look.chairs,
        may_authorise=look.chairs and word is None,  # a stand-in is told whom to ask
        may_delegate=_may_delegate(look),
        notes_wanted=gated and kept.notes_recorded is None,
        check_wanted=gated and look.chairs and kept.check_begun is None,
        page=look.calendar and look.scribe,
        routed=bool(look.procedure.minutes.routes),
    )


def _limits(look: Look, clock_id: str) -> bool:
    clock = look.procedure.clock(clock_id)
    return clock is not None and clock.until == CLOCK and clock.holder == "chair"


def _may_delegate(look: Look) -> bool:
    meeting = look.meeting
    seat = meeting.seat_of(look.person)
    own = seat is not None and seat.id == meeting.chair_seat and not look.chairs
    return own and meeting.stood_in and meeting.chair not in meeting.minutes.delegates


def _tasks(look: Look) -> Iterator[TaskLine]:
    """Yield each task with the team that its child's case status leads to (WMT-4.4, WMT-4.5)."""
    for task, subject in tasks(look.meeting, look.procedure):
        done = look.meeting.minutes.tasks.get((task.id, subject))
        child = look.meeting.child(subject)
        routes = [r for r in routes_of(look.meeting, look.procedure, subject) if subject and r.after_task == task.id]
        team = f" to {', '.join(r.to for r in routes)}" if routes else ""
        about = f" ({child.name})" if child else ""
        yield TaskLine(
            task=task.id,
            subject=subject,
            label=f"{task.label}{team}{about}",
            begins_team=bool(routes),
            done=done.at if done else None,
        )


def copy_line(meeting: Meeting, seat: SeatId) -> CopyLine:
    """Return what became of a seat's copy: sent, by which way, delivered or not, read, received or missed."""
    label = meeting.seats[seat].label
    sent = meeting.minutes.sending(seat)
    word = meeting.minutes.authorised
    if sent is None or (word is not None and sent.version < word.version):
        return CopyLine(seat=seat, label=label, state="not sent yet", at=None, open=True)
    said = next((r for r in reversed(meeting.minutes.receipts) if r.seat == seat and r.at >= sent.at), None)
    if said is not None:
        state = "received" if said.received else "says that it has not come"
        return CopyLine(seat=seat, label=label, state=state, at=said.at, open=not said.received)
    read = next((r for r in reversed(meeting.readings) if _reads(meeting, seat, r.reader) and r.at >= sent.at), None)
    if read is not None:
        return CopyLine(seat=seat, label=label, state="read", at=read.at, open=False)
    return _delivered(meeting, label, sent)


def _reads(meeting: Meeting, seat: SeatId, reader: str) -> bool:
    return any(p.seat == seat and p.id == reader for p in meeting.people.values())


def _delivered(meeting: Meeting, label: str, sent: Sending) -> CopyLine:
    if not sent.key:
        return CopyLine(seat=sent.seat, label=label, state=f"sent: {sent.how}", at=sent.at, open=False)
    found = next((d for d in reversed(meeting.deliveries) if d.key == sent.key), None)
    if found is None or not (found.how or found.failed):
        return CopyLine(seat=sent.seat, label=label, state="on its way", at=sent.at, open=False)
    if found.failed:
        return CopyLine(seat=sent.seat, label=label, state="could not be delivered", at=found.at, open=True)
    went = found.how if found.how == ENCLOSED else f"link sent by {found.how}"
    return CopyLine(seat=sent.seat, label=label, state=went, at=found.at, open=False)


def _asked(look: Look) -> Iterator[CorrectionLine]:
    for one in look.meeting.minutes.corrections:
        if one.answered is None:
            by = look.meeting.people.get(one.by)
            yield CorrectionLine(id=one.id, name=by.name if by else "", text=one.text)


def on_team(look: Look) -> bool:
    """Tell whether somebody is on a team that sends these minutes."""
    return of_team(look.meeting, look.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMinutes:
    """What somebody who attended sees of the minutes."""

    frame: Frame
    authorised: datetime | None
    sent: datetime | None
    received: bool | None
    due: datetime | None
    corrections: tuple[tuple[str, str], ...] = ()  # (what was asked, what was answered)
    page: bool = False  # they can be had as files, on one's own page
    stand_in: str = ""  # who took one's chair and waits for leave to authorise


def own_screen(look: Look) -> OwnMinutes:
    """Return whether one's copy has come, and what became of one's own requests."""
    meeting, kept = look.meeting, look.meeting.minutes
    seat = meeting.seat_of(look.person)
    sent = kept.sending(seat.id) if seat else None
    said = next((r for r in reversed(kept.receipts) if r.person == look.person), None)
    due = next((d for d in deadlines(meeting, look.procedure) if _limits(look, d.clock)), None)
    mine = [c for c in kept.corrections if c.by == look.person]
    return OwnMinutes(
        frame=replace(frame_for(look), step_label=""),
        authorised=kept.authorised.at if kept.authorised else None,
        sent=sent.at if sent else None,
        received=said.received if said else None,
        due=due.due if due else None,
        corrections=tuple((c.text, c.answer or "waits for the chair's answer") for c in mine),
        page=look.calendar,
        stand_in=meeting.people[meeting.chair].name if meeting.chair and _may_delegate(look) else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendableLine:
    """One line of a section that can be amended."""

    place: str
    part: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesScreen:
    """Some lines of one section."""

    frame: Frame
    section: str
    heading: str
    lines: tuple[AmendableLine, ...]
    start: int
    count: int


def lines_screen(
    look: Look, section: str, heading: str, lines: tuple[AmendableLine, ...], *, start: int, count: int
) -> LinesScreen:
    """Return these lines of a section, with where they stand among all."""
    frame = replace(frame_for(look), step_label="")
    return LinesScreen(frame=frame, section=section, heading=heading, lines=lines, start=start, count=count)
