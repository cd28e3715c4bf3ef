"""The record of all meetings: the port `Record`, kept in a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Select, bindparam, select

from dialogs.ports import Committed, Decide, Listed, Receipt
from meeting.model import Meeting, MeetingId, Status
from meeting.procedure import Procedure
from storage.folds import Folds
from storage.glance import Glance
from storage.keyring import Keyring
from storage.lanes import Lanes
from storage.opening import Opening
from storage.reading import Readers
from storage.schema import meetings, people_index, procedures
from storage.states import normal
from storage.times import moment
from storage.turns import Turn
from storage.writing import Task

_MEETING = select(meetings).where(meetings.c.id == bindparam("id"))
_STANDS = select(meetings.c.sequence, meetings.c.head).where(
    meetings.c.id == bindparam("id"), meetings.c.erased.is_(None)
)
_REVIEWED = select(procedures.c.reviewed).where(procedures.c.hash == bindparam("hash"))
_LINES = (
    select(meetings.c.id, meetings.c.reference, meetings.c.status, meetings.c.chat, meetings.c.starts)
    .where(meetings.c.erased.is_(None))
    .order_by(meetings.c.created.desc(), meetings.c.id)
)
_IN_CHAT = _LINES.where(meetings.c.chat == bindparam("in_chat"))
_KNOWN = people_index.alias("known")
_OF_PERSON = _LINES.join_from(meetings, people_index, people_index.c.meeting == meetings.c.id).where(
    people_index.c.key == bindparam("of_key"),
    ~select(_KNOWN.c.key).where(_KNOWN.c.meeting == meetings.c.id, _KNOWN.c.key == bindparam("not_key")).exists(),
)
_OVER = (Status.CLOSED.value, Status.CANCELLED.value)
_LISTED = _LINES.where(meetings.c.status.not_in(_OVER))


class StoredRecord:
    """Reads from memory what is newest there, and writes one durable transaction for each turn or several."""

    def __init__(self, *, lanes: Lanes[Task], readers: Readers, glance: Glance, folds: Folds, keyring: Keyring) -> None:
        self._lanes = lanes
        self._glance = glance
        self._stands = glance.prepared(_STANDS)
        self._readers = readers
        self._folds = folds
        self._keyring = keyring

    async def create(
        self, meeting_id: MeetingId, *, reference: str, procedure: Procedure, decide: Decide, now: datetime
    ) -> Committed:
        """Open a meeting's record under this procedure and write its first entries.

        `decide` is given the blank meeting. Raises Duplicate where the id or the reference is taken.
        """
        opening = Opening(reference=reference, procedure=procedure)
        return await self._turn(Turn(meeting=meeting_id, decide=decide, now=now, opening=opening))

    async def commit(
        self, meeting_id: MeetingId, decide: Decide, *, now: datetime, receipt: Receipt | None = None
    ) -> Committed:
        """Run `decide` on the newest state and write entries, notices and receipt in one durable transaction.

        `decide` runs on a writing thread and may run twice where a transaction has to be taken again. Whatever it
        raises reaches the caller, and nothing is written. A receipt that exists already is returned as `repeat`
        without running it. Raises KeyError for an unknown meeting, Erased (a KeyError) for one that was erased.
        """
        return await self._turn(Turn(meeting=meeting_id, decide=decide, now=now, receipt=receipt))

    async def read(self, meeting_id: MeetingId) -> tuple[Meeting, Procedure]:
        """Return the folded meeting and the procedure stored with it; raises KeyError.

        What memory holds is held against the database, from the loop where that is quick.
        """
        known = self._folds.known(meeting_id) if self._glance.possible else None
        if known is not None and self._glance.first(self._stands, {"id": meeting_id}) == (known.sequence, known.head):
            return known.meeting, known.procedure

        def newest(connection: Connection) -> tuple[Meeting, Procedure]:
            row = connection.execute(_MEETING, {"id": meeting_id}).first()
            if row is None:
                raise KeyError(meeting_id)
            state = self._folds.newest(connection, row)
            return state.meeting, state.procedure

        return await self._readers.read(newest)

    async def reviewed(self, procedure_hash: str) -> datetime | None:
        """Return when somebody first confirmed, in any meeting, that the procedure of this text was reviewed."""
        known = {"hash": procedure_hash}
        at = await self._readers.read(lambda connection: connection.execute(_REVIEWED, known).scalar())
        return moment(at) if at is not None else None

    async def in_chat(self, chat: str) -> tuple[Listed, ...]:
        """Return the meetings held in a chat, newest first."""
        return await self._lines(_IN_CHAT, {"in_chat": chat})

    async def of_person(self, key: str, *, but_not: str = "") -> tuple[Listed, ...]:
        """Return the meetings that a person is invited to or admitted in, newest first.

        `key` is any id, e-mail address or channel address of theirs, in any case of letters; with another `but_not`,
        only the meetings that do not know them by that one.
        """
        keys = {"of_key": key, "not_key": but_not}  # nobody is indexed under ""
        return await self._lines(_OF_PERSON, {name: self._keyring.indexed(normal(one)) for name, one in keys.items()})

    async def listed(self) -> tuple[Listed, ...]:
        """Return every meeting that is neither closed nor cancelled, newest first."""
        return await self._lines(_LISTED, {})

    async def _turn(self, turn: Turn) -> Committed:
        return cast(Committed, await self._lanes.put(turn, about=turn.meeting))

    async def _lines(self, query: Select[Any], values: Mapping[str, object]) -> tuple[Listed, ...]:
        def read(connection: Connection) -> Sequence[Any]:
            return connection.execute(query, values).all()

        return tuple(
            Listed(
                id=MeetingId(row.id),
                reference=row.reference,
                status=row.status,
                chat=row.chat,
                starts=moment(row.starts),
            )
            for row in await self._readers.read(read)
        )
