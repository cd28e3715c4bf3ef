"""The form by which the chair of a meeting that is over lets somebody else take over."""

from __future__ import annotations

from dataclasses import replace

from meeting.after.succeeding import successors
from meeting.screens.frame import Look
from meeting.screens.small import SmallForm, asks, offers, small

NOTE = (
    "From now on the minutes, what is still to be written up, the answers to owners and every reminder of the chair's "
    "are theirs. You keep your seat and see what everybody sees. They and the note-taker are told. The minutes name "
    "you as the chair of the meeting."
)


def succeeding_form(look: Look) -> SmallForm:
    """Return the form: a seat of one's own agency, or the name and mailbox of somebody who has none."""
    seats = tuple((str(s.id), f"{s.label}{f', {s.name}' if s.name else ''}") for s in successors(look.meeting))
    who = (offers(look, "who", "Somebody of this meeting", seats, required=False),) if seats else ()
    form = small(
        look,
        "Hand over what is left to do",
        "Hand it over",
        "succeeding.pass_on",
        *who,
        asks(look, "name", "Somebody else: name", required=False, lines=False),
        asks(look, "email", "Somebody else: work e-mail", required=False, lines=False),
        asks(look, "reason", "Why, for the record"),
    )
    return replace(form, note=NOTE)
