"""How meetings were held over a time: quorum, time limits, attendance by agency, minutes, actions, dissent. No names.

Small numbers are suppressed: a count below five could be recognised by those who were there (STY-5.2e).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from documents import svg
from documents.dates import hours, plain_date
from documents.model import Block, Document, Paragraph, Picture, Section, Table
from documents.small_numbers import FEWEST, HIDDEN, Figure, without_small
from meeting.after.evidence import counted, was_due
from meeting.after.preflight import came
from meeting.ids import sentence, spoken
from meeting.model import ActionState, Meeting
from meeting.procedure import Procedure, RollCallData
from meeting.roles import held
from meeting.steps.action_list import OVER, on_time
from meeting.timing import clocks
from meeting.timing.deadlines import deadlines

TIME = "Time to meeting"
QUORATE, CONVERTED = "Quorate: everybody needed came", "Recorded as a professionals meeting"
OF_WHAT: Mapping[str, str] = {
    "Quorum": "Of the meetings held.",
    TIME: "Of the meetings of which it is known when the concern came, from then until they began.",
    "Dissent": "Of the decisions made, one for each child, and of the meetings held.",
    "Attendance": "Of the meetings to which the agency was invited: somebody of it came.",
    "Apologies": "Of the meetings to which the agency was invited: nobody of it came, and it sent apologies.",
    "Minutes": "Of the minutes that were sent or are overdue.",
    "Actions": "Of the actions that are over or whose time has come, but for those withdrawn or carried on.",
}
TYPICAL = "Half of the meetings began within"
Held = tuple[Meeting, Procedure]


def figures(held: Iterable[Held], now: datetime) -> tuple[Figure, ...]:
    """Return every figure of these meetings as they stand at `now` (aware UTC); cancelled ones do not count."""
    all_held = [(m, p) for m, p in held if m.started is not None]
    found = (*_meetings(all_held), *_attendance(all_held), *_minutes(all_held, now), *_actions(all_held, now))
    return without_small(found)


def _meetings(held: list[Held]) -> Iterator[Figure]:
    count = len(held)
    quorate = sum(_quorate(*h) for h in held)
    yield Figure(topic="Quorum", what=QUORATE, part=quorate, whole=count, group="quorum")
    converted = sum(m.converted is not None for m, _ in held)
    yield Figure(topic="Quorum", what=CONVERTED, part=converted, whole=count, group="quorum")
    timed = [(m, p) for m, p in held if _waited(m) is not None]
    late = sum(bool(clocks.lateness(m, p, m.started)) for m, p in timed)
    limited = sum(bool(clocks.hold_clocks(p)) for _, p in timed)
    yield Figure(topic=TIME, what="Held within its time limit", part=limited - late, whole=limited)
    decided = [d for m, _ in held for d in m.decisions.values()]
    differed = sum(bool(d.dissent) for d in decided)
    yield Figure(topic="Dissent", what="Decisions from which somebody differs", part=differed, whole=len(decided))
    challenged = sum(bool(m.challenges) for m, _ in held)
    yield Figure(topic="Dissent", what="Meetings with a challenge", part=challenged, whole=count)


def _quorate(meeting: Meeting, procedure: Procedure) -> bool:
    """Tell whether every agency, or, where the procedure names roles instead, every role that is needed came."""
    rules = [s.data.quorum for s in procedure.agenda if isinstance(s.data, RollCallData)]
    needed = {one for q in rules for one in (q.agencies or q.roles)}
    here = [s for s in meeting.seats.values() if came(meeting, s)]
    met = {r for r in needed if any(held(procedure, r, s) for s in here)}
    return meeting.converted is None and needed == met


def _waited(meeting: Meeting) -> timedelta | None:
    """Return how long after the concern the meeting began."""
    since = clocks.convened(meeting, "concern_received")
    return meeting.started - since if since and meeting.started else None


def _attendance(held: list[Held]) -> Iterator[Figure]:
    invited: Counter[str] = Counter()
    attended: Counter[str] = Counter()
    excused: Counter[str] = Counter()
    for meeting, procedure in held:
        seats = counted(meeting, procedure)
        here = {s.agency for s in seats if came(meeting, s)}
        away = {s.agency for s in seats if s.apologies} - here
        invited.update({s.agency for s in seats})
        attended.update(here)
        excused.update(away)
    for agency in sorted(invited):
        name = sentence(spoken(agency))
        yield Figure(topic="Attendance", what=name, part=attended[agency], whole=invited[agency], group=agency)
    for agency in sorted(invited):
        name = sentence(spoken(agency))
        yield Figure(topic="Apologies", what=name, part=excused[agency], whole=invited[agency], group=agency)


def _minutes(held: list[Held], now: datetime) -> Iterator[Figure]:
    due = [d for m, p in held for d in deadlines(m, p) if d.clock == "minutes" and (d.ended or d.late(now))]
    yield Figure(topic="Minutes", what="Distributed on time", part=sum(not d.late(now) for d in due), whole=len(due))


def _actions(held: list[Held], now: datetime) -> Iterator[Figure]:
    due = [a for m, _ in held for a in m.actions if was_due(a, now)]
    in_time, done = sum(map(on_time, due)), sum(a.state is ActionState.DONE for a in due)
    told = {
        "Done on time": in_time,
        "Done late": done - in_time,
        "Not possible: circumstances changed": sum(a.state is ActionState.NOT_POSSIBLE for a in due),
        "Reported as not done": sum(a.state is ActionState.NOT_DONE for a in due),
        "Overdue": sum(a.state not in (*OVER, ActionState.NOT_DONE) for a in due),
    }
    for what, part in told.items():
        yield Figure(topic="Actions", what=what, part=part, whole=len(due), group="actions")


def began_between(held: Iterable[Held], since: datetime, until: datetime) -> list[Held]:
    """Return the meetings that began from the first of two times (aware) on, before the second."""
    return [(m, p) for m, p in held if m.started is not None and since <= m.started < until]


def compliance_report(
    held: Iterable[Held], since: datetime, until: datetime, now: datetime, *, destroyed: int = 0
) -> Document:
    """Return the report on the meetings that began between two times (aware); it names nobody and no meeting.

    It says that it is not of all, and of how many not, where the records of some are `destroyed` already.
    """
    chosen = began_between(held, since, until)
    found = figures(chosen, now)
    period = f"{plain_date(since.date())} to {plain_date((until - timedelta(days=1)).date())}"
    count = str(len(chosen)) if len(chosen) >= FEWEST else HIDDEN
    note = f"Meetings held: {count}. Numbers below {FEWEST}, and what would give one away, are not shown."
    topics = dict.fromkeys(f.topic for f in found) if len(chosen) >= FEWEST else ()
    sections = tuple(_section(topic, found, chosen) for topic in topics)
    return Document(
        title="Strategy meetings: how they were held",
        reference=period,
        status="report",
        banner=(note, *_gone(destroyed)),
        sections=sections or (_too_few(),),
    )


def _gone(destroyed: int) -> Iterator[str]:
    if destroyed:
        count = str(destroyed) if destroyed >= FEWEST else HIDDEN
        yield (
            f"Not counted, because their records were destroyed when their time was over: {count}. "
            "A report that was written before holds their figures."
        )


def _too_few() -> Section:
    text = f"Fewer than {FEWEST} meetings were held in this time, so that no figure may be shown. Choose a longer time."
    return Section(heading="Nothing to show", blocks=(Paragraph(text=text),), key="nothing")


def _section(topic: str, found: tuple[Figure, ...], held: list[Held]) -> Section:
    mine = tuple(f for f in found if f.topic == topic)
    headers = ("What", "How many", "Of", "Share")
    table = Table(headers=headers, rows=tuple(f.cells for f in mine), caption=topic)
    shown = tuple(f for f in mine if f.shown)
    words = f"{OF_WHAT[topic]} A figure that is not shown has no bar."
    alone: list[Block] = [Paragraph(text=OF_WHAT[topic]), table]
    blocks: list[Block] = [Picture(svg=bars(shown, topic), text=words, table=table)] if shown else alone
    blocks += _typical(held) if topic == TIME else ()
    return Section(heading=topic, blocks=tuple(blocks), key=topic.lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """In how many whole hours after the concern half of so many meetings began."""

    hours: int
    meetings: int


def typical_wait(held: list[Held]) -> Wait | None:
    """Return how long half of the meetings took to begin, where enough of them say so."""
    waits = [w for m, _ in held if (w := _waited(m)) is not None]
    if len(waits) < FEWEST:
        return None
    middle = median(w.total_seconds() for w in waits)
    return Wait(hours=math.ceil(middle / 3600), meetings=len(waits))  # to the minute it would be one meeting's own


def _typical(held: list[Held]) -> Iterator[Paragraph]:
    wait = typical_wait(held)
    if wait is not None:
        told = f"{TYPICAL} {hours(timedelta(hours=wait.hours))}, of the {wait.meetings} of which it is known."
        yield Paragraph(text=told)


def bars(shown: tuple[Figure, ...], label: str) -> str:
    """Return shares as horizontal bars below their words, as wide as a telephone: no colour says anything alone."""
    row, left, wide = 46, 4, 230
    drawn = []
    for number, figure in enumerate(shown):
        y, share = 8 + number * row, figure.part / figure.whole
        drawn.append(svg.words(svg.clipped(figure.what, 44), x=left, y=y + 11, anchor="start"))
        outline: svg.Attributes = {"fill": "none", "stroke": "currentColor", "stroke_width": 1.0}
        drawn.append(svg.element("rect", x=left, y=y + 17, width=wide, height=16, **outline))
        full = round(wide * share, 1)
        drawn.append(svg.element("rect", x=left, y=y + 17, width=full, height=16, fill="currentColor"))
        drawn.append(svg.words(f"{round(100 * share)} %", x=left + wide + 8, y=y + 30, anchor="start"))
    return svg.drawing(drawn, width=left + wide + 52, height=12 + len(shown) * row, label=f"{label}: shares as bars")
