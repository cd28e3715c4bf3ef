"""The panel beside the cards: agenda, quorum, deadlines, debts and actions, as far as this person may see them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cards.actions import state_words
from cards.chairing import quorum_text
from cards.times import moment, weekday
from meeting.model import Meeting, MeetingId, PersonId, Standing, Status
from meeting.procedure import ActionsData, Procedure
from meeting.screens.actions import action_lines
from meeting.screens.board import BoardScreen, board_screen, panel_screen
from meeting.screens.frame import Look
from meeting.timing.deadlines import Deadline as Running
from meeting.timing.deadlines import running

STATUS: Mapping[Status, str] = {
    Status.PREPARING: "Not started yet",
    Status.RUNNING: "Running",
    Status.ON_HOLD: "On hold",
    Status.ADJOURNED: "Adjourned",
    Status.CLOSED: "Closed",
    Status.CANCELLED: "Cancelled",
}


KEPT = 512  # panels in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What must happen by when; `due` is for eyes, in Europe/London."""

    what: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One line of the action list."""

    number: int
    what: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Everything that the page's panel shows; `agenda` is (label, done | here | ahead | skipped)."""

    title: str
    status: str
    step: str
    number: int
    count: int
    agenda: tuple[tuple[str, str], ...]
    quorum: str
    quorate: bool
    speaking: str
    waited_for: tuple[str, ...]
    at_door: int
    deadlines: tuple[Deadline, ...] = ()
    debts: tuple[str, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    demanded: tuple[str, ...] = ()  # actions that the record asks for and nobody has agreed yet
    warnings: tuple[str, ...] = ()


def panel_of(meeting: Meeting, procedure: Procedure, *, person: PersonId, now: datetime) -> Panel:
    """Return the panel of one person: debts for who writes, actions for who has a seat, the board for everybody."""
    look = Look(meeting=meeting, procedure=procedure, person=person, now=now)
    own, board = panel_screen(look) if person in meeting.people else None, board_screen(meeting, procedure)
    somebody = meeting.people.get(person)
    seated = somebody is not None and somebody.standing is Standing.SEATED
    return Panel(
        title=board.title,
        status=_status(board),
        step=board.step_label,
        number=board.number,
        count=board.count,
        agenda=tuple((line.label, line.state) for line in own.agenda) if own else (),
        quorum=quorum_text(board.quorum),
        quorate=not board.quorum.missing and not board.quorum.roles,
        speaking=board.speaking,
        waited_for=board.waited_for if board.status is Status.RUNNING else (),
        at_door=board.at_door,
        deadlines=tuple(_deadlines(look)),
        debts=own.debts if own else (),
        actions=tuple(_actions(look)) if seated else (),
        demanded=own.demanded if own and meeting.started else (),
        warnings=own.late if own else (),
    )


def _status(board: BoardScreen) -> str:
    resume = f" until {moment(board.resume_at)}" if board.resume_at else ""
    return f"{STATUS[board.status]}{resume}"


def _deadlines(look: Look) -> Iterator[Deadline]:
    """Yield each limit that runs now, without a name: what several children share once; actions have their own list."""
    soonest: dict[str, Running] = {}
    for each in sorted(running(look.meeting, look.procedure), key=lambda d: d.due):
        passed = not each.reminded and each.late(look.now)  # a date to know
        if each.clock and not each.action and not passed:
            soonest.setdefault(each.what, each)
    for what, each in soonest.items():
        due = weekday(each.due) if each.by_day else moment(each.due)
        yield Deadline(what=what, due=f"{due}, overdue" if each.late(look.now) else due)


def _actions(look: Look) -> Iterator[ActionLine]:
    """Yield the list in its order, with the content that this person may see."""
    data = next((s.data for s in look.procedure.agenda if isinstance(s.data, ActionsData)), None)
    lines = action_lines(look, data) if data is not None else ()
    for line in sorted(lines, key=lambda a: a.number):
        due = moment(line.due)
        state = state_words(line.state, due if line.late else "")
        yield ActionLine(number=line.number, what=line.what, owner=line.owner, due=due, state=state)


class Panels:
    """Keeps each person's newest panel: the same state of the record in the same minute is drawn once for them.

    A state of the record is one frozen `Meeting`, so that the object itself says whether something was written since.
    """

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[MeetingId, PersonId], tuple[Meeting, datetime, Panel]] = OrderedDict()

    def of(self, meeting: Meeting, procedure: Procedure, *, person: PersonId, now: datetime) -> Panel:
        """Return the panel of one person, as `panel_of` does, with its times exact to the minute."""
        key, minute = (meeting.id, person), now.replace(second=0, microsecond=0)
        known = self._drawn.get(key)
        if known is not None and known[0] is meeting and known[1] == minute:
            return known[2]
        panel = panel_of(meeting, procedure, person=person, now=now)
        self._drawn[key] = (meeting, minute, panel)
        self._drawn.move_to_end(key)
        while len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)
        return panel
