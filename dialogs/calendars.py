"""A calendar file for somebody whom Teams reaches: a card can carry none, so a press makes a link that soon ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cards.calendars import calendar_card
from cards.kit import Card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.links import CALENDAR_OPENS, Kept, Links, Pass
from documents.letters import Appointment, Calendar, described, publish, uid_of
from documents.letters.due import due_calendar
from meeting.model import Action, Meeting, PersonId, SeatId, Standing, Status
from meeting.refusals import NotAllowed
from meeting.screens.calendars import calendar_screen
from meeting.screens.frame import Look
from meeting.screens.invitations import joining
from meeting.steps.action_list import OVER
from meeting.telling.readers import theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarForm(Form):
    kept: str = ticket(Kept.MEETING)
    seat: str = ticket()


@verb("calendars.offer", form=CalendarForm)
async def offer(ask: Ask[CalendarForm]) -> Reply:
    """Make a link to a calendar file of one's own seat, or of one's own actions."""
    look, kept = await ask.look(), Kept(ask.form.kept)
    seat = _own(look, SeatId(ask.form.seat))
    if ask.links is None or (seat is None and not any(_dated(look.meeting, look.person))):
        raise NotAllowed("not_admitted")
    given = Pass(
        meeting=look.meeting.id,
        person=look.person,
        seat=seat or SeatId(""),
        kept=kept,
        until=ask.now + CALENDAR_OPENS,
    )
    link = ask.links.calendar_link(given)
    return Show(view="calendars.link", args={"kept": kept, "seat": given.seat, "link": link})


def _dated(meeting: Meeting, person: PersonId) -> list[Action]:
    """Return what somebody has to do: not what somebody else on their seat has."""
    return [a for a in meeting.actions if a.state not in OVER and theirs(meeting, person, a)]


def _own(look: Look, named: SeatId) -> SeatId | None:
    """Return the seat that somebody sits on or was invited to; the one that their own invitation names else.

    Nobody who was sent away has one.
    """
    known = look.meeting.people.get(look.person)
    if known is not None:
        return known.seat if known.standing is Standing.SEATED else None
    invited = next((s.id for s in look.meeting.seats.values() if s.aad == look.person), None)
    return invited or (named if named in look.meeting.seats else None)


@view("calendars.link")
def draw_link(look: Look) -> Card:
    """The link to the file, and the way back."""
    return calendar_card(calendar_screen(look))


def calendar_of(meeting: Meeting, given: Pass, links: Links, now: datetime) -> Calendar | None:
    """Return the file that a pass opens, as things stand now; None where nothing of it stands any more."""
    if given.kept is Kept.ACTIONS:
        mine = _dated(meeting, given.person)
        return due_calendar(meeting.id, meeting.reference, mine, now=now) if mine else None
    begins, how = meeting.called_for, joining(meeting)
    if begins is None or meeting.status is Status.CANCELLED or given.seat not in meeting.seats:
        return None
    label = meeting.seats[given.seat].label
    return publish(
        Appointment(
            uid=uid_of(meeting.id, given.seat, links.calendars_from),
            sequence=meeting.entry_version(given.seat),
            starts=begins,
            summary=f"{meeting.reference}: meeting",
            place=meeting.place,
            link=how.link,
            organiser=links.calendars_from,
            attendee="",
            stamped=now,
            description=described(label, "Answer in your chat with Chairside.", link=how.link, dial_in=how.dial_in),
        )
    )
