"""What every card that calls a meeting does alike: its children, a reference nobody has, one meeting for each press."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from typing import Any

from dialogs.asking import Ask
from dialogs.ports import Duplicate
from meeting import machine
from meeting.model import Child, ChildId, Entry, Meeting, MeetingId
from meeting.procedure import Procedure

MOST = 12  # children of one meeting
TRIES = 5  # at a reference that no other meeting has
TOO_MANY = f"One meeting takes at most {MOST} children. Take some lines out, then press again."


def fresh_reference() -> str:
    """Return a reference short enough to be read aloud: SM- and six digits; whether it is free, the record tells."""
    return f"SM-{secrets.randbelow(900_000) + 100_000}"


def names_in(lines: str) -> tuple[str, ...]:
    """Return the names of a list that has one on each line."""
    return tuple(line.strip() for line in lines.splitlines() if line.strip())


def children_of(names: tuple[str, ...]) -> tuple[Child, ...]:
    """Return the children of these names; "unborn baby of …" is one not born yet."""
    return tuple(
        Child(id=ChildId(f"c{n}"), name=name, unborn=name.lower().startswith("unborn"))
        for n, name in enumerate(names, start=1)
    )


def meeting_of(ask: Ask[Any]) -> MeetingId:
    """Return the meeting that a press calls: the same when Teams repeats it."""
    return MeetingId(str(uuid.uuid5(uuid.NAMESPACE_OID, f"{ask.person} {ask.nonce}")))


async def call(ask: Ask[Any], procedure: Procedure, commands: Callable[[str], tuple[object, ...]]) -> MeetingId:
    """Return the meeting that this press calls, its record opened by `commands`, which are given its reference.

    Raises Refused as the rules do, and Duplicate where every reference that was drawn belongs to another meeting.
    """
    meeting = meeting_of(ask)
    for left in reversed(range(TRIES)):
        if await _exists(ask, meeting):
            break
        try:
            await _open(ask, procedure, commands, fresh_reference())
        except Duplicate:  # of the reference; or of the meeting, by the same press on another line
            if not left:
                raise
    return meeting


async def _exists(ask: Ask[Any], meeting: MeetingId) -> bool:
    try:
        await ask.read(meeting)
    except KeyError:
        return False
    return True


async def _open(
    ask: Ask[Any], procedure: Procedure, commands: Callable[[str], tuple[object, ...]], reference: str
) -> None:
    def decide(blank: Meeting, rules: Procedure) -> tuple[Entry, ...]:
        return machine.decide_all(blank, commands(reference), by=ask.person, procedure=rules, now=ask.now)

    await ask.record.create(meeting_of(ask), reference=reference, procedure=procedure, decide=decide, now=ask.now)
