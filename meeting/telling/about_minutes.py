"""Whom to tell, each alone, of what happens to the minutes; what is said holds neither a name nor a word of them."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.after import case_system, correcting, distributing, minutes
from meeting.model import Entry, Meeting, SeatId
from meeting.procedure import Procedure
from meeting.telling.notices import Notice, NoticeKind, Send
from meeting.telling.readers import chair_seat

YOURS = "yours"  # a seat's own copy of the authorised minutes is ready


def about_minutes(after: Meeting, entry: Entry, procedure: Procedure) -> Iterator[Notice]:
    """Yield what goes to single seats because of an entry; `subject` is a code, with a seat or a number."""
    match entry.event:
        case minutes.NotesRecorded():
            yield from _to(chair_seat(after), entry, "check")
        case minutes.MinutesAuthorised():
            yield from _to(chair_seat(after), entry, "after" if procedure.minutes.tasks else "send")
        case minutes.AuthorityDelegated(person=person):
            stand_in = after.seat_of(person)
            yield from _to(stand_in.id if stand_in else None, entry, "delegated")
        case case_system.TeamAsked(seat=seat):
            yield from _to(seat, entry, "team")
        case distributing.MinutesSent(seat=seat, how=distributing.LINK, key=key):
            yield Send(key=key, kind=NoticeKind.MINUTES, subject=YOURS, seat=seat, urgency=2)
        case distributing.ReceiptSaid(received=False):
            seat_of = after.seat_of(entry.by)
            yield from _to(chair_seat(after), entry, f"missing:{seat_of.label if seat_of else 'somebody'}")
        case correcting.CorrectionAsked():
            yield from _to(chair_seat(after), entry, "correction")
        case correcting.CorrectionAnswered(accepted=True):
            for one in dict.fromkeys(s.seat for s in after.minutes.sent):
                yield from _to(one, entry, "addendum")
        case correcting.CorrectionAnswered(id=asked):
            by = next(c.by for c in after.minutes.corrections if c.id == asked)
            asker = after.seat_of(by)
            yield from _to(asker.id if asker else None, entry, "answered")
        case _:
            return


def _to(seat: SeatId | None, entry: Entry, subject: str) -> Iterator[Send]:
    if seat is not None:
        key = f"about minutes:{entry.sequence}:{seat}"
        yield Send(key=key, kind=NoticeKind.MINUTES, subject=subject, seat=seat, urgency=2)
