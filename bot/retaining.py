"""`chairside retention`: which meetings have served, and the destruction of their keys; a hold blocks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.disclosing import find
from meeting import machine
from meeting.after.retention import HoldRecord, ReleaseRecord, due
from meeting.model import Entry, Meeting, MeetingId
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from storage import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One meeting that is kept: since when it may go, or why it stays; whether its key was destroyed just now."""

    reference: str
    due: datetime | None
    why: str
    passed: bool
    destroyed: bool = False


async def run(store: Store, *, days: int, destroy: bool, now: datetime) -> tuple[Line, ...]:
    """Return every meeting that can still be read, and destroy the keys of those whose time has passed if so told."""
    lines = []
    for kept in await store.kept():
        if kept.erased is not None:
            continue
        meeting, _ = await store.record.read(kept.id)
        at, why = due(meeting, days=days)
        passed = at is not None and at <= now
        gone = passed and destroy and await store.erase(kept.id, now=now)
        lines.append(Line(reference=kept.reference, due=at, why=why, passed=passed, destroyed=gone))
    return tuple(lines)


async def hold(store: Store, reference: str, reason: str, *, now: datetime) -> None:
    """Keep a meeting readable until it is released; raises NoMeeting, Refused without a reason."""
    await carry_out(store, await find(store, reference), HoldRecord(reason=reason), lambda: now)


async def release(store: Store, reference: str, *, now: datetime) -> None:
    """End a hold; raises NoMeeting."""
    await carry_out(store, await find(store, reference), ReleaseRecord(), lambda: now)


async def carry_out(store: Store, meeting_id: MeetingId, command: object, now: Callable[[], datetime]) -> None:
    """Write to a meeting's record what an operator does, as the service itself; raises Refused."""

    def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        return machine.decide(meeting, command, by=SYSTEM, procedure=procedure, now=now())

    await store.record.commit(meeting_id, decide, now=now())
