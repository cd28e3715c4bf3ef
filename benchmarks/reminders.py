"""10,000 reminders due in the same minute: claimed and stamped, then sent to a stub, beside APScheduler's jobs."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

import aiohttp
from aiohttp import web
from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from bot.memory import settled
from bot.sending.dispatcher import Dispatcher
from dialogs.ports import Row
from meeting.model import Entry, Meeting, MeetingId, PersonId
from meeting.procedure import Convening, Part, Procedure
from meeting.telling.notices import Notice, NoticeKind, Send
from storage import Keyring, Store, open_store

Tell = Callable[[str], None]
MEETINGS = 1000  # the reminders lie in so many meetings, each to as many people of its own
BATCH = 250  # posts begun together, where nothing is kept
PAIRS = 5  # runs with sends, each between two of the posts alone: what a noisy machine makes of one run says little
_PROCEDURE = Procedure(
    id="bench", title="Bench", convening=Convening(part=Part(id="c", label="C", fields=())), agenda=()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersAsked:
    """So many reminders of one meeting."""

    number: int


def _fold(meeting: Meeting, entry: Entry) -> Meeting:
    return replace(meeting, sequence=entry.sequence)


def _notices(_before: Meeting, after: Meeting, entry: Entry, _procedure: Procedure) -> tuple[Notice, ...]:
    asked = entry.event
    assert isinstance(asked, RemindersAsked)
    kind = NoticeKind.REMINDER
    return tuple(
        Send(key=f"remind:{n}", kind=kind, subject=f"action:{n}|due|x", person=f"p{n}", private=True)
        for n in range(asked.number)
    )


def _store(url: str, folder: Path) -> Store:
    return open_store(url, Keyring.at(folder / "keys.json"), fold=_fold, notices_for=_notices, events=(RemindersAsked,))


async def _filled(store: Store, count: int) -> None:
    """Write meetings whose reminders are all due."""

    def decide(meeting: Meeting, _procedure: Procedure) -> Sequence[Entry]:
        asked = RemindersAsked(number=max(1, count // MEETINGS))
        return [Entry(sequence=meeting.sequence + 1, at=now, by=PersonId("b"), event=asked)]

    now = datetime.now(UTC) - timedelta(seconds=5)
    made = [
        store.record.create(MeetingId(f"m{n}"), reference=f"R{n}", procedure=_PROCEDURE, decide=decide, now=now)
        for n in range(min(MEETINGS, count))
    ]
    for start in range(0, len(made), 100):
        await asyncio.gather(*made[start : start + 100])


class _Stalls:
    """Watches how long the event loop is kept from everything else."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - before - 0.001)


@asynccontextmanager
async def _watched() -> AsyncIterator[_Stalls]:
    stalls = _Stalls()
    task = asyncio.create_task(stalls.run())
    await asyncio.sleep(0.01)
    try:
        yield stalls
    finally:
        task.cancel()


async def _emptied(store: Store, send: Callable[[], Awaitable[str]] | None) -> int:
    """Have the service's dispatcher take up what is due until nothing is; `send` goes out between claim and stamp.

    Returns how many rows were stamped.
    """
    done = 0

    async def one(row: Row) -> None:
        nonlocal done
        became = await send() if send is not None else None
        await store.outbox.sent(row, now=datetime.now(UTC), activity=became, chat="c")
        done += 1

    dispatcher = Dispatcher(outbox=store.outbox, send=one, now=lambda: datetime.now(UTC))
    store.on_commit(dispatcher.wake)
    running = asyncio.create_task(dispatcher.run())
    try:
        await dispatcher.rest()
    finally:
        running.cancel()
    return done


@asynccontextmanager
async def _stub() -> AsyncIterator[str]:
    """Answer every post at once, as a Bot Connector that is never in the way."""
    app = web.Application()

    async def take(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"id": "1"}, status=201)

    app.router.add_post("/", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def ours(url: str, count: int, *, sending: bool) -> Mapping[str, float]:
    """Return seconds and the longest stall of the loop (ms) for claiming and stamping, with or without sends."""
    with tempfile.TemporaryDirectory() as folder:
        store = _store(url or f"sqlite:///{folder}/bench.db", Path(folder))
        try:
            settled()  # as a service does when it starts
            await _filled(store, count)
            async with _stub() as stub, aiohttp.ClientSession() as session, _watched() as stalls:
                began = time.perf_counter()
                done = await _emptied(store, partial(_post, session, stub) if sending else None)
                seconds = time.perf_counter() - began
            assert done == max(1, count // MEETINGS) * min(MEETINGS, count), done
            return {"seconds": seconds, "per_second": done / seconds, "longest_stall_ms": stalls.longest * 1000}
        finally:
            store.close()


async def posted(count: int) -> float:
    """Return seconds for as many posts to the stub alone, with nothing kept: as fast as it answers.

    All else is as with ours: the stub, the session, what is posted, who watches the loop meanwhile.
    """
    settled()
    async with _stub() as stub, aiohttp.ClientSession() as session, _watched():
        began = time.perf_counter()
        for start in range(0, count, BATCH):
            await asyncio.gather(*(_post(session, stub) for _ in range(min(BATCH, count - start))))
        return time.perf_counter() - began


async def _post(session: aiohttp.ClientSession, stub: str) -> str:
    async with session.post(stub, json={"type": "message", "text": "R1: action 1 is due."}) as answer:
        return str((await answer.json())["id"])


def noop() -> None:
    """The job that APScheduler runs."""


async def apscheduler(url: str, count: int, *, best: bool) -> Mapping[str, float]:
    """Return seconds until as many no-op jobs, due in the same second, have run or were missed."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        address = url or f"sqlite:///{folder}/jobs.db"
        due = datetime.now(UTC) + timedelta(seconds=2 + count / 500)
        with _engine(address, pragmas=("synchronous=OFF",)) as engine:  # filling is not what is measured
            filling = _scheduler(engine, misfire_grace_time=None) if best else _scheduler(engine)
            filling.start(paused=True)
            for _ in range(count):
                filling.add_job(noop, "date", run_date=due)
            filling.shutdown(wait=False)
        await asyncio.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
        with _engine(address, pragmas=("journal_mode=WAL", "synchronous=FULL") if best else ()) as engine:
            return await _run(_scheduler(engine, misfire_grace_time=None) if best else _scheduler(engine), count)


def _scheduler(engine: Engine, **defaults: object) -> AsyncIOScheduler:
    store = SQLAlchemyJobStore(engine=engine)
    return AsyncIOScheduler(timezone=UTC, jobstores={"default": store}, job_defaults=defaults)


async def _run(scheduler: AsyncIOScheduler, count: int) -> Mapping[str, float]:
    """Start a scheduler whose jobs are all due, and wait until it has heard of each."""
    counted = {EVENT_JOB_EXECUTED: 0, EVENT_JOB_MISSED: 0}
    over = asyncio.Event()

    def heard(happened: JobExecutionEvent) -> None:
        counted[happened.code] += 1
        if sum(counted.values()) == count:
            over.set()

    scheduler.add_listener(heard, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    began = time.perf_counter()
    scheduler.start()
    await over.wait()
    seconds = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    return {"seconds": seconds, "ran": counted[EVENT_JOB_EXECUTED], "missed": counted[EVENT_JOB_MISSED]}


@contextmanager
def _engine(url: str, *, pragmas: Sequence[str]) -> Iterator[Engine]:
    parsed = make_url(url)
    postgres = parsed.get_backend_name() == "postgresql"
    engine = create_engine(parsed.set(drivername="postgresql+psycopg") if postgres else parsed)
    if not postgres:
        event.listen(engine, "connect", lambda one, _record: [one.execute(f"PRAGMA {p}") for p in pragmas])
    try:
        yield engine
    finally:
        engine.dispose()


async def _beside_posts(fresh: Callable[[], str], count: int) -> Mapping[str, object]:
    """Return figures with sends and of the posts alone, run by turns: medians, and the longest stall of any run."""
    alone, runs = [await posted(count)], []
    for _ in range(PAIRS):
        runs.append(await ours(fresh(), count, sending=True))
        alone.append(await posted(count))
    times = [run["seconds"] / mean(around) for run, around in zip(runs, pairwise(alone), strict=True)]
    sent = {
        "seconds": median(run["seconds"] for run in runs),
        "per_second": median(run["per_second"] for run in runs),
        "longest_stall_ms": max(run["longest_stall_ms"] for run in runs),
    }
    spread = {"times_posts": median(times), "times_posts_of_each": sorted(times)}
    return {"sent": sent, "posts_alone": {"seconds": median(alone)}, **spread}


async def compared(urls: Mapping[str, Callable[[], str]], *, count: int, tell: Tell) -> Mapping[str, object]:
    """Return figures by database: ours without and with sends, the sends alone, APScheduler shipped and at its best.

    `urls` names each database and makes an empty one's address ("" for SQLite in a folder of its own).
    """
    found: dict[str, object] = {}
    for name, fresh in urls.items():
        tell(f"{count} reminders due at once on {name}")
        stamped = await ours(fresh(), count, sending=False)
        tell(f"{PAIRS} times the same with sends, and the posts alone, on {name}")
        beside = await _beside_posts(fresh, count)
        tell(f"as many jobs of APScheduler on {name}")
        shipped = await apscheduler(fresh(), count, best=False)
        best = await apscheduler(fresh(), count, best=True)
        times = {"times_best": best["seconds"] / stamped["seconds"]}
        found[name] = {"stamped": stamped, **beside, "as_shipped": shipped, "best": best, **times}
    return {"reminders": found}


if __name__ == "__main__":
    import json
    import sys

    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(json.dumps(asyncio.run(compared({"sqlite": lambda: ""}, count=many, tell=print)), indent=1))
