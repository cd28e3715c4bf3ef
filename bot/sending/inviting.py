"""Invitations as a message of Teams and as a letter: reference, time, place, link, how to answer; never a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sending.letters import CLOSING, seat_letter
from bot.sending.messages import Moment, card_message
from cards.chairing import closed_line
from cards.invitations import invitation_card, when_and_where
from cards.times import moment
from dialogs.engine import Engine, home_of
from dialogs.links import Links
from documents.letters import Appointment, Calendar, Letter, cancel, described, request, uid_of
from documents.letters import letter as plain_letter
from meeting.before.naming import name_of
from meeting.before.passing import asked_elsewhere, is_former
from meeting.model import Invitation, PersonId, ReplyKind, SeatId, Status
from meeting.screens.frame import Look
from meeting.screens.invitations import InvitationScreen, invitation_screen, joining
from meeting.telling.adjourning import goes_on
from meeting.telling.notices import NoticeKind


def wanted(at: Moment) -> Invitation | None:
    """Return the invitation that a row is about, or None where it was answered, replaced or taken back meanwhile."""
    seat = at.row.seat
    held = at.meeting.invitations.get(SeatId(seat)) if seat and seat in at.meeting.seats else None
    over = at.meeting.started is not None and at.meeting.status is not Status.ADJOURNED
    if held is None or str(held.number) != at.row.subject or over or at.meeting.ended:
        return None
    return held if at.row.kind is NoticeKind.INVITATION or held.reply is ReplyKind.NONE else None


def _screen(at: Moment, *, calendar: bool = False) -> InvitationScreen:
    look = Look(meeting=at.meeting, procedure=at.procedure, person=PersonId(""), now=at.row.due, calendar=calendar)
    assert at.row.seat is not None
    return invitation_screen(look, at.row.seat)


def message(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the card of an invitation, ready to be answered."""
    if wanted(at) is None:
        return None
    home = home_of("invitations.mine", {"seat": str(at.row.seat)})
    return {
        **card_message(at, engine, invitation_card(_screen(at, calendar=engine.calendars)), home),
        "summary": f"{at.meeting.reference}: {_asked(at)}",
    }


def _asked(at: Moment) -> str:
    """Return what somebody is asked, in the subject of a letter and on the display of a telephone."""
    starts = f", {moment(at.meeting.called_for)}" if at.meeting.called_for else ""
    return f"{'please answer' if at.row.kind is NoticeKind.CHASE else 'invitation'}{starts}"


def _read_at(screen: InvitationScreen, line: int) -> str:
    return f" ({screen.reading[line]})" if line in screen.reading else ""


def letter(at: Moment, links: Links) -> Letter | None:
    """Return the letter of an invitation, with its calendar entry."""
    held = wanted(at)
    if held is None or at.meeting.called_for is None:
        return None
    screen, chased = _screen(at), at.row.kind is NoticeKind.CHASE
    name = name_of(at.meeting, at.procedure).lower()
    issuer = f", held under the guidance of {at.procedure.issuer}" if at.procedure.issuer else ""
    adjourned = "The meeting is adjourned, and goes on then." if screen.adjourned else ""
    lines = [f"You are invited to a {name}{issuer}.", adjourned, _since(held, chased=chased), *screen.notes]
    lines += [f"Before the meeting: {line}{_read_at(screen, n)}" for n, line, _ in screen.briefing]
    lines += [f"{when}: {duty}." for when, duty in screen.duties]
    answer = "Please say whether you will come and how, or who will come instead. You can prepare there too."
    return seat_letter(
        at,
        links,
        _asked(at),
        (*lines, answer),
        facts=(("Seat", screen.label), *when_and_where(screen)),
        link_text="Answer and prepare",
        calendar=request(_appointment(at, links)),
    )


def adjourned(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the card that says when an adjourned meeting goes on; None where it has, or is called for another time."""
    seat = at.row.seat
    if at.row.subject != goes_on(at.meeting) or seat is None or seat not in at.meeting.seats:
        return None
    home = home_of("invitations.mine", {"seat": str(seat)})
    card = invitation_card(_screen(at, calendar=engine.calendars))
    return {**card_message(at, engine, card, home), "summary": f"{at.meeting.reference}: {_goes_on(at)}"}


def adjourned_letter(at: Moment, links: Links) -> Letter | None:
    """Return the letter that brings the calendar entry of an adjourned meeting up to date."""
    seat = at.row.seat
    if at.row.subject != goes_on(at.meeting) or seat is None or seat not in at.meeting.seats:
        return None
    lines = ("The meeting is adjourned. It goes on at the time below.", "If you cannot come then, please say so.")
    facts = when_and_where(_screen(at))
    entry = request(_appointment(at, links))
    return seat_letter(at, links, _goes_on(at), lines, facts=facts, link_text="Answer", calendar=entry)


def _goes_on(at: Moment) -> str:
    return f"adjourned, goes on {moment(at.meeting.called_for)}" if at.meeting.called_for else "adjourned"


def _since(held: Invitation, *, chased: bool) -> str:
    """Return what is new since the letter before; who is asked in place of somebody else had none."""
    if chased:
        return "You have not answered yet."
    if held.number > 1 + len(held.asked):
        return "The time or place has changed."
    return "You are asked in place of somebody else." if held.asked else ""


def cancellation(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the line that nobody needs to come."""
    return card_message(at, engine, closed_line(at.meeting.reference, _off(at)), home_of("invitations.mine", {}))


def _off(at: Moment) -> str:
    """Return why nobody needs to come; whoever is asked to another seat of the meeting still, needs to."""
    seat = at.seat()
    if at.row.subject == "meeting" or seat is None:
        return "This meeting is called off."
    former, others = is_former(at.row.subject), ", ".join(asked_elsewhere(at.meeting, seat))
    if others:
        told = "Somebody else is asked in your place" if former else "You no longer need to come"
        return f"{told} for {seat.label}. You are still asked to come for {others}."
    return (
        "Somebody else is asked in your place. You no longer need to come." if former else "You no longer need to come."
    )


def cancelled(at: Moment, links: Links) -> Letter | None:
    """Return the letter that takes the meeting out of the calendar."""
    held = at.meeting.invitations.get(at.row.seat) if at.row.seat else None
    if held is None or at.meeting.called_for is None:
        return None
    line = _off(at)
    entry: Calendar = cancel(_appointment(at, links, later=1))
    if at.row.subject == "meeting":
        facts = (("Was to begin", moment(at.meeting.called_for)),)
        return seat_letter(at, links, "called off", (line,), facts=facts, calendar=entry)
    facts = (("When", moment(at.meeting.called_for)),)
    title = f"{at.meeting.reference}: you need not come"  # no link: the seat's page is another's now, or nobody's
    return plain_letter(title, (line,), facts=facts, closing=(CLOSING,), calendar=entry)


def _appointment(at: Moment, links: Links, *, later: int = 0) -> Appointment:
    meeting, seat = at.meeting, at.seat()
    assert meeting.called_for is not None
    assert seat is not None
    how = joining(meeting)
    return Appointment(
        uid=uid_of(meeting.id, seat.id, links.organiser),
        sequence=meeting.entry_version(seat.id) + later,
        starts=meeting.called_for,
        summary=f"{meeting.reference}: meeting",
        place=meeting.place,
        link=how.link,
        organiser=links.organiser,
        attendee=seat.email,
        stamped=at.row.due,
        description=described(seat.label, "Answer by the link in the letter.", link=how.link, dial_in=how.dial_in),
    )
