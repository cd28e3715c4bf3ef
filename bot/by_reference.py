"""A meeting by its reference, as an operator names it: found, and what they do to it written to its record."""

from __future__ import annotations

from datetime import datetime

from cards.times import moment
from meeting import machine
from meeting.model import Entry, Meeting, MeetingId
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from storage import Store


class NoMeeting(LookupError):
    """There is no meeting of that reference, or it was erased; the message says which."""


async def find(store: Store, reference: str) -> MeetingId:
    """Return the meeting of a reference; raises NoMeeting."""
    found = next((one for one in await store.kept() if one.reference == reference), None)
    if found is None:
        raise NoMeeting(f"There is no meeting {reference}.")
    if found.erased is not None:
        raise NoMeeting(f"{reference} was erased on {moment(found.erased)}; nobody can read it any more.")
    return found.id


async def carry_out(store: Store, reference: str, command: object, *, now: datetime) -> None:
    """Write to a meeting's record what an operator does, as the service itself; raises NoMeeting, Refused."""

    def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        return machine.decide(meeting, command, by=SYSTEM, procedure=procedure, now=now)

    await store.record.commit(await find(store, reference), decide, now=now)
