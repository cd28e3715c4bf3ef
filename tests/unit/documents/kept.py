"""Closed meetings whose minutes are worked on: amended, authorised, read by a seat."""

from __future__ import annotations

from documents.minutes import digest_of, minutes_of
from documents.places import places_of
from meeting.after import minutes
from meeting.steps import record
from tests.unit.documents.played import CHAIR, NOTES, convened, gathered, whole


def closed(procedure="san", seats=5):
    """Return a closed meeting in which nothing is owed."""
    play = whole(gathered(convened(procedure, seats=seats)))
    for debt in tuple(play.meeting.debts.values()):
        if debt.written_up is None:
            play.do(NOTES, record.WriteUp(debt=debt.id, text=f"Written up: {debt.what}"))
    return play


def drawn(play, seat=None):
    return minutes_of(play.meeting, play.procedure, play.now, reader_seat=seat)


def authorised(play, **more):
    """Let the chair authorise what stands there, with a reason for whatever may pass with one."""
    given = {"reason": "Settled by telephone", "ticked": True, **more}
    digest = digest_of(drawn(play))
    return play.do(CHAIR, minutes.Authorise(version=play.meeting.minutes.version, digest=digest, **given))


def section(document, key):
    return next(s for s in document.sections if s.key == key)


def amend(play, key, text, by=NOTES, after=lambda t: t + " Amended."):
    """Put another text in the place of the line that holds this one."""
    place = next(p for p in places_of(section(drawn(play), key)) if text in p.text)
    command = minutes.AmendLine(
        section=key, after=after(place.text), part=place.part, label=place.label, place=place.key, before=place.text
    )
    return play.do(by, command)
