"""Where an agency's mailboxes may be: the deployment's list, kept with the meeting from the day it was called."""

from __future__ import annotations

from collections.abc import Iterable

from meeting.model import Local, Meeting, MeetingId, Seat
from meeting.refusals import FieldErrors
from meeting.steps.fields import is_mailbox


def refused_mailbox(meeting: Meeting, agency: str, mailbox: str) -> str:
    """Return the code of why nothing is sent to a mailbox, or "": its domain is not on the agency's list.

    An agency without a list takes any domain where no agency has one, and none where others have.
    """
    if not mailbox or not meeting.local.domains:
        return ""
    domain = mailbox.rpartition("@")[2].casefold()
    allowed = meeting.local.domains.get(agency, ())
    inside = any(domain == one or domain.endswith(f".{one}") for one in allowed)
    return "" if inside else "domain_not_allowed"


def require_mailbox(meeting: Meeting, agency: str, mailbox: str, *, field: str) -> None:
    """Raise FieldErrors where nothing can or may be sent to a mailbox; the error names the domains that would do."""
    if mailbox and not is_mailbox(mailbox):
        raise FieldErrors({field: "mailbox"})
    if refused_mailbox(meeting, agency, mailbox):
        allowed = ", ".join(meeting.local.domains.get(agency, ())) or "none for this agency"
        raise FieldErrors({field: f"domain_not_allowed:{allowed}"})


def allowed_mailbox(local: Local, agency: str, mailbox: str) -> str:
    """Return a mailbox that letters may go to, else ""."""
    unwritten = Meeting(id=MeetingId(""), reference="", procedure="", procedure_hash="", local=local)
    return "" if refused_mailbox(unwritten, agency, mailbox) else mailbox


def require_mailboxes(local: Local, seats: Iterable[Seat]) -> None:
    """Raise FieldErrors where a seat, or somebody who covers it, has a mailbox outside its agency's domains."""
    unwritten = Meeting(id=MeetingId(""), reference="", procedure="", procedure_hash="", local=local)
    for seat in seats:
        for mailbox in (seat.email, *(c.email for c in seat.chain)):
            require_mailbox(unwritten, seat.agency, mailbox, field=f"seats.{seat.id}.email")
