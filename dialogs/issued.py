"""The minutes as a paper: who may have which copy, in which format; each reading stands in the record."""

from __future__ import annotations

from datetime import datetime

from dialogs.ports import Record
from documents.minutes import digest_of, minutes_of
from documents.model import Document
from meeting import machine
from meeting.door.guests import NoteReading
from meeting.model import Entry, Meeting, MeetingId, PersonId, SeatId, Standing
from meeting.procedure import Procedure
from meeting.refusals import NotAllowed
from meeting.standing import SYSTEM
from meeting.timing.working_days import local_day
from procedures.notices import notices

MINUTES = "minutes"


def minutes_document(meeting: Meeting, procedure: Procedure, now: datetime, seat: SeatId | None = None) -> Document:
    """Return the minutes as they stand now, whole, or the copy for a seat."""
    return minutes_of(
        meeting, procedure, now, notices(procedure, today=local_day(now, procedure.working_days)), reader_seat=seat
    )


def fingerprint_of(meeting: Meeting, procedure: Procedure, now: datetime) -> str:
    """Return the fingerprint of the minutes as they stand: what the chair authorises, and what is checked later."""
    return digest_of(minutes_document(meeting, procedure, now))


def may_read(meeting: Meeting, person: PersonId) -> bool:
    """Tell whether somebody has minutes to read: chair and note-taker always, others once a copy was sent to them."""
    somebody, seat = meeting.people.get(person), meeting.seat_of(person)
    if somebody is None or somebody.standing is not Standing.SEATED:
        return False
    if person in (meeting.chair, meeting.note_taker):
        return True
    return seat is not None and meeting.minutes.authorised is not None and meeting.minutes.sending(seat.id) is not None


def copy_for(meeting: Meeting, procedure: Procedure, now: datetime, person: PersonId) -> Document:
    """Return the copy that somebody may read: chair and note-taker all of it, others what was sent to their seat.

    Raises NotAllowed where nothing was sent to them.
    """
    if not may_read(meeting, person):
        raise NotAllowed("not_sent_to_you")
    writes = person in (meeting.chair, meeting.note_taker)
    return minutes_document(meeting, procedure, now, None if writes else meeting.people[person].seat)


async def note_reading(record: Record, meeting_id: MeetingId, reader: PersonId, way: str, now: datetime) -> None:
    """Write down that somebody read or took away the minutes, and how."""

    def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        command = NoteReading(reader=reader, paper=MINUTES, way=way)
        return machine.decide(meeting, command, by=SYSTEM, procedure=procedure, now=now)

    await record.commit(meeting_id, decide, now=now)
