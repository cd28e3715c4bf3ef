"""The service is killed with SIGKILL in the middle of a meeting, started again, and the meeting goes on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from pathlib import Path

import aiohttp
import pytest

from bot.convening import convene_plan
from bot.keeping import keep
from procedures.load import load
from rehearsal.case import Case, find_case
from rehearsal.play import Play
from rehearsal.postbox import Postbox
from rehearsal.rehearsing import actors_of
from rehearsal.stage import Stage, settings_for, with_identities
from rehearsal.teams import MovableClock, Settings, TeamsService
from storage.failpoints import Point

Record = Callable[[str, object], None]  # pytest's, for the table of `make faults`
Kill = tuple[Point, int]  # at which occurrence, counted from the birth of a service, of what it dies

#: `make test` kills one meeting's service once at each kind of commit and send.
ONCE: tuple[Kill, ...] = (
    (Point.AFTER_COMMIT, 25),
    (Point.AFTER_APPEND, 12),
    (Point.BEFORE_STAMP, 15),
    (Point.BEFORE_COMMIT, 40),
    (Point.AFTER_CLAIM, 12),
    (Point.AFTER_STAMP, 12),
)
STRIDE = 7  # `make faults` plays so many meetings for each point, and kills each at every seventh occurrence
LEAST = 5  # deaths of one such meeting: most of its commits are its start's or a press's, and few of each kind


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    """What brings services to life, for all tests of this module."""
    command = (sys.executable, "-m", "tests.faults.service_victim")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
    ) as process:
        yield process
        process.terminate()


@dataclass(slots=True, kw_only=True)
class Victim:
    """A service in a process of its own, that dies and is started again whenever it is found dead."""

    nursery: subprocess.Popen[str]
    file: Path
    teams: TeamsService
    ahead: timedelta  # of this machine's clock
    kills: Iterator[Kill]  # how each of its lives ends; after the last it lives on
    process: int = 0
    port: int = 0
    deaths: int = 0
    ending: bool = False
    up: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self) -> None:
        """Start the service as often as it dies; how each life ends goes with it."""
        try:
            while not self.ending:
                await self._life(next(self.kills, None))
                self.up.clear()
                self.deaths += not self.ending
        finally:
            self.up.set()  # nobody waits for a service that does not come back

    async def _life(self, end: Kill | None) -> None:
        point, nth = (end[0].name, end[1]) if end else ("-", 0)
        self._tell(f"{self.file} {self.ahead.total_seconds()} {point} {nth}")
        while (line := await self._told()) != "dead":
            kind, _, number = line.partition(" ")
            if kind == "born":
                self.process = int(number)
            elif kind == "listening":
                self.port = int(number)
                self.teams.connect(f"http://127.0.0.1:{self.port}/api/messages")
                self.up.set()

    def _tell(self, line: str) -> None:
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(f"{line}\n")
        self.nursery.stdin.flush()

    async def _told(self) -> str:
        assert self.nursery.stdout is not None
        line = await asyncio.to_thread(self.nursery.stdout.readline)
        assert line, "the nursery has ended"
        return line.strip()

    async def end(self, living: asyncio.Task[None]) -> None:
        """End the service from outside."""
        self.ending = True
        await asyncio.wait([living, up := asyncio.create_task(self.up.wait())], return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if not living.done():
            os.kill(self.process, signal.SIGKILL)
        await living

    async def idle(self) -> None:
        """Wait until the service lives and has nothing due."""
        async with aiohttp.ClientSession() as session:
            for _ in range(3000):
                await self.up.wait()
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/health") as answer:
                        if (await answer.json())["due"] == 0 and self.up.is_set():
                            return
                except (aiohttp.ClientError, OSError):
                    pass
                await asyncio.sleep(0.02)
        raise AssertionError("the service does not come to rest")


@asynccontextmanager
async def meeting_with(
    nursery: subprocess.Popen[str], folder: Path, kills: Iterable[Kill]
) -> AsyncIterator[tuple[Play, Victim]]:
    """A convened meeting whose service will be killed."""
    case: Case = find_case("injured-infant")
    procedure = load(case.procedure)
    clock = MovableClock(case.clock, ticking=True)  # what is said in the case has happened by then
    ahead = clock.now() - datetime.now(UTC)
    habits = Settings(rate_limits=None, invoke_timeout=60, event_timeout=60, repeat_delay=0.2)
    async with TeamsService(clock=clock, settings=habits) as teams:
        people = {s["id"]: teams.person(s["name"], email=s["email"]) for s in case.data["seats"]}
        settings = settings_for(teams, folder)
        data = {**settings.model_dump(mode="json"), "app_password": teams.account.password}
        file = folder / "settings.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        store = keep(settings)
        await convene_plan(store, with_identities(case, people), procedure, now=clock.now)
        store.close()
        victim = Victim(nursery=nursery, file=file, teams=teams, ahead=ahead, kills=iter(kills))
        living = asyncio.create_task(victim.live())
        teams.outbox_idle = victim.idle
        chair = people[case.data["chair"]]
        chat = teams.meeting_chat("Meeting", organizer=chair, members=[p for p in people.values() if p is not chair])
        stage = Stage(
            case=case,
            procedure=procedure,
            teams=teams,
            service=None,  # type: ignore[arg-type]  # it runs in another process
            clock=clock,
            people=people,
            chat=chat,
            folder=folder,
            post=Postbox(),
        )
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"], read=settings)
        try:
            await victim.up.wait()
            yield play, victim
        finally:
            await victim.end(living)


async def killed_and_finished(nursery: subprocess.Popen[str], folder: Path, kills: Iterable[Kill]) -> int:
    """Play the meeting to its end though the service dies on the way; returns how often it died."""
    async with meeting_with(nursery, folder, kills) as (play, victim):
        await play.whole()
        meeting = await play.meeting()
        assert meeting.status == "closed"
        store = keep(settings_for(play.stage.teams, folder))
        try:
            assert await store.audit() == ()
        finally:
            store.close()
        given = {s for s, a in meeting.answers.items() if s.part == "contribution"}
        assert len(given) == len({s.subject for s in given})
        assert not play.stage.teams.violations
        return victim.deaths


async def test_a_meeting_survives_a_kill(nursery: subprocess.Popen[str], tmp_path: Path) -> None:
    """Killed around a commit or a send and started again, the meeting goes on at the same place, to its end."""
    assert {point for point, _ in ONCE} == {*Point} - {Point.IN_MIGRATION}
    assert await killed_and_finished(nursery, tmp_path, ONCE) == len(ONCE)


@pytest.mark.faults_long
@pytest.mark.parametrize("first", range(1, STRIDE + 1))
@pytest.mark.parametrize("point", sorted(point for point, _ in ONCE))
async def test_a_meeting_survives_a_kill_at_every_occurrence(
    nursery: subprocess.Popen[str], tmp_path: Path, point: Point, first: int, record_property: Record
) -> None:
    """Killed at this occurrence and at each seventh after it: the seven meetings together at every one."""
    deaths = await killed_and_finished(nursery, tmp_path, chain([(point, first)], repeat((point, STRIDE))))
    record_property("kills", deaths)
    assert deaths >= LEAST
