"""Where people and chats are reached, forgotten with the last meeting that needed it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from storage.schema import directory, known_as, meetings, people_index


def forget_ways(connection: Connection, keys: Collection[bytes], chat: str) -> None:
    """Forget how those were reached whom an erased meeting knew by these keys, and its chat; others need some still.

    Whoever stands in another meeting that can be read stays, as does a chat that holds one. Nobody is lost by it: the
    next thing that they do in Teams tells anew where they are.
    """
    needed = select(people_index.c.key)
    gone = select(known_as.c.address).where(known_as.c.key.in_(keys), known_as.c.key.not_in(needed))
    kept = select(known_as.c.address).where(known_as.c.key.in_(needed))
    addresses = set(connection.execute(gone).scalars()) - set(connection.execute(kept).scalars())
    held = select(meetings.c.id).where(meetings.c.chat == chat, meetings.c.wrapped.is_not(None))
    if chat and connection.execute(held).first() is None:
        addresses.add(chat)
    connection.execute(delete(known_as).where(known_as.c.address.in_(addresses)))
    connection.execute(delete(directory).where(directory.c.address.in_(addresses)))
