"""Telling an adjournment: whoever has the meeting in a calendar learns when it goes on, and its entry follows."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.before.inviting import MeetingMoved
from meeting.model import Entry, Meeting, SeatId, Status
from meeting.running.pausing import MeetingAdjourned
from meeting.telling.notices import Notice, NoticeKind, Send
from meeting.telling.readers import attended


def told_of_adjourning(after: Meeting, entry: Entry) -> Iterator[Notice]:
    """Yield when it goes on, to everybody invited and who was there; a later time asks the invited anew by itself."""
    match entry.event:
        case MeetingAdjourned():
            by = after.seat_of(entry.by)
            pressed = by.id if by is not None and by.id not in after.invitations else None
            seats = [seat for seat in in_calendars(after) if seat != pressed]
        case MeetingMoved() if after.status is Status.ADJOURNED:
            seats = [seat for seat in in_calendars(after) if seat not in after.invitations]
        case _:
            return
    for seat in seats:
        key = f"goes on:{seat}:{entry.sequence}"
        yield Send(key=key, kind=NoticeKind.GOES_ON, subject=goes_on(after), seat=seat, urgency=2)


def goes_on(meeting: Meeting) -> str:
    """Return the subject of the word that an adjourned meeting goes on; one about another time is out of date."""
    return f"{meeting.called_for:%Y%m%d%H%M}" if meeting.status is Status.ADJOURNED and meeting.called_for else ""


def in_calendars(meeting: Meeting) -> tuple[SeatId, ...]:
    """Return the seats that may have the meeting in a calendar: those invited, and who was there without it."""
    seats = dict.fromkeys((*meeting.invitations, *attended(meeting)))
    return tuple(seat for seat in seats if seat in meeting.seats)
