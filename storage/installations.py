"""The chats that the bot was brought into: the port `Installations`, kept in a database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, delete, insert, not_, select, update

from dialogs.ports import Installation
from meeting.model import MeetingId
from meeting.telling.notices import Send
from storage.directory import StoredDirectory, way
from storage.engine import Engines
from storage.lanes import Lanes
from storage.notices import Asked, NoticeWriter
from storage.reading import Readers
from storage.schema import directory, installations, messages
from storage.times import micros
from storage.writing import Task, Work


class StoredInstallations:
    """Few rows, seldom written: one for each chat."""

    def __init__(self, *, engines: Engines, lanes: Lanes[Task], readers: Readers, directory: StoredDirectory) -> None:
        self._lanes, self._readers, self._directory = lanes, readers, directory
        self._notices = NoticeWriter(engines)
        insert = engines.insert()(messages)
        self._remember = insert.on_conflict_do_update(
            index_elements=["meeting", "key"],
            set_={"chat": insert.excluded.chat, "activity": insert.excluded.activity},
        )

    async def note(self, installation: Installation) -> bool:
        """Keep that the bot came into a chat, and how it is reached; tell whether an offer is owed."""
        chat = installation.chat

        def write(connection: Connection) -> tuple[bool, bool]:
            self._directory.write(connection, chat)
            known = connection.execute(select(installations).where(installations.c.chat == chat.address)).first()
            if known is None:
                row = {"chat": chat.address, "brought_by": installation.by, "private": installation.private}
                connection.execute(insert(installations).values(**row, greeted=False, offer=""))
            return known is None or not known.greeted, False

        return bool(await self._lanes.put(Work(run=write), about=chat.address))

    async def offered(self, chat: str, message: str) -> None:
        """Note that the offer was posted, as which message."""

        def write(connection: Connection) -> tuple[None, bool]:
            connection.execute(_of(chat).values(greeted=True, offer=message))
            return None, False

        await self._lanes.put(Work(run=write), about=chat)

    async def answered(self, chat: str, message: str, *, meeting: MeetingId, edit: Send, now: datetime) -> None:
        """Note that an offer was answered, and have its message edited, in one transaction."""
        known = {"meeting": meeting, "key": edit.edits, "chat": chat, "activity": message}
        due = Asked(meeting=meeting, notice=edit, due=micros(now), at=micros(now))

        def write(connection: Connection) -> tuple[None, bool]:
            connection.execute(self._remember, known)
            self._notices.write(connection, [due])
            connection.execute(_of(chat).values(offer=""))
            return None, True

        await self._lanes.put(Work(run=write), about=meeting)

    async def removed(self, chat: str) -> None:
        """Forget a chat that the bot was taken out of."""

        def write(connection: Connection) -> tuple[None, bool]:
            connection.execute(delete(installations).where(installations.c.chat == chat))
            return None, False

        await self._lanes.put(Work(run=write), about=chat)

    async def owed(self) -> tuple[Installation, ...]:
        """Return the chats in which no offer was posted yet."""
        return await self._those(not_(installations.c.greeted))

    async def open_offers(self) -> tuple[Installation, ...]:
        """Return the chats whose offer stands unanswered, with its message."""
        return await self._those(installations.c.offer != "")

    async def _those(self, which: ColumnElement[bool]) -> tuple[Installation, ...]:
        query = select(installations, directory).join_from(
            installations, directory, installations.c.chat == directory.c.address
        )
        rows = await self._readers.read(lambda connection: connection.execute(query.where(which)).all())
        return tuple(_installation(row) for row in rows)


def _of(chat: str) -> Update:
    return update(installations).where(installations.c.chat == chat)


def _installation(row: Any) -> Installation:  # noqa: ANN401  # a row of both tables
    return Installation(chat=way(row), by=row.brought_by, private=row.private, offer=row.offer)
