"""Who is about to be asked to come, and by which way it would reach them."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.before.invitations import to_invite
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """Somebody who is about to be asked to come."""

    label: str
    name: str
    mailbox: str
    way: str  # Teams, e-mail, the code of why neither would reach them, or "" where nobody has looked


def about_to_send(look: Look) -> tuple[ToSend, ...]:
    """Return who gets an invitation next; the way of each stands in the screen's address once somebody has looked."""
    return tuple(
        ToSend(label=seat.label, name=seat.name, mailbox=seat.email, way=look.args.get(f"way.{seat.id}", ""))
        for seat in to_invite(look.meeting, look.person)
    )
