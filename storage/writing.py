"""What a writing thread does with the jobs it took: one transaction for all, and each alone where that fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from storage.engine import Engines
from storage.failpoints import At, Point
from storage.lanes import Job
from storage.stamps import Claim, Stamp, Stamper
from storage.turns import Taken, Tools, Turn

_ATTEMPTS = 4
_PAUSE = 0.05  # seconds, doubled at each attempt
_PASSING = ("40001", "40P01", "55P03", "57P01", "57P03")  # serialisation, deadlock, lock time-out, stopping, starting


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something else to write than a turn: `run` returns its result and whether rows of the outbox may be due."""

    run: Callable[[Connection], tuple[object, bool]]
    before: Point = Point.BEFORE_COMMIT
    after: Point = Point.AFTER_COMMIT
    single: bool = False  # it writes by one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of a row's claim and of those of what was told with it; its result is which of them still held."""

    stamps: tuple[Stamp, ...]


Task = Turn | Work | Ending


def is_light(task: Task) -> bool:
    """Tell whether many such tasks together are one statement."""
    return isinstance(task, Ending)


class _CommitFailed(Exception):
    """The database did not say whether it committed."""


class Performer:
    """Performs jobs durably; every job ends with a result or an error."""

    def __init__(self, engines: Engines, tools: Tools, at: At) -> None:
        self._engines = engines
        self._tools = tools
        self._stamper = Stamper(engines)
        self._at = at

    def __call__(self, jobs: Sequence[Job[Task]]) -> None:
        """Perform all jobs in one transaction; where the database shares it with others, each kind in its own."""
        if self._engines.embedded:
            self._together(jobs)
            return
        for job in jobs:
            if isinstance(job.task, Work):
                self._together([job])  # it locks rows in an order of its own
        self._end([job for job in jobs if isinstance(job.task, Ending)])
        turns = [job for job in jobs if isinstance(job.task, Turn)]
        if turns:
            self._together(turns)

    def _end(self, jobs: Sequence[Job[Task]]) -> None:
        """End claims together without waiting for anybody, and what others had locked meanwhile one by one."""
        if jobs:
            self._together(jobs)
        for job in jobs if len(jobs) > 1 else ():
            assert isinstance(job.task, Ending)
            held = cast(frozenset[Claim], job.result) if job.error is None else frozenset()
            left = tuple(stamp for stamp in job.task.stamps if stamp.claim not in held)
            if left and job.error is None:
                job.task = Ending(stamps=left)
                self._together([job])
                job.result = held | cast(frozenset[Claim], job.result or frozenset())

    def _together(self, jobs: Sequence[Job[Task]]) -> None:
        try:
            self._transaction(jobs)
        except _CommitFailed as failed:
            for job in jobs:
                job.error = failed.__cause__  # it may be durable or not: whoever asked asks again
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told to whoever asked for it
            if len(jobs) == 1:
                self._again(jobs[0], error)
            else:
                for job in jobs:
                    self._together([job])

    def _again(self, job: Job[Task], error: Exception) -> None:
        """Try one job a few times more, if what failed may pass: a lock, a lost connection."""
        for attempt in range(1, _ATTEMPTS):
            if not _passing(error):
                break
            time.sleep(_PAUSE * 2**attempt)
            try:
                self._transaction([job])
            except _CommitFailed as failed:
                job.error = failed.__cause__
                return
            except Exception as newer:  # noqa: BLE001  # as above
                error = newer
            else:
                return
        job.error = error

    def _transaction(self, jobs: Sequence[Job[Task]]) -> None:
        works = [(job, job.task) for job in jobs if isinstance(job.task, Work)]
        endings = [(job, job.task) for job in jobs if isinstance(job.task, Ending)]
        turns = [(job, job.task) for job in jobs if isinstance(job.task, Turn)]
        single = all(isinstance(job.task, Ending) or (isinstance(job.task, Work) and job.task.single) for job in jobs)
        engine = self._engines.single if single else self._engines.writing
        with engine.connect() as connection:
            transaction = connection.begin()
            try:
                ended = [(job, *work.run(connection)) for job, work in works]
                ended += self._stamped(connection, endings)
                taken = Taken(self._tools, connection, [turn for _, turn in turns])
                if turns:
                    taken.run()
                for point in _points(jobs, before=True):
                    self._at(point)
            except BaseException:
                transaction.rollback()
                raise
            try:
                transaction.commit()
            except SQLAlchemyError as error:
                raise _CommitFailed from error
        for point in _points(jobs, before=False):
            self._at(point)
        taken.remember()
        for job, result, wakes in ended:
            job.result, job.wakes, job.error = result, wakes, None
        for (job, _), outcome in zip(turns, taken.outcomes, strict=True):
            job.result, job.wakes, job.error = outcome.committed, outcome.wakes, outcome.error

    def _stamped(
        self, connection: Connection, endings: Sequence[tuple[Job[Task], Ending]]
    ) -> list[tuple[Job[Task], object, bool]]:
        """Write the stamps of all these in one statement; each is told which of its claims still held."""
        if not endings:
            return []
        for _ in endings:
            self._at(Point.BEFORE_STAMP)
        stamps = [stamp for _, ending in endings for stamp in ending.stamps]
        held = self._stamper.write(connection, stamps, waiting=len(endings) == 1)
        found = ((job, frozenset(stamp.claim for stamp in ending.stamps) & held) for job, ending in endings)
        return [(job, rows, bool(rows)) for job, rows in found]


def _points(jobs: Sequence[Job[Task]], *, before: bool) -> list[Point]:
    """Return the failpoints on one side of this commit: one for each piece of work, one for all turns.

    What comes before a stamp comes before its statement, which may commit itself.
    """
    points: list[Point] = []
    for task in (job.task for job in jobs):
        match task:
            case Work():
                points.append(task.before if before else task.after)
            case Ending() if not before:
                points.append(Point.AFTER_STAMP)
            case Ending() | Turn():
                pass
    if any(isinstance(job.task, Turn) for job in jobs):
        points.append(Point.BEFORE_COMMIT if before else Point.AFTER_COMMIT)
    return points


def _passing(error: Exception) -> bool:
    """Tell whether trying again may help: the database is away, or others held what we wanted."""
    if not isinstance(error, DBAPIError):
        return False
    sqlite = getattr(error.orig, "sqlite_errorname", None)
    if sqlite is not None:
        return str(sqlite).startswith("SQLITE_BUSY")
    state = getattr(error.orig, "sqlstate", None)
    away = isinstance(error, OperationalError) and state is None
    return bool(error.connection_invalidated) or away or state in _PASSING
