"""Which meeting an activity is about: the one that its chat holds, or in 1:1 the one that the word asks for."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.places import OVER
from dialogs.ports import Listed, Record
from dialogs.words import about_held
from meeting.model import PersonId, Status


async def held_in(record: Record, chat: str) -> Listed | None:
    """Return the meeting of a chat: the one that is not over, else the newest."""
    held = await record.in_chat(chat)
    return next(iter((*_open(held), *held)), None)


async def one_of(record: Record, person: PersonId, text: str = "") -> Listed | None:
    """Return somebody's meeting: the one that runs, else as their word asks: ahead, or held."""
    mine = await record.of_person(person)
    ahead, held = [m for m in mine if m.status == Status.PREPARING], [m for m in mine if m.status in OVER]
    runs = [m for m in mine if m not in ahead and m not in held]
    return next(iter((*runs, *held, *ahead) if about_held(text) else (*runs, *ahead, *held)), None)


async def open_in(record: Record, chat: str) -> Listed | None:
    """Return the meeting of a chat that is not over, if it holds one."""
    return next(iter(_open(await record.in_chat(chat))), None)


def _open(listed: Sequence[Listed]) -> tuple[Listed, ...]:
    return tuple(m for m in listed if m.status not in OVER)
