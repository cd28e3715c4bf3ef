"""The small forms around invitations: apologies, an answer on behalf, another time, a seat taken back."""

from __future__ import annotations

from dataclasses import replace

from meeting.before.invitations import MODES
from meeting.ids import titled
from meeting.model import SeatId
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.frame import Choice, Look
from meeting.screens.invitations import prepared
from meeting.screens.small import SmallForm, asks, offers, small

SOMEBODY_ELSE = "other"  # among the answers that are entered for somebody
_SUPPLIED = "What your agency knows, to be read out"
_EMAIL = "Their work e-mail"


def decline_form(look: Look) -> SmallForm:
    """Return the form of apologies: why, what the agency knows, and who comes instead (STY-5.2a)."""
    form = small(look, "I cannot come", "Send apologies", "invitations.decline", *_why(look), *_hand_on(look))
    note = "What you hand in is read out at your agency's turn; nobody sees it before."
    return replace(form, args={"seat": look.args.get("seat", "")}, note=note)


def behalf_form(look: Look) -> SmallForm:
    """Return the form of an answer that somebody gave by telephone."""
    seats = _seats(look)
    attending = tuple((m, f"Attending, {m}") for m in MODES)
    replies = (*attending, ("apologies", "Apologies"), (SOMEBODY_ELSE, "Somebody else comes instead"))
    return small(
        look,
        "Answer for somebody",
        "Record it",
        "invitations.behalf",
        offers(look, "who", "Who", seats),
        offers(look, "reply", "They said", replies),
        asks(look, "leave", "Must leave at (same day, as 15:30)", required=False, lines=False),
        asks(look, "reason", "Why they cannot come", required=False),
        asks(look, "supplied", "What their agency knows, to be read out", required=False),
    )


def forward_form(look: Look, *, behalf: bool) -> SmallForm:
    """Return the form that has a colleague asked instead: in one's own place, or somebody else's."""
    seat = look.meeting.seats[SeatId(look.args["seat"])]
    who = "Who comes in their place" if behalf else _in_your_place(look)
    form = small(
        look,
        "Somebody else comes" if behalf else "Pass it on",
        "Ask them",
        "forwarding.pass_on",
        asks(look, "deputy", f"{who}: name", required=False, lines=False),
        asks(look, "deputy_email", _EMAIL, lines=False),
        asks(look, "reason", "Why, for the minutes", required=False),
        *_hand_on(look),
    )
    others = "whoever was asked before is told that they need not come" if behalf else "you need not come"
    facts = (("Seat", f"{seat.label}{f', {seat.name}' if seat.name else ''}"),)
    return replace(form, args={"seat": seat.id}, facts=facts, note=f"They are invited to this seat at once; {others}.")


def move_form(look: Look) -> SmallForm:
    """Return the form of another time or place."""
    known = look.meeting.called_for
    starts = asks(look, "starts", "Begins", FieldType.DATETIME)
    starts = replace(starts, value=starts.value or (known.isoformat() if known else ""))
    place = replace(asks(look, "place", "Place", required=False), value=look.typed.get("place", look.meeting.place))
    title, press = ("Another time or place", "Move it") if look.meeting.starts else ("When it begins", "Save")
    form = small(look, title, press, "invitations.move", starts, place)
    told = "Everybody who was invited gets the new time in their calendar, and answers again."
    return replace(form, note=told if look.meeting.invitations else "Nobody has been invited yet.")


def withdraw_form(look: Look) -> SmallForm:
    """Return the form that takes a seat back."""
    who = offers(look, "who", "Seat", _seats(look))
    form = small(look, "Withdraw a seat", "Withdraw it", "invitations.withdraw", who, asks(look, "reason", "Why"))
    return replace(form, note="Whoever was invited to it is told. The reason goes into the minutes.")


def leave_out_form(look: Look) -> SmallForm:
    """Return the form that says why a suggestion is not followed."""
    role = look.args.get("role", "")
    form = small(look, "Leave out", "Leave out", "invitations.leave_out", asks(look, "reason", "Why"))
    label = titled(role)
    return replace(form, facts=(("Suggested", label),), args={"role": role}, note="The reason goes into the minutes.")


def not_invited(look: Look) -> SmallForm:
    """Return the word that there is no invitation for this person."""
    form = small(look, "Invitation", "", "invitations.show")
    return replace(form, nothing="You have no seat in this meeting yet. The chair or note-taker can give you one.")


def _why(look: Look) -> tuple[FieldView, ...]:
    return (
        asks(look, "reason", "Why you cannot come"),
        asks(look, "supplied", _SUPPLIED, required=False),
        asks(look, "deputy", f"{_in_your_place(look)}: name", required=False, lines=False),
        asks(look, "deputy_email", _EMAIL, required=False, lines=False),
    )


def _hand_on(look: Look) -> tuple[FieldView, ...]:
    """Ask whether whoever comes may see what one prepared; unless one says so, it goes with whoever wrote it."""
    own = look.meeting.seat_of(look.person)
    if own is None or own.id != look.args.get("seat") or not prepared(look.meeting, look.procedure, own.id):
        return ()
    return (asks(look, "hand_on", "They may see what I prepared for our turn", FieldType.TICK, required=False),)


def _in_your_place(look: Look) -> str:
    return "Who comes in your place" if look.procedure.invitations.substitute_asked else "Somebody in your place"


def _seats(look: Look) -> tuple[Choice, ...]:
    return tuple((s.id, f"{s.label}{f', {s.name}' if s.name else ''}") for s in look.meeting.seats.values())
