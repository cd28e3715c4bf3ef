"""The service is killed with SIGKILL in the middle of a meeting, started again, and the meeting goes on."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.app import keep
from bot.convening import convene_plan
from procedures.load import load
from rehearsal.case import Case, find_case
from rehearsal.play import Play
from rehearsal.postbox import Postbox
from rehearsal.rehearsing import actors_of
from rehearsal.stage import Stage, settings_for, with_identities
from rehearsal.teams import MovableClock, Settings, TeamsService
from storage.failpoints import Point

#: Occurrences at which `make test` kills once; `make faults` kills at every further one.
ONCE = {
    Point.AFTER_APPEND: 40,
    Point.BEFORE_COMMIT: 55,
    Point.AFTER_COMMIT: 60,
    Point.AFTER_CLAIM: 25,
    Point.BEFORE_STAMP: 30,
    Point.AFTER_STAMP: 35,
}


@dataclass(slots=True, kw_only=True)
class Victim:
    """A service in a process of its own, that dies once and is started again whenever it is found dead."""

    file: Path
    teams: TeamsService
    point: str
    nth: int
    process: asyncio.subprocess.Process | None = None
    port: int = 0
    deaths: int = 0

    async def start(self) -> None:
        """Start the service; after its first death it lives."""
        point, nth = (self.point, self.nth) if not self.deaths else ("", 0)
        command = (sys.executable, "-m", "tests.faults.service_victim", str(self.file), point, str(nth))
        self.process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.process.stdout is not None
        while True:
            line = (await self.process.stdout.readline()).decode()
            assert line, "the service did not start"
            if line.startswith("listening "):
                break
        self.port = int(line.split()[1])
        self.teams.connect(f"http://127.0.0.1:{self.port}/api/messages")

    async def mind(self) -> None:
        """Start the service again as soon as it has died."""
        while True:
            assert self.process is not None
            await self.process.wait()
            self.deaths += 1
            await self.start()

    async def idle(self) -> None:
        """Wait until the service has nothing due."""
        async with aiohttp.ClientSession() as session:
            for _ in range(3000):
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/health") as answer:
                        if (await answer.json())["due"] == 0:
                            return
                except (aiohttp.ClientError, OSError):
                    pass
                await asyncio.sleep(0.02)
        raise AssertionError("the service does not come to rest")


@asynccontextmanager
async def meeting_with(folder: Path, point: str, nth: int) -> AsyncIterator[tuple[Play, Victim]]:
    """A convened meeting whose service will be killed."""
    case: Case = find_case("injured-infant")
    procedure = load(case.procedure)
    clock = MovableClock(datetime.now(UTC), ticking=True)
    habits = Settings(rate_limits=None, invoke_timeout=10, event_timeout=10, repeat_delay=0.2)
    async with TeamsService(clock=clock, settings=habits) as teams:
        people = {s["id"]: teams.person(s["name"], email=s["email"]) for s in case.data["seats"]}
        settings = settings_for(teams, folder)
        data = {**settings.model_dump(mode="json"), "app_password": teams.account.password}
        file = folder / "settings.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        store = keep(settings)
        await convene_plan(store, with_identities(case, people), procedure, now=clock.now)
        store.close()
        victim = Victim(file=file, teams=teams, point=point, nth=nth)
        await victim.start()
        teams.outbox_idle = victim.idle
        chair = people[case.data["chair"]]
        chat = teams.meeting_chat("Meeting", organizer=chair, members=[p for p in people.values() if p is not chair])
        minding = asyncio.create_task(victim.mind())
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
            yield play, victim
        finally:
            minding.cancel()
            if victim.process is not None and victim.process.returncode is None:
                victim.process.kill()
                await victim.process.wait()


async def killed_and_finished(folder: Path, point: str, nth: int) -> int:
    """Play the meeting to its end though the service dies on the way; returns how often it died."""
    async with meeting_with(folder, point, nth) as (play, victim):
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


@pytest.mark.parametrize("point", sorted(ONCE))
async def test_a_meeting_survives_a_kill(tmp_path: Path, point: Point) -> None:
    """Killed around a commit or a send and started again, the meeting goes on at the same place, to its end."""
    assert await killed_and_finished(tmp_path, point, ONCE[point]) == 1


@pytest.mark.faults_long
@pytest.mark.parametrize("nth", range(1, 400, 7))
@pytest.mark.parametrize("point", sorted(ONCE))
async def test_a_meeting_survives_a_kill_anywhere(tmp_path: Path, point: Point, nth: int) -> None:
    """Wherever the kill falls, nothing that was acknowledged is lost."""
    assert await killed_and_finished(tmp_path, point, nth) <= 1
