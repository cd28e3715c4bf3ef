"""One rehearsal from an empty machine to the draft minutes: stage, play, transcript, documents, budgets."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.reporting import every_meeting
from documents.copies import Format
from meeting.model import Meeting
from meeting.procedure import Kind, Procedure, RollCallData
from meeting.running import agenda
from rehearsal.actor import Actor
from rehearsal.before import begins, by_card, play_before
from rehearsal.budgets import Budget, Measured, budgets
from rehearsal.case import Case
from rehearsal.days import play_days
from rehearsal.files import CALENDAR, EMAILS, Written, write_figures, write_letters, write_minutes
from rehearsal.fitting import fitted
from rehearsal.further import play_further
from rehearsal.passing import Passing
from rehearsal.play import Play
from rehearsal.stage import DATABASE, KEYRING, Stage, staged
from rehearsal.teams import MovableClock, Violation
from rehearsal.teams.journal import Noticed
from rehearsal.transcript import Transcript

Write = Callable[[str], None]
MOVE = timedelta(seconds=20)  # how far the rehearsal's clock moves on with each move
FICTIONAL = "FICTIONAL CASE FOR REHEARSAL. Every person, place and event is invented."
READ_FIRST, PAPERS = (Format.HTML, Format.TEXT), (Format.WORD, Format.PDF)
INTRODUCE = "Introduce me"  # on the card of the roll call alone; another card's "Name" is somebody else's


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a rehearsal left behind."""

    meeting: Meeting
    procedure: Procedure
    written: tuple[Written, ...]  # the draft minutes first
    missing: str  # why a file could not be written, "" where all were
    budgets: tuple[Budget, ...]
    violations: tuple[Violation, ...]
    ended: datetime  # by the rehearsal's own clock
    own: bool = True  # the case was written for this procedure: it is prepared, and the budgets are promised
    lists: tuple[Meeting, ...] = ()  # every meeting as it stands in the end, the first one first

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file, the draft minutes first."""
        return tuple(file for one in self.written for file in one.files)

    @property
    def ran_its_course(self) -> bool:
        """Tell whether the meeting was closed and Teams had nothing to object to."""
        return self.meeting.status == "closed" and not self.violations


async def rehearse_case(
    case: Case,
    procedure: Procedure,
    out: Path,
    *,
    write: Write,
    pace: float = 0.0,
    before: bool = False,
    days: bool = False,
) -> Outcome:
    """Play a case to its end and write its minutes into a folder; `pace` is real seconds for each move.

    With `before` the meeting is called and everybody invited first; with `days` the days after it are played too:
    reminders, answers, the minutes authorised and sent, a challenge escalated, a further meeting.
    """
    _clear(out)
    case, gone = fitted(case, procedure)
    if gone:
        write(f"Written for '{case.procedure}'; what {procedure.id} does not ask is left out: {', '.join(gone)}")
    card, clock = before and by_card(case, procedure), MovableClock(begins(case) if before else case.clock)
    async with staged(case, procedure, out, convene=not card, local=card, clock=clock) as stage:
        seats = {s["name"]: s["label"] for s in case.data["seats"]}
        transcript = Transcript(chat=stage.chat.id, seats=seats, write=write)
        play, marks = _play(stage, transcript, write, pace)
        passing = Passing(stage=stage, actors=play.actors, transcript=transcript)
        if before:
            write(_headed("Before the meeting"))
            await play_before(passing, case.data["chair"])
        await play.whole()
        outcome = await _closed(passing, play, marks, out)
        minutes = await _afterwards(passing, play, out) if days else ()
        return await _ended(outcome, minutes, stage, out)


async def _closed(passing: Passing, play: Play, marks: Mapping[str, int], out: Path) -> Outcome:
    """Return what the meeting itself has left: the record, the draft minutes, what it cost people."""
    stage, closed = passing.stage, time.perf_counter()
    await passing.moment(MOVE.seconds)
    meeting = await play.meeting()
    read, _ = write_minutes(meeting, stage.procedure, stage, out, READ_FIRST)
    measured = _measured(stage, play, marks, time.perf_counter() - closed)
    kept, missing = await asyncio.to_thread(write_minutes, meeting, stage.procedure, stage, out, PAPERS)
    return Outcome(
        meeting=meeting,
        procedure=stage.procedure,
        written=(Written(what="Minutes, draft", files=(*read, *kept)),),
        missing=missing,
        budgets=_budgets(play, measured),
        violations=(),
        ended=stage.clock.now(),
        own=stage.case.procedure == stage.procedure.id,
    )


async def _ended(outcome: Outcome, more: Iterable[Written], stage: Stage, out: Path) -> Outcome:
    """Return what is left in the end: the other files too, and every meeting as it stands then."""
    written = [*outcome.written, *more, *write_letters(stage.post.letters, out), await write_figures(stage, out)]
    return replace(
        outcome,
        written=tuple(one for one in written if one.files),
        violations=tuple(stage.teams.violations),
        lists=tuple(meeting for meeting, _ in (await every_meeting(stage.service.store)).readable),
        ended=stage.clock.now(),
    )


async def _afterwards(passing: Passing, play: Play, out: Path) -> tuple[Written, ...]:
    """Play the days after the meeting, and the further meeting; returns the minutes of both."""
    write = passing.transcript.write
    write(_headed("The days after"))
    passing.transcript.apart = True
    await play_days(passing, play)
    first = await asyncio.to_thread(_minutes, "Minutes, authorised", await play.meeting(), play.stage, out)
    write(_headed("The further meeting"))
    further = await (await play_further(passing, play)).meeting()
    return first, await asyncio.to_thread(_minutes, "Minutes of the further meeting, draft", further, play.stage, out)


def _minutes(what: str, meeting: Meeting, stage: Stage, out: Path) -> Written:
    files, _ = write_minutes(meeting, stage.procedure, stage, out, (*READ_FIRST, *PAPERS))
    return Written(what=what, files=files)


def _headed(title: str) -> str:
    return f"\n── {title} ".ljust(101, "─")


def _budgets(play: Play, measured: Measured) -> tuple[Budget, ...]:
    tallies = {seat: a.tally for seat, a in play.actors.items()}
    data = play.stage.case.data
    return budgets(data["chair"], tallies, measured, with_note_taker=bool(data.get("note_taker")))


def _measured(stage: Stage, play: Play, marks: Mapping[str, int], seconds: float) -> Measured:
    return Measured(
        to_roll_call=marks.get("roll_call", 0),
        steps_before=_steps_before_roll_call(stage.procedure),
        largest_card=max(a.tally.largest for a in play.actors.values()),
        longest_refusal=_longest_refusal(stage),
        minutes_seconds=seconds,
        spoken_turn=play.spoken_presses,
    )


def _clear(out: Path) -> None:
    """Make the folder ready; what an earlier rehearsal left there goes, and nothing that was not a rehearsal's."""
    out.mkdir(parents=True, exist_ok=True)
    if not (out / DATABASE).exists():
        return
    for old in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYRING):
        (out / old).unlink(missing_ok=True)
    for file in (*(out / EMAILS).glob("*.eml"), *(out / CALENDAR).glob("*.ics"), *out.glob("sm-*-minutes.*")):
        file.unlink()


def _steps_before_roll_call(procedure: Procedure) -> int:
    kinds = [s.kind for s in procedure.agenda]
    return kinds.index(Kind.ROLL_CALL) if Kind.ROLL_CALL in kinds else 0


def actors_of(stage: Stage) -> dict[str, Actor]:
    """Return everybody of the case, each with what the case lets them say."""
    children = tuple(c["name"] for c in stage.case.data["children"])
    own = {s["id"]: introduced(stage.procedure, s) for s in stage.case.data["seats"]}
    return {
        seat: Actor(
            seat=seat,
            person=person,
            chat=stage.chat,
            clock=stage.clock,
            lines={INTRODUCE: own[seat], **stage.case.lines.get(seat, {})},
            children=children,
        )
        for seat, person in stage.people.items()
    }


def introduced(procedure: Procedure, seat: Mapping[str, Any]) -> dict[str, object]:
    """Return what somebody says of themselves at the roll call, where the invitation does not know it."""
    told = seat.get("prefill", {})
    role = told.get("role") or told.get("designation") or seat["label"]
    asked = [f for s in procedure.agenda if isinstance(s.data, RollCallData) for f in s.data.introduction.fields]
    well = {f.key: "No" if f.warns == "yes" else "Yes" for f in asked if f.warns}  # nothing that the chair is warned of
    known = {**well, **dict.fromkeys(("role", "designation", "relationship"), role), **told}
    return {f.label: known[f.key] for f in asked if f.key in known}


def _play(
    stage: Stage, transcript: Transcript, write: Callable[[str], None], pace: float
) -> tuple[Play, dict[str, int]]:
    """Return the play, telling each step as it begins, and the chair's presses counted at the first of each kind."""
    marks: dict[str, int] = {}
    case = stage.case

    async def scene(step_id: str) -> None:
        step = stage.procedure.step(step_id)
        own = play.actors[case.data["chair"]].tally.presses
        marks.setdefault(step.kind.value, own - play.presses_before_start)
        transcript.catch_up(stage.teams.journal)
        ids = [s.id for s in agenda.steps(await play.meeting(), stage.procedure)]
        write(_headed(f"{ids.index(step_id) + 1}/{len(ids)} {step.label}"))

    async def beat() -> None:
        stage.clock.advance(MOVE)
        await stage.settle()
        transcript.catch_up(stage.teams.journal)
        if pace:
            await asyncio.sleep(pace)

    who, shows = actors_of(stage), partial(_shown, stage, transcript)
    play = Play(stage=stage, actors=who, scribe=case.scribe, quiet=case.quiet, scene=scene, beat=beat, shows=shows)
    return play, marks


def _shown(stage: Stage, transcript: Transcript, whose: str, text: str) -> None:
    transcript.catch_up(stage.teams.journal)
    transcript.shows(stage.clock.now(), whose, text)


def _longest_refusal(stage: Stage) -> int:
    told = [e.text for e in stage.teams.journal if isinstance(e, Noticed)]
    return max((len(re.findall(r"\S+", text)) for text in told), default=0)
