"""The shared board, without content, and the chair's panel: where the meeting is, who is waited for, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from meeting.before.naming import title_of
from meeting.before.subject import kinds_for
from meeting.door.quorum import missing_agencies, missing_roles, rules
from meeting.door.relationships import may_say
from meeting.duties import barred
from meeting.model import ActionState, Carried, Meeting, Standing, Status
from meeting.procedure import Kind, Procedure
from meeting.refusals import Refused
from meeting.running import agenda, waiting
from meeting.running.chairing import skippable
from meeting.running.handover import restrictable
from meeting.screens.earlier import earlier_steps
from meeting.screens.frame import Frame, Look, frame_for
from meeting.steps.actions import unmet
from meeting.telling.delivery import reader, undelivered
from meeting.timing.clocks import hold_by, hold_clocks, lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    label: str
    state: str  # done, here, ahead, skipped, missed


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumLine:
    """How many of those who are needed are here, and which agencies and roles are not."""

    here: int
    of: int
    missing: tuple[str, ...]
    roles: tuple[str, ...]
    from_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardScreen:
    """What the whole chat may see: reference, step, seats, numbers, times; never content."""

    reference: str
    title: str
    status: Status
    step_label: str
    number: int
    count: int
    quorum: QuorumLine
    speaking: str
    order: tuple[str, ...]
    waited_for: tuple[str, ...]
    actions: int
    due: tuple[tuple[str, datetime], ...]
    resume_at: datetime | None
    at_door: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelScreen:
    """The chair's personal card: the agenda with progress and every move."""

    frame: Frame
    board: BoardScreen
    agenda: tuple[AgendaLine, ...]
    debts: tuple[str, ...]
    demanded: tuple[str, ...]
    challenges: tuple[tuple[str, str], ...]
    requests: tuple[tuple[str, str, str], ...]
    late: tuple[str, ...]
    next_label: str
    may_skip: bool
    may_convert: bool
    may_restore: bool
    may_take_chair: bool
    may_restrict: bool = False  # keep a child from an agency
    may_say_kind: bool = False  # started at once: whom it is about has not been asked yet
    earlier: bool = False  # an earlier step lacks answers
    may_relate: bool = False  # say how one is related to each child
    minutes: bool
    carried: Carried | None = None  # what an earlier meeting left open
    undelivered: tuple[str, ...] = ()  # seats whose last message could not be delivered
    review: tuple[str, ...] = ()  # why it is asked whether the procedure was reviewed


def quorum_line(meeting: Meeting, procedure: Procedure) -> QuorumLine:
    """Return the quorum as it stands, by agencies, or by roles where the procedure names only those (STY-3.1a).

    Those who have not joined do not count.
    """
    rule = rules(procedure)
    needed = rule.agencies or rule.roles
    roles = missing_roles(meeting, procedure)
    gone = missing_agencies(meeting, procedure) if rule.agencies else roles
    return QuorumLine(
        here=len(needed) - len(gone),
        of=len(needed),
        missing=gone,
        roles=roles if rule.agencies else (),
        from_default=not rule.src,
    )


def board_screen(meeting: Meeting, procedure: Procedure) -> BoardScreen:
    """Return the board."""
    running = bool(meeting.step)
    steps = agenda.steps(meeting, procedure) if running else procedure.agenda
    step = agenda.current(meeting, procedure) if running else None
    floor = meeting.floors.get(meeting.step)
    live = floor.live if floor else None
    ids = [s.id for s in steps]
    return BoardScreen(
        reference=meeting.reference,
        title=title_of(meeting, procedure),
        status=meeting.status,
        step_label=step.label if step else "",
        number=ids.index(step.id) + 1 if step and step.id in ids else 0,
        count=len(ids),
        quorum=quorum_line(meeting, procedure),
        speaking=meeting.seats[live.seat].label if live else "",
        order=tuple(meeting.seats[s].label for s in floor.order) if floor and step and step.kind is Kind.TURNS else (),
        waited_for=tuple(dict.fromkeys(waiting.waited_for(meeting, procedure))),
        actions=sum(a.state is not ActionState.WITHDRAWN for a in meeting.actions),
        due=_due(meeting, procedure),
        resume_at=meeting.resume_at,
        at_door=sum(p.standing is Standing.WAITING for p in meeting.people.values()),
    )


def _due(meeting: Meeting, procedure: Procedure) -> tuple[tuple[str, datetime], ...]:
    """Return the hold clocks with their ends until the meeting has started (SAN-7.1, SAN-7.2)."""
    clocks = hold_clocks(procedure) if meeting.started is None else ()
    ends = ((c.what, hold_by(meeting, procedure, c)) for c in clocks)
    return tuple((what, end) for what, end in ends if end is not None)


def panel_screen(look: Look) -> PanelScreen:
    """Return the chair's panel; others see the same without the moves, and without what others wrote (SAN-3.1)."""
    meeting, procedure, running = look.meeting, look.procedure, bool(look.meeting.step)
    following = agenda.following(meeting, procedure) if running else agenda.steps(meeting, procedure)[0]
    here = agenda.current(meeting, procedure) if running else None
    gone = missing_agencies(meeting, procedure)
    writes = look.scribe and barred(meeting, procedure, meeting.people[look.person]) is None
    return PanelScreen(
        frame=frame_for(look, here),
        board=board_screen(meeting, procedure),
        agenda=_agenda_lines(meeting, procedure),
        debts=tuple(d.what for d in meeting.debts.values() if d.written_up is None) if writes else (),
        demanded=_demanded(look) if writes else (),
        challenges=_challenges(meeting) if writes and look.chairs else (),
        requests=_requests(meeting) if writes and look.chairs else (),
        late=_late(look),
        review=look.review,
        earlier=writes and bool(earlier_steps(look)),
        next_label=following.label if following else "",
        may_skip=here is not None and skippable(procedure, here),
        may_convert=bool(gone) and rules(procedure).converts and meeting.converted is None,
        may_restore=meeting.converted is not None and not gone,
        may_take_chair=not look.chairs,
        may_restrict=len(meeting.children) > 1 and bool(restrictable(meeting, procedure)),
        may_say_kind=_may_say_kind(look),
        may_relate=may_say(meeting, procedure, meeting.people.get(look.person)),
        minutes=meeting.status is Status.CLOSED,
        carried=meeting.carried if writes or not running else None,
        undelivered=_undelivered(meeting) if look.scribe else (),
    )


def _may_say_kind(look: Look) -> bool:
    """Tell whether the chair of a meeting that nobody was invited to can say what it is about (WOK-0.7 to 0.10)."""
    meeting = look.meeting
    unasked = meeting.status is Status.PREPARING and not meeting.draft and not meeting.invitations
    return look.chairs and unasked and bool(kinds_for(look.procedure, len(meeting.children)))


def _undelivered(meeting: Meeting) -> tuple[str, ...]:
    """Return whom nothing could reach, each once."""
    return tuple(dict.fromkeys(reader(meeting, d) for d in undelivered(meeting)))


def _agenda_lines(meeting: Meeting, procedure: Procedure) -> tuple[AgendaLine, ...]:
    steps = procedure.agenda
    ids = [s.id for s in steps]
    here = ids.index(meeting.step) if meeting.step in ids else -1
    skipped, visited = {v.step for v in meeting.visits if v.skipped}, {v.step for v in meeting.visits}
    made = []
    for i, step in enumerate(steps):
        if not agenda.applies(meeting, procedure, step) and i != here:
            continue
        over = meeting.status is Status.CLOSED
        passed = "done" if step.id in visited else "missed"
        state = "skipped" if step.id in skipped else passed if i < here or over else "here" if i == here else "ahead"
        made.append(AgendaLine(label=step.label, state=state))
    return tuple(made)


def _challenges(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    return tuple((c.id, c.text) for c in meeting.challenges if c.answered_at is None)


def _requests(meeting: Meeting) -> tuple[tuple[str, str, str], ...]:
    return tuple((p.id, meeting.people[p.by].name, p.what) for p in meeting.permissions if p.granted is None)


def _demanded(look: Look) -> tuple[str, ...]:
    """Return what is asked for beside what was agreed, from the decision or the step of the actions on."""
    ids = [s.id for s in look.procedure.agenda]
    listed = next((n for n, s in enumerate(look.procedure.agenda) if s.kind is Kind.ACTIONS), len(ids))
    reached = look.meeting.step in ids and ids.index(look.meeting.step) >= listed
    if not (reached or look.meeting.decisions or look.meeting.ended):
        return ()
    try:
        return tuple(f"{a.label}{f' ({a.about})' if a.about else ''}" for a in unmet(look.meeting, look.procedure))
    except Refused:
        return ()


def _hours(length: timedelta) -> str:
    """Return hours to the nearest half: "26", "2.5"."""
    return f"{round(length.total_seconds() / 1800) / 2:g}"


def _late(look: Look) -> tuple[str, ...]:
    """Return the hold clocks that have run out, with the hours since their event."""
    late = lateness(look.meeting, look.procedure, look.meeting.started or look.now)
    return tuple(f"{clock.what}: {_hours(taken)} hours after the event" for clock, taken in late)
