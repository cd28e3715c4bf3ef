"""What one turn costs: Chairside beside a bare server and beside the SDKs, as it grows, and in a crowd."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import servers
from benchmarks.load import Figures, Good, measured, request_bytes
from benchmarks.meetings import STEP, Standing, rehearsed, standing, with_entries, with_meetings, with_people
from benchmarks.presses import Presses, invoke, is_card, is_taken
from benchmarks.servers import Server
from benchmarks.teams import LittleTeams, little_teams
from meeting.model import Assurance, Person, PersonId
from meeting.model import Standing as Seated

CONNECTIONS = 16
ROUNDS = 3  # each figure is the median of so many rounds, in which all servers take turns
CROWD = 51  # one of them never answers, else the views would be shown
ENTRIES = (10, 500, 5000)
MEETINGS = (10, 1000, 20_000)
Run = Callable[[int, int], Awaitable[Figures]]  # (requests, connections)
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One server with its kind of request; `share` of the usual number of requests, for the slow ones."""

    name: str
    run: Run
    share: float = 1.0


async def compared(folder: Path, environments: Mapping[str, Path], *, requests: int, tell: Tell) -> dict[str, object]:
    """Measure every contender in rounds; returns objects by name with `rps`, `p50_ms`, `p99_ms`, `cpu_ms`."""
    async with little_teams() as teams, AsyncExitStack() as stack:
        contenders = await _contenders(folder, environments, teams, stack)
        busy: dict[str, list[Figures]] = {c.name: [] for c in contenders}
        alone: dict[str, list[Figures]] = {c.name: [] for c in contenders}
        for contender in contenders:
            await contender.run(max(20, int(requests * contender.share / 10)), 1)  # warm
        for number in range(ROUNDS):
            tell(f"turns: round {number + 1} of {ROUNDS}")
            for contender in contenders:
                count = int(requests * contender.share)
                busy[contender.name].append(await contender.run(count, CONNECTIONS))
                alone[contender.name].append(await contender.run(count // 3, 1))
    return {name: _typical(busy[name], alone[name]) for name in busy}


def _typical(busy: list[Figures], alone: list[Figures]) -> dict[str, float]:
    """Return the medians: speed under 16 connections, CPU at one."""
    return {
        "rps": round(statistics.median(f.rps for f in busy), 1),
        "p50_ms": round(statistics.median(f.p50_ms for f in busy), 2),
        "p99_ms": round(statistics.median(f.p99_ms for f in busy), 2),
        "cpu_ms": round(statistics.median(f.cpu_ms for f in alone), 3),
    }


async def _contenders(
    folder: Path, environments: Mapping[str, Path], teams: LittleTeams, stack: AsyncExitStack
) -> list[Contender]:
    at = await standing(folder, STEP)
    made = []
    for name, program, more, share in (
        ("echo", "echo", (), 1.0),
        ("stock_sdk", "stock_sdk", (), 0.1),
        ("stock_sdk_patched", "stock_sdk", ("patched",), 0.3),
        ("agents_sdk", "agents_sdk", (), 0.4),
    ):
        command, port = servers.bot(program, teams, *more, python=environments.get(program))
        server = await stack.enter_async_context(servers.started(command, port))
        made.append(Contender(name=name, run=_empty(server, teams), share=share))
    chairside, presses = await _chairside(at, teams, stack)
    made.append(Contender(name="answer", run=_of(chairside, presses.answers, is_taken), share=0.5))
    made.append(Contender(name="refresh", run=_of(chairside, presses.refreshes, is_card), share=0.5))
    return made


async def _chairside(at: Standing, teams: LittleTeams, stack: AsyncExitStack) -> tuple[Server, Presses]:
    command, port, env = servers.chairside(at, teams)
    server = await stack.enter_async_context(servers.started(command, port, env=env))
    return server, Presses(teams, at, server.url)


def _of(server: Server, made: Callable[[int], list[bytes]], good: Good) -> Run:
    async def run(requests: int, connections: int) -> Figures:
        return await measured(server.url, server.pid, made(requests), connections=connections, good=good)

    return run


def _empty(server: Server, teams: LittleTeams) -> Run:
    """Return a run of the same invoke over and over, which the bot answers with nothing."""
    somebody = Person(
        id=PersonId("8f2781fa-0000-4000-8000-000000000001"),
        name="Somebody",
        tenant="",
        assurance=Assurance.SIGNED_IN,
        address="29:1somebody",
        standing=Seated.SEATED,
    )
    action: dict[str, object] = {"type": "Action.Execute", "verb": "nothing", "data": {"t": "x" * 300}}
    body = invoke(teams, "19:meeting_nobody@thread.v2", somebody, action, "manual", 1)
    request = request_bytes(server.url, body, teams.token())
    return _of(server, lambda count: [request] * count, lambda _: True)


async def grown(folder: Path, *, requests: int, tell: Tell, largest: bool = True) -> dict[str, object]:
    """Measure an answer in a long meeting, and beside many meetings; returns figures by size."""
    found: dict[str, object] = {}
    for name, sizes, grow in (("entries", ENTRIES, with_entries), ("meetings", MEETINGS, with_meetings)):
        one = _copy(folder, folder.parent / f"grown-{name}")
        for size in sizes if largest else sizes[:2]:
            tell(f"growth: {size} {name}")
            at = await standing(one, STEP)
            await grow(at, size)
            found[f"{name}_{size}"] = (await _answers(await standing(one, STEP), requests)).rounded()
    return found


async def crowd(folder: Path, *, tell: Tell) -> dict[str, object]:
    """Let fifty people answer at once, some times over; returns p99 and how many answers were lost."""
    tell(f"crowd: {CROWD - 1} people at once")
    one = _copy(folder, folder.parent / "crowd")
    at = await with_people(await standing(one, STEP), CROWD)
    async with little_teams() as teams, AsyncExitStack() as stack:
        server, presses = await _chairside(at, teams, stack)
        await measured(server.url, server.pid, presses.refreshes(CROWD), connections=1, good=is_card)
        before = (await standing(one, STEP)).entries
        sent = 4 * (CROWD - 1)
        figures = await measured(server.url, server.pid, presses.answers(sent), connections=CROWD - 1, good=is_taken)
        kept = (await standing(one, STEP)).entries - before
    return {**figures.rounded(), "people": CROWD - 1, "lost": sent - kept}


async def _answers(at: Standing, requests: int) -> Figures:
    async with little_teams() as teams, AsyncExitStack() as stack:
        server, presses = await _chairside(at, teams, stack)
        await measured(server.url, server.pid, presses.answers(requests // 10), connections=1, good=is_taken)
        runs = [
            await measured(server.url, server.pid, presses.answers(requests), connections=CONNECTIONS, good=is_taken)
            for _ in range(ROUNDS)
        ]
    return sorted(runs, key=lambda f: f.rps)[len(runs) // 2]


async def prepared(folder: Path, *, tell: Tell) -> Path:
    """Play the meeting that is measured, into a fresh folder."""
    tell("a rehearsal up to the views")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    await rehearsed(folder)
    return folder


def _copy(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(source, target))
