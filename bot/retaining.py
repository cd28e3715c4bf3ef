"""`chairside retention`: which meetings have served, and the destruction of their keys; a hold blocks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.by_reference import carry_out
from meeting.after.retention import HoldRecord, ReleaseRecord, due
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
    await carry_out(store, reference, HoldRecord(reason=reason), now=now)


async def release(store: Store, reference: str, *, now: datetime) -> None:
    """End a hold; raises NoMeeting."""
    await carry_out(store, reference, ReleaseRecord(), now=now)
