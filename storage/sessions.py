"""The browsers that are let in: the port `Sessions`, kept in a database. The tokens themselves are nowhere."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from dialogs.ports import Session, Way
from meeting.model import MeetingId, PersonId, SeatId
from storage.lanes import Lanes
from storage.reading import Readers
from storage.schema import sessions
from storage.times import micros, moment
from storage.writing import Task, Work

_FIND = select(sessions).where(sessions.c.hash == bindparam("of_hash"), sessions.c.until > bindparam("now"))
_BEGUN = select(func.count()).where(
    sessions.c.meeting == bindparam("of_meeting"),
    sessions.c.person == bindparam("of_person"),
    sessions.c.proved > bindparam("since"),
)


class StoredSessions:
    """Opens, finds and ends sessions; each erased meeting takes its own along."""

    def __init__(self, *, lanes: Lanes[Task], readers: Readers) -> None:
        self._lanes = lanes
        self._readers = readers

    async def open(self, session: Session, token: str) -> None:
        """Keep a session; what has run out goes."""
        row = {
            "hash": _hash(token),
            "id": session.id,
            "meeting": session.meeting,
            "person": session.person,
            "seat": session.seat,
            "way": session.way.value,
            "proved": micros(session.proved),
            "until": micros(session.until),
        }

        def write(connection: Connection) -> tuple[None, bool]:
            connection.execute(delete(sessions).where(sessions.c.until <= micros(session.proved)))
            connection.execute(insert(sessions).values(**row))
            return None, False

        await self._lanes.put(Work(run=write), about=session.meeting)

    async def find(self, token: str, *, now: datetime) -> Session | None:
        """Return the session that a token opens, unless it has run out."""
        values = {"of_hash": _hash(token), "now": micros(now)}
        row = await self._readers.read(lambda connection: connection.execute(_FIND, values).first())
        if row is None:
            return None
        return Session(
            id=row.id,
            meeting=MeetingId(row.meeting),
            person=PersonId(row.person),
            seat=SeatId(row.seat),
            way=Way(row.way),
            proved=moment(row.proved),
            until=moment(row.until),
        )

    async def end(self, session: Session) -> None:
        """Let a session open nothing any more."""

        def write(connection: Connection) -> tuple[None, bool]:
            connection.execute(delete(sessions).where(sessions.c.id == session.id))
            return None, False

        await self._lanes.put(Work(run=write), about=session.meeting)

    async def begun(self, meeting: MeetingId, person: PersonId, *, since: datetime) -> int:
        """Return how many sessions of somebody have begun since then and still run."""
        values = {"of_meeting": meeting, "of_person": person, "since": micros(since)}
        return await self._readers.read(lambda connection: connection.execute(_BEGUN, values).scalar_one())


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
